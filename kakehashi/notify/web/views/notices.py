"""Everything one was told, the newest first; and whether there is anything new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kakehashi.notify import actions, kinds, queries
from kakehashi.notify.models import Notification
from kakehashi.notify.web.context import label_of, number_of
from kakehashi.policy.middleware import for_contacts
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from django.http import HttpRequest

ALL = "all"
ASK = "kakehashi:ask"  # the event on which notices.js asks at once


@for_contacts
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What is new, or everything; a line that says nothing any more is seen with that."""
    wanted = request.GET.get("show", "")
    found = queries.notices_of(
        request.person,
        unseen=wanted != ALL,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    if silent := [row.pk for row in found.silent if row.seen_at is None]:
        actions.see(notices=silent, by=request.person, at=now())
    context = {
        "found": found,
        "show_all": wanted == ALL,
        "only_new": wanted != ALL,
        "until": max((row.notice.made_at for row in found.rows), default=None),
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "previous": _page(wanted, before=found.previous),
        "next": _page(wanted, after=found.next),
    }
    part = "#list" if request.headers.get("HX-Request") else ""
    return render(request, f"notify/notices.html{part}", context)


def _page(wanted: str, **edge: str) -> str:
    """The address of another page of the same list, if there is one."""
    if not any(edge.values()):
        return ""
    return f"?{urlencode({'show': wanted, **edge})}"


@for_contacts
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """How much is new, and what the newest of it says; nothing at all (304) where nothing changed.

    Browsers ask this all day: unchanged, it takes one query on one index.
    """
    found = queries.news_for(request.person)
    mark = f'"{found.mark}-{get_language()}"'
    if request.headers.get("If-None-Match") == mark:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = JsonResponse(_told(request, found))
    response["ETag"] = mark
    response["Cache-Control"] = "private, no-cache"
    return response


def _told(request: HttpRequest, found: queries.News) -> dict[str, Any]:
    newest = queries.newest_told(request.person) if found.unseen else None
    return {
        "for": str(request.person.pk),
        "unseen": number_of(found),
        "label": label_of(found),
        "newest": found.stamp,
        "notice": _in_short(*newest) if newest else None,
    }


def _in_short(notice: Notification, told: kinds.Told) -> dict[str, str]:
    account = reader_name(notice.account) if notice.account else ""
    return {
        "title": told.title,
        "sentence": told.sentence,
        "account": account,
        "path": reverse("notify:open", args=[notice.pk]),
    }


@for_contacts
@require_safe
def open_notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """On to what it tells of, from the page or from a mail: with that it is seen."""
    notice = get_object_or_404(Notification, pk=pk)
    told = kinds.render([notice]).get(notice.pk)
    if request.method == "GET":
        actions.see(notices=[notice.pk], by=request.person, at=now())
    if told is None:
        messages.info(request, _("What this told of is not there for you any more."))
        return redirect("notify:notices")
    return redirect(told.path)


@for_contacts
@require_POST
def see(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One line is seen, without following it."""
    notice = get_object_or_404(Notification, pk=pk)
    actions.see(notices=[notice.pk], by=request.person, at=now())
    return _back(request)


@for_contacts
@require_POST
def see_all(request: HttpRequest) -> HttpResponse:
    """Everything up to the newest that the page showed."""
    until = _moment(request.POST.get("until", ""))
    if until is not None:
        actions.see_all(until=until, by=request.person, at=now())
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """The same list again; script is told to ask for the number at the bell."""
    if request.headers.get("HX-Request"):
        request.method = "GET"
        response = notices(request)
        response["HX-Trigger"] = ASK
        return response
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("notify:notices") + query)


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo else None
