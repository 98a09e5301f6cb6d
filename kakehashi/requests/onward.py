"""What can be begun from an accepted request: packages above register it, a brief first of all.

A package calls `register` in its AppConfig.ready, and `requests.actions.begin` in the transaction
in which it makes the thing: the request is settled then, and the thing has a court of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from kakehashi.people.models import Person
    from kakehashi.requests.models import ClientRequest

Address = Callable[["ClientRequest"], str]
Begun = Callable[["ClientRequest"], "list[Thing]"]
Objection = Callable[["Person", "ClientRequest"], "str | None"]


@dataclass(frozen=True)
class Thing:
    """What was begun from a request, as its page names it."""

    label: str | Promise
    title: str
    path: str


@dataclass(frozen=True)
class Way:
    """One kind of work: what its button says, where it leads, and what stands against it."""

    code: str
    label: str | Promise
    address: Address
    objection: Objection
    begun: Begun


@dataclass(frozen=True)
class Step:
    """A way as the page of one request offers it to one reader."""

    label: str
    path: str
    objection: str | None


_ways: dict[str, Way] = {}


def register(
    code: str, label: str | Promise, address: Address, objection: Objection, begun: Begun
) -> None:
    """`address(request)` is the page on which the work is begun from an accepted request.

    `begun(request)` is what was begun from it and the reader sees.
    """
    _ways[code] = Way(code, label, address, objection, begun)


def steps(person: Person, request: ClientRequest) -> list[Step]:
    """What may be begun from a request, in the order in which packages registered."""
    return [
        Step(str(way.label), way.address(request), way.objection(person, request))
        for way in _ways.values()
    ]


def begun(request: ClientRequest) -> list[Thing]:
    """What was begun from a request, as far as the reader sees it."""
    return [thing for way in _ways.values() for thing in way.begun(request)]
