"""What can be begun from an accepted thing, by packages above the one to which it belongs.

That package holds `Ways` of its own; one above registers in its AppConfig.ready.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from django.utils.functional import Promise

    from kakehashi.people.models import Person

Source = TypeVar("Source")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Way(Generic[Source, Made]):
    """One kind of work: what its button says, where it leads, what stands against it, what is."""

    label: str | Promise
    address: Callable[[Source], str]
    against: Callable[[Person, Source], str | None]
    made: Callable[[Source], list[Made]]
    renewed: Callable[[Source, Person, dt.datetime], None] | None = None


@dataclass(frozen=True)
class Step:
    """A way as the page of one thing offers it to one reader."""

    label: str
    path: str
    objection: str | None


class Ways(Generic[Source, Made]):
    """All that can be begun from one kind of thing, in the order in which packages registered."""

    def __init__(self) -> None:
        self.by_code: dict[str, Way[Source, Made]] = {}

    def register(
        self,
        code: str,
        label: str | Promise,
        *,
        address: Callable[[Source], str],
        against: Callable[[Person, Source], str | None],
        made: Callable[[Source], list[Made]],
        renewed: Callable[[Source, Person, dt.datetime], None] | None = None,
    ) -> None:
        """`address(thing)` is the page on which work is begun, `made(thing)` what was already.

        `renewed(thing, by, at)` hears that the thing was accepted, perhaps not for the first time,
        in the transaction in which it was.
        """
        self.by_code[code] = Way(label, address, against, made, renewed)

    def steps(self, person: Person, source: Source) -> list[Step]:
        """What may be begun from a thing."""
        return [
            Step(str(way.label), way.address(source), way.against(person, source))
            for way in self.by_code.values()
        ]

    def renew(self, source: Source, by: Person, at: dt.datetime) -> None:
        """Have all hear that a thing was accepted."""
        for way in self.by_code.values():
            if way.renewed is not None:
                way.renewed(source, by, at)

    def made(self, source: Source) -> list[Made]:
        """What was begun from a thing, as far as the reader sees it."""
        return [made for way in self.by_code.values() for made in way.made(source)]
