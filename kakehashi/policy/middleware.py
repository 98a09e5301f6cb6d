"""One transaction a request, lived first as the gate and then as the person who signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils import translation

from kakehashi.policy.acting import acting_as, become_gate

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    Handler = Callable[[HttpRequest], HttpResponse]

GATE = "/auth/"
FEEDS = "/feeds/"  # who asks shows a token; the view becomes the token's person itself
FOR_CONTACTS = "for_contacts"
SERVER_ERROR = 500


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
    """Last: but for sign-in and feeds the request becomes the person until the view answers."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith((GATE, FEEDS, settings.STATIC_URL)):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return self.get_response(request)
        with acting_as(request.user.person_id):
            person = request.user.person
            request.person = person
            with translation.override(person.language):
                request.LANGUAGE_CODE = person.language
                return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_arguments: object
    ) -> None:
        """A page not made for clients does not exist for them."""
        person = getattr(request, "person", None)
        if person is not None and not person.is_ours and not hasattr(view, FOR_CONTACTS):
            raise Http404
