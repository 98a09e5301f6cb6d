"""Writing a brief: begin it, fill its sections, open it to the client, drop it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kakehashi.approvals import actions as approvals
from kakehashi.base.text import nfkc, one_line
from kakehashi.briefs import origin, queries, states
from kakehashi.briefs.actions.courts import TITLE, ask_lead, follow, move, path_of, version_now
from kakehashi.briefs.models import Brief, BriefVersion, Section, Template
from kakehashi.briefs.queries import GAPS, KIND
from kakehashi.briefs.topics import SORTS, TOPICS
from kakehashi.handoffs import actions as handoffs
from kakehashi.handoffs.actions import About
from kakehashi.people.models import Person
from kakehashi.policy import edits
from kakehashi.policy.engine import Refused, require
from kakehashi.policy.integrity import spoken
from kakehashi.requests import actions as requests

if TYPE_CHECKING:
    from kakehashi.briefs.models import Direction
    from kakehashi.briefs.topics import Detail
    from kakehashi.clients.models import Account
    from kakehashi.requests.models import ClientRequest


@transaction.atomic
def begin(  # noqa: PLR0913 - what a brief begins with
    *,
    account: Account,
    template: Template,
    title: str,
    by: Person,
    at: dt.datetime,
    language: str = "ja",
    form: str = Brief.Form.WRITTEN,
    lead: Person | None = None,
    client_brief: Brief | None = None,
    direction: Direction | None = None,
    texts: dict[str, str] | None = None,
    request: ClientRequest | None = None,
) -> Brief:
    """Begin a brief from a template; who leads it has the ball. `texts` by topic are filled in.

    Begun from an accepted request, what the client wrote there stands in it, and the request waits
    for nobody any more.
    """
    require(by, "briefs.begin", account)
    if client_brief is not None and client_brief.account_id != account.pk:
        raise ValidationError({"client_brief": _("Choose a client brief of this account.")})
    if request is not None and request.account_id != account.pk:
        raise ValidationError({"request": _("Choose a request of this account.")})
    asked_for = list(template.sections.all())
    brief = Brief(
        account=account,
        kind=template.kind,
        title=one_line(title),
        work=template.name_en if language == "en" and template.name_en else template.name,
        language=language,
        form=form,
        lead=lead or by,
        client_brief=client_brief,
        direction=direction,
        request=request,
        begun_by=by,
        begun_at=at,
    )
    brief.full_clean(exclude=["account", "client_brief", "direction", "request"])
    with spoken(Brief):
        brief.save(force_insert=True)
    given = origin.texts(request, asked_for, language) if request else {}
    given |= texts or {}
    for asked in asked_for:
        text = nfkc(given.pop(asked.topic, "")).strip()
        Section(
            account=account,
            brief=brief,
            position=asked.position,
            topic=asked.topic,
            heading=asked.heading,
            heading_en=asked.heading_en,
            question=asked.question,
            question_en=asked.question_en,
            text=text,
            written_by=by if text else None,
            written_at=at if text else None,
        ).save(force_insert=True)
    ask_lead(brief, by=by, at=at)
    if request is not None:
        requests.begin(request=request, title=origin.told(brief), by=by, at=at)
    if client_brief is not None and client_brief.state == states.ACCEPTED:
        follow(queries.held(client_brief.pk), by=by, at=at, said=brief.title)
    return brief


@transaction.atomic
def write_section(
    *,
    section: Section,
    version: int,
    text: str,
    details: dict[str, Any],
    by: Person,
    at: dt.datetime,
) -> Section:
    """Write a section; raises Stale for the second of two who write the same one.

    What was approved, or goes round, is overtaken by a change of one character: there is a newer
    version, and the brief is a draft again.
    """
    require(by, "briefs.write", section)
    brief = queries.held(section.brief_id) if by.is_ours else section.brief
    section.text = nfkc(text).replace("\r\n", "\n").strip()
    section.details = _told(section, details)
    section.written_by, section.written_at = by, at
    section.full_clean(exclude=["account", "brief"])
    edits.save(section, version=version, fields=["text", "details", "written_by", "written_at"])
    if by.is_ours and brief.state != states.DRAFT:
        _reopen(brief, by, at)
    return section


def _reopen(brief: Brief, by: Person, at: dt.datetime) -> None:
    newest = queries.latest(brief)
    fresh = version_now(brief, by=by, at=at)
    if newest is not None and fresh.pk == newest.pk:
        return
    older = BriefVersion.objects.filter(brief=brief).exclude(pk=fresh.pk)
    said = queries.version_name(fresh)
    approvals.overtake(
        kind=KIND, versions=older.values_list("pk", flat=True), by=by, at=at, reason=said
    )
    move(brief, states.DRAFT, by=by, at=at, said=said)


@transaction.atomic
def share(
    *,
    brief: Brief,
    by: Person,
    at: dt.datetime,
    with_whom: Person | None = None,
    due_at: dt.datetime | dt.date | None = None,
) -> Brief:
    """Open a client brief to the client, who may read and fill it; ask somebody there to do so."""
    brief = queries.held(brief.pk)
    require(by, "briefs.share", brief)
    open_to_client(brief, at)
    if with_whom is not None:
        with translation.override(with_whom.language):
            title = _("Fill in the brief: %(title)s") % {"title": brief.title}
        handoffs.ask(
            of=with_whom,
            title=title[:TITLE],
            by=by,
            at=at,
            account=brief.account,
            due_at=due_at,
            kind=GAPS,
            about=About(GAPS, brief.pk, path_of(brief)),
        )
    return brief


def open_to_client(brief: Brief, at: dt.datetime) -> None:
    """Have the client see the brief and its sections from now on."""
    if brief.shared_at is None:
        brief.shared_at = at
        brief.full_clean(exclude=["account", "client_brief", "direction", "accepted"])
        brief.save(update_fields=["shared_at"])
        brief.sections.update(shared_at=at)


@transaction.atomic
def hand_back(*, brief: Brief, by: Person, at: dt.datetime) -> None:
    """The client has filled in what they can: the ball is ours again."""
    require(by, "briefs.hand_back", brief)
    answer = _("Filled in.")
    handoffs.settle(subject_kind=GAPS, subject_id=brief.pk, answer=answer, by=by, at=at)


@transaction.atomic
def lead_on(*, brief: Brief, to: Person, by: Person, at: dt.datetime) -> Brief:
    """Somebody else leads the brief from now on, and has its ball."""
    brief = queries.held(brief.pk)
    require(by, "briefs.lead_on", brief)
    if not to.is_ours:
        raise ValidationError({"to": _("Choose one of our own people.")})
    brief.lead = to
    brief.save(update_fields=["lead"])
    if brief.waits_for_lead:
        handoffs.call_off(subject_kind=KIND, subject_id=brief.pk, by=by, at=at)
        ask_lead(brief, by=by, at=at)
    return brief


@transaction.atomic
def drop(*, brief: Brief, reason: str, by: Person, at: dt.datetime) -> Brief:
    """The brief will not be needed. It is kept as it was."""
    brief = queries.held(brief.pk)
    require(by, "briefs.drop", brief)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: others have worked on it.")})
    return move(brief, states.DROPPED, by=by, at=at, said=one_line(reason))


@transaction.atomic
def take_up(*, brief: Brief, said: str, by: Person, at: dt.datetime) -> BriefVersion:
    """Work begins from an accepted brief: the version that was approved, which never changes.

    For packages above, in the transaction that makes the thing, which has a court of its own.
    """
    brief = queries.held(brief.pk)
    if brief.accepted is None:
        raise Refused(_("Everybody approves the brief first."))
    follow(brief, by=by, at=at, said=said)
    return brief.accepted


@transaction.atomic
def end_here(*, brief: Brief, reason: str, by: Person, at: dt.datetime) -> Brief:
    """Nothing follows from an accepted brief; it may still, if somebody begins it."""
    brief = queries.held(brief.pk)
    require(by, "briefs.end_here", brief)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: others have worked on it.")})
    follow(brief, by=by, at=at, said=one_line(reason))
    return brief


def _told(section: Section, details: dict[str, Any]) -> dict[str, Any]:
    """What was entered beside the text, as it is kept; raises at the detail that is none."""
    known = TOPICS[section.topic].details
    kept = {one.code: _detail(one, details.get(one.code)) for one in known}
    least, most = kept.get("least"), kept.get("most")
    if least and most and Decimal(least) > Decimal(most):
        raise ValidationError({"most": _("The range ends before it begins.")})
    if (least or most) and not kept.get("currency"):
        raise ValidationError({"currency": _("Say in which currency.")})
    return {code: value for code, value in kept.items() if value not in ("", None, [])}


def _detail(detail: Detail, value: Any) -> Any:
    if value in ("", None, []):
        return ""
    if detail.kind == "day":
        return (
            value.isoformat()
            if isinstance(value, dt.date)
            else dt.date.fromisoformat(value).isoformat()
        )
    if detail.kind == "amount":
        return _amount(detail, value)
    if detail.kind == "people":
        return _people(detail, value)
    if detail.kind == "sort" and value not in dict(SORTS):
        raise ValidationError({detail.code: _("Choose one of the list.")})
    return one_line(str(value))


def _amount(detail: Detail, value: Any) -> str:
    try:
        amount = Decimal(value)
    except InvalidOperation as wrong:
        raise ValidationError({detail.code: _("Write an amount in digits.")}) from wrong
    if not amount.is_finite() or amount < 0:
        raise ValidationError({detail.code: _("Write an amount in digits.")})
    return str(amount)


def _people(detail: Detail, value: list[str]) -> list[str]:
    """Ids of the client's people, in the order in which they are asked."""
    ids = [str(UUID(str(one))) for one in value]
    known = Person.objects.filter(pk__in=ids, side=Person.Side.CLIENT).count()
    if known < len(set(ids)):
        raise ValidationError({detail.code: _("Choose people of the client.")})
    return list(dict.fromkeys(ids))
