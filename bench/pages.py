"""How long pages take in a large agency, and what the wall costs.

    python bench/pages.py [--accounts 100000] [--home DIR] [--rounds 40] [--clients 1] [--json]

Three people of the generated agency (`kakehashi demo --scale`) ask for pages over HTTP, warm: one
who sees 200 accounts, one who sees three tenths of all, one who sees all but 40 that are denied.
Beside it stands the processor time of a page, in Python and in PostgreSQL, which other work on the
machine does not lengthen. Then what each page asks the database is asked again in the same run, as
the application under the wall and as the tables' owner, for whom every policy is true: the ratio of
the two processor times is the price of the wall.
DIR is loaded if it is empty, and kept; without it a home is made and removed. Exits 1 if a page
misses its budget.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psycopg
from kills import SIGN_IN, Browser

from kakehashi.demo.content.scale import DENIED, OWN
from kakehashi.house import cluster, prepare
from kakehashi.house.address import Address
from kakehashi.house.home import Home
from tests.house import PROGRAM, House, environment, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

PASSWORD = "kakehashi-demo"
FAST, OTHER = 50, 200  # milliseconds at p95: home, account, lists, search; every other page
LARGEST = 150 * 1024  # bytes of HTML
ON_LISTS, ON_SUMS = 1.2, 2.0  # what the wall may cost
NOT_COMPARED = 0.0  # its function is nobody's but the reader's: bench/search.py compares it
SAMPLE = 200
READERS = {
    "bench.ae": f"{OWN} accounts",
    "bench.manager": "three tenths",
    "bench.director": f"all but {DENIED}",
}
LOOK = (  # page, address, budget, what the wall may cost
    ("home", "/", FAST, ON_LISTS),
    ("account list", "/accounts/", FAST, ON_LISTS),
    ("account list, mine", "/accounts/?team=mine", FAST, ON_LISTS),
    ("account list, active", "/accounts/?status=active", FAST, ON_LISTS),
    ("account list, as a tree", "/accounts/?tree=1", FAST, ON_LISTS),
    ("account list, largest", "/accounts/?sort=-revenue", FAST, ON_SUMS),
    ("account list, by name", "/accounts/?q=月影自動車", FAST, ON_LISTS),
    ("account list, by reading", "/accounts/?q=つきかげ", FAST, ON_LISTS),
    ("account", "/accounts/{}/", FAST, ON_LISTS),
    ("palette", "/search/palette/?q=月影自動車012", FAST, NOT_COMPARED),
    ("search", "/search/?q=月影", FAST, NOT_COMPARED),
    ("account's people", "/accounts/{}/people/", OTHER, ON_LISTS),
    ("account's book", "/accounts/{}/book/", OTHER, ON_LISTS),
    ("account's money", "/accounts/{}/money/", OTHER, ON_LISTS),
    ("account's history", "/accounts/{}/history/", OTHER, ON_LISTS),
    ("account's jobs", "/accounts/{}/jobs/", OTHER, ON_LISTS),
    ("jobs", "/jobs/", FAST, ON_LISTS),
    ("jobs, by number", "/jobs/?sort=number", FAST, ON_LISTS),
    ("jobs, late", "/jobs/?late=1", FAST, ON_LISTS),
    ("jobs, of my accounts", "/jobs/?whose=accounts", FAST, ON_LISTS),
    ("board", "/jobs/board/", OTHER, ON_LISTS),
    ("job", "/jobs/{job}/", OTHER, ON_LISTS),
    ("account's requests", "/accounts/{}/requests/", OTHER, ON_LISTS),
    ("account's briefs", "/accounts/{}/briefs/", OTHER, ON_LISTS),
    ("requests", "/requests/", FAST, ON_LISTS),
    ("briefs", "/briefs/", FAST, ON_LISTS),
    ("approvals", "/approvals/", FAST, ON_LISTS),
    ("palette, a job by number", "/search/palette/?q={number}", FAST, NOT_COMPARED),
    ("companies", "/companies/", FAST, ON_LISTS),
    ("colleagues", "/people/list/", FAST, ON_LISTS),
    ("handovers", "/handovers/", OTHER, ON_LISTS),
    ("portfolio", "/portfolio/", OTHER, ON_SUMS),
)


class Times:
    """Percentiles of what was timed, in its own unit."""

    times: list[float]

    @property
    def p50(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return sorted(self.times)[int(len(self.times) * 0.95)]


@dataclass
class Result(Times):
    """One page as one person gets it; times in milliseconds."""

    page: str
    reader: str
    budget: int
    times: list[float] = field(repr=False, default_factory=list)
    size: int = 0
    statuses: list[int] = field(default_factory=list)
    cpu: float = 0
    walled: float = 0
    open: float = 0
    may_cost: float = ON_LISTS

    @property
    def ratio(self) -> float:
        return self.walled / self.open if self.open else 1.0

    @property
    def complaints(self) -> list[str]:
        told = []
        if set(self.statuses) != {200}:
            told.append(f"answered {set(self.statuses)}")
        if self.p95 > self.budget:
            told.append(f"p95 over {self.budget} ms")
        if self.size > LARGEST:
            told.append(f"over {LARGEST // 1024} KB")
        if self.ratio > self.may_cost and self.walled - self.open > 1:
            told.append(f"wall over {self.may_cost}")
        return told


def main() -> int:
    """Load, serve, ask, compare."""
    arguments = parse()
    home = Home(Path(arguments.home or tempfile.mkdtemp(prefix="kakehashi-pages-")).absolute())
    os.environ["KAKEHASHI_HOME"] = str(home.path)
    os.environ.pop("DATABASE_URL", None)
    load(home, arguments.accounts)
    house = House(home, free_port())
    house.start()
    try:
        wanted = arguments.only.split(",")
        pages = [page for page in LOOK if any(name in page[0] for name in wanted)]
        with prepare.ready("login"):
            results = [
                result
                for reader in READERS
                for result in asked(house.port, reader, pages, arguments)
            ]
    finally:
        house.stop()
        if not arguments.home:
            shutil.rmtree(home.path)
    report(results, as_json=arguments.json)
    return 1 if any(result.complaints for result in results) else 0


def load(home: Home, accounts: int) -> None:
    """Load the generated agency into an empty home, and say what that took."""
    if (home.path / "postgres").exists():
        return
    began = time.monotonic()
    command = [*PROGRAM, "demo", "--scale", str(accounts), "--seed", "1"]
    subprocess.run(command, env=environment(home), stdout=subprocess.DEVNULL, check=True)
    size = sum(file.stat().st_size for file in home.postgres.rglob("*") if file.is_file())
    seconds = time.monotonic() - began
    print(f"{accounts:,} accounts in {seconds:.0f} s, {size / 2**20:,.0f} MB", file=sys.stderr)


def asked(
    port: int, login: str, pages: list[tuple[str, str, int, float]], arguments: argparse.Namespace
) -> Iterator[Result]:
    """Every page as one person, over HTTP, then its queries with and without the wall."""
    browsers = [signed_in(port, login) for _ in range(arguments.clients)]
    inside = InProcess(login)
    accounts, jobs, numbers = inside.accounts(), inside.jobs(), inside.numbers()
    for page, address, budget, may_cost in pages:
        result = Result(page, READERS[login], budget, may_cost=may_cost)
        chance = random.Random(f"{login} {page}")
        addresses = [
            quote(
                address.format(
                    chance.choice(accounts), job=chance.choice(jobs), number=chance.choice(numbers)
                ),
                safe="/?&=-",
            )
            for _ in range(arguments.rounds)
        ]
        for browser in browsers:  # warm
            browser.get(addresses[0])
        threads = [
            threading.Thread(target=time_them, args=(browser, addresses, result))
            for browser in browsers
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if may_cost == NOT_COMPARED:
            result.cpu = inside.processor(addresses[0])
        else:
            result.cpu, result.walled, result.open = inside.price(addresses[0])
        yield result
        print(line(result), file=sys.stderr, flush=True)


def time_them(browser: Browser, addresses: list[str], result: Result) -> None:
    for address in addresses:
        began = time.perf_counter()
        result.statuses.append(browser.get(address))
        result.times.append((time.perf_counter() - began) * 1000)
        result.size = max(result.size, browser.size)


def signed_in(port: int, login: str) -> Browser:
    browser = Browser(port)
    browser.get(SIGN_IN)
    browser.post(SIGN_IN, login=login, password=PASSWORD)
    assert "sessionid" in browser.cookies, f"{login} cannot sign in"
    return browser


def superuser() -> psycopg.Connection[Any]:
    """Who may become anybody, the tables' owner too."""
    ours = Address.from_environment()
    connection = psycopg.connect(cluster.conninfo(ours.home, dbname=ours.name), autocommit=True)
    connection.prepare_threshold = 0
    connection.execute("SET search_path = public, ext")
    connection.execute("SET max_parallel_workers_per_gather = 0")  # their time would not count
    return connection


