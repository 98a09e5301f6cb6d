"""Pages of files are our staff's: to a client's contact they do not exist."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404

from kakehashi.policy import scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    View = Callable[..., HttpResponseBase]


def for_staff(view: View) -> View:
    """Answer only who works for us today."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if not scope.is_staff():
            raise Http404
        return view(request, *args, **named)

    return guarded
