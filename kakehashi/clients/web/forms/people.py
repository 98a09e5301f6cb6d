"""Forms of both banks: the client's contacts and our seats."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kakehashi.clients.models import Contact
from kakehashi.clients.queries import contacts
from kakehashi.clients.web.forms.base import ActionForm, DayField, EditForm, choices
from kakehashi.clients.web.lookups import ColleagueField
from kakehashi.people.models import Person
from kakehashi.policy.roles import RoleCode
from kakehashi.ui.formats import NOTHING, language, reader_name

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.clients.models import Account, Seat

HUNDRED = Decimal(100)


class PercentField(forms.DecimalField):
    """A share, typed and shown in per cent, kept between 0 and 1."""

    def __init__(self, **options: Any) -> None:
        checks = [MinValueValidator(Decimal(0)), MaxValueValidator(HUNDRED)]
        super().__init__(decimal_places=1, max_digits=4, validators=checks, **options)

    def prepare_value(self, value: Any) -> Any:
        return f"{value * HUNDRED:.1f}".removesuffix(".0") if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value)
        return None if typed is None else typed / HUNDRED


class ReportsToField(forms.ModelChoiceField):
    """Another contact of the same account."""

    def label_from_instance(self, contact: Contact) -> str:
        return ", ".join(filter(None, (reader_name(contact.person), contact.title)))


class ContactFields(ActionForm):
    """What is said of a client's person and of their part on one account."""

    name = forms.CharField(label=_("Name"), max_length=200)
    name_kana = forms.CharField(label=_("Reading"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=Person.Language, initial=language)
    department = forms.CharField(label=_("Department"), max_length=120, required=False)
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    buying_role = forms.ChoiceField(
        label=_("Role in buying"), choices=choices(Contact.BuyingRole.choices), required=False
    )
    reports_to = ReportsToField(
        Contact.objects.none(), label=_("Reports to"), required=False, empty_label=NOTHING
    )
    channel = forms.ChoiceField(
        label=_("Prefers"), choices=choices(Contact.Channel.choices), required=False
    )
    preferences = forms.CharField(
        label=_("How to deal with them"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    portal = forms.BooleanField(
        label=_("May use the portal"),
        required=False,
        help_text=_("They see the account's name, our team and what is shared with them."),
    )

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        here = Contact.objects.filter(account=account).select_related("person")
        still = Q(left_on=None)
        if row := getattr(self, "row", None):
            still |= Q(pk=row.reports_to_id)  # whoever stands there is not lost by saving
            here = here.exclude(pk=row.pk)
        here = here.filter(still)
        self.fields["reports_to"].queryset = here.order_by("person__sort_key", "pk")


class AddContactForm(ContactFields):
    """A contact; if the address is known, the question whose it is."""

    known = forms.ChoiceField(
        label=_("Somebody with this address is known"),
        required=False,
        widget=forms.HiddenInput,
    )
    SOMEBODY_ELSE = "else"
    field_order = ("name", "name_kana", "name_en", "email", "known")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = contacts.people_with(self.data.get("email", "").strip())
        self.fields["known"].choices = [
            *(
                (str(person.pk), _with_accounts(person))
                for person in self.people
                if not person.is_ours
            ),
            (self.SOMEBODY_ELSE, _("Somebody else with the same address")),
        ]
        if self.data.get("known"):
            self.ask()

    def ask(self) -> None:
        self.fields["known"].widget = forms.RadioSelect(choices=self.fields["known"].choices)

    def clean(self) -> dict[str, Any]:
        """Say it as the action does: the same person, or somebody else."""
        data = super().clean() or self.cleaned_data
        answer = data.pop("known", "")
        data["is_another"] = answer == self.SOMEBODY_ELSE
        data["person"] = next((p for p in self.people if str(p.pk) == answer), None)
        return data


class EditContactForm(ContactFields, EditForm):
    """A contact as it stands: two rows, the person's and their part's."""

    person_version = forms.IntegerField(widget=forms.HiddenInput)
    versions = ("version", "person_version")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.row.portal:
            self.fields["email"].help_text = _(
                "They go on signing in by their old address until they change it themselves."
            )

    def standing_of(self, row: Contact) -> dict[str, Any]:
        person = row.person
        human = ("name", "name_kana", "name_en", "email", "phone", "language")
        part = ("department", "title", "buying_role", "channel", "preferences", "portal")
        return {
            **{name: getattr(person, name) for name in human},
            **{name: getattr(row, name) for name in part},
            "reports_to": row.reports_to_id,
            "version": row.version,
            "person_version": person.version,
        }


class GiveSeatForm(ActionForm):
    """A seat for one of our people."""

    person = ColleagueField(label=_("Person"))
    role = forms.ChoiceField(label=_("Role"), choices=RoleCode)
    lead = forms.BooleanField(
        label=pgettext_lazy("of a seat", "Leads in this role"), required=False
    )
    share = PercentField(label=_("Share of working time (%)"), required=False)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, today: dt.date, **options: Any) -> None:
        initial = {"starts_on": today, "role": RoleCode.ACCOUNT_EXECUTIVE}
        super().__init__(*args, initial=initial, **options)


class ChangeSeatForm(EditForm):
    """A seat as it stands. Another role is another seat."""

    lead = forms.BooleanField(
        label=pgettext_lazy("of a seat", "Leads in this role"), required=False
    )
    share = PercentField(label=_("Share of working time (%)"), required=False)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), required=False)

    def standing_of(self, row: Seat) -> dict[str, Any]:
        names = ("lead", "share", "starts_on", "ends_on", "version")
        return {name: getattr(row, name) for name in names}


class HandoverForm(ActionForm):
    """Who takes a seat over, and from when."""

    receiver = ColleagueField(label=_("Who takes over"))
    on = DayField(label=_("First day of the receiver"))
    note = forms.CharField(
        label=_("What the receiver should know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What no list says: open promises, moods, what comes next."),
    )


def _with_accounts(person: Person) -> str:
    """A client's person, told apart by the accounts they deal with us on, of those one sees."""
    parts = contacts.parts_of(person)
    accounts = ", ".join(reader_name(part.account) for part in parts)
    return f"{reader_name(person)} ({accounts})" if accounts else reader_name(person)
