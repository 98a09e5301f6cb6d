"""What differs between two versions of something, field by field, down to the character."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SAME: Final = "same"
GONE: Final = "gone"
NEW: Final = "new"
LONGEST = 2_000
"""Characters up to which single ones are compared; longer texts are compared line by line."""

What = Literal["same", "gone", "new"]


@dataclass(frozen=True)
class Piece:
    """Some characters that stand in both, only in the old, or only in the new."""

    what: What
    text: str


@dataclass(frozen=True)
class Difference:
    """A field in which two versions differ."""

    label: str
    old: str
    new: str
    pieces: list[Piece] = field(default_factory=list)


def between(
    old: Mapping[str, str], new: Mapping[str, str], labels: Mapping[str, str] | None = None
) -> list[Difference]:
    """The fields that differ, in the order of the new one; what is gone comes last."""
    called = labels or {}
    keys = [*new, *(key for key in old if key not in new)]
    return [
        Difference(called.get(key, key), before, after, pieces(before, after))
        for key in keys
        if (before := old.get(key, "")) != (after := new.get(key, ""))
    ]


def pieces(old: str, new: str) -> list[Piece]:
    """How one text becomes the other."""
    if max(len(old), len(new)) > LONGEST:
        return _made(old.splitlines(keepends=True), new.splitlines(keepends=True))
    return _made(old, new)


def _made(old: str | list[str], new: str | list[str]) -> list[Piece]:
    found: list[Piece] = []
    by_line = isinstance(old, list)
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=by_line).get_opcodes():
        if tag == "equal":
            found.append(Piece(SAME, _text(old[i:j])))
            continue
        found += _some((Piece(GONE, _text(old[i:j])), Piece(NEW, _text(new[k:m]))))
    return found


def _some(made: Iterable[Piece]) -> list[Piece]:
    return [piece for piece in made if piece.text]


def _text(part: str | list[str]) -> str:
    return part if isinstance(part, str) else "".join(part)
