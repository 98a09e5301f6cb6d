"""A generated agency of any size: for measuring, not for reading.

Ten accounts make a tree: one global, three national below it, two brands below each of those.
Departments lead equal parts of them; three tenths belong to the region `EAST`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import now

from kakehashi.base.periods import fiscal_year_of, month_after, month_of
from kakehashi.base.text import folded_name, sort_key
from kakehashi.clients.models import Account, Company, Contact, Fact, Seat, StatusChange
from kakehashi.conflicts.models import Denial, Wall
from kakehashi.demo import queries, scaled_work
from kakehashi.demo.content.contacts import GIVEN, SURNAMES
from kakehashi.demo.content.scale import DENIED, OWN, SIGN_INS, TRADES, WORDS
from kakehashi.demo.keys import Keys
from kakehashi.demo.queries import balls, revenue
from kakehashi.demo.signin import PASSWORD, SignIn
from kakehashi.money import queries as money
from kakehashi.money.asking import OURS_END
from kakehashi.money.models import Target
from kakehashi.people.models import Employment, Login, Office, Person, ReportingLine, Role
from kakehashi.policy.roles import RoleCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakehashi.demo.world import Progress

SINCE = dt.date(2018, 4, 1)
WRITTEN = dt.datetime(2025, 4, 1, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
TREE = 10  # accounts in a tree
OF_A_DEPARTMENT = 400  # accounts a department leads
OF_AN_EXECUTIVE = 20
OF_A_SUPERVISOR = 8  # executives
OF_A_CREATIVE = 4  # executives
EAST = 0.3
AIM = 20_000_000  # a target, for each account
CHUNK = 10_000  # accounts whose revenue is booked at a time


def build_scaled(
    accounts: int, today: dt.date, seed: int, progress: Progress, *, owner: str = "default"
) -> list[SignIn]:
    """Build it in an empty database, all or nothing; `owner` names the owner's connection."""
    scaled = Scaled(accounts, today, seed, owner)
    with transaction.atomic(using=owner):
        with queries.without_triggers(owner):
            progress(f"Offices and people for {accounts:,} accounts")
            scaled.add_offices()
            scaled.add_people()
            progress("Companies and accounts")
            scaled.open_accounts()
            progress("Seats, contacts, walls")
            scaled.give_seats()
            for done in range(0, accounts, CHUNK):
                progress(f"Revenue of accounts from {done:,}")
                scaled.book_revenue(done)
            for done in range(0, accounts, CHUNK):
                progress(f"Balls of accounts from {done:,}")
                scaled.pass_balls(done)
            for done in range(0, accounts, CHUNK):
                progress(f"Requests, briefs and jobs of accounts from {done:,}")
                scaled_work.add(scaled, code(done), code(min(done + CHUNK, accounts) - 1))
        progress("Targets of this fiscal year")
        scaled.set_targets()
        progress("What each account brought")
        money.add_up(today, using=owner)
        progress("Who sees what")
        queries.derive_sight(owner)
    return [SignIn(role, login, name, "ja") for role, login, name in SIGN_INS]


