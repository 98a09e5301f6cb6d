"""Japanese eras: 令和7年 as 2025, and which days an era had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable


@dataclass(frozen=True)
class Era:
    """An era, from its first to its last day; the last one is still open."""

    name: str
    letter: str
    starts_on: date
    ends_on: date

    @property
    def short(self) -> str:
        """Its first character, as in 令7.4.1."""
        return self.name[0]


_ERAS = (
    Era("明治", "M", date(1868, 1, 25), date(1912, 7, 30)),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 25)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("令和", "R", date(2019, 5, 1), date.max),
)
_BY_NAME = {key: era for era in _ERAS for key in (era.name, era.short, era.letter)}
_GREGORIAN_FROM = date(1873, 1, 1)

NAMES = "明治|大正|昭和|平成|令和|[明大昭平令MTSHR]"
"""A regular expression for every way to write an era's name."""


def year_of(name: str, year: int) -> int:
    """The year of our calendar in which that year of the era fell: 令和, 7 is 2025."""
    return _BY_NAME[name].starts_on.year + year - 1


def check_within(name: str, year: int, first: date, last: date) -> None:
    """Refuse an era's year none of whose days from `first` to `last` lay in the era."""
    era = _BY_NAME[name]
    if first < _GREGORIAN_FROM:
        raise Unreadable(_("Before 1873 Japan had another calendar. Write the date as 1872-12-31."))
    if year < 1 or last < era.starts_on or first > era.ends_on:
        raise Unreadable(
            _("%(written)s does not exist. Write %(instead)s or %(western)s.")
            % {
                "written": f"{era.name}{_year_and_month(year, first, last)}",
                "instead": _in_its_own_era(first, last),
                "western": first.isoformat() if first == last else f"{first:%Y-%m}",
            }
        )


def _in_its_own_era(first: date, last: date) -> str:
    era = next(era for era in reversed(_ERAS) if first >= era.starts_on)
    return f"{era.name}{_year_and_month(first.year - era.starts_on.year + 1, first, last)}"


def _year_and_month(year: int, first: date, last: date) -> str:
    """7年4月1日, or 7年4月 where a month is meant, or 元年… in an era's first year."""
    day = f"{first.day}日" if first == last else ""
    return f"{'元' if year == 1 else year}年{first.month}月{day}"
