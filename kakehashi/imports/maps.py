"""MAP.toml: which heading of somebody's file is which column, and what its values mean."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.imports.columns import narrowed

if TYPE_CHECKING:
    from collections.abc import Iterable

PARTS = ("columns", "constants", "formats", "values")


@dataclass(frozen=True)
class FileMap:
    """How to read a file whose headings are not ours. Keys are our columns' names."""

    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: dict[str, Any]) -> FileMap:
        """Build one from tables of text, refusing anything else."""
        for name, table in parts.items():
            _check_part(name, table)
        made = cls(**parts)
        if both := made.columns.keys() & made.constants.keys():
            raise Unreadable(
                _("The map gives %(column)s both a heading and a constant.") % {"column": min(both)}
            )
        return made

    def as_tables(self) -> dict[str, Any]:
        return asdict(self)

    def named(self) -> set[str]:
        """Every column this map speaks of."""
        return {name for part in PARTS for name in getattr(self, part)}


def read_map(path: str | Path) -> FileMap:
    """The map in a TOML file."""
    try:
        return FileMap.of(tomllib.loads(Path(path).read_text(encoding="utf-8")))
    except OSError as error:
        raise Unreadable(
            _("The map %(name)s cannot be opened: %(why)s.") % {"name": path, "why": error.strerror}
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unreadable(
            _("The map %(name)s is not TOML: %(why)s.") % {"name": path, "why": error}
        ) from error


def find_heading(wanted: str, header: Iterable[str]) -> int:
    """Where a heading that the map names stands in the file."""
    header = list(header)
    if wanted in header:
        return header.index(wanted)
    alike = [at for at, name in enumerate(header) if narrowed(name) == narrowed(wanted)]
    if len(alike) == 1:
        return alike[0]
    raise Unreadable(
        _("The map names the heading “%(heading)s”, which the file does not have once.")
        % {"heading": wanted}
    )


def _check_part(name: str, table: object) -> None:
    if name not in PARTS:
        raise Unreadable(
            _("The map has a part “%(part)s”; it may have %(known)s.")
            % {"part": name, "known": ", ".join(PARTS)}
        )
    tables = [table] if name != "values" else list(_tables(name, table))
    for each in tables:
        if not all(isinstance(text, str) for text in _items(name, each)):
            raise Unreadable(
                _("In the part “%(part)s” of the map, every value is a text in quotation marks.")
                % {"part": name}
            )


def _tables(name: str, table: object) -> Iterable[object]:
    return _items(name, table)


def _items(name: str, table: object) -> Iterable[object]:
    if not isinstance(table, dict):
        raise Unreadable(_("The part “%(part)s” of the map is not a table.") % {"part": name})
    return table.values()
