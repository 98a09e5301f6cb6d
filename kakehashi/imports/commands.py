"""`kakehashi import KIND FILE` and `kakehashi export KIND`."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kakehashi.base.errors import Unreadable
from kakehashi.policy.acting import acting_as, acting_as_system

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from typing import TextIO

    from kakehashi.imports.outcome import Counts, Outcome
    from kakehashi.people.models import Person

REJECTED, UNREADABLE = 1, 2
SHOWN = 20
KIND_NAMES = (
    "offices", "people", "companies", "accounts", "contacts", "seats", "revenue", "walls",
    "categories", "commitments", "competitors",
)  # fmt: skip


def register(commands: Any) -> None:
    """Add the two commands to the program."""
    take = commands.add_parser(
        "import",
        help="load a CSV or XLSX file",
        description=f"Load {', '.join(KIND_NAMES[:-1])} or {KIND_NAMES[-1]} "
        "from a CSV or XLSX file. Exit status: 0 when nothing was rejected, 1 when something "
        "was, 2 when the file cannot be read.",
    )
    take.add_argument("kind", metavar="KIND", choices=KIND_NAMES, help=", ".join(KIND_NAMES))
    take.add_argument("file", metavar="FILE", help="the file")
    take.add_argument("--map", metavar="MAP.toml", help="what the file's own headings mean")
    take.add_argument(
        "--scheme", metavar="CODE", help="of categories: the scheme that the file holds, as iab"
    )
    take.add_argument("--dry-run", action="store_true", help="rehearse: tell what would happen")
    take.add_argument(
        "--partial", action="store_true", help="load the good rows though others are rejected"
    )
    take.add_argument("--json", action="store_true", help="print JSON")
    take.set_defaults(run=run_import, db_role="worker")
    give = commands.add_parser(
        "export", help="write a CSV or XLSX file that goes back in unchanged"
    )
    give.add_argument("kind", metavar="KIND", choices=KIND_NAMES, help=", ".join(KIND_NAMES))
    give.add_argument("--format", choices=("csv", "xlsx"), default="csv", help="(%(default)s)")
    give.add_argument("--as", dest="login", metavar="LOGIN", help="only what this person sees")
    give.add_argument("--output", metavar="FILE", help="where to (standard output)")
    give.set_defaults(run=run_export, db_role="worker")


def run_import(args: argparse.Namespace) -> int:
    """Load a file, or rehearse that, and tell what came of it."""
    try:
        outcome = _load(args)
    except Unreadable as problem:
        print(problem.reason, file=sys.stderr)
        return UNREADABLE
    if args.json:
        print(json.dumps(outcome.as_json(), ensure_ascii=not _shows_everything(), indent=2))
        _print_lines(remarks(outcome), sys.stderr)
    else:
        _print_lines(as_text(outcome), sys.stdout)
    return REJECTED if outcome.counts.rejected else 0


def language_of_terminal(environment: Mapping[str, str]) -> str:
    """Japanese where the terminal speaks it, otherwise English, as the program's own words."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if spoken := environment.get(name):
            return "ja" if spoken.startswith("ja") else "en"
    return "en"


def _load(args: argparse.Namespace) -> Outcome:
    from kakehashi.imports.kinds import KINDS
    from kakehashi.imports.layouts import lay_out
    from kakehashi.imports.loading import load
    from kakehashi.imports.maps import FileMap, read_map
    from kakehashi.imports.reading import read

    file_map = read_map(args.map) if args.map else FileMap()
    if args.scheme:
        file_map.constants["scheme"] = args.scheme
    with read(args.file) as sheet:
        layout = lay_out(KINDS[args.kind], sheet.header, file_map)
        with acting_as_system("command"):
            return load(
                sheet, layout, partial=args.partial, rehearse=args.dry_run, say=Teller().say
            )


