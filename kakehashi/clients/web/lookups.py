"""Choosing one of many by typing: a code, a number, a name. Suggestions come as one types.

Without script one types what one knows; where that means several, the field asks which.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.urls import reverse_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kakehashi.base.text import nfkc
from kakehashi.clients.models import Account, Company
from kakehashi.clients.queries import companies
from kakehashi.clients.queries.listing import called
from kakehashi.people.models import Person
from kakehashi.people.queries.staff import named, staff_from
from kakehashi.policy.access import narrow, sweeping
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from django.db.models import Model

MOST = 12
KEY_AT_END = re.compile(r"^(?P<name>.*)\((?P<key>[^()]+)\)$", re.DOTALL)


class Several(forms.ValidationError):
    """What was typed means more than one thing; `found` are they."""

    def __init__(self, found: list[Model]) -> None:
        super().__init__(_("This could be several. Choose one."), code="several")
        self.found = found


class LookupInput(forms.TextInput):
    """A text input with suggestions."""

    template_name = "clients/lookup.html"

    def __init__(self, source: Any) -> None:
        super().__init__({"autocomplete": "off"})
        self.source = source

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["source"] = str(self.source)
        return context


class LookupField(forms.CharField):
    """A text that stands for one row of what the reader sees."""

    model: type[Model]
    source: Any

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=LookupInput(self.source), max_length=400, **options)

    def prepare_value(self, value: Any) -> Any:
        return shown(value) if isinstance(value, self.model) else value

    def clean(self, value: Any) -> Any:
        typed = nfkc(super().clean(value))
        if not typed:
            return None
        found = self.meant(typed)
        if not found:
            raise forms.ValidationError(self.not_found(), code="missing")
        if len(found) > 1:
            raise Several(found)
        return found[0]

    def meant(self, typed: str) -> list[Any]:
        """What the text may mean: a row by id, by the key in brackets, or by what stands there."""
        try:
            return list(self.model._default_manager.filter(pk=UUID(typed)))
        except ValueError:
            pass
        return self.exactly(typed) or self._keyed(typed)

    def _keyed(self, typed: str) -> list[Any]:
        """What `name (key)` means: the row of that key, if it is called so."""
        found = KEY_AT_END.match(typed)
        if found is None:
            return []
        name = found["name"].strip()
        rows = self.exactly(found["key"].strip())
        return [row for row in rows if name in (nfkc(row.name), nfkc(row.name_en))]

    def exactly(self, typed: str) -> list[Any]:
        raise NotImplementedError

    def not_found(self) -> str:
        raise NotImplementedError


class CompanyField(LookupField):
    """A company by code, number or name."""

    model = Company
    source = reverse_lazy("clients:find-companies")

    def exactly(self, typed: str) -> list[Company]:
        return companies.resolved(typed)

    def not_found(self) -> str:
        return _("No company is called so. Enter it first under Companies.")


class AccountField(LookupField):
    """An account the reader sees, by code or name."""

    model = Account
    source = reverse_lazy("clients:find-accounts")

    def exactly(self, typed: str) -> list[Account]:
        seen = narrow(Account.objects.all(), "pk")
        return list(seen.filter(code=typed)) or list(seen.filter(name=typed)[:MOST])

    def not_found(self) -> str:
        return _("You see no account called so.")


class ColleagueField(LookupField):
    """One of our own people, by login or name."""

    model = Person
    source = reverse_lazy("clients:find-colleagues")

    def exactly(self, typed: str) -> list[Person]:
        staff = staff_from(localdate())
        if by_login := list(staff.filter(handle__iexact=typed)):
            return by_login
        return list(staff.filter(name=typed)[:MOST]) or list(staff.filter(name_en=typed)[:MOST])

    def not_found(self) -> str:
        return _("None of our people is called so.")


def shown(row: Model) -> str:
    """A row as it stands in the field: its name and the key that makes it the only one."""
    key = key_of(row)
    return f"{reader_name(row)} ({key})" if key else reader_name(row)


def key_of(row: Any) -> str:
    if isinstance(row, Company):
        return row.code or row.corporate_number or row.lei or ""
    return row.handle or "" if isinstance(row, Person) else row.code


def suggested_companies(q: str) -> list[Company]:
    return list(companies.found(q).order_by("sort_key", "pk")[:MOST]) if q else []


def suggested_accounts(q: str) -> list[Account]:
    if not q:
        return []
    seen = narrow(Account.objects.all(), "pk").filter(called(q))
    with sweeping():  # no index helps to find a part of a name
        return list(seen.order_by("sort_key", "pk")[:MOST])


def suggested_colleagues(q: str) -> list[Person]:
    """People of ours by any spelling of their name."""
    staff = staff_from(localdate())
    if not q:
        return []
    return list(staff.filter(pk__in=named(staff, q)[:MOST]).order_by("sort_key", "pk"))
