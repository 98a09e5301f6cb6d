"""`kakehashi who-sees ACCOUNT` and `kakehashi explain PERSON ACCOUNT`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from kakehashi.policy.acting import acting_as_system

if TYPE_CHECKING:
    import argparse

    from kakehashi.clients.models import Account
    from kakehashi.conflicts.queries import Standing

NOT_FOUND = 2


def register(commands: Any) -> None:
    """Add the two commands to the program."""
    who = commands.add_parser("who-sees", help="tell who sees an account, and why")
    who.add_argument("account", metavar="ACCOUNT", help="the account's code")
    who.add_argument("--json", action="store_true", help="print JSON")
    who.set_defaults(run=who_sees, db_role="worker")
    why = commands.add_parser("explain", help="tell why a person sees an account or does not")
    why.add_argument("person", metavar="PERSON", help="the person's login")
    why.add_argument("account", metavar="ACCOUNT", help="the account's code")
    why.add_argument("--json", action="store_true", help="print JSON")
    why.set_defaults(run=explain, db_role="worker")


def who_sees(args: argparse.Namespace) -> int:
    from kakehashi.conflicts import queries

    with acting_as_system("command"):
        account = _account(args.account)
        if account is None:
            return NOT_FOUND
        standings = queries.who_sees(account, reader=None)
    if args.json:
        told = {"account": account.code, "people": [as_data(s) for s in standings]}
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    print(f"{account.code}  {account.name}")
    for standing in standings:
        print(as_line(standing))
    return 0


def explain(args: argparse.Namespace) -> int:
    from kakehashi.conflicts import queries
    from kakehashi.people.models import Person

    with acting_as_system("command"):
        account = _account(args.account)
        person = Person.objects.filter(handle=args.person).first()
        if account is None:
            return NOT_FOUND
        if person is None:
            print(f"There is nobody with the login {args.person}.", file=sys.stderr)
            return NOT_FOUND
        standing = queries.explain(person, account, reader=None)
    if args.json:
        told = {"account": account.code, **as_data(standing)}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print(as_line(standing))
    return 0


def _account(code: str) -> Account | None:
    from kakehashi.clients.models import Account

    account = Account.objects.select_related("parent").filter(code=code).first()
    if account is None:
        print(f"There is no account with the code {code}.", file=sys.stderr)
    return account


def as_data(standing: Standing) -> dict[str, Any]:
    """One person as JSON tells it; a contact without a login has an e-mail address only."""
    person = standing.person
    return {
        "login": person.handle or person.email,
        "sees": standing.sees,
        "because": [
            {
                "rule": ground.rule,
                "detail": ground.detail,
                "since": ground.since.isoformat() if ground.since else None,
            }
            for ground in standing.because
        ],
    }


def as_line(standing: Standing) -> str:
    person = standing.person
    answer = "sees" if standing.sees else "does not see"
    grounds = "; ".join(
        f"{g.rule}: {g.detail}" + (f" (since {g.since})" if g.since else "")
        for g in standing.because
    )
    return f"{person.handle or person.email:24} {answer:13} {person.name}  {grounds}"
