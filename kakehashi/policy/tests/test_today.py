"""Today is the day at the head office, in PostgreSQL as in Python."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from kakehashi.policy.visibility import SQL
from tests import factories as make


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_day_is_that_of_the_head_office_and_not_of_greenwich(db, zone):
    """One of these is always a day before or after Greenwich."""
    make.office("HQ", timezone=zone)

    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_today()")
        (today,) = cursor.fetchone()

    assert today == dt.datetime.now(ZoneInfo(zone)).date()


def test_no_statement_takes_the_day_of_greenwich_for_today():
    sheets = [path.read_text(encoding="utf-8").lower() for path in SQL.glob("*.sql")]

    assert sheets
    assert not any(re.search(r"\bcurrent_date\b(?!`)", sheet) for sheet in sheets)
