"""What stands around an account or a company in its tree, as far as the reader sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection

from kakehashi.clients.models import Account, Company

if TYPE_CHECKING:
    from uuid import UUID

MOST = 40  # siblings or children that stand in a tree; the list shows the rest
FAMILY = 300  # companies of one family that are shown

ACCOUNTS_ABOVE = """
WITH RECURSIVE up AS (
  SELECT id, parent_id, 0 AS depth FROM clients_account WHERE id = %s
  UNION ALL
  SELECT a.id, a.parent_id, up.depth + 1
  FROM up JOIN clients_account a ON a.id = up.parent_id WHERE up.depth < 40
)
SELECT id FROM up WHERE depth > 0 ORDER BY depth DESC
"""
COMPANY_ROOT = """
WITH RECURSIVE up AS (
  SELECT id, parent_id, 0 AS depth FROM clients_company WHERE id = %s
  UNION ALL
  SELECT c.id, c.parent_id, up.depth + 1
  FROM up JOIN clients_company c ON c.id = up.parent_id WHERE up.depth < 40
)
SELECT id FROM up ORDER BY depth DESC LIMIT 1
"""
COMPANIES_BELOW = """
WITH RECURSIVE down AS (
  SELECT id, 0 AS depth FROM clients_company WHERE id = %s
  UNION ALL
  SELECT c.id, down.depth + 1
  FROM down JOIN clients_company c ON c.parent_id = down.id WHERE down.depth < 40
)
SELECT id FROM down LIMIT %s
"""


@dataclass
class Around:
    """An account's place: the way down to it, those beside it, those below it."""

    above: list[Account]
    beside: list[Account] = field(default_factory=list)
    below: list[Account] = field(default_factory=list)
    more_beside: bool = False
    more_below: bool = False


def around(account: Account) -> Around:
    """The visible part of the tree around an account, in three queries."""
    above = _above(account)
    found = Around(above, beside=[account])
    if above:
        beside = _children(above[-1])
        found.beside, found.more_beside = beside[:MOST], len(beside) > MOST
        if account not in found.beside:
            found.beside.append(account)
    below = _children(account)
    found.below, found.more_below = below[:MOST], len(below) > MOST
    return found


def _above(account: Account) -> list[Account]:
    ids = _ids(ACCOUNTS_ABOVE, account.pk)
    found = Account.objects.in_bulk(ids) if ids else {}
    return [found[pk] for pk in ids]


def _children(account: Account) -> list[Account]:
    below = Account.objects.filter(parent=account)
    return list(below.order_by("sort_key", "pk")[: MOST + 1])


@dataclass
class Family:
    """A company's family from its root down, and whether it is too large to show whole."""

    root: Company
    children: dict[UUID | None, list[Company]]
    is_cut: bool


def family(company: Company) -> Family:
    """Every company of a family, in three queries however deep it is."""
    (root,) = _ids(COMPANY_ROOT, company.pk)
    ids = _ids(COMPANIES_BELOW, root, FAMILY + 1)
    members = Company.objects.filter(pk__in={*ids[:FAMILY], company.pk})
    children: dict[UUID | None, list[Company]] = {}
    by_id: dict[UUID, Company] = {}
    for member in members.order_by("sort_key", "pk"):
        by_id[member.pk] = member
        if member.pk != root:
            children.setdefault(member.parent_id, []).append(member)
    return Family(by_id[root], children, is_cut=len(ids) > FAMILY)


def _ids(sql: str, *values: UUID | int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
