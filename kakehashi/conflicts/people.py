"""Who may serve an account, for whoever gives out seats: asked by the conflicts officer's side.

What is returned tells of other clients: it is for officers. Everybody else is told no more than
whether somebody is available (policy/sql/conflicts.sql, acting_seat_conflicts).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.conflicts.examining import objections as of_question
from kakehashi.conflicts.queries.facts import question_about

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from kakehashi.clients.models import Account
    from kakehashi.conflicts.examining import Kept
    from kakehashi.people.models import Person


def objection(
    person: Person, account: Account, starts_on: dt.date, ends_on: dt.date | None, today: dt.date
) -> Kept | None:
    """What stands longest against a seat of somebody on an account; None if nothing does."""
    return next(iter(objections([person], account, starts_on, ends_on, today)), None)


def objections(
    people: Iterable[Person],
    account: Account,
    starts_on: dt.date,
    ends_on: dt.date | None,
    today: dt.date,
) -> list[Kept]:
    """Everything that stands against seats of several people, the longest first for each."""
    wanted = [person.pk for person in people]
    asked = question_about(account, starts_on=starts_on, ends_on=ends_on, people=wanted)
    return of_question(asked, today)
