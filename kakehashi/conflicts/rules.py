"""Objections to what is done with walls and checks: a sentence the reader understands, or None."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kakehashi.clients.rules import not_available
from kakehashi.conflicts.terms import Cleared, Verdict, WallKind
from kakehashi.ui.formats import date_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kakehashi.conflicts.actions import SideOf
    from kakehashi.conflicts.models import (
        Check,
        ConsentRequest,
        Exemption,
        Hit,
        Receipt,
        SeatPermit,
        Side,
        SideRule,
        Wall,
        WallNotice,
    )
    from kakehashi.people.models import Person

FEWEST_SIDES = 2
LONGEST_EXEMPTION = dt.timedelta(days=366)
MEANT_BY = {WallKind.LOCATION: "office", WallKind.PERSONNEL: "person"}
"""Kinds of walls whose people are all named in one way."""


def is_lifted(_person: Person, wall: Wall) -> str | None:
    return None if wall.stands else _("This wall was lifted already.")


def is_withdrawn(_person: Person, exemption: Exemption) -> str | None:
    return _("This exception was withdrawn already.") if exemption.withdrawn_at else None


def is_permit_withdrawn(_person: Person, permit: SeatPermit) -> str | None:
    return _("This permission was withdrawn already.") if permit.withdrawn_at else None


def is_told(person: Person, notice: WallNotice) -> bool:
    return notice.person_id == person.pk


def is_acknowledged(_person: Person, notice: WallNotice) -> str | None:
    return _("You have acknowledged this already.") if notice.acknowledged_at else None


def too_long(ends_on: dt.date, today: dt.date) -> str | None:
    """An exception ends, and within a year: then somebody looks at it again."""
    if ends_on < today:
        return _("This day has passed.")
    if ends_on > today + LONGEST_EXEMPTION:
        return _("An exception ends within a year. It can be made again then.")
    return None


def sides_of_a_wall(kind: str, sides: Sequence[SideOf]) -> tuple[str, str] | None:
    """What stands against a wall between these sides: the field, and why."""
    if len(sides) < FEWEST_SIDES:
        return "sides", _("A wall stands between two sides or more.")
    if len({side.name for side in sides}) < len(sides):
        return "sides", _("Give each side a name of its own.")
    if not all(side.companies or side.accounts for side in sides):
        return "sides", _("Say for each side which companies or accounts are behind it.")
    if len(twice := _named_twice(sides)):
        return "sides", _("%(named)s stands on two sides.") % {"named": twice[0]}
    return _of_one_kind(kind, sides)


def _named_twice(sides: Sequence[SideOf]) -> list[Any]:
    named = Counter((what, thing) for side in sides for what, thing in side.named)
    return [thing for (_what, thing), number in named.items() if number > 1]


def _of_one_kind(kind: str, sides: Sequence[SideOf]) -> tuple[str, str] | None:
    people = {what for side in sides for what, _thing in side.named} & {"office", "person"}
    wanted = MEANT_BY.get(WallKind(kind))
    if wanted is None or people <= {wanted}:
        return None
    if wanted == "office":
        return "kind", _("A wall of locations names offices, not single people.")
    return "kind", _("A wall of named people names no offices.")


def named_on_one_side(side: Side, what: str, others: list[SideRule]) -> dict[str, str] | None:
    """What is named on one side of a wall is named on no other, and only once."""
    for other in others:
        if other.side_id == side.pk:
            return {what: _("The side names this already.")}
        return {what: _("The side “%(side)s” names this already.") % {"side": other.side.name}}
    kind = WallKind(side.wall.kind)
    if what in {"office", "person"} and MEANT_BY.get(kind, what) != what:
        return {what: _("A wall of this kind does not name its people so.")}
    return None


def has_not_run(_person: Person, check: Check) -> str | None:
    return None if check.ran_at else _("The check has not run yet. It takes a moment.")


def has_run(_person: Person, check: Check | None) -> str | None:
    return _("This check has run already.") if check is not None and check.ran_at else None


def is_asked(person: Person, request: ConsentRequest) -> bool:
    return request.person_id == person.pk


def is_consented(_person: Person, request: ConsentRequest) -> str | None:
    return None if request.is_open else _("This was answered already.")


def decision(
    verdict: str,
    hit: Hit | None,
    until: dt.date | None,
    person: Person | None,
    today: dt.date,
) -> tuple[str, str] | None:
    """What stands against a decision: the field, and why."""
    if hit is None and verdict not in {Verdict.NO_CONFLICT, Verdict.DECLINE}:
        return "verdict", _("This needs another client: decide it at a hit.")
    if until is not None and until < today:
        return "until", _("This day has passed.")
    if verdict == Verdict.CONSENT and person is None:
        return "person", _("Choose whom the client is asked through.")
    if verdict == Verdict.CONSENT and until is None:
        return "until", _("Say until when the consent is to hold.")
    return None


def meaning(outcome: str) -> str:
    """What an outcome means for whoever asked: never which client it was about."""
    return {
        "": "",
        Cleared.CLEAR: _("Cleared. You may go on."),
        Cleared.SAFEGUARDS: _(
            "Cleared with safeguards. Keep to what you were told of how this work is kept apart."
        ),
        Cleared.DECLINED: _("Declined. We do not take this on. The conflicts officer tells more."),
    }[outcome]


def refused_seat(permitted: dt.date | None) -> str:
    """What somebody is told whose seat is refused: what to do, and nothing of another client."""
    if permitted is not None:
        return _(
            "The conflicts officer permits this seat until %(day)s. Give it a last day no later."
        ) % {"day": date_text(permitted, "plain")}
    return not_available()


def without_clearance(receipt: Receipt | None) -> str | None:
    """What is missing before a prospect becomes active."""
    if receipt is None:
        return _("A check for conflicts is missing. Ask for one on the account's page.")
    if receipt.is_open:
        return _("The conflicts officer has not decided on this account yet.")
    if receipt.outcome == Cleared.DECLINED:
        return _("The conflicts officer declined this account.")
    return None
