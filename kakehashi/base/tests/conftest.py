"""Sentences are compared in English here."""

from __future__ import annotations

import pytest
from django.utils import translation


@pytest.fixture(autouse=True, scope="session")
def _in_english():
    with translation.override("en"):
        yield
