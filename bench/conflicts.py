"""How long conflicts take in a large agency: a check, a seat, a wall, pages under many walls.

    python bench/conflicts.py [--accounts 100000] [--commitments 50000] [--home DIR] [--rounds 30]
                              [--write FILE.md] [--json]

The generated agency's offices, people, accounts and seats, without its revenue and balls; its
accounts spread over the product's own tree of categories, a third of them with a brand; commitments
with categories, competitors, countries, scopes, cooling-off and barriers by chance. One conflicts
officer checks cases of several kinds, each round another one: the whole check, from what is typed
to what follows, how many are hit and the worst fifty told in sentences in their language. Then
seats are refused or not, for one person and for the sixty of a staffing page; a wall is raised
between 300 people and 40 accounts and falls, both undone; last, pages of somebody behind forty of
500 standing walls are asked for before they stand and while they do: the ratio is their price.
Times by the clock and, beside them, of processors, Python's and PostgreSQL's together, which other
work on the machine does not lengthen. DIR is filled if it is empty, and kept; the 500 walls are
lifted at the end. `--write` puts the table into a page of ours. Exits 1 if the middle one of a kind
takes longer than its budget.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pages
from _home import at_home, processor
from _sums import p95
from _tables import conflict_rows
from _written import Kept

from kakehashi.demo.content.scale import TRADES, WORDS
from kakehashi.house import prepare
from kakehashi.house.address import Address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHECK, SEAT, STAFFING, WALL = 100, 100, 200, 1000  # milliseconds, the middle one
NO_BUDGET = 0
WALLS = 500
OFFICER = "bench.officer"
READERS = {"bench.ae": "200 accounts", "bench.manager": "three tenths"}
PAGES = (("home", "/"), ("account list", "/accounts/"), ("account", "/accounts/{}/"))
TODAY = date(2026, 6, 1)
WARM = 3
BRANDS = """
INSERT INTO clients_brand
  (id, version, company_id, name, name_kana, name_en, folded, categories, countries)
