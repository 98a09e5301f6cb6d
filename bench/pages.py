"""How long pages take in a large agency, and what the wall costs.

    python bench/pages.py [--accounts 100000] [--home DIR] [--rounds 40] [--clients 1,8]
                          [--only WORD,…] [--readers LOGIN,…] [--resume] [--write FILE.md] [--json]

Three people of the generated agency (`kakehashi demo --scale`) ask for pages over HTTP, warm: one
who sees 200 accounts, one who sees three tenths of all, one who sees all but 40 that are denied.
Beside it stands the processor time of a page, in Python and in PostgreSQL, which other work on the
machine does not lengthen, and how many statements it has the database answer. Then what each page
asks the database is asked again in the same run, as the application under the wall and as the
tables' owner, for whom every policy is true: the ratio of the two processor times is the price of
the wall. Last it tells what memory every process of the house holds, and held before.
DIR is loaded if it is empty, and kept; without it a home is made and removed. `--write` puts every
row, as soon as it is measured, into FILE.json and the tables of FILE.md, so that nothing is lost
where the run is cut; `--resume` then measures only what is missing. Pages of what a home has none
of are named and left out. Exits 1 if a page misses its budget.

The pages, the wall and the memory of docs/bench.md, on a quiet machine, in about half an hour:

    python bench/pages.py --home /somewhere/large --write docs/bench.md
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import _memory
import psycopg
from _addresses import LOOK, NOT_COMPARED, Look
from _home import at_home, processor, processor_of
from _sums import p95
from _written import Kept, Rows, as_data
from kills import SIGN_IN, Browser

from kakehashi.demo.content.scale import DENIED, OWN
from kakehashi.house import cluster, prepare
from kakehashi.house.address import Address
from tests.house import PROGRAM, House, environment, free_port

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from kakehashi.house.home import Home

PASSWORD = "kakehashi-demo"
LARGEST = 150 * 1024  # bytes of HTML
PATIENCE = 300  # seconds for a page that eight ask for at once, so that the worst has its row too
WARM = 12  # times that a page is asked for first, so that both workers have planned its questions
NOT_ASKED_AGAIN = ("FOR UPDATE", "acting_called(")  # what the tables' owner may not ask
SAMPLE = 200
READERS = {
    "bench.ae": f"{OWN} accounts",
    "bench.manager": "three tenths",
    "bench.director": f"all but {DENIED}",
}


@dataclass
class Result:
    """One page as one person gets it, by so many at once; times in milliseconds."""

    page: str
    reader: str
    clients: int
    budget: int
    may_cost: float
    p50: float = 0
    p95: float = 0
    cpu: float = 0
    statements: int = 0
    size: int = 0
    walled: float = 0
    open: float = 0
    kind: str = ""
    statuses: list[int] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str, int]:
        return self.page, self.reader, self.clients

    def timed(self, times: list[float], statuses: list[int], size: int) -> None:
        self.p50 = round(statistics.median(times), 1)
        self.p95 = round(p95(times), 1)
        self.statuses, self.size = sorted(set(statuses)), size

    @property
    def ratio(self) -> float:
        """What the wall cost; 1 where it was not compared."""
        return self.walled / self.open if self.open else 1.0

    @property
    def complaints(self) -> list[str]:
        told = []
        if self.statuses != [200]:
            told.append(f"answered {self.statuses}")
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
    written = Rows(
        arguments.write, "pages", Result, accounts=arguments.accounts, rounds=arguments.rounds
    )
    if arguments.resume:
        written.read()
    with at_home(arguments.home, "pages") as home:
        load(home, arguments.accounts)
        with served(home) as house:
            measure(house, arguments, written)
    report(list(written.rows.values()), as_json=arguments.json)
    return 1 if any(result.complaints for result in written.rows.values()) else 0


@contextmanager
def served(home: Home) -> Iterator[House]:
    """A home's house, and its database for us as well."""
    house = House(home, free_port())
    try:
        house.start()
        with prepare.ready("login"):
            yield house
    finally:
        house.stop()


