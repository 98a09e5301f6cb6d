"""What is on file that a case may touch: a few that are judged one by one, many by what they share.

The few are those of whom more counts than what they advertise: whom somebody named or declared, and
clients who consented to something. PostgreSQL picks them, and the many whose categories or words
are touched; judging.py alone decides.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from kakehashi.base.text import folded_name
from kakehashi.clients.models import Brand, Company
from kakehashi.conflicts.checking.facts import Declared, Holder, Party, Permission, Promise
from kakehashi.conflicts.checking.judging import WEIGHTS
from kakehashi.conflicts.checking.people import Served
from kakehashi.conflicts.models import Consent
from kakehashi.conflicts.queries.facts import HOLDERS, asked, discipline_key
from kakehashi.conflicts.queries.families import load_families
from kakehashi.conflicts.terms import Level, Origin, RivalKind, Scope, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kakehashi.conflicts.checking.facts import Case
    from kakehashi.conflicts.queries.facts import Reader
    from kakehashi.conflicts.queries.families import Families

COMMITMENTS = """
SELECT c.id, c.code, c.account_id, c.origin, c.level, c.scope, c.starts_on, c.ends_on,
       c.cooling_off_months, c.personnel_barrier_months, c.countries, c.disciplines, c.safeguards,
       ARRAY(SELECT k.category_id FROM conflicts_commitmentcategory k WHERE k.commitment_id = c.id)
FROM conflicts_commitment c
WHERE c.withdrawn_at IS NULL AND c.id IN (
"""
NAMING = """
  SELECT commitment_id FROM conflicts_namedcompetitor
  WHERE folded = ANY (%(names)s) OR company_id = ANY (%(family)s) OR brand_id = ANY (%(brands)s)
  UNION
  SELECT id FROM conflicts_commitment WHERE account_id = ANY (%(accounts)s)
)
"""
BARRIERS = """
  SELECT id FROM conflicts_commitment
  WHERE account_id = ANY (%(accounts)s) AND personnel_barrier_months > 0
)
"""
BY_ID = "SELECT unnest(%(ids)s::uuid[]))"
NAMED = """
SELECT n.commitment_id, n.name, n.folded, n.company_id, n.brand_id
FROM conflicts_namedcompetitor n WHERE n.commitment_id = ANY (%s) ORDER BY n.name
"""
ACCOUNTS = "SELECT account_id, meant, lost FROM acting_case_accounts(%s, %s, %s, %s)"
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
TOUCHES = """
SELECT severity, shape, number, members
FROM acting_case_touches(
  %(reach)s, %(category)s::integer[], %(company)s::integer[], %(group)s::integer[], %(words)s,
  %(own)s, %(apart)s, %(silent)s, %(countries)s, %(starts_on)s, %(ends_on)s,
  %(team)s, %(office)s, %(agency_brand)s, %(anywhere)s)
"""
BETWEEN, BETWEEN_MEMBERS = "\x1f", "\x1e"
"""What stands between the parts of a shape and of a member, and between members."""
NOBODY = UUID(int=0)
LONGEST = dt.timedelta(days=366 * 20)
"""Nobody is kept from a rival for longer than this after a seat."""


class Few(NamedTuple):
    """Commitments and clients that are judged one by one, and whom the case's people served."""

    promises: list[Promise]
    holders: list[Holder]
    served: list[Served]
    barriers: list[Promise]
    apart: frozenset[UUID]


class Row(NamedTuple):
    """One of the many: a commitment that is touched, or a client of whose market none speaks."""

    account_code: str
    code: str
    account: UUID
    commitment: UUID | None


class Shape(NamedTuple):
    """What many share: all that decides how closely a case touches them, and what follows.

    `severity` is that of a commitment's closest category; None where no commitment speaks.
    """

    severity: int | None
    shape: str
    number: int
    members: str

    def rows(self) -> Iterator[Row]:
        """Who they are; thousands are counted, of whom somebody reads some."""
        for member in self.members.split(BETWEEN_MEMBERS):
            account_code, code, account, commitment = member.split(BETWEEN)
            yield Row(account_code, code, UUID(account), UUID(commitment) if commitment else None)


