"""The next job number of an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from kakehashi.base.ids import uuid7
from kakehashi.traffic import numbering
from kakehashi.traffic.models import Job, NumberPattern

if TYPE_CHECKING:
    from kakehashi.clients.models import Account

NEXT = """
INSERT INTO traffic_jobcount AS c (id, account_id, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (account_id, year) DO UPDATE SET last = c.last + 1
RETURNING last
"""


def pattern() -> str:
    """What job numbers look like now."""
    newest = NumberPattern.objects.order_by("-set_at", "-pk").first()
    return newest.pattern if newest else numbering.USUAL


def next_of(account: Account, year: int) -> str:
    """The account's next number of a year.

    Whoever comes at the same time waits for this transaction to end, so no number is given twice;
    numbers that stand already, from before or by hand, are passed over.
    """
    written = pattern()
    while True:
        with connection.cursor() as cursor:
            cursor.execute(NEXT, [uuid7(), account.pk, year])
            at = cursor.fetchone()[0]
        number = numbering.number(written, account=account.code, year=year, at=at)
        if not Job.objects.filter(account=account, number=number).exists():
            return number
