"""Public ids: UUIDs that sort by the time they were made."""

from __future__ import annotations

from uuid import UUID

import uuid6


def uuid7() -> UUID:
    """A new id. Ids made later sort later, within one process even in the same millisecond."""
    return UUID(int=uuid6.uuid7().int)
