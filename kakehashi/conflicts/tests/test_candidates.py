"""Candidates picked by PostgreSQL and then judged, against everything on file judged."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kakehashi.base.text import folded_name
from kakehashi.clients.models import Account, AccountBrand, Brand, Company
from kakehashi.conflicts.asking import question_of
from kakehashi.conflicts.checking.facts import Declared, Holder, Party, Permission, Promise
from kakehashi.conflicts.checking.judging import Judge
from kakehashi.conflicts.examining import examine
from kakehashi.conflicts.models import CategoryLink, CategoryPair, Commitment, Consent, Rivalry
from kakehashi.conflicts.queries.categories import load_vocabulary
from kakehashi.conflicts.queries.facts import Reader, question_about
from kakehashi.conflicts.queries.families import load_families
from kakehashi.conflicts.queries.seating import Wanted, standing_against
from kakehashi.conflicts.queries.units import load_units
from kakehashi.conflicts.terms import Level, Origin, Scope, Severity
from kakehashi.people.models import Office
from kakehashi.policy.acting import acting_as
from tests import factories as make

TODAY = dt.date(2026, 4, 1)
WORDS = ["t:food", "t:drinks", "t:tea", "t:coffee", "t:sweets", "t:cars", "u:tea", "緑茶", "drones"]
PLACES = [[], [], ["JP"], ["SG"], ["JP", "SG"]]
SKILLS = [[], [], ["Media"], ["creative"]]
NAMES = ["Company 0", "Company 1", "Company 2", "Leaf", "Zoom", "Newcomer", "Nobody"]


class Register:
    """A little agency by chance: families, brands, accounts in a tree, whatever was promised."""

    def __init__(self, chance, tree) -> None:
        self.chance = chance
        other = make.category("u:tea", name="茶")
        CategoryLink.objects.create(category=tree["tea"], kind="same", other=other)
        CategoryPair.objects.create(
            one=tree["coffee"], other=tree[chance.choice(["cars", "drinks"])],
            competing=chance.random() < 0.5, reason="So.", declared_at=now(),
        )  # fmt: skip
        self.tree = [*tree.values(), other]
        self.offices = list(Office.objects.order_by("code"))
        self.companies = []
        for at in range(5):
            above = self.some(self.companies) if at else None
            self.companies.append(make.company(f"Company {at}", parent=above))
        self.brands = [
            make.brand(
                chance.choice(self.companies), name, categories=self.words(1),
                countries=chance.choice(PLACES),
            )
            for name in ("Leaf", "Zoom")
        ]  # fmt: skip
        self.accounts = []
        for at in range(7):
            self.accounts.append(self.account(at))
        for at in range(7):
            self.promise(at)
        for _at in range(chance.randint(0, 3)):
            self.declare()
        for _at in range(chance.randint(0, 5)):
            self.consent()

    def some(self, rows):
        return self.chance.choice([None, *rows])

    def words(self, most):
        return self.chance.sample(WORDS, self.chance.randint(0, most))

    def account(self, at):
        found = make.account(
            f"Account {at}", self.chance.choice(self.offices),
            parent=self.some(self.accounts),
            company=self.chance.choice(self.companies), categories=self.words(2),
            status=self.chance.choice(["active", "active", "prospect", "lost"]),
        )  # fmt: skip
        if self.chance.random() < 0.4:
            ends = self.chance.choice([None, None, dt.date(2020, 1, 1)])
            brand = self.chance.choice(self.brands)
            AccountBrand.objects.create(
                account=found, brand=brand, starts_on=make.LONG_AGO, ends_on=ends
            )
        return found

    def promise(self, at):
        chance = self.chance
        start = TODAY + dt.timedelta(chance.randint(-400, 60))
        make.commitment(
            chance.choice(self.accounts), *chance.sample(self.tree, chance.randint(0, 2)),
            names=tuple(chance.sample(NAMES, chance.choice([0, 0, 1]))), code=f"C{at}",
            level=chance.choice(Level.values), scope=chance.choice(Scope.values),
            origin=chance.choice(Origin.values), starts_on=start,
            ends_on=chance.choice([None, start + dt.timedelta(chance.randint(0, 500))]),
            cooling_off_months=chance.choice([0, 3, 6]), countries=chance.choice(PLACES),
            disciplines=chance.choice(SKILLS), safeguards=chance.choice([[], [], ["Floors"]]),
            personnel_barrier_months=chance.choice([0, 6]),
        )  # fmt: skip

    def declare(self):
        kind = self.chance.choice(["company", "group", "brand"])
        sides = {}
        for side, name in zip(("one", "other"), self.chance.sample(NAMES, 2), strict=True):
            on_file = Brand if kind == "brand" else Company
            known = on_file.objects.filter(folded=folded_name(name)).first()
            what = "brand" if kind == "brand" else "company"
            sides |= {f"{side}_name": name, f"{side}_folded": folded_name(name)}
            sides[f"{side}_{what}"] = known if self.chance.random() < 0.7 else None
        if not Rivalry.objects.filter(
            kind=kind, one_folded=sides["one_folded"], other_folded=sides["other_folded"]
        ):
            Rivalry.objects.create(
                kind=kind, **sides, declared_at=now(), ground="Said so.",
                competing=self.chance.random() < 0.7, strength=self.chance.choice(Severity.values),
            )  # fmt: skip

    def consent(self):
        account = self.chance.choice(self.accounts)
        make.consent(
            account,
            commitment=self.some(Commitment.objects.filter(account=account)),
            company=self.chance.choice([None, None, *self.companies]),
            expires_on=TODAY + dt.timedelta(self.chance.randint(-1, 400)),
            countries=self.chance.choice([[], *PLACES]),
        )

    def question(self):
        return {
            "company": self.chance.choice(NAMES), "categories": self.words(2),
            "brand": self.chance.choice(["", "", "Leaf", "Zoom"]),
            "countries": self.chance.choice(PLACES),
            "disciplines": self.chance.choice([[], ["media"]]),
            "office": self.chance.choice(["", *(office.code for office in self.offices)]),
            "start": f"{TODAY + dt.timedelta(self.chance.randint(-100, 300))}",
        }  # fmt: skip


def everything(question):
    """Judges all that is on file, read row by row."""
    words, units = load_vocabulary(), load_units()
    case = Reader(question, words, units).case()
    families = load_families(Company.objects.values_list("pk", flat=True))
    folded = {row.folded: row.pk for row in Company.objects.order_by("pk")}

    def party(row, side):
        key = getattr(row, f"{side}_folded")
        company, brand = getattr(row, f"{side}_company_id"), getattr(row, f"{side}_brand_id")
        meant = company or (None if brand else folded.get(key))
        name = getattr(row, f"{side}_name")
        return Party(name, key, meant, brand, families.top(meant))

    rows = Rivalry.objects.order_by("one_name", "other_name", "kind")
    declared = [
        Declared(r.kind, party(r, "one"), party(r, "other"), r.competing, Severity(r.strength))
        for r in rows
    ]
    holders = {row.pk: holder_of(row, words, families) for row in Account.objects.all()}
    promises = [
        promise_of(row, holders[row.account_id], units, families)
        for row in Commitment.objects.all()
    ]
    found = Judge(case, words.tree, declared, TODAY).found(
        promises,
        [holders[row.pk] for row in Account.objects.exclude(status="lost")],
        [permission_of(row) for row in Consent.objects.order_by("given_on", "pk")],
    )
    return [told(one) for one in found]


def holder_of(row, words, families):
    handled = AccountBrand.objects.filter(account=row).exclude(ends_on__lt=TODAY)
    brands = list(Brand.objects.filter(pk__in=handled.values("brand")))
    labels = [*row.categories, *(label for brand in brands for label in brand.categories)]
    everywhere = not brands or any(not brand.countries for brand in brands)
    above, step = set(), row
    while step is not None:
        above.add(step.pk)
        step = step.parent
    return Holder(
        row.pk, row.code, (row.name, ""), families.above(row.company_id),
        frozenset({row.company.folded}), families.top(row.company_id),
        frozenset(brand.pk for brand in brands), frozenset(brand.folded for brand in brands),
        words.placed(labels), words.unplaced(labels),
        frozenset() if everywhere else frozenset(c for b in brands for c in b.countries),
        frozenset(above),
    )  # fmt: skip


def promise_of(row, holder, units, families):
    lead = Account.objects.get(pk=row.account_id).lead_office_id
    return Promise(
        row.pk, row.code, holder, Level(row.level), row.starts_on, row.ends_on,
        row.cooling_off_months, origin=Origin(row.origin), scope=Scope(row.scope),
        bound=units.bound(lead, row.scope),
        categories=frozenset(row.categories.values_list("category_id", flat=True)),
        named=tuple(
            Party(n.name, n.folded, n.company_id, n.brand_id, families.top(n.company_id))
            for n in row.competitors.order_by("name")
        ),
        countries=frozenset(row.countries),
        disciplines=frozenset(one.casefold() for one in row.disciplines),
        safeguards=tuple(row.safeguards),
    )  # fmt: skip


def permission_of(row):
    return Permission(
        row.account_id, row.given_on, row.expires_on, row.commitment_id, row.company_id,
        countries=frozenset(row.countries),
    )  # fmt: skip


def told(found):
    return (
        found.holder.code, found.promise and found.promise.code, str(found.touched.severity),
        found.touched.rule, found.permission is not None,
    )  # fmt: skip


class _Undo(Exception):
    """Ends an example's savepoint."""


