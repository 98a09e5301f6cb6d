"""What every comparison of two worlds needs."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

import pytest
from django.template import Template
from django.test.utils import _TestState
from django.utils import timezone

from kakehashi.clients.queries import keyset

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists go on after three rows, so that there is a next page to look at."""
    monkeypatch.setitem(keyset.page.__kwdefaults__, "size", 3)


@pytest.fixture(autouse=True)
def _a_standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both worlds are looked at in the same moment: no minute turns, and no day, between them."""
    moment = timezone.now()

    class Standing(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return moment.astimezone(tz) if tz else moment.replace(tzinfo=None)

    monkeypatch.setattr(timezone, "datetime", Standing)


@pytest.fixture(autouse=True)
def _as_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's tests keep a copy of every template's context; thousands of pages need none."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Most answers to these questions are refusals, and each would be logged."""
    log = logging.getLogger("django.request")
    log.disabled = True
    yield
    log.disabled = False
