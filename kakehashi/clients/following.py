"""What follows a handover in packages above: they hear of each step in its own transaction.

A package registers in its AppConfig.ready a module with these functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from kakehashi.clients.models import Account, Handover
    from kakehashi.people.models import Person


class Follower(Protocol):
    """What is done when a seat is to move, and what of its holder goes onto the sheet."""

    def proposed(self, handover: Handover, *, by: Person, at: dt.datetime) -> None: ...

    def confirmed(self, handover: Handover, *, by: Person, at: dt.datetime) -> None: ...

    def withdrawn(self, handover: Handover, *, by: Person, at: dt.datetime) -> None: ...

    def waiting(self, account: Account, holder: Person) -> list[dict[str, Any]]:
        """What is open on the account and the holder has or waits for, as a sheet keeps it."""


_followers: list[Follower] = []


def register(follower: Follower) -> None:
    _followers.append(follower)


def followers() -> Iterator[Follower]:
    yield from _followers
