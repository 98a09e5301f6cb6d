"""Load a thousand broken files and more, each for real, each into a database that holds an agency.

    python bench/malformed.py [--files 1100] [--from SEED]

Every file must be unreadable, or have problems, or (where the damage left a proper table) load
whole; with a reason for each problem, no exception but `Unreadable`, and every table of the agency
as it was before. Exits 1 if one is anything else, and says which.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from _home import at_home

from kakehashi.house import prepare, roles
from kakehashi.house.address import Address

FILES = 1_100


def main() -> int:
    """Load them in a home of its own, which is removed afterwards."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="SEED")
    arguments = parser.parse_args()
    with at_home(None, "malformed"), prepare.ready("owner"):
        roles.ensure(Address.from_environment(), testing=True)  # who looks, also loads
        return load_all(range(arguments.first, arguments.first + arguments.files))


def load_all(seeds: range) -> int:
    """Report what became of the files, and return how the program ends."""
    from kakehashi.imports.tests.fates import fate
    from kakehashi.imports.tests.malformed import malformed

    arrange()
    found: Counter[str] = Counter()
    slowest, began = (0.0, ""), time.perf_counter()
    for seed in seeds:
        started = time.perf_counter()
        try:
            found[fate(seed)] += 1
        except Exception:  # noqa: BLE001 - whatever it is, it is the finding
            found["wrong"] += 1
            print(f"seed {seed}: {malformed(seed)[0]}\n{traceback.format_exc()}", file=sys.stderr)
        slowest = max(slowest, (time.perf_counter() - started, malformed(seed)[0]))
        if seed % 100 == 99:
            print(f"{seed + 1}: {dict(found)}", file=sys.stderr, flush=True)
    took = time.perf_counter() - began
    told = ", ".join(f"{number} {name}" for name, number in sorted(found.items()))
    print(
        f"{len(seeds):,} files in {took:.0f} s: {told}; slowest {slowest[0]:.1f} s ({slowest[1]})"
    )
    return 1 if found["wrong"] else 0


def arrange() -> None:
    """The agency that the files are sent to."""
    from kakehashi.imports.tests.moving import load_file

    load_file("offices", "code,name,kind\nHQ,Agency,agency\n")
    load_file("companies", "code,name\nC1,Client\n")
    load_file("accounts", "code,company,name,lead_office\nA1,C1,Client,HQ\n")


if __name__ == "__main__":
    sys.exit(main())
