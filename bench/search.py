"""How long finding takes in a large agency, beside a plain LIKE over the same names.

    python bench/search.py [--accounts 100000] [--home DIR] [--rounds 40] [--write FILE.md] [--json]

Three people of the generated agency (`kakehashi demo --scale`) look for names, readings, romaji,
slips, codes, balls: first the palette and the result page over HTTP, then the index itself beside
`name LIKE '%word%'` over the same tables by their owner, whom no wall hinders, in the same run.
Milliseconds on the clock and of the processor. DIR is loaded if it is empty, and kept. `--write`
puts tables of it into a page of ours. Exits 1 if a page misses its budget.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pages
from _addresses import FAST, NOT_COMPARED
from _home import at_home, processor_of
from _sums import p95
from _written import Kept

from kakehashi.demo.content.scale import TRADES, WORDS
from kakehashi.house import prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kakehashi.house.home import Home

OF_A_KIND = 4  # as many rows of a kind as the palette shows
LOOK = (
    ("palette, a whole name", "/search/palette/?q=月影自動車012"),
    ("palette, a slip", "/search/palette/?q=hotraubi"),
    ("palette, nothing typed", "/search/palette/"),
    ("results, a word of many", "/search/?q=月影"),
    ("results, balls", "/search/?q=ロゴ"),
)
LIKE = """
SELECT * FROM (SELECT id FROM clients_account
  WHERE name LIKE %(q)s OR name_kana LIKE %(q)s OR name_en LIKE %(q)s OR code LIKE %(q)s
  ORDER BY sort_key LIMIT 4) a
UNION ALL SELECT * FROM (SELECT id FROM clients_company
  WHERE name LIKE %(q)s OR name_kana LIKE %(q)s OR name_en LIKE %(q)s OR code LIKE %(q)s
  ORDER BY sort_key LIMIT 4) c
UNION ALL SELECT * FROM (SELECT id FROM people_person
  WHERE name LIKE %(q)s OR name_kana LIKE %(q)s OR name_en LIKE %(q)s OR handle LIKE %(q)s
  ORDER BY sort_key LIMIT 4) p
UNION ALL SELECT * FROM (SELECT id FROM handoffs_handoff
  WHERE title LIKE %(q)s ORDER BY answered_at IS NULL DESC, id DESC LIMIT 4) h
"""


@dataclass
class Found:
    """One way of asking as one person; times in milliseconds."""

    what: str
    reader: str
    rows: int = 0
    times: list[float] = field(repr=False, default_factory=list)
    cpu: float = 0
    like: float = 0

    @property
    def p50(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return p95(self.times)

    @property
    def ratio(self) -> float:
        """Of the processor's time to that of LIKE."""
        return self.cpu / self.like


def main() -> int:
    """Load, serve, ask, compare."""
    arguments = parse()
    with at_home(arguments.home, "search") as home:
        pages.load(home, arguments.accounts)
        over_http = list(asked_for_pages(home, arguments))
        with prepare.ready("worker"):
            inside = [found for login in pages.READERS for found in asked_inside(login, arguments)]
    told = as_data(over_http, inside)
    about = {"accounts": arguments.accounts, "rounds": arguments.rounds}
    Kept(arguments.write).keep("search", {**about, **told})
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        report(over_http, inside)
    return 1 if any(result.complaints for result in over_http) else 0


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--home", help="a home to load into, or one that is loaded")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--write", type=Path, metavar="FILE.md", help="a page with our tables")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def asked_for_pages(home: Home, arguments: argparse.Namespace) -> Iterator[pages.Result]:
    with pages.served(home) as house:
        for login in pages.READERS:
            yield from asked_as(house.port, login, arguments)


def asked_as(port: int, login: str, arguments: argparse.Namespace) -> Iterator[pages.Result]:
    """Pages as one person over HTTP; their processor's time without a server between."""
    browser, inside = pages.signed_in(port, login), pages.InProcess(login)
    for page, path in LOOK:
        result = pages.Result(page, pages.READERS[login], 1, FAST, NOT_COMPARED)
        address = quote(path, safe="/?&=")
        result.timed(*pages.times_of(port, browser, 1, [address] * arguments.rounds))
        result.cpu = inside.processor(address)
        yield result
        print(pages.line(result), file=sys.stderr, flush=True)


