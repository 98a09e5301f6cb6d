"""What is on its way between a client and us: packages above tell what crosses an account's bridge.

A package registers in its AppConfig.ready. Its function sees what the acting person sees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.clients.models import Account
    from kakehashi.people.models import Person


@dataclass(frozen=True)
class Crossing:
    """One thing on its way: whose move it is, since when, until when, in the reader's words.

    `used` is the part of its time that has passed, from 0 to 1.
    """

    title: str
    path: str
    side: Literal["ours", "theirs"]
    who: Person
    since: str
    until: str
    used: float
    is_late: bool = False

    @property
    def length(self) -> int:
        """How long its bar is, in per cent of half the bridge."""
        return round(8 + 92 * min(max(self.used, 0.0), 1.0))

    @property
    def rest(self) -> int:
        """What the bar leaves free: the client's begin in the middle."""
        return 100 - self.length


@dataclass(frozen=True)
class Span:
    """What crosses, the most urgent first; how much there is; where all of it and more is."""

    crossings: list[Crossing] = field(default_factory=list)
    count: int = 0
    all_path: str = ""
    ask_path: str = ""


Cross = Callable[["Account", "dt.datetime"], Span]
_crosses: list[Cross] = []


def register(cross: Cross) -> None:
    """`cross(account, at)` gives what is on its way on the account itself."""
    _crosses.append(cross)


def spanning(account: Account, at: dt.datetime) -> Span:
    """Everything that crosses an account's bridge, from the packages that know."""
    found = [cross(account, at) for cross in _crosses]
    paths = [span for span in found if span.all_path]
    return Span(
        crossings=[crossing for span in found for crossing in span.crossings],
        count=sum(span.count for span in found),
        all_path=paths[0].all_path if paths else "",
        ask_path=paths[0].ask_path if paths else "",
    )
