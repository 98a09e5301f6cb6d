"""Whether two sides compete because somebody said so: named in a clause, declared as a pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kakehashi.conflicts.terms import RivalKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kakehashi.conflicts.checking.facts import Case, Declared, Holder, Party


class Pairing(NamedTuple):
    """What was declared of a case and a client; `by_family` through other companies of theirs."""

    declared: Declared
    by_family: bool


def is_meant(party: Party, case: Case, *, whole_family: bool = False) -> bool:
    """Whether a party is the case's company, a parent of it, or its brand."""
    if party.brand is not None:
        return party.brand in case.brands or party.folded in case.brand_names
    if party.company is not None and party.company in case.companies:
        return True
    if party.folded and (party.folded in case.names or party.folded in case.brand_names):
        return True
    return whole_family and _of_family(party, case)


def pairings(case: Case, holder: Holder, declared: Iterable[Declared]) -> Iterator[Pairing]:
    """Every declaration about the case and the client, told from either side."""
    for pair in declared:
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            found = _paired(pair, case, one, holder, other)
            if found is not None:
                yield found
                break


def compete(found: Iterable[Pairing]) -> list[Pairing]:
    """The declared rivalries, the closest first; none between who was declared not to compete."""
    found = list(found)
    if any(not pairing.declared.competing and not pairing.by_family for pairing in found):
        return [p for p in found if p.declared.competing and p.declared.kind == RivalKind.BRAND]
    rivals = [pairing for pairing in found if pairing.declared.competing]
    return sorted(rivals, key=lambda pairing: pairing.by_family)


def are_apart(found: Iterable[Pairing]) -> bool:
    """Whether somebody declared that these two do not compete."""
    return any(not pairing.declared.competing and not pairing.by_family for pairing in found)


def _paired(pair: Declared, case: Case, one: Party, holder: Holder, other: Party) -> Pairing | None:
    if pair.kind == RivalKind.BRAND:
        met = _is_brand_of(one, case.brands, case.brand_names) and _is_brand_of(
            other, holder.brands, holder.brand_names
        )
        return Pairing(pair, by_family=False) if met else None
    if _is_company(one, case) and _is_company_of(other, holder):
        return Pairing(pair, by_family=False)
    if (_is_company(one, case) or _of_family(one, case)) and (
        _is_company_of(other, holder)
        or (other.family is not None and other.family == holder.family)
    ):
        return Pairing(pair, by_family=pair.kind != RivalKind.GROUP)
    return None


def _is_brand_of(party: Party, brands: frozenset[object], names: frozenset[str]) -> bool:
    return (party.brand is not None and party.brand in brands) or party.folded in names


def _is_company(party: Party, case: Case) -> bool:
    return (party.company is not None and party.company in case.companies) or (
        bool(party.folded) and party.folded in case.names
    )


def _is_company_of(party: Party, holder: Holder) -> bool:
    return (party.company is not None and party.company in holder.companies) or (
        bool(party.folded) and party.folded in holder.names
    )


def _of_family(party: Party, case: Case) -> bool:
    return party.family is not None and party.family in case.families
