"""`kakehashi search QUERY --as LOGIN`: what that person finds, in the order of the palette."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from kakehashi.policy.acting import acting_as, acting_as_system

if TYPE_CHECKING:
    import argparse

    from kakehashi.people.models import Person
    from kakehashi.search.kinds import Shown

WRONG = 2
MOST = 20


def register(commands: Any) -> None:
    """Add the command to the program."""
    told = commands.add_parser(
        "search", help="find people, companies, accounts, balls, pages as a person finds them"
    )
    told.add_argument("query", metavar="QUERY", help="names, readings, codes, numbers")
    told.add_argument(
        "--as", dest="login", metavar="LOGIN", required=True, help="whose view: login or e-mail"
    )
    told.add_argument("--json", action="store_true", help="print JSON")
    told.set_defaults(run=search, db_role="worker")


def search(args: argparse.Namespace) -> int:
    from django.utils import translation

    from kakehashi.search.offers import everything

    person = _person(args.login)
    if person is None:
        print(f"There is nobody with the login {args.login}.", file=sys.stderr)
        return WRONG
    with acting_as(person), translation.override(person.language):
        rows = everything(person, args.query, most=MOST)
    if args.json:
        print(json.dumps({"results": [as_data(row) for row in rows]}, ensure_ascii=False, indent=2))
    else:
        print("\n".join(map(as_line, rows)) or "Nothing was found.")
    return 0


def _person(login: str) -> Person | None:
    """Our people by the name they sign in with; a client's contact by their address."""
    from kakehashi.people.models import Person

    with acting_as_system("command"):
        named = Person.objects.filter(handle=login).first()
        return named or Person.objects.filter(email=login, anonymised_at=None).first()


def as_data(row: Shown) -> dict[str, str]:
    return {"kind": row.kind, "title": row.title, "path": row.path}


def as_line(row: Shown) -> str:
    told = f"  ({row.hint})" if row.hint else ""
    return f"{row.kind:8} {row.title}{told}  {row.path}"
