"""Pages that show balls: a list, one ball with its story, the courts, what waits under a leader."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from kakehashi.clients.models import Account
from kakehashi.clients.queries import keyset
from kakehashi.clients.web.lists import id_of
from kakehashi.handoffs import actions, queries
from kakehashi.handoffs.web import courts as court_page
from kakehashi.handoffs.web.views.acts import ball_or_404
from kakehashi.people.models import Person
from kakehashi.policy.access import narrow
from kakehashi.policy.engine import Objections
from kakehashi.policy.middleware import for_contacts

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from kakehashi.handoffs.models import Handoff

ACTS = ("answer", "ask_back", "record", "move", "remind", "take_back")


@require_safe
@for_contacts
def ball(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is asked, of whom, until when, and the story of the thing so far."""
    found = ball_or_404(pk)
    actions.look_at(ball=found, by=request.person, at=now())
    may = Objections(request.person, found).each(f"handoffs.{act}" for act in ACTS)
    context = {
        "ball": found,
        "at": now(),
        "may": may,
        "thread": queries.thread(found),
        "shell_template": "ui/base.html" if request.person.is_ours else "ui/portal.html",
        "sees_account": found.account is not None and request.person.is_ours,
    }
    return render(request, "handoffs/ball.html", context)


@require_safe
def courts(request: HttpRequest) -> HttpResponse:
    """The three courts of the reader by themselves, for a page that shows them anew."""
    return render(request, "handoffs/courts.html#courts", court_page.context(request))


@require_safe
def under(request: HttpRequest) -> HttpResponse:
    """What is late or waits under the reader: fetched after the page that shows it."""
    at = now()
    return render(request, "handoffs/under.html", {"under": queries.under(at), "at": at})


@require_safe
def ball_list(request: HttpRequest) -> HttpResponse:
    """Open balls by court, account or holder, a page at a time."""
    at = now()
    asked = request.GET
    court = asked.get("court", "")
    account, person = _account(asked.get("account", "")), _person(asked.get("person", ""))
    page = keyset.page(
        _rows(request, court, account, person, at),
        (keyset.Column("due_at", dt.datetime.fromisoformat), keyset.Column("id", UUID)),
        after=asked.get("after", ""),
        before=asked.get("before", ""),
    )
    base = {name: asked[name] for name in ("court", "account", "person") if name in asked}
    context: dict[str, Any] = {
        "at": at,
        "court": court if court in queries.COURTS else "",
        "account": account,
        "person": person,
        "balls": queries.told([row.pk for row in page.rows]),
        "deputised_ids": set(queries.stood_in_for()),
        "previous": _address(base, before=page.previous),
        "next": _address(base, after=page.next),
        "courts": [(name, _address(base, court=name)) for name in queries.COURTS],
    }
    return render(request, "handoffs/list.html", context)


def _rows(
    request: HttpRequest,
    court: str,
    account: Account | None,
    person: Person | None,
    at: dt.datetime,
) -> QuerySet[Handoff]:
    """Of an account or a holder everything the reader sees; else what they look after."""
    if account is None and person is None:
        parts = queries.looked_after(request.person)
        ids = parts[0].values("id").union(*(part.values("id") for part in parts[1:]))
        balls = queries.open_balls().filter(id__in=ids)
    else:
        balls = narrow(queries.open_balls()) if person is None else queries.open_balls()
        if account is not None:
            balls = balls.filter(account=account)
        if person is not None:
            balls = balls.filter(asked_of=person)
    return queries.in_court(balls, court, at) if court in queries.COURTS else balls


def _account(text: str) -> Account | None:
    return get_object_or_404(Account, pk=id_of(text)) if text else None


def _person(text: str) -> Person | None:
    return get_object_or_404(Person, pk=id_of(text)) if text else None


def _address(base: dict[str, str], **more: str) -> str:
    """The list's own address with other parameters; empty where there is no further page."""
    if not all(more.values()):
        return ""
    return f"{reverse('handoffs:balls')}?{urlencode({**base, **more})}"
