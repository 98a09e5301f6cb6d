"""What stands beside a brief: comments, the planner's notes and direction, and objections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kakehashi.base.text import nfkc, one_line
from kakehashi.briefs import states
from kakehashi.briefs.actions.courts import TITLE, path_of
from kakehashi.briefs.models import (
    Citation,
    Direction,
    InternalComment,
    Objection,
    ResearchNote,
    SharedComment,
)
from kakehashi.briefs.queries import OBJECTION
from kakehashi.handoffs import actions as handoffs
from kakehashi.handoffs.actions import About
from kakehashi.policy import edits
from kakehashi.policy.engine import require
from kakehashi.policy.integrity import spoken

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.briefs.models import Brief, Section
    from kakehashi.people.models import Person


@transaction.atomic
def comment(*, section: Section, text: str, by: Person, at: dt.datetime) -> InternalComment:
    """Say something of a section that the client never reads."""
    require(by, "briefs.comment", section)
    made = InternalComment(
        account_id=section.account_id, section=section, text=_said(text), by=by, at=at
    )
    made.save(force_insert=True)
    return made


@transaction.atomic
def say(*, section: Section, text: str, by: Person, at: dt.datetime) -> SharedComment:
    """Say something of a section that both sides read."""
    require(by, "briefs.say", section)
    made = SharedComment(
        account_id=section.account_id,
        section=section,
        text=_said(text),
        by=by,
        at=at,
        shared_at=at,
    )
    made.save(force_insert=True)
    return made


@transaction.atomic
def note(
    *,
    brief: Brief,
    finding: str,
    source: str,
    dated_on: dt.date,
    by: Person,
    at: dt.datetime,
) -> ResearchNote:
    """Write down what was found out, from where and as of when; the brief cites it."""
    require(by, "briefs.note", brief)
    made = ResearchNote(
        account_id=brief.account_id,
        finding=nfkc(finding).strip(),
        source=one_line(source),
        dated_on=dated_on,
        written_by=by,
        written_at=at,
    )
    if dated_on > at.date():
        raise ValidationError({"dated_on": _("This day has not come yet.")})
    made.full_clean(exclude=["account"])
    made.save(force_insert=True)
    _cite(brief, made, by, at)
    return made


@transaction.atomic
def cite(*, brief: Brief, note: ResearchNote, by: Person, at: dt.datetime) -> Citation:
    """Have a brief rest on a note that another brief of the account brought."""
    require(by, "briefs.cite", brief)
    return _cite(brief, note, by, at)


@transaction.atomic
def uncite(*, citation: Citation, by: Person) -> None:
    """The brief does not rest on the note any more; the note stays."""
    require(by, "briefs.cite", citation.brief)
    citation.delete()


@transaction.atomic
def direct(*, brief: Brief, title: str, text: str, by: Person, at: dt.datetime) -> Direction:
    """Give the strategic direction of the campaign, and set the brief under it."""
    require(by, "briefs.direct", brief)
    direction = brief.direction or Direction(account_id=brief.account_id)
    direction.title, direction.text = one_line(title), nfkc(text).strip()
    direction.written_by, direction.written_at = by, at
    direction.full_clean(exclude=["account"])
    direction.save()
    brief.direction = direction
    brief.save(update_fields=["direction"])
    return direction


@transaction.atomic
def object_to(*, brief: Brief, text: str, by: Person, at: dt.datetime) -> Objection:
    """The planner says what is off strategy. It blocks the brief; who leads it is asked."""
    require(by, "briefs.object_to", brief)
    objection = Objection(
        account_id=brief.account_id,
        brief=brief,
        text=_said(text),
        raised_by=by,
        raised_at=at,
    )
    objection.save(force_insert=True)
    _ask(objection, brief.lead, by, at, objection.text)
    return objection


@transaction.atomic
def answer_objection(
    *, objection: Objection, answer: str, by: Person, at: dt.datetime
) -> Objection:
    """Answer it, in words or by what was changed: the planner looks at it."""
    require(by, "briefs.answer_objection", objection)
    objection.answer, objection.answered_by = _said(answer, "answer"), by
    _turn(objection, states.ANSWERED, by, at, objection.answer)
    _ask(objection, objection.raised_by, by, at, objection.answer)
    return objection


@transaction.atomic
def ask_again(*, objection: Objection, text: str, by: Person, at: dt.datetime) -> Objection:
    """The answer does not settle it: say what is still off strategy."""
    require(by, "briefs.ask_again", objection)
    objection.text = _said(text)
    _turn(objection, states.RAISED, by, at, objection.text)
    _ask(objection, objection.brief.lead, by, at, objection.text)
    return objection


@transaction.atomic
def resolve_objection(*, objection: Objection, by: Person, at: dt.datetime) -> Objection:
    """The brief is on strategy again: the objection blocks nothing any more."""
    require(by, "briefs.resolve_objection", objection)
    objection.resolved_at = at
    _turn(objection, states.RESOLVED, by, at, _("Resolved."))
    return objection


def _turn(objection: Objection, state: str, by: Person, at: dt.datetime, said: str) -> None:
    if state not in states.OBJECTION_MOVES[objection.state]:
        raise ValidationError(_("The objection has moved on meanwhile: look at it again."))
    objection.state = state
    fields = ["state", "text", "answer", "answered_by", "resolved_at"]
    edits.save(objection, version=objection.version, fields=fields)
    handoffs.settle(subject_kind=OBJECTION, subject_id=objection.pk, answer=said, by=by, at=at)


def _ask(objection: Objection, of: Person, by: Person, at: dt.datetime, said: str) -> None:
    with translation.override(of.language):
        title = _("Off strategy: %(title)s") % {"title": objection.brief.title}
    handoffs.ask(
        of=of,
        title=title[:TITLE],
        note=said,
        by=by,
        at=at,
        account=objection.brief.account,
        kind=OBJECTION,
        about=About(OBJECTION, objection.pk, path_of(objection.brief)),
    )


def _cite(brief: Brief, note: ResearchNote, by: Person, at: dt.datetime) -> Citation:
    made = Citation(account_id=brief.account_id, brief=brief, note=note, by=by, at=at)
    with spoken(Citation):
        made.save(force_insert=True)
    return made


def _said(text: str, field: str = "text") -> str:
    text = nfkc(text).strip()
    if not text:
        raise ValidationError({field: _("Say something: others will read it.")})
    return text
