"""What changed on an account: rows of history put into words that a page can show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    ForeignKey,
    Q,
    Value,
)
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kakehashi.base.phrases import NO, YES
from kakehashi.clients.models import AccountBrand, Contact, Fact, Handover, Seat
from kakehashi.clients.queries.keyset import Column, Page, page
from kakehashi.people.models import Person
from kakehashi.policy.models import Change
from kakehashi.ui.formats import date_text, percent_text, reader_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import Field, Model, QuerySet

    from kakehashi.clients.models import Account

SIZE = 30
NEWEST_FIRST = (Column("pk", int, descending=True),)
OF_ACCOUNT = (Seat, Contact, Fact, AccountBrand, Handover)
UNTOLD = frozenset(
    [
        "id",
        "version",
        "account_id",
        "seat_id",
        "sort_key",
        "folded",
        "sheet",
        "shared_at",
        "written_at",
        "written_by_id",
        "proposed_at",
        "proposed_by_id",
    ]
)
LABELS = {
    "giver_id": gettext_lazy("Gives"),
    "moved_at": gettext_lazy("Moved"),
    "person_id": gettext_lazy("Person"),
    "receiver_id": gettext_lazy("Takes over"),
    "retired_at": gettext_lazy("Retired"),
    "retired_by_id": gettext_lazy("Retired by"),
    "withdrawn_at": gettext_lazy("Withdrawn"),
    "withdrawn_by_id": gettext_lazy("Withdrawn by"),
    "left_on": gettext_lazy("Left on"),
}


@dataclass(frozen=True)
class Difference:
    """One field of a change: what stood there and what stands there."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One change in words."""

    at: dt.datetime
    by: Person | None
    is_new: bool
    kind: str
    about: str
    values: list[Difference]


def of_account(
    account: Account, *, after: str = "", before: str = ""
) -> tuple[list[Entry], Page[Change]]:
    """Changes of an account and of what hangs on it, the newest first."""
    found = page(_changes(account), NEWEST_FIRST, after=after, before=before, size=SIZE)
    return told(found.rows), found


def _changes(account: Account) -> QuerySet[Change]:
    """Its own changes and those of its rows, found by their keys: history is large."""
    wanted = Q(source=account._meta.db_table, row=str(account.pk))
    for table, key in _keys(account):
        wanted |= Q(source=table, row__in=key)
    return Change.objects.filter(wanted)


def _keys(account: Account) -> list[tuple[str, list[str]]]:
    """The keys of what hangs on an account, by table, in one query."""
    parts = [
        model.objects.filter(account=account).values_list(
            Value(model._meta.db_table, output_field=CharField()), "pk"
        )
        for model in OF_ACCOUNT
    ]
    found: dict[str, list[str]] = {}
    for table, key in parts[0].union(*parts[1:], all=True):
        found.setdefault(table, []).append(str(key))
    return list(found.items())


def of_facts(facts: Iterable[Fact]) -> dict[UUID, list[Entry]]:
    """Earlier wordings of entries in the account book."""
    ids = {str(fact.pk): fact.pk for fact in facts}
    changes = Change.objects.filter(source=Fact._meta.db_table, row__in=ids, op="U")
    rows = list(changes.order_by("-pk"))
    found: dict[UUID, list[Entry]] = {}
    for change, entry in zip(rows, told(rows), strict=True):
        found.setdefault(ids[change.row], []).append(entry)
    return found


def told(changes: list[Change]) -> list[Entry]:
    """Changes in words, names looked up together for all of them."""
    names = _Names(changes)
    return [_entry(change, names) for change in changes]


def _entry(change: Change, names: _Names) -> Entry:
    model = _model_of(change.source)
    after, before = change.after or {}, change.before or {}
    shown = [column for column in _in_order(model, after) if before or after[column]]
    return Entry(
        at=change.at,
        by=names.person(change.by_id),
        is_new=change.op == "I",
        kind=str(model._meta.verbose_name),
        about=names.about(change),
        values=[
            Difference(_label(model, column), names.text(model, column, before.get(column)), now)
            for column in shown
            if (now := names.text(model, column, after[column])) or before
        ],
    )


