"""What is done with a request: written, recorded, asked back, answered, accepted, settled.

Each verb writes an entry that both sides read, moves the state as the table of moves allows, and
passes the ball, in one transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.base.text import nfkc, one_line
from kakehashi.handoffs import telling as balls
from kakehashi.policy.engine import Refused, require
from kakehashi.policy.integrity import spoken
from kakehashi.requests import courts, files, queries, rules, states, telling
from kakehashi.requests.actions.keeping import keep
from kakehashi.requests.models import LONGEST_TITLE, Channel, ClientRequest, Entry, Note

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from kakehashi.clients.models import Account
    from kakehashi.people.models import Person
    from kakehashi.requests.files import Enclosure

LONGEST_TEXT = 50_000
HOW = {Channel.PORTAL: "here", Channel.EMAIL: "email", Channel.PHONE: "phone"}
"""How a ball calls the ways on which an answer comes."""


@transaction.atomic
def write(  # noqa: PLR0913 - what a request consists of
    *,
    account: Account,
    title: str,
    by: Person,
    at: dt.datetime,
    text: str = "",
    wanted_on: dt.date | None = None,
    enclosed: Sequence[Enclosure] = (),
    follows: ClientRequest | None = None,
) -> ClientRequest:
    """A client's contact asks us for something, in the portal."""
    require(by, "requests.write", account)
    files.check(list(enclosed))
    return open_request(
        account=account,
        title=title,
        text=text,
        wanted_on=wanted_on,
        written_by=by,
        channel=Channel.PORTAL,
        at=at,
        enclosed=enclosed,
        follows=follows,
    )


@transaction.atomic
def record(  # noqa: PLR0913 - what a request consists of
    *,
    account: Account,
    title: str,
    written_by: Person,
    channel: str,
    by: Person,
    at: dt.datetime,
    text: str = "",
    evidence: str = "",
    wanted_on: dt.date | None = None,
    enclosed: Sequence[Enclosure] = (),
) -> ClientRequest:
    """One of ours writes down what a client asked by phone, in person or by mail.

    What is written here the client may read: remarks of ours are notes.
    """
    require(by, "requests.record", account)
    files.check(list(enclosed))
    if no := rules.is_of_another_account(by, account, written_by):
        raise ValidationError({"written_by": no})
    return open_request(
        account=account,
        title=title,
        text=text,
        wanted_on=wanted_on,
        written_by=written_by,
        recorded_by=by,
        channel=channel,
        evidence=evidence,
        at=at,
        enclosed=enclosed,
    )


def open_request(  # noqa: PLR0913 - what a request consists of
    *,
    account: Account,
    title: str,
    text: str,
    written_by: Person,
    channel: str,
    at: dt.datetime,
    recorded_by: Person | None = None,
    evidence: str = "",
    wanted_on: dt.date | None = None,
    enclosed: Sequence[Enclosure] = (),
    follows: ClientRequest | None = None,
) -> ClientRequest:
    """A new request with its ball: the caller has asked whether it may be."""
    follows_account = follows.account_id if follows else account.pk
    if follows_account != account.pk:
        raise ValidationError({"account": _("What it follows is of another account.")})
    request = ClientRequest(
        account=account,
        title=one_line(title)[:LONGEST_TITLE],
        text=_shortened(text),
        wanted_on=wanted_on,
        written_by=written_by,
        recorded_by=recorded_by,
        channel=channel,
        evidence=one_line(evidence),
        written_at=at,
        shared_at=at,
        kept_by=courts.who_takes_up(account, recorded_by),
        follows=follows,
    )
    people = ["account", "written_by", "recorded_by", "kept_by", "follows"]
    request.full_clean(exclude=people, validate_constraints=False)
    request.save(force_insert=True)
    keep(enclosed, request=request, by=recorded_by or written_by, at=at, shared=True)
    courts.to_us(request, by=recorded_by or written_by, at=at, note=request.text)
    return request


@transaction.atomic
def ask_back(
    *,
    request: ClientRequest,
    question: str,
    by: Person,
    at: dt.datetime,
    of: Person | None = None,
    due_at: dt.datetime | dt.date | None = None,
) -> Entry:
    """Ask the client something before saying what becomes of it: the ball goes to them."""
    require(by, "requests.ask_back", request)
    asked = of or request.written_by
    if no := rules.is_of_another_account(by, request.account, asked):
        raise ValidationError({"of": no})
    entry = _enter(request, Entry.Kind.ASKED, question, by=by, at=at, needs="question")
    _move(request, states.ASKED, by=by, at=at, answer=entry.text, kept_by=by)
    courts.to_client(request, of=asked, question=entry.text, by=by, at=at, due_at=due_at)
    return entry


