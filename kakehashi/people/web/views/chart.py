"""The agency as a tree and as a list, and finding people by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kakehashi.base.text import one_line
from kakehashi.people.queries import chart as charts
from kakehashi.people.queries import paging, staff
from kakehashi.people.web import asked
from kakehashi.people.web.forms.lookups import INDENT, shown, suggested
from kakehashi.policy.engine import objection
from kakehashi.policy.roles import RoleCode
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse, QueryDict

    from kakehashi.people.models import Person
    from kakehashi.people.queries.chart import Chart, Place

LEFT = "left"


@require_safe
def chart(request: HttpRequest) -> HttpResponse:
    """The tree of offices; only the people of branches that stand open are read."""
    role, today = _role(request.GET), localdate()
    tree = charts.chart(today, role)
    at = _office(request.GET, "office", tree)
    opened = _office(request.GET, "open", tree)
    if opened and request.headers.get("HX-Request"):
        charts.open_places(tree, [opened], role)
        context = {"place": tree.places[opened], "role": role, "question": _question(role)}
        return render(request, "people/chart.html#branch", context)
    roots = [tree.places[at]] if at else tree.roots
    deepest = opened or at
    way = tree.path(deepest) if deepest else roots
    charts.open_places(tree, {*(p.office.pk for p in way), *(p.office.pk for p in roots)}, role)
    context = {
        "roots": roots,
        "above": tree.path(at)[:-1] if at else [],
        "total": _everybody(tree.roots),
        "role": role,
        "office": at,
        "question": _question(role),
        "options": _options(tree),
        **_may(request),
    }
    return render(request, "people/chart.html", context)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Our people by name, by reading, in an office, with a role; also those who left."""
    today, question = localdate(), request.GET
    tree = charts.tree(today)
    wanted = one_line(question.get("q", ""))
    rows = _people(question, tree, today)
    if wanted:
        rows = rows.filter(pk__in=staff.named(rows, wanted))
    page = paging.page(rows, after=question.get("after", ""), before=question.get("before", ""))
    context = {
        "workers": list(staff.workers(page.rows, today).values()),
        "previous": page.previous and asked.again(question, before=page.previous),
        "next": page.next and asked.again(question, after=page.next),
        "q": wanted,
        "role": _role(question),
        "office": _office(question, "office", tree),
        "state": question.get("state", ""),
        "is_filtered": any(question.get(name) for name in ("q", "role", "office", "state")),
        "options": _options(tree),
        **_may(request),
    }
    fragment = "#rows" if request.headers.get("HX-Request") else ""
    return render(request, f"people/list.html{fragment}", context)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Suggestions for a field in which one of our people is chosen."""
    wanted = next((str(text) for text in request.GET.values()), "")
    found = [(shown(person), person) for person in suggested(wanted)] if wanted.strip() else []
    return render(request, "people/found.html", {"found": found})


def _people(question: QueryDict, tree: Chart, today: dt.date) -> QuerySet[Person]:
    if question.get("state") == LEFT:
        return staff.former_staff(today).filter(anonymised_at=None)
    at = _office(question, "office", tree)
    within = tree.within(at) if at else None
    return staff.working(staff.staff_on(today), today, within, _role(question))


def _role(question: QueryDict) -> str:
    role = question.get("role", "")
    return role if role in RoleCode.values else ""


def _office(question: QueryDict, name: str, tree: Chart) -> UUID | None:
    """An office that is on the chart today."""
    office = asked.uuid(question, name)
    return office if office in tree.places else None


def _question(role: str) -> str:
    return f"&role={role}" if role else ""


def _everybody(roots: list[Place]) -> int:
    return len(set().union(*(root.everybody for root in roots)))


def _options(tree: Chart) -> dict[str, list[tuple[Any, Any]]]:
    offices = [
        (place.office.pk, f"{INDENT * place.depth}{reader_name(place.office)}")
        for place in tree.in_order()
    ]
    return {
        "office": [("", _("All")), *offices],
        "role": [("", _("All")), *RoleCode.choices],
        "state": [("", _("Working now")), (LEFT, _("Have left"))],
    }


def _may(request: HttpRequest) -> dict[str, str | None]:
    return {"may_not_add": objection(request.person, "people.add_person", None)}
