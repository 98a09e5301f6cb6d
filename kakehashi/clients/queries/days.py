"""Which day it is for an account, and what holds on it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.timezone import localdate

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.clients.models import Account


def today(account: Account, at: dt.datetime | None = None) -> dt.date:
    """The day it is in the account's lead office."""
    return localdate(at, ZoneInfo(account.lead_office.timezone))


def holding(day: dt.date) -> Q:
    """Dated rows that hold on a day."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
