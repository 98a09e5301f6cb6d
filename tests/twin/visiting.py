"""One viewer goes everywhere in one world and notes down every answer."""

from __future__ import annotations

from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from kakehashi.clients.models import Account
from kakehashi.house.cli import parser
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from kakehashi.policy.middleware import GATE
from tests.twin.normal import normal
from tests.twin.reading import Form, Page, queries_on
from tests.twin.walk import ADDRESSES, AT_THE_GATE, COMMANDS, UNKNOWN, Each, Of, Route, routes
from tests.twin.world import SECRETS, VISITOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest
    from django.http import HttpResponse

    from tests.twin.world import World

METHODS = ("get", "head", "post")
ROWS_WITH_FORMS = 3  # of each kind: forms differ with the state of the row
HTMX = {"HX-Request": "true"}
MOST_QUERIES = 24  # of one page
MOST_ROWS = 5  # of one kind
MOST_UNSEEN = 2  # of one kind
NEAR = ("HIKARI-JP", "HIKARI", "C1", "C2")  # the accounts above the hidden one, its companies


Told = tuple[int, tuple[str, ...], str]


@dataclass(frozen=True)
class Answer:
    """What came back, without what differs every time; `cost` is the statements it took."""

    status: int
    headers: tuple[str, ...]
    body: str
    cost: int = 0

    def told(self) -> Told:
        """What is compared."""
        return self.status, self.headers, self.body


Notes = dict[str, Answer]


@dataclass
class Statements:
    """Counts what is asked of the database."""

    number: int = 0

    def __call__(self, execute: Any, *statement: Any) -> Any:
        self.number += 1
        return execute(*statement)


@dataclass
class Viewer:
    """Somebody signed in, or a visitor; every request leaves the world as it was."""

    name: str
    person: Person | None
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def __post_init__(self) -> None:
        if self.person is not None:
            self.client.force_login(self.person.login_row)

    def ask(self, path: str, method: str = "get", **options: Any) -> Answer:
        """Send a request of which nothing remains, in the database or in the browser."""
        asked = Statements()
        cookies = deepcopy(self.client.cookies)
        with connection.execute_wrapper(asked), transaction.atomic():
            answer = _answer(getattr(self.client, method)(path, **options))
            transaction.set_rollback(True)
        self.client.cookies = cookies
        return Answer(*answer.told(), cost=asked.number)

    @contextmanager
    def seeing(self) -> Iterator[None]:
        assert self.person is not None
        with acting_as(self.person):
            yield


def viewer(name: str, people: dict[str, Person], language: str) -> Viewer:
    if name == VISITOR:
        return Viewer(name, None)
    person = people[name]
    Person.objects.filter(pk=person.pk).update(language=language)
    return Viewer(name, person)


def _answer(response: HttpResponse) -> Answer:
    body = b"".join(response) if response.streaming else response.content
    headers = [
        f"{name}: {normal(value.encode())}"
        for name, value in sorted(response.headers.items())
        if name not in {"Content-Length", "Set-Cookie"}
    ]
    cookies = [f"cookie {name}" for name in sorted(response.cookies)]
    return Answer(response.status_code, (*headers, *cookies), normal(body))


def tour(who: Viewer) -> Notes:
    """Every address the viewer can name, with everything the pages there offer."""
    return {where: answer for route in to_visit(who) for where, answer in _route(who, route)}


def to_visit(who: Viewer) -> list[Route]:
    visited = [route for route in routes() if route.is_visited]
    return [r for r in visited if not r.is_at_the_gate or who.name in AT_THE_GATE]


def _route(who: Viewer, route: Route) -> Iterator[tuple[str, Answer]]:
    yield f"{route.name}: how many there are", Answer(0, (), str(number_seen(who, route)))
    for number, address in enumerate(addresses(who, route)):
        path = reverse(route.name, kwargs=address)
        page = who.ask(path)
        yield f"{route.name} {path}", page
        if number == 0:
            yield f"{route.name} {path} HEAD", who.ask(path, "head")
            yield f"{route.name} {path} htmx", who.ask(path, headers=HTMX)
            if page.status == HTTPStatus.OK and not route.is_at_the_gate:
                yield from _queries(who, route, path, page)


def addresses(who: Viewer, route: Route) -> list[dict[str, Any]]:
    """How to fill a route's address from what the viewer sees."""
    if not route.arguments:
        return [{}]
    source = ADDRESSES[route.name]
    if isinstance(source, Each):
        return source.addresses()
    if who.person is None:
        return [dict.fromkeys(route.arguments, UNKNOWN)]
    with who.seeing():
        rows = sorted(source.model.objects.order_by("pk"), key=_distance)[:MOST_ROWS]
    return [source.address(row) for row in rows] or [dict.fromkeys(route.arguments, UNKNOWN)]


def number_seen(who: Viewer, route: Route) -> int:
    source = ADDRESSES.get(route.name)
    if who.person is None or not isinstance(source, Of):
        return 0
    with who.seeing():
        return source.model.objects.count()


