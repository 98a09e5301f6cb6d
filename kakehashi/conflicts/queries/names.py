"""Which company somebody means by a name, and which it could be: found by every name it has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.db.models import Q

from kakehashi.base.text import company_reading, folded_name, nfkc, sort_key
from kakehashi.clients.models import Company, CompanyName
from kakehashi.conflicts.likeness import ALIKE, KANA, bare, likeness, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from kakehashi.conflicts.likeness import Spelling

LOOKED_AT = 60  # companies that share a few characters and are then compared in full
SHOWN = 5


class Possible(NamedTuple):
    """A company, or a name in a clause, that is written or read almost so."""

    name: str
    likeness: float
    company: Company | None = None
    commitment: UUID | None = None


@dataclass(frozen=True)
class Meant:
    """What a name means: companies on file, every folded name of theirs, and what it may mean."""

    name: str
    companies: list[Company] = field(default_factory=list)
    folded: frozenset[str] = frozenset()
    possible: list[Possible] = field(default_factory=list)


def meant_by(typed: str) -> Meant:
    """The company of this code, number or name; and those that are called almost so."""
    companies = exactly(typed)
    names = _names_of(companies)
    folded = frozenset({folded_name(typed)} if typed else set()) | {
        folded_name(name) for spoken in names.values() for name in spoken
    }
    possible = [] if companies or not typed else _almost(typed)
    return Meant(typed, companies, folded, [*possible, *_almost_named(typed, companies, folded)])


def exactly(typed: str) -> list[Company]:
    """By code or number; else by any name whole, its spelling and its legal form aside."""
    plain = nfkc(typed)
    if not plain:
        return []
    numbers = Q(code=plain) | Q(corporate_number=plain) | Q(lei=plain.upper())
    if found := list(Company.objects.filter(numbers)):
        return found
    key = folded_name(typed)
    other = CompanyName.objects.filter(folded=key).values_list("company_id", flat=True)
    named = Q(folded=key) | Q(pk__in=list(other))
    if KANA.fullmatch(plain) and company_reading(plain):
        named |= Q(sort_key=sort_key("", plain))
    found = list(Company.objects.filter(named).order_by("sort_key", "pk"))
    return found or _by_english(typed, key)


def _by_english(typed: str, key: str) -> list[Company]:
    if not key.isascii():
        return []
    near = Company.objects.filter(pk__in=_near([bare(typed)])).exclude(name_en="")
    return [one for one in near.order_by("sort_key", "pk") if folded_name(one.name_en) == key]


def _names_of(companies: Iterable[Company]) -> dict[UUID, list[str]]:
    found = {one.pk: [one.name, *([one.name_en] if one.name_en else [])] for one in companies}
    for company_id, name in CompanyName.objects.filter(company__in=found).values_list(
        "company_id", "name"
    ):
        found[company_id].append(name)
    return found


def _almost(typed: str) -> list[Possible]:
    """Companies on file that are called almost so, the likest first."""
    near = list(Company.objects.filter(pk__in=_near([bare(typed)])))
    names = _names_of(near)
    wanted = spellings(typed)
    found = [
        Possible(one.name, alike, company=one)
        for one in near
        if (alike := likeness(wanted, _ways(one, names[one.pk]))) >= ALIKE
    ]
    return sorted(found, key=lambda one: (-one.likeness, one.name))[:SHOWN]


def _ways(company: Company, names: Iterable[str]) -> list[Spelling]:
    ways = spellings(company.name, company.name_kana, company.name_en)
    return [*ways, *(way for name in names for way in spellings(name))]


def _near(words: list[str]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT company_id FROM acting_companies_alike(%s, %s)", [words, LOOKED_AT])
        return [row[0] for row in cursor.fetchall()]


def _almost_named(typed: str, companies: list[Company], folded: frozenset[str]) -> list[Possible]:
    """Names that stand in clauses and are written almost as one of the company's own."""
    names = _names_of(companies)
    ways = [way for one in companies for way in _ways(one, names[one.pk])]
    ways += [] if companies else spellings(typed)
    if not ways:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT commitment_id, name, folded FROM acting_named_alike(%s, %s)",
            [sorted(folded), LOOKED_AT],
        )
        rows = cursor.fetchall()
    found = [
        Possible(name, alike, commitment=commitment)
        for commitment, name, key in rows
        if key not in folded and (alike := likeness(ways, spellings(name))) >= ALIKE
    ]
    return sorted(found, key=lambda one: (-one.likeness, one.name))[:SHOWN]
