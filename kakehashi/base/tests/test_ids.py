"""Ids sort by when they were made."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from kakehashi.base.ids import uuid7


def test_ids_sort_in_the_order_they_were_made():
    made = [uuid7() for _ in range(5_000)]

    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_an_id_is_a_plain_uuid_of_version_7_that_holds_the_time():
    before = datetime.now(UTC).timestamp()

    made = uuid7()

    assert type(made) is UUID
    assert made.version == 7
    assert abs((made.int >> 80) / 1000 - before) < 60
