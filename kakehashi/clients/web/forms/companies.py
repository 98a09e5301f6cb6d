"""Forms of companies and brands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kakehashi.clients.models import CompanyName
from kakehashi.clients.web.forms.base import ActionForm, EditForm, ListField
from kakehashi.clients.web.lookups import CompanyField

if TYPE_CHECKING:
    from kakehashi.clients.models import Brand, Company


class CompanyFields(ActionForm):
    """What is said of a company; the action checks the numbers."""

    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=300)
    name_kana = forms.CharField(label=_("Reading"), max_length=300, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    aliases = ListField(
        label=_("Other names"),
        required=False,
        help_text=_("Short names, trade names; separated by semicolons."),
    )
    former = ListField(
        label=_("Former names"), required=False, help_text=_("Separated by semicolons.")
    )
    parent = CompanyField(
        label=_("Parent company"),
        required=False,
        help_text=_("Its name, code or corporate number."),
    )
    corporate_number = forms.CharField(
        label=_("Corporate number"), max_length=40, required=False, help_text=_("13 digits.")
    )
    registration_number = forms.CharField(
        label=_("Invoice registration number"),
        max_length=40,
        required=False,
        help_text=_("T and 13 digits; a corporation's are its corporate number."),
    )
    lei = forms.CharField(label=_("LEI"), max_length=40, required=False)
    code = forms.CharField(label=_("Company code"), max_length=40, required=False)
    country = forms.CharField(label=_("Country"), max_length=60, required=False)
    address = forms.CharField(label=_("Address"), max_length=500, required=False)
    industry = forms.CharField(label=_("Industry"), max_length=120, required=False)
    fiscal_year_end = forms.CharField(
        label=_("Fiscal year end"),
        max_length=20,
        required=False,
        help_text=_("As 3月31日, 2月末日 or 03-31."),
    )


class AddCompanyForm(CompanyFields):
    """A company nobody has entered yet."""

    is_another = forms.BooleanField(
        label=_("This is another company"), required=False, widget=forms.HiddenInput
    )
    field_order = ("name", "is_another")

    def ask(self) -> None:
        """A company of this name is known: show the box to tick."""
        self.fields["is_another"].widget = forms.CheckboxInput()


class EditCompanyForm(CompanyFields, EditForm):
    """A company as it stands."""

    was_misspelt = forms.BooleanField(
        label=_("The old name was a typing error: do not keep it as a former name"),
        required=False,
    )

    def standing_of(self, row: Company) -> dict[str, Any]:
        names: dict[str, list[str]] = {kind: [] for kind in CompanyName.Kind.values}
        for other in row.names.order_by("name"):
            names[other.kind].append(other.name)
        lists = {
            "aliases": names[CompanyName.Kind.ALIAS],
            "former": names[CompanyName.Kind.FORMER],
        }
        said = {name: getattr(row, name) for name in CompanyFields.base_fields if name not in lists}
        return {**said, **lists, "version": row.version}


class BrandFields(ActionForm):
    """What is said of a brand."""

    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=200)
    name_kana = forms.CharField(label=_("Reading"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    categories = ListField(
        label=_("Categories"), required=False, help_text=_("Separated by semicolons.")
    )
    countries = ListField(
        label=_("Countries"), required=False, help_text=_("Separated by semicolons.")
    )


class AddBrandForm(BrandFields):
    """A brand nobody has entered yet."""


class EditBrandForm(BrandFields, EditForm):
    """A brand as it stands."""

    def standing_of(self, row: Brand) -> dict[str, Any]:
        said = {name: getattr(row, name) for name in BrandFields.base_fields}
        return {**said, "version": row.version}
