"""The form of a target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kakehashi.base.dates import parse_month
from kakehashi.base.errors import Unreadable
from kakehashi.clients.web.forms.base import ActionForm, EditForm
from kakehashi.money.models import Target

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

USUAL = ("JPY", "USD", "EUR", "GBP", "SGD")


class MonthInput(forms.DateInput):
    """The browser's own picker of months."""

    input_type = "month"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m")


class MonthField(forms.DateField):
    """A month, named by its first day."""

    widget = MonthInput

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        try:
            return parse_month(value)
        except Unreadable as problem:
            raise forms.ValidationError(str(problem)) from problem


class TargetFields(ActionForm):
    """Which months, what is measured, how much."""

    first = MonthField(label=_("From month"))
    last = MonthField(label=_("To month"))
    measure = forms.ChoiceField(label=_("Measured by"), choices=Target.Measure)
    currency = forms.ChoiceField(label=_("Currency"))
    amount = forms.DecimalField(label=_("Target"), max_digits=18, decimal_places=4)

    def __init__(self, *args: Any, currencies: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        known = sorted({*USUAL, *currencies}, key=lambda one: (one not in currencies, one))
        self.fields["currency"].choices = [(code, code) for code in known]


class SetTargetForm(TargetFields):
    """A new target, for a fiscal year unless somebody says otherwise."""


class ChangeTargetForm(TargetFields, EditForm):
    """A target as it stands."""

    def standing_of(self, row: Target) -> dict[str, Any]:
        names = ("first", "last", "measure", "currency", "version")
        return {**{name: getattr(row, name) for name in names}, "amount": _plain(row.amount)}


def _plain(amount: Any) -> str:
    """An amount as somebody types it: 5000000, not 5000000.0000."""
    written = format(amount, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