examples = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@examples
@given(chance=st.randoms(use_true_random=False))
def test_what_is_picked_and_judged_is_what_all_judged_would_be(cast, tree, chance):
    with pytest.raises(_Undo), transaction.atomic():
        register = Register(chance, tree)
        for _at in range(8):
            question = question_of(register.question(), TODAY)
            with acting_as(cast.go):
                answer = examine(question, TODAY)
                found = [told(hit.found) for hit in (*answer.hits, *answer.consented)]
                weighed = {hit.result for hit in answer.hits}
            expected = everything(question)
            taken = [one for one in expected if one[4]]
            assert found == [one for one in expected if not one[4]] + taken
            assert answer.hits.results == weighed
            assert len(answer.hits) == len(expected) - len(taken)
        raise _Undo


@examples
@given(chance=st.randoms(use_true_random=False))
def test_a_seat_is_refused_as_a_check_tells_of_people(cast, tree, chance):
    """policy/sql/rivals.sql and checking/people.py say the same, of whom and until when.

    Of accounts on which nobody wrote what they advertise, and with others below them, too.
    """
    people = [cast.aki, cast.chie, cast.lena]
    with pytest.raises(_Undo), transaction.atomic():
        register = Register(chance, tree)
        for account in chance.sample(register.accounts, 5):
            ends = chance.choice([None, TODAY - dt.timedelta(30), TODAY - dt.timedelta(300)])
            make.seat(chance.choice(people), account, "account_manager", ends_on=ends)
        with acting_as(cast.go):
            for account in chance.sample(register.accounts, 4):
                ids = [person.pk for person in people]
                answer = examine(question_about(account, starts_on=TODAY, people=ids), TODAY)
                standing = standing_against([Wanted(pk, account.pk, TODAY) for pk in ids])
                assert {pk: found[0].until for pk, found in standing.items()} == {
                    kept.objection.person: kept.objection.until for kept in answer.people
                }
        raise _Undo
