"""Tests read their sentences in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from kakehashi.imports.tests.moving import FILES, load_file

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def moved_in(db: None) -> None:
    """The small agency of `moving`, loaded from its eight files."""
    for kind in FILES:
        load_file(kind, FILES[kind])
