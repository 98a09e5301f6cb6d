"""A scheme of categories as a file brings it: every row's place found, every defect repaired.

Where a file gives the path of each row beside its parent, the path is trusted: published schemes
have rows that are their own parent, that name another's, or spell a name in two ways.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable


class Entry(NamedTuple):
    """A row of the file. `path` is the way down to it, by name, empty if the file has none."""

    line: int
    code: str
    parent: str
    name: str
    path: tuple[str, ...] = ()


class Repair(NamedTuple):
    """What was wrong in a row, what became of it, and why."""

    line: int
    code: str
    column: str
    value: str
    became: str
    reason: str


class Fault(NamedTuple):
    """A row that has no place."""

    line: int
    column: str
    value: str
    reason: str


@dataclass
class Taxonomy:
    """Every row's parent and name as they are to be, and what was done to get there."""

    parents: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def way_to(self, code: str) -> list[str]:
        """The codes from the top down to a category; empty if it turns in a circle."""
        way = [code]
        while above := self.parents.get(way[-1], ""):
            if above in way:
                return []
            way.append(above)
        return way[::-1]


def placed(entries: Iterable[Entry]) -> Taxonomy:
    """Give every row its parent and its name."""
    entries = list(entries)
    found = Taxonomy()
    codes = {entry.code for entry in entries}
    by_path = {entry.path: entry.code for entry in reversed(entries) if entry.path}
    for entry in entries:
        if entry.path:
            _by_path(entry, by_path, found)
        else:
            _by_parent(entry, codes, found)
    for entry in entries:
        if entry.code in found.parents and not found.way_to(entry.code):
            found.faults.append(
                Fault(entry.line, "parent", entry.parent, _("These rows lie below each other."))
            )
    return found


def _by_path(entry: Entry, by_path: dict[tuple[str, ...], str], found: Taxonomy) -> None:
    above = entry.path[:-1]
    parent = by_path.get(above, "") if above else ""
    if above and not parent:
        found.faults.append(
            Fault(entry.line, "tier_1", " / ".join(above), _("No row of the file has this path."))
        )
        return
    found.parents[entry.code], found.names[entry.code] = parent, entry.path[-1]
    if entry.parent != parent:
        found.repairs.append(_of_parent(entry, parent))
    if entry.name != entry.path[-1]:
        found.repairs.append(
            Repair(
                entry.line, entry.code, "name", entry.name, entry.path[-1],
                _("The name is spelt otherwise in its path."),
            )
        )  # fmt: skip


def _of_parent(entry: Entry, parent: str) -> Repair:
    if entry.parent == entry.code and not parent:
        reason = _("It names itself as its parent; by its path it stands at the top.")
    elif entry.parent == entry.code:
        reason = _("It names itself as its parent; its path says what lies above it.")
    else:
        reason = _("Its path says that another category lies above it.")
    return Repair(entry.line, entry.code, "parent", entry.parent, parent, reason)


def _by_parent(entry: Entry, codes: set[str], found: Taxonomy) -> None:
    if entry.parent == entry.code:
        reason = _("It names itself as its parent; it now stands at the top.")
        found.repairs.append(Repair(entry.line, entry.code, "parent", entry.parent, "", reason))
        found.parents[entry.code] = ""
    elif entry.parent and entry.parent not in codes:
        reason = _("No row of the file has this code.")
        found.faults.append(Fault(entry.line, "parent", entry.parent, reason))
        return
    else:
        found.parents[entry.code] = entry.parent
    found.names[entry.code] = entry.name