@transaction.atomic
def answer(
    *,
    request: ClientRequest,
    text: str,
    by: Person,
    at: dt.datetime,
    enclosed: Sequence[Enclosure] = (),
) -> Entry:
    """The client's contact answers what we asked: the ball comes back to us."""
    require(by, "requests.answer", request)
    files.check(list(enclosed))
    if not queries.balls_of(request):
        raise Refused(_("Somebody else of yours is asked. Write it as a word on the request."))
    return take_answer(request=request, text=text, by=by, at=at, enclosed=enclosed)


@transaction.atomic
def record_answer(  # noqa: PLR0913 - what an answer consists of
    *,
    request: ClientRequest,
    text: str,
    answered_by: Person,
    channel: str,
    evidence: str,
    by: Person,
    at: dt.datetime,
) -> Entry:
    """One of ours writes down what the client answered by phone, in person or by mail."""
    require(by, "requests.record_answer", request)
    if no := rules.is_of_another_account(by, request.account, answered_by):
        raise ValidationError({"answered_by": no})
    return take_answer(
        request=request,
        text=text,
        by=answered_by,
        recorded_by=by,
        channel=channel,
        evidence=evidence,
        at=at,
    )


def take_answer(  # noqa: PLR0913 - what an answer consists of
    *,
    request: ClientRequest,
    text: str,
    by: Person,
    at: dt.datetime,
    recorded_by: Person | None = None,
    channel: str = Channel.PORTAL,
    evidence: str = "",
    enclosed: Sequence[Enclosure] = (),
) -> Entry:
    """The client's answer, however it came: the caller has asked whether it may be."""
    entry = _enter(
        request,
        Entry.Kind.ANSWERED,
        text,
        by=by,
        recorded_by=recorded_by,
        channel=channel,
        evidence=evidence,
        at=at,
        enclosed=enclosed,
    )
    how = HOW.get(Channel(channel), "meeting")
    _move(
        request,
        states.WAITING,
        by=by,
        at=at,
        answer=entry.text,
        recorded_by=recorded_by,
        channel=how,
        evidence=entry.evidence,
    )
    courts.to_us(request, by=recorded_by or by, at=at, note=entry.text)
    return entry


@transaction.atomic
def say(
    *,
    request: ClientRequest,
    text: str,
    by: Person,
    at: dt.datetime,
    enclosed: Sequence[Enclosure] = (),
) -> Entry:
    """Say more, from either side. Whose move it is stays as it is; the other side is told."""
    require(by, "requests.say", request)
    files.check(list(enclosed))
    return take_word(request=request, text=text, by=by, at=at, enclosed=enclosed)


def take_word(  # noqa: PLR0913 - what a word consists of
    *,
    request: ClientRequest,
    text: str,
    by: Person,
    at: dt.datetime,
    channel: str = Channel.PORTAL,
    recorded_by: Person | None = None,
    enclosed: Sequence[Enclosure] = (),
) -> Entry:
    """One more word, however it came: the caller has asked whether it may be."""
    entry = _enter(
        request,
        Entry.Kind.SAID,
        text,
        by=by,
        recorded_by=recorded_by,
        at=at,
        channel=channel,
        enclosed=enclosed,
    )
    telling.said(request, by=recorded_by or by, at=at, to_us=not by.is_ours)
    return entry


@transaction.atomic
def note(*, request: ClientRequest, text: str, by: Person, at: dt.datetime) -> Note:
    """Tell each other something about a request. No client reads it."""
    require(by, "requests.note", request)
    row = Note(account=request.account, request=request, text=_said(text), by=by, at=at)
    row.save(force_insert=True)
    return row


@transaction.atomic
def accept(*, request: ClientRequest, by: Person, at: dt.datetime, text: str = "") -> Entry:
    """Say that we do it. Whoever accepts has the ball until work begins."""
    require(by, "requests.accept", request)
    entry = _enter(request, Entry.Kind.ACCEPTED, text, by=by, at=at)
    _move(request, states.ACCEPTED, by=by, at=at, answer=_("Accepted"), kept_by=by)
    courts.to_begin(request, by=by, at=at)
    telling.decided(request, by=by, at=at)
    return entry


