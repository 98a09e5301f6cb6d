"""What changed: on one record with all its parts, or anywhere, in words that a page can show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from kakehashi.history import columns, kinds
from kakehashi.history.names import Names, values_of
from kakehashi.policy.models import Change

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import Model, QuerySet

SIZE = 30
DEEPEST = 200  # pages: whoever looks further back says until when


@dataclass(frozen=True)
class Difference:
    """One field of a change: what stood there and what stands there.

    What somebody wrote is theirs, in whatever language; no browser is to translate it.
    """

    label: str
    before: str
    after: str
    is_written: bool = False
    is_english: bool = False


@dataclass(frozen=True)
class Entry:
    """One change in words. `whole` is what the row is part of, with where that is shown."""

    at: dt.datetime
    by: Model | None
    acted: str
    op: str
    kind: str
    about: str
    whole: str
    path: str
    values: list[Difference]

    @property
    def is_new(self) -> bool:
        return self.op == "I"

    @property
    def is_gone(self) -> bool:
        return self.op == "D"


@dataclass(frozen=True)
class Page:
    """Some changes in words, the newest first, and the numbers of the pages around.

    Pages are numbered: the number of a change would tell how many others there are.
    """

    entries: list[Entry] = field(default_factory=list)
    previous: int | None = None
    next: int | None = None


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the whole history. Days are the reader's, both included."""

    by: UUID | None = None
    kind: str = ""
    row: str = ""
    account: UUID | None = None
    first: dt.date | None = None
    last: dt.date | None = None


def of_record(row: Model, *, number: int = 1, size: int = SIZE) -> Page:
    """Changes of a record and of all that is part of it, the newest first."""
    return _page(Change.objects.filter(_of(row)), number, size)


def of_tables(tables: Iterable[str], account: UUID, *, number: int = 1) -> Page:
    """Changes of an account's rows in some tables."""
    changes = Change.objects.filter(account_id=account, source__in=list(tables))
    return _page(changes, number, SIZE)


def of_rows(rows: Iterable[Model], op: str) -> dict[Any, list[Entry]]:
    """One sort of change of some rows of one kind, the newest first, by their keys."""
    by_key = {str(row.pk): row for row in rows}
    if not by_key:
        return {}
    table = next(iter(by_key.values()))._meta.db_table
    changes = list(Change.objects.filter(source=table, row__in=by_key, op=op).order_by("-pk"))
    found: dict[Any, list[Entry]] = {}
    for change, entry in zip(changes, told(changes), strict=True):
        found.setdefault(by_key[change.row].pk, []).append(entry)
    return found


def anywhere(wanted: Wanted, *, number: int = 1) -> Page:
    """Changes of whatever the reader sees that are looked for."""
    changes = Change.objects.filter(source__in=kinds.recorded())
    if wanted.by:
        changes = changes.filter(by_id=wanted.by)
    if wanted.kind:
        changes = changes.filter(source=wanted.kind)
    if wanted.row:
        changes = changes.filter(Q(row=wanted.row) | Q(record=wanted.row))
    if wanted.account:
        changes = changes.filter(account_id=wanted.account)
    if wanted.first:
        changes = changes.filter(at__gte=_midnight(wanted.first))
    if wanted.last:
        changes = changes.filter(at__lt=_midnight(wanted.last + dt.timedelta(days=1)))
    return _page(changes, number, SIZE)


def _midnight(day: dt.date) -> dt.datetime:
    return make_aware(dt.datetime.combine(day, dt.time()))


def _of(row: Model) -> Q:
    """A record's own changes, and those of its parts and of theirs."""
    table, key = row._meta.db_table, str(row.pk)
    wanted, keys = Q(source=table, row=key), [key]
    tables = list(kinds.parts(table))
    for part in kinds.parts(table):
        if kinds.parts(part):
            tables += kinds.parts(part)
            keys += _keys(part, key)
    return wanted | Q(source__in=tables, record__in=keys) if tables else wanted


def _keys(table: str, record: str) -> list[str]:
    """The rows of a table that were ever part of a record."""
    made = Change.objects.filter(source=table, record=record).values_list("row", flat=True)
    return list(made.order_by().distinct())


def _page(changes: QuerySet[Change], number: int, size: int) -> Page:
    first = (number - 1) * size
    rows = list(changes.order_by("-pk")[first : first + size + 1])
    more = len(rows) > size and number < DEEPEST
    return Page(told(rows[:size]), number - 1 or None, number + 1 if more else None)


def number_of(text: str) -> int:
    """The page an address asks for; what is none is the first."""
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(DEEPEST))
    return min(max(int(text), 1), DEEPEST) if is_number else 1


def told(changes: list[Change]) -> list[Entry]:
    """Changes in words, names looked up together for all of them."""
    names = Names(changes)
    return [_entry(change, names) for change in changes]


def _entry(change: Change, names: Names) -> Entry:
    table = change.source
    row = names.row(table, change.row)
    said = {**(change.before or {}), **(change.after or {})}
    values = {**(values_of(row) if row is not None else {}), **said}
    values.setdefault("currency", names.currency(table, values))
    whole = names.row(kinds.whole(table), change.record) if change.record else None
    by = names.person(change.by_id)
    return Entry(
        at=change.at,
        by=by,
        acted="" if by is not None else _acted(change),
        op=change.op,
        kind=kinds.label(table),
        about=names.called(table, values, row),
        whole=_whole(names, whole),
        path=_path(table, values, whole) if change.op != "D" or whole is not None else "",
        values=list(_values(change, names, values)),
    )


def _whole(names: Names, whole: Model | None) -> str:
    if whole is None:
        return ""
    return names.called(whole._meta.db_table, values_of(whole), whole)


def _path(table: str, values: dict[str, Any], whole: Model | None) -> str:
    """Where the row is shown, or else what it is part of."""
    path = kinds.page_of(table, values)
    if path or whole is None:
        return path
    return kinds.page_of(whole._meta.db_table, values_of(whole))


def _values(change: Change, names: Names, values: dict[str, Any]) -> Iterable[Difference]:
    table, before, after = change.source, change.before or {}, change.after or {}
    for column in columns.told(table):
        if column not in before and column not in after:
            continue
        was = names.text(table, column, before.get(column), {**values, **before})
        now = names.text(table, column, after.get(column), values)
        if change.op == "I" and columns.repeats(column, after[column], str(change.by_id)):
            continue
        if was or now:
            yield Difference(
                columns.label(table, column),
                was,
                now,
                is_written=columns.is_written(table, column),
                is_english=column.endswith("_en"),
            )


def _acted(change: Change) -> str:
    """Who changed it where no person did, or none the reader sees."""
    if change.by_id:
        return _("somebody you do not see")
    if change.acting == "system:command":
        return _("an operator, on the command line")
    if change.acting.startswith("system:"):
        return _("the program, by itself")
    if change.acting == "gate":
        return _("at sign-in, before anybody acts")
    return _("directly in the database")
