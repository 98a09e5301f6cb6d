"""What stands against an address for one's calendar: a sentence for the reader, or None."""

from __future__ import annotations

from django.utils.translation import gettext as _

MOST = 10


def too_many(live: int) -> str | None:
    if live < MOST:
        return None
    return _("You have %(count)d addresses already. Revoke one that you do not use.") % {
        "count": live
    }
