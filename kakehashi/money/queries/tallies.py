"""Portfolios that were added up in the background, and whether they still are what one may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from kakehashi.money.models import Tally
from kakehashi.money.rules import counts_no_more

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person

SIGHT = """
SELECT md5(concat_ws(
  ' ',
  acting_person(),
  current_setting('agency.accounts', true),
  current_setting('agency.cost', true),
  (SELECT concat(count(*), ' ', bit_xor(uuid_hash_extended(d.account_id, 0)))
   FROM policy_denied d WHERE d.person_id = acting_person() AND d.since <= now()),
  (SELECT string_agg(concat_ws(' ', level, acting_sees_all(level), seen.number, seen.mixed), ' ')
   FROM unnest(ARRAY['rows', 'cost']) level, LATERAL (
     SELECT count(*) AS number, bit_xor(uuid_hash_extended(s.account_id, 0)) AS mixed
     FROM policy_sight s
     WHERE s.person_id = acting_person() AND s.level = level.level AND s.during @> now()
       AND NOT (SELECT acting_sees_all(level.level))) seen)))
"""
"""A digest of all accounts whose rows and whose cost the acting person sees now."""


def sight() -> str:
    """What the acting person sees, as something that differs as soon as that does."""
    with connection.cursor() as cursor:
        cursor.execute(SIGHT)
        return str(cursor.fetchone()[0])


def still_counting(tally: Tally, *, today: dt.date, at: dt.datetime) -> bool:
    return not counts_no_more(tally, sight=sight(), today=today, at=at)


def tally_of(
    reader: Person, form: str, question: str, *, today: dt.date, at: dt.datetime
) -> Tally | None:
    """What was added up for a reader, or is being; nothing that is not so any more."""
    found = Tally.objects.defer("file").filter(person=reader, form=form, question=question).first()
    return found if found and still_counting(found, today=today, at=at) else None
