"""`kakehashi demo`: a fictitious agency to try everything with, or a large one to measure with."""

from __future__ import annotations

import argparse
import enum
import json
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kakehashi.demo.signin import SignIn

FAILED = 1
SEED = 1


class Standing(enum.Enum):
    """What is in the database before anything is loaded."""

    EMPTY = "empty"
    DEMO = "demo"
    OTHER = "other"


def register(commands: Any) -> None:
    """Add the command to the program."""
    demo = commands.add_parser(
        "demo",
        help="load a fictitious agency and tell who can sign in",
        description="Load a fictitious agency into an empty database and tell who can sign in.",
    )
    demo.add_argument(
        "--scale",
        type=_accounts,
        metavar="ACCOUNTS",
        help="load a generated agency with so many accounts instead, to measure with",
    )
    demo.add_argument(
        "--seed", type=int, default=SEED, help="what names and figures are drawn from (%(default)s)"
    )
    demo.add_argument(
        "--if-empty",
        action="store_true",
        help="leave a database that is not empty as it is, and do not call that a failure",
    )
    demo.add_argument("--json", action="store_true", help="print JSON")
    demo.set_defaults(run=run, db_role="worker")


def run(args: argparse.Namespace) -> int:
    from kakehashi.demo.signin import PASSWORD

    standing = _standing()
    if standing is Standing.OTHER or (args.scale and standing is Standing.DEMO):
        if args.if_empty:
            return 0
        print(
            "kakehashi: this database is not empty, so nothing was loaded. The demo needs one of "
            "its own: set KAKEHASHI_HOME to an empty directory and run the command again.",
            file=sys.stderr,
        )
        return FAILED
    told = _load_scaled(args) if args.scale else _load(args, standing)
    if args.json:
        print(json.dumps([_as_data(one) for one in told], ensure_ascii=False, indent=2))
    else:
        print(f"Who can sign in, all with the password {PASSWORD}:")
        print("\n".join(f"  {one.login:15} {one.label('en'):24} {one.language}" for one in told))
    return 0


def _load(args: argparse.Namespace, standing: Standing) -> list[SignIn]:
    """Load the agency, or find it loaded: then only passwords that are missing are set."""
    from django.utils.timezone import localdate

    from kakehashi.demo.build import build
    from kakehashi.demo.signin import everybody, set_passwords, sign_ins

    if standing is Standing.EMPTY:
        build(localdate(), args.seed, _progress(), owner=_owner())
    else:
        set_passwords(everybody(), using=_owner())
    return sign_ins()


def _load_scaled(args: argparse.Namespace) -> list[SignIn]:
    from django.utils.timezone import localdate

    from kakehashi.demo.scale import build_scaled

    return build_scaled(args.scale, localdate(), args.seed, _progress(), owner=_owner())


def _standing() -> Standing:
    from kakehashi.clients.models import Company
    from kakehashi.demo.content.offices import AGENCY
    from kakehashi.people.models import Office, Person
    from kakehashi.policy.acting import acting_as_system

    with acting_as_system("command"):
        if Office.objects.filter(code=AGENCY.code, name=AGENCY.name, parent=None).exists():
            return Standing.DEMO
        taken = any(noun.objects.exists() for noun in (Office, Person, Company))
    return Standing.OTHER if taken else Standing.EMPTY


def _owner() -> str:
    """A second connection, as the owner: the one role that may write passwords."""
    from django.db import connections

    from config.db import database

    connections.settings["owner"] = {**connections.settings["default"], **database("owner")}
    return "owner"


def _progress() -> Any:
    """Say each stage as it begins, with the seconds gone by."""
    began = time.monotonic()

    def tell(stage: str) -> None:
        print(f"{time.monotonic() - began:5.1f} s  {stage} …", file=sys.stderr, flush=True)

    return tell


def _as_data(one: SignIn) -> dict[str, str]:
    from kakehashi.demo.signin import PASSWORD

    return {
        "role": one.role or "client_contact",
        "login": one.login,
        "name": one.name,
        "language": one.language,
        "password": PASSWORD,
    }


def _accounts(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of accounts, 1 or more")
    return number
