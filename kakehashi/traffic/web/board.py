"""What a reader asks the list and the board for, in their address; and the ways on from there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kakehashi.base.text import one_line
from kakehashi.clients.models import Account
from kakehashi.clients.web.lists import known, uuid_in, with_
from kakehashi.policy.engine import hats, objection
from kakehashi.traffic.models import Job
from kakehashi.traffic.queries import jobs
from kakehashi.traffic.queries.jobs import ACCOUNTS, MINE, Filters

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

FILTERS = ("q", "account", "kind", "production", "billing", "whose", "late", "closed", "from", "to")


def read(asked: QueryDict) -> Filters:
    """The filters of an address; what makes no sense is as if it were not there."""
    sort = asked.get("sort", "")
    if sort.removeprefix("-") not in jobs.SORTS:
        sort = "live"
    return Filters(
        q=one_line(asked.get("q", "")),
        account=uuid_in(asked.get("account", "")),
        kind=known(asked, "kind", Job.Kind.values),
        production=known(asked, "production", Job.Production.values),
        billing=known(asked, "billing", Job.Billing.values),
        whose=known(asked, "whose", (MINE, ACCOUNTS)),
        late=asked.get("late") == "1",
        closed=asked.get("closed") == "1",
        first=_day(asked.get("from", "")),
        last=_day(asked.get("to", "")),
        sort=sort.removeprefix("-"),
        descending=sort.startswith("-"),
    )


def common(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    """What the list and the board share around their rows."""
    asked = request.GET
    account = Account.objects.filter(pk=filters.account).first() if filters.account else None
    return {
        "today": localdate(),
        "filters": filters,
        "account": account,
        "is_filtered": any(asked.get(name) for name in FILTERS),
        "options": options(),
        "may_open": may_open(request),
        "question": with_(asked, sort="", production=""),
    }


def may_open(request: HttpRequest) -> str | None:
    """The objection to opening a job on no account in particular: on one they serve they may."""
    if any(hat.startswith("role:") for hat in hats(None)):
        return None
    return objection(request.person, "traffic.open_job", None)


def job_list(request: HttpRequest) -> dict[str, Any]:
    """The list as it stands."""
    asked, filters = request.GET, read(request.GET)
    rows, page = jobs.listed(
        request.person,
        filters,
        localdate(),
        after=asked.get("after", ""),
        before=asked.get("before", ""),
    )
    return {
        **common(request, filters),
        "rows": rows,
        "sorts": sorts(asked, filters),
        "views": views(asked, "traffic:jobs"),
        "previous": page.previous and with_(asked, before=page.previous),
        "next": page.next and with_(asked, after=page.next),
    }


def board(request: HttpRequest) -> dict[str, Any]:
    """All columns, each with its first cards."""
    filters = read(request.GET)
    columns = jobs.columns(request.person, filters, localdate())
    return {
        **common(request, filters),
        "columns": columns,
        "is_empty": not any(column.rows for column in columns),
        "views": views(request.GET, "traffic:board"),
        "path": request.get_full_path(),
    }


def options() -> dict[str, list[tuple[Any, Any]]]:
    """What can be chosen in each filter."""
    anything: list[tuple[Any, Any]] = [("", _("All"))]
    return {
        "kind": [*anything, *Job.Kind.choices],
        "production": [*anything, *Job.Production.choices],
        "billing": [*anything, *Job.Billing.choices],
        "whose": [
            *anything,
            (MINE, _("Mine: run, led or worked on by me")),
            (ACCOUNTS, _("Of the accounts I serve")),
        ],
    }


def views(asked: QueryDict, route: str) -> list[tuple[str, str, bool]]:
    """Named views: label, address, and whether the page stands so."""
    named = [
        (_("All open"), {}),
        (_("Mine"), {"whose": MINE}),
        (_("My accounts'"), {"whose": ACCOUNTS}),
        (_("Late"), {"late": "1"}),
    ]
    if route == "traffic:jobs":
        named += [
            (_("To be billed"), {"billing": Job.Billing.READY_TO_BILL.value}),
            (_("Closed too"), {"closed": "1", "sort": "-opened"}),
        ]
    here = reverse(route)
    now = {
        name: value for name, value in asked.items() if value and name not in ("after", "before")
    }
    return [
        (label, here + ("?" + "&".join(f"{k}={v}" for k, v in wanted.items()) if wanted else ""),
         now == wanted)
        for label, wanted in named
    ]  # fmt: skip


def sorts(asked: QueryDict, filters: Filters) -> dict[str, dict[str, str]]:
    """For each column that sorts: where its heading leads, and how it stands now."""
    found = {}
    for name in jobs.SORTS:
        current = filters.sort == name
        wanted = f"-{name}" if current and not filters.descending else name
        standing = "descending" if filters.descending else "ascending"
        found[name] = {"href": with_(asked, sort=wanted), "aria": standing if current else ""}
    return found


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
