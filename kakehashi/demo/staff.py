"""Offices and people, from the first administrator on: everybody else is made known by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.base.text import sort_key
from kakehashi.demo.content.offices import AGENCY, OFFICES
from kakehashi.demo.content.people import ABSENCES, DOTTED, FOUNDER, LEAVERS, STAFF
from kakehashi.people import actions
from kakehashi.people.models import Employment, Office, Person, ReportingLine, Role
from kakehashi.people.queries import doors
from kakehashi.policy.acting import acting_as_system

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.demo.content.people import StaffRow
    from kakehashi.demo.world import World
    from kakehashi.people.actions.people import Details

DOMAIN = "kakudo.example"


def found(world: World) -> None:
    """The agency itself and its first administrator, whom nobody could make known."""
    since = _joined(world, FOUNDER)
    with acting_as_system("command"):
        agency = Office(
            code=AGENCY.code, name=AGENCY.name, name_en=AGENCY.name_en, kind=AGENCY.kind
        )
        founder = Person(sort_key=sort_key(FOUNDER.name, FOUNDER.kana), **_details(FOUNDER))
        post = Employment(person=founder, office=agency, starts_on=since)
        role = Role(person=founder, role="administrator", office=agency, starts_on=since)
        for row in (agency, founder, post, role):
            row.full_clean()
            row.save(force_insert=True)
        _open_sign_in(world, founder, FOUNDER.login)
    world.offices[AGENCY.code] = agency
    world.people[FOUNDER.login] = founder
    world.joined[FOUNDER.login] = since


def open_offices(world: World) -> None:
    with world.acting(FOUNDER.login) as by:
        for row in OFFICES:
            above = world.offices[row.above]
            world.offices[row.code] = actions.open_office(
                parent=above,
                by=by,
                code=row.code,
                name=row.name,
                name_en=row.name_en,
                kind=row.kind,
                country=row.country or above.country,
                timezone=row.timezone or above.timezone,
            )


def add_people(world: World) -> None:
    """Everybody with their post, their roles and their sign-in."""
    with world.acting(FOUNDER.login) as by:
        for row in STAFF:
            if row is FOUNDER:
                _settle_founder(world, by)
                continue
            world.joined[row.login] = since = _joined(world, row)
            own = [role for role in row.roles.split(";") if "@" not in role]
            person = actions.add_person(
                office=world.offices[row.office],
                starts_on=since,
                by=by,
                title=row.title,
                rank=row.rank,
                roles=own,
                **_details(row),
            )
            world.people[row.login] = person
            _give_roles_elsewhere(world, row, person, by)
            _open_sign_in(world, person, row.login)


def draw_lines(world: World) -> None:
    """Who reports to whom: the solid lines, then the dotted ones of the matrix."""
    solid = [(row.login, row.above, ReportingLine.Kind.SOLID) for row in STAFF if row.above]
    dotted = [(login, above, ReportingLine.Kind.DOTTED) for login, above in DOTTED]
    with world.acting(FOUNDER.login) as by:
        for login, above, kind in solid + dotted:
            since = max(world.joined[login], world.joined[above])
            actions.set_reporting_line(
                person=world.people[login],
                superior=world.people[above],
                kind=kind,
                starts_on=since,
                by=by,
            )


def plan_absences(world: World) -> None:
    for login, deputy, first, last in ABSENCES:
        with world.acting(login) as person:
            actions.plan_absence(
                person=person,
                deputy=world.people[deputy],
                starts_on=world.day(first),
                ends_on=world.day(last),
                by=person,
            )


def let_leave(world: World) -> None:
    """Those who left, after what they held was handed over."""
    with world.acting(FOUNDER.login) as by:
        for login, days in LEAVERS:
            on = world.day(days)
            actions.leave(
                person=world.people[login], on=on, by=by, at=world.at(world.day(days + 1))
            )


def _settle_founder(world: World, by: Person) -> None:
    """The first administrator began in no department, for there was none."""
    post = by.employments.get()
    actions.change_employment(
        employment=post,
        version=post.version,
        office=world.offices[FOUNDER.office],
        title=FOUNDER.title,
        rank=FOUNDER.rank,
        from_on=post.starts_on,
        by=by,
    )


def _give_roles_elsewhere(world: World, row: StaffRow, person: Person, by: Person) -> None:
    for told in row.roles.split(";"):
        role, _at, office = told.partition("@")
        if office:
            since = world.joined[row.login]
            actions.give_role(
                person=person,
                role=role,
                office=world.offices[office],
                starts_on=since,
                by=by,
            )


def _open_sign_in(world: World, person: Person, login: str) -> None:
    """No invitation: nobody reads mail at these addresses, and the password is told openly."""
    doors.open_sign_in(person, login)
    world.usernames.append(login)


def _joined(world: World, row: StaffRow) -> dt.date:
    return world.month(round(row.years * 12))


def _details(row: StaffRow) -> Details:
    return {
        "name": row.name,
        "name_kana": row.kana,
        "name_en": row.name_en,
        "handle": row.login,
        "email": f"{row.login}@{DOMAIN}",
        "language": row.language,
    }
