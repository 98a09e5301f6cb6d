"""Load a file of revenue by `kakehashi import`'s own path, from the file to the commit.

    python bench/import_revenue.py [--rows 1000000] [--accounts 2000] [--cost] [--write FILE.md]
                                   [--json]

Times a rehearsal, the real run and a second run in which nothing has changed, with validation of
every cell, foreign keys and history; and, beside it in the same run, what PostgreSQL needs at least
for the same rows: a bare COPY into a staging table and an INSERT into a copy of the revenue table
with its indexes, without history, walls or foreign keys. Processor time of this program and of its
PostgreSQL backend is told beside the clock's. `--write` puts a table of it into a page of ours.
Exits 1 if the real run is slower than 20,000 rows a second by the clock; where others kept the
processors busy meanwhile, by processor time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from _home import at_home
from _written import Kept

from kakehashi.house import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator

SLOWEST = 20_000  # rows a second
UNDISTURBED = 0.75  # of the clock's time, in which the run had a processor
LINES = ("media", "creative", "promotion", "digital", "events", "data", "retail", "research")
SEED = 7


def main() -> int:
    """Measure in a home of its own, which is removed afterwards."""
    arguments = _parser().parse_args()
    with at_home(None, "import") as home, prepare.ready("worker"):
        found = measure(home.path, arguments.rows, arguments.accounts, cost=arguments.cost)
    Kept(arguments.write).keep("import", {k: round(v, 2) for k, v in found.items()})
    report(found, as_json=arguments.json)
    disturbed = found["real_processor"] < UNDISTURBED * found["real"]
    rate = found["rows_per_processor_second" if disturbed else "rows_per_second"]
    return 0 if rate >= SLOWEST else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--accounts", type=int, default=2_000)
    parser.add_argument("--cost", action="store_true", help="with a column of costs")
    parser.add_argument("--write", type=Path, metavar="FILE.md", help="a page with our table")
    parser.add_argument("--json", action="store_true")
    return parser


def measure(home: Path, rows: int, accounts: int, *, cost: bool) -> dict[str, float]:
    """Every time in seconds, and what follows from them."""
    arrange(home, accounts)
    file = write_revenue(home / "revenue.csv", rows, accounts, cost=cost)
    times: dict[str, float] = {}
    with timed(times, "bare"):
        bare(file)
    with timed(times, "rehearsal"):
        run(file, "revenue", rehearse=True)
    with timed(times, "real"):
        created = run(file, "revenue").counts.created
    with timed(times, "unchanged"):
        unchanged = run(file, "revenue").counts.unchanged
    if (created, unchanged) != (rows, rows):
        message = f"{created} created, {unchanged} unchanged; both should be {rows}."
        raise SystemExit(message)
    return {
        "rows": rows,
        "accounts": accounts,
        **times,
        "rows_per_second": rows / times["real"],
        "rows_per_processor_second": rows / times["real_processor"],
        "rows_per_second_unchanged": rows / times["unchanged"],
        "times_bare": times["real"] / times["bare"],
    }


def arrange(home: Path, accounts: int) -> None:
    """An office, a company and the accounts, by the import itself."""
    files = {
        "offices": ["code,name,kind", "HQ,Agency,agency"],
        "companies": ["code,name", "C,Client"],
        "accounts": [
            "code,company,name,lead_office,status",
            *(f"A{n:06},C,Account {n},HQ,active" for n in range(accounts)),
        ],
    }
    for kind, lines in files.items():
        file = home / f"{kind}.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        run(file, kind)
    keep_sums()


def keep_sums() -> None:
    """As in an agency in use: a line of the first year changes three sums that are kept."""
    from kakehashi.money.queries import keep_years
    from kakehashi.policy.acting import acting_as_system

    with acting_as_system("command"):
        keep_years(dt.date(2000, 12, 15))


def write_revenue(file: Path, rows: int, accounts: int, *, cost: bool) -> Path:
    """Months by service line by account, in the order a ledger gives them."""
    chance = random.Random(SEED)
    with file.open("w", encoding="utf-8") as out:
        out.write("account,month,service_line,billings,net_revenue,currency")
        out.write(",cost\n" if cost else "\n")
        for at in range(rows):
            account = at % accounts
            line = at // accounts % len(LINES)
            month = at // accounts // len(LINES)
            billings = chance.randrange(10_000, 90_000_000)
            out.write(
                f"A{account:06},{2000 + month // 12}-{month % 12 + 1:02},{LINES[line]},"
                f'"{billings:,}",{billings // 7},JPY'
            )
            out.write(f",{billings // 9}\n" if cost else "\n")
    return file


def run(file: Path, kind: str, *, rehearse: bool = False):  # noqa: ANN201 - an Outcome
    """What the command does."""
    from kakehashi.imports.kinds import KINDS
    from kakehashi.imports.layouts import lay_out
    from kakehashi.imports.loading import load
    from kakehashi.imports.reading import read
    from kakehashi.policy.acting import acting_as_system

    with read(file) as sheet:
        layout = lay_out(KINDS[kind], sheet.header)
        with acting_as_system("command"):
            outcome = load(sheet, layout, rehearse=rehearse)
    if outcome.problems:
        raise SystemExit(outcome.problems[0].reason)
    return outcome


def bare(file: Path) -> None:
    """The least PostgreSQL has to do; as its owner, and taken back."""
    import csv

    import psycopg

    from config.db import ADDRESS

    columns = "account, month, service_line, billings, net_revenue, currency"
    with psycopg.connect(ADDRESS.as_role("owner")) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bare (LIKE money_revenue INCLUDING ALL)")
        cursor.execute(
            "CREATE TEMP TABLE raw (account text, month date, service_line text, "
            "billings numeric, net_revenue numeric, currency text)"
        )
        with cursor.copy(f"COPY raw ({columns}) FROM STDIN") as copy, file.open() as source:
            for row in csv.DictReader(source):
                month, billings = f"{row['month']}-01", row["billings"].replace(",", "")
                copy.write(
                    f"{row['account']}\t{month}\t{row['service_line']}\t{billings}\t"
                    f"{row['net_revenue']}\t{row['currency']}\n"
                )
        cursor.execute(
            "INSERT INTO bare (account_id, month, service_line, currency, billings, net_revenue) "
            "SELECT a.id, month, service_line, currency, billings, net_revenue "
            "FROM raw JOIN clients_account a ON a.code = raw.account"
        )
        connection.rollback()


@contextmanager
def timed(times: dict[str, float], name: str) -> Iterator[None]:
    """Note how long something took, by the clock and by the processor, and say so."""
    began, worked = time.perf_counter(), processor_time()
    yield
    times[name] = time.perf_counter() - began
    times[f"{name}_processor"] = processor_time() - worked
    print(f"{name}: {times[name]:.1f} s", file=sys.stderr, flush=True)


def processor_time() -> float:
    """What this program and its backend have used so far, in seconds."""
    from django.db import connection

    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text(encoding="ascii")
    user, system = stat.rpartition(") ")[2].split()[11:13]
    return time.process_time() + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def report(found: dict[str, float], *, as_json: bool) -> None:
    """The figures, for a script or for a reader."""
    if as_json:
        print(json.dumps(found, indent=2))
        return
    print(
        f"{found['rows']:,} rows over {found['accounts']:,} accounts: "
        f"{found['rows_per_second']:,.0f} rows/s from file to commit "
        f"({found['rows_per_processor_second']:,.0f} a second of processor), "
        f"{found['times_bare']:.1f} times a bare COPY and INSERT; "
        f"{found['rows_per_second_unchanged']:,.0f} rows/s when nothing has changed; "
        f"rehearsal {found['rehearsal']:.1f} s, real {found['real']:.1f} s."
    )


if __name__ == "__main__":
    sys.exit(main())
