"""How pages grow with the agency: the same pages at 1,000, 10,000 and 100,000 accounts.

    python bench/growth.py [--scales 1000,10000,100000] [--home-of-largest DIR] [--rounds 10]
                           [--readers LOGIN,…] [--resume] [--write FILE.md] [--json]

The three readers and the pages of bench/pages.py, one client at a time: p50 by the clock, the
processor's time of Python and PostgreSQL, the statements. What is told is how many times the
smallest agency's figure the largest agency's is: one who serves 200 accounts (100 where there are
1,000) should not notice how many there are beside. Each agency is built in a home that is removed
afterwards, the largest in DIR if one is named, which is filled if it is empty, and kept. `--write`
and `--resume` are as there.

Building takes 25 s for 1,000 accounts, two minutes for 10,000, a quarter of an hour for 100,000;
asking less than a minute, and two or three minutes of the largest.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pages
from _addresses import LOOK
from _home import at_home
from _sums import growths
from _written import Rows, as_data

TELLING = (
    "home", "home, under me", "palette", "search", "account list", "account", "jobs", "board",
    "portfolio",
)  # fmt: skip


@dataclass
class Grown(pages.Result):
    """A page in an agency of so many accounts."""

    accounts: int = 0

    @property
    def key(self) -> tuple[Any, ...]:
        return self.page, self.reader, self.accounts


def main() -> int:
    """Measure each size, the smallest first."""
    arguments = parse()
    written = Rows(arguments.write, "growth", Grown, rounds=arguments.rounds)
    if arguments.resume:
        written.read()
    for accounts in arguments.scales:
        kept = arguments.home_of_largest if accounts == arguments.scales[-1] else None
        if not is_done(accounts, arguments, written):
            apart = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
            with apart:  # a program has one home in its life
                written = apart.submit(measure, accounts, kept, arguments, written).result()
    report(written, as_json=arguments.json)
    return 0


def is_done(accounts: int, arguments: argparse.Namespace, written: Rows) -> bool:
    """Whether an earlier run has everything of an agency of this size."""
    return all(
        (page, pages.READERS[login], accounts) in written.rows
        for page in TELLING
        for login in arguments.readers
    )


def measure(accounts: int, kept: str | None, arguments: argparse.Namespace, written: Rows) -> Rows:
    """Every telling page of every reader, in an agency of this size."""
    with at_home(kept, "growth") as home:
        pages.load(home, accounts)
        with pages.served(home) as house:
            for login in arguments.readers:
                for one in asked(house.port, login, accounts, arguments, written):
                    written.add(one)
                    print(f"{accounts:9,} {pages.line(one)}", file=sys.stderr, flush=True)
    return written


def asked(
    port: int, login: str, accounts: int, arguments: argparse.Namespace, written: Rows
) -> Any:
    done = {(*key[:2], 1) for key in written.rows if key[2] == accounts}
    looks = [look for look in LOOK if look.name in TELLING]
    for result in pages.asked(port, login, looks, arguments, done):
        yield Grown(**vars(result), accounts=accounts)


def report(written: Rows, *, as_json: bool) -> None:
    rows = [as_data(one) for one in written.rows.values()]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; ms (processor)")
    for one in growths(rows):
        sizes = "  ".join(f"{r['accounts']:,}: {r['p50']:.0f} ({r['cpu']:.0f})" for r in one.rows)
        times = f"{one.times('p50')[-1]:.1f}× ({one.times('cpu')[-1]:.1f}×)"
        print(f"{one.page:26} {one.reader:14} {sizes}  {times}")


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--scales", type=_sizes, default=[1_000, 10_000, 100_000])
    parser.add_argument("--home-of-largest", metavar="DIR", help="kept; loaded if it is empty")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--readers", type=pages.readers, default=list(pages.READERS))
    parser.add_argument("--write", type=Path, metavar="FILE.md", help="a page with our tables")
    parser.add_argument("--resume", action="store_true", help="keep what was measured already")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(clients=[1])
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return sorted(pages.numbers(text))


if __name__ == "__main__":
    sys.exit(main())
