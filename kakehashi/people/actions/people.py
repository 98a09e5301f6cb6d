"""People of ours: added with their first post, edited, invited to sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kakehashi.base.text import nfkc, one_line, sort_key
from kakehashi.people.actions.lines import draw
from kakehashi.people.actions.offices import keep_open
from kakehashi.people.actions.saving import changed, made
from kakehashi.people.models import Employment, Person, ReportingLine, Role
from kakehashi.people.queries import doors
from kakehashi.policy.engine import require
from kakehashi.policy.queue import enqueue

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable
    from typing import Unpack

    from kakehashi.people.models import Office

KINDS = ReportingLine.Kind
INVITATION = "people.send_invitation"


class Details(TypedDict, total=False):
    """What can be said of a person; texts as somebody typed them."""

    name: str
    name_kana: str
    name_en: str
    handle: str | None
    email: str
    phone: str
    language: str


class Beginning(Details, total=False):
    """How a new colleague begins: roles in the same office, lines from the same day."""

    title: str
    rank: int
    roles: Iterable[str]
    superior: Person | None
    dotted: Iterable[Person]


@transaction.atomic
def add_person(
    *,
    office: Office,
    starts_on: dt.date,
    by: Person,
    **told: Unpack[Beginning],
) -> Person:
    """A colleague joins: who they are, where they work, what for, and to whom they report."""
    require(by, "people.add_person", office)
    keep_open(office, starts_on)
    person = Person(side=Person.Side.OURS)
    describe(person, told)
    made(person)
    made(
        Employment(
            person=person,
            office=office,
            title=one_line(told.get("title", "")),
            rank=told.get("rank", 0),
            starts_on=starts_on,
        )
    )
    for role in told.get("roles", ()):
        made(Role(person=person, role=role, office=office, starts_on=starts_on))
    superior = told.get("superior")
    above = [(superior, KINDS.SOLID)] if superior else []
    above += [(other, KINDS.DOTTED) for other in told.get("dotted", ())]
    for other, kind in above:
        draw(ReportingLine(person=person, superior=other, kind=kind, starts_on=starts_on))
    return person


@transaction.atomic
def edit_person(*, person: Person, version: int, by: Person, **details: Unpack[Details]) -> Person:
    """Correct who somebody is; sign-in follows a changed login or address."""
    require(by, "people.edit_person", person)
    before = (person.handle, person.email)
    describe(person, details)
    changed(person, version=version, fields=[*details, "sort_key"])
    if (person.handle, person.email) != before:
        _or_taken(lambda: doors.change_sign_in(person))
    return person


@transaction.atomic
def invite(*, person: Person, by: Person) -> None:
    """Let a colleague sign in: a mail tells the login and where to choose a password."""
    require(by, "people.invite", person)
    _or_taken(lambda: doors.open_sign_in(person, person.handle or person.email))
    enqueue(INVITATION, person_id=str(person.pk))


def describe(person: Person, details: Details) -> None:
    """Put what was typed on a person, in one form of every character."""
    for name in ("name", "name_kana", "name_en", "phone"):
        if name in details:
            setattr(person, name, one_line(details[name]))
    if "email" in details:
        person.email = nfkc(details["email"])
    if "handle" in details:
        person.handle = nfkc(details["handle"] or "") or None
    if "language" in details:
        person.language = details["language"]
    person.sort_key = sort_key(person.name, person.name_kana)


def _or_taken(change: Callable[[], None]) -> None:
    """Logins are unique among everybody who signs in, also among those one may not see."""
    try:
        with transaction.atomic():
            change()
    except IntegrityError as error:
        raise ValidationError({"handle": _("Somebody else signs in by this name.")}) from error
