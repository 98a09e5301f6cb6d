"""What is entered about offices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kakehashi.people.models import Office
from kakehashi.people.web.forms.base import ActionForm, DayField, EditForm
from kakehashi.people.web.forms.lookups import OfficeField


class Description(forms.Form):
    """What an office is called, and where it lies."""

    code = forms.CharField(
        label=_("Office code"),
        max_length=40,
        help_text=_("Files that are imported name the office by it."),
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind of office"), choices=Office.Kind)
    country = forms.CharField(
        label=_("Country"),
        max_length=60,
        required=False,
        help_text=_("By its name or its two letters, as JP."),
    )
    timezone = forms.CharField(
        label=_("Time zone"), max_length=64, help_text=_("Days begin here at its midnight.")
    )


class OpenOfficeForm(ActionForm, Description):
    """A new office within another."""

    parent = OfficeField(label=_("Part of"))


class EditOfficeForm(EditForm, Description):
    """An office as it stands."""


class MoveOfficeForm(EditForm):
    """What an office is part of. All below it moves along."""

    parent = OfficeField(label=_("Part of"))


class CloseOfficeForm(EditForm):
    """The last day of an office."""

    on = DayField(label=_("Last day"))

    def standing_of(self, row: Any) -> dict[str, Any]:
        return {"on": row.closed_on}
