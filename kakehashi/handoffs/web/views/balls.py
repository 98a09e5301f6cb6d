"""Pages that show balls: a list, one ball with its story, the courts, what waits under a leader."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from kakehashi.clients.queries import keyset
from kakehashi.clients.web.lists import id_of
from kakehashi.handoffs import actions, queries
from kakehashi.handoffs.web import courts as court_page
from kakehashi.handoffs.web import filters
from kakehashi.handoffs.web.views.acts import ball_or_404
from kakehashi.people.models import Person
from kakehashi.policy.access import narrow
from kakehashi.policy.engine import Objections
from kakehashi.policy.middleware import for_contacts

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from kakehashi.handoffs.models import Handoff
    from kakehashi.handoffs.wanted import Wanted

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
        "sees_account": found.account is not None and request.person.is_ours,
    }
    return render(request, "handoffs/ball.html", context)


@require_safe
def courts(request: HttpRequest) -> HttpResponse:
    """The three courts of the reader by themselves, for a page that shows them anew.

    The address of the page follows what they are narrowed to.
    """
    shown = court_page.context(request)
    response = render(request, "handoffs/courts.html#courts", shown)
    response["HX-Replace-Url"] = shown["home_address"]
    return response


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
    person = _person(asked.get("person", ""))
    form = filters.FilterForm(asked)
    wanted = form.wanted
    if wanted.account is None and filters.is_id(asked.get("account", "")):
        raise Http404
    page = keyset.page(
        _rows(request, court, wanted, person, at),
        (keyset.Column("due_at", dt.datetime.fromisoformat), keyset.Column("id", UUID)),
        after=asked.get("after", ""),
        before=asked.get("before", ""),
    )
    base = form.chosen | {name: asked[name] for name in ("court", "person") if asked.get(name)}
    context: dict[str, Any] = {
        "at": at,
        "court": court if court in queries.COURTS else "",
        "account": wanted.account,
        "person": person,
        "is_filtered": bool(wanted),
        "balls": queries.told([row.pk for row in page.rows]),
        "deputised_ids": set(queries.stood_in_for()),
        "previous": _address(base, before=page.previous),
        "next": _address(base, after=page.next),
        "courts": [(name, _address(base, court=name)) for name in queries.COURTS],
        **filters.context(form, court=base.get("court"), person=base.get("person")),
    }
    return render(request, "handoffs/list.html", context)


def _rows(
    request: HttpRequest,
    court: str,
    wanted: Wanted,
    person: Person | None,
    at: dt.datetime,
) -> QuerySet[Handoff]:
    """Of an account or a holder everything the reader sees; else what they look after."""
    if wanted.account is None and person is None:
        parts = queries.looked_after(request.person)
        ids = parts[0].values("id").union(*(part.values("id") for part in parts[1:]))
        balls = queries.open_balls().filter(id__in=ids)
    else:
        balls = narrow(queries.open_balls()) if person is None else queries.open_balls()
        if person is not None:
            balls = balls.filter(asked_of=person)
    balls = wanted.of(balls)
    return queries.in_court(balls, court, at) if court in queries.COURTS else balls


def _person(text: str) -> Person | None:
    return get_object_or_404(Person, pk=id_of(text)) if text else None


def _address(base: dict[str, str], **more: str) -> str:
    """The list's own address with other parameters; empty where there is no further page."""
    return filters.address(reverse("handoffs:balls"), base, **more) if all(more.values()) else ""
