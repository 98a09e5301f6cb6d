"""`kakehashi portfolio --as LOGIN`: shares and concentration of what that person sees.

`kakehashi sums` adds up anew what is kept beside the revenue itself.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from kakehashi.base.dates import parse_month
from kakehashi.base.errors import Unreadable
from kakehashi.base.periods import Months, month_after
from kakehashi.policy.acting import acting_as, acting_as_system

if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal
    from uuid import UUID

    from kakehashi.money.analysis import Book
    from kakehashi.people.models import Person

WRONG = 2


def register(commands: Any) -> None:
    """Add the command to the program."""
    told = commands.add_parser(
        "portfolio", help="tell shares and concentration of the accounts a person sees"
    )
    told.add_argument("--as", dest="login", metavar="LOGIN", required=True, help="whose view")
    told.add_argument("--from", dest="first", metavar="YYYY-MM", help="first month")
    told.add_argument("--to", dest="last", metavar="YYYY-MM", help="last month, included")
    told.add_argument("--json", action="store_true", help="print JSON")
    told.set_defaults(run=portfolio, db_role="worker")
    sums = commands.add_parser(
        "sums", help="add up anew what accounts brought by months and years, and tell what differed"
    )
    sums.add_argument("--json", action="store_true", help="print JSON")
    sums.set_defaults(run=add_up, db_role="worker")


def portfolio(args: argparse.Namespace) -> int:
    from django.utils.timezone import localdate

    from kakehashi.clients.models import Account
    from kakehashi.money.analysis import NET_REVENUE
    from kakehashi.money.queries import book

    today = localdate()
    try:
        months = period(args.first, args.last, today)
    except (Unreadable, ValueError) as problem:
        print(problem, file=sys.stderr)
        return WRONG
    person = _person(args.login)
    if person is None:
        print(f"There is nobody with the login {args.login}.", file=sys.stderr)
        return WRONG
    with acting_as(person):
        asked = book.Question(book.Scope(), months, None, book.BY_ACCOUNT, NET_REVENUE, today)
        found = [one for one in book.books(asked) if one.count]
        keys = {part.line.key for one in found for part in one.parts}
        codes = dict(Account.objects.filter(pk__in=keys).values_list("pk", "code"))
    if args.json:
        told = {one.currency: as_data(one, codes) for one in found}
        print(json.dumps({"currencies": told}, indent=2))
    else:
        texts = [as_text(one, months, codes) for one in found]
        print("\n\n".join(texts) or "No revenue in these months.")
    return 0


def add_up(args: argparse.Namespace) -> int:
    """The database keeps these sums by itself: that none differs is what one wants to read."""
    from django.utils.timezone import localdate

    from kakehashi.money import queries

    with acting_as_system("command"):
        differed = queries.add_up(localdate())
    said = {"differed": differed}
    print(json.dumps(said) if args.json else f"{differed} sums were missing or differed.")
    return 0


def period(first: str | None, last: str | None, today: dt.date) -> Months:
    """The months asked for; the twelve whole months before today where nothing was said."""
    from kakehashi.money.queries import recent_months

    end = parse_month(last) if last else recent_months(today).last
    return Months(parse_month(first) if first else month_after(end, -11), end)


def _person(login: str) -> Person | None:
    from kakehashi.people.models import Person

    with acting_as_system("command"):
        return Person.objects.filter(handle=login).first()


def as_data(found: Book, codes: Mapping[UUID, str]) -> dict[str, Any]:
    """One currency's portfolio; shares 0–1, HHI on the 0–10,000 scale."""
    return {
        "net_revenue": number(found.now.net_revenue),
        "accounts": [
            {
                "code": codes[part.line.key],
                "net_revenue": number(part.line.amount),
                "share": float(part.share),
            }
            for part in found.parts
        ],
        "top1": float(found.spread.top1),
        "top5": float(found.spread.top5),
        "hhi": float(found.spread.hhi),
        "effective_number": float(found.spread.effective_number),
    }


def number(amount: Decimal) -> int | float:
    """A JSON number, whole where the amount is."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def as_text(found: Book, months: Months, codes: Mapping[UUID, str]) -> str:
    total, spread = found.now.net_revenue, found.spread
    head = f"{found.currency} {total:,.0f}  {months.first:%Y-%m} to {months.last:%Y-%m}"
    measures = (
        f"largest {spread.top1:.1%}, largest five {spread.top5:.1%}, HHI {spread.hhi:,.0f},"
        f" as many as {spread.effective_number:.1f} equal accounts"
    )
    rows = [
        f"{part.share:7.1%}  {part.line.amount:>18,.0f}  {codes[part.line.key]}"
        for part in found.parts
    ]
    return "\n".join([head, measures, *rows])
