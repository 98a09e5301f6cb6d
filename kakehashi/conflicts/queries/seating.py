"""Who may serve an account: decided by PostgreSQL over every account, told to officers alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from kakehashi.conflicts.checking.facts import Sentence
from kakehashi.conflicts.models import Category, Commitment, SeatPermit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any
    from uuid import UUID

    from kakehashi.clients.models import Account
    from kakehashi.conflicts.checking.facts import Name

REFUSED = "SELECT * FROM acting_refused_seats(%s::uuid[], %s::uuid[], %s::date[], %s::date[], %s)"
MAY_READ = "SELECT acting_checks_conflicts()"
AGAINST = """
SELECT number, person_id, rule, other_id, starts_on, ends_on, until, commitment_id, months, ground,
       one_said, other_said, declared, one_category, other_category,
       (SELECT ARRAY[a.name, a.name_en] FROM clients_account a WHERE a.id = other_id)
FROM acting_against_seats(%s::uuid[], %s::uuid[], %s::date[], %s::date[], %s)
ORDER BY number, until DESC NULLS FIRST, rule, other_id
"""


class Wanted(NamedTuple):
    """A seat that somebody is to have."""

    person: UUID
    account: UUID
    starts_on: dt.date
    ends_on: dt.date | None = None


@dataclass(frozen=True)
class Standing:
    """Why somebody may not have a seat, and the last day on which that holds (None: no end)."""

    person: UUID
    until: dt.date | None
    because: tuple[Sentence, ...]


def refused(seats: Sequence[Wanted], without: Iterable[UUID] = ()) -> set[UUID]:
    """The people of these seats who may not have them; `without` are seats written anew."""
    if not seats:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(REFUSED, _asked(seats, without))
        return {seats[number - 1].person for (number,) in cursor.fetchall()}


def permitted_until(person: UUID, account: UUID) -> dt.date | None:
    """Until when an officer permits a seat, to who sees the account."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_seat_permitted(%s, %s)", [person, account])
        found: dt.date | None = cursor.fetchone()[0]
        return found


def standing_against(
    seats: Sequence[Wanted], without: Iterable[UUID] = ()
) -> dict[UUID, list[Standing]]:
    """For officers: what stands against these seats, the longest first; others read nothing."""
    found: dict[UUID, list[Standing]] = {}
    for _number, told in _against(seats, without):
        found.setdefault(told.person, []).append(told)
    return found


def grounds(seats: Sequence[Wanted], without: Iterable[UUID] = ()) -> dict[int, Standing]:
    """For officers and the operator: what stands longest against each of these, by its place."""
    found: dict[int, Standing] = {}
    for number, told in _against(seats, without):
        found.setdefault(number - 1, told)
    return found


def tells_grounds() -> bool:
    """Whether whoever acts may read why a seat is refused."""
    with connection.cursor() as cursor:
        cursor.execute(MAY_READ)
        return bool(cursor.fetchone()[0])


def _against(seats: Sequence[Wanted], without: Iterable[UUID]) -> Iterable[tuple[int, Standing]]:
    if not seats:
        return
    with connection.cursor() as cursor:
        cursor.execute(AGAINST, _asked(seats, without))
        rows = cursor.fetchall()
    codes = dict(
        Commitment.objects.filter(pk__in={row[7] for row in rows if row[7]}).values_list(
            "pk", "code"
        )
    )
    named = {pk for row in rows for pk in row[13:15] if pk}
    names: dict[UUID, Name] = {
        pk: (name, english)
        for pk, name, english in Category.objects.filter(pk__in=named).values_list(
            "pk", "name", "name_en"
        )
    }
    for number, *row in rows:
        yield number, Standing(row[0], row[5], tuple(_sentences(row, codes, names)))


def permits(account: Account) -> list[SeatPermit]:
    """What officers permitted on an account and did not withdraw."""
    rows = SeatPermit.objects.filter(account=account, withdrawn_at=None)
    return list(rows.select_related("person", "given_by").order_by("ends_on", "pk"))


def _asked(seats: Sequence[Wanted], without: Iterable[UUID]) -> list[Any]:
    return [*(list(column) for column in zip(*seats, strict=True)), list(without)]


def _sentences(
    row: Sequence[Any], codes: Mapping[UUID, str], names: Mapping[UUID, Name]
) -> Iterable[Sentence]:
    _person, rule, _other, starts, ends, until, commitment, months, ground, *rest = row
    one_said, other_said, declared, one_category, other_category, account = rest
    if rule == "barrier":
        filled = {
            "code": codes.get(commitment, ""), "account": account, "ends": ends,
            "months": months, "until": until,
        }  # fmt: skip
        yield Sentence("barrier" if until else "barrier_serving", filled)
        return
    yield Sentence("seat_at_once", {"account": account, "starts": starts, "ends": ends})
    if ground == "declared":
        yield Sentence("declared", {"one": one_said, "other": other_said, "ground": declared})
    elif ground == "word":
        yield Sentence("same_word", {"word": one_said})
    else:
        code = "category_declared_pair" if ground == "pair" else "category_same"
        filled = {"case_category": names[one_category], "promised_category": names[other_category]}
        yield Sentence(code, filled)