class Teller:
    """Tells on a terminal how far a long run is; says nothing of a short one, nor to a file."""

    def __init__(self) -> None:
        self.said_at = time.monotonic()
        self.is_terminal = sys.stderr.isatty()

    def say(self, stage: str, done: int) -> None:
        if self.is_terminal and time.monotonic() - self.said_at > 1:
            self.said_at = time.monotonic()
            print(f"{stage}: {done:,}", file=sys.stderr, flush=True)


def as_text(outcome: Outcome) -> Iterator[str]:
    """A summary for a reader, with the first problems."""
    yield ngettext("%(kind)s: %(rows)s row", "%(kind)s: %(rows)s rows", outcome.rows) % {
        "kind": outcome.kind,
        "rows": f"{outcome.rows:,}",
    }
    yield "  " + _told(outcome.counts)
    for problem in outcome.problems[:SHOWN]:
        value = f" “{problem.value}”" if problem.value else ""
        where = _("row %(row)s, %(column)s:") % {
            "row": problem.row,
            "column": problem.column or _("Whole row"),
        }
        yield f"  {where}{value} {problem.reason}"
    if (more := len(outcome.problems) - SHOWN) > 0:
        yield "  " + _("… and %(count)s more problems (--json tells them all)") % {
            "count": f"{more:,}"
        }
    for repair in outcome.repairs:
        words = {"row": repair.row, "value": repair.value, "became": repair.became}
        yield "  " + _("row %(row)s repaired: “%(value)s” became “%(became)s”.") % words
        yield f"    {repair.reason}"
    yield from (f"  {remark}" for remark in remarks(outcome))
    yield _conclusion(outcome)


def remarks(outcome: Outcome) -> Iterator[str]:
    """What a reader should know that is no problem of a row."""
    if outcome.ignored:
        yield _("Columns nobody reads: %(headings)s") % {"headings": ", ".join(outcome.ignored)}
    if outcome.left_out:
        yield _("%(count)s more problems are not kept.") % {"count": f"{outcome.left_out:,}"}


def _told(counts: Counts) -> str:
    return _(
        "created %(created)s, updated %(updated)s, unchanged %(unchanged)s, rejected %(rejected)s"
    ) % {name: f"{number:,}" for name, number in asdict(counts).items()}


def _conclusion(outcome: Outcome) -> str:
    if outcome.loaded:
        return _("Loaded.")
    if outcome.goes_through:
        return _("This was a rehearsal: nothing was changed.")
    return _("Nothing was changed. With --partial: %(counts)s.") % {"counts": _told(outcome.would)}


def _shows_everything() -> bool:
    """Whether standard output takes every character, so that JSON may hold them as they are."""
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def _print_lines(lines: Iterable[str], file: TextIO) -> None:
    for line in lines:
        print(line, file=file)


def run_export(args: argparse.Namespace) -> int:
    from kakehashi.imports.exporting import Export
    from kakehashi.imports.kinds import KINDS

    acting = _acting(args.login)
    if acting is None:
        print(f"There is nobody with the login {args.login}.", file=sys.stderr)
        return UNREADABLE
    with acting:
        export = Export(KINDS[args.kind])
        if args.output is None:
            export.write(sys.stdout.buffer, args.format)
            return 0
        try:
            with Path(args.output).open("wb") as file:
                count = export.write(file, args.format)
        except OSError as problem:
            print(f"{args.output} cannot be written: {problem.strerror}.", file=sys.stderr)
            return REJECTED
    print(f"{count:,} rows: {args.output}", file=sys.stderr)
    return 0


def _acting(login: str | None) -> AbstractContextManager[Any] | None:
    """As the person asked for, or as the system; None if there is no such person."""
    if login is None:
        return acting_as_system("command")
    person = _person(login)
    return None if person is None else acting_as(person)


def _person(login: str) -> Person | None:
    from kakehashi.people.models import Person

    with acting_as_system("command"):
        return Person.objects.filter(handle=login).first()
