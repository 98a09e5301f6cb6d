"""Denials that PostgreSQL derives against the plain reference, whatever happens to an agency."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.utils.timezone import localdate, now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kakehashi.clients.models import Account, Company, Seat
from kakehashi.conflicts.models import Behind, Exemption, Member, Side, SideRule, Wall
from kakehashi.conflicts.tests.reference_walls import Agency
from kakehashi.people.models import Employment, Office
from kakehashi.policy.models import Denied
from tests import factories as make

PEOPLE, OFFICES, COMPANIES, ACCOUNTS, SIDES = 4, 5, 5, 5, 2
TOKYO = ZoneInfo("Asia/Tokyo")
people, offices, companies, accounts, sides = (
    st.integers(0, n - 1) for n in (PEOPLE, OFFICES, COMPANIES, ACCOUNTS, SIDES)
)
spans = st.sampled_from([(-9, None), (-9, -5), (-9, -3), (-2, None), (0, 0), (2, None)])
rules = st.one_of(
    st.tuples(sides, st.just("office"), offices),
    st.tuples(sides, st.just("person"), people),
    st.tuples(sides, st.just("company"), companies),
    st.tuples(sides, st.just("account"), accounts),
)


def parents(size: int) -> st.SearchStrategy[list[int | None]]:
    """Parents by lower index, some without one."""
    return st.tuples(
        *(st.one_of(st.none(), st.integers(0, i - 1)) if i else st.none() for i in range(size))
    ).map(list)


@st.composite
def agencies(draw: st.DrawFn) -> Agency:
    above = draw(parents(ACCOUNTS))
    dated = st.tuples(people, offices, spans).map(lambda row: (row[0], row[1], *row[2]))
    seated = st.tuples(people, accounts, spans).map(lambda row: (row[0], row[1], *row[2]))
    return Agency(
        offices=draw(parents(OFFICES)),
        companies=draw(parents(COMPANIES)),
        accounts=[(parent, draw(companies)) for parent in above],
        employed=draw(st.lists(dated, min_size=2, max_size=5, unique_by=lambda row: row[0])),
        seats=draw(st.lists(seated, max_size=4, unique_by=lambda row: row[:2])),
        rules=draw(st.lists(rules, min_size=3, max_size=7, unique_by=lambda row: row[1:])),
        exempt=draw(
            st.lists(st.tuples(people, st.one_of(st.none(), sides), st.integers(0, 9)), max_size=1)
        ),
        begins=draw(st.sampled_from([-4, -4, 0, 1])),
    )


class Rows:
    """The agency as rows, arranged as the owner."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.today = localdate()
        self.officer = make.person("Officer")
        self.people = [make.person(f"P{n}") for n in range(PEOPLE)]
        self.offices: list[Office] = []
        for above in agency.offices:
            self.offices.append(make.office(parent=_one(self.offices, above)))
        self.companies: list[Company] = []
        for above in agency.companies:
            self.companies.append(make.company(parent=_one(self.companies, above)))
        self.accounts: list[Account] = []
        for above, company in agency.accounts:
            self.accounts.append(
                make.account(
                    f"A{len(self.accounts)}", self.offices[0],
                    parent=_one(self.accounts, above), company=self.companies[company],
                )
            )  # fmt: skip
        for row in agency.employed:
            self.employ(*row)
        for row in agency.seats:
            self.seat(*row)
        self._wall()

    def _wall(self) -> None:
        self.wall = Wall.objects.create(name="Wall", starts_on=self.day(self.agency.begins))
        self.sides = [
            Side.objects.create(wall=self.wall, number=n, name=f"S{n}") for n in range(SIDES)
        ]
        SideRule.objects.bulk_create(self.rule(*row) for row in self.agency.rules)
        for person, side, until in self.agency.exempt:
            self.exempt(person, side, until)

    def rule(self, side: int, what: str, one: int) -> SideRule:
        named = {"office": self.offices, "person": self.people, "company": self.companies,
                 "account": self.accounts}[what]  # fmt: skip
        return SideRule(
            side=self.sides[side], added_by=self.officer, added_at=now(), **{what: named[one]}
        )

    def employ(self, person: int, office: int, starts: int, ends: int | None) -> None:
        Employment.objects.create(
            person=self.people[person], office=self.offices[office], title="", rank=0,
            starts_on=self.day(starts), ends_on=self.day(ends),
        )  # fmt: skip

    def seat(self, person: int, account: int, starts: int, ends: int | None) -> None:
        make.seat(
            self.people[person], self.accounts[account],
            starts_on=self.day(starts), ends_on=self.day(ends),
        )  # fmt: skip

    def exempt(self, person: int, side: int | None, until: int) -> None:
        Exemption.objects.create(
            wall=self.wall, person=self.people[person], side=_one(self.sides, side),
            ends_on=self.day(until), reason="So.", made_by=self.officer, made_at=now(),
        )  # fmt: skip

    def day(self, offset: int | None) -> Any:
        return None if offset is None else self.today + dt.timedelta(days=offset)

    def compare(self) -> None:
        """What stands in the tables is what the reference says."""
        agency = self.agency
        assert {
            (self.sides.index(row.side), self.accounts.index(row.account))
            for row in Behind.objects.select_related("side", "account")
        } == agency.behind()
        assert {
            (self.sides.index(row.side), self.people.index(row.person)): self.since(row.since)
            for row in Member.objects.select_related("side", "person")
        } == agency.members()
        people = {row.pk: n for n, row in enumerate(self.people)}
        accounts = {row.pk: n for n, row in enumerate(self.accounts)}
        assert {
            (people[row.person_id], accounts[row.account_id]): self.since(
                row.since.astimezone(TOKYO).date()
            )
            for row in Denied.objects.all()
        } == agency.denied()

    def since(self, day: dt.date) -> int:
        return (day - self.today).days


