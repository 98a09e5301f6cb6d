"""What an operator does with people on the command line: passwords, and a person's data."""

from __future__ import annotations

import getpass
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from kakehashi.base.errors import Unreadable

if TYPE_CHECKING:
    import argparse

    from kakehashi.people.models import Login, Person


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this package's commands to the program."""
    password = commands.add_parser(
        "password",
        help="choose a password for somebody",
        description="Choose a password for somebody: typed twice, or read from standard input.",
    )
    password.add_argument("login", help="the name they sign in with")
    password.set_defaults(run=choose_password, db_role="owner")
    export = commands.add_parser(
        "export-person",
        help="write everything stored about a person",
        description="Write everything stored about a person as JSON, without passwords.",
    )
    export.add_argument("person", metavar="LOGIN|ID", help="their login, or their id")
    export.add_argument("--output", type=Path, help="a file instead of standard output")
    export.set_defaults(run=export_person, db_role="worker")


def choose_password(arguments: argparse.Namespace) -> int:
    """Set a password; whoever has a login name but never signed in can do so from now on."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction

    with transaction.atomic():
        login = _login(arguments.login)
        chosen = _typed_twice() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
        try:
            validate_password(chosen, login)
        except ValidationError as refusal:
            raise Unreadable(" ".join(refusal.messages)) from refusal
        login.set_password(chosen)
        login.is_active = True
        login.save()
    print(f"{login.username} can sign in with the new password.")
    return 0


def export_person(arguments: argparse.Namespace) -> int:
    """Print or write everything, also what no single colleague may see."""
    from django.core.serializers.json import DjangoJSONEncoder

    from kakehashi.people.queries.personal import everything_about
    from kakehashi.policy.acting import acting_as_system

    with acting_as_system("command"):
        stored = everything_about(_person(arguments.person))
    text = json.dumps(stored, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    if arguments.output is None:
        print(text)
    else:
        arguments.output.write_text(f"{text}\n", encoding="utf-8")
    return 0


def _login(name: str) -> Login:
    from kakehashi.people.models import Login, Person

    if login := Login.objects.filter(username=name).first():
        return login
    person = Person.objects.filter(handle=name, login_row=None).first()
    if person is None:
        raise Unreadable(f"Nobody signs in as {name!r}.")
    return Login(username=name, email=person.email, person=person)


def _typed_twice() -> str:
    chosen = getpass.getpass("New password: ")
    if getpass.getpass("Again: ") != chosen:
        raise Unreadable("The two passwords differ.")
    return chosen


def _person(told: str) -> Person:
    from kakehashi.people.models import Person

    try:
        found = Person.objects.filter(pk=UUID(told)).first()
    except ValueError:
        found = Person.objects.filter(handle=told).first()
    if found is None:
        raise Unreadable(f"There is no person with the login or id {told!r}.")
    return found
