"""What changed so that accounts are to be checked again: read from the history, as the system."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q

from kakehashi.clients.models import Account
from kakehashi.conflicts.models import Behind, Denial, Hit, Recheck
from kakehashi.conflicts.queries.facts import HOLDERS, asked
from kakehashi.conflicts.queries.families import load_families
from kakehashi.conflicts.queries.promised import hit_by_promises_since, last_changed
from kakehashi.conflicts.terms import Occasion, Result

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from kakehashi.conflicts.models import Wall

# Companies that came together or parted: the one that moved, and those above it before and after.
MOVED = """
SELECT DISTINCT c.id FROM policy_change h CROSS JOIN LATERAL (VALUES
  (h.row::uuid), ((h.before ->> 'parent_id')::uuid), ((h.after ->> 'parent_id')::uuid)) AS c(id)
WHERE h.source = 'clients_company' AND h.at >= %s AND h.op = 'U' AND h.after ? 'parent_id'
  AND c.id IS NOT NULL
"""
# Companies of whom it was declared, or no longer is, that they compete.
DECLARED = """
SELECT DISTINCT c.id FROM policy_change h
LEFT JOIN conflicts_rivalry r ON h.op = 'U' AND r.id::text = h.row
CROSS JOIN LATERAL (VALUES
  ((h.after ->> 'one_company_id')::uuid), ((h.after ->> 'other_company_id')::uuid),
  (r.one_company_id), (r.other_company_id)) AS c(id)
WHERE h.source = 'conflicts_rivalry' AND h.at >= %s AND h.op IN ('I', 'U') AND c.id IS NOT NULL
"""
# Accounts that advertise something else than before, or that are led or owned by somebody else.
OTHERWISE = """
SELECT h.row::uuid FROM policy_change h
WHERE h.source = 'clients_account' AND h.at >= %(since)s AND h.op = 'U'
  AND h.after ?| ARRAY['categories', 'company_id', 'lead_office_id']
UNION
SELECT h.account_id FROM policy_change h
WHERE h.source = 'clients_accountbrand' AND h.at >= %(since)s AND h.op IN ('I', 'U')
UNION
SELECT b.account_id FROM policy_change h JOIN clients_accountbrand b ON b.brand_id::text = h.row
WHERE h.source = 'clients_brand' AND h.at >= %(since)s AND h.op = 'U'
  AND h.after ?| ARRAY['categories', 'countries', 'company_id']
"""
# The agency's mode, or what follows from a severity in it.
RULED = """
SELECT DISTINCT 1 FROM policy_change h
WHERE h.source = 'conflicts_policy' AND h.at >= %s AND (h.op = 'I' OR h.after ?| ARRAY[
  'mode', 'strict_direct', 'strict_adjacent', 'strict_indirect', 'split_direct', 'split_adjacent',
  'split_indirect'])
"""
SINCE_LAST_NIGHT = dt.timedelta(days=1, minutes=20)  # more than lies between two nights' looks
Known = dict[tuple["UUID", "UUID | None"], Result]


class Batch(NamedTuple):
    """Some accounts in their order, and how much of all comes before them, in hundredths."""

    accounts: list[UUID]
    percent: int


def accounts_to_check(since: dt.datetime) -> dict[UUID, Occasion]:
    """Accounts of which something changed since then, each with what it was."""
    found = dict.fromkeys(_served(pk__in=hit_by_promises_since(since)), Occasion.COMMITMENT)
    found |= dict.fromkeys(_of_families(_ids(DECLARED, [since])), Occasion.NIGHTLY)
    found |= dict.fromkeys(_served(pk__in=_ids(OTHERWISE, {"since": since})), Occasion.BRAND)
    found |= dict.fromkeys(_of_families(_ids(MOVED, [since])), Occasion.MERGER)
    return found


def is_ruled_otherwise(since: dt.datetime) -> bool:
    """Whether the agency's rule changed since then, so that every account is to be checked."""
    return bool(asked(RULED, [since]))


def latest_recheck() -> Recheck | None:
    """How far all accounts were, or are just being, checked again by the agency's rule."""
    return Recheck.objects.order_by("-begun_at", "pk").first()


