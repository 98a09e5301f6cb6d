"""Forms of requests and of mail that came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kakehashi.clients.web.forms.base import NO_CHOICE, ActionForm, DayField
from kakehashi.requests import queries
from kakehashi.requests.actions.requests import LONGEST_TEXT
from kakehashi.requests.files import Enclosure, too_much
from kakehashi.requests.models import LONGEST_TITLE, Channel
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kakehashi.clients.models import Account, Contact
    from kakehashi.people.models import Person
    from kakehashi.requests.models import ClientRequest, Mail

LINES, FEW_LINES = {"rows": 6}, {"rows": 3}
NEW = "new"


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Files, as they are to be kept; checked before a byte of them is read."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": FilesInput(), "required": False, **options})

    def clean(self, data: Any, initial: Any = None) -> list[Enclosure]:
        sent = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if no := too_much([one.size for one in sent]):
            raise forms.ValidationError(no)
        for one in sent:
            if one.size:
                super().clean(one, initial)
        return [Enclosure(one.name, one.content_type or "", one.read()) for one in sent]


def _files(label: Any) -> FilesField:
    help_text = gettext_lazy("Up to 20 files of 25 MB each, 50 MB together.")
    return FilesField(label=label, help_text=help_text)


def _text(label: Any, *, required: bool = True, few: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs=FEW_LINES if few else LINES),
    )


class PersonChoice(forms.ChoiceField):
    """One of the client's people on an account; its value is the contact."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label)
        self.contacts: dict[str, Contact] = {}

    def offer(self, account: Account) -> None:
        """Offer everybody who deals with us there today, with their department."""
        self.contacts = {str(one.pk): one for one in queries.contacts_of(account)}
        self.choices = [NO_CHOICE, *((pk, _called(one)) for pk, one in self.contacts.items())]

    def clean(self, value: Any) -> Any:
        return self.contacts.get(super().clean(value))


def _called(contact: Contact) -> str:
    place = " ".join(part for part in (contact.department, contact.title) if part)
    name = reader_name(contact.person)
    return f"{name} ({place})" if place else name


