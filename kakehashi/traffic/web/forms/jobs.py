"""Forms of a job: open it, edit its sheet, move it, record what the client wants changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kakehashi.clients.models import Contact
from kakehashi.clients.queries.listing import current_seats
from kakehashi.clients.web.forms.base import NO_CHOICE, ActionForm, DayField, EditForm
from kakehashi.clients.web.lookups import AccountField, ColleagueField
from kakehashi.traffic.models import Job
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from kakehashi.clients.models import Account
    from kakehashi.people.models import Person

LINES = {"rows": 4}


class ContactChoice(forms.ChoiceField):
    """One of the client's people on an account."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.people: dict[str, Person] = {}

    def offer(self, account: Account | None, standing: Person | None = None) -> None:
        """Those who are there, and whoever is named already."""
        rows = Contact.objects.filter(account=account, left_on=None).select_related("person")
        people = [row.person for row in rows.order_by("person__sort_key", "pk")]
        if standing is not None:
            people = list(dict.fromkeys([standing, *people]))
        self.people = {str(person.pk): person for person in people}
        self.choices = [NO_CHOICE, *((pk, reader_name(one)) for pk, one in self.people.items())]

    def clean(self, value: Any) -> Any:
        return self.people.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return str(getattr(value, "pk", value or ""))


class JobFields(ActionForm):
    """What stands on a job's sheet."""

    title = forms.CharField(label=pgettext_lazy("of a thing", "Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Job.Kind, initial=Job.Kind.OTHER)
    live_on = DayField(
        label=_("Live date"),
        required=False,
        help_text=_("The day it runs, is broadcast or opens. Dates are counted back from it."),
    )
    run_by = ColleagueField(label=_("Runs the job"), help_text=_("Whose job it is for the client."))
    made_by = ColleagueField(
        label=_("Leads the work"),
        required=False,
        help_text=_("In the departments: has the ball while it is made, and sees the job."),
    )
    billed_by = ColleagueField(label=_("Bills it"), required=False)
    client = ContactChoice(
        label=_("Answers for the client"),
        help_text=_("Has the ball in the client's review. Left open: whoever runs the job asks."),
    )
    specs = forms.CharField(
        label=_("Specifications"),
        required=False,
        widget=forms.Textarea(attrs=LINES),
        help_text=_("Sizes, lengths, colours, closing dates, where it is delivered."),
    )


class OpenJobForm(JobFields):
    """A new job; without an account in the address it asks for one first."""

    account = AccountField(label=_("Account"))
    field_order = ("account", *JobFields.base_fields)

    def __init__(self, *args: Any, account: Account | None, by: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("run_by", by)
        if account is not None:
            self.initial["account"] = account
        self.fields["client"].offer(account)
        if account is None:
            del self.fields["client"]


class FromBriefForm(JobFields):
    """A new job from an accepted brief, filled in as far as the brief and the account say."""

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["client"].offer(account)


class EditJobForm(EditForm, JobFields):
    """The sheet of a job."""

    def __init__(self, *args: Any, row: Job, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        self.fields["client"].offer(row.account, row.client)

    def standing_of(self, row: Job) -> dict[str, Any]:
        names = ("title", "kind", "live_on", "specs", "run_by", "made_by", "billed_by", "client")
        return {"version": row.version, **{name: getattr(row, name) for name in names}}


class MoveForm(ActionForm):
    """Where a job goes on one of its lines, and why."""

    old = forms.CharField(widget=forms.HiddenInput)
    new = forms.ChoiceField(label=pgettext_lazy("a job", "To"))
    reason = forms.CharField(
        label=pgettext_lazy("a job", "Why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed for a step back, a stop, or what is not billed."),
    )

    def __init__(self, *args: Any, line: str, news: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["new"].choices = [(state, Job.label_of(line, state)) for state in news]


class AskChangeForm(ActionForm):
    """What is to change, and who wants it."""

    asked_by = forms.ChoiceField(label=_("Asked by"))
    text = forms.CharField(label=_("What is to change"), widget=forms.Textarea(attrs=LINES))

    def __init__(self, *args: Any, job: Job, reader: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        contacts = Contact.objects.filter(account=job.account, left_on=None)
        people = [row.person for row in contacts.select_related("person").order_by("pk")]
        seats = current_seats([job.account]).get(job.account_id, [])
        every = dict.fromkeys([*people, *(seat.person for seat in seats), reader])
        self.people = {str(person.pk): person for person in every}
        self.fields["asked_by"].choices = [
            (pk, reader_name(person)) for pk, person in self.people.items()
        ]
        if job.client is not None:
            self.initial["asked_by"] = str(job.client_id)

    def clean_asked_by(self) -> Person:
        return self.people[self.cleaned_data["asked_by"]]
