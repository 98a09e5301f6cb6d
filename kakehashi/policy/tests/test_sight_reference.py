"""PostgreSQL's answer against a plain reference, over random agencies and what happens to them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils.timezone import localdate, now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kakehashi.clients.models import Account, Contact, Seat
from kakehashi.conflicts.models import Denial
from kakehashi.money.models import Revenue, RevenueCost
from kakehashi.people.models import Employment, Office, ReportingLine, Role
from kakehashi.policy.acting import acting_as
from kakehashi.policy.tests.reference import Span, World
from tests import factories as make

PEOPLE, OFFICES, ACCOUNTS = 6, 5, 6
ROLES = [
    "account_director",
    "agency_director",
    "finance",
    "conflicts_officer",
    "traffic",
    "account_executive",
    "creative",
]
people, offices, accounts = (st.integers(0, n - 1) for n in (PEOPLE, OFFICES, ACCOUNTS))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    starts = draw(st.sampled_from([-40, -2, -1, 0, 1]))
    ends = draw(st.sampled_from([None, None, 0, -1, 1, -31, -30]))
    return Span(starts, None if ends is None or ends < starts else ends)


def trees(size: int, roots: int) -> st.SearchStrategy[list[int | None]]:
    """Parents by lower index; the first is a root, others may be."""

    def parent(i: int) -> st.SearchStrategy[int | None]:
        below = st.integers(0, i - 1)
        return st.one_of(below, below, below, st.none()) if roots > 1 else below

    return st.tuples(st.none(), *(parent(i) for i in range(1, size))).map(list)


def some(item: st.SearchStrategy[Any], size: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(item, max_size=size)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    parents = draw(trees(ACCOUNTS, 2))
    return World(
        offices=draw(trees(OFFICES, draw(st.sampled_from([1, 1, 2])))),
        accounts=[(parent, draw(offices)) for parent in parents],
        employed={
            who: [(draw(offices), draw(spans()))]
            for who in range(PEOPLE)
            if draw(st.sampled_from([True, True, True, False]))
        },
        roles=draw(some(st.tuples(people, st.sampled_from(ROLES), offices, spans()), 6)),
        lines=_one_solid_line_each(
            draw(some(st.tuples(people, people, st.sampled_from(["solid", "dotted"]), spans()), 8))
        ),
        seats=draw(
            some(st.tuples(people, accounts, st.sampled_from(["account_executive"]), spans()), 6)
        ),
        assignments=draw(some(st.tuples(people, accounts, spans()), 3)),
        contacts=draw(
            st.lists(
                st.tuples(people, accounts, st.booleans(), st.sampled_from([None, 0, -1])),
                max_size=3,
                unique_by=lambda c: c[:2],
            )
        ),
        denials=draw(
            st.lists(
                st.tuples(people, accounts, st.sampled_from([-3, 0, 1]), st.booleans()),
                max_size=4,
                unique_by=lambda d: d[:2],
            )
        ),
    )


def _one_solid_line_each(lines: list[tuple[int, int, str, Span]]) -> list[Any]:
    """Upward by index only, so that nobody is their own superior; one line for each pair."""
    kept: dict[Any, Any] = {}
    for who, to, kind, span in lines:
        if who < to:
            kept.setdefault(who if kind == "solid" else (who, to), (who, to, kind, span))
    return list(kept.values())


class Agency:
    """A World as rows, arranged as the owner."""

    def __init__(self, world: World) -> None:
        self.today = localdate()
        self.offices: list[Office] = []
        for parent in world.offices:
            self.offices.append(
                make.office(parent=None if parent is None else self.offices[parent])
            )
        self.people = [make.person(f"P{i}") for i in range(PEOPLE)]
        self.accounts: list[Account] = []
        company = make.company()
        for i, (parent, office) in enumerate(world.accounts):
            above = None if parent is None else self.accounts[parent]
            self.accounts.append(
                make.account(f"A{i}", self.offices[office], parent=above, company=company)
            )
        self._staff(world)
        self._clients(world)

    def _staff(self, world: World) -> None:
        for who, times in world.employed.items():
            for office, span in times:
                Employment.objects.create(
                    person=self.people[who], office=self.offices[office], **self.dates(span)
                )
        for who, role, office, span in world.roles:
            self.unless_twice(
                Role, person=self.people[who], role=role, office=self.offices[office], span=span
            )
        for who, to, kind, span in world.lines:
            ReportingLine.objects.create(
                person=self.people[who], superior=self.people[to], kind=kind, **self.dates(span)
            )
        world.roles = self.really(world.roles, Role)

    def _clients(self, world: World) -> None:
        for who, on, role, span in world.seats:
            self.unless_twice(
                Seat, person=self.people[who], account=self.accounts[on], role=role, span=span
            )
        world.seats = self.really(world.seats, Seat)
        for who, on, span in world.assignments:
            make.assignment(self.people[who], make.job(self.accounts[on]), **self.dates(span))
        for who, on, portal, left in world.contacts:
            Contact.objects.create(
                person=self.people[who],
                account=self.accounts[on],
                portal=portal,
                left_on=None if left is None else self.day(left),
            )
        for who, on, since, lifted in world.denials:
            make.denial(
                self.people[who],
                self.accounts[on],
                starts_on=self.day(since),
                lifted_at=now() if lifted else None,
                lift_reason="Over." if lifted else "",
            )
        for account in self.accounts:
            make.revenue(account, dt.date(2026, 1, 1), 100, cost=50)

    def day(self, offset: int) -> dt.date:
        return self.today + dt.timedelta(days=offset)

    def dates(self, span: Span) -> dict[str, dt.date | None]:
        ends = None if span.ends is None else self.day(span.ends)
        return {"starts_on": self.day(span.starts), "ends_on": ends}

    def unless_twice(self, model: Any, *, span: Span, **fields: Any) -> None:
        """The database refuses a second row for the same days; the world then has one less."""
        row = model(**fields, **self.dates(span))
        if not any(
            other.starts_on <= (row.ends_on or dt.date.max)
            and row.starts_on <= (other.ends_on or dt.date.max)
            for other in model.objects.filter(**fields)
        ):
            row.save(force_insert=True)

    def really(self, planned: list[Any], model: Any) -> list[Any]:
        """The planned rows that exist."""
        kept = []
        for row in planned:
            who, what, span = row[0], row[1:-1], row[-1]
            place = what[-1] if model is Role else what[0]
            role = what[0] if model is Role else what[-1]
            where = (
                {"office": self.offices[place]}
                if model is Role
                else {"account": self.accounts[place]}
            )
            if (
                row not in kept
                and model.objects.filter(
                    person=self.people[who], role=role, **where, **self.dates(span)
                ).exists()
            ):
                kept.append(row)
        return kept

    def seen_by(self, who: int) -> dict[int, set[str]]:
        """What PostgreSQL shows of each account: its name, its rows, its cost."""
        index = {account.pk: i for i, account in enumerate(self.accounts)}
        with acting_as(self.people[who]):
            named = {index[pk] for pk in Account.objects.values_list("pk", flat=True)}
            rows = {index[pk] for pk in Revenue.objects.values_list("account_id", flat=True)}
            cost = {index[pk] for pk in RevenueCost.objects.values_list("account_id", flat=True)}
        return {
            i: {
                level
                for level, among in (("name", named), ("rows", rows), ("cost", cost))
                if i in among
            }
            for i in range(ACCOUNTS)
        }


def expected(world: World, who: int) -> dict[int, set[str]]:
    """The reference's levels, as they show: rows and shared imply the name."""
    shown = {}
    for account in range(ACCOUNTS):
        levels = world.sight(who, account)
        shown[account] = (levels & {"rows", "cost"}) | ({"name"} if levels else set())
    return shown


