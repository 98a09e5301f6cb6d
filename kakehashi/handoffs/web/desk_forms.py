"""Forms of desks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kakehashi.clients.web.forms.base import ActionForm, DayField
from kakehashi.clients.web.lookups import ColleagueField
from kakehashi.people.models import Office
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt


class OfficeChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return reader_name(obj)


class DeskForm(ActionForm):
    """A desk: where it is and what it is called."""

    office = OfficeChoice(Office.objects.none(), label=_("Office"))
    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["office"].queryset = Office.objects.filter(closed_on=None).order_by("code")


class KeeperForm(ActionForm):
    """Who keeps a desk from a day on."""

    person = ColleagueField(label=_("Keeper"))
    starts_on = DayField(label=_("From"))

    def __init__(self, *args: Any, today: dt.date, **options: Any) -> None:
        super().__init__(*args, initial={"starts_on": today}, **options)
