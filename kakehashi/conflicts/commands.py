"""`kakehashi who-sees ACCOUNT`, `kakehashi explain PERSON ACCOUNT`, `kakehashi conflicts check`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kakehashi.policy.acting import acting_as_system

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from kakehashi.clients.models import Account
    from kakehashi.conflicts.examining import Answer, Struck
    from kakehashi.conflicts.queries import Standing

NOT_FOUND = 2


def register(commands: Any) -> None:
    """Add the commands to the program."""
    who = commands.add_parser("who-sees", help="tell who sees an account, and why")
    who.add_argument("account", metavar="ACCOUNT", help="the account's code")
    who.add_argument("--json", action="store_true", help="print JSON")
    who.set_defaults(run=who_sees, db_role="worker")
    why = commands.add_parser("explain", help="tell why a person sees an account or does not")
    why.add_argument("person", metavar="PERSON", help="the person's login")
    why.add_argument("account", metavar="ACCOUNT", help="the account's code")
    why.add_argument("--json", action="store_true", help="print JSON")
    why.set_defaults(run=explain, db_role="worker")
    conflicts = commands.add_parser("conflicts", help="check a case for conflicts")
    conflicts.set_defaults(run=check_case, db_role="worker")  # its only verb
    verbs = conflicts.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser(
        "check",
        help="check whether a client's case conflicts with what others were promised",
        description="Read a case as a JSON object (company, brand, categories, countries,"
        " disciplines, office, start, end, people) and tell what it conflicts with. Exit status:"
        " 0 when it was checked, 2 when the case cannot be read.",
    )
    check.add_argument("file", metavar="FILE", help="the case as JSON; - for standard input")
    check.add_argument("--json", action="store_true", help="print JSON")
    check.add_argument(
        "--mode", choices=("strict", "split"), help="instead of the agency's own mode"
    )


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


def check_case(args: argparse.Namespace) -> int:
    from django.utils.timezone import localdate

    from kakehashi.base.errors import Unreadable
    from kakehashi.conflicts.asking import question_of
    from kakehashi.conflicts.examining import examine

    today = localdate()
    with acting_as_system("command"):
        try:
            question = question_of(_read_json(args.file), today)
        except Unreadable as problem:
            print(problem.reason, file=sys.stderr)
            return NOT_FOUND
        answer = examine(question, today, args.mode or "")
        told = _answer_as_data(answer)
    if args.json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_answer_as_lines(told)))
    return 0


def _read_json(name: str) -> Any:
    from django.utils.translation import gettext as _

    from kakehashi.base.errors import Unreadable

    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Unreadable(
            _("%(name)s cannot be opened: %(why)s.") % {"name": name, "why": error.strerror}
        ) from error
    except UnicodeDecodeError as error:
        raise Unreadable(_("%(name)s is not UTF-8.") % {"name": name}) from error
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(
            _("%(name)s is not JSON: %(why)s.") % {"name": name, "why": error}
        ) from error


def _answer_as_data(answer: Answer) -> dict[str, Any]:
    """An answer as JSON tells it; sentences in the terminal's language."""
    from kakehashi.conflicts.because import spoken
    from kakehashi.people.models import Person

    ids = [kept.objection.person for kept in answer.people]
    logins = dict(Person.objects.filter(pk__in=ids).values_list("pk", "handle"))
    return {
        "result": str(answer.result),
        "mode": str(answer.mode),
        "hits": [_hit_as_data(hit) for hit in answer.hits],
        "people": [
            {
                "person": logins[kept.objection.person],
                "until": kept.objection.until and kept.objection.until.isoformat(),
                "because": spoken(kept.because),
            }
            for kept in answer.people
        ],
        "consented": [_hit_as_data(hit) for hit in answer.consented],
        "possible": [
            {"name": like.name, "likeness": like.likeness, "because": spoken(like.because)}
            for like in answer.possible
        ],
        "unplaced": answer.unplaced,
    }


def _hit_as_data(hit: Struck) -> dict[str, Any]:
    from kakehashi.conflicts.because import spoken

    return {
        "commitment": hit.commitment,
        "account": hit.found.holder.code,
        "level": hit.level,
        "severity": str(hit.found.touched.severity),
        "rule": hit.found.touched.rule,
        "result": str(hit.result),
        "because": spoken(hit.because),
    }


def _answer_as_lines(told: dict[str, Any]) -> Iterator[str]:
    yield f"{told['result']} ({told['mode']})"
    for name in ("hits", "consented"):
        for hit in told[name]:
            taken = " [consented]" if name == "consented" else ""
            yield f"{hit['severity']:9} {hit['account']} {hit['commitment'] or '-'}{taken}"
            yield from (f"          {sentence}" for sentence in hit["because"])
    for kept in told["people"]:
        yield f"{kept['person']}: until {kept['until'] or 'an open end'}"
        yield from (f"          {sentence}" for sentence in kept["because"])
    for like in told["possible"]:
        yield f"possible {like['likeness']:.2f} {like['name']}"
        yield from (f"          {sentence}" for sentence in like["because"])


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
