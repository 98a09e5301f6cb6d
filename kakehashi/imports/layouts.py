"""Which column of a file is which of a kind's: by its heading, or as a map says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.imports.columns import narrowed
from kakehashi.imports.maps import FileMap, find_heading
from kakehashi.imports.reading.sheet import STRANGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kakehashi.imports.columns import Column
    from kakehashi.imports.kinds.kind import Kind


@dataclass(frozen=True)
class Layout:
    """Where each of a kind's columns comes from in one file."""

    kind: Kind
    header: tuple[str, ...]
    sources: dict[str, int]
    file_map: FileMap = field(default_factory=FileMap)

    @property
    def columns(self) -> list[Column]:
        """The kind's columns that this file fills, in the kind's order."""
        return [c for c in self.kind.columns if self.has(c.name)]

    @property
    def ignored(self) -> list[str]:
        """Headings nobody reads."""
        read = set(self.sources.values())
        return [name for at, name in enumerate(self.header) if at not in read]

    def has(self, *names: str) -> bool:
        return all(n in self.sources or n in self.file_map.constants for n in names)


def lay_out(kind: Kind, header: Sequence[str], file_map: FileMap | None = None) -> Layout:
    """The layout of a file, or why it cannot be read as that kind."""
    given = file_map or FileMap()
    _refuse_unknown(kind, given)
    sources = {name: find_heading(h, header) for name, h in given.columns.items() if h}
    settled = given.columns.keys() | given.constants.keys()
    taken = set(sources.values())
    for column in kind.columns:
        if column.name not in settled:
            at = _recognised(column, header, taken)
            if at is not None:
                sources[column.name] = at
    layout = Layout(kind, tuple(header), sources, given)
    _refuse_incomplete(layout)
    return layout


def guess(kind: Kind, header: Sequence[str]) -> dict[str, str]:
    """For a page: the heading each column seems to have, without refusing anything."""
    found = {}
    for column in kind.columns:
        alike = [name for name in header if narrowed(name) in column.headings]
        if len(alike) == 1:
            found[column.name] = alike[0]
    return found


def _recognised(column: Column, header: Sequence[str], taken: set[int]) -> int | None:
    alike = [
        at
        for at, name in enumerate(header)
        if at not in taken and narrowed(name) in column.headings
    ]
    if len(alike) > 1:
        raise Unreadable(
            _("Several headings mean %(column)s: %(headings)s. Keep one, or say which in a map.")
            % {"column": column.name, "headings": ", ".join(header[at] for at in alike)}
        )
    return alike[0] if alike else None


def _refuse_unknown(kind: Kind, given: FileMap) -> None:
    if unknown := given.named() - {column.name for column in kind.columns}:
        raise Unreadable(
            _("The map speaks of %(column)s, which %(kind)s do not have.")
            % {"column": min(unknown), "kind": kind.name}
        )
    for name, value in given.constants.items():
        if STRANGE.search(value):
            raise Unreadable(
                _("The constant for %(column)s holds an unreadable character.") % {"column": name}
            )


def _refuse_incomplete(layout: Layout) -> None:
    missing = [c for c in layout.kind.columns if c.required and not layout.has(c.name)]
    if missing:
        raise Unreadable(
            _("The file lacks the column %(columns)s, without which %(kind)s cannot be loaded.")
            % {
                "columns": ", ".join(f"{c.name} ({c.label})" for c in missing),
                "kind": layout.kind.label,
            }
        )
    wanted = layout.kind.one_of
    if wanted and not any(layout.has(name) for name in wanted):
        raise Unreadable(
            _("The file lacks every one of the columns %(columns)s.")
            % {"columns": ", ".join(wanted)}
        )
