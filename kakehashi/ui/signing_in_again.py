"""A part of a page whose session has ended is not replaced by the door: the page goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse
from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

NO_CONTENT = 204


class SignInAgain:
    """htmx would follow the redirect and put the sign-in page into a row of a list."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        door = reverse("account_login")
        if "HX-Request" not in request.headers or not response.get("Location", "").startswith(door):
            return response
        shown = urlsplit(request.headers.get("HX-Current-URL", "/"))
        here = f"{shown.path}?{shown.query}" if shown.query else shown.path
        again = HttpResponse(status=NO_CONTENT)
        again["HX-Redirect"] = f"{door}?{urlencode({'next': here})}"
        return again
