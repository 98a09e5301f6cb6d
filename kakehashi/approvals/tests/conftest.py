"""A version that Aki wrote, and who may approve it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.utils import translation
from django.utils.timezone import now

from kakehashi.approvals import actions, queries, subjects
from kakehashi.approvals.actions import Stop, Version
from kakehashi.approvals.subjects import Changes, Subject
from kakehashi.policy.acting import acting_as
from tests import factories as make

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from kakehashi.approvals.models import Circulation
    from kakehashi.people.models import Person

KIND = "tests.paper"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@dataclass
class Paper:
    """What tests send round: it may have a newer version, and somebody may have built on it."""

    changes: Changes | None = None
    built_on: str | None = None
    settled: list[str] | None = None


@pytest.fixture
def paper() -> Iterator[Paper]:
    made = Paper(settled=[])
    before = dict(subjects._subjects)
    subjects.register(
        KIND,
        Subject(
            label="Paper",
            changes=lambda _pk: made.changes,
            built_on=lambda _circulation: made.built_on,
            settled=lambda circulation, _by, _at: made.settled.append(circulation.state),
        ),
    )
    yield made
    subjects._subjects.clear()
    subjects._subjects.update(before)


@pytest.fixture
def mari(cast) -> Person:
    """Ken's superior at the client."""
    return make.contact("Mari", cast.sora).person


@pytest.fixture
def send(cast, paper) -> Callable[..., Circulation]:
    """send(ben, [dan, emi]) has Aki send her paper to Ben, and then to Dan and Emi at once."""

    def sent(*positions: Any, by: Person | None = None, at: dt.datetime | None = None, **more: Any):
        by = by or cast.aki
        route = [
            who if isinstance(who, Stop) else Stop(number, who)
            for number, group in enumerate(positions, start=1)
            for who in (group if isinstance(group, list) else [group])
        ]
        fields = {
            "kind": KIND,
            "id": uuid4(),
            "digest": "0" * 64,
            "title": "The paper",
            "path": "/",
            "account": cast.sora,
            "authors": frozenset({cast.aki.pk}),
        }
        with acting_as(by):
            return actions.start(
                version=Version(**{**fields, **more}), route=route, by=by, at=at or now()
            )

    return sent


@pytest.fixture
def say() -> Callable[..., Any]:
    """say(ben, circulation, "approved") at Ben's own step, or at the step of `of`."""

    def said(by: Person, pk: UUID, verdict: str, *, of: Person | None = None, note: str = "No."):
        with acting_as(by):
            found = queries.one(pk)
            step = next(s for s in found.steps.all() if s.holder_id == (of or by).pk)
            return actions.decide(
                step=step, verdict=verdict, by=by, at=now(),
                note=note if verdict == "returned" else "",
            )  # fmt: skip

    return said