SELECT h.brand, 1, a.company_id, a.code, '', '', lower(a.code), a.categories, ARRAY['JP']
FROM handled h JOIN clients_account a ON a.id = h.account
"""
HANDLED = """
INSERT INTO clients_accountbrand (id, version, account_id, brand_id, starts_on)
SELECT id, 1, account, brand, '2016-04-01' FROM handled
"""


@dataclass
class Timed:
    """One kind of work; times in milliseconds. As often as it is to be `warmed` none is kept."""

    kind: str
    budget: int = NO_BUDGET
    warmed: int = WARM
    times: list[float] = field(repr=False, default_factory=list)
    cpu: list[float] = field(repr=False, default_factory=list)
    found: list[int] = field(repr=False, default_factory=list)
    ratio: float | None = None

    @property
    def p50(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return p95(self.times)

    @property
    def is_quick(self) -> bool:
        return not self.budget or self.p50 <= self.budget

    @contextmanager
    def one(self) -> Iterator[None]:
        """Time one of it."""
        with processor(Address.from_environment().home) as spent:
            began = time.perf_counter()
            yield
            took = (time.perf_counter() - began) * 1000
        if self.warmed:
            self.warmed -= 1
            return
        self.times.append(took)
        self.cpu.append(spent.milliseconds)

    def tell(self, found: int) -> None:
        """How much the last one found, if its time was kept."""
        if self.times:
            self.found.append(found)


def main() -> int:
    arguments = parse()
    with at_home(arguments.home, "conflicts"):
        with prepare.ready("worker"):
            fill(arguments)
            timed = [time_check(kind, ask, arguments.rounds) for kind, ask in cases().items()]
            timed += time_seats(arguments.rounds)
            timed += time_wall(max(arguments.rounds // 3, 3))
        timed += time_pages(arguments.rounds)
    about = {name: getattr(arguments, name) for name in ("accounts", "commitments", "rounds")}
    Kept(arguments.write).keep("conflicts", {**about, "rows": list(map(as_data, timed))})
    report(timed, as_json=arguments.json)
    return 0 if all(one.is_quick for one in timed) else 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--commitments", type=int, default=50_000)
    parser.add_argument("--home", help="a home to fill, or one that is filled")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--write", type=Path, metavar="FILE.md", help="a page with our table")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def fill(arguments: argparse.Namespace) -> None:
    """Offices, people, accounts, seats; then what was promised."""
    from django.db import connections, transaction

    from kakehashi.conflicts.models import Commitment
    from kakehashi.demo import queries
    from kakehashi.demo.commands import _owner
    from kakehashi.demo.scale import Scaled
    from kakehashi.policy.acting import acting_as_system

    with acting_as_system("command"):
        if Commitment.objects.exists():
            return
    owner, began = _owner(), time.monotonic()
    scaled = Scaled(arguments.accounts, TODAY, 1, owner)
    with transaction.atomic(using=owner):
        with queries.without_triggers(owner):
            scaled.add_offices()
            scaled.add_people()
            scaled.open_accounts()
            scaled.give_seats()
        promise(scaled, arguments, owner)
        handle(scaled, arguments, owner)
        queries.derive_sight(owner)
    with connections[owner].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    connections[owner].close()
    print(f"filled in {time.monotonic() - began:.0f} s", file=sys.stderr)


def promise(scaled: Any, arguments: argparse.Namespace, owner: str) -> None:
    """The tree of categories, the accounts' places in it, commitments and what they name."""
    from django.db import connections

    from kakehashi.base.ids import uuid7
    from kakehashi.base.text import folded_name
    from kakehashi.conflicts.models import (
        Category,
        Commitment,
        CommitmentCategory,
        NamedCompetitor,
        Scheme,
    )
    from kakehashi.conflicts.terms import Scope
    from kakehashi.demo import queries
    from kakehashi.imports.reading import read

    scheme = Scheme(code="kkh", name="架け橋の分類")
    queries.copy([scheme], owner)
    path = Path(__file__).parents[1] / "kakehashi/conflicts/starter/categories.csv"
    made: dict[str, Category] = {}
    with read(path) as sheet:
        for place, (code, parent, name, name_en) in enumerate(sheet.rows):
            pk, above = uuid7(), made.get(parent)
            made[code] = Category(
                id=pk, scheme=scheme, code=code, parent=above, name=name, name_en=name_en,
                lineage=[*(above.lineage if above else ()), pk], place=place,
            )  # fmt: skip
    queries.copy(made.values(), owner)
    keys = [f"kkh:{code}" for code in made]
    with connections[owner].cursor() as cursor:
        cursor.execute("ALTER TABLE clients_account DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE clients_account SET categories ="
            " ARRAY[(%(keys)s::text[])[1 + abs(hashtext(company_id::text)) %% %(n)s]]",
            {"keys": keys, "n": len(keys)},
        )
        cursor.execute("ALTER TABLE clients_account ENABLE TRIGGER USER")
    chance = random.Random(7)
    commitments, kept, named = [], [], []
    for at in range(arguments.commitments):
        start = TODAY - timedelta(chance.randrange(1500))
        commitment = Commitment(
            id=uuid7(), code=f"B{at:06}", account_id=scaled.account(at * 2 % arguments.accounts),
            level=chance.choice(("category", "category", "company", "group", "brand")),
            scope=chance.choice(Scope.values), starts_on=start,
            ends_on=chance.choice((None, start + timedelta(chance.randrange(365, 2000)))),
            cooling_off_months=chance.choice((0, 3, 6, 12)),
            personnel_barrier_months=chance.choice((0, 0, 6)),
            countries=chance.choice(([], ["JP"], ["JP", "SG"], ["GB"])), noted_at=WRITTEN(),
        )  # fmt: skip
        commitments.append(commitment)
        kept += [
            CommitmentCategory(commitment=commitment, category=category)
            for category in chance.sample(list(made.values()), chance.randint(1, 2))
        ]
        if at % 5 == 0:
            name = a_name(chance)
            named.append(
                NamedCompetitor(commitment=commitment, name=name, folded=folded_name(name))
            )
    for rows in (commitments, kept, named):
        queries.copy(rows, owner)


def handle(scaled: Any, arguments: argparse.Namespace, owner: str) -> None:
    """A third of the accounts handles a brand of its company, advertised as the account is."""
    from django.db import connections

    from kakehashi.base.ids import uuid7

    with connections[owner].cursor() as cursor:
        cursor.execute("ALTER TABLE clients_brand DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE clients_accountbrand DISABLE TRIGGER USER")
        ids = [[scaled.account(at), uuid7(), uuid7()] for at in range(0, arguments.accounts, 3)]
        cursor.execute(
            "CREATE TEMPORARY TABLE handled (account uuid, brand uuid, id uuid) ON COMMIT DROP"
        )
        with cursor.copy("COPY handled FROM STDIN") as rows:
            for row in ids:
                rows.write_row(row)
        cursor.execute(BRANDS)
        cursor.execute(HANDLED)
        cursor.execute("ALTER TABLE clients_brand ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE clients_accountbrand ENABLE TRIGGER USER")