def _one(rows: list[Any], number: int | None) -> Any:
    return None if number is None else rows[number]


def office_moves(rows: Rows, draw: Any) -> None:
    office = draw(offices)
    above = draw(st.one_of(st.none(), st.integers(0, office - 1))) if office else None
    rows.agency.offices[office] = above
    Office.objects.filter(pk=rows.offices[office].pk).update(parent=_one(rows.offices, above))


def company_moves(rows: Rows, draw: Any) -> None:
    company = draw(companies)
    above = draw(st.one_of(st.none(), st.integers(0, company - 1))) if company else None
    rows.agency.companies[company] = above
    parent = _one(rows.companies, above)
    Company.objects.filter(pk=rows.companies[company].pk).update(parent=parent)


def account_moves(rows: Rows, draw: Any) -> None:
    account, company = draw(accounts), draw(companies)
    above = draw(st.one_of(st.none(), st.integers(0, account - 1))) if account else None
    rows.agency.accounts[account] = (above, company)
    Account.objects.filter(pk=rows.accounts[account].pk).update(
        parent=_one(rows.accounts, above), company=rows.companies[company]
    )


def somebody_joins(rows: Rows, draw: Any) -> None:
    person, office, (starts, ends) = draw(people), draw(offices), draw(spans)
    if not any(row[0] == person for row in rows.agency.employed):
        rows.agency.employed.append((person, office, starts, ends))
        rows.employ(person, office, starts, ends)


def somebody_leaves(rows: Rows, draw: Any) -> None:
    """The post was a mistake: its row goes."""
    person = draw(people)
    rows.agency.employed = [row for row in rows.agency.employed if row[0] != person]
    Employment.objects.filter(person=rows.people[person]).delete()


def seat_is_given(rows: Rows, draw: Any) -> None:
    person, account, (starts, ends) = draw(people), draw(accounts), draw(spans)
    if not any(row[:2] == (person, account) for row in rows.agency.seats):
        rows.agency.seats.append((person, account, starts, ends))
        rows.seat(person, account, starts, ends)


def seat_ends(rows: Rows, draw: Any) -> None:
    person = draw(people)
    rows.agency.seats = [
        (who, on, starts, -6 if who == person and starts == -9 else ends)
        for who, on, starts, ends in rows.agency.seats
    ]
    held = Seat.objects.filter(person=rows.people[person], starts_on=rows.day(-9))
    held.update(ends_on=rows.day(-6))


def rule_is_added(rows: Rows, draw: Any) -> None:
    side, what, one = draw(rules)
    if not any(row[1:] == (what, one) for row in rows.agency.rules):
        rows.agency.rules.append((side, what, one))
        rows.rule(side, what, one).save(force_insert=True)


def rule_is_removed(rows: Rows, draw: Any) -> None:
    if rows.agency.rules:
        side, what, one = rows.agency.rules.pop(draw(st.integers(0, len(rows.agency.rules) - 1)))
        named = getattr(rows.rule(side, what, one), what)
        SideRule.objects.filter(side=rows.sides[side], **{what: named}).delete()


def exception_is_made(rows: Rows, draw: Any) -> None:
    person, side, until = draw(people), draw(st.one_of(st.none(), sides)), draw(st.integers(0, 9))
    rows.agency.exempt.append((person, side, until))
    rows.exempt(person, side, until)


def exceptions_are_withdrawn(rows: Rows, _draw: Any) -> None:
    rows.agency.exempt = []
    Exemption.objects.update(withdrawn_at=now(), withdrawn_by=rows.officer)


def wall_is_lifted(rows: Rows, _draw: Any) -> None:
    rows.agency.lifted = True
    Wall.objects.update(lifted_at=now(), lift_reason="Over.")


EVENTS = [
    office_moves, company_moves, account_moves, somebody_joins, somebody_leaves, seat_is_given,
    seat_ends, rule_is_added, rule_is_removed, exception_is_made, exceptions_are_withdrawn,
    wall_is_lifted,
]  # fmt: skip


class _Undo(Exception):
    """Ends an example's savepoint."""


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(agency=agencies(), data=st.data())
def test_whatever_happens_the_denials_are_what_the_sides_say(db, agency, data):
    with pytest.raises(_Undo), transaction.atomic():
        rows = Rows(agency)
        rows.compare()
        for _step in range(data.draw(st.integers(1, 5))):
            data.draw(st.sampled_from(EVENTS))(rows, data.draw)
            rows.compare()
        with connection.cursor() as cursor:
            cursor.execute("SELECT policy_rebuild()")
        rows.compare()
        raise _Undo
