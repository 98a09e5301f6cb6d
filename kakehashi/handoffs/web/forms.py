"""Forms of what is done with a ball."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kakehashi.clients.web.forms.base import NO_CHOICE, ActionForm, DayField
from kakehashi.clients.web.lookups import AccountField, ColleagueField
from kakehashi.handoffs.models import Desk, Handoff
from kakehashi.handoffs.queries import around
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kakehashi.clients.models import Account
    from kakehashi.people.models import Person

LINES = {"rows": 3}


class TimeInput(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"


class UntilFields(ActionForm):
    """A day and, if wished, a time."""

    due_on = DayField(label=pgettext_lazy("deadline", "Until"), required=False)
    due_time = forms.TimeField(
        label=gettext_lazy("Time"), required=False, widget=TimeInput(format="%H:%M")
    )

    def clean(self) -> dict[str, Any]:
        """Both fields as one wish: a moment, a day, or none."""
        data = super().clean() or self.cleaned_data
        day, time = data.pop("due_on", None), data.pop("due_time", None)
        if time and not day:
            self.add_error("due_on", _("Say on which day."))
        data["due_at"] = (
            dt.datetime.combine(day, time, get_current_timezone()) if day and time else day
        )
        return data

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error("due_on" if field == "due_at" else field, error)

    def _take(self, error: forms.ValidationError) -> None:
        if hasattr(error, "error_dict") and "due_at" in error.error_dict:
            error.error_dict["due_on"] = error.error_dict.pop("due_at")
        super()._take(error)


class WhomFields(UntilFields):
    """Whom: both sides of the account and the desks by a list, everybody else of ours by name."""

    to = forms.ChoiceField(label=gettext_lazy("Whom"), required=False)
    colleague = ColleagueField(
        label=gettext_lazy("Somebody else of ours"),
        required=False,
        help_text=gettext_lazy("If the list above does not have them: login or name."),
    )
    field_order: Sequence[str] = ("to", "colleague", "due_on", "due_time")

    def __init__(self, *args: Any, account: Account | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.near = around(account)
        self.fields["to"].choices = [NO_CHOICE, *self.groups()]

    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Whom one is likely to ask, by side: a label, then id and name of each."""
        known = (
            (_("The client's people"), self.near.contacts),
            (_("Our team"), self.near.team),
            (_("Desks"), self.near.desks),
        )
        return [
            (str(label), [(str(row.pk), _called(row)) for row in rows])
            for label, rows in known
            if rows
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        chosen, named = data.pop("to", ""), data.pop("colleague", None)
        data["whom"] = named or self.near.by_id(UUID(chosen)) if (named or chosen) else None
        if not data["whom"] and not {"to", "colleague"} & set(self.errors):
            self.add_error("to", _("Choose whom you ask."))
        return data


def _called(row: Person | Desk) -> str:
    name = reader_name(row)
    return f"{name} ({reader_name(row.office)})" if isinstance(row, Desk) else name


class AskForm(WhomFields):
    """What somebody is asked for, and until when."""

    title = forms.CharField(
        label=gettext_lazy("What is needed"),
        max_length=200,
        help_text=gettext_lazy("As one would say it: “the logo files for the posters”."),
    )
    account = AccountField(label=gettext_lazy("Account"), required=False)
    note = forms.CharField(
        label=gettext_lazy("In more words"),
        required=False,
        widget=forms.Textarea(attrs=LINES),
    )
    private = forms.BooleanField(label=gettext_lazy("Only the two of us see this"), required=False)
    field_order = ("title", "account", "to", "colleague", "due_on", "due_time", "note", "private")

    def __init__(self, *args: Any, account: Account | None, **options: Any) -> None:
        super().__init__(*args, account=account, **options)
        if account is not None and "account" not in self.data:
            self.initial["account"] = account
        self.fields["to"].widget.attrs |= {
            "hx-get": reverse("handoffs:whom"),
            "hx-trigger": "change from:#id_account",
            "hx-include": "#id_account",
            "hx-target": "this",
        }
        self.fields["due_on"].help_text = _("Left empty: one working day.")
        self.fields["due_on"].widget.attrs["min"] = localdate().isoformat()

    @staticmethod
    def meant(typed: str) -> Account | None:
        """The account that was typed so far, if it is one: its people are offered."""
        try:
            return AccountField(required=False).clean(typed)
        except forms.ValidationError:
            return None


class AnswerForm(ActionForm):
    """The answer in words."""

    answer = forms.CharField(label=gettext_lazy("Answer"), widget=forms.Textarea(attrs=LINES))


class AskBackForm(UntilFields):
    """A question instead of an answer."""

    question = forms.CharField(
        label=gettext_lazy("What must you know first?"), widget=forms.Textarea(attrs=LINES)
    )
    field_order = ("question", "due_on", "due_time")


class RecordForm(ActionForm):
    """An answer that came by other ways."""

    answered_by = forms.ChoiceField(label=gettext_lazy("Who answered"))
    channel = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[c for c in Handoff.Channel.choices if c[0] != Handoff.Channel.HERE],
        initial=Handoff.Channel.PHONE,
    )
    evidence = forms.CharField(
        label=gettext_lazy("What shows it"),
        max_length=500,
        help_text=gettext_lazy("When and where: “call of 14:05”, “mail of 3 June, 10:12”."),
    )
    answer = forms.CharField(label=gettext_lazy("Answer"), widget=forms.Textarea(attrs=LINES))

    def __init__(self, *args: Any, ball: Handoff, **options: Any) -> None:
        super().__init__(*args, **options)
        near = around(ball.account)
        same_side = near.team if ball.is_ours else near.contacts
        self.people = {str(p.pk): p for p in (ball.asked_of, *same_side)}
        known = [(key, reader_name(person)) for key, person in self.people.items()]
        self.fields["answered_by"].choices = known

    def clean_answered_by(self) -> Person:
        return self.people[self.cleaned_data["answered_by"]]


class MoveForm(WhomFields):
    """Who has it from now on, or until when the same person has it."""

    note = forms.CharField(label=gettext_lazy("Why"), max_length=500, required=False)
    field_order = ("to", "colleague", "due_on", "due_time", "note")

    def __init__(self, *args: Any, ball: Handoff, **options: Any) -> None:
        super().__init__(*args, account=ball.account, **options)
        for earlier in filter(None, (ball.moved_from, ball)):
            self.near.add(earlier.asked_of)
        self.fields["to"].choices = [NO_CHOICE, *self.groups()]
        self.initial["to"] = str(ball.asked_of_id)


class TakeBackForm(ActionForm):
    """Why it is not needed any more."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500, required=False)
