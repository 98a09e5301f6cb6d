"""A request or two between the standing cast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation
from django.utils.timezone import now

from kakehashi.policy.acting import acting_as
from kakehashi.requests import actions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kakehashi.people.models import Person
    from kakehashi.requests.models import ClientRequest


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def write(cast) -> Callable[..., ClientRequest]:
    """write() has Ken ask Sora's team for a banner."""

    def written(**said: Any) -> ClientRequest:
        known = {"account": cast.sora, "title": "A banner for the fair", "by": cast.ken}
        said = {**known, "at": now(), **said}
        with acting_as(said["by"]):
            return actions.write(**said)

    return written


@pytest.fixture
def do() -> Callable[..., Any]:
    """do(aki, "accept", request) carries a verb out as one person."""

    def done(by: Person, verb: str, request: ClientRequest, **said: Any) -> Any:
        with acting_as(by):
            act = getattr(actions, verb)
            return act(request=request, by=by, at=now(), **said)

    return done
