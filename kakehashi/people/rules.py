"""What stands against a change of people and offices: a sentence for the reader, or None."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kakehashi.people import privacy
from kakehashi.policy import scope
from kakehashi.policy.roles import RoleCode
from kakehashi.policy.rows import during
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from kakehashi.people.holdings import Holding
    from kakehashi.people.models import Absence, Employment, Office, Person, ReportingLine, Role

Span = tuple["UUID", "UUID", "dt.date", "dt.date | None"]  # who, to whom, from, until

NAMED = 8  # things a refusal names before it only counts the rest


# Whose business it is


def outside_your_offices(_by: Person, thing: Person | Office | None) -> str | None:
    """An administrator's role reaches the office it is held in and those below."""
    if thing is None:
        return None
    is_office = thing._meta.model_name == "office"
    holds = scope.holds_over_office if is_office else scope.holds_over_person
    if holds(RoleCode.ADMINISTRATOR, thing.pk):
        return None
    return _("This lies outside the offices you administer.")


def is_self(by: Person, thing: Person) -> bool:
    return by.pk == thing.pk


def is_self_or_superior(by: Person, thing: Person) -> bool:
    return by.pk == thing.pk or scope.is_above(thing.pk, localdate())


def not_yours_to_plan(by: Person, person: Person) -> str | None:
    """Absences are recorded by oneself, by a superior, or by an administrator of one's office."""
    return None if is_self_or_superior(by, person) else outside_your_offices(by, person)


def not_yours_to_read(by: Person, person: Person) -> str | None:
    return None if is_self(by, person) else outside_your_offices(by, person)


def officer_by_own_hand(by: Person, person: Person, role: str) -> str | None:
    """Who gives out roles does not take the one that lifts walls."""
    if role == RoleCode.CONFLICTS_OFFICER and by.pk == person.pk:
        return _("Nobody makes themselves conflicts officer: another administrator must.")
    return None


# People


def not_employed(person: Person, day: dt.date) -> str | None:
    if person.employments.filter(during(day)).exists():
        return None
    return _("%(person)s does not work for us any more by then.") % {"person": reader_name(person)}


def not_working_on(person: Person, day: dt.date) -> str | None:
    if person.employments.filter(during(day, day)).exists():
        return None
    return _("%(person)s does not work for us on that day.") % {"person": reader_name(person)}


def not_one_of_ours(_by: Person, person: Person) -> str | None:
    if person.is_ours and person.anonymised_at is None:
        return None
    return _("Only our own people work here.")


def has_left(_by: Person, person: Person) -> str | None:
    if person.employments.filter(during(localdate())).exists():
        return None
    return _("%(person)s does not work for us.") % {"person": reader_name(person)}


def not_begun(person: Person, on: dt.date) -> str | None:
    """A last day lies within the time somebody works for us."""
    if person.employments.filter(during(on), starts_on__lte=on).exists():
        return None
    return not_employed(person, on) or _("%(person)s has not begun by that day.") % {
        "person": reader_name(person)
    }


def own_departure(by: Person, person: Person) -> str | None:
    if by.pk != person.pk:
        return None
    return _("Another administrator records that you leave.")


def no_address(_by: Person, person: Person) -> str | None:
    if person.email:
        return None
    return _("Enter an e-mail address first: the invitation goes there.")


def is_anonymised(_by: Person, person: Person) -> str | None:
    if person.anonymised_at is None:
        return None
    return _("This person's data has been removed.")


def still_employed(_by: Person, person: Person) -> str | None:
    if not person.employments.filter(during(localdate())).exists():
        return None
    return _("%(person)s still works for us.") % {"person": reader_name(person)}


def still_needed(_by: Person, person: Person) -> str | None:
    """What packages above say, such as: still a live contact of a client."""
    return privacy.objection(person)


def last_post(post: Employment) -> str | None:
    """Ending somebody's last post is leaving, which asks what they hand over."""
    others = post.person.employments.filter(during(localdate())).exclude(pk=post.pk)
    if others.exists():
        return None
    return _("This is their last post. If they leave the agency, record that they leave.")


