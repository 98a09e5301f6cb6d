"""When an office works, and which office above it says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kakehashi.base.public_days import PublicDays, country_of, regions
from kakehashi.people.models import DayOff, Office, OfficeHours
from kakehashi.people.queries.calendars import OFFICE_WEEK, as_week

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from kakehashi.base.hours import Week

UP_FROM = """
WITH RECURSIVE up AS (
  SELECT o.*, 0 AS height FROM people_office o WHERE o.id = %s
  UNION ALL
  SELECT o.*, up.height + 1 FROM up JOIN people_office o ON o.id = up.parent_id
)
SELECT * FROM up ORDER BY height
"""


@dataclass(frozen=True)
class OfficeWork:
    """The hours and closures that hold in an office, its own and those from above."""

    office: Office
    country: str
    region: str
    hours: OfficeHours | None
    days_off: Sequence[DayOff]

    @property
    def has_own_hours(self) -> bool:
        return self.hours is not None and self.hours.office_id == self.office.pk

    @property
    def week(self) -> Week:
        return as_week(tuple(self.hours.week if self.hours else OFFICE_WEEK))

    @property
    def region_name(self) -> str:
        return dict(regions(self.country)).get(self.region, "")

    def holidays(
        self, first: dt.date, last: dt.date, language: str
    ) -> Iterator[tuple[dt.date, str]]:
        return PublicDays(self.country, self.region).named(first, last, language)


def work_at(office: Office) -> OfficeWork:
    """In three queries, however deep in the tree the office lies."""
    way = way_up(office)
    stated = {
        hours.office_id: hours
        for hours in OfficeHours.objects.filter(office__in=way).select_related("office")
    }
    nearest = [stated[above.pk] for above in way if above.pk in stated]
    days_off = DayOff.objects.filter(office__in=way).select_related("office")
    return OfficeWork(
        office,
        _country(way),
        next((hours.region for hours in nearest if hours.region), ""),
        next(iter(nearest), None),
        list(days_off.order_by("starts_on", "name", "pk")),
    )


def country_at(office: Office) -> str:
    """The country whose holidays an office keeps."""
    return _country(way_up(office))


def way_up(office: Office) -> list[Office]:
    """An office and those above it, the root last."""
    return list(Office.objects.raw(UP_FROM, [office.pk]))


def _country(way: list[Office]) -> str:
    """The nearest that is told; where none is, that of the time zone."""
    return next((above.country for above in way if above.country), "") or country_of(
        way[0].timezone
    )