def measure(house: House, arguments: argparse.Namespace, written: Rows) -> None:
    """Pages of every reader; then the memory, if any page was asked for."""
    at_rest, requests = _memory.held(house), 0
    looks = [look for look in LOOK if any(word in look.name for word in arguments.only.split(","))]
    for reader in arguments.readers:
        for result in asked(house.port, reader, looks, arguments, set(written.rows)):
            written.add(result)
            print(line(result), file=sys.stderr, flush=True)
            requests += result.clients * (arguments.rounds + 1)
    if requests:
        leave()
        rows = _memory.rows(at_rest, _memory.held(house))
        told = {"accounts": arguments.accounts, "asked": requests, "rows": rows}
        Kept(arguments.write).keep("memory", told)
        for row in rows:
            print(
                f"{row['process']:40} {row['number'][1]:3} {row['at_rest'] / 2**20:8,.0f} MB at"
                f" rest {row['after'] / 2**20:8,.0f} MB after {requests:,} pages",
                file=sys.stderr,
            )


def leave() -> None:
    """Close what we have open in the database: its memory is not the house's."""
    from django.db import connection

    connection.close()
    connection.close_pool()
    time.sleep(1)  # until what served us has ended


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
    port: int, login: str, looks: Iterable[Look], arguments: argparse.Namespace, done: set[Any]
) -> Iterator[Result]:
    """Pages as one person, over HTTP, then their queries with and without the wall."""
    first = signed_in(port, login)
    inside = InProcess(login)
    samples = inside.samples()
    print(
        f"{login} sees " + ", ".join(f"{len(v)} {k}" for k, v in samples.items()), file=sys.stderr
    )
    for look in looks:
        try:
            addresses = drawn(look, login, samples, arguments.rounds)
        except LookupError as missing:
            print(f"{look.name}: {login} sees no {missing} here: not measured", file=sys.stderr)
            continue
        for clients in arguments.clients:
            result = Result(
                look.name, READERS[login], clients, look.budget, look.may_cost, kind=look.kind
            )
            if result.key in done:
                continue
            result.timed(*times_of(port, first, clients, addresses))
            if clients == arguments.clients[0]:
                price(inside, look, addresses[0], result)
            yield result


def drawn(look: Look, login: str, samples: dict[str, list[Any]], rounds: int) -> list[str]:
    """Addresses of a page, each of other rows. Raises LookupError for what the reader has none."""
    chance = random.Random(f"{login} {look.name}")
    wanted = [name for _text, name, _form, _how in Formatter().parse(look.address) if name]
    found = []
    for _ in range(rounds):
        some: dict[str, Any] = {}
        for name in wanted:
            if name in some:  # it came together with another
                continue
            if not samples.get(name):
                raise LookupError(name)
            some |= chance.choice(samples[name])
        found.append(quote(look.address.format(**some), safe="/?&=-"))
    return found


