"""Whose court a brief is in: every move of its state goes with the ball that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from kakehashi.briefs import building, rendering, states
from kakehashi.briefs.models import Brief, BriefVersion
from kakehashi.briefs.queries import GAPS, KIND, content_now, latest
from kakehashi.handoffs import actions as handoffs
from kakehashi.handoffs.actions import About
from kakehashi.handoffs.queries import open_balls
from kakehashi.policy.integrity import spoken

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person

STATE = ("state", "accepted", "accepted_at", "followed_at", "rebriefs")
TITLE = 200  # letters of a ball


def path_of(brief: Brief) -> str:
    return f"/briefs/{brief.pk}/"


def move(
    brief: Brief,
    state: str,
    *,
    by: Person,
    at: dt.datetime,
    said: str = "",
    accepted: BriefVersion | None = None,
) -> Brief:
    """Enter a state: the lead's ball is closed, and asked anew where the state is theirs."""
    if not states.may_move(brief.state, state):
        raise ValidationError(_("The brief has moved on meanwhile: look at it again."))
    if brief.state == states.ACCEPTED and state == states.DRAFT:
        brief.rebriefs += 1
    brief.state = state
    brief.accepted, brief.accepted_at = accepted, at if accepted else None
    brief.followed_at = None
    brief.save(update_fields=STATE)
    _settle(brief, by, at, said)
    if brief.waits_for_lead:
        ask_lead(brief, by=by, at=at, note=said)
        if accepted is not None:
            building.renew(brief, by, at)
    elif state == states.DROPPED:
        handoffs.call_off(subject_kind=GAPS, subject_id=brief.pk, by=by, at=at, reason=said)
    return brief


def _settle(brief: Brief, by: Person, at: dt.datetime, said: str) -> None:
    words = str(brief.get_state_display())
    handoffs.settle(
        subject_kind=KIND,
        subject_id=brief.pk,
        answer=f"{words}: {said}" if said else words,
        by=by,
        at=at,
    )


def follow(brief: Brief, *, by: Person, at: dt.datetime, said: str) -> None:
    """Work goes on from an accepted brief elsewhere: its lead's ball is answered, once."""
    if brief.is_followed:
        return
    brief.followed_at = at
    brief.save(update_fields=["followed_at"])
    handoffs.settle(subject_kind=KIND, subject_id=brief.pk, kind=KIND, answer=said, by=by, at=at)


def ask_lead(brief: Brief, *, by: Person, at: dt.datetime, note: str = "") -> None:
    """Who leads it has the ball: to write it, to send it to the client, to have work begin."""
    if open_balls().filter(subject_kind=KIND, subject_id=brief.pk).exists():
        return
    with translation.override(brief.lead.language):
        wanted = {
            states.DRAFT: _("Write the brief: %(title)s"),
            states.CHECKED: _("Send the brief to the client: %(title)s"),
            states.ACCEPTED: _("Open the job from the brief: %(title)s"),
        }
        title = wanted[brief.state] % {"title": brief.title}
    handoffs.ask(
        of=brief.lead,
        title=title[:TITLE],
        note=note,
        by=by,
        at=at,
        account=brief.account,
        kind=KIND,
        about=About(KIND, brief.pk, path_of(brief)),
    )


def version_now(brief: Brief, *, by: Person, at: dt.datetime) -> BriefVersion:
    """The version that says what stands in the sections: the latest, if nothing changed since."""
    content = content_now(brief)
    fresh = rendering.digest(content)
    newest = latest(brief)
    if newest is not None and newest.digest == fresh:
        return newest
    made = BriefVersion(
        account_id=brief.account_id,
        brief=brief,
        number=newest.number + 1 if newest else 1,
        content=content,
        digest=fresh,
        authors=sorted(_authors(brief)),
        made_by=by,
        made_at=at,
    )
    with spoken(BriefVersion):
        made.save(force_insert=True)
    return made


def _authors(brief: Brief) -> set[str]:
    """Those of ours whose words stand in it."""
    writers = brief.sections.filter(written_by__side="ours").values_list("written_by", flat=True)
    return {str(pk) for pk in writers}