def awaits_recheck(latest: Recheck | None, at: dt.datetime) -> bool:
    """Whether the rule is another than all accounts were last checked by."""
    since = at - SINCE_LAST_NIGHT
    return is_ruled_otherwise(max(since, latest.begun_at) if latest else since)


def accounts_after(last: UUID | None, number: int) -> Batch:
    """The accounts that follow one of them, lost ones aside."""
    rows = Account.objects.exclude(status=Account.Status.LOST).order_by("pk")
    rest = rows.filter(pk__gt=last) if last else rows
    total = rows.count()
    percent = 100 * (total - rest.count()) // total if total else 100
    return Batch(list(rest.values_list("pk", flat=True)[:number]), percent)


def known_of(account: Account) -> Known:
    """What earlier checks told of an account and others, by which clause, and how much it weighed.

    What a clause says anew was not told by a check before that.
    """
    told = Hit.objects.filter(check_of__account=account).values_list(
        "account_id", "commitment_id", "result", "check_of__asked_at"
    )
    found: Known = {}
    rows = list(told)
    changed = last_changed({clause for _other, clause, _result, _at in rows if clause})
    for other, clause, result, at in rows:
        if clause is None or clause not in changed or at >= changed[clause]:
            _tell(found, other, clause, result)
    mirrored = Hit.objects.filter(account=account, commitment=None).exclude(check_of__account=None)
    for other, result in mirrored.values_list("check_of__account_id", "result"):
        _tell(found, other, None, result)
    return found


def is_known(known: Known, hit: Hit) -> bool:
    """Whether a check told of it before, and no less of it."""
    told = known.get((hit.account_id, hit.commitment_id))
    return told is not None and told.weight >= Result(hit.result).weight


def _tell(found: Known, other: UUID, clause: UUID | None, result: str) -> None:
    before = found.get((other, clause), Result.CLEAR)
    found[other, clause] = max(before, Result(result), key=lambda one: one.weight)


def walled_off(account: Account) -> set[UUID]:
    """Accounts from which a standing wall keeps this one apart; whatever is below them is, too."""
    own = _above(account.pk)
    apart = Q()
    here = Behind.objects.filter(account__in=own, wall__lifted_at=None)
    for wall, side in here.values_list("wall_id", "side_id"):
        apart |= Q(wall=wall) & ~Q(side=side)
    behind = Behind.objects.filter(apart).values_list("account_id", flat=True) if apart else ()
    return {*behind, *_denied_to_others(own)}


def _denied_to_others(own: set[UUID]) -> Iterator[UUID]:
    """Of walls without sides: accounts of which nobody is kept out who is kept out of one's own."""
    standing = Denial.objects.filter(wall__lifted_at=None, lifted_at=None)
    walls = standing.filter(account__in=own).values("wall")
    kept_out: dict[UUID, dict[UUID, set[UUID]]] = {}
    for wall, other, person in standing.filter(wall__in=walls).values_list(
        "wall_id", "account_id", "person_id"
    ):
        kept_out.setdefault(wall, {}).setdefault(other, set()).add(person)
    for accounts in kept_out.values():
        mine = set().union(*(accounts.get(one, ()) for one in own))
        yield from (other for other, people in accounts.items() if not people & mine)


def wall_between(one: Account, other: Account) -> Wall | None:
    """A wall that keeps two accounts apart already and stands until it is lifted."""
    rows = Behind.objects.filter(wall__lifted_at=None, wall__ground_ends_on=None)
    sides = dict(rows.filter(account__in=_above(one.pk)).values_list("wall_id", "side_id"))
    beside = rows.filter(account__in=_above(other.pk), wall__in=sides)
    found = beside.select_related("wall").order_by("wall_id")
    return next((row.wall for row in found if row.side_id != sides[row.wall_id]), None)


def _above(account: UUID) -> set[UUID]:
    """An account and those it is part of, whether the officer sees them or not."""
    return {account, *(up for row in asked(HOLDERS, [[account], [], []]) for up in row[11])}


def _of_families(companies: set[UUID]) -> set[UUID]:
    return _served(company__in=set(load_families(companies).tops))


def _served(**which: Any) -> set[UUID]:
    rows = Account.objects.filter(**which).exclude(status=Account.Status.LOST)
    return set(rows.values_list("pk", flat=True))


def _ids(sql: str, values: Any) -> set[UUID]:
    return {pk for (pk,) in asked(sql, values) if pk}
