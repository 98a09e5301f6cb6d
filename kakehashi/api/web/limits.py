"""How often one may ask, counted as sign-in counts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core.internal import ratelimit

if TYPE_CHECKING:
    from django.http import HttpRequest

RATES = {"fetched": "20/m/key", "unknown": "10/m/ip"}


def too_often(request: HttpRequest, action: str, key: str | None = None) -> bool:
    """Count one more; whether that was one too many."""
    return not ratelimit.consume(
        request, app="kakehashi.api", action=action, config=RATES, key=key, limit_get=True
    )