def compare(world: World, agency: Agency) -> None:
    for who in range(PEOPLE):
        assert agency.seen_by(who) == expected(world, who), f"person {who}"


def kept_rows() -> list[Any]:
    with connection.cursor() as cursor:
        found = []
        for table in ("sight", "overview", "denied", "superior", "accountabove", "officeabove"):
            cursor.execute(f"SELECT to_jsonb(t) - 'id' FROM policy_{table} t ORDER BY 1::text")
            found.append((table, cursor.fetchall()))
    return found


def rebuild() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT policy_rebuild()")


class _Undo(Exception):
    """Ends an example's savepoint."""


@pytest.fixture
def undone(db: None) -> Any:
    """Run a function and leave the database as it was."""

    def run(work: Any) -> None:
        with pytest.raises(_Undo), transaction.atomic():
            work()
            raise _Undo

    return run


EXAMPLES = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@EXAMPLES
@given(world=worlds())
def test_postgresql_sees_what_the_rules_say(undone, world):
    undone(lambda: compare(world, Agency(world)))


@EXAMPLES
@given(world=worlds(), data=st.data())
def test_whatever_happens_sight_stays_what_the_rules_say(undone, world, data):
    def work() -> None:
        agency = Agency(world)
        for _step in range(data.draw(st.integers(1, 4))):
            happens(world, agency, data.draw)
        compare(world, agency)
        before = kept_rows()
        rebuild()
        assert kept_rows() == before

    undone(work)


