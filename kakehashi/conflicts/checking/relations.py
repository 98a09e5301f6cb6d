"""How two categories stand to each other, in one scheme or across linked ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kakehashi.conflicts.terms import LinkKind, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from uuid import UUID

Lineage = tuple["UUID", ...]


class Relation(Enum):
    """How one category stands to another, the closest first."""

    SAME = "same"
    ANCESTOR = "ancestor"
    DESCENDANT = "descendant"
    SIBLINGS = "siblings"
    SAME_TOP = "same_top"
    UNRELATED = "unrelated"


class Standing(NamedTuple):
    """A relation, and how deep the nearest category above both lies (0: none, 1: the top)."""

    relation: Relation
    depth: int


class Closeness(NamedTuple):
    """How severely a case's category touches a promised one, and by which relation."""

    severity: Severity
    standing: Standing
    declared: bool
    case: UUID
    promised: UUID


CLOSEST = {severity: at for at, severity in enumerate(Severity)}


@dataclass
class Tree:
    """All categories by id, each with the way down to it; links between schemes; declared pairs.

    Two clients do not compete because they meet in a category that is `broad`; a promise about it
    holds all the same.
    """

    lineages: Mapping[UUID, Lineage]
    links: Iterable[tuple[UUID, str, UUID]] = ()
    pairs: Mapping[frozenset[UUID], bool] = field(default_factory=dict)
    broad: frozenset[UUID] = frozenset()

    def __post_init__(self) -> None:
        self._places: dict[UUID, frozenset[Lineage]] = {}
        self._found: dict[tuple[UUID, UUID], Closeness | None] = {}
        self._closest: dict[tuple[frozenset[UUID], frozenset[UUID], bool], Closeness | None] = {}

    def relation(self, one: UUID, other: UUID) -> Standing:
        """How `one` stands to `other`, wherever links let both be found in one scheme."""
        return max(
            (_between(left, right) for left in self.places(one) for right in self.places(other)),
            key=_nearness,
        )

    def closeness(self, case: UUID, promised: UUID) -> Closeness | None:
        """How severely a case of one category touches a promise of another."""
        key = (case, promised)
        if key not in self._found:
            self._found[key] = self._closeness(case, promised)
        return self._found[key]

    def rivalry(self, case: UUID, other: UUID) -> Closeness | None:
        """How closely the categories of two clients touch, nothing promised about either."""
        close = self.closeness(case, other)
        if close is None or close.declared or not self.broad:
            return close
        return None if self.broad & self._meeting(case, other, close.standing.depth) else close

    def _meeting(self, one: UUID, other: UUID, depth: int) -> set[UUID]:
        """The nearest categories above two, wherever links let them stand that near."""
        if one == other:
            return {one}
        places = [(left, right) for left in self.places(one) for right in self.places(other)]
        return {left[depth - 1] for left, right in places if left[:depth] == right[:depth]}

    def closest(
        self, case: Iterable[UUID], promised: Iterable[UUID], *, written: bool = True
    ) -> Closeness | None:
        """The most severe of all pairs; of equals that of the category which was made first.

        Thousands of clients stand in few sets of categories: each is compared once. `written` says
        whether the second are of a promise.
        """
        key = (frozenset(case), frozenset(promised), written)
        compare = self.closeness if written else self.rivalry
        if key not in self._closest:
            found = [
                close
                for one in sorted(key[0])
                for other in sorted(key[1])
                if (close := compare(one, other))
            ]
            self._closest[key] = min(found, key=lambda close: CLOSEST[close.severity], default=None)
        return self._closest[key]

    def touching(self, case: Iterable[UUID]) -> dict[UUID, Severity]:
        """Every category on file that a case of these categories touches, and how severely."""
        found: dict[UUID, Severity] = {}
        for own in case:
            for one in self._within_reach(own):
                close = self.closeness(own, one)
                if close and (one not in found or CLOSEST[close.severity] < CLOSEST[found[one]]):
                    found[one] = close.severity
        return found

    def _within_reach(self, category: UUID) -> Collection[UUID]:
        """Without a top in common two are unrelated, whatever lies between; pairs are declared."""
        if self.pairs:
            return self.lineages.keys()
        return {one for place in self.places(category) for one in self._below[place[0]]}

    @cached_property
    def _below(self) -> dict[UUID, list[UUID]]:
        """What stands below each top, by itself or by a link."""
        found: dict[UUID, list[UUID]] = {}
        for one in self.lineages:
            for place in self.places(one):
                found.setdefault(place[0], []).append(one)
        return found

    def places(self, category: UUID) -> frozenset[Lineage]:
        """Where a category stands: in its own scheme, and by links in others."""
        if category not in self._places:
            self._places[category] = frozenset(self._placed(category))
        return self._places[category]

    def _placed(self, category: UUID) -> Iterator[Lineage]:
        own = self.lineages[category]
        yield own
        for at, above in enumerate(own, start=1):
            for kind, other in self._linked.get(above, ()):
                linked = self.lineages[other]
                yield linked + own[at:] if kind == LinkKind.SAME else linked + own[at - 1 :]

    @cached_property
    def _linked(self) -> dict[UUID, list[tuple[str, UUID]]]:
        found: dict[UUID, list[tuple[str, UUID]]] = {}
        for one, kind, other in self.links:
            found.setdefault(one, []).append((kind, other))
            if kind == LinkKind.SAME:
                found.setdefault(other, []).append((kind, one))
        return found

    def _closeness(self, case: UUID, promised: UUID) -> Closeness | None:
        standing = self.relation(case, promised)
        declared = self._declared(case, promised)
        if declared is not None:
            severity = Severity.DIRECT if declared else None
        else:
            severity = severity_of(standing)
        if severity is None:
            return None
        return Closeness(severity, standing, declared is not None, case, promised)

    def _declared(self, one: UUID, other: UUID) -> bool | None:
        """What was declared of the two, or of the nearest categories above them."""
        found = [
            (up + down, self.pairs[pair])
            for up, left in enumerate(self.lineages[one])
            for down, right in enumerate(self.lineages[other])
            if (pair := frozenset((left, right))) in self.pairs
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else None


def severity_of(standing: Standing) -> Severity | None:
    """From the case's category to the promised one, nothing declared."""
    if standing.relation in (Relation.SAME, Relation.DESCENDANT):
        return Severity.DIRECT
    if standing.relation is Relation.ANCESTOR or standing.depth > 1:
        return Severity.ADJACENT
    return Severity.INDIRECT if standing.depth == 1 else None


def _between(one: Lineage, other: Lineage) -> Standing:
    common = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        common += 1
    return Standing(_relation(len(one), len(other), common), common)


def _relation(one: int, other: int, common: int) -> Relation:
    if common == 0:
        return Relation.UNRELATED
    if one == other == common:
        return Relation.SAME
    if common == one:
        return Relation.ANCESTOR
    if common == other:
        return Relation.DESCENDANT
    return Relation.SIBLINGS if one == other == common + 1 else Relation.SAME_TOP


def _nearness(standing: Standing) -> tuple[int, int]:
    severity = severity_of(standing)
    near = len(CLOSEST) if severity is None else CLOSEST[severity]
    return -near, -list(Relation).index(standing.relation)
