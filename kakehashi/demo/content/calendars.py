"""When the agency works: hours and days off of offices, hours of people's own."""

from __future__ import annotations

from typing import NamedTuple

WEEKDAYS, WEEKEND = 5, ("", "")


class ClosureRow(NamedTuple):
    """Days off of an office and those below it, by month and day of the first and the last."""

    office: str
    name: str
    name_en: str
    first: tuple[int, int]
    last: tuple[int, int]
    yearly: bool = True


class OwnRow(NamedTuple):
    """Somebody's own week, from a day to a day, counted from today."""

    login: str
    week: tuple[str, ...]
    first: int
    last: int | None


def _all_week(hours: str) -> tuple[str, ...]:
    return (hours,) * WEEKDAYS + WEEKEND


# office, week, part of the country whose holidays it keeps
HOURS = (
    ("KKD", _all_week("9:30-12:00, 13:00-18:30"), ""),
    ("KNS", _all_week("9:00-12:00, 13:00-18:00"), ""),
    ("SG", _all_week("9:00-12:30, 13:30-18:00"), ""),
    ("GB", _all_week("9:00-12:30, 13:30-17:30"), "ENG"),
)
CLOSURES = (
    ClosureRow("KKD", "創立記念日", "Founding Day", (10, 1), (10, 1)),
    ClosureRow("JP", "年末年始休業", "New Year closure", (12, 29), (1, 4)),
    ClosureRow("JP", "夏季休業", "Summer closure", (8, 13), (8, 15), yearly=False),
    ClosureRow("SG", "旧正月前日", "Eve of Chinese New Year", (2, 5), (2, 5), yearly=False),
    ClosureRow("GB", "クリスマス休業", "Christmas closure", (12, 27), (12, 31)),
)
OWN = (
    # 時短: a child at nursery school
    OwnRow("shindo", _all_week("9:30-12:00, 13:00-16:30"), -240, 480),
    # four days a week, for good
    OwnRow("freya", ("9:00-12:30, 13:30-17:30",) * 4 + ("", "", ""), -90, None),
)
