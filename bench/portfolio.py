"""What a portfolio of very many accounts takes: its page while it is added up, the sum, the rest.

    python bench/portfolio.py [--accounts 100000] [--home DIR] [--readers LOGIN,…]

People of the generated agency ask for the whole of what they see, by client family and by account,
and for a workbook. Milliseconds of processor, Python's and PostgreSQL's together, which other work
on the machine does not lengthen: of the page that asks for it, of the page that says how far it is,
of the worker, and of the page when it is there. DIR is loaded if it is empty, and kept. Exits 1 if
a page misses its budget.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pages
from _home import at_home, processor

from kakehashi.house import prepare

if TYPE_CHECKING:
    from collections.abc import Callable

    from kakehashi.house.home import Home

BUDGET = 200  # milliseconds of a page
TIMES = 5
ASKED = {
    "by client family": "/portfolio/?by=client",
    "by account": "/portfolio/?by=account",
    "margin by account": "/portfolio/?by=account&measure=margin",
    "workbook by family": "/portfolio/portfolio.xlsx?by=client",
}


def main() -> int:
    """Load, ask, add up, ask again."""
    arguments = parse()
    with at_home(arguments.home, "portfolio") as home:
        pages.load(home, arguments.accounts)
        slow = measure(home, arguments.readers)
    return 1 if slow else 0


def measure(home: Home, readers: list[str]) -> bool:
    """What each reader's portfolios take; whether a page misses its budget."""
    slow = False
    print(f"{'portfolio':20} {'sees':14} {'asked':>7} {'waited':>7} {'worker':>7} {'kept':>7}")
    with prepare.ready("login"):
        for reader in readers:
            client = pages.InProcess(reader).client
            for name, address in ASKED.items():
                client.get("/")  # warm
                forget()
                ask = partial(client.get, address)
                asked, waited = taken(home, ask), best(home, ask)
                worked, kept = taken(home, work), best(home, ask)
                slow = slow or max(asked, waited, kept) > BUDGET
                told = " ".join(f"{one:7.0f}" for one in (asked, waited, worked, kept))
                print(f"{name:20} {pages.READERS[reader]:14} {told}", flush=True)
    return slow


def taken(home: Home, work: Callable[[], object]) -> float:
    """Milliseconds of processor of something, the database's processes that it starts included."""
    with processor(home, newcomers=True) as spent:
        work()
    return spent.milliseconds


def best(home: Home, work: Callable[[], object]) -> float:
    return min(taken(home, work) for _ in range(TIMES))


def forget() -> None:
    """Nothing has been asked for yet."""
    with closing(pages.superuser()) as connection:
        connection.execute("DELETE FROM money_tally")


def work() -> None:
    """What the worker does; of who sees few nothing waits for it."""
    from kakehashi.money.tasks import add_up

    with closing(pages.superuser()) as connection:
        waiting = connection.execute(
            "SELECT id, person_id FROM money_tally WHERE finished_at IS NULL"
        ).fetchall()
    prepare.connect_as("worker")
    for tally, person in waiting:
        add_up(str(tally), str(person))
    prepare.connect_as("login")


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--home", help="kept, and loaded only if it is empty")
    parser.add_argument("--readers", type=pages.readers, default=list(pages.READERS))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
