"""Requests in lists, on an account, one with its whole story; and the files that came with it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from kakehashi.clients.queries import keyset
from kakehashi.clients.web.account_page import account_page
from kakehashi.clients.web.account_page import context as of_account
from kakehashi.policy.engine import Objections, objection
from kakehashi.policy.middleware import for_contacts
from kakehashi.requests import onward, queries, states
from kakehashi.requests.actions import see
from kakehashi.requests.mail import addresses
from kakehashi.requests.models import File
from kakehashi.requests.web import story
from kakehashi.requests.web.readers import request_or_404

if TYPE_CHECKING:
    from django.http import HttpRequest

COLUMNS = (
    keyset.Column("written_at", dt.datetime.fromisoformat, descending=True),
    keyset.Column("id", UUID, descending=True),
)
OURS = ("accept", "ask_back", "begin", "decline", "finish", "note", "record_answer", "say")
THEIRS = ("answer", "say", "withdraw")
SEALED = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_safe
@for_contacts
def request_list(request: HttpRequest) -> HttpResponse:
    """Requests of all accounts the reader sees; to a client's contact, those of their accounts."""
    if not request.person.is_ours:
        shown = {"requests": queries.of_client(), "today": localdate()}
        return render(request, "requests/portal_list.html", shown)
    return render(request, "requests/list.html", _rows(request, reverse("requests:list")))


@require_safe
def account_requests(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The requests of one account, its address for mail, and what waits there."""
    page = account_page(request, pk)
    shown = _rows(request, request.path, account=page.account)
    shown |= {
        "may_record": objection(request.person, "requests.record", page.account, page.worn),
        "address": addresses.of_account(page.account),
        "held": queries.held(page.account),
    }
    return render(request, "requests/account.html", of_account(page, "requests", **shown))


def _rows(request: HttpRequest, path: str, **of: Any) -> dict[str, Any]:
    """A page of a list with the ways to its other views."""
    asked = request.GET
    view = asked.get("view", "")
    view = view if view in queries.VIEWS else queries.OPEN
    found = keyset.page(
        queries.listed(view, **of),
        COLUMNS,
        after=asked.get("after", ""),
        before=asked.get("before", ""),
    )

    def there(**more: str) -> str:
        return f"{path}?{urlencode({'view': view, **more})}" if all(more.values()) else ""

    courts = queries.courts(found.rows)
    return {
        "rows": [(one, courts.get(one.pk, [])) for one in found.rows],
        "view": view,
        "views": [(name, there(view=name)) for name in queries.VIEWS],
        "previous": there(before=found.previous),
        "next": there(after=found.next),
        "today": localdate(),
        "at": now(),
    }


@require_safe
@for_contacts
def request_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is wanted, whose move it is, what may be done, and everything said so far."""
    found = request_or_404(pk)
    see(request=found, by=request.person, at=now())
    ours = request.person.is_ours
    known = queries.story(found)
    may = Objections(request.person, found)
    context = {
        "request_": found,
        "ours": ours,
        "balls": queries.balls_of(found),
        "files": known.files_of(None),
        "events": story.told(known, found),
        "following": known.following,
        "may": may.each(f"requests.{verb}" for verb in (OURS if ours else THEIRS)),
        "steps": onward.steps(request.person, found)
        if ours and found.state == states.ACCEPTED
        else [],
        "begun": onward.begun(found) if found.state == states.BEGUN else [],
        "address": addresses.of_request(found.pk) if found.is_open else "",
        "today": localdate(),
        "at": now(),
    }
    return render(request, "requests/request.html", context)


@require_safe
@for_contacts
def file(_request: HttpRequest, pk: UUID) -> HttpResponse:
    """A file as it came, to be saved: never shown by the browser, whatever it says it is."""
    found = get_object_or_404(File.objects.select_related("bytes"), pk=pk)
    answer = HttpResponse(bytes(found.bytes.content), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=found.name
    )
    answer["Content-Security-Policy"] = SEALED
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
