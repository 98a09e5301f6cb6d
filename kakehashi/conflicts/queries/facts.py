"""What a check looks at, read from the database: everything that could be touched, nothing judged.

What is selected here is wider than what is hit: judging.py alone decides.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from kakehashi.base.text import folded_name, nfkc
from kakehashi.clients.models import Brand, Company
from kakehashi.conflicts.checking.facts import (
    Case,
    Declared,
    Holder,
    Party,
    Permission,
    Promise,
)
from kakehashi.conflicts.checking.people import Served
from kakehashi.conflicts.models import Consent
from kakehashi.conflicts.queries.families import Families, load_families
from kakehashi.conflicts.queries.names import Meant
from kakehashi.conflicts.terms import Level, Origin, Scope, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    from kakehashi.clients.models import Account
    from kakehashi.conflicts.queries.categories import Vocabulary
    from kakehashi.conflicts.queries.units import Units

HOLDERS = """
SELECT account_id, code, name, name_en, company_id, folded, lead_office_id, labels, countries,
       brands, brand_names, above
FROM acting_conflict_holders(%s, %s, %s)
"""
COMMITMENTS = """
WITH touched AS (
  SELECT commitment_id AS id FROM conflicts_commitmentcategory
  WHERE category_id = ANY (%(categories)s)
  UNION
  SELECT commitment_id FROM conflicts_namedcompetitor
  WHERE folded = ANY (%(names)s) OR company_id = ANY (%(family)s) OR brand_id = ANY (%(brands)s)
  UNION
  SELECT c.id FROM conflicts_commitment c
  WHERE c.account_id = ANY (%(rivals)s)
)
SELECT c.id, c.code, c.account_id, c.origin, c.level, c.scope, c.starts_on, c.ends_on,
       c.cooling_off_months, c.personnel_barrier_months, c.countries, c.disciplines, c.safeguards,
       ARRAY(SELECT k.category_id FROM conflicts_commitmentcategory k WHERE k.commitment_id = c.id)
FROM conflicts_commitment c JOIN touched USING (id)
WHERE c.withdrawn_at IS NULL
"""
OF_ACCOUNTS = """
SELECT c.id, c.code, c.account_id, c.origin, c.level, c.scope, c.starts_on, c.ends_on,
       c.cooling_off_months, c.personnel_barrier_months, c.countries, c.disciplines, c.safeguards,
       ARRAY(SELECT k.category_id FROM conflicts_commitmentcategory k WHERE k.commitment_id = c.id)
FROM conflicts_commitment c
WHERE c.account_id = ANY (%(accounts)s) AND c.withdrawn_at IS NULL
"""
NAMED = """
SELECT n.commitment_id, n.name, n.folded, n.company_id, n.brand_id
FROM conflicts_namedcompetitor n WHERE n.commitment_id = ANY (%s) ORDER BY n.name
"""
CONSENTS = """
SELECT id FROM conflicts_consent WHERE withdrawn_at IS NULL AND account_id = ANY (%s)
"""
SEATS = "SELECT person_id, account_id, starts_on, ends_on FROM acting_conflict_seats(%s, %s)"
RIVALRIES = """
SELECT kind, one_name, one_folded, one_company_id, one_brand_id,
       other_name, other_folded, other_company_id, other_brand_id, competing, strength, ground
FROM conflicts_rivalry
WHERE one_folded = ANY (%(names)s) OR other_folded = ANY (%(names)s)
   OR one_company_id = ANY (%(family)s) OR other_company_id = ANY (%(family)s)
   OR one_brand_id = ANY (%(brands)s) OR other_brand_id = ANY (%(brands)s)
ORDER BY one_name, other_name, kind
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
    """A case as somebody puts it, with what its names mean."""

    company: Meant
    brand: str = ""
    labels: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    disciplines: frozenset[str] = frozenset()
    office: UUID | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    people: tuple[UUID, ...] = ()


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
    return Question(
        company=Meant(account.company.name, [account.company], frozenset({account.company.folded})),
        labels=tuple(labels),
        countries=frozenset(c for row in countries for c in row) if all(countries) else frozenset(),
        office=account.lead_office_id,
        starts_on=starts_on,
        ends_on=ends_on,
        people=tuple(people),
    )


class File(NamedTuple):
    """Everything on file that a case may touch."""

    promises: list[Promise]
    holders: list[Holder]
    declared: list[Declared]
    permissions: list[Permission]
    served: list[Served]
    barriers: list[Promise]


