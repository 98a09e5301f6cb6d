"""One transaction a request, lived first as the gate and then as the person who signed in."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import Error, transaction
from django.http import Http404, HttpResponse
from django.utils import translation

from kakehashi.policy import standby
from kakehashi.policy.acting import acting_as, become_gate

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    Handler = Callable[[HttpRequest], HttpResponse]

GATE = "/auth/"
FEEDS = "/feeds/"  # who asks shows a token; the view becomes the token's person itself
FOR_CONTACTS = "for_contacts"
SERVER_ERROR = 500
READING = {"GET", "HEAD"}


def for_contacts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a page that a client's contact may open. All others are 404 to them."""
    setattr(view, FOR_CONTACTS, True)
    return view


class OneTransaction:
    """Outermost: sessions are read and saved inside it. Starts as the gate: no client rows."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(settings.STATIC_URL):
            return self.get_response(request)
        with transaction.atomic():
            become_gate()
            response = self.get_response(request)
            if response.status_code >= SERVER_ERROR:
                transaction.set_rollback(True)
            return response


class ActingPerson:
    """Last: but for sign-in and feeds the request becomes the person until the view answers.

    What is only read is read from the standby, if there is one.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith((GATE, FEEDS, settings.STATIC_URL)):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return self.get_response(request)
        if request.method not in READING or not standby.is_given():
            return self._as_person(request)
        if standby.is_there():
            with suppress(standby.Unfit), standby.reading():
                response = self._as_person(request)
                if not isinstance(response, OnPrimary):
                    request.read_from = standby.ALIAS
                    return response
        request.read_from = standby.PRIMARY
        return self._as_person(request)

    def _as_person(self, request: HttpRequest) -> HttpResponse:
        with acting_as(request.user.person_id):
            person = request.user.person
            request.person = person
            with translation.override(person.language):
                request.LANGUAGE_CODE = person.language
                return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_arguments: object
    ) -> HttpResponse | None:
        """A page not made for clients does not exist for them."""
        person = getattr(request, "person", None)
        if person is not None and not person.is_ours and not hasattr(view, FOR_CONTACTS):
            raise Http404
        return OnPrimary() if standby.is_asked() and standby.writes(_page(request)) else None

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """What fails on the standby, because it writes or for any other reason, is asked again."""
        if not isinstance(problem, Error) or not standby.is_asked():
            return None
        standby.learn(_page(request), problem)
        transaction.set_rollback(True)
        return OnPrimary()


class OnPrimary(HttpResponse):
    """Nobody's answer: the page is asked of the primary."""


def _page(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