def WRITTEN() -> Any:  # noqa: N802 - a moment for every row
    from django.utils.timezone import now

    return now()


def a_name(chance: random.Random) -> str:
    """The name of a company of the generated agency."""
    word, trade = chance.choice(WORDS), chance.choice(TRADES)
    return f"株式会社{word[0]}{trade[0]}{chance.randrange(1, 80):03}"


def cases() -> dict[str, Callable[[random.Random], dict[str, Any]]]:
    """Kinds of cases: what is asked in each round."""
    from kakehashi.conflicts.models import Category
    from kakehashi.people.models import Office, Person
    from kakehashi.policy.acting import acting_as_system

    with acting_as_system("command"):
        leaves = list(Category.objects.filter(children=None).values_list("code", flat=True))
        offices = list(Office.objects.filter(kind="department").values_list("code", flat=True))
        people = list(
            Person.objects.filter(handle__startswith="ae").values_list("handle", flat=True)
        )

    def common(chance: random.Random) -> dict[str, Any]:
        return {
            "categories": [f"kkh:{chance.choice(leaves)}"], "countries": ["JP"],
            "office": chance.choice(offices), "start": TODAY.isoformat(),
        }  # fmt: skip

    return {
        "a company on file": lambda chance: {"company": a_name(chance), **common(chance)},
        "a company nobody knows": lambda chance: {
            "company": f"{a_name(chance)[:-1]}商会", **common(chance),
        },
        "a company and three people": lambda chance: {
            "company": a_name(chance), **common(chance), "people": chance.sample(people, 3),
        },
    }  # fmt: skip


def officer() -> Any:
    from kakehashi.people.models import Person
    from kakehashi.policy.acting import acting_as_system

    with acting_as_system("command"):
        return Person.objects.get(handle=OFFICER)


def time_check(kind: str, ask: Callable[[random.Random], dict[str, Any]], rounds: int) -> Timed:
    from django.utils import translation

    from kakehashi.conflicts.asking import question_of
    from kakehashi.conflicts.because import spoken
    from kakehashi.conflicts.examining import examine
    from kakehashi.policy.acting import acting_as

    asking = officer()
    result, chance = Timed(f"check: {kind}", CHECK), random.Random(kind)
    for _ in range(rounds + WARM):
        data = ask(chance)
        with acting_as(asking), translation.override("ja"), result.one():
            answer = examine(question_of(data, TODAY), TODAY)
            _said = [spoken(hit.because) for hit in answer.hits[:50]]
        result.tell(len(answer.hits))
    return result


def time_seats(rounds: int) -> list[Timed]:
    """One seat as whoever gives it out waits for it; sixty people as an officer looks at them."""
    from kakehashi.clients.models import Account
    from kakehashi.conflicts.queries.seating import Wanted, refused
    from kakehashi.conflicts.queries.staffing import could_staff
    from kakehashi.people.models import Person
    from kakehashi.policy.acting import acting_as, acting_as_system

    asking, chance = officer(), random.Random("seats")
    with acting_as_system("command"):
        people = list(Person.objects.filter(handle__startswith="ae").values_list("pk", flat=True))
        accounts = list(Account.objects.select_related("lead_office").order_by("code")[:2000])
    seat, page = Timed("seat: one person", SEAT), Timed("seat: who could staff this", STAFFING)
    for _ in range(rounds + WARM):
        account = chance.choice(accounts)
        wanted = [Wanted(chance.choice(people), account.pk, TODAY)]
        with acting_as(asking), seat.one():
            kept = refused(wanted)
        with acting_as(asking), page.one():
            shown = could_staff(account, TODAY, role="", office=None, officer=True)
        seat.tell(len(kept))
        page.tell(sum(bool(one.standing) for one in shown.candidates))
    return [seat, page]