def must_hand_over(held: Iterable[Holding]) -> str | None:
    """Everything that somebody must take over first, by name."""
    names = [str(holding) for holding in held]
    if not names:
        return None
    told = "; ".join(names[:NAMED])
    if len(names) > NAMED:
        told = _("%(things)s; and %(count)d more") % {
            "things": told,
            "count": len(names) - NAMED,
        }
    return _("First somebody must take over: %(things)s.") % {"things": told}


def last_administrator(roles: Iterable[Role], others: Iterable[Role]) -> str | None:
    """Without an administrator nobody could let anybody in again."""
    if not any(role.role == RoleCode.ADMINISTRATOR for role in roles) or list(others):
        return None
    return _("Nobody else is administrator after that day. Give somebody that role first.")


# Reporting lines


def makes_a_circle(line: ReportingLine, others: Iterable[Span]) -> str | None:
    """Walks up from the superior along solid lines, on the days on which all of them hold."""
    if line.kind != line.Kind.SOLID or not _reaches(line, others):
        return None
    return _("%(superior)s reports to %(person)s, directly or through others.") % {
        "superior": reader_name(line.superior),
        "person": reader_name(line.person),
    }


def _reaches(line: ReportingLine, others: Iterable[Span]) -> bool:
    upward: dict[UUID, list[Span]] = {}
    for span in others:
        upward.setdefault(span[0], []).append(span)
    waiting = [(line.superior_id, line.starts_on, line.ends_on or dt.date.max)]
    seen = set(waiting)
    while waiting:
        who, first, last = waiting.pop()
        if who == line.person_id:
            return True
        for _below, above, begins, ends in upward.get(who, ()):
            step = (above, max(first, begins), min(last, ends or dt.date.max))
            if step[1] <= step[2] and step not in seen:
                seen.add(step)
                waiting.append(step)
    return False


# Absences


def deputy_is_away(absence: Absence) -> str | None:
    """A deputy works for us the whole time, and is there on at least one of the days."""
    deputy = absence.deputy
    if deputy is None:
        return None
    wanted = _days(absence)
    for day in (min(wanted), max(wanted)):
        if no := not_working_on(deputy, day):
            return no
    others = deputy.absences.filter(during(min(wanted), max(wanted)))
    if wanted <= set().union(*map(_days, others)):
        return _("%(person)s is away the whole time.") % {"person": reader_name(deputy)}
    return None


def _days(absence: Absence) -> set[dt.date]:
    first, last = absence.starts_on, absence.ends_on or absence.starts_on
    return {first + dt.timedelta(days=n) for n in range((last - first).days + 1)}


# Offices


def office_is_closed(office: Office, day: dt.date) -> str | None:
    if not office.is_closed_on(day):
        return None
    return _("%(office)s is closed by then.") % {"office": reader_name(office)}


def office_closed_already(_by: Person, office: Office) -> str | None:
    return None if office.closed_on is None else _("This office is closed already.")


def below_itself(office: Office, parent: Office, above: Mapping[UUID, UUID | None]) -> str | None:
    """Walks up the tree as it stands from where the office is to go."""
    at: UUID | None = parent.pk
    while at is not None:
        if at == office.pk:
            return _("An office cannot be part of itself or of an office below it.")
        at = above.get(at)
    return None


def office_is_in_use(office: Office, on: dt.date, held: Iterable[Holding]) -> str | None:
    """Nobody works or has a role there after the day, and no office below stays open."""
    after = during(on + dt.timedelta(days=1))
    below = office.children.exclude(closed_on__lte=on)
    if child := below.first():
        return _("%(office)s is part of it and still open.") % {"office": reader_name(child)}
    if post := office.employments.filter(after).select_related("person").first():
        return _("%(person)s works there.") % {"person": reader_name(post.person)}
    if role := office.roles.filter(after).select_related("person").first():
        return _("%(person)s has a role there.") % {"person": reader_name(role.person)}
    return must_hand_over(held)
