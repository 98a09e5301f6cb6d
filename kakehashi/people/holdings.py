"""What people and offices hold that somebody must take over: each package above tells its own.

A package registers in its AppConfig.ready. Its function sees what the acting person sees; what a
wall hides from an administrator is settled afterwards, by a task that acts as nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Office, Person


@dataclass(frozen=True)
class Holding:
    """One thing still held: what kind it is, what it is called, where it can be handed over."""

    kind: str
    title: str
    path: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"


OfPerson = Callable[["Person", "dt.date"], Iterable[Holding]]
OfOffice = Callable[["Office", "dt.date"], Iterable[Holding]]
Settle = Callable[["Person", "dt.date"], None]

_of_person: dict[str, OfPerson] = {}
_of_office: dict[str, OfOffice] = {}
_settle: dict[str, Settle] = {}


def register(name: str, function: OfPerson, *, settle: Settle | None = None) -> None:
    """`function` lists what a person holds after a day; `settle` ends what nobody handed over."""
    _of_person[name] = function
    if settle is not None:
        _settle[name] = settle


def register_office(name: str, function: OfOffice) -> None:
    """`function` lists what depends on an office after a day."""
    _of_office[name] = function


def of_person(person: Person, on: dt.date) -> list[Holding]:
    """What packages above say a person still holds after a day."""
    return [held for function in _of_person.values() for held in function(person, on)]


def of_office(office: Office, on: dt.date) -> list[Holding]:
    """What packages above say depends on an office after a day."""
    return [held for function in _of_office.values() for held in function(office, on)]


def settle(person: Person, on: dt.date) -> None:
    """End whatever a person who left still holds."""
    for function in _settle.values():
        function(person, on)