def _in_order(model: type[Model], columns: Iterable[str]) -> list[str]:
    """The columns that are told, as the model lists them: a change keeps them in no order."""
    order = [field.column for field in model._meta.concrete_fields]
    return sorted((c for c in columns if c not in UNTOLD and c in order), key=order.index)


class _Names:
    """What the ids in some changes are called, as far as the reader sees them."""

    def __init__(self, changes: list[Change]) -> None:
        wanted: dict[type[Model], set[str]] = {Person: {str(c.by_id) for c in changes if c.by_id}}
        for change in changes:
            model = _model_of(change.source)
            for values in (change.before, change.after):
                for column, value in (values or {}).items():
                    field = _field(model, column)
                    if value and isinstance(field, ForeignKey):
                        wanted.setdefault(field.related_model, set()).add(value)
        self.rows = self._rows(changes)
        for row in self.rows.values():
            if person := getattr(row, "person_id", None) or getattr(row, "receiver_id", None):
                wanted[Person].add(str(person))
        self.names = {model: self._named(model, ids) for model, ids in wanted.items()}

    def person(self, pk: UUID | None) -> Person | None:
        found = self.names[Person].get(str(pk))
        return found if isinstance(found, Person) else None

    @staticmethod
    def _rows(changes: list[Change]) -> dict[str, Model]:
        """The rows the changes tell of, as they stand."""
        ids: dict[type[Model], set[str]] = {}
        for change in changes:
            ids.setdefault(_model_of(change.source), set()).add(change.row)
        found: dict[str, Model] = {}
        for model, keys in ids.items():
            rows = model._default_manager.filter(pk__in=keys)
            if model is AccountBrand:
                rows = rows.select_related("brand")
            found |= {str(row.pk): row for row in rows}
        return found

    @staticmethod
    def _named(model: type[Model], ids: set[str]) -> dict[str, Model]:
        rows = model._default_manager.filter(pk__in=ids)
        if model is Contact:
            rows = rows.select_related("person")
        return {str(row.pk): row for row in rows}

    def about(self, change: Change) -> str:
        """Whom or what a change concerns, besides its kind."""
        row = self.rows.get(change.row)
        if isinstance(row, Seat | Contact):
            return self._name_of(Person, str(row.person_id))
        if isinstance(row, Handover):
            return self._name_of(Person, str(row.receiver_id))
        if isinstance(row, AccountBrand):
            return reader_name(row.brand)
        return row.get_topic_display() if isinstance(row, Fact) else ""

    def text(self, model: type[Model], column: str, value: Any) -> str:
        """A value as a reader reads it; empty for nothing."""
        field = _field(model, column)
        if value is None or value in ("", []):
            return ""
        if isinstance(field, ForeignKey):
            return self._name_of(field.related_model, str(value))
        return _text(field, value)

    def _name_of(self, model: type[Model], pk: str) -> str:
        row = self.names.get(model, {}).get(pk)
        if row is None:
            return _("somebody or something you do not see")
        return reader_name(row.person if isinstance(row, Contact) else row)


def _text(field: Field | None, value: Any) -> str:
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, DecimalField):  # a share: money stands nowhere in these rows
        return percent_text(Decimal(str(value)))
    if isinstance(field, BooleanField):
        return str(YES if value else NO)
    if isinstance(field, DateTimeField):
        moment = parse_datetime(value)
        return date_text(moment, "plain") if moment else str(value)
    if isinstance(field, DateField):
        return date_text(dt.date.fromisoformat(value), "plain")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@cache
def _model_of(table: str) -> type[Model]:
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def _field(model: type[Model], column: str) -> Field | None:
    for field in model._meta.concrete_fields:
        if field.column == column:
            return field
    return None


def _label(model: type[Model], column: str) -> str:
    if column in LABELS:
        return str(LABELS[column])
    field = _field(model, column)
    return str(field.verbose_name) if field is not None else column
