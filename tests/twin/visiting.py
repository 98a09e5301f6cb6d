"""One viewer goes everywhere in one world and notes down every answer."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.db.models import UUIDField
from django.urls import Resolver404, resolve, reverse

from kakehashi.clients.models import Account
from kakehashi.history.kinds import models
from tests.twin.asking import Answer, Notes, Told, Viewer
from tests.twin.reading import queries_on
from tests.twin.walk import (
    ACCOUNT,
    ADDRESSES,
    AT_THE_GATE,
    COMPANY,
    GATHERING,
    PARTS,
    SEARCHES,
    UNKNOWN,
    WHOSE,
    Each,
    Of,
    Route,
    routes,
    unknown,
)
from tests.twin.world import GLANCING, HIDDEN, HISTORIANS, KEY, NEAR, SECRETS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.twin.world import World

HISTORY = "history:record"
HTMX = {"HX-Request": "true"}
MOST_QUERIES = 5  # of one page
MOST_ROWS = 2  # of one kind


def tour(who: Viewer) -> Notes:
    """Every address the viewer can name; who is thorough also follows what the pages offer."""
    seen = {where: answer for route in to_visit(who) for where, answer in _route(who, route)}
    return {**seen, "changes: how many of each kind": Answer(0, (), str(who.changes()))}


def to_visit(who: Viewer) -> list[Route]:
    visited = [route for route in routes() if route.is_visited]
    if who.name in GLANCING:
        visited = [r for r in visited if not r.arguments or r.name in GATHERING]
    return [r for r in visited if not r.is_at_the_gate or who.name in AT_THE_GATE]


def _route(who: Viewer, route: Route) -> Iterator[tuple[str, Answer]]:
    yield f"{route.name}: how many there are", Answer(0, (), str(number_seen(who, route)))
    for number, address in enumerate(addresses(who, route)):
        path = reverse(route.name, kwargs=address)
        page = who.ask(path)
        yield f"{route.name} {path}", page
        if number == 0 and page.status == HTTPStatus.OK:
            yield from _further(who, route, path, page)


def _further(who: Viewer, route: Route, path: str, page: Answer) -> Iterator[tuple[str, Answer]]:
    words = SECRETS if who.is_thorough else [HIDDEN]
    asked = [{name: word} for name in SEARCHES.get(route.name, ()) for word in words]
    asked += [{"whose": f"{kind}:{KEY(kind, code)}"} for kind, code in WHOSE.get(route.name, ())]
    if who.is_thorough and who.explores(route.name) and not route.is_at_the_gate:
        asked += queries_on(page.page, path, SECRETS)[:MOST_QUERIES]
    for number, query in enumerate(asked):
        where = f"{path}?{urlencode(query)}"
        yield f"{route.name} {where}", who.ask(where, headers=HTMX if number % 2 else {})


def addresses(who: Viewer, route: Route) -> list[dict[str, Any]]:
    """How to fill a route's address from what the viewer sees."""
    if not route.arguments:
        return [{}]
    source = ADDRESSES[route.name]
    if isinstance(source, Each):
        return source.addresses()[: None if who.is_thorough else 1]
    rows = sorted(who.rows(source.model), key=_distance)
    most = MOST_ROWS if who.is_thorough and source in {ACCOUNT, COMPANY} else 1
    return [source.address(row) for row in rows[:most]] or [unknown(route.arguments)]


def number_seen(who: Viewer, route: Route) -> int:
    source = ADDRESSES.get(route.name)
    return len(who.rows(source.model)) if isinstance(source, Of) else 0


def _distance(row: Any) -> int:
    """How far a row is from what is hidden: the account above it and who serves it come first."""
    about = getattr(row, "account_id", None) or getattr(row, "person_id", None) or row.pk
    return NEAR.index(about) if about in NEAR else len(NEAR)


@dataclass(frozen=True)
class Hit:
    """What rows out of sight answer to their address, and what no row at all answers."""

    ids: tuple[str, ...]
    hidden: Answer
    nothing: Answer

    @property
    def tells(self) -> bool:
        same = self.as_nothing() == self.nothing.told() and self.hidden.cost == self.nothing.cost
        return not same

    def as_nothing(self) -> Told:
        """The answer with each id replaced by the one that does not exist."""
        status, headers, body, left = self.hidden.told()
        for row in self.ids:
            headers = tuple(header.replace(row, str(UNKNOWN)) for header in headers)
            body = body.replace(row, str(UNKNOWN))
        return status, headers, body, left


def hits(who: Viewer, world: World) -> dict[str, Hit]:
    """Every address of a row, tried with a row that exists but is out of sight."""
    methods = ("get", "post") if who.is_thorough else ("get",)
    asked = [
        (method, route.name, source)
        for route in to_visit(who)
        if who.explores(route.name) and isinstance(source := ADDRESSES.get(route.name), Of)
        for method in methods
    ]
    if who.name in HISTORIANS:
        asked += [("get", HISTORY, source) for source in _recorded()]
    return {
        f"{method} {name} {reverse(name, kwargs=address)}": _hit(who, name, method, address, hidden)
        for method, name, source in asked
        for address, hidden in _unseen(who, source, world)
    }


def _recorded() -> Iterator[Of]:
    """The history of each record whose id is none that stands elsewhere on a page by chance."""
    for kind, model in models().items():
        if isinstance(model._meta.pk, UUIDField):
            yield Of(model._meta.label, fixed=(("kind", kind),))


def _hit(who: Viewer, name: str, method: str, address: dict[str, Any], hidden: set[str]) -> Hit:
    nothing = {part: UNKNOWN if part in hidden else value for part, value in address.items()}
    return Hit(
        tuple(str(address[part]) for part in hidden),
        who.ask(reverse(name, kwargs=address), method),
        who.ask(reverse(name, kwargs=nothing), method),
    )


def _unseen(who: Viewer, source: Of, world: World) -> Iterator[tuple[dict[str, Any], set[str]]]:
    """An address of a row out of sight, with the parts that are; also beside one in sight."""
    seen = {row.pk for row in who.rows(source.model)}
    visible = min(who.rows(Account), key=lambda account: account.code, default=None)
    rows = list(source.model.objects.exclude(pk__in=seen).order_by("pk"))
    rows.sort(key=lambda row: getattr(row, "account_id", row.pk) not in world.hidden)
    for row in rows[:1]:
        address = source.address(row)
        ids = set(address) - PARTS.keys()
        yield address, ids
        if len(ids) > 1 and visible is not None:
            yield {**address, "pk": visible.pk}, ids - {"pk"}


def route_of(path: str) -> str:
    """The name of the route that answers an address; nothing for one that leads nowhere."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""
