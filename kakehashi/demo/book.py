"""The clients' people, and what the agency knows of the clients' businesses."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from kakehashi.clients import actions
from kakehashi.demo.content.contacts import CONTACTS, GIVEN, SURNAMES
from kakehashi.demo.content.facts import FACTS
from kakehashi.demo.content.people import FOUNDER
from kakehashi.people import actions as people

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from kakehashi.clients.actions.contacts import Human
    from kakehashi.clients.models import Contact
    from kakehashi.demo.content.contacts import ContactRow
    from kakehashi.demo.world import World
    from kakehashi.people.models import Person


def add_contacts(world: World) -> None:
    """Each entered by who leads the account, or the one above: they know the client's people."""
    names = _drawn(world.chance("contacts"))
    humans: dict[str, Person] = {}
    for row in CONTACTS:
        name = row.name or next(names)
        account = world.accounts[row.account]
        parent = account.parent if account.level == "brand" else None
        above = parent.code if parent else row.account
        with world.acting(world.openers[above]) as by:
            contact = actions.add_contact(
                account=account,
                by=by,
                person=humans.get(row.who),
                title=row.title,
                department=row.department,
                buying_role=row.buying_role,
                channel=row.channel,
                preferences=row.preferences,
                portal=bool(row.login),
                reports_to=world.contacts.get((row.account, row.above)),
                **({} if row.who in humans else _human(row, name)),
            )
        world.contacts[row.account, row.who] = contact
        if row.login and row.who not in humans:
            _name_sign_in(world, contact, row.login)
        humans[row.who] = contact.person


def write_facts(world: World) -> None:
    for row in FACTS:
        day = world.day(-row.days)
        with world.acting(row.by) as by:
            actions.write_fact(
                account=world.accounts[row.account],
                by=by,
                at=world.at(day),
                topic=row.topic,
                text=row.text,
                source=row.source,
                as_of=day,
            )


def _human(row: ContactRow, name: tuple[str, str, str]) -> Human:
    kanji, kana, latin = name
    company = row.account.partition("-")[0].lower()
    return {
        "name": kanji,
        "name_kana": kana,
        "name_en": latin,
        "email": f"{latin.lower().replace(' ', '.')}@{company}.example",
        "language": "ja" if kana else "en",
    }


def _drawn(chance: Random) -> Iterator[tuple[str, str, str]]:
    """Names in an order of chance, none of them twice."""
    pairs = list(product(SURNAMES, GIVEN))
    chance.shuffle(pairs)
    for family, given in pairs:
        yield f"{family[0]} {given[0]}", f"{family[1]} {given[1]}", f"{given[2]} {family[2]}"


def _name_sign_in(world: World, contact: Contact, login: str) -> None:
    """The login was made from the name and a part of the id; here it is one to remember."""
    with world.acting(FOUNDER.login) as by:
        person = type(contact.person).objects.get(pk=contact.person_id)
        people.edit_person(person=person, version=person.version, by=by, handle=login)
    world.people[login] = person
    world.usernames.append(login)
