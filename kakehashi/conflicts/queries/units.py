"""Our units: what lies above an office, and which unit stands at the top of what is bound."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kakehashi.conflicts.terms import Scope
from kakehashi.people.models import Office

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from kakehashi.conflicts.checking.facts import Name

TOPS = {
    Scope.OFFICE: frozenset({Office.Kind.REGION, Office.Kind.COUNTRY}),
    Scope.AGENCY_BRAND: frozenset({Office.Kind.AGENCY}),
}


@dataclass(frozen=True)
class Units:
    """Every office: what it is part of, of which kind it is, what it is called."""

    kinds: Mapping[UUID, tuple[UUID | None, str]]
    names: Mapping[UUID, Name]
    codes: Mapping[str, UUID]
    _tops: dict[str, dict[UUID, UUID]] = field(default_factory=dict, compare=False)

    def above(self, office: UUID) -> frozenset[UUID]:
        """An office and everything it is part of."""
        return frozenset(chain(self.kinds, office))

    def bound(self, lead: UUID, scope: str) -> UUID | None:
        """The top of what a commitment binds, counted from the lead office; None for the network.

        Where nothing of the kind lies above, the widest unit there is: a promise is not made
        smaller by how an agency draws its tree.
        """
        if scope == Scope.NETWORK:
            return None
        if scope == Scope.TEAM:
            return lead
        known = self._tops.setdefault(scope, {})
        return known[lead] if lead in known else self._top(lead, TOPS[Scope(scope)], known)

    def _top(self, office: UUID, kinds: frozenset[str], known: dict[UUID, UUID]) -> UUID:
        if office not in known:
            parent, kind = self.kinds[office]
            if parent is None or kind in kinds:
                known[office] = office
            else:
                known[office] = self._top(parent, kinds, known)
        return known[office]


def load_units() -> Units:
    rows = Office.objects.values_list("pk", "parent_id", "kind", "name", "name_en", "code")
    kinds, names, codes = {}, {}, {}
    for pk, parent, kind, name, name_en, code in rows:
        kinds[pk] = (parent, kind)
        names[pk] = (name, name_en)
        codes[code] = pk
    return Units(kinds, names, codes)


def chain(kinds: Mapping[UUID, tuple[UUID | None, str]], office: UUID) -> list[UUID]:
    """The way up from an office, itself first."""
    way: list[UUID] = []
    step: UUID | None = office
    while step is not None and step not in way:
        way.append(step)
        step = kinds[step][0]
    return way
