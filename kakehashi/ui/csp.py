"""Content Security Policy: only our own files, and the one import map known by its hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.ui.assets import import_map_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

HEADER = "Content-Security-Policy"
DIRECTIVES = {
    "default-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


class ContentSecurityPolicy:
    """Send the policy with every answer, unless the view has set a narrower one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, policy())
        return response


def policy() -> str:
    rules = {**DIRECTIVES, "script-src": f"'self' '{import_map_hash()}'"}
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())
