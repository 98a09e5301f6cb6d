"""Addresses of one's own calendar: made, and revoked."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from kakehashi.api import queries, rules
from kakehashi.base.ids import uuid7
from kakehashi.base.text import one_line
from kakehashi.policy.engine import Refused, require

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from kakehashi.people.models import Person

BYTES = 32


@transaction.atomic
def make_feed(*, name: str, by: Person, at: dt.datetime) -> str:
    """A new address of one's calendar. Returns its token, which is told here and never again."""
    require(by, "api.make_feed", by)
    live = [feed for feed in queries.own_feeds() if feed.is_live]
    if reason := rules.too_many(len(live)):
        raise Refused(reason)
    token = secrets.token_urlsafe(BYTES)
    queries.open_feed(uuid7(), one_line(name), hashed(token), at)
    return token


@transaction.atomic
def revoke_feed(*, feed: UUID, by: Person, at: dt.datetime) -> bool:
    """From now on the address answers as one that never was; False if there was none."""
    require(by, "api.revoke_feed", by)
    return queries.close_feed(feed, at)


def hashed(token: str) -> str:
    """What is kept of a token: 32 random bytes need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
