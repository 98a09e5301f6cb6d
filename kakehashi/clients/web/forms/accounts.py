"""Forms of accounts: opening, editing, moving, their state and their brands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kakehashi.clients import states
from kakehashi.clients.models import Account, Brand
from kakehashi.clients.queries import days, offices
from kakehashi.clients.web.forms.base import (
    ActionForm,
    DayField,
    EditForm,
    ListField,
    choices,
)
from kakehashi.clients.web.lookups import AccountField, ColleagueField, CompanyField
from kakehashi.people.models import Office
from kakehashi.policy.roles import RoleCode
from kakehashi.ui.formats import NOTHING, reader_name

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from django.db.models import QuerySet

INDENT = "\N{IDEOGRAPHIC SPACE}"


class OfficeField(forms.ModelChoiceField):
    """One open office, shown in the tree of offices."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Office.objects.filter(closed_on=None), **options)

    @staticmethod
    def options() -> list[tuple[UUID, str]]:
        return [(o.pk, f"{INDENT * depth}{reader_name(o)}") for o, depth in offices.in_order()]

    def show_tree(self) -> None:
        """Read the offices once the form is made, not once the program starts."""
        self.choices = choices(self.options())


class AccountFields(ActionForm):
    """What is said of an account, apart from its place and its state."""

    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=200)
    name_kana = forms.CharField(label=_("Reading"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    company = CompanyField(label=_("Company"), help_text=_("Its name, code or corporate number."))
    level = forms.ChoiceField(
        label=_("Level"), choices=Account.Level, initial=Account.Level.NATIONAL
    )
    categories = ListField(
        label=_("Categories"),
        required=False,
        help_text=_("What the client sells; separated by semicolons."),
    )
    code = forms.CharField(
        label=_("Account code"),
        max_length=40,
        required=False,
        help_text=_("Leave empty: a code is made from the name."),
    )
    starts_on = DayField(label=_("Client since"), required=False)

    def __init__(self, *args: Any, may_choose_code: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_choose_code:
            del self.fields["code"]


class OpenAccountForm(AccountFields):
    """A new account with its first seat."""

    parent = AccountField(
        label=_("Account above"), required=False, help_text=_("Its name or code, if there is one.")
    )
    lead_office = OfficeField(label=_("Lead office"))
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[c for c in Account.Status.choices if c[0] in (states.PROSPECT, states.ACTIVE)],
        initial=states.PROSPECT,
    )
    person = ColleagueField(label=_("First seat"), help_text=_("Who is to lead it."))
    role = forms.ChoiceField(label=_("As"), choices=RoleCode)
    field_order = (
        "name", "name_kana", "name_en", "company", "parent", "level", "lead_office", "categories",
        "status", "starts_on", "person", "role", "code",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lead_office"].show_tree()


class EditAccountForm(AccountFields, EditForm):
    """An account as it stands."""

    def standing_of(self, row: Account) -> dict[str, Any]:
        said = {name: getattr(row, name) for name in AccountFields.base_fields}
        return {**said, "version": row.version}


class MoveAccountForm(EditForm):
    """Where an account stands."""

    parent = AccountField(
        label=_("Account above"), required=False, help_text=_("Its name or code, if there is one.")
    )
    lead_office = OfficeField(label=_("Lead office"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lead_office"].show_tree()

    def standing_of(self, row: Account) -> dict[str, Any]:
        parent = Account.objects.filter(pk=row.parent_id).first() if row.parent_id else None
        return {"parent": parent, "lead_office": row.lead_office_id, "version": row.version}


class StatusForm(ActionForm):
    """The next state of an account: only moves that are legal are offered."""

    status = forms.ChoiceField(label=_("New status"), widget=forms.RadioSelect)
    on = DayField(label=_("On"))
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when an account becomes dormant or is lost."),
    )

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, initial={"on": days.today(account)}, **options)
        legal = states.MOVES[account.status]
        self.fields["status"].choices = [c for c in Account.Status.choices if c[0] in legal]


class BrandChoice(forms.ModelChoiceField):
    """A brand with the company it belongs to, where that is another one."""

    def label_from_instance(self, brand: Brand) -> str:
        return f"{reader_name(brand)} — {reader_name(brand.company)}"


class HandleBrandForm(ActionForm):
    """A brand that an account handles: one that is known, or a new one of its company."""

    brand = BrandChoice(Brand.objects.none(), label=_("Brand"), required=False, empty_label=NOTHING)
    new_brand = forms.CharField(
        label=_("or a new brand of the company"), max_length=200, required=False
    )
    starts_on = DayField(label=_("From"))
    said_at: ClassVar = {"name": "new_brand"}

    def __init__(self, *args: Any, brands: QuerySet[Brand], today: dt.date, **options: Any) -> None:
        super().__init__(*args, initial={"starts_on": today}, **options)
        self.fields["brand"].queryset = brands

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if bool(data.get("brand")) is bool(data.get("new_brand")):
            self.add_error("brand", _("Choose a brand, or name a new one."))
        return data


class LastDayForm(ActionForm):
    """The last day of something."""

    on = DayField(label=_("Last day"))

    def __init__(self, *args: Any, today: dt.date, **options: Any) -> None:
        super().__init__(*args, initial={"on": today}, **options)