class OnFile:
    """Reads what one case may touch."""

    def __init__(self, reader: Reader, case: Case) -> None:
        self.reader = reader
        self.case = case
        self.words, self.units = reader.words, reader.units
        self.declared, self.families, self.rivals = self._declared()

    # The few

    def permissions(self, day: dt.date) -> list[Permission]:
        """Consents that hold on a day and may be about the case's company."""
        rows = Consent.objects.filter(
            Q(expires_on=None) | Q(expires_on__gte=day),
            Q(company=None) | Q(company__in=self.case.companies),
            withdrawn_at=None,
            given_on__lte=day,
        )
        return [
            Permission(
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
            for given in rows.order_by("given_on", "pk")
        ]

    def few(self, permissions: Iterable[Permission]) -> Few:
        """Whom somebody named or declared, who consented, and whom the case's people served."""
        near = self._near({given.account for given in permissions})
        meant = {account for account, is_meant, _lost in near if is_meant}
        rows = self._commitments(
            NAMING,
            names=sorted(self.case.names | self.case.brand_names), family=self.reader.family,
            brands=list(self.case.brands), accounts=[row[0] for row in near],
        )  # fmt: skip
        served = self._served()
        seen = list({account for _person, account, _first, _last in served})
        barred = self._commitments(BARRIERS, accounts=seen) if seen else []
        holders = self._holders({*meant, *seen, *(row[2] for row in rows)})
        return Few(
            self._promises(rows, holders),
            [holders[account][0] for account, is_meant, lost in near if is_meant and not lost],
            [
                Served(person, holders[account][0], first, last)
                for person, account, first, last in served
            ],
            self._promises(barred, holders),
            frozenset(meant),
        )

    def _near(self, consenting: Collection[UUID]) -> list[tuple[UUID, bool, bool]]:
        """Accounts that a declaration or a consent is about, with those above; which are lost."""
        brands = [
            party
            for pair in self.declared
            if pair.kind == RivalKind.BRAND
            for party in (pair.one, pair.other)
        ]
        if not (self.rivals or brands or consenting):
            return []
        ids = [party.brand for party in brands if party.brand]
        names = [party.folded for party in brands]
        return asked(ACCOUNTS, [self.rivals, ids, names, list(consenting)])

    def _declared(self) -> tuple[list[Declared], Families, list[UUID]]:
        """Declared pairs about the case, the families of everybody in them, and the rivals'."""
        values = {
            "names": sorted(self.case.names | self.case.brand_names),
            "family": self.reader.family, "brands": list(self.case.brands),
        }  # fmt: skip
        rows = asked(RIVALRIES, values)
        named = {row[at + 1] for row in rows for at in (1, 5) if row[at + 2] is None}
        found = Company.objects.filter(folded__in=named).order_by("pk") if named else ()
        known = {company.folded: company.pk for company in found}
        owners = self._owners({row[at] for row in rows for at in (4, 8) if row[at]})
        on_file = {row[at] for row in rows for at in (3, 7) if row[at]}
        on_file |= {company.pk for company in found} | owners
        families = load_families({*on_file, *self.reader.companies})

        def party(name: str, folded: str, company: UUID | None, brand: UUID | None) -> Party:
            meant = company or (None if brand else known.get(folded))
            return Party(name, folded, meant, brand, families.top(meant))

        declared = [
            Declared(row[0], party(*row[1:5]), party(*row[5:9]), row[9], Severity(row[10]), row[11])
            for row in rows
        ]
        rivals = families.members({families.tops[one] for one in on_file} - self.case.families)
        return declared, families, rivals

    def _owners(self, brands: Collection[UUID]) -> set[UUID]:
        if not brands:
            return set()
        return set(Brand.objects.filter(pk__in=brands).values_list("company_id", flat=True))

    def _served(self) -> list[tuple[UUID, UUID, dt.date, dt.date | None]]:
        """Whom the people of the case served."""
        if not self.reader.question.people:
            return []
        since = self.case.starts_on - LONGEST if self.case.starts_on else dt.date.min
        return asked(SEATS, [list(self.reader.question.people), since])

    # The many

    def many(
        self, reach: Mapping[Level, Mapping[UUID, Severity]], silent: Collection[UUID], *, but: Few
    ) -> list[Shape]:
        """Commitments and clients whose categories lie within reach, or whose words are the case's.

        Not those that are judged one by one. `silent` are accounts of whose market, and of those
        below, something else speaks.
        """
        case = self.case
        categories = set().union(*reach.values())
        values = {
            "reach": list(categories), "own": self.reader.family, "silent": list(silent),
            "apart": [*but.apart, *(promise.id for promise in but.promises)],
            "words": [*self.words.words_for(reach[Level.CATEGORY]), *case.words],
            "countries": sorted(case.countries), "starts_on": case.starts_on,
            "ends_on": case.ends_on, "anywhere": case.units is None,
        }  # fmt: skip
        for level, severities in reach.items():
            weights = {one: WEIGHTS[severity] for one, severity in severities.items()}
            values[str(level)] = [weights.get(one) for one in categories]
        for scope in (Scope.TEAM, Scope.OFFICE, Scope.AGENCY_BRAND):
            values[str(scope)] = self._leads(scope)
        return list(map(Shape._make, asked(TOUCHES, values)))

    def _leads(self, scope: Scope) -> list[UUID]:
        """The lead offices whose promises of a scope bind the unit that leads the case."""
        bound = self.case.units or frozenset()
        return [one for one in self.units.kinds if self.units.bound(one, scope) in bound]

    def promise_like(self, shape: Shape) -> Promise:
        """A commitment as far as it is like all others of its shape, but for what it is about."""
        level, origin, satisfied, disciplines = json.loads(shape.shape)
        return Promise(
            NOBODY, "", Holder(NOBODY), Level(level), dt.date.min,
            origin=Origin(origin),
            safeguards=("",) if satisfied == "true" else (),
            disciplines=frozenset(map(discipline_key, _parts(disciplines))),
        )  # fmt: skip

    def holder_like(self, shape: Shape) -> Holder:
        """A client as far as it is like all others of its shape."""
        labels = _parts(shape.shape)
        placed, unplaced = self.words.placed(labels), self.words.unplaced(labels)
        return Holder(NOBODY, categories=placed, words=unplaced)

    def whole(self, rows: Sequence[Row]) -> tuple[dict[UUID, Promise], dict[UUID, Holder]]:
        """Everything of some of the many, so that it can be told."""
        ids = [row.commitment for row in rows if row.commitment]
        found = self._commitments(BY_ID, ids=ids) if ids else []
        holders = self._holders({row.account for row in rows})
        promises = {promise.id: promise for promise in self._promises(found, holders)}
        return promises, {account: holder for account, (holder, _lead) in holders.items()}

    # Rows as facts

    def _holders(self, accounts: Collection[UUID]) -> dict[UUID, tuple[Holder, UUID]]:
        """Accounts as the check sees them, each with its lead office."""
        rows = asked(HOLDERS, [list(accounts), [], []]) if accounts else []
        return {row[0]: (self._holder(row), row[6]) for row in rows}

    def _holder(self, row: Sequence[Any]) -> Holder:
        account, code, name, name_en, company, folded, _lead, labels, countries, *rest = row
        brands, names, above = rest
        holder = Holder(
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
        if company not in self.families.tops:  # families nobody asks about stay unknown
            return holder
        above, top = self.families.above(company), self.families.top(company)
        return replace(holder, companies=above, family=top)

    def _commitments(self, which: str, **values: Any) -> list[Any]:
        return asked(COMMITMENTS + which, values)

    def _promises(
        self, rows: Collection[Sequence[Any]], holders: Mapping[UUID, tuple[Holder, UUID]]
    ) -> list[Promise]:
        named: dict[UUID, list[Party]] = {}
        for commitment, name, folded, company, brand in (
            asked(NAMED, [[row[0] for row in rows]]) if rows else ()
        ):
            top = self.families.top(company) if company in self.families.tops else None
            named.setdefault(commitment, []).append(Party(name, folded, company, brand, top))
        return [self._promise(row, *holders[row[2]], named.get(row[0], ())) for row in rows]

    def _promise(
        self, row: Sequence[Any], holder: Holder, lead: UUID, named: Iterable[Party]
    ) -> Promise:
        pk, code, _account, origin, level, scope, first, last, cooling, barrier, *rest = row
        countries, disciplines, safeguards, categories = rest
        bound = self.units.bound(lead, scope)
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


def _parts(text: str) -> list[str]:
    return text.split(BETWEEN) if text else []
