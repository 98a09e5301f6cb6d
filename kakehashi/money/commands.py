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
    from decimal import Decimal

    from kakehashi.money.queries import Portfolio
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

    from kakehashi.money import queries

    try:
        months = period(args.first, args.last, localdate())
    except (Unreadable, ValueError) as problem:
        print(problem, file=sys.stderr)
        return WRONG
    person = _person(args.login)
    if person is None:
        print(f"There is nobody with the login {args.login}.", file=sys.stderr)
        return WRONG
    with acting_as(person):
        found = queries.portfolios(months)
    if args.json:
        print(json.dumps({"currencies": {p.currency: as_data(p) for p in found}}, indent=2))
    else:
        print("\n\n".join(as_text(p, months) for p in found) or "No revenue in these months.")
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


def as_data(found: Portfolio) -> dict[str, Any]:
    """One currency's portfolio; shares 0–1, HHI on the 0–10,000 scale."""
    return {
        "net_revenue": number(found.net_revenue),
        "accounts": [
            {
                "code": s.code,
                "net_revenue": number(s.net_revenue),
                "share": float(s.share),
            }
            for s in found.slices
        ],
        "top1": float(found.top1),
        "top5": float(found.top5),
        "hhi": float(found.hhi),
        "effective_number": float(found.effective_number),
    }


def number(amount: Decimal) -> int | float:
    """A JSON number, whole where the amount is."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def as_text(found: Portfolio, months: Months) -> str:
    head = f"{found.currency} {found.net_revenue:,.0f}  {months.first:%Y-%m} to {months.last:%Y-%m}"
    measures = (
        f"largest {found.top1:.1%}, largest five {found.top5:.1%}, HHI {found.hhi:,.0f},"
        f" as many as {found.effective_number:.1f} equal accounts"
    )
    rows = [f"{s.share:7.1%}  {s.net_revenue:>18,.0f}  {s.code}" for s in found.slices]
    return "\n".join([head, measures, *rows])
