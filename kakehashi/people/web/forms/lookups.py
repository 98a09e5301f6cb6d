"""Choosing people and offices: by typing a name, or from the tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kakehashi.base.text import nfkc
from kakehashi.people.models import Office, Person
from kakehashi.people.queries.chart import chart
from kakehashi.people.queries.staff import named, staff_from
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from uuid import UUID

MOST = 12
INDENT = "\N{IDEOGRAPHIC SPACE}"
LOGIN_AT_END = re.compile(r"\((?P<login>[^()]+)\)$")


class PersonInput(forms.TextInput):
    """A text input whose suggestions come as one types; without script one types a login."""

    template_name = "people/lookup.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["source"] = str(reverse_lazy("people:find"))
        return context


class PersonField(forms.CharField):
    """One of our people, by login, or by a name that only one of them has."""

    widget = PersonInput

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=400, **options)

    def prepare_value(self, value: Any) -> Any:
        return shown(value) if isinstance(value, Person) else value

    def clean(self, value: Any) -> Person | None:
        typed = nfkc(super().clean(value))
        if not typed:
            return None
        found = _meant(typed)
        if not found:
            raise ValidationError(_("None of our people is called so."), code="missing")
        if len(found) > 1:
            names = ", ".join(shown(person) for person in found)
            raise ValidationError(
                _("This could be several people: %(names)s. Enter the login.") % {"names": names},
                code="several",
            )
        return found[0]


def _meant(typed: str) -> list[Person]:
    staff = staff_from(localdate())
    at_end = LOGIN_AT_END.search(typed)
    login = at_end["login"] if at_end else typed
    if by_login := list(staff.filter(handle__iexact=login)):
        return by_login
    return list(staff.filter(name=typed)[:MOST]) or list(staff.filter(name_en=typed)[:MOST])


def shown(person: Person) -> str:
    """A person as they stand in the field: by name, and by the login that nobody shares."""
    name = reader_name(person)
    return f"{name} ({person.handle})" if person.handle else name


def suggested(wanted: str) -> list[Person]:
    """Our people by any spelling of their name."""
    staff = staff_from(localdate())
    found = named(staff, wanted)[:MOST]
    return list(staff.filter(pk__in=found).order_by("sort_key", "pk"))


class OfficeField(forms.ChoiceField):
    """An open office, chosen from the tree."""

    def __init__(self, *, empty: str | None = None, **options: Any) -> None:
        super().__init__(choices=lambda: office_choices(empty), **options)

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, Office) else value

    def clean(self, value: Any) -> Office | None:
        chosen = super().clean(str(value or ""))
        return Office.objects.get(pk=chosen) if chosen else None


def office_choices(empty: str | None = None) -> list[tuple[UUID | str, str]]:
    """Every open office, each below the one it is part of."""
    places = chart(localdate()).in_order()
    listed: list[tuple[UUID | str, str]] = [
        (place.office.pk, f"{INDENT * place.depth}{reader_name(place.office)}") for place in places
    ]
    return listed if empty is None else [("", empty), *listed]
