"""What operators see of requests: how long, how many statements, which were slow. Nobody's data.

A request is told by the pattern of its address, never by the address; a statement by its text,
whose values were sent apart; a person by their id.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from kakehashi.house import metrics

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    Handler = Callable[[HttpRequest], HttpResponse]

requests = logging.getLogger("kakehashi.requests")
slow = logging.getLogger("kakehashi.slow")
GIVEN = "X-Request-Id"
SANE = re.compile(r"[\w-]{8,64}", re.ASCII)
LONGEST_TEXT = 2000
UNKNOWN = "(no page)"


@dataclass
class Watch:
    """What is known of the request that is being answered."""

    request: HttpRequest
    id: str
    statements: int = 0
    in_database: float = 0

    @property
    def page(self) -> str:
        """The pattern of the address, such as `accounts/<code>/`."""
        match = self.request.resolver_match
        return match.route if match is not None else UNKNOWN

    @property
    def person(self) -> str | None:
        """The id of who asks, once they are known."""
        person = getattr(self.request, "person", None)
        return str(person.pk) if person is not None else None

    def execute(
        self, execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any
    ) -> Any:
        """Run a statement for Django and count it."""
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = time.perf_counter() - began
            self.statements += 1
            self.in_database += took
            if took >= settings.SLOW_STATEMENT:
                told = {"page": self.page, "ms": _ms(took), "sql": sql[:LONGEST_TEXT]}
                slow.warning("slow statement", extra={"told": told})


current: ContextVar[Watch | None] = ContextVar("current", default=None)


class Watched:
    """Before everything else: times each request and names it in the log."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(settings.STATIC_URL):
            return self.get_response(request)
        given = request.headers.get(GIVEN, "")
        watch = Watch(request, given if SANE.fullmatch(given) else uuid.uuid4().hex)
        began = time.perf_counter()
        token = current.set(watch)
        try:
            with connection.execute_wrapper(watch.execute):
                response = self.get_response(request)
            self._tell(watch, response, time.perf_counter() - began)
        finally:
            current.reset(token)
        if given == watch.id:
            response[GIVEN] = given
        return response

    def _tell(self, watch: Watch, response: HttpResponse, took: float) -> None:
        method, status = watch.request.method or "", response.status_code
        metrics.observe(method, watch.page, status, took, watch.in_database, watch.statements)
        told = {
            "method": method,
            "page": watch.page,
            "status": status,
            "ms": _ms(took),
            "statements": watch.statements,
            "database_ms": _ms(watch.in_database),
        }
        if read_from := getattr(watch.request, "read_from", None):
            metrics.READ.labels(read_from).inc()
            told["database"] = read_from
        requests.info("request", extra={"told": told})


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
