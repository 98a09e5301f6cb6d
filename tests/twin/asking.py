"""Somebody asks, and notes down what came back without what differs every time."""

from __future__ import annotations

from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Count
from django.test import Client

from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from kakehashi.policy.models import Change
from tests.twin.normal import normal, normal_text
from tests.twin.reading import Page
from tests.twin.world import THOROUGH, VISITOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model
    from django.http import HttpResponse

LEFT_BEHIND = """
SELECT 'mail to ' || "to" || ': ' || subject || E'\n' || text FROM notify_mail
UNION ALL SELECT 'task ' || task_name || ' ' || args::text FROM procrastinate_jobs
"""
OF_THE_TRADE = {"briefs", "clients", "conflicts", "handoffs", "requests", "traffic"}
Told = tuple[int, tuple[str, ...], str, tuple[str, ...]]


@dataclass(frozen=True)
class Answer:
    """What came back, and mails and tasks left behind.

    `cost` is the statements it took, `raw` the page itself, to be clicked on.
    """

    status: int
    headers: tuple[str, ...]
    body: str
    left: tuple[str, ...] = ()
    cost: int = 0
    raw: str = ""

    def told(self) -> Told:
        """What is compared."""
        return self.status, self.headers, self.body, self.left

    @cached_property
    def page(self) -> Page:
        """What can be followed on it."""
        return Page(self.raw)


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
    seen: dict[type[Model], list[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.person is not None:
            self.client.force_login(self.person.login_row)

    @property
    def is_thorough(self) -> bool:
        return self.name in THOROUGH

    def explores(self, route: str) -> bool:
        """Whether forms, filters and hidden rows of this route are tried.

        Two are offered nearly the same: each explores what is more theirs.
        """
        trade = route.partition(":")[0] in OF_THE_TRADE
        return {"agency_director": trade, "administrator": not trade}.get(self.name, True)

    def ask(self, path: str, method: str = "get", **options: Any) -> Answer:
        """Send a request of which nothing remains, in the database or in the browser."""
        asked = Statements()
        cookies = copy(self.client.cookies)
        with transaction.atomic():
            with connection.execute_wrapper(asked):
                response = getattr(self.client, method)(path, **options)
            left = _left_behind() if method == "post" else ()
            transaction.set_rollback(True)
        self.client.cookies = cookies
        return _answer(response, left, asked.number)

    def rows(self, model: type[Model]) -> list[Any]:
        """The rows the viewer sees, asked for once."""
        if self.person is None:
            return []
        if model not in self.seen:
            with self.seeing():
                self.seen[model] = list(model._default_manager.order_by("pk"))
        return self.seen[model]

    def changes(self) -> list[tuple[str, int]]:
        """How many changes of each kind of record the viewer sees."""
        if self.person is None:
            return []
        with self.seeing():
            counted = Change.objects.values_list("source").annotate(Count("pk"))
            return list(counted.order_by("source"))

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


def _answer(response: HttpResponse, left: tuple[str, ...], cost: int) -> Answer:
    body = b"".join(response) if response.streaming else response.content
    headers = [
        f"{name}: {normal_text(value)}"
        for name, value in sorted(response.headers.items())
        if name not in {"Content-Length", "Set-Cookie"}
    ]
    cookies = [f"cookie {name}" for name in sorted(response.cookies)]
    raw = body.decode() if response.headers.get("Content-Type", "").startswith("text/html") else ""
    return Answer(response.status_code, (*headers, *cookies), normal(body), left, cost, raw)


def _left_behind() -> tuple[str, ...]:
    """Mails and tasks as they stand now, read as the owner."""
    if connection.needs_rollback:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(LEFT_BEHIND)
        return tuple(sorted(normal_text(text) for (text,) in cursor.fetchall()))
