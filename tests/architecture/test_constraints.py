"""What PostgreSQL would refuse is said to people at the field where they put it right."""

from __future__ import annotations

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import BaseConstraint, CheckConstraint

from kakehashi.policy.rows import Dated, place_of

# No field of a form, or of several none more than the others, puts these right.
OF_THE_WHOLE = {
    "briefs_brief_creative_never_shared": "no form shares a creative brief",
    "traffic_job_closed_after_work": "a button closes a job",
}


def spoken():
    """Our constraints that have words of their own."""
    usual = BaseConstraint.default_violation_error_message
    return [
        (model, constraint)
        for model in apps.get_models()
        if model.__module__.startswith("kakehashi.")
        for constraint in model._meta.constraints
        if constraint.violation_error_message != usual
    ]


def test_a_condition_that_is_broken_is_said_at_a_field():
    without = {
        constraint.name
        for model, constraint in spoken()
        if isinstance(constraint, CheckConstraint)
        and not issubclass(model, Dated)  # it says so itself
        and place_of(model, constraint) == NON_FIELD_ERRORS
    }

    assert without == set(OF_THE_WHOLE)


def test_places_are_of_fields_and_constraints_that_there_are():
    for model in apps.get_models():
        places = getattr(model, "said_at", {})
        assert places.keys() <= {constraint.name for constraint in model._meta.constraints}, model
        assert set(places.values()) <= {field.name for field in model._meta.fields}, model
