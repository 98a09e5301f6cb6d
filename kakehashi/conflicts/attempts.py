"""Pages that were not there: each is written down, whether there is such a thing or not.

It is written after the answer has left, in a transaction of its own: neither what is answered nor
how soon tells anything. Which of them were behind a wall is found at night, by the officers.
"""

from __future__ import annotations

import logging
import re
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import DatabaseError
from django.utils.timezone import now

from kakehashi.conflicts import actions
from kakehashi.conflicts.models import Attempt
from kakehashi.policy.acting import as_gate

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse  # noqa: TID251 - it stands around every page

OF_SOMETHING = re.compile(r"/(?P<asked>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(/|$)")
"""The first id in an address: of an account, a job, a request, a brief, a ball."""
LONGEST = 300
log = logging.getLogger(__name__)


class NoteAttempts:
    """Outside of the request's transaction: notes a page of something that was not found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_FOUND and (attempt := _attempt(request)):
            _after(response, attempt)
        return response


def _attempt(request: HttpRequest) -> Attempt | None:
    person = getattr(request, "person", None)
    found = OF_SOMETHING.search(request.path)
    if person is None or found is None:
        return None
    return Attempt(
        person_id=person.pk,
        asked=UUID(found["asked"]),
        path=request.path[:LONGEST],
        at=now(),
    )


def _after(response: HttpResponse, attempt: Attempt) -> None:
    """Write it once the server is through with the response and its connection."""
    finish = response.close

    def close() -> None:
        finish()
        write(attempt)

    response.close = close  # type: ignore[method-assign]


def write(attempt: Attempt) -> None:
    """Write one down. The page has been answered: what goes wrong here can only be logged."""
    try:
        with as_gate():
            actions.record_attempts([attempt])
    except DatabaseError:
        log.exception("a page that was not found could not be noted")
