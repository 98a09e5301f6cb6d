"""Forms of what is done with briefs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kakehashi.approvals import queries as approvals
from kakehashi.approvals.actions import Stop
from kakehashi.approvals.route import CIRCULATE
from kakehashi.briefs import queries
from kakehashi.briefs.models import Brief, Kind
from kakehashi.briefs.topics import CHOICES, SORTS, TOPICS
from kakehashi.clients.web.forms.base import NO_CHOICE, ActionForm, DayField, EditForm, choices
from kakehashi.clients.web.lookups import ColleagueField
from kakehashi.people.models import Person
from kakehashi.policy.roles import RoleCode
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from kakehashi.briefs.models import Section
    from kakehashi.briefs.topics import Detail
    from kakehashi.clients.models import Account

LINES = {"rows": 4}
CURRENCIES = [(code, code) for code in ("JPY", "USD", "EUR", "GBP", "SGD")]
APPROVING = {
    Kind.CLIENT: (RoleCode.ACCOUNT_PLANNER, RoleCode.ACCOUNT_SUPERVISOR),
    Kind.CREATIVE: (RoleCode.ACCOUNT_PLANNER, RoleCode.CREATIVE_DIRECTOR),
}
"""Who approves a brief of each kind, in this order, unless who releases it chooses otherwise."""


def _text(**more: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs=LINES), **more)


class BeginForm(ActionForm):
    """What a brief begins with."""

    template = forms.ChoiceField(label=_("Template"))
    title = forms.CharField(label=pgettext_lazy("of a thing", "Title"), max_length=160)
    language = forms.ChoiceField(
        label=_("Language of the brief"),
        choices=Person.Language.choices,
        help_text=_("It is printed in this language: the client's."),
    )
    form = forms.ChoiceField(label=_("How we were briefed"), choices=Brief.Form.choices)
    client_brief = forms.ChoiceField(
        label=_("Client brief"),
        required=False,
        help_text=_("Which client brief a creative brief answers."),
    )

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        self.templates = {str(one.pk): one for one in queries.templates()}
        self.briefs = {
            str(one.pk): one
            for one in Brief.objects.filter(account=account, kind=Kind.CLIENT).order_by(
                "-begun_at", "-pk"
            )
        }
        self.fields["template"].choices = [
            (key, f"{one.get_kind_display()}: {reader_name(one)}")
            for key, one in self.templates.items()
        ]
        known = [(key, one.title) for key, one in self.briefs.items()]
        self.fields["client_brief"].choices = choices(known)

    def clean_template(self) -> Any:
        return self.templates[self.cleaned_data["template"]]

    def clean_client_brief(self) -> Any:
        return self.briefs.get(self.cleaned_data["client_brief"])


class SectionForm(EditForm):
    """What stands in a section: its text, and what is asked beside it."""

    text = forms.CharField(
        label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 10})
    )

    def __init__(self, *args: Any, row: Section, account: Account, **options: Any) -> None:
        self.asked = TOPICS[row.topic].details
        super().__init__(*args, row=row, **options)
        for detail in self.asked:
            self.fields[detail.code] = _field(detail, account)

    def standing_of(self, row: Any) -> dict[str, Any]:
        standing = {"version": row.version, "text": row.text}
        for detail in self.asked:
            value = row.details.get(detail.code)
            if detail.kind == "day" and value:
                value = dt.date.fromisoformat(value)
            standing[detail.code] = value
        return standing

    @property
    def told(self) -> dict[str, Any]:
        return {detail.code: self.cleaned_data.get(detail.code) for detail in self.asked}


class PeopleInOrder(forms.TypedMultipleChoiceField):
    """The client's people who approve, in the order of the list."""

    def prepare_value(self, value: Any) -> Any:
        return [str(one) for one in value or []]


def _field(detail: Detail, account: Account) -> forms.Field:
    label = detail.label
    if detail.kind == "day":
        return DayField(label=label, required=False)
    if detail.kind == "amount":
        return forms.DecimalField(
            label=label, required=False, min_value=0, max_digits=14, decimal_places=2
        )
    if detail.kind == "currency":
        return forms.ChoiceField(label=label, required=False, choices=[NO_CHOICE, *CURRENCIES])
    if detail.kind == "sort":
        return forms.ChoiceField(label=label, required=False, choices=[NO_CHOICE, *SORTS])
    if detail.kind == "people":
        known = [
            (str(contact.person_id), _called(contact)) for contact in queries.contacts(account)
        ]
        return PeopleInOrder(
            label=label, required=False, choices=known, widget=forms.CheckboxSelectMultiple
        )
    return forms.CharField(label=label, required=False, max_length=300)


def _called(contact: Any) -> str:
    about = " ".join(part for part in (contact.department, contact.title) if part)
    name = reader_name(contact.person)
    return f"{name} ({about})" if about else name


class ShareForm(ActionForm):
    """Whom on the client's side one asks to fill in the brief, and until when."""

    with_whom = forms.ChoiceField(
        label=_("Whom"),
        required=False,
        help_text=_("Left empty: the client sees the brief, and nobody there is asked."),
    )
    due_at = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(c.person_id): c for c in queries.contacts(account)}
        known = [(key, _called(contact)) for key, contact in self.people.items()]
        self.fields["with_whom"].choices = choices(known)

    def clean_with_whom(self) -> Person | None:
        found = self.people.get(self.cleaned_data["with_whom"])
        return found.person if found else None


