"""Job numbers by the agency's pattern, as A-JP-26-014: account, year, number within the year."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

USUAL = "{account}-{year}-{number:03}"
LONGEST = 40
KNOWN = ("account", "year", "fullyear", "number")
SAMPLE = {"account": "A-JP", "year": "26", "fullyear": "2026", "number": 14}


def number(pattern: str, *, account: str, year: int, at: int) -> str:
    """The `at`-th number of an account's year, cut to nothing but what the pattern says."""
    return pattern.format(account=account, year=f"{year % 100:02}", fullyear=str(year), number=at)


def check(pattern: str) -> None:
    """Raise ValidationError in the reader's language for what makes no numbers."""
    problem = next(_problems(pattern), "")
    if problem:
        raise ValidationError({"pattern": problem})


def _problems(pattern: str) -> Iterator[str]:
    try:
        names = [name for _text, name, _form, _kind in string.Formatter().parse(pattern) if name]
        sample = pattern.format(**SAMPLE)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        names, sample = [], ""
    if not sample or set(names) - set(KNOWN):
        yield _("Use only {account}, {year}, {fullyear} and {number}; {number:03} gives 014.")
    if "number" not in names or not {"year", "fullyear"} & set(names):
        yield _("A number takes {number} and {year} or {fullyear}, or two would be the same.")
    if len(sample) > LONGEST - 8:
        yield _("This makes numbers that are too long.")


def sample(pattern: str) -> str:
    """What the pattern makes of an example."""
    return pattern.format(**SAMPLE)