class RequestFields(ActionForm):
    """What is wanted, until when, and what comes with it."""

    said_at = {"enclosed": "files"}
    title = forms.CharField(
        label=gettext_lazy("What is wanted"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("In one line: “a banner for the autumn fair”."),
    )
    text = _text(gettext_lazy("In more words"), required=False)
    wanted_on = DayField(label=gettext_lazy("Needed by"), required=False)
    enclosed = _files(gettext_lazy("Files"))


class WriteForm(RequestFields):
    """A client's contact asks for something; for which account, if there are several."""

    account = forms.ChoiceField(label=gettext_lazy("For"))
    field_order = ("account", "title", "text", "wanted_on", "enclosed")

    def __init__(
        self, *args: Any, accounts: list[Account], chosen: Account | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.accounts = {str(one.pk): one for one in accounts}
        known = [(pk, reader_name(one)) for pk, one in self.accounts.items()]
        self.fields["account"].choices = known if len(known) == 1 else [NO_CHOICE, *known]
        if len(known) == 1:
            self.fields["account"].widget = forms.HiddenInput()
            self.initial["account"] = known[0][0]
        elif chosen is not None:
            self.initial["account"] = str(chosen.pk)

    def clean_account(self) -> Account:
        return self.accounts[self.cleaned_data["account"]]


class RecordForm(RequestFields):
    """What a client asked by phone, in person or by mail, as one of ours writes it down."""

    written_by = PersonChoice(gettext_lazy("Who asks"))
    channel = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=[one for one in Channel.choices if one[0] != Channel.PORTAL],
        initial=Channel.PHONE,
    )
    evidence = forms.CharField(
        label=gettext_lazy("What shows it"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("When and where: “call of 14:05”. The client reads it."),
    )
    field_order = ("written_by", "channel", "title", "text", "wanted_on", "evidence", "enclosed")

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["written_by"].offer(account)
        self.fields["text"].help_text = _("The client reads it. What is ours alone is a note.")

    def clean_written_by(self) -> Person:
        return self.cleaned_data["written_by"].person


class AskBackForm(ActionForm):
    """What we must know first, and from whom."""

    of = PersonChoice(gettext_lazy("Whom"))
    question = _text(gettext_lazy("What must you know first?"), few=True)
    due_at = DayField(label=pgettext_lazy("deadline", "Until"), required=False)
    field_order = ("of", "question", "due_at")

    def __init__(self, *args: Any, request: ClientRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["of"].offer(request.account)
        for pk, contact in self.fields["of"].contacts.items():
            if contact.person_id == request.written_by_id:
                self.initial["of"] = pk
        self.fields["due_at"].help_text = _("Left empty: one working day.")

    def clean_of(self) -> Person:
        return self.cleaned_data["of"].person


class SayForm(ActionForm):
    """More words, and files."""

    said_at = {"enclosed": "files"}
    text = _text(gettext_lazy("What you want to say"))
    enclosed = _files(gettext_lazy("Files"))


class AnswerForm(SayForm):
    """The answer to what was asked back."""

    text = _text(gettext_lazy("Answer"))


class RecordAnswerForm(ActionForm):
    """An answer that came by other ways."""

    answered_by = PersonChoice(gettext_lazy("Who answered"))
    channel = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[one for one in Channel.choices if one[0] != Channel.PORTAL],
        initial=Channel.PHONE,
    )
    evidence = forms.CharField(
        label=gettext_lazy("What shows it"),
        max_length=500,
        help_text=gettext_lazy("When and where: “call of 14:05”. The client reads it."),
    )
    text = _text(gettext_lazy("Answer"), few=True)

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answered_by"].offer(account)

    def clean_answered_by(self) -> Person:
        return self.cleaned_data["answered_by"].person


class NoteForm(ActionForm):
    """A note among ourselves."""

    text = _text(pgettext_lazy("a request", "Note"))


class WordForm(ActionForm):
    """A word to the client beside a decision, if wished."""

    text = _text(gettext_lazy("A word to the client"), required=False, few=True)


class DeclineForm(ActionForm):
    """Why we do not do it."""

    reason = _text(gettext_lazy("Why"), few=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].help_text = _("The client reads it.")


class WithdrawForm(ActionForm):
    """Why it is not needed any more, if one likes to say."""

    reason = _text(gettext_lazy("Why"), required=False, few=True)


class AcceptMailForm(ActionForm):
    """A held mail as what one of the client's people says."""

    written_by = PersonChoice(gettext_lazy("Whose it is"))
    to = forms.ChoiceField(label=gettext_lazy("What it becomes"))
    title = forms.CharField(label=gettext_lazy("What is wanted"), max_length=LONGEST_TITLE)
    text = _text(gettext_lazy("What the client will read"))
    share_files = forms.BooleanField(
        label=gettext_lazy("The client may have the files back"), required=False
    )

    def __init__(self, *args: Any, mail: Mail, text: str, title: str, **options: Any) -> None:
        super().__init__(*args, **options)
        assert mail.account is not None, "a mail without an account has no such form"
        self.fields["written_by"].offer(mail.account)
        self.open = {str(one.pk): one for one in queries.open_requests_of(mail.account)}
        self.fields["to"].choices = [
            (NEW, _("A new request")),
            *((pk, _("To: %(title)s") % {"title": one.title}) for pk, one in self.open.items()),
        ]
        self.initial.update({"text": text, "title": title, "to": NEW})
        if mail.contact_id:
            self.initial["written_by"] = str(mail.contact_id)
        if not mail.files.exists():
            del self.fields["share_files"]

    def clean_to(self) -> ClientRequest | None:
        return self.open.get(self.cleaned_data["to"])


class RefuseMailForm(ActionForm):
    """Why a mail is turned away; for ourselves."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)


def initial_of(mail: Mail, titles: Iterable[str]) -> dict[str, str]:
    """What the form of a held mail begins with."""
    return {"text": mail.text, "title": next((t for t in titles if t), "")[:LONGEST_TITLE]}
