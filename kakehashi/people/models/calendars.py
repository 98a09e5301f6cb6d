"""When an office and a person work. Public holidays follow from the country and stand nowhere."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kakehashi.base.calendars import Closure
from kakehashi.base.hours import DAYS_OF_WEEK, parse_week
from kakehashi.people.models.people import Office, Person
from kakehashi.policy.rows import Dated, EditedRow, ends_after_it_starts, never_twice_at_once

if TYPE_CHECKING:
    from kakehashi.base.hours import Week

ALMOST_A_YEAR = dt.timedelta(days=360)


class OfWeek(models.Model):
    """Hours of the seven days, Monday first, each as base.hours writes them; empty: not worked."""

    week = ArrayField(
        models.CharField(max_length=200, blank=True),
        size=DAYS_OF_WEEK,
        verbose_name=_("Working hours"),
    )

    class Meta:
        abstract = True

    @property
    def hours(self) -> Week:
        return parse_week(self.week)


class OfficeHours(EditedRow, OfWeek):
    """The week of an office and of those below it that have none of their own."""

    office = models.OneToOneField(Office, models.PROTECT, related_name="own_hours")
    region = models.CharField(_("Public holidays of"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("working hours")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(week__len=DAYS_OF_WEEK), name="people_hours_week")
        ]


class DayOff(EditedRow, Dated):
    """Days on which an office and all below it are closed, beside the public holidays."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="days_off")
    name = models.CharField(_("Name"), max_length=120)
    name_en = models.CharField(_("Name in English"), max_length=120, blank=True)
    yearly = models.BooleanField(_("Every year on these days"), default=False)

    said_at: ClassVar = {
        "people_dayoff_ends": "ends_on",
        "people_dayoff_yearly": "ends_on",
        "people_dayoff_once": "name",
    }

    class Meta:
        verbose_name = _("agency day off")
        constraints: ClassVar = [
            ends_after_it_starts("people_dayoff_dates"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=False),
                name="people_dayoff_ends",
                violation_error_message=_("Say which is the last day off."),
            ),
            models.CheckConstraint(
                condition=Q(yearly=False) | Q(ends_on__lt=F("starts_on") + ALMOST_A_YEAR),
                name="people_dayoff_yearly",
                violation_error_message=_("What comes back every year is over within the year."),
            ),
            models.UniqueConstraint(
                fields=["office", "name", "starts_on"],
                name="people_dayoff_once",
                violation_error_message=_("These days off are entered already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def closure(self) -> Closure:
        return Closure(self.starts_on, self.ends_on or self.starts_on, self.yearly)


class WorkingPattern(EditedRow, Dated, OfWeek):
    """A person's own week where it is not their office's: short hours, four days."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="patterns")

    class Meta:
        verbose_name = _("own working hours")
        constraints: ClassVar = [
            ends_after_it_starts("people_pattern_dates"),
            models.CheckConstraint(condition=Q(week__len=DAYS_OF_WEEK), name="people_pattern_week"),
            never_twice_at_once(
                "person",
                name="people_pattern_once",
                message=_("This person already has working hours of their own at that time."),
            ),
        ]
