"""Public holidays of a country or a part of it, also those that follow from others.

Where a country is not known to the library, only its weekends are off.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from babel.core import get_global

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

# Where nobody says which part of a country is meant, and holidays of the whole are too few.
MOST_LIKELY = {"GB": "ENG"}
NOWHERE = {"001", "ZZ"}  # the territory of zones that belong to the sea or to everybody
# Where a country has several zones and the first by name is not the one of its business.
MAIN_ZONES = {
    "AU": "Australia/Sydney", "BR": "America/Sao_Paulo", "CA": "America/Toronto",
    "CL": "America/Santiago", "CY": "Asia/Nicosia", "ES": "Europe/Madrid",
    "KZ": "Asia/Almaty", "MN": "Asia/Ulaanbaatar", "MX": "America/Mexico_City",
    "PG": "Pacific/Port_Moresby", "PT": "Europe/Lisbon", "RU": "Europe/Moscow",
    "US": "America/New_York", "UZ": "Asia/Tashkent",
}  # fmt: skip


@dataclass(frozen=True)
class PublicDays:
    """The public holidays of one place; asked for a day, it says whether that is one."""

    country: str
    region: str = ""

    def __call__(self, day: dt.date) -> bool:
        return day in _of_year(self.country, self.region, day.year)

    def named(self, first: dt.date, last: dt.date, language: str) -> Iterator[tuple[dt.date, str]]:
        """The holidays between two days by name, in the reader's language where there is one."""
        for year in range(first.year, last.year + 1):
            for day, name in sorted(_of_year(self.country, self.region, year, language).items()):
                if first <= day <= last:
                    yield day, name


@lru_cache(maxsize=2048)
def _of_year(country: str, region: str, year: int, language: str = "en") -> Mapping[dt.date, str]:
    import holidays

    if country not in _known():
        return {}
    if region not in _known()[country]:
        region = MOST_LIKELY.get(country, "")
    return dict(
        holidays.country_holidays(
            country, subdiv=region or None, years=year, language=_spoken(country, language)
        )
    )


def _spoken(country: str, language: str) -> str | None:
    """A language in which the library names a country's holidays; None for the country's own."""
    import holidays

    names = holidays.list_localized_countries().get(country, [])
    wanted = (language, f"{language}_{country}", "en_US")
    return next((name for name in wanted if name in names), None)


@lru_cache(maxsize=1)
def _known() -> dict[str, list[str]]:
    import holidays

    return holidays.list_supported_countries(include_aliases=False)


def regions(country: str) -> list[tuple[str, str]]:
    """The parts of a country that have holidays of their own, as code and name."""
    import holidays

    if country not in _known():
        return []
    names: dict[str, str] = {}
    made: Any = getattr(holidays, country)
    for name, code in made.subdivisions_aliases.items():
        if code in _known()[country] and not name.isdigit():
            names.setdefault(code, name)
    return sorted(names.items(), key=lambda region: region[1])


def country_of(zone: str) -> str:
    """The country a time zone is named for; nothing for one that is everywhere."""
    country = get_global("zone_territories").get(zone, "")
    return "" if country in NOWHERE else country


def zone_of(country: str, *, here: str) -> str:
    """The zone of a country's business; `here`, if that lies in it or nothing is known of it."""
    if country in ("", country_of(here)):
        return here
    zones = [zone for zone, code in get_global("zone_territories").items() if code == country]
    return MAIN_ZONES.get(country) or min(zones, default=here)
