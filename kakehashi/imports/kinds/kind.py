"""What every kind of file has: its columns, what follows from them, how it is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils import translation
from django.utils.translation import gettext as _

from kakehashi.imports.columns import NOTHING
from kakehashi.imports.staging import TABLE

if TYPE_CHECKING:
    from kakehashi.imports.columns import Column
    from kakehashi.imports.layouts import Layout
    from kakehashi.imports.staging import Stage

Positions = Mapping[str, int]
Objections = Iterator[tuple[str, str]]
RowCheck = Callable[[list[str]], Objections]


@dataclass(frozen=True)
class Derived:
    """A staged value that follows from a row's own cells, such as what a name sorts by."""

    name: str
    make: Callable[..., str]
    needs: tuple[str, ...]
    uses: tuple[str, ...] = ()
    type: str = "text"

    def fits(self, layout: Layout) -> bool:
        return layout.has(*self.needs)

    def maker(self, position: Positions) -> Callable[[list[str]], str]:
        wanted = [position.get(name, -1) for name in (*self.needs, *self.uses)]
        missing = [at == -1 for at in wanted]

        def make(values: list[str]) -> str:
            if values[wanted[0]] == NOTHING:
                return NOTHING
            parts = [
                "" if gone or values[at] == NOTHING else values[at]
                for at, gone in zip(wanted, missing, strict=True)
            ]
            return self.make(*parts)

        return make


class Kind:
    """One kind of file. Its methods speak SQL about the staging table, here called `s`."""

    name: ClassVar[str]
    english: ClassVar[str]
    japanese: ClassVar[str]
    ability: ClassVar[str] = "imports.load"
    columns: ClassVar[tuple[Column, ...]]
    one_of: ClassVar[tuple[str, ...]] = ()
    derived: ClassVar[tuple[Derived, ...]] = ()
    row_checks: ClassVar[tuple[Callable[[Positions], RowCheck | None], ...]] = ()
    extra: ClassVar[tuple[tuple[str, str], ...]] = ()
    counted: ClassVar[str] = TABLE
    """The table whose `state` is counted."""

    locks: ClassVar[tuple[str, ...]] = ()
    """Names of advisory locks under which others change what `settle` reads."""

    @property
    def label(self) -> str:
        """What the reader calls such files."""
        return self.japanese if translation.get_language() == "ja" else self.english

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def settle(self, stage: Stage) -> None:
        """Find what rows refer to and which rows stand already; reject what cannot be."""
        raise NotImplementedError

    def write(self, stage: Stage) -> None:
        """Write what is new and what differs."""
        raise NotImplementedError

    def hidden_columns(self) -> set[str]:
        """Columns of which the acting person sees nothing."""
        return set()

    def export_query(self) -> str:
        """A query that gives a value for each of `columns`, in order."""
        raise NotImplementedError


def ends_after_it_starts(position: Positions) -> RowCheck | None:
    """Where a row gives both days, the last must not come before the first."""
    if not {"starts_on", "ends_on"} <= position.keys():
        return None
    first, last = position["starts_on"], position["ends_on"]

    def check(values: list[str]) -> Objections:
        if NOTHING not in (values[first], values[last]) and values[last] < values[first]:
            yield "ends_on", _("The last day comes before the first.")

    return check