@transaction.atomic
def decline(*, request: ClientRequest, reason: str, by: Person, at: dt.datetime) -> Entry:
    """Say that we do not do it, and why."""
    require(by, "requests.decline", request)
    entry = _enter(request, Entry.Kind.DECLINED, reason, by=by, at=at, needs="reason")
    _move(request, states.DECLINED, by=by, at=at, answer=entry.text)
    telling.decided(request, by=by, at=at)
    return entry


@transaction.atomic
def finish(*, request: ClientRequest, by: Person, at: dt.datetime, text: str = "") -> Entry:
    """Say that it is done: it was small enough to need no work of its own."""
    require(by, "requests.finish", request)
    entry = _enter(request, Entry.Kind.DONE, text, by=by, at=at)
    _move(request, states.DONE, by=by, at=at, answer=entry.text or _("Done"))
    telling.decided(request, by=by, at=at)
    return entry


@transaction.atomic
def begin(*, request: ClientRequest, title: str, by: Person, at: dt.datetime) -> Entry:
    """Work has begun from it: `title` says what, in words that the client may read.

    For packages above, in the transaction that makes the thing, which has a court of its own.
    """
    require(by, "requests.begin", request)
    entry = _enter(request, Entry.Kind.BEGUN, title, by=by, at=at)
    _move(request, states.BEGUN, by=by, at=at, answer=entry.text or _("Work has begun"))
    telling.decided(request, by=by, at=at)
    return entry


@transaction.atomic
def withdraw(*, request: ClientRequest, by: Person, at: dt.datetime, reason: str = "") -> Entry:
    """The client needs it no more, and says so before we have accepted it."""
    require(by, "requests.withdraw", request)
    if not queries.balls_of(request):
        raise Refused(_("Somebody else of yours is asked. Tell us in a word on the request."))
    entry = _enter(request, Entry.Kind.WITHDRAWN, reason, by=by, at=at)
    _move(request, states.WITHDRAWN, by=by, at=at, answer=entry.text or _("Withdrawn"))
    return entry


def _enter(  # noqa: PLR0913 - what an entry consists of
    request: ClientRequest,
    kind: str,
    text: str,
    *,
    by: Person,
    at: dt.datetime,
    recorded_by: Person | None = None,
    channel: str = Channel.PORTAL,
    evidence: str = "",
    enclosed: Sequence[Enclosure] = (),
    needs: str = "text",
) -> Entry:
    entry = Entry(
        account=request.account,
        request=request,
        kind=kind,
        text=_shortened(text),
        by=by,
        recorded_by=recorded_by,
        channel=channel,
        evidence=one_line(evidence),
        at=at,
        shared_at=at,
    )
    if not entry.text and kind in {Entry.Kind.SAID, Entry.Kind.ASKED, Entry.Kind.ANSWERED,
                                   Entry.Kind.DECLINED}:  # fmt: skip
        raise ValidationError({needs: _("Say something: others will read it.")})
    people = ["account", "request", "by", "recorded_by"]
    entry.full_clean(exclude=people, validate_constraints=False)
    with spoken(Entry):
        entry.save(force_insert=True)
    keep(enclosed, request=request, entry=entry, by=recorded_by or by, at=at, shared=True)
    return entry


def _move(
    request: ClientRequest,
    state: str,
    *,
    by: Person,
    at: dt.datetime,
    answer: str,
    kept_by: Person | None = None,
    **said: Any,
) -> None:
    """Into another state, unless somebody else was quicker; whoever had the ball has it no more."""
    changed: dict[str, Any] = {"state": state, "settled_at": None if state in states.OPEN else at}
    if kept_by is not None:
        changed["kept_by"] = kept_by
    moved = ClientRequest.objects.filter(pk=request.pk, state=request.state).update(**changed)
    if not moved:
        request.refresh_from_db(fields=["state"])
        raise Refused(
            rules.cannot_become(request, state)
            or _("Somebody else was quicker. Look at the request again.")
        )
    courts.close(request, by=by, at=at, answer=answer, **said)
    for name, value in changed.items():
        setattr(request, name, value)


def _shortened(text: str) -> str:
    return nfkc(text).replace("\0", "")[:LONGEST_TEXT]


def _said(text: str) -> str:
    text = _shortened(text)
    if not text:
        raise ValidationError({"text": _("Say something: others will read it.")})
    return text


@transaction.atomic
def see(*, request: ClientRequest, by: Person, at: dt.datetime) -> None:
    """Somebody opens a request's page: what they were told of it is seen."""
    telling.seen(request, by=by, at=at)
    for ball in queries.balls_of(request):
        balls.seen(ball, by=by, at=at)
