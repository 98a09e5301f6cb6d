"""What all rows have in common."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from django.utils import translation

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
