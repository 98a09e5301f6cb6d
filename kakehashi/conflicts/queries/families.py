"""Corporate families: the companies above a company, and everybody below the top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

FAMILIES = """
WITH RECURSIVE up AS (
  SELECT id, parent_id FROM clients_company WHERE id = ANY (%(ids)s)
  UNION
  SELECT c.id, c.parent_id FROM up JOIN clients_company c ON c.id = up.parent_id
), down AS (
  SELECT id, parent_id, id AS top, 0 AS depth FROM up WHERE parent_id IS NULL
  UNION ALL
  SELECT c.id, c.parent_id, d.top, d.depth + 1
  FROM down d JOIN clients_company c ON c.parent_id = d.id WHERE d.depth < 40
)
SELECT id, parent_id, top FROM down
"""


@dataclass(frozen=True)
class Families:
    """Some whole families: of each company the one above it, and the top of its family."""

    parents: Mapping[UUID, UUID | None]
    tops: Mapping[UUID, UUID]

    def above(self, company: UUID) -> frozenset[UUID]:
        """A company and its parents."""
        found = {company}
        step = self.parents.get(company)
        while step is not None and step not in found:
            found.add(step)
            step = self.parents.get(step)
        return frozenset(found)

    def top(self, company: UUID | None) -> UUID | None:
        """The top of a company's family; itself, if the family was not asked for."""
        return None if company is None else self.tops.get(company, company)

    def members(self, tops: Iterable[UUID]) -> list[UUID]:
        wanted = set(tops)
        return [company for company, top in self.tops.items() if top in wanted]


def load_families(companies: Iterable[UUID]) -> Families:
    """The families of these companies, whole."""
    ids = list(set(companies))
    if not ids:
        return Families({}, {})
    with connection.cursor() as cursor:
        cursor.execute(FAMILIES, {"ids": ids})
        rows = cursor.fetchall()
    return Families(
        {company: parent for company, parent, _top in rows},
        {company: top for company, _parent, top in rows},
    )
