"""A ball or two between the standing cast."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation
from django.utils.timezone import now

from kakehashi.handoffs import actions
from kakehashi.policy.acting import acting_as

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kakehashi.handoffs.models import Handoff
    from kakehashi.people.models import Person


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def ask() -> Callable[..., Handoff]:
    """ask(aki, ken, account=sora) has Aki ask Ken for the logo files."""

    def asked(by: Person, of: Any, **said: Any) -> Handoff:
        with acting_as(by):
            return actions.ask(
                **{"of": of, "by": by, "at": now(), "title": "The logo files", **said}
            )

    return asked


@pytest.fixture
def tomorrow() -> dt.date:
    return now().date() + dt.timedelta(days=1)