def happens(world: World, agency: Agency, draw: Any) -> None:
    """One change, made to the world and to the rows alike."""
    event = draw(st.sampled_from([office_moves, account_moves, seat_ends, denial_turns, job_ends]))
    event(world, agency, draw)


def office_moves(world: World, agency: Agency, draw: Any) -> None:
    office = draw(st.integers(1, OFFICES - 1))
    parent = draw(st.integers(0, office - 1))
    world.offices[office] = parent
    Office.objects.filter(pk=agency.offices[office].pk).update(parent=agency.offices[parent])


def account_moves(world: World, agency: Agency, draw: Any) -> None:
    account = draw(accounts)
    parent = draw(st.one_of(st.none(), st.integers(0, account - 1))) if account else None
    lead = draw(offices)
    world.accounts[account] = (parent, lead)
    Account.objects.filter(pk=agency.accounts[account].pk).update(
        parent=None if parent is None else agency.accounts[parent], lead_office=agency.offices[lead]
    )


def seat_ends(world: World, agency: Agency, draw: Any) -> None:
    who = draw(people)
    for at, (person, on, role, span) in enumerate(world.seats):
        if person == who and span.starts < 0 and span.ends is None:
            world.seats[at] = (person, on, role, Span(span.starts, -1))
    Seat.objects.filter(person=agency.people[who], starts_on__lt=agency.today, ends_on=None).update(
        ends_on=agency.day(-1)
    )


def denial_turns(world: World, agency: Agency, draw: Any) -> None:
    if not world.denials:
        return
    at = draw(st.integers(0, len(world.denials) - 1))
    who, on, since, lifted = world.denials[at]
    world.denials[at] = (who, on, since, not lifted)
    Denial.objects.filter(person=agency.people[who], account=agency.accounts[on]).update(
        lifted_at=None if lifted else now(), lift_reason="" if lifted else "Over."
    )


def job_ends(world: World, agency: Agency, draw: Any) -> None:
    """Somebody leaves the agency yesterday."""
    who = draw(people)
    times = world.employed.get(who, [])
    world.employed[who] = [
        (office, Span(span.starts, -1) if span.starts < 0 else span) for office, span in times
    ]
    Employment.objects.filter(person=agency.people[who], starts_on__lt=agency.today).update(
        ends_on=agency.day(-1)
    )


def test_the_reference_itself_knows_a_wall_from_a_seat():
    world = World([None], [(None, 0)], {0: [(0, Span(-1))]}, seats=[(0, 0, "x", Span(-1))])
    assert world.sight(0, 0) == {"rows"}

    world.denials = [(0, 0, 0, False)]
    assert world.sight(0, 0) == set()
