"""Walls: raised between sides, extended and lifted by the officer, acknowledged by those affected.

Who is denied what follows in PostgreSQL, in the same transaction (policy/sql/walls.sql).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from kakehashi.base.text import nfkc, one_line
from kakehashi.conflicts import rules
from kakehashi.conflicts.models import (
    Attempt,
    Denial,
    Exemption,
    Side,
    SideRule,
    Told,
    Wall,
    WallNotice,
)
from kakehashi.conflicts.queries import walls as queries
from kakehashi.conflicts.terms import WallKind
from kakehashi.handoffs import actions as balls
from kakehashi.handoffs.actions import About
from kakehashi.notify import actions as notify
from kakehashi.policy import edits
from kakehashi.policy.engine import require
from kakehashi.policy.integrity import spoken
from kakehashi.policy.queue import enqueue
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from kakehashi.clients.models import Account, Company, Seat
    from kakehashi.people.models import Office, Person

TELL = "conflicts.tell_affected"
NOTICE, FLAG, REASSIGN = "conflicts.notice", "conflicts.flag", "conflicts.reassign"
TRIED = "conflicts.tried"


@dataclass
class SideOf:
    """What one side of a wall is made of."""

    name: str
    offices: Sequence[Office] = field(default_factory=list)
    people: Sequence[Person] = field(default_factory=list)
    companies: Sequence[Company] = field(default_factory=list)
    accounts: Sequence[Account] = field(default_factory=list)

    @property
    def named(self) -> list[tuple[str, Any]]:
        """Everything named, with the kind of rule that names it."""
        return [
            *(("office", row) for row in self.offices),
            *(("person", row) for row in self.people),
            *(("company", row) for row in self.companies),
            *(("account", row) for row in self.accounts),
        ]


@transaction.atomic
def raise_wall(  # noqa: PLR0913 - what makes a wall
    *,
    name: str,
    sides: Sequence[SideOf],
    ground: str,
    by: Person,
    at: dt.datetime,
    kind: str = WallKind.ORGANISATIONAL,
    starts_on: dt.date | None = None,
    ground_ends_on: dt.date | None = None,
) -> Wall:
    """Put up a wall between sides. It holds from the commit on; a task tells those affected."""
    require(by, "conflicts.raise_wall", None)
    if problem := rules.sides_of_a_wall(kind, sides):
        raise ValidationError(dict([problem]))
    wall = Wall(
        name=one_line(name),
        kind=kind,
        ground=nfkc(ground).strip(),
        ground_ends_on=ground_ends_on,
        starts_on=starts_on or localdate(at),
        raised_by=by,
        raised_at=at,
    )
    if not wall.ground:
        raise ValidationError({"ground": _("Say what the wall stands on.")})
    wall.full_clean()
    with spoken(Wall):
        wall.save(force_insert=True)
    rows = [
        Side(wall=wall, number=number, name=one_line(side.name))
        for number, side in enumerate(sides, 1)
    ]
    Side.objects.bulk_create(rows)
    SideRule.objects.bulk_create(
        SideRule(side=row, added_by=by, added_at=at, **{what: thing})
        for row, side in zip(rows, sides, strict=True)
        for what, thing in side.named
    )
    _have_told(wall, by)
    return wall


@transaction.atomic
def add_to_side(*, side: Side, what: str, thing: Any, by: Person, at: dt.datetime) -> SideRule:
    """Name one more office, person, company or account on a side."""
    require(by, "conflicts.change_wall", side.wall)
    others = SideRule.objects.filter(side__wall=side.wall_id, **{what: thing})
    if problem := rules.named_on_one_side(side, what, list(others.select_related("side"))):
        raise ValidationError(problem)
    rule = SideRule(side=side, added_by=by, added_at=at, **{what: thing})
    rule.full_clean()
    with spoken(SideRule):
        rule.save(force_insert=True)
    _have_told(side.wall, by)
    return rule


@transaction.atomic
def remove_from_side(*, rule: SideRule, by: Person) -> None:
    """Take a rule back. What it was, who took it back and when stays in the history."""
    require(by, "conflicts.change_wall", rule.side.wall)
    rule.delete()


@transaction.atomic
def exempt(  # noqa: PLR0913 - what makes an exception
    *,
    wall: Wall,
    person: Person,
    ends_on: dt.date,
    reason: str,
    by: Person,
    at: dt.datetime,
    side: Side | None = None,
) -> Exemption:
    """Let somebody see behind a wall, or behind one side of it, until a day."""
    require(by, "conflicts.exempt", wall)
    if problem := rules.too_long(ends_on, localdate(at)):
        raise ValidationError({"ends_on": problem})
    made = Exemption(
        wall=wall,
        side=side,
        person=person,
        ends_on=ends_on,
        reason=nfkc(reason).strip(),
        made_by=by,
        made_at=at,
    )
    made.full_clean()
    made.save(force_insert=True)
    return made


@transaction.atomic
def withdraw_exemption(*, exemption: Exemption, by: Person, at: dt.datetime) -> Exemption:
    """Let an exception end before its day."""
    require(by, "conflicts.withdraw_exemption", exemption)
    exemption.withdrawn_at, exemption.withdrawn_by = at, by
    edits.save(exemption, version=exemption.version, fields=["withdrawn_at", "withdrawn_by"])
    return exemption


@transaction.atomic
def lift_wall(*, wall: Wall, reason: str, by: Person, at: dt.datetime) -> Wall:
    """Take a wall down: nobody is denied anything by it from the commit on."""
    require(by, "conflicts.lift_wall", wall)
    reason = nfkc(reason).strip()
    if not reason:
        raise ValidationError({"reason": _("Say why the wall is lifted.")})
    lifted = {"lifted_at": at, "lifted_by": by, "lift_reason": reason}
    for name, value in lifted.items():
        setattr(wall, name, value)
    edits.save(wall, version=wall.version, fields=list(lifted))
    standing = Denial.objects.filter(wall=wall, lifted_at=None)
    standing.update(version=F("version") + 1, **lifted)
    balls.settle(subject_kind=FLAG, subject_id=wall.pk, answer=reason, by=by, at=at)
    return wall


@transaction.atomic
def acknowledge(*, notice: WallNotice, by: Person, at: dt.datetime) -> WallNotice:
    """Say that one has read what changes for oneself."""
    require(by, "conflicts.acknowledge", notice)
    notice.acknowledged_at = at
    notice.save(update_fields=["acknowledged_at"])
    said = _("Read and understood.")
    balls.settle(subject_kind=NOTICE, subject_id=notice.pk, answer=said, by=by, at=at)
    return notice


@transaction.atomic
def tell_affected(*, wall: Wall, by: Person, at: dt.datetime) -> list[WallNotice]:
    """As the officer: everybody on a side who was not told yet is, and acknowledges.

    What they hold on the wrong side is asked of somebody who can see it.
    """
    require(by, "conflicts.change_wall", wall)
    fresh = queries.not_told(wall)
    notices = [WallNotice(person=person, made_at=at) for person in fresh]
    WallNotice.objects.bulk_create(notices)
    Told.objects.bulk_create(Told(wall=wall, person=n.person, notice=n) for n in notices)
    for notice in notices:
        _ask_to_acknowledge(notice, by, at)
    for seat in queries.seats_on_the_wrong_side(wall, fresh):
        _ask_to_reassign(seat, by, at)
    return notices


@transaction.atomic
def flag_ended(*, wall: Wall, by: Person, at: dt.datetime) -> Wall:
    """As the officer: what a wall stands on has ended. It stands; the officer is asked."""
    require(by, "conflicts.change_wall", wall)
    wall.flagged_at = at
    edits.save(wall, version=wall.version, fields=["flagged_at"])
    with override(by.language):
        title = _("Does the wall “%(wall)s” still stand on something?") % {"wall": wall.name}
        note = _("What it stood on has ended. It stands until you lift it.")
    balls.ask(
        of=by,
        title=title[:200],
        note=note,
        private=True,
        kind=FLAG,
        about=About(FLAG, wall.pk, reverse("conflicts:wall", args=[wall.pk])),
        by=by,
        at=at,
    )
    return wall


@transaction.atomic
def tell_attempts(*, officer: Person, since: dt.datetime, at: dt.datetime) -> None:
    """As an officer: tell them at which walls somebody asked for what is behind them."""
    require(officer, "conflicts.read_attempts", None)
    for wall_id in queries.walls_tried(since):
        notify.tell(
            person=officer,
            kind=TRIED,
            subject_kind="wall",
            subject_id=wall_id,
            account=None,
            by=None,
            at=at,
        )


def record_attempts(attempts: Iterable[Attempt]) -> None:
    """Write down pages that were not there. As the gate, which may write this and read nothing."""
    Attempt.objects.bulk_create(attempts)


def _have_told(wall: Wall, by: Person) -> None:
    enqueue(TELL, lock=f"wall {wall.pk}", wall_id=str(wall.pk), officer_id=str(by.pk))


def _ask_to_acknowledge(notice: WallNotice, by: Person, at: dt.datetime) -> None:
    with override(notice.person.language):
        title = _("Read and acknowledge: what changes in your work with some clients")
    balls.ask(
        of=notice.person,
        title=title,
        private=True,
        kind=NOTICE,
        about=About(NOTICE, notice.pk, reverse("conflicts:notice", args=[notice.pk])),
        by=by,
        at=at,
    )


def _ask_to_reassign(seat: Seat, by: Person, at: dt.datetime) -> None:
    """Whoever leads the account names a successor; the officer, where nobody else can."""
    heir = queries.leads_beside(seat) or by
    words = {"person": reader_name(seat.person), "role": seat.get_role_display()}
    with override(heir.language):
        title = _("Name somebody else: %(person)s no longer serves this account (%(role)s)") % words
    balls.ask(
        of=heir,
        title=title[:200],
        account=seat.account,
        kind=REASSIGN,
        by=by,
        at=at,
    )
