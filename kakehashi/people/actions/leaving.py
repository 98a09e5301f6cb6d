"""Somebody leaves: what they hold is handed over first. Later their data may be removed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from kakehashi.people import privacy, rules
from kakehashi.people.actions.saving import made, refuse
from kakehashi.people.models import Departure, Person
from kakehashi.people.queries import doors, leaving, structure
from kakehashi.policy.engine import require
from kakehashi.policy.queue import enqueue
from kakehashi.policy.rows import during

if TYPE_CHECKING:
    from django.db.models import QuerySet

CLOSE, SETTLE = "people.close_sign_in", "people.settle_departure"
FORGET = "people.forget_everywhere"
A_DAY = dt.timedelta(days=1)


@transaction.atomic
def leave(*, person: Person, on: dt.date, by: Person, at: dt.datetime) -> Departure:
    """Somebody's last day, once nothing is left that others must take over first."""
    doors.lock_structure()
    require(by, "people.leave", person)
    ending = list(person.roles.filter(during(on + A_DAY)))
    refuse(
        rules.not_begun(person, on),
        rules.must_hand_over(leaving.held_by(person, on)),
        rules.last_administrator(ending, structure.administrators_after(on, ending)),
    )
    midnight = _midnight_after(person, on)
    for rows in (
        person.absences,
        person.patterns,
        person.roles,
        person.lines_up,
        person.lines_down,
    ):
        _end(rows.all(), on)
    _end(person.employments.all(), on)
    departure = made(Departure(person=person, on=on, by=by, at=at))
    if midnight <= at:
        doors.close_sign_in(person)
    else:
        enqueue(CLOSE, schedule_at=midnight, departure_id=str(departure.pk))
    enqueue(SETTLE, departure_id=str(departure.pk))
    return departure


def _end(rows: QuerySet, on: dt.date) -> None:
    """What was to begin later never comes true; the rest ends on the day."""
    rows.filter(starts_on__gt=on).delete()
    rows.filter(during(on + A_DAY)).update(ends_on=on, version=F("version") + 1)


def _midnight_after(person: Person, on: dt.date) -> dt.datetime:
    """When the last day is over where the person works."""
    post = person.employments.filter(during(on)).select_related("office").latest("starts_on")
    return dt.datetime.combine(on + A_DAY, dt.time(), ZoneInfo(post.office.timezone))


@transaction.atomic
def anonymise(*, person: Person, by: Person, at: dt.datetime) -> Person:
    """Remove a person's data; what they decided stays with a former colleague or contact."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    require(by, "people.anonymise", person)
    addresses = _addresses(person)
    _empty(person, at)
    forget_rows(person, by=by, at=at)
    doors.forget_history(person, addresses, [])
    doors.close_sign_in(person, forget=True)
    enqueue(FORGET, person_id=str(person.pk))
    return person


def forget_rows(person: Person, *, by: Person | None, at: dt.datetime) -> None:
    """Empty what the acting person sees of somebody's data, here and in packages above."""
    person.employments.exclude(title="").update(title="", version=F("version") + 1)
    rows = [str(pk) for pk in person.employments.values_list("pk", flat=True)]
    rows += privacy.anonymised(person, by=by, at=at)
    doors.forget_history(person, [], rows)


def _addresses(person: Person) -> list[str]:
    stored = doors.sign_in_data(person)
    return [person.email, (stored["login"] or {}).get("email", ""), *stored["addresses"]]


def _empty(person: Person, at: dt.datetime) -> None:
    for name in ("name", "name_kana", "name_en", "sort_key", "email", "phone"):
        setattr(person, name, "")
    person.handle, person.anonymised_at = None, at
    person.version += 1
    person.save()