def time_wall(rounds: int) -> list[Timed]:
    """A wall between 300 people (or all) and 40 accounts: up, changed, down, all undone."""
    from django.db import transaction

    from kakehashi.clients.models import Account
    from kakehashi.conflicts import actions
    from kakehashi.conflicts.models import Side
    from kakehashi.people.models import Person
    from kakehashi.policy.acting import acting_as, acting_as_system

    asking, chance = officer(), random.Random("wall")
    with acting_as_system("command"):
        people = list(Person.objects.filter(handle__startswith="ae"))
        accounts = list(Account.objects.order_by("code")[:3000])
    most = min(301, len(people))
    kinds = "wall: raised", "wall: one person more", "wall: lifted"
    up, more, down = (Timed(kind, WALL, warmed=0) for kind in kinds)
    for at in range(rounds):
        staff, clients = chance.sample(people, most), chance.sample(accounts, 40)
        with acting_as(asking), transaction.atomic():
            with up.one():
                wall = raised(f"{at}", staff[:-1], clients, asking)
            with more.one():
                actions.add_to_side(
                    side=Side.objects.filter(wall=wall).earliest("number"), what="person",
                    thing=staff[-1], by=asking, at=WRITTEN(),
                )  # fmt: skip
            up.tell(denied())
            with down.one():
                actions.lift_wall(wall=wall, reason="計測は終わった。", by=asking, at=WRITTEN())
            transaction.set_rollback(True)
    return [up, more, down]


def raised(name: str, people: list[Any], accounts: list[Any], by: Any) -> Any:
    """A wall between the two halves of some people and accounts."""
    from kakehashi.conflicts import actions
    from kakehashi.conflicts.actions.walls import SideOf

    return actions.raise_wall(
        name=f"計測 {time.time_ns()} {name}",
        sides=[
            SideOf(side, people=people[at::2], accounts=accounts[at::2])
            for at, side in enumerate(("東", "西"))
        ],
        ground="計測のため。", by=by, at=WRITTEN(),
    )  # fmt: skip


def denied() -> int:
    """How many pairs of a person and an account the walls keep apart."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM conflicts_member m JOIN conflicts_behind b"
                       " ON b.wall_id = m.wall_id AND b.side_id <> m.side_id")  # fmt: skip
        found: int = cursor.fetchone()[0]
        return found


def time_pages(rounds: int) -> list[Timed]:
    """Pages before 500 walls stand and while they do, of who is behind forty of them."""
    before = ask_pages("no walls", rounds)
    with prepare.ready("worker"):
        walls = raise_many()
    try:
        after = ask_pages(f"{WALLS} walls", rounds)
    finally:
        with prepare.ready("worker"):
            lift(walls)
    for one, other in zip(before, after, strict=True):
        other.ratio = statistics.median(other.cpu) / statistics.median(one.cpu)
    return [*before, *after]


def ask_pages(when: str, rounds: int) -> list[Timed]:
    found = []
    with prepare.ready("login"):
        prepare.collect_static()
        for login, sees in READERS.items():
            inside = pages.InProcess(login)
            accounts = inside.accounts()
            for page, address in PAGES:
                result, chance = Timed(f"{page}, who sees {sees}: {when}"), random.Random(page)
                for _ in range(rounds + WARM):
                    with result.one():
                        answer = inside.client.get(address.format(chance.choice(accounts)))
                    assert answer.status_code == HTTPStatus.OK
                found.append(result)
    return found


def raise_many() -> list[Any]:
    """500 walls: eight people and six accounts each; the readers are behind every twelfth."""
    from kakehashi.clients.models import Account
    from kakehashi.people.models import Person
    from kakehashi.policy.acting import acting_as, acting_as_system

    asking, chance = officer(), random.Random("walls")
    with acting_as_system("command"):
        readers = list(Person.objects.filter(handle__in=READERS))
        people = list(Person.objects.filter(handle__startswith="ae"))
        accounts = list(Account.objects.order_by("code"))
    walls = []
    with acting_as(asking):
        for at in range(WALLS):
            staff = chance.sample(people, 8)
            if at % 12 == 0:
                staff[: len(readers)] = readers
            walls.append(raised(f"{at}", staff, chance.sample(accounts, 6), asking))
    return walls


def lift(walls: list[Any]) -> None:
    from kakehashi.conflicts import actions
    from kakehashi.policy.acting import acting_as

    asking = officer()
    with acting_as(asking):
        for wall in walls:
            actions.lift_wall(wall=wall, reason="計測は終わった。", by=asking, at=WRITTEN())


def as_data(one: Timed) -> dict[str, Any]:
    return {
        "kind": one.kind, "p50": round(one.p50, 1), "p95": round(one.p95, 1),
        "cpu": round(statistics.median(one.cpu), 1), "budget": one.budget or None,
        "found": statistics.median(one.found) if one.found else None,
        "ratio": one.ratio and round(one.ratio, 2),
    }  # fmt: skip


def report(timed: list[Timed], *, as_json: bool) -> None:
    told = list(map(as_data, timed))
    if as_json:
        print(json.dumps(told, indent=2))
        return
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; milliseconds\n")
    print("\n".join(conflict_rows(told)))


if __name__ == "__main__":
    sys.exit(main())
