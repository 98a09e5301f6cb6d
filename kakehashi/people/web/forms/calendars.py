"""What is entered about hours: of an office, of a person; and days off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS as NAMES
from django.utils.translation import gettext_lazy as _

from kakehashi.base.errors import Unreadable
from kakehashi.base.hours import parse_spans, spans_text
from kakehashi.base.public_days import regions
from kakehashi.people.actions.calendars import NEW, WEEKDAYS
from kakehashi.people.models import OfficeHours
from kakehashi.people.web.forms.base import ActionForm, DayField, EditForm

HOURS = _("As 9:30-12:00, 13:00-18:30. Empty: not a working day.")


class HoursField(forms.CharField):
    """The hours of one weekday, in any usual spelling."""

    def __init__(self, day: int, help_text: Any = "") -> None:
        super().__init__(label=NAMES[day], max_length=120, required=False, help_text=help_text)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return spans_text(parse_spans(typed))
        except Unreadable as error:
            raise ValidationError(error.reason) from error


class WeekForm(forms.Form):
    """The seven days of a week."""

    monday = HoursField(0, HOURS)
    tuesday = HoursField(1)
    wednesday = HoursField(2)
    thursday = HoursField(3)
    friday = HoursField(4)
    saturday = HoursField(5)
    sunday = HoursField(6)


def with_week(told: dict[str, Any]) -> dict[str, Any]:
    """What was entered, with the seven days as one week."""
    rest = {name: value for name, value in told.items() if name not in WEEKDAYS}
    return {**rest, "week": [told[day] for day in WEEKDAYS]}


class OfficeHoursForm(EditForm, WeekForm):
    """The week of an office; the row is one nobody saved yet where it works as the one above."""

    region = forms.ChoiceField(
        label=_("Public holidays of"),
        required=False,
        help_text=_("A part of the country that has holidays of its own."),
    )

    def __init__(self, *args: Any, country: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["version", "region", *WEEKDAYS])
        choices = regions(country)
        if choices:
            self.fields["region"].choices = [("", _("the whole country")), *choices]
        else:
            self.fields["region"].widget = forms.HiddenInput()

    def standing_of(self, row: OfficeHours) -> dict[str, Any]:
        return {"region": row.region, **dict(zip(WEEKDAYS, row.week, strict=True))}

    def compare(self) -> None:
        """Somebody else may have entered the first hours of the office, or removed them."""
        office = self.row.office
        found = OfficeHours.objects.filter(office=office).first()
        if found is not None:
            self.row = found
            super().compare()
        else:
            told: Any = self.data.copy()
            told[self.add_prefix("version")] = NEW
            self.data = told


class DayOffForm(ActionForm):
    """Days on which an office is closed."""

    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    starts_on = DayField(label=_("First day off"))
    ends_on = DayField(label=_("Last day off"))
    yearly = forms.BooleanField(label=_("Every year on these days"), required=False)


class ChangeDayOffForm(EditForm, DayOffForm):
    """Days off as they stand."""


class OwnHoursForm(ActionForm, WeekForm):
    """A week of somebody's own, from a day on."""

    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("Until"), required=False, help_text=_("Empty: until there are other hours.")
    )


class ChangeOwnHoursForm(EditForm, OwnHoursForm):
    """Somebody's own week as it stands."""

    def standing_of(self, row: Any) -> dict[str, Any]:
        week = dict(zip(WEEKDAYS, row.week, strict=True))
        return {**week, "starts_on": row.starts_on, "ends_on": row.ends_on}