class Reader:
    """Reads the facts of one case, under whoever acts: an officer, or the system."""

    def __init__(self, question: Question, words: Vocabulary, units: Units) -> None:
        self.question = question
        self.words = words
        self.units = units
        self.companies = [one.pk for one in question.company.companies]
        self.families = load_families(self.companies)
        self.brands = self._brands()
        self._tops: dict[tuple[UUID, str], UUID | None] = {}

    # The case

    def case(self) -> Case:
        """The case with everything that is on file of its company and brand."""
        question = self.question
        own = self._labels_of(self.companies)
        family = self._labels_of(self._family()) if len(self._family()) > 1 else own
        labels = question.labels or self._labels_of_brands() or tuple(own)
        above = [c for one in self.companies for c in self.families.above(one)]
        name = question.company.companies[0] if self.companies else None
        unit = self.units.names[question.office] if question.office else ("", "")
        return Case(
            names=question.company.folded | self._names_above(above),
            companies=frozenset(above),
            families=frozenset(self.families.tops[one] for one in self.companies),
            brand_names=frozenset({folded_name(question.brand)} if question.brand else ()),
            brands=frozenset(brand.pk for brand in self.brands),
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

    def _family(self) -> list[UUID]:
        return self.families.members(self.families.tops[one] for one in self.companies)

    def _brands(self) -> list[Brand]:
        """The brands of this name: of the company, if it is on file, else of any."""
        if not self.question.brand:
            return []
        found = Brand.objects.filter(folded=folded_name(self.question.brand))
        if self.companies:
            found = found.filter(company__in=self._family())
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

    # What it may touch

    def file(self, case: Case) -> File:
        declared, families = self._declared(case)
        reached = self._touching(case)
        rivals = self._companies_of_rivals(declared, families)
        holders = self._holders([], self.words.words_for(reached) + sorted(case.words), rivals)
        by_account = {holder.account: holder for holder, _company, _lead in holders}
        rows = asked(
            COMMITMENTS,
            {
                "categories": list(reached), "names": sorted(case.names | case.brand_names),
                "family": self._family(), "brands": list(case.brands),
                "rivals": [h.account for h, company, _lead in holders if company in set(rivals)],
            },
        )  # fmt: skip
        served, seen = self._served(case)
        unknown = ({row[2] for row in rows} | seen) - by_account.keys()
        everything = holders + (self._holders(unknown, [], []) if unknown else [])
        by_id = {h.account: self._in_family(h, company, families) for h, company, _l in everything}
        leads = {holder.account: lead for holder, _company, lead in everything}
        promises = self._promises(rows, by_id, leads, families)
        barriers = self._promises(
            asked(OF_ACCOUNTS, {"accounts": list(seen)}) if seen else [], by_id, leads, families
        )
        return File(
            promises,
            [by_id[holder.account] for holder, _company, _lead in holders],
            declared,
            list(self._permissions([*by_id])),
            [
                Served(person, by_id[account], first, last)
                for person, account, first, last in served
                if account in by_id
            ],
            barriers,
        )

    def _touching(self, case: Case) -> dict[UUID, Severity]:
        return self.words.tree.touching(case.of(Level.GROUP))

    def _declared(self, case: Case) -> tuple[list[Declared], Families]:
        """Declared pairs about the case, and the families of everybody in them."""
        values = {
            "names": sorted(case.names | case.brand_names), "family": self._family(),
            "brands": list(case.brands),
        }  # fmt: skip
        rows = asked(RIVALRIES, values)
        named = {row[at + 1] for row in rows for at in (1, 5) if row[at + 2] is None}
        known = dict(
            Company.objects.filter(folded__in=named).values_list("folded", "pk") if named else ()
        )
        on_file = {row[at] for row in rows for at in (3, 7) if row[at]} | set(known.values())
        families = load_families({*on_file, *self.companies})

        def party(name: str, folded: str, company: UUID | None, brand: UUID | None) -> Party:
            meant = company or (None if brand else known.get(folded))
            return Party(name, folded, meant, brand, families.top(meant))

        declared = [
            Declared(row[0], party(*row[1:5]), party(*row[5:9]), row[9], Severity(row[10]), row[11])
            for row in rows
        ]
        return declared, families

    def _companies_of_rivals(self, declared: list[Declared], families: Families) -> list[UUID]:
        """Every company of the families that stand on the other side of a declared pair."""
        tops = {
            party.family
            for pair in declared
            for party in (pair.one, pair.other)
            if party.family is not None
        }
        brands = [
            party.brand for pair in declared for party in (pair.one, pair.other) if party.brand
        ]
        owners = Brand.objects.filter(pk__in=brands).values_list("company_id", flat=True)
        return sorted({*families.members(tops), *(owners if brands else ())}, key=str)

    def _holders(
        self, accounts: Iterable[UUID], words: Sequence[str], companies: Sequence[UUID]
    ) -> list[tuple[Holder, UUID, UUID]]:
        """Accounts as the check sees them, each with its company and its lead office."""
        return [
            (self._holder(row), row[4], row[6])
            for row in asked(HOLDERS, [list(accounts), list(words), list(companies)])
        ]

    def _holder(self, row: Sequence[Any]) -> Holder:
        account, code, name, name_en, company, folded, _lead, labels, countries, *rest = row
        brands, names, above = rest
        return Holder(
            account,
            code,
            (name, name_en),
            frozenset({company}),
            frozenset({folded}),
            None,
            frozenset(brands),
            frozenset(names),
            self.words.placed(labels),
            self.words.unplaced(labels),
            frozenset(countries),
            frozenset(above),
        )

    def _in_family(self, holder: Holder, company: UUID, families: Families) -> Holder:
        """The holder with what is above its company; families nobody asks about stay unknown."""
        if company not in families.tops:
            return holder
        above, top = families.above(company), families.top(company)
        return replace(holder, companies=above, family=top)

    def _promises(
        self,
        rows: Iterable[Sequence[Any]],
        holders: dict[UUID, Holder],
        leads: dict[UUID, UUID],
        families: Families,
    ) -> list[Promise]:
        rows = list(rows)
        named: dict[UUID, list[Party]] = {}
        for commitment, name, folded, company, brand in (
            asked(NAMED, [[row[0] for row in rows]]) if rows else ()
        ):
            top = families.top(company) if company in families.tops else None
            named.setdefault(commitment, []).append(Party(name, folded, company, brand, top))
        return [
            self._promise(row, holders[row[2]], leads[row[2]], named.get(row[0], ()))
            for row in rows
        ]

    def _promise(
        self, row: Sequence[Any], holder: Holder, lead: UUID, named: Iterable[Party]
    ) -> Promise:
        pk, code, _account, origin, level, scope, first, last, cooling, barrier, *rest = row
        countries, disciplines, safeguards, categories = rest
        bound = self._bound(lead, scope)
        return Promise(
            pk,
            code,
            holder,
            Level(level),
            first,
            last,
            cooling,
            barrier,
            Origin(origin),
            Scope(scope),
            bound,
            self.units.names[bound] if bound else ("", ""),
            frozenset(categories),
            tuple(named),
            frozenset(countries),
            frozenset(map(discipline_key, disciplines)),
            tuple(safeguards),
        )

    def _bound(self, lead: UUID, scope: str) -> UUID | None:
        """Many commitments are counted from few lead offices."""
        if (lead, scope) not in self._tops:
            self._tops[lead, scope] = self.units.bound(lead, scope)
        return self._tops[lead, scope]

    def _permissions(self, accounts: Collection[UUID]) -> Iterable[Permission]:
        ids = [row[0] for row in asked(CONSENTS, [list(accounts)])]
        for given in Consent.objects.filter(pk__in=ids).order_by("given_on", "pk"):
            yield Permission(
                given.account_id,
                given.given_on,
                given.expires_on,
                given.commitment_id,
                given.company_id,
                folded_name(given.company_name) if given.company_name else "",
                folded_name(given.brand) if given.brand else "",
                frozenset(given.countries),
                frozenset(map(discipline_key, given.disciplines)),
                given.office_id,
                given.conditions,
            )

    def _served(self, case: Case) -> tuple[list[Any], set[UUID]]:
        """Whom the people of the case served, and the accounts of that."""
        if not self.question.people:
            return [], set()
        since = case.starts_on - LONGEST if case.starts_on else dt.date.min
        rows = asked(SEATS, [list(self.question.people), since])
        return rows, {row[1] for row in rows}


LONGEST = dt.timedelta(days=366 * 20)
"""Nobody is kept from a rival for longer than this after a seat."""


def discipline_key(text: str) -> str:
    """A discipline as it is compared."""
    return nfkc(text).casefold()


def asked(sql: str, values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