def questions() -> dict[str, Callable[[random.Random], str]]:
    """What people type, by kind; each round types something else."""

    def name(chance: random.Random) -> tuple[str, str]:
        word, trade = chance.choice(WORDS), chance.choice(TRADES)
        number = f"{chance.randrange(1, 50):03}"
        return f"{word[0]}{trade[0]}{number}", f"{word[1]}{trade[1]}{number}"

    def romaji(chance: random.Random) -> str:
        from kakehashi.base.text import romaji as latin

        return latin(chance.choice(WORDS)[1])

    def slip(chance: random.Random) -> str:
        word = romaji(chance)
        return word[:2] + word[3] + word[2] + word[4:]

    return {
        "a whole name": lambda chance: name(chance)[0],
        "its reading": lambda chance: name(chance)[1],
        "its beginning": lambda chance: chance.choice(WORDS)[0],
        "romaji": romaji,
        "a slip": slip,
        "a code": lambda chance: f"S{chance.randrange(100_000):07}",
        "a part of a code": lambda chance: f"{chance.randrange(10_000):05}",
        "words of balls": lambda chance: chance.choice(
            ("ロゴ入稿", "初校のお戻し", "見積の明細", "掲出")
        ),
        "a ball and its account": lambda chance: f"見積 {chance.choice(WORDS)[0]}",
        "one character": lambda chance: chance.choice("雷月白花雪山天鴻八若千螢狐泡汐"),
        "a name of nobody": lambda chance: f"架空{chance.randrange(1000)}",
    }


def asked_inside(login: str, arguments: argparse.Namespace) -> Iterator[Found]:
    """The index and LIKE, question by question."""
    from django.db import connection

    from kakehashi.people.models import Person
    from kakehashi.policy.acting import acting_as, acting_as_system
    from kakehashi.search import queries

    with acting_as_system("command"):
        person = Person.objects.get(handle=login)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ours = cursor.fetchone()[0]
    with closing(pages.superuser()) as owner:
        theirs = owner.info.backend_pid
        for what, typed in questions().items():
            found = Found(what, pages.READERS[login])
            chance = random.Random(f"{login} {what}")
            asked = [typed(chance) for _ in range(arguments.rounds)]
            for word in asked[:6]:  # warm, and planned
                with acting_as(person):
                    queries.find(word, most=OF_A_KIND, ours=True)
            used = processor_of(ours)
            for word in asked:
                began = time.perf_counter()
                with acting_as(person):
                    rows = queries.find(word, most=OF_A_KIND, ours=True)
                found.times.append((time.perf_counter() - began) * 1000)
                found.rows = max(found.rows, rows.total)
            found.cpu = (processor_of(ours) - used) / len(asked)
            used = processor_of(theirs)
            for word in asked[:10]:
                owner.execute(LIKE, {"q": f"%{word}%"}).fetchall()
            found.like = (processor_of(theirs) - used) / min(10, len(asked))
            yield found
            print(line(found), file=sys.stderr, flush=True)


def line(found: Found) -> str:
    return (
        f"{found.what:24} {found.reader:14} {found.p50:7.1f} {found.p95:7.1f} {found.cpu:7.1f}"
        f" {found.like:8.1f} {found.ratio:6.2f} {found.rows:7,}"
    )


def as_data(over_http: list[pages.Result], inside: list[Found]) -> dict[str, Any]:
    """Pages, and what the index was asked."""
    return {
        "pages": [
            {
                "page": one.page, "reader": one.reader, "budget": one.budget,
                "p50": one.p50, "p95": one.p95, "cpu": round(one.cpu, 1),
            }
            for one in over_http
        ],
        "index": [
            {
                "what": one.what, "reader": one.reader, "rows": one.rows,
                "p50": round(one.p50, 1), "p95": round(one.p95, 1),
                "cpu": round(one.cpu, 1), "like": round(one.like, 1),
            }
            for one in inside
        ],
    }  # fmt: skip


def report(over_http: list[pages.Result], inside: list[Found]) -> None:
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; milliseconds")
    print(f"{'page':26} {'sees':14} {'p50':>7} {'p95':>7} {'cpu':>7}")
    print("\n".join(map(pages.line, over_http)))
    print(f"\n{'looked for':24} {'sees':14} {'p50':>7} {'p95':>7} {'cpu':>7} {'LIKE cpu':>8} ratio")
    print("\n".join(map(line, inside)))


if __name__ == "__main__":
    raise SystemExit(main())
