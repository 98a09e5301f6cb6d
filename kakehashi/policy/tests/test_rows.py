"""What all rows have in common."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation

from kakehashi.base.ids import uuid7
from kakehashi.clients.models import Seat
from kakehashi.policy.rows import Row

CHOSEN = [
    (model, field)
    for model in apps.get_models()
    if issubclass(model, Row)
    for field in model._meta.fields
    if field.choices
]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_was_chosen_is_said_as_django_says_it(language: str) -> None:
    with translation.override(language):
        for model, field in CHOSEN:
            for value in (*dict(field.flatchoices), "of an earlier version", None):
                row = model(**{field.attname: value})
                said = getattr(row, f"get_{field.name}_display")()
                assert said == models.Model._get_FIELD_display(row, field), (model, field, value)


def test_what_is_at_hand_is_not_asked_for_once_more(cast, django_assert_num_queries):
    told = {"person": cast.chie, "role": "account_executive", "starts_on": dt.date(2026, 4, 1)}
    named, by_id = Seat(account=cast.rival, **told), Seat(account_id=uuid7(), **told)

    with django_assert_num_queries(0):
        named.clean_fields()
    with pytest.raises(ValidationError, match="account"):
        by_id.clean_fields()