def times_of(
    port: int, first: Browser, clients: int, addresses: list[str]
) -> tuple[list[float], list[int], int]:
    """Milliseconds, statuses and the largest size, of so many who ask at once, warm."""
    browsers = [
        Browser(port, cookies=dict(first.cookies), patience=PATIENCE) for _ in range(clients)
    ]
    for browser in browsers:
        for _ in range(WARM // clients or 1):
            browser.get(addresses[0])
    times: list[float] = []
    statuses: list[int] = []
    sizes: list[int] = []

    def ask(browser: Browser) -> None:
        for address in addresses:
            began = time.perf_counter()
            statuses.append(browser.get(address))
            times.append((time.perf_counter() - began) * 1000)
            sizes.append(browser.size)

    threads = [threading.Thread(target=ask, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, statuses, max(sizes)


def price(inside: InProcess, look: Look, address: str, result: Result) -> None:
    """What the page and the wall cost the processor, and what it asks the database."""
    if look.may_cost == NOT_COMPARED:
        result.cpu = inside.processor(address)
    else:
        result.cpu, result.walled, result.open = inside.price(address)
    result.statements = inside.heard(address).statements


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


@dataclass
class Heard:
    """How many statements a page has, and those of them that ask about what is walled."""

    app: str
    statements: int = 0
    questions: list[tuple[str, Any]] = field(default_factory=list)
    is_person: bool = False  # a request begins as the gate, whose tables are not the walled ones

    def __call__(self, execute: Any, sql: str, params: Any, *more: Any) -> Any:
        self.statements += 1
        if "set_config('role'" in sql:
            self.is_person = self.app in params
        elif self.is_person and is_question(sql):
            self.questions.append((sql, params))
        return execute(sql, params, *more)


def is_question(sql: str) -> bool:
    """Whether something is asked, and nothing written or locked."""
    asks = sql.lstrip(" (\n").startswith(("SELECT", "WITH"))
    return asks and not any(word in sql for word in NOT_ASKED_AGAIN)


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

    def samples(self) -> dict[str, list[dict[str, Any]]]:
        """Rows this person sees on some accounts, by the names that addresses have for them."""
        from kakehashi.approvals.models import Circulation
        from kakehashi.briefs.models import Brief, Section
        from kakehashi.clients.models import Account
        from kakehashi.people.models import Person
        from kakehashi.policy.acting import acting_as
        from kakehashi.requests.models import ClientRequest
        from kakehashi.traffic.models import Job, Review, Task

        accounts = self.accounts()
        open_jobs = {"job": "pk", "number": "number"}
        named = (
            (Job, {"closed_at": None}, open_jobs),
            (Job, {"closed_at": None, "brief_version__isnull": False}, {"briefed": "pk"}),
            (Task, {"done_at": None, "job__closed_at": None}, {"task": "pk", "task_of": "job_id"}),
            (Review, {"closed_at": None}, {"review": "pk"}),
            (ClientRequest, {"settled_at": None}, {"request": "pk"}),
            (Brief, {"state": "draft"}, {"brief": "pk"}),
            (Brief, {"state": "accepted"}, {"accepted": "pk"}),
            (Section, {"brief__state": "draft"}, {"section": "pk", "section_of": "brief_id"}),
            (Circulation, {"state": "open"}, {"circulation": "pk"}),
        )
        found: dict[str, list[dict[str, Any]]] = {"account": [{"account": pk} for pk in accounts]}
        with acting_as(Person(pk=self.person)):
            families = Account.objects.filter(pk__in=accounts).values_list("company", flat=True)
            found["family"] = [{"family": pk} for pk in families]
            for noun, which, names in named:
                rows = noun._default_manager.filter(account__in=accounts, **which)
                some = [
                    dict(zip(names, values, strict=True))
                    for values in rows.values_list(*names.values())[:SAMPLE]
                ]
                found |= dict.fromkeys(names, some)
        return found

    def price(self, address: str, *, times: int = 7) -> tuple[float, float, float]:
        """Milliseconds of processor: the page; its queries under the wall; and as the owner."""
        queries = self.heard(address).questions
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
        with processor(Address.from_environment().home) as spent:
            self.client.get(address)
        return spent.milliseconds

    def heard(self, address: str) -> Heard:
        """What a page says to the database."""
        from django.db import connection

        heard = Heard(Address.from_environment().role("app"))
        with connection.execute_wrapper(heard):
            self.client.get(address)
        return heard

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


def line(result: Result) -> str:
    wall = f"wall {result.ratio:5.2f} ({result.walled:.1f} of {result.open:.1f} ms)"
    return (
        f"{result.page:26} {result.reader:14} {result.clients:2} {result.p50:7.1f}"
        f" {result.p95:7.1f} {result.cpu:7.1f} {result.statements:4} {result.size / 1024:6.0f} KB"
        f"  {wall}"
        f"  {', '.join(result.complaints)}"
    )


def report(results: list[Result], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([as_data(one) for one in results], ensure_ascii=False, indent=2))
        return
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; milliseconds")
    print(f"{'page':26} {'sees':14} at {'p50':>7} {'p95':>7} {'cpu':>7} asks")
    print("\n".join(map(line, results)))


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--home", help="kept, and loaded only if it is empty")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--clients", type=numbers, default=[1, 8], help="how many ask at once")
    parser.add_argument("--only", default="", help="parts of pages' names, with commas")
    parser.add_argument("--readers", type=readers, default=list(READERS))
    parser.add_argument("--write", type=Path, metavar="FILE.md", help="a page with our tables")
    parser.add_argument("--resume", action="store_true", help="keep what was measured already")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def readers(text: str) -> list[str]:
    unknown = set(text.split(",")) - set(READERS)
    if unknown:
        raise argparse.ArgumentTypeError(f"nobody of {', '.join(READERS)} is {unknown}")
    return text.split(",")


if __name__ == "__main__":
    sys.exit(main())
