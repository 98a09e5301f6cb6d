"""Feeds, through the doors that lead to them (policy/sql/feeds.sql), and as the gate."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from kakehashi.api.models import Feed
from kakehashi.people.models import Login

if TYPE_CHECKING:
    from uuid import UUID

A_WHILE = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class OwnFeed:
    """One address of the acting person's calendar, without the token that nobody keeps."""

    pk: UUID
    name: str
    made_at: dt.datetime
    last_used_at: dt.datetime | None
    revoked_at: dt.datetime | None

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None


def own_feeds() -> list[OwnFeed]:
    """The acting person's addresses, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name, made_at, last_used_at, revoked_at FROM acting_own_feeds()")
        return [OwnFeed(*row) for row in cursor.fetchall()]


def open_feed(feed: UUID, name: str, token_hash: str, at: dt.datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT acting_make_feed(%s, %s, %s, %s)::text", [feed, name, token_hash, at]
        )


def close_feed(feed: UUID, at: dt.datetime) -> bool:
    """Whether there was such an address of the acting person, still live."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_revoke_feed(%s, %s)", [feed, at])
        return bool(cursor.fetchone()[0])


def live_feed(token_hash: str) -> Feed | None:
    """As the gate: the feed of a token, if neither it nor its person's sign-in is closed."""
    signs_in = Login.objects.filter(person_id=OuterRef("person_id"), is_active=True)
    return Feed.objects.filter(Exists(signs_in), token_hash=token_hash, revoked_at=None).first()


def was_used(feed: Feed, at: dt.datetime) -> None:
    """As the gate: remember the last use, to some minutes."""
    Feed.objects.filter(Q(last_used_at=None) | Q(last_used_at__lt=at - A_WHILE), pk=feed.pk).update(
        last_used_at=at
    )
