"""Finding: what was typed as words, the index asked, and what it leads to read as the reader."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection

from kakehashi.base.legal_forms import without_japanese_form, without_latin_form
from kakehashi.base.text import nfkc
from kakehashi.clients.models import Account
from kakehashi.search.kinds import BY_SOURCE, KINDS, Kind, Shown
from kakehashi.search.models import Pin, Visit
from kakehashi.ui.formats import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from kakehashi.people.models import Person

LONGEST = 100
MOST_WORDS = 6
CHOICES = 50
BALL = "ball"
ADDRESSED = re.compile(r"(?<=..)(?:様|さん|さま|殿|御中)$")


@dataclass(frozen=True)
class Hit:
    """A row of the index; `certain` if what was typed stands in it, else it is only alike."""

    kind: Kind
    pk: UUID
    certain: bool = True

    def has_a_page(self, *, ours: bool) -> bool:
        """Whether there is a page of such a row for one of ours, or for a client's contact."""
        return ours or self.kind.read_as_client is not None


@dataclass(frozen=True)
class Found:
    """Rows in the order in which they matter to the reader, and how many there are of a kind.

    Of balls one more is counted than was asked for: more than that are `uncounted`.
    """

    hits: list[Hit] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    uncounted: frozenset[str] = frozenset()

    @property
    def total(self) -> int:
        return sum(self.totals.values())

    def counted(self, kind: str = "") -> str:
        """How many there are of one kind or of all, as it is shown."""
        number = self.totals.get(kind, 0) if kind else self.total
        more = kind in self.uncounted if kind else bool(self.uncounted)
        return f"{number_text(number)}+" if more else number_text(number)

    def is_more_than(self, number: int, kind: str) -> bool:
        more = kind in self.uncounted if kind else bool(self.uncounted)
        return more or (self.totals.get(kind, 0) if kind else self.total) > number

    def of(self, kind: str) -> list[Hit]:
        """Those of one kind, or all of them."""
        return [hit for hit in self.hits if not kind or hit.kind.name == kind]


def words(typed: str) -> list[str]:
    """What was typed, word by word: without 株式会社, Co., Ltd. and 様, unless that is all."""
    plain = nfkc(typed[:LONGEST].replace("\0", "")).casefold()
    said = [word.partition("@")[0] or word for word in plain.split()]
    bare = [ADDRESSED.sub("", without_japanese_form(word)) for word in said]
    bare = without_latin_form([word.strip(".,") for word in bare if word.strip(".,")])
    return (bare or said)[:MOST_WORDS]


def find(typed: str, *, most: int, ours: bool) -> Found:
    """What the acting person sees and what was typed finds: of each kind at most so many."""
    said = words(typed)
    if not said:
        return Found()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT source, row_id, total, certain FROM acting_search(%s, %s) ORDER BY place",
            [said, most],
        )
        rows = cursor.fetchall()
    shown = [row for row in rows if ours or BY_SOURCE[row[0]].read_as_client]
    totals = {BY_SOURCE[source].name: total for source, _row, total, _certain in shown}
    uncounted = frozenset({BALL} if totals.get(BALL, 0) > most else ())
    totals |= dict.fromkeys(uncounted, most)
    return Found(
        [Hit(BY_SOURCE[source], row, certain) for source, row, _total, certain in shown],
        {kind.name: totals[kind.name] for kind in KINDS if kind.name in totals},
        uncounted,
    )


def shown(hits: Iterable[Hit], *, ours: bool) -> list[Shown]:
    """The rows themselves, in the order of the hits."""
    hits = list(hits)
    rows = seen(hits, ours=ours)
    return [rows[key] for hit in hits if (key := (hit.kind.name, hit.pk)) in rows]


def seen(hits: Iterable[Hit], *, ours: bool) -> dict[tuple[str, UUID], Shown]:
    """Those of some rows that the acting person sees, read kind by kind; by kind and id."""
    wanted: dict[str, list[UUID]] = defaultdict(list)
    for hit in hits:
        wanted[hit.kind.name].append(hit.pk)
    rows: dict[tuple[str, UUID], Shown] = {}
    for kind in KINDS:
        read = kind.read if ours else kind.read_as_client
        if read is None or kind.name not in wanted:
            continue
        for pk, title, path, hint in read(wanted[kind.name]):
            rows[kind.name, pk] = Shown(kind.name, str(kind.label), kind.icon, title, path, hint)
    return rows


def best(found: Found, *, most: int, of_a_kind: int) -> list[Hit]:
    """The first of all kinds, so that no kind crowds out the others."""
    counted: dict[str, int] = defaultdict(int)
    chosen = []
    for hit in found.hits:
        counted[hit.kind.name] += 1
        if counted[hit.kind.name] <= of_a_kind:
            chosen.append(hit)
    return chosen[:most]


def own_accounts() -> list[Account]:
    """The accounts the acting person serves, for a choice among them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_own()")
        own = [row for (row,) in cursor.fetchall()]
    return list(Account.objects.filter(pk__in=own).order_by("sort_key", "pk")[:CHOICES])


def accounts(hits: Iterable[Hit]) -> list[Account]:
    """Accounts that were found, in the same order."""
    wanted = [hit.pk for hit in hits]
    rows = Account.objects.in_bulk(wanted)
    return [rows[pk] for pk in wanted if pk in rows]


def hats_on(accounts: Iterable[Account]) -> dict[UUID, frozenset[str]]:
    """What the acting person is to each of some accounts, in one question."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, acting_hats(id) FROM unnest(%s::uuid[]) AS id",
            [[account.pk for account in accounts]],
        )
        return {pk: frozenset(hats) for pk, hats in cursor.fetchall()}


def recent(person: Person, *, most: int) -> list[Hit]:
    """What a person opened last, the newest first."""
    rows = Visit.objects.filter(person=person, source__in=BY_SOURCE).order_by("-at", "-pk")
    return [Hit(BY_SOURCE[v.source], v.row_id) for v in rows[:most]]


def pinned(person: Person, *, ours: bool) -> list[Shown]:
    """What a person pinned, the first one first, as far as they see it now."""
    rows = Pin.objects.filter(person=person, source__in=BY_SOURCE).order_by("at", "pk")
    return shown([Hit(BY_SOURCE[pin.source], pin.row_id) for pin in rows], ours=ours)


def pinned_ids(person: Person) -> frozenset[UUID]:
    """The rows a person pinned, whether they see them or not."""
    return frozenset(Pin.objects.filter(person=person).values_list("row_id", flat=True))
