"""How long a conflict check takes in a large agency with many commitments.

    python bench/conflicts.py [--accounts 100000] [--commitments 50000] [--home DIR] [--json]

The generated agency's offices, people, accounts and seats, without its revenue and balls; its
accounts spread over the product's own tree of categories; commitments with categories, competitors,
countries, scopes and cooling-off by chance. One conflicts officer checks cases of several kinds,
each round another one: the whole check, from what is typed to sentences in their language, on the
clock and of this process's processor. DIR is filled if it is empty, and kept. Exits 1 if the
middle one of a kind takes longer than its budget.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pages

from kakehashi.demo.content.scale import TRADES, WORDS
from kakehashi.house import prepare
from kakehashi.house.home import Home

if TYPE_CHECKING:
    from collections.abc import Callable

BUDGET = 100  # milliseconds
OFFICER = "bench.officer"
TODAY = date(2026, 6, 1)


@dataclass
class Timed(pages.Times):
    """One kind of case; times in milliseconds."""

    kind: str
    hits: list[int] = field(default_factory=list)
    times: list[float] = field(repr=False, default_factory=list)
    cpu: list[float] = field(repr=False, default_factory=list)

    @property
    def is_quick(self) -> bool:
        return self.p50 <= BUDGET


def main() -> int:
    arguments = parse()
    home = Home(Path(arguments.home or tempfile.mkdtemp(prefix="kakehashi-bench-")).absolute())
    os.environ["KAKEHASHI_HOME"] = str(home.path)
    os.environ.pop("DATABASE_URL", None)
    try:
        with prepare.ready("worker"):
            fill(arguments)
            timed = [time_it(kind, ask, arguments.rounds) for kind, ask in cases().items()]
    finally:
        if not arguments.home:
            shutil.rmtree(home.path)
    report(timed, as_json=arguments.json)
    return 0 if all(one.is_quick for one in timed) else 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--commitments", type=int, default=50_000)
    parser.add_argument("--home", help="a home to fill, or one that is filled")
    parser.add_argument("--rounds", type=int, default=30)
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
        queries.derive_sight(owner)
    with connections[owner].cursor() as cursor:
        cursor.execute("ANALYZE")
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


def time_it(kind: str, ask: Callable[[random.Random], dict[str, Any]], rounds: int) -> Timed:
    from django.utils import translation

    from kakehashi.conflicts.asking import question_of
    from kakehashi.conflicts.because import spoken
    from kakehashi.conflicts.examining import examine
    from kakehashi.people.models import Person
    from kakehashi.policy.acting import acting_as, acting_as_system

    with acting_as_system("command"):
        officer = Person.objects.get(handle=OFFICER)
    result, chance = Timed(kind), random.Random(kind)
    for at in range(rounds + 3):
        data = ask(chance)
        with acting_as(officer), translation.override("ja"):
            began, cpu = time.perf_counter(), time.process_time()
            answer = examine(question_of(data, TODAY), TODAY)
            _said = [spoken(hit.because) for hit in answer.hits[:50]]
            took, used = time.perf_counter() - began, time.process_time() - cpu
        if at >= 3:
            result.times.append(took * 1000)
            result.cpu.append(used * 1000)
            result.hits.append(len(answer.hits))
    return result


def report(timed: list[Timed], *, as_json: bool) -> None:
    if as_json:
        told = [
            {
                "kind": one.kind, "p50": one.p50, "p95": one.p95,
                "cpu": statistics.median(one.cpu), "hits": statistics.median(one.hits),
            }
            for one in timed
        ]  # fmt: skip
        print(json.dumps(told, indent=2))
        return
    for one in timed:
        print(
            f"{one.kind:28} p50 {one.p50:6.1f} ms  p95 {one.p95:6.1f} ms"
            f"  own cpu {statistics.median(one.cpu):5.1f} ms"
            f"  hits {statistics.median(one.hits):.0f}"
        )


if __name__ == "__main__":
    sys.exit(main())
