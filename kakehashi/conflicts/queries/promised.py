"""Whom a promise may hit that was noted or changed a moment ago: wider than what is hit.

Checking these accounts again decides (examining.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from kakehashi.clients.models import Brand, Company
from kakehashi.conflicts.models import (
    Commitment,
    CommitmentCategory,
    NamedCompetitor,
    Rivalry,
)
from kakehashi.conflicts.queries.categories import load_vocabulary
from kakehashi.conflicts.queries.facts import HOLDERS, asked
from kakehashi.conflicts.queries.families import load_families
from kakehashi.conflicts.terms import Level

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection
    from uuid import UUID

# Promises that were noted, or of which something was written that decides whom they hit, and how.
PROMISED = """
SELECT DISTINCT COALESCE(h.after ->> 'commitment_id', h.row)::uuid
FROM policy_change h
WHERE h.at >= %s AND h.op IN ('I', 'U') AND (
  h.source IN ('conflicts_commitmentcategory', 'conflicts_namedcompetitor')
  OR (h.source = 'conflicts_commitment' AND h.after ?| ARRAY[
    'level', 'scope', 'countries', 'disciplines', 'safeguards', 'starts_on', 'ends_on',
    'cooling_off_months']))
"""
LAST_CHANGED = """
SELECT x.id, max(h.at) FROM (
  SELECT id, 'conflicts_commitment' AS source, id::text AS row
  FROM conflicts_commitment WHERE id = ANY (%(ids)s)
  UNION ALL
  SELECT commitment_id, 'conflicts_commitmentcategory', id::text
  FROM conflicts_commitmentcategory WHERE commitment_id = ANY (%(ids)s)
  UNION ALL
  SELECT commitment_id, 'conflicts_namedcompetitor', id::text
  FROM conflicts_namedcompetitor WHERE commitment_id = ANY (%(ids)s)
) x JOIN policy_change h ON h.source = x.source AND h.row = x.row
WHERE h.op = 'I' OR (h.op = 'U' AND h.after ?| ARRAY[
  'level', 'scope', 'countries', 'disciplines', 'safeguards', 'starts_on', 'ends_on',
  'cooling_off_months'])
GROUP BY x.id
"""


def hit_by_promises_since(since: dt.datetime) -> set[UUID]:
    """Accounts that a promise may hit which was noted or changed since then and stands."""
    changed = {pk for (pk,) in asked(PROMISED, [since])}
    rows = Commitment.objects.filter(pk__in=changed, withdrawn_at=None)
    found = list(rows.select_related("account"))
    if not found:
        return set()
    words = load_vocabulary()
    promised = set(
        CommitmentCategory.objects.filter(commitment__in=found).values_list(
            "category_id", flat=True
        )
    )
    near = {
        one
        for one in words.tree.lineages
        if any(words.tree.closeness(one, other) for other in promised)
    }
    holders = asked(HOLDERS, [[], words.words_for(near), sorted(_rivals(found), key=str)])
    return {row[0] for row in holders}


def last_changed(commitments: Collection[UUID]) -> dict[UUID, dt.datetime]:
    """When what decides of these was last written, as far as it is known."""
    if not commitments:
        return {}
    return dict(asked(LAST_CHANGED, {"ids": list(commitments)}))


def _rivals(commitments: Collection[Commitment]) -> list[UUID]:
    """Every company of the families that are named, or declared to compete with the holder's."""
    named = list(NamedCompetitor.objects.filter(commitment__in=commitments))
    folded = {one.folded for one in named}
    whole = [one for one in commitments if one.level in (Level.COMPANY, Level.GROUP)]
    holders = load_families([one.account.company_id for one in whole])
    family = [*holders.tops]
    declared = Rivalry.objects.filter(
        Q(one_company__in=family) | Q(other_company__in=family), competing=True
    )
    folded |= {side for one in declared for side in (one.one_folded, one.other_folded)}
    companies = {one.company_id for one in named} | {
        side for one in declared for side in (one.one_company_id, one.other_company_id)
    }
    known = Company.objects.filter(Q(folded__in=folded) | Q(pk__in=companies - {None}))
    brands = Brand.objects.filter(
        Q(folded__in=folded) | Q(pk__in=[one.brand_id for one in named if one.brand_id])
    )
    found = {*known.values_list("pk", flat=True), *brands.values_list("company_id", flat=True)}
    return [*load_families(found).tops]