def _distance(row: Any) -> int:
    """How far a row is from what is hidden: the accounts above it and their rows come first."""
    account = getattr(row, "account", row)
    return next(
        (i for i, code in enumerate(NEAR) if getattr(account, "code", "") == code), len(NEAR)
    )


def _queries(who: Viewer, route: Route, path: str, page: Answer) -> Iterator[tuple[str, Answer]]:
    read = Page(page.body)
    asked = [{"q": word} for word in SECRETS] + queries_on(read, path)
    asked += [
        {**form.as_it_stands, name: word}
        for form in read.forms
        if form.method == "get"
        for name in form.free
        for word in SECRETS
    ]
    for number, query in enumerate(asked[:MOST_QUERIES]):
        where = f"{path}?{urlencode(query)}"
        yield f"{route.name} {where}", who.ask(where, headers=HTMX if number % 2 else {})


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
        status, headers, body = self.hidden.told()
        for row in self.ids:
            headers = tuple(header.replace(row, str(UNKNOWN)) for header in headers)
            body = body.replace(row, str(UNKNOWN))
        return status, headers, body


def hits(who: Viewer, world: World) -> dict[str, Hit]:
    """Every address of a row, tried with rows that exist but are out of sight."""
    return {
        f"{method} {route.name} {reverse(route.name, kwargs=address)}": _hit(
            who, route, method, address, hidden
        )
        for route in to_visit(who)
        if isinstance(source := ADDRESSES.get(route.name), Of)
        for address, hidden in _unseen(who, source, world)
        for method in METHODS
    }


def _hit(who: Viewer, route: Route, method: str, address: dict[str, Any], hidden: set[str]) -> Hit:
    nothing = {name: UNKNOWN if name in hidden else value for name, value in address.items()}
    return Hit(
        tuple(str(address[name]) for name in hidden),
        who.ask(reverse(route.name, kwargs=address), method),
        who.ask(reverse(route.name, kwargs=nothing), method),
    )


def _unseen(who: Viewer, source: Of, world: World) -> Iterator[tuple[dict[str, Any], set[str]]]:
    """Addresses of rows out of sight, with the parts that are; also beside an account in sight."""
    seen: set[Any] = set()
    if who.person is not None:
        with who.seeing():
            seen = set(source.model.objects.values_list("pk", flat=True))
            visible = Account.objects.order_by("code").first()
    rows = list(source.model.objects.exclude(pk__in=seen).order_by("pk"))
    rows.sort(key=lambda row: getattr(row, "account_id", row.pk) not in world.hidden)
    for row in rows[:MOST_UNSEEN]:
        address = source.address(row)
        yield address, set(address)
        if len(address) > 1 and who.person is not None and visible is not None:
            yield {**address, "pk": visible.pk}, set(address) - {"pk"}


@dataclass(frozen=True)
class Offer:
    """A form that somebody is offered, and where it goes."""

    route: str
    path: str
    form: Form


def offers(who: Viewer) -> list[Offer]:
    """The forms the viewer is offered, one of each kind; not those of the sign-in pages."""
    found: dict[tuple[str, ...], Offer] = {}
    for route in routes():
        if not route.is_visited or route.is_at_the_gate:
            continue
        for address in addresses(who, route)[:ROWS_WITH_FORMS]:
            path = reverse(route.name, kwargs=address)
            for form in Page(who.ask(path).body).forms:
                goes = form.action or path
                name = route_of(goes)
                if form.method == "post" and not goes.startswith(GATE):
                    found.setdefault((name, *sorted(form.fields)), Offer(name, goes, form))
    return list(found.values())


def route_of(path: str) -> str:
    """The name of the route that answers an address; nothing for one that leads nowhere."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def words_sent(who: Viewer) -> Notes:
    """Every form sent with a secret word in each field: the answer may not know it."""
    return {
        f"{offer.route} {offer.path} {name}={word}": who.ask(
            offer.path, "post", data={**offer.form.filled_in, name: word}
        )
        for offer in offers(who)
        for name in offer.form.free
        for word in SECRETS
    }


def ids_sent(who: Viewer, world: World) -> dict[str, Hit]:
    """Every form sent with a hidden id in each field, as if it had been a choice."""
    found = {}
    for offer in offers(who):
        for name in offer.form.fields:
            answers = [
                who.ask(offer.path, "post", data={**offer.form.filled_in, name: str(said)})
                for said in (world.hidden[0], UNKNOWN)
            ]
            found[f"{offer.route} {offer.path} {name}"] = Hit((str(world.hidden[0]),), *answers)
    return found


@dataclass(frozen=True)
class Commands:
    """Every command that answers for a person, as they would be answered."""

    captured: pytest.CaptureFixture[str]

    def __call__(self, who: Viewer) -> Notes:
        assert who.person is not None
        calls = [call for command in COMMANDS.values() for call in command.calls]
        return {call: self._run(call.format(login=who.person.handle)) for call in calls}

    def _run(self, call: str) -> Answer:
        self.captured.readouterr()
        arguments = parser().parse_args(call.split())
        with transaction.atomic():
            status = arguments.run(arguments)
            transaction.set_rollback(True)
        said = self.captured.readouterr()
        return Answer(status, (normal(said.err.encode()),), normal(said.out.encode()))