class InProcess:
    """The same pages without a server between: to hear what they ask the database."""

    def __init__(self, login: str) -> None:
        from django.test import Client

        self.client = Client(headers={"host": "localhost"})
        self.client.post(SIGN_IN, {"login": login, "password": PASSWORD})
        with closing(superuser()) as connection:
            found = connection.execute("SELECT id FROM people_person WHERE handle = %s", [login])
            self.person: UUID = found.fetchone()[0]

    def accounts(self) -> list[UUID]:
        """Some of the accounts this person sees."""
        from kakehashi.clients.models import Account
        from kakehashi.people.models import Person
        from kakehashi.policy.access import narrow
        from kakehashi.policy.acting import acting_as

        with acting_as(Person(pk=self.person)):
            seen = list(narrow(Account.objects.all(), "pk").values_list("pk", flat=True))
        return random.Random(1).sample(seen, min(SAMPLE, len(seen)))

    def jobs(self) -> list[UUID]:
        """Some of the open jobs this person sees."""
        return [pk for pk, _number in self._jobs()]

    def numbers(self) -> list[str]:
        """The numbers of the same jobs."""
        return [number for _pk, number in self._jobs()]

    def _jobs(self) -> list[tuple[UUID, str]]:
        from kakehashi.people.models import Person
        from kakehashi.policy.acting import acting_as
        from kakehashi.traffic.queries.jobs import seen

        with acting_as(Person(pk=self.person)):
            some = seen().filter(account__in=self.accounts(), closed_at=None)
            return list(some.values_list("pk", "number")[:SAMPLE])

    def price(self, address: str, *, times: int = 7) -> tuple[float, float, float]:
        """Milliseconds of processor: the page; its queries under the wall; and as the owner."""
        queries = self._queries(address)
        page = self.processor(address, times=times)
        ours = Address.from_environment()
        with closing(superuser()) as connection:
            walled, unwalled = [], []
            for _ in range(times):
                walled.append(self._replay(connection, queries, ours.role("app")))
                unwalled.append(self._replay(connection, queries, ours.role("owner")))
        return page, statistics.median(walled[1:]), statistics.median(unwalled[1:])

    def processor(self, address: str, *, times: int = 7) -> float:
        """Milliseconds of processor of the whole page."""
        return statistics.median(self._page(address) for _ in range(times))

    def _page(self, address: str) -> float:
        home = Address.from_environment().home
        began, ours = processor_of_children(home), time.process_time()
        self.client.get(address)
        used = processor_of_children(home)
        theirs = sum(used[pid] - began[pid] for pid in used.keys() & began.keys())
        return theirs + (time.process_time() - ours) * 1000

    def _queries(self, address: str) -> list[tuple[str, Any]]:
        from django.db import connection

        heard: list[tuple[str, Any]] = []
        app = Address.from_environment().role("app")
        is_person = False  # a request begins as the gate, whose tables are not the walled ones

        def listen(execute: Any, sql: str, params: Any, *more: Any) -> Any:
            nonlocal is_person
            if "set_config('role'" in sql:
                is_person = app in params
            elif is_person and sql.lstrip(" (\n").startswith(("SELECT", "WITH")):
                heard.append((sql, params))
            return execute(sql, params, *more)

        with connection.execute_wrapper(listen):
            self.client.get(address)
        return [query for query in heard if "FOR UPDATE" not in query[0]]

    def _replay(self, connection: Any, queries: list[tuple[str, Any]], role: str) -> float:
        with connection.transaction():
            connection.execute(
                "SELECT set_config('role', %s, true), set_config('agency.person', %s, true)",
                [role, str(self.person)],
            )
            pid = connection.info.backend_pid
            began = processor_of(pid)
            for sql, params in queries:
                connection.execute(sql, params or None)
            return processor_of(pid) - began


