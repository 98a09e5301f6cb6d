"""The columns of a file: what each is called, and how a cell becomes what PostgreSQL takes.

Headings are a file format, not words of a page: English names and Japanese labels are understood
whatever the reader's language, and stand here side by side.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from kakehashi.base import dates, identifiers, locales, numbers
from kakehashi.base.errors import Unreadable
from kakehashi.base.text import nfkc, one_line

if TYPE_CHECKING:
    from django.db.models import TextChoices

    from kakehashi.imports.reading import Cell

NOTHING = "\x01"
"""An empty cell on its way into the staging table; no text of a file can hold this character."""

_USUAL_AMOUNT = re.compile(r"0|[1-9]\d{0,13}|[1-9]\d{0,2}(?:,\d{3}){1,3}", re.ASCII)
_AMOUNT_PLACES, _AMOUNT_BOUND = 4, 10**14
_HIGHEST_RANK = 32_767  # of a PositiveSmallIntegerField
_QUOTED, _ESCAPED = re.compile(r'"((?:[^"\\]|\\.)*)"'), re.compile(r"\\(.)")
_FORMULA = "=+-@\t\r"
_SHARE_PLACES = Decimal("0.001")
_NARROW = str.maketrans("", "", " _-‐・()/")

Parse = Callable[[str], str]


@dataclass(frozen=True)
class Column:
    """One column of a kind: `parse` gives the text PostgreSQL takes, or says what is wrong."""

    name: str
    english: str
    japanese: str
    parse: Parse
    type: str = "text"
    required: bool = False
    may_be_blank: bool = False
    also: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The column's heading in the reader's language."""
        return self.japanese if translation.get_language() == "ja" else self.english

    @property
    def headings(self) -> set[str]:
        """Every heading this column is known by, as headings are compared."""
        return {narrowed(h) for h in (self.name, self.english, self.japanese, *self.also)}

    @property
    def is_date(self) -> bool:
        return self.type == "date" and self.parse is day

    @property
    def is_list(self) -> bool:
        return self.type == "text[]"


def narrowed(heading: str) -> str:
    """A heading or a choice as it is compared: width, case, blanks and hyphens do not count."""
    return nfkc(heading).casefold().translate(_NARROW)


def plain(cell: Cell) -> str:
    """A cell as text, without the apostrophe that keeps spreadsheets from running it."""
    if isinstance(cell, date):
        return cell.isoformat()
    return unguarded(cell.strip())


def guarded(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula; `unguarded` takes that back."""
    return f"'{text}" if text.lstrip("'")[:1] in tuple(_FORMULA) else text


def unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and text.lstrip("'")[:1] in tuple(_FORMULA) else text


def text(longest: int) -> Parse:
    """One line of text that fits."""

    def parse(value: str) -> str:
        line = one_line(value)
        if len(line) > longest:
            raise Unreadable(
                _("This has %(length)s characters; at most %(most)s fit.")
                % {"length": len(line), "most": longest}
            )
        return line

    return parse


def prose(value: str) -> str:
    """Text of several lines."""
    return "\n".join(nfkc(line).rstrip() for line in value.splitlines()).strip()


def login(value: str) -> str:
    """The name one signs in with: no blanks in it."""
    name = text(150)(value)
    if " " in name:
        raise Unreadable(_("A login has no blanks in it."))
    return name


def day(value: str) -> str:
    return dates.parse_date(value).isoformat()


def month(value: str) -> str:
    return dates.parse_month(value).isoformat()


def money(value: str) -> str:
    """An exact amount of at most four decimal places, written without trailing zeros."""
    if _USUAL_AMOUNT.fullmatch(value):  # most of a million cells
        return value.replace(",", "")
    number = numbers.parse_decimal(value)
    if abs(number) >= _AMOUNT_BOUND:
        raise Unreadable(_("This amount is too large."))
    written = format(number, "f")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
        if len(written.partition(".")[2]) > _AMOUNT_PLACES:
            raise Unreadable(_("At most four decimal places fit."))
    return written


def rank(value: str) -> str:
    number = numbers.parse_integer(value)
    if not 0 <= number <= _HIGHEST_RANK:
        raise Unreadable(_("A rank is a number from 0 to 32767."))
    return str(number)


def share(value: str) -> str:
    part = numbers.parse_share(value)
    kept = part.quantize(_SHARE_PLACES, ROUND_HALF_EVEN)
    if kept != part:
        raise Unreadable(_("A share has at most three decimal places, as 0.333 or 33.3%."))
    return str(kept)


def yes_no(value: str) -> str:
    return "true" if numbers.parse_boolean(value) else "false"


def currency(value: str) -> str:
    return locales.check_currency(value)


def language(value: str) -> str:
    """One of the two languages the product speaks."""
    tag = locales.check_language(value).partition("-")[0]
    if tag not in {"ja", "en"}:
        raise Unreadable(_("Pages exist in Japanese and English: write ja or en."))
    return tag


def choice(choices: type[TextChoices]) -> Parse:
    """One of a few values: its code, or its label in either language."""

    @lru_cache(maxsize=1)
    def known() -> dict[str, str]:
        names: dict[str, str] = {}
        for tongue in ("en", "ja"):
            with translation.override(tongue):
                names |= {narrowed(str(label)): value for value, label in choices.choices}
        return names | {narrowed(value): value for value in choices.values}

    def parse(value: str) -> str:
        found = known().get(narrowed(value))
        if found is None:
            raise Unreadable(_("This is none of: %(choices)s.") % {"choices": _shown(choices)})
        return found

    return parse


def _shown(choices: type[TextChoices]) -> str:
    """What may be written: codes, or for a Japanese reader the labels of the page."""
    if translation.get_language() == "ja":
        return "、".join(str(label) for label in choices.labels)
    return ", ".join(choices.values)


def listed(item: Parse) -> Parse:
    r"""Several values in one cell, separated by semicolons; `\;` is a semicolon of a value."""

    def parse(value: str) -> str:
        parts = (part.strip() for part in _split(nfkc(value)))
        items = list(dict.fromkeys(item(part) for part in parts if part))
        return array(items) if items else ""

    return parse


def joined(items: list[str]) -> str:
    """The cell of a list, such that `listed` gives the list back."""
    return "; ".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)


def array(items: list[str]) -> str:
    """A list as PostgreSQL writes one."""
    quoted = (item.replace("\\", "\\\\").replace('"', '\\"') for item in items)
    return "{" + ",".join(f'"{item}"' for item in quoted) + "}"


def items_of(written: str) -> list[str]:
    """The list that `array` wrote; none of an empty cell."""
    return [_ESCAPED.sub(r"\1", quoted) for quoted in _QUOTED.findall(written)]


def _split(value: str) -> list[str]:
    if "\\" not in value:
        return value.split(";")
    parts, escaped = [""], False
    for character in value:
        if escaped or character not in "\\;":
            parts[-1] += character
            escaped = False
        elif character == "\\":
            escaped = True
        else:
            parts.append("")
    return parts


corporate_number = identifiers.check_corporate_number
lei = identifiers.check_lei
email = identifiers.check_email
time_zone = identifiers.check_time_zone
country = locales.check_country
year_end = dates.parse_fiscal_year_end
