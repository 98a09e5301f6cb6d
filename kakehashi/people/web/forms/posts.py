"""What is entered about posts, roles, reporting lines and absences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kakehashi.people.models import ReportingLine
from kakehashi.people.web.forms.base import ActionForm, DayField, EditForm
from kakehashi.people.web.forms.lookups import OfficeField, PersonField
from kakehashi.people.web.forms.people import RankField
from kakehashi.policy.roles import RoleCode

if TYPE_CHECKING:
    import datetime as dt


class EmployForm(ActionForm):
    """One more post."""

    office = OfficeField(label=_("Office"))
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    rank = RankField()
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), required=False)


class ChangePostForm(EditForm):
    """A post as it stands, and from when it is to be different."""

    office = OfficeField(label=_("Office"))
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    rank = RankField()
    from_on = DayField(
        label=_("From"),
        help_text=_("The post as it stands ends the day before. Its own first day corrects it."),
    )

    def __init__(self, *args: Any, today: dt.date, **options: Any) -> None:
        self.today = today
        super().__init__(*args, **options)

    def standing_of(self, row: Any) -> dict[str, Any]:
        stands = {"office": row.office, "title": row.title, "rank": row.rank}
        return {**stands, "from_on": max(self.today, row.starts_on)}


class RoleForm(ActionForm):
    """One more role."""

    role = forms.ChoiceField(label=_("Role"), choices=RoleCode)
    office = OfficeField(
        label=_("Office"), help_text=_("The role holds in this office and in all below it.")
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), required=False)


class LineForm(ActionForm):
    """To whom somebody reports."""

    superior = PersonField(label=_("Reports to"))
    kind = forms.ChoiceField(
        label=_("Line"),
        choices=ReportingLine.Kind,
        help_text=_("A new solid line ends the one before it."),
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), required=False)


class AbsenceForm(ActionForm):
    """Days away, and who stands in."""

    starts_on = DayField(label=_("First day away"))
    ends_on = DayField(label=_("Last day away"))
    deputy = PersonField(
        label=_("Deputy"),
        required=False,
        help_text=_("Sees to what waits for them meanwhile."),
    )


class ChangeAbsenceForm(EditForm, AbsenceForm):
    """An absence as it stands."""
