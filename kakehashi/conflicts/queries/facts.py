"""The case of a check: what somebody asks, with what is on file of its company and brand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import connection

from kakehashi.base.text import folded_name, nfkc
from kakehashi.clients.models import Brand, Company
from kakehashi.conflicts.checking.facts import Case
from kakehashi.conflicts.queries.families import load_families
from kakehashi.conflicts.queries.names import Meant

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from uuid import UUID

    from kakehashi.clients.models import Account
    from kakehashi.conflicts.queries.categories import Vocabulary
    from kakehashi.conflicts.queries.units import Units

HOLDERS = """
SELECT account_id, code, name, name_en, company_id, folded, lead_office_id, labels, countries,
       brands, brand_names, above
FROM acting_conflict_holders(%s, %s, %s)
"""
BELOW = """
WITH RECURSIVE down AS (
  SELECT id FROM clients_account WHERE id = %s
  UNION
  SELECT a.id FROM down d JOIN clients_account a ON a.parent_id = d.id
)
SELECT id FROM down
"""
CATEGORIES_OF = """
SELECT DISTINCT l.label FROM (
  SELECT unnest(labels) AS label FROM acting_conflict_holders('{}', '{}', %(companies)s)
  UNION
  SELECT unnest(categories) FROM clients_brand WHERE company_id = ANY (%(companies)s)
) l
"""


@dataclass(frozen=True)
class Question:
    """A case as somebody puts it, with what its names mean; of an account the brands it handles.

    Where nothing is said of its categories, those of its company are `presumed`. `seats` are the
    cases of whoever takes a seat on it: they serve each account below it as well, and two accounts
    compete by what is written on them, by nothing that is presumed.
    """

    company: Meant
    brand: str = ""
    labels: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    disciplines: frozenset[str] = frozenset()
    office: UUID | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    people: tuple[UUID, ...] = ()
    handled: frozenset[UUID] = frozenset()
    presumed: bool = True
    seats: tuple[Question, ...] = ()


def question_about(
    account: Account,
    *,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    people: Iterable[UUID] = (),
) -> Question:
    """What it means to serve an account: all that it and the accounts below it advertise."""
    below = [row[0] for row in asked(BELOW, [account.pk])]
    rows = asked(HOLDERS, [below, [], []])
    labels = dict.fromkeys(label for row in rows for label in row[7])
    countries = [row[8] for row in rows]
    case = Question(
        company=_meant(account.company),
        office=account.lead_office_id,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    wanted = tuple(people)
    return replace(
        case,
        labels=tuple(labels),
        countries=frozenset(c for row in countries for c in row) if all(countries) else frozenset(),
        handled=frozenset(brand for row in rows for brand in row[9]),
        seats=tuple(_seats(replace(case, people=wanted, presumed=False), rows)) if wanted else (),
    )


def _seats(case: Question, rows: Sequence[Any]) -> Iterator[Question]:
    """The case of each of these accounts, for whoever is to serve them all."""
    companies = Company.objects.in_bulk({row[4] for row in rows})
    for row in rows:
        yield replace(
            case,
            company=_meant(companies[row[4]]),
            labels=tuple(row[7]),
            countries=frozenset(row[8]),
            handled=frozenset(row[9]),
        )


def _meant(company: Company) -> Meant:
    return Meant(company.name, [company], frozenset({company.folded}))


class Reader:
    """Reads what is on file of one case, under whoever acts: an officer, or the system."""

    def __init__(self, question: Question, words: Vocabulary, units: Units) -> None:
        self.question = question
        self.words = words
        self.units = units
        self.companies = [one.pk for one in question.company.companies]
        self.families = load_families(self.companies)
        self.family = self.families.members(self.families.tops[one] for one in self.companies)
        self.brands = self._brands()

    def case(self) -> Case:
        """The case with everything that is on file of its company and brand."""
        question = self.question
        own = self._labels_of(self.companies)
        family = self._labels_of(self.family) if len(self.family) > 1 else own
        labels = question.labels or self._labels_of_brands()
        if not labels and question.presumed:
            labels = own
        above = [c for one in self.companies for c in self.families.above(one)]
        name = question.company.companies[0] if self.companies else None
        unit = self.units.names[question.office] if question.office else ("", "")
        handled = Brand.objects.filter(pk__in=question.handled) if question.handled else ()
        return Case(
            names=question.company.folded | self._names_above(above),
            companies=frozenset(above),
            families=frozenset(self.families.tops[one] for one in self.companies),
            brand_names=frozenset({folded_name(question.brand)} if question.brand else ())
            | {brand.folded for brand in handled},
            brands=frozenset(brand.pk for brand in (*self.brands, *handled)),
            categories=self.words.placed(labels),
            words=self.words.unplaced(labels),
            company_categories=self.words.placed(own),
            family_categories=self.words.placed(family),
            countries=question.countries or self._countries_of_brands(),
            disciplines=frozenset(map(discipline_key, question.disciplines)),
            units=self.units.above(question.office) if question.office else None,
            starts_on=question.starts_on,
            ends_on=question.ends_on,
            company_name=(name.name, name.name_en) if name else (question.company.name, ""),
            brand_name=question.brand,
            unit_name=unit,
        )

    def _brands(self) -> list[Brand]:
        """The brands of this name: of the company, if it is on file, else of any."""
        if not self.question.brand:
            return []
        found = Brand.objects.filter(folded=folded_name(self.question.brand))
        if self.companies:
            found = found.filter(company__in=self.family)
        return list(found)

    def _labels_of(self, companies: Collection[UUID]) -> tuple[str, ...]:
        if not companies:
            return ()
        return tuple(row[0] for row in asked(CATEGORIES_OF, {"companies": list(companies)}))

    def _labels_of_brands(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(label for brand in self.brands for label in brand.categories))

    def _countries_of_brands(self) -> frozenset[str]:
        if not self.brands or any(not brand.countries for brand in self.brands):
            return frozenset()
        return frozenset(country for brand in self.brands for country in brand.countries)

    def _names_above(self, above: Collection[UUID]) -> frozenset[str]:
        parents = set(above) - set(self.companies)
        if not parents:
            return frozenset()
        return frozenset(Company.objects.filter(pk__in=parents).values_list("folded", flat=True))


def discipline_key(text: str) -> str:
    """A discipline as it is compared."""
    return nfkc(text).casefold()


def asked(sql: str, values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
