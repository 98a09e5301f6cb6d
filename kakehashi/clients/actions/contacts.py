"""The client's people on an account, and their way into the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.base.identifiers import check_email
from kakehashi.base.text import nfkc, one_line, sort_key
from kakehashi.clients.codes import new_username
from kakehashi.clients.models import Contact
from kakehashi.clients.queries import contacts, days, doors
from kakehashi.people.models import Person
from kakehashi.policy import edits
from kakehashi.policy.engine import Refused, require
from kakehashi.policy.integrity import spoken
from kakehashi.policy.queue import enqueue

if TYPE_CHECKING:
    import datetime as dt
    from typing import Unpack

    from kakehashi.clients.models import Account

TAIL = 6
INVITATION = "people.send_invitation"


class Human(TypedDict, total=False):
    """What is said of the person, on whichever accounts they deal with us."""

    name: str
    name_kana: str
    name_en: str
    email: str
    phone: str
    language: str


class Part(TypedDict, total=False):
    """What is said of their part on this account."""

    title: str
    department: str
    buying_role: str
    reports_to: Contact | None
    channel: str
    preferences: str
    portal: bool


class Details(Human, Part, total=False):
    """Both."""


HUMAN, PART = frozenset(Human.__annotations__), frozenset(Part.__annotations__)


@transaction.atomic
def add_contact(
    *,
    account: Account,
    by: Person,
    person: Person | None = None,
    is_another: bool = False,
    **details: Unpack[Details],
) -> Contact:
    """Enter a client's person on an account: somebody known from another one, or somebody new.

    Somebody new whose address is known is asked about, never taken for the person who has it.
    """
    require(by, "clients.add_contact", account)
    if person is None:
        person = Person(side=Person.Side.CLIENT)
        _describe_human(person, details)
        if not is_another:
            _ask_about_known(person.email)
        person.full_clean()
        person.save(force_insert=True)
    elif person.is_ours:
        raise ValidationError({"email": _("This address belongs to one of our own people.")})
    _refuse_twice(account, person)
    contact = Contact(account=account, person=person)
    _describe_part(contact, details)
    contact.full_clean(exclude={"person"})  # nobody sees a client's person before this row stands
    with spoken(Contact):
        contact.save(force_insert=True)
    _open_portal(contact, by)
    return contact


@transaction.atomic
def edit_contact(
    *,
    contact: Contact,
    version: int,
    person_version: int,
    by: Person,
    **details: Unpack[Details],
) -> Contact:
    """Change what stands of a client's person, and of their part on this account."""
    require(by, "clients.edit_contact", contact)
    _refuse_forgotten(contact.person)
    contacts.lock(contact.account_id)
    had_portal = contact.portal
    person = contact.person
    if human := _describe_human(person, details):
        person.full_clean()
        edits.save(person, version=person_version, fields=human)
    part = _describe_part(contact, details)
    contact.full_clean()
    with spoken(Contact):
        edits.save(contact, version=version, fields=part)
    if not had_portal:
        _open_portal(contact, by)
    return contact


@transaction.atomic
def contact_left(*, contact: Contact, on: dt.date, by: Person, at: dt.datetime) -> Contact:
    """Note that a contact no longer deals with us here. Their way into the portal ends that day."""
    require(by, "clients.contact_left", contact)
    if on > days.today(contact.account, at):
        raise ValidationError({"on": _("This day has not come yet.")})
    contact.left_on = on
    edits.save(contact, version=contact.version, fields=["left_on"])
    return contact


@transaction.atomic
def contact_back(*, contact: Contact, by: Person) -> Contact:
    """Note that a contact deals with us here again, or never left."""
    require(by, "clients.edit_contact", contact)
    _refuse_forgotten(contact.person)
    contact.left_on = None
    edits.save(contact, version=contact.version, fields=["left_on"])
    return contact


def _refuse_forgotten(person: Person) -> None:
    if person.anonymised_at is not None:
        raise Refused(_("This person's data has been removed."))


def _describe_human(person: Person, details: Any) -> list[str]:
    """Set what is said of the person and changes something; returns those fields."""
    said = {name: one_line(value) for name, value in details.items() if name in HUMAN}
    if said.get("email"):
        try:
            said["email"] = check_email(said["email"])
        except Unreadable as error:
            raise ValidationError({"email": error.reason}) from error
    changed = [name for name, value in said.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, said[name])
    if {"name", "name_kana"} & set(changed):
        person.sort_key = sort_key(person.name, person.name_kana)
        changed.append("sort_key")
    return changed


def _describe_part(contact: Contact, details: Any) -> list[str]:
    said = {name: value for name, value in details.items() if name in PART}
    for name, value in said.items():
        setattr(contact, name, nfkc(value) if isinstance(value, str) else value)
    if contact.reports_to is not None:
        _refuse_ring(contact, contact.reports_to)
    if contact.portal and not contact.person.email:
        raise ValidationError({"email": _("The portal needs an e-mail address.")})
    return list(said)


def _refuse_twice(account: Account, person: Person) -> None:
    standing = account.contacts.filter(person=person).first()
    if standing is None:
        return
    if standing.left_on is None:
        raise ValidationError({"email": _("This person is already a contact of the account.")})
    said = _("This person was a contact here and has left. Say on the page that they are back.")
    raise ValidationError({"email": said})


def _refuse_ring(contact: Contact, superior: Contact) -> None:
    if superior.account_id != contact.account_id:
        raise ValidationError({"reports_to": _("Choose a contact of this account.")})
    if contact.pk in contacts.chain_above(superior):
        raise ValidationError({"reports_to": _("Nobody reports to somebody below them.")})


def _ask_about_known(email: str) -> None:
    known = contacts.people_with(email)
    if any(person.is_ours for person in known):
        raise ValidationError({"email": _("This address belongs to one of our own people.")})
    if known:
        sentence = _("Somebody with this address is known. Is it the same person?")
        raise ValidationError({"email": ValidationError(sentence, code="known")})


def _open_portal(contact: Contact, by: Person) -> None:
    """Let somebody sign in who may use the portal; a mail tells them where to set a password."""
    if not contact.portal:
        return
    require(by, "clients.open_portal", contact)
    person = contact.person
    tail = person.pk.hex[-TAIL:]
    username = new_username(person.name, person.name_kana, person.name_en, tail)
    if doors.invite(person, username):
        enqueue(INVITATION, person_id=str(person.pk))
