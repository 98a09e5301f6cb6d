"""Forms of checks: what the officer decides, what a client answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kakehashi.clients.web.forms.base import NO_CHOICE, ActionForm, DayField
from kakehashi.conflicts.queries.checks import contacts_of
from kakehashi.conflicts.terms import Verdict
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from kakehashi.conflicts.models import Hit
    from kakehashi.people.models import Person

LINES = {"rows": 3}
ANSWERS = (
    ("yes", pgettext_lazy("answer to a request", "We consent")),
    ("no", pgettext_lazy("answer to a request", "We do not consent")),
)
WITHOUT_HIT = (Verdict.NO_CONFLICT, Verdict.DECLINE)


class AskCheckForm(ActionForm):
    """Nothing to fill in: the account says it all."""


class DecideForm(ActionForm):
    """What the officer decides of one hit, or of a check without any."""

    verdict = forms.ChoiceField(label=_("Decision"), choices=Verdict)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs=LINES))

    def __init__(self, *args: Any, hit: Hit | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if hit is None:
            self.fields["verdict"].choices = [(v.value, v.label) for v in WITHOUT_HIT]
            return
        self.contacts = {str(c.person_id): c.person for c in contacts_of(hit.account)}
        known = [(key, reader_name(person)) for key, person in self.contacts.items()]
        self.fields["until"] = DayField(
            label=_("Until"),
            required=False,
            help_text=_("Of a consent, or of the agreement that the safeguards stand on."),
        )
        self.fields["person"] = forms.ChoiceField(
            label=_("Whom to ask, for a consent"), choices=[NO_CHOICE, *known], required=False
        )
        self.fields["asks"] = forms.CharField(
            label=_("What the client is asked"),
            required=False,
            widget=forms.Textarea(attrs=LINES),
            help_text=_("The client reads this. Name no other client unless you mean to."),
        )
        self.fields["conditions"] = forms.CharField(
            label=_("Conditions we offer"), required=False, widget=forms.Textarea(attrs=LINES)
        )

    def clean_person(self) -> Person | None:
        return self.contacts.get(self.cleaned_data["person"])


class ConsentForm(ActionForm):
    """The client's answer."""

    answer = forms.ChoiceField(label=_("Answer"), choices=ANSWERS, widget=forms.RadioSelect)
    remarks = forms.CharField(
        label=_("Remarks"), required=False, widget=forms.Textarea(attrs=LINES)
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["granted"] = data.pop("answer", "") == "yes"
        return data


class RecordConsentForm(ConsentForm):
    """The client's answer as a document has it."""

    document = forms.CharField(
        label=_("Recorded document"),
        max_length=300,
        help_text=_("Which letter or mail, of when, and where it is kept."),
    )