def processor_of(pid: int) -> float:
    """Milliseconds a process has computed, by the kernel's own fine clock."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def processor_of_children(home: Home) -> dict[int, float]:
    """The same of every process of the database server."""
    server = (home.postgres / "postmaster.pid").read_text().split()[0]
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    found = {}
    for pid in children:
        with suppress(FileNotFoundError, ProcessLookupError):
            found[int(pid)] = processor_of(int(pid))
    return found


def line(result: Result) -> str:
    wall = f"wall {result.ratio:5.2f} ({result.walled:.1f} of {result.open:.1f} ms)"
    return (
        f"{result.page:26} {result.reader:14} {result.p50:7.1f} {result.p95:7.1f} {result.cpu:7.1f}"
        f" {result.size / 1024:6.0f} KB  {wall}  {', '.join(result.complaints)}"
    )


def report(results: list[Result], *, as_json: bool) -> None:
    if not as_json:
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; milliseconds")
        print(f"{'page':26} {'sees':14} {'p50':>7} {'p95':>7} {'cpu':>7}")
        print("\n".join(map(line, results)))
        return
    told = [
        {
            **{k: v for k, v in asdict(r).items() if k not in {"times", "statuses"}},
            "p50": round(r.p50, 1),
            "p95": round(r.p95, 1),
            "ratio": round(r.ratio, 2),
            "complaints": r.complaints,
        }
        for r in results
    ]
    print(json.dumps(told, ensure_ascii=False, indent=2))


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--home", help="kept, and loaded only if it is empty")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("--only", default="", help="parts of pages' names, with commas")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
