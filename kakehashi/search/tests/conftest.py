"""Tests read their sentences in English, and find as somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from django.utils.timezone import now

from kakehashi.handoffs import actions
from kakehashi.policy.acting import acting_as
from kakehashi.search import queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from kakehashi.people.models import Person


MANY = 1000


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def find() -> Callable[..., list[str]]:
    """find(aki, "sora") is what Aki finds, each as `kind title`, in order; `~` if only alike."""

    def found(who: Person, typed: str) -> list[str]:
        with acting_as(who):
            hits = queries.find(typed, most=MANY, ours=who.is_ours).hits
            rows = queries.shown(hits, ours=who.is_ours)
        assert len(rows) == len(hits), "the index leads to what the reader does not see"
        return [
            f"{'' if hit.certain else '~'}{row.kind} {row.title}"
            for hit, row in zip(hits, rows, strict=True)
        ]

    return found


@pytest.fixture
def rows() -> Callable[[Person, str], set[tuple[str, UUID]]]:
    """Which rows somebody finds, whatever pages they have for them."""

    def found(who: Person, typed: str) -> set[tuple[str, UUID]]:
        with acting_as(who):
            hits = queries.find(typed, most=MANY, ours=True).hits
        return {(hit.kind.name, hit.pk) for hit in hits}

    return found


@pytest.fixture
def ask() -> Callable[..., object]:
    """ask(aki, ben, "The logo", account=sora) has Aki pass Ben a ball."""

    def asked(by: Person, of: Person, title: str, **said: object) -> object:
        with acting_as(by):
            return actions.ask(**{"of": of, "by": by, "at": now(), "title": title, **said})

    return asked
