"""The form by which an officer permits a seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kakehashi.clients.web.forms.base import ActionForm, DayField
from kakehashi.clients.web.lookups import ColleagueField

if TYPE_CHECKING:
    import datetime as dt


class PermitForm(ActionForm):
    """Who may be seated, until when, why, and with which word of a client."""

    person = ColleagueField(label=_("Person"))
    ends_on = DayField(label=_("Until"), help_text=_("The seat ends on this day or before."))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
    consent = forms.CharField(
        label=_("The client’s consent"),
        required=False,
        max_length=300,
        help_text=_(
            "Needed where a client was promised that its people stay away from rivals: which letter"
            " or mail, of when, and where it is kept."
        ),
    )

    def __init__(self, *args: Any, today: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ends_on"].widget.attrs["min"] = today.isoformat()