class ReleaseForm(ActionForm):
    """Who approves, in which order; and who reads it afterwards."""

    reader = ColleagueField(
        label=_("Reads it afterwards"),
        required=False,
        help_text=_("Somebody who is shown what was approved, and passes it on: login or name."),
    )

    signatory = ColleagueField(
        label=_("Second signatory"),
        required=False,
        help_text=_("Where nobody above holds the role: somebody outside the line, login or name."),
    )

    def __init__(self, *args: Any, brief: Brief, by: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        own = {by.pk, *brief.sections.values_list("written_by", flat=True)}
        self.candidates: dict[str, dict[str, Person]] = {}
        for role in APPROVING[Kind(brief.kind)]:
            people = [one for one in approvals.holders(role, brief.account) if one.pk not in own]
            known = {str(one.pk): one for one in people}
            self.candidates[role] = known
            self.fields[role] = forms.ChoiceField(
                label=role.label,
                required=False,
                choices=[NO_CHOICE, *((key, reader_name(one)) for key, one in known.items())],
                initial=next(iter(known), ""),
            )
        self.order_fields([*self.candidates, "signatory", "reader"])

    @property
    def route(self) -> list[Stop]:
        """The steps as they were chosen, one after the other."""
        data = self.cleaned_data
        chosen = [
            (self.candidates[role][data[role]], role) for role in self.candidates if data.get(role)
        ]
        if data.get("signatory"):
            chosen.append((data["signatory"], ""))
        stops = [
            Stop(number, person, role=str(role))
            for number, (person, role) in enumerate(chosen, start=1)
        ]
        if data.get("reader"):
            stops.append(Stop(len(stops) + 1, data["reader"], kind=CIRCULATE))
        return stops


class SendForm(ActionForm):
    """Who signs on the client's side, one after the other."""

    first = forms.ChoiceField(label=_("First"))
    second = forms.ChoiceField(label=_("Second"), required=False)
    third = forms.ChoiceField(label=_("Third"), required=False)

    def __init__(self, *args: Any, brief: Brief, **options: Any) -> None:
        named = [str(one.pk) for one in queries.approvers(brief)]
        initial = dict(zip(("first", "second", "third"), named, strict=False))
        super().__init__(*args, initial=initial, **options)
        self.people = {str(c.person_id): c for c in queries.contacts(brief.account)}
        known = [(key, _called(contact)) for key, contact in self.people.items()]
        for name in ("first", "second", "third"):
            self.fields[name].choices = choices(known)

    @property
    def approvers(self) -> list[Person]:
        chosen = [self.cleaned_data.get(name) for name in ("first", "second", "third")]
        return [self.people[key].person for key in chosen if key]


class LeadForm(ActionForm):
    """Who leads the brief from now on."""

    to = ColleagueField(label=_("Who leads it"))


class DropForm(ActionForm):
    """Why the brief will not be needed."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class NoteForm(ActionForm):
    """What was found out."""

    finding = _text(label=_("Finding"))
    source = forms.CharField(label=_("Source"), max_length=300)
    dated_on = DayField(label=_("Date of the source"))


class CiteForm(ActionForm):
    """A note of the account that the brief rests on as well."""

    note = forms.ChoiceField(label=_("Note of the account"))

    def __init__(self, *args: Any, brief: Brief, **options: Any) -> None:
        super().__init__(*args, **options)
        self.notes = {str(one.pk): one for one in queries.notes_to_cite(brief)}
        known = [(key, f"{one.finding[:80]} ({one.source})") for key, one in self.notes.items()]
        self.fields["note"].choices = known

    def clean_note(self) -> Any:
        return self.notes[self.cleaned_data["note"]]


class DirectionForm(ActionForm):
    """The strategic direction of the campaign."""

    title = forms.CharField(label=_("Campaign"), max_length=200)
    text = _text(label=_("Strategic direction"))


class WordsForm(ActionForm):
    """Something said in words."""

    text = _text(label=_("In words"))


class AnswerForm(ActionForm):
    """An answer in words."""

    answer = _text(label=_("Answer"))


class TemplateForm(ActionForm):
    """A template: what it is for, and whose sections it begins with."""

    kind = forms.ChoiceField(label=_("Kind of brief"), choices=Kind.choices)
    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    like = forms.ChoiceField(label=_("Begins like"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.templates = {str(one.pk): one for one in queries.templates()}
        known = [(key, reader_name(one)) for key, one in self.templates.items()]
        self.fields["like"].choices = choices(known)

    def clean_like(self) -> Any:
        return self.templates.get(self.cleaned_data["like"])


class AskedFields(forms.Form):
    """What a section of a template asks."""

    position = forms.IntegerField(label=_("Position"), min_value=1, max_value=99)
    topic = forms.ChoiceField(label=_("What it is about"), choices=CHOICES)
    heading = forms.CharField(label=_("Heading"), max_length=120)
    heading_en = forms.CharField(label=_("Heading in English"), max_length=120, required=False)
    question = forms.CharField(label=_("What a section asks"), max_length=300, required=False)
    question_en = forms.CharField(
        label=_("What is asked, in English"), max_length=300, required=False
    )


class AddSectionForm(AskedFields, ActionForm):
    """One thing more that is asked."""


class EditSectionForm(AskedFields, EditForm):
    """Ask otherwise."""

    def standing_of(self, row: Any) -> dict[str, Any]:
        names = ("position", "topic", "heading", "heading_en", "question", "question_en")
        return {"version": row.version, **{name: getattr(row, name) for name in names}}
