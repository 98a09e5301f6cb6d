"""What a reader asks a list for, in its address: so a view can be kept, sent and come back to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from babel.numbers import get_territory_currencies
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kakehashi.base.text import one_line
from kakehashi.clients.models import Account
from kakehashi.clients.queries import days, listing, offices
from kakehashi.clients.queries.listing import Filters
from kakehashi.clients.web.readers import link
from kakehashi.policy.engine import objection
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest

    from kakehashi.clients.queries.listing import Row
    from kakehashi.people.models import Office

INDENT = "\N{IDEOGRAPHIC SPACE}"
YEN = "JPY"


def account_list(request: HttpRequest) -> dict[str, Any]:
    """The list, its filters as they stand, and the ways on from here."""
    asked, today = request.GET, localdate()
    tree_of_offices = offices.in_order()
    currency = asked.get("currency", "") or home_currency(request, tree_of_offices, today)
    filters = read(asked, currency)
    rows, page = listing.listed(
        request.person,
        filters,
        today,
        after=asked.get("after", ""),
        before=asked.get("before", ""),
    )
    return {
        "rows": rows,
        "filters": filters,
        "is_filtered": any(asked.get(name) for name in FILTERS),
        "options": options(tree_of_offices, rows, currency),
        "sorts": sorts(asked, filters),
        "previous": page.previous and with_(asked, before=page.previous),
        "next": page.next and with_(asked, after=page.next),
        "views": views(asked),
        "tree_link": with_(asked, tree="" if filters.tree else "1"),
        "export": link("imports:export", "accounts", "csv"),
        "may_open": objection(request.person, "clients.open_account", None),
    }


FILTERS = ("q", "status", "office", "level", "team", "category", "below")


def read(asked: QueryDict, currency: str) -> Filters:
    """The filters of an address; what makes no sense is as if it were not there."""
    sort = asked.get("sort", "")
    if sort.removeprefix("-") not in listing.SORTS:
        sort = "name"
    return Filters(
        q=one_line(asked.get("q", "")),
        status=known(asked, "status", Account.Status.values),
        office=uuid_in(asked.get("office", "")),
        level=known(asked, "level", Account.Level.values),
        team=known(asked, "team", (listing.MINE, listing.TEAM)),
        category=one_line(asked.get("category", "")),
        below=uuid_in(asked.get("below", "")),
        sort=sort.removeprefix("-"),
        descending=sort.startswith("-"),
        currency=currency,
        tree=asked.get("tree") == "1",
    )


def options(
    tree_of_offices: list[tuple[Office, int]], rows: list[Row], currency: str
) -> dict[str, list[tuple[Any, Any]]]:
    """What can be chosen in each filter."""
    anything: list[tuple[Any, Any]] = [("", _("All"))]
    seen = {amount.currency for row in rows for amount in row.amounts}
    return {
        "status": [*anything, *Account.Status.choices],
        "level": [*anything, *Account.Level.choices],
        "team": [
            *anything,
            (listing.MINE, _("Where I have a seat")),
            (listing.TEAM, _("Mine and my team's")),
        ],
        "office": [
            *anything,
            *((o.pk, f"{INDENT * depth}{reader_name(o)}") for o, depth in tree_of_offices),
        ],
        "currency": [(code, code) for code in sorted(seen | {currency})],
    }


def sorts(asked: QueryDict, filters: Filters) -> dict[str, dict[str, str]]:
    """For each column that sorts: where its heading leads, and how it stands now."""
    found = {}
    for name in listing.SORTS:
        first_way = f"-{name}" if name == "revenue" else name
        other_way = name if first_way.startswith("-") else f"-{name}"
        current = filters.sort == name
        standing = f"-{name}" if filters.descending else name
        wanted = other_way if current and standing == first_way else first_way
        found[name] = {
            "href": with_(asked, sort=wanted),
            "aria": ("descending" if filters.descending else "ascending") if current else "",
        }
    return found


def views(asked: QueryDict) -> list[tuple[str, str, bool]]:
    """Named views: label, address, and whether the list stands so."""
    named = (
        (_("All"), ""),
        (_("Mine"), "team=mine"),
        (_("My team's"), "team=team"),
        (_("Largest"), "sort=-revenue"),
        (_("Prospects"), "status=prospect"),
        (_("Dormant"), "status=dormant"),
    )
    here = reverse("clients:accounts")
    now = {k: v for k, v in asked.items() if v and k not in ("after", "before")}
    return [
        (label, f"{here}?{query}" if query else here, now == QueryDict(query).dict())
        for label, query in named
    ]


def with_(asked: QueryDict, **changed: str) -> str:
    """The address's question with something changed; paging starts anew unless it is the change."""
    question = asked.copy()
    for name in ("after", "before"):
        question.pop(name, None)
    for name, value in changed.items():
        question[name] = value
    for name in [name for name, value in question.items() if not value]:
        del question[name]
    return f"?{question.urlencode()}"


def home_currency(
    request: HttpRequest, tree_of_offices: list[tuple[Office, int]], today: dt.date
) -> str:
    """The currency of the country the reader works in, for sorting by money."""
    by_id = {office.pk: office for office, _depth in tree_of_offices}
    post = request.person.employments.filter(days.holding(today)).first()
    office = by_id.get(post.office_id) if post else None
    while office is not None and not office.country:
        office = by_id.get(office.parent_id) if office.parent_id else None
    found = get_territory_currencies(office.country) if office else []
    return found[0] if found else YEN


def id_of(text: str) -> UUID:
    """An id somebody put into an address."""
    if (found := uuid_in(text)) is None:
        raise Http404
    return found


def known(asked: QueryDict, name: str, among: Any) -> str:
    value = asked.get(name, "")
    return value if value in among else ""


def uuid_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
