"""PostgreSQL's answer against a plain reference, over random agencies and what happens to them."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.utils.timezone import localdate, now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kakehashi.clients.models import Account, Contact, Seat
from kakehashi.conflicts.models import Denial
from kakehashi.money.models import Revenue, RevenueCost
from kakehashi.people.models import Employment, Office, ReportingLine, Role
from kakehashi.policy.access import sweeping
from kakehashi.policy.acting import Scope, acting_as
from kakehashi.policy.tests.reference import FUNCTIONS, LINE, Span, Token, World
from kakehashi.traffic.models import Job
from tests import factories as make

PEOPLE, OFFICES, ACCOUNTS = 6, 5, 6
Shown = tuple[list[set[str]], set[int]]
ROLES = [*sorted(LINE), *sorted(FUNCTIONS), "account_executive", "creative"]
ZONES = ["Asia/Tokyo", "Asia/Tokyo", "Europe/London", "Pacific/Kiritimati", "Pacific/Pago_Pago"]
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
    zones = draw(st.lists(st.sampled_from(ZONES), min_size=OFFICES, max_size=OFFICES))
    return World(
        zones=zones,
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


tokens = st.one_of(
    st.none(),
    st.none(),
    st.builds(Token, st.frozensets(accounts, min_size=1, max_size=2), st.booleans()),
)


class Agency:
    """A World as rows, arranged as the owner."""

    def __init__(self, world: World) -> None:
        self.today = localdate()
        self.moment = now()
        self.offices: list[Office] = []
        for parent, zone in zip(world.offices, world.zones, strict=True):
            above = None if parent is None else self.offices[parent]
            self.offices.append(make.office(parent=above, timezone=zone))
        world.today = [self.day_in(zone) for zone in world.zones]
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
        self.jobs = [make.job(self.accounts[on]) for _who, on, _span in world.assignments]
        for (who, _on, span), job in zip(world.assignments, self.jobs, strict=True):
            make.assignment(self.people[who], job, **self.dates(span))
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
        someone = make.person("Shared", side="client")
        for account in self.accounts:
            make.revenue(account, dt.date(2026, 1, 1), 100, cost=50)
            make.contact("", account, person=someone, portal=False, shared_at=self.moment)

    def day_in(self, zone: str) -> int:
        return (localdate(self.moment, ZoneInfo(zone)) - self.today).days

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

    def scope(self, token: Token | None) -> Scope:
        if token is None:
            return Scope()
        return Scope(frozenset(self.accounts[i].pk for i in token.accounts), token.cost)

    def seen_by(self, who: int, token: Token | None, *, sweep: bool) -> Shown:
        """What PostgreSQL shows of each account, and which jobs; swept or looked up."""
        way = sweeping if sweep else nullcontext
        with acting_as(self.people[who], self.scope(token)), way():
            seen = {
                "name": set(Account.objects.values_list("pk", flat=True)),
                "rows": set(Revenue.objects.values_list("account_id", flat=True)),
                "cost": set(RevenueCost.objects.values_list("account_id", flat=True)),
                "shared": set(Contact.objects.values_list("account_id", flat=True)),
            }
            jobs = set(Job.objects.values_list("pk", flat=True))
        levels = [
            {level for level, among in seen.items() if account.pk in among}
            for account in self.accounts
        ]
        return levels, {number for number, job in enumerate(self.jobs) if job.pk in jobs}


def expected(world: World, who: int, token: Token | None) -> Shown:
    """The reference's levels, as they show: each implies the name, rows what is shared."""
    levels = [world.sight(who, account, token) for account in range(ACCOUNTS)]
    shown = [
        found | ({"name"} if found else set()) | ({"shared"} if "rows" in found else set())
        for found in levels
    ]
    numbers = range(len(world.assignments))
    return shown, {number for number in numbers if world.job_seen(who, number, token)}


def compare(
    world: World, agency: Agency, token: Token | None = None, *, sweep: bool = False
) -> None:
    for who in range(PEOPLE):
        seen = agency.seen_by(who, token, sweep=sweep)
        assert seen == expected(world, who, token), f"person {who}"


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
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@EXAMPLES
@given(world=worlds(), token=tokens, sweep=st.booleans())
def test_postgresql_sees_what_the_rules_say(undone, world, token, sweep):
    undone(lambda: compare(world, Agency(world), token, sweep=sweep))


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
    event = draw(st.sampled_from(EVENTS))
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


def denial_is_put_up(world: World, agency: Agency, draw: Any) -> None:
    who, on, since = draw(people), draw(accounts), draw(st.sampled_from([-1, 0, 1]))
    if any((person, account) == (who, on) for person, account, _since, _over in world.denials):
        return
    world.denials.append((who, on, since, False))
    make.denial(agency.people[who], agency.accounts[on], starts_on=agency.day(since))


def seat_is_given(world: World, agency: Agency, draw: Any) -> None:
    who, on, span = draw(people), draw(accounts), draw(spans())
    agency.unless_twice(
        Seat,
        person=agency.people[who],
        account=agency.accounts[on],
        role="account_planner",
        span=span,
    )
    world.seats = agency.really([*world.seats, (who, on, "account_planner", span)], Seat)


def roles_end(world: World, agency: Agency, draw: Any) -> None:
    who = draw(people)
    world.roles = [
        (person, role, office, Span(span.starts, -1))
        if person == who and span.starts < 0 and span.ends is None
        else (person, role, office, span)
        for person, role, office, span in world.roles
    ]
    Role.objects.filter(person=agency.people[who], starts_on__lt=agency.today, ends_on=None).update(
        ends_on=agency.day(-1)
    )


def lines_end(world: World, agency: Agency, draw: Any) -> None:
    who = draw(people)
    world.lines = [line for line in world.lines if line[0] != who]
    ReportingLine.objects.filter(person=agency.people[who]).delete()


def portal_turns(world: World, agency: Agency, draw: Any) -> None:
    who = draw(people)
    world.contacts = [
        (person, on, portal is not (person == who), left)
        for person, on, portal, left in world.contacts
    ]
    Contact.objects.filter(person=agency.people[who]).update(portal=~F("portal"))


def office_changes_its_clock(world: World, agency: Agency, draw: Any) -> None:
    office, zone = draw(offices), draw(st.sampled_from(ZONES))
    world.today[office] = agency.day_in(zone)
    Office.objects.filter(pk=agency.offices[office].pk).update(timezone=zone)


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


EVENTS = [
    office_moves,
    account_moves,
    seat_ends,
    seat_is_given,
    denial_turns,
    denial_is_put_up,
    roles_end,
    lines_end,
    portal_turns,
    office_changes_its_clock,
    job_ends,
]


def test_the_reference_itself_knows_a_wall_from_a_seat():
    world = World([None], [(None, 0)], {0: [(0, Span(-1))]}, seats=[(0, 0, "x", Span(-1))])
    assert world.sight(0, 0) == {"rows"}

    world.denials = [(0, 0, 0, False)]
    assert world.sight(0, 0) == set()