@dataclass(frozen=True)
class Scaled:
    """What is where, by number: the n-th account, its tree, its department, its executive."""

    accounts: int
    today: dt.date
    seed: int
    owner: str

    def add_offices(self) -> None:
        agency = Office(
            id=self.id("office", 0), code="KKD-SCALE", name="株式会社架空堂(計測用)",
            name_en="Kakudo Inc. (generated)", kind="agency",
        )  # fmt: skip
        regions = [
            Office(
                id=self.id("region", at),
                code=code,
                name=name,
                kind="region",
                parent=agency,
                country="JP",
            )
            for at, (code, name) in enumerate((("EAST", "東日本"), ("WEST", "西日本")))
        ]
        departments = [
            Office(
                id=self.id("department", at), code=f"D{at:05}", name=f"第{at + 1}営業局",
                kind="department", country="JP", parent=regions[0 if at < self.in_the_east else 1],
            )
            for at in range(self.departments)
        ]  # fmt: skip
        queries.copy([agency, *regions, *departments], self.owner)

    def add_people(self) -> None:
        """Executives below supervisors below directors, creatives, and those who sign in."""
        queries.copy(self._people(), self.owner)
        queries.copy((post for post, _role in self._posts()), self.owner)
        queries.copy((role for _post, role in self._posts()), self.owner)
        queries.copy(self._lines(), self.owner)
        password = make_password(PASSWORD)
        Login.objects.using(self.owner).bulk_create(
            Login(
                username=login, email=f"{login}@kakudo.example", password=password,
                person_id=self.id("person", login),
            )
            for _role, login, _name in SIGN_INS
        )  # fmt: skip

    def open_accounts(self) -> None:
        queries.copy(self._companies(), self.owner)
        queries.copy(map(self._account, range(self.accounts)), self.owner)
        queries.copy(
            (
                StatusChange(
                    id=self.id("status", at), account_id=self.account(at), status="active",
                    on=SINCE, by_id=self.id("person", "bench.admin"), at=WRITTEN,
                )
                for at in range(self.accounts)
            ),
            self.owner,
        )  # fmt: skip

    def give_seats(self) -> None:
        queries.copy(self._seats(), self.owner)
        trees = range(0, self.accounts, TREE)
        queries.copy(map(self._client, trees), self.owner)
        queries.copy(map(self._contact, range(self.accounts)), self.owner)
        queries.copy(map(self._fact, trees), self.owner)
        wall = Wall(id=self.id("wall", 0), name="計測用の壁")
        queries.copy([wall], self.owner)
        queries.copy(
            (
                Denial(
                    id=self.id("denial", at), wall=wall, account_id=self.account(at),
                    person_id=self.id("person", "bench.director"), starts_on=SINCE, made_at=now(),
                    made_by_id=self.id("person", "bench.officer"), reason="計測のため。",
                )
                for at in self.spread(DENIED, offset=9)
            ),
            self.owner,
        )  # fmt: skip

    def book_revenue(self, first: int) -> None:
        last = min(first + CHUNK, self.accounts) - 1
        until = month_after(month_of(self.today), -1)
        revenue.book_revenue(code(first), code(last), until, self.seed, self.owner)

    def set_targets(self) -> None:
        """Of each office, executive, client family, and account at the top of its tree."""
        queries.copy(self._targets(), self.owner)

    def pass_balls(self, first: int) -> None:
        last = min(first + CHUNK, self.accounts) - 1
        balls.pass_balls(code(first), code(last), now(), self.seed, self.owner)

    # Numbers

    @cached_property
    def keys(self) -> Keys:
        return Keys(self.seed)

    @cached_property
    def departments(self) -> int:
        return max(10, self.accounts // OF_A_DEPARTMENT)

    @cached_property
    def in_the_east(self) -> int:
        return round(self.departments * EAST)

    @cached_property
    def executives(self) -> int:
        return max(self.departments, self.accounts // OF_AN_EXECUTIVE)

    def id(self, *name: object) -> UUID:
        return self.keys(*name)

    def account(self, at: int) -> UUID:
        """Ids in the order of the codes, so that an account's rows lie together."""
        tail = self.keys("account", at).int & ((1 << 80) - 1)
        return UUID(int=(1_735_689_600_000 + at) << 80 | tail)

    def department_of(self, account: int) -> int:
        trees = -(-self.accounts // TREE)
        return account // TREE * self.departments // trees

    def department_of_executive(self, executive: int) -> int:
        return executive * self.departments // self.executives

    def executive_of(self, account: int) -> int:
        return account * self.executives // self.accounts

    def spread(self, count: int, *, offset: int) -> list[int]:
        """So many brands, evenly over all accounts; another offset gives others."""
        brands = range(offset, self.accounts, TREE)
        step = max(1, len(brands) // count)
        return list(brands[::step][:count])

    # Rows

    def _people(self) -> Iterator[Person]:
        for at in range(self.executives):
            yield self._person(f"ae{at:06}", at)
        for at in range(0, self.executives, OF_A_SUPERVISOR):
            yield self._person(f"as{at:06}", at + 1)
        for at in range(0, self.executives, OF_A_CREATIVE):
            yield self._person(f"cr{at:06}", at + 4)
        for at in range(self.departments):
            yield self._person(f"ad{at:06}", at + 2)
        for at, (_role, login, _name) in enumerate(SIGN_INS):
            yield self._person(login, at + 3)

    def _person(self, login: str, at: int) -> Person:
        family, given = SURNAMES[at % len(SURNAMES)], GIVEN[at // len(SURNAMES) % len(GIVEN)]
        name, kana = f"{family[0]} {given[0]}", f"{family[1]} {given[1]}"
        return Person(
            id=self.id("person", login), handle=login, name=name, name_kana=kana,
            name_en=f"{given[2]} {family[2]}", sort_key=sort_key(name, kana),
            email=f"{login}@kakudo.example",
        )  # fmt: skip

    def _posts(self) -> Iterator[tuple[Employment, Role]]:
        """Where everybody works, and in which role."""
        for at in range(self.executives):
            department = self.id("department", self.department_of_executive(at))
            yield self._post(f"ae{at:06}", RoleCode.ACCOUNT_EXECUTIVE, department, 20)
            if at % OF_A_SUPERVISOR == 0:
                yield self._post(f"as{at:06}", RoleCode.ACCOUNT_SUPERVISOR, department, 50)
            if at % OF_A_CREATIVE == 0:
                yield self._post(f"cr{at:06}", RoleCode.CREATIVE, department, 20)
        for at in range(self.departments):
            department = self.id("department", at)
            yield self._post(f"ad{at:06}", RoleCode.ACCOUNT_DIRECTOR, department, 80)
        for role, login, _name in SIGN_INS:
            office = {"bench.manager": ("region", 0), "bench.ae": ("department", 0)}
            yield self._post(login, role, self.id(*office.get(login, ("office", 0))), 60)

    def _post(self, login: str, role: str, office: UUID, rank: int) -> tuple[Employment, Role]:
        person = self.id("person", login)
        return (
            Employment(
                id=self.id("post", login), person_id=person, office_id=office,
                title=str(RoleCode(role).label), rank=rank, starts_on=SINCE,
            ),
            Role(
                id=self.id("role", login), person_id=person, office_id=office, role=role,
                starts_on=SINCE,
            ),
        )  # fmt: skip

    def _lines(self) -> Iterator[ReportingLine]:
        for at in range(self.executives):
            supervisor = f"as{at - at % OF_A_SUPERVISOR:06}"
            yield self._line(f"ae{at:06}", supervisor)
            if at % OF_A_SUPERVISOR == 0:
                yield self._line(supervisor, f"ad{self.department_of_executive(at):06}")
        for at in range(self.departments):
            yield self._line(f"ad{at:06}", "bench.director")
        yield self._line("bench.ae", "ad000000")

    def _line(self, login: str, above: str) -> ReportingLine:
        return ReportingLine(
            id=self.id("line", login), person_id=self.id("person", login),
            superior_id=self.id("person", above), starts_on=SINCE,
        )  # fmt: skip

    def _targets(self) -> Iterator[Target]:
        year = fiscal_year_of(self.today, OURS_END)
        trees = range(0, self.accounts, TREE)
        offices = [("office", 0), *(("department", at) for at in range(self.departments))]
        wanted = [("office_id", self.id(*office), AIM * OF_A_DEPARTMENT) for office in offices]
        executives = [f"ae{at:06}" for at in range(self.executives)]
        wanted += [
            ("person_id", self.id("person", login), AIM * OF_AN_EXECUTIVE)
            for login in ("bench.ae", *executives)
        ]
        wanted += [("company_id", self.id("company", tree), AIM * TREE) for tree in trees]
        wanted += [("account_id", self.account(tree), AIM * TREE) for tree in trees]
        for whose, pk, amount in wanted:
            yield Target(
                id=self.id("target", whose, pk), **{whose: pk}, first=year.first, last=year.last,
                measure="net_revenue", currency="JPY", amount=amount,
                set_by_id=self.id("person", "bench.director"), set_at=WRITTEN,
            )  # fmt: skip

    def _companies(self) -> Iterator[Company]:
        for tree in range(0, self.accounts, TREE):
            name, kana = name_of(tree)
            full = f"株式会社{name}"
            yield Company(
                id=self.id("company", tree), code=f"C{tree:07}", name=full, name_kana=kana,
                folded=folded_name(full), sort_key=sort_key(full, kana), country="JP",
                fiscal_year_end="03-31",
            )  # fmt: skip

    def _account(self, at: int) -> Account:
        tree, place = at - at % TREE, at % TREE
        name, kana = name_of(tree)
        above, level = ABOVE[place]
        name, kana = (f"{name} {place}", f"{kana} {place}") if place else (name, kana)
        return Account(
            id=self.account(at), code=code(at), company_id=self.id("company", tree), name=name,
            name_kana=kana, sort_key=sort_key(name, kana), level=level, status="active",
            parent_id=None if above is None else self.account(tree + above),
            lead_office_id=self.id("department", self.department_of(at)), starts_on=SINCE,
            categories=[TRADES[tree // TREE % len(TRADES)][0]],
        )  # fmt: skip

    def _seats(self) -> Iterator[Seat]:
        for at in range(self.accounts):
            yield self._seat(f"ae{self.executive_of(at):06}", at, lead=True)
        for at in self.spread(OWN, offset=7):
            yield self._seat("bench.ae", at, lead=False)

    def _seat(self, login: str, at: int, *, lead: bool) -> Seat:
        return Seat(
            id=self.id("seat", login, at), account_id=self.account(at), lead=lead,
            person_id=self.id("person", login), role="account_executive", starts_on=SINCE,
        )  # fmt: skip

    def _client(self, tree: int) -> Person:
        person = self._person(f"client{tree}", tree)
        person.handle, person.side = None, Person.Side.CLIENT
        return person

    def _contact(self, at: int) -> Contact:
        """One of the client's people looks after a whole tree."""
        return Contact(
            id=self.id("contact", at), account_id=self.account(at), title="部長",
            person_id=self.id("person", f"client{at - at % TREE}"), department="宣伝部",
            buying_role="decider", channel="email",
        )  # fmt: skip

    def _fact(self, tree: int) -> Fact:
        return Fact(
            id=self.id("fact", tree), account_id=self.account(tree), topic="calendar",
            text="予算は1月に内示、3月に確定する。", source="定例会", as_of=SINCE,
            written_by_id=self.id("person", f"ae{self.executive_of(tree):06}"), written_at=WRITTEN,
        )  # fmt: skip


# Each place in a tree: the place above it, and its level.
ABOVE: tuple[tuple[int | None, str], ...] = (
    (None, "global"),
    *((0, "national") for _ in range(3)),
    *((1 + at // 2, "brand") for at in range(6)),
)


def code(at: int) -> str:
    return f"S{at:07}"


def name_of(tree: int) -> tuple[str, str]:
    """An invented name and its reading."""
    at = tree // TREE
    word, trade = WORDS[at % len(WORDS)], TRADES[at // len(WORDS) % len(TRADES)]
    number = at // (len(WORDS) * len(TRADES)) + 1
    return f"{word[0]}{trade[0]}{number:03}", f"{word[1]}{trade[1]}{number:03}"
