"""Checks: asked by anybody, run out of sight, decided by the officer, consented to by clients.

Asking stores a request and nothing else: whether anything is hit is not known by then. What the
officer decides reaches the requester as a receipt, which names no other client.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from kakehashi.base.text import nfkc
from kakehashi.conflicts import rules
from kakehashi.conflicts.actions.walls import SideOf, raise_wall
from kakehashi.conflicts.examining import examine
from kakehashi.conflicts.models import (
    Check,
    Commitment,
    Consent,
    ConsentRequest,
    Decision,
    Hit,
    Receipt,
)
from kakehashi.conflicts.queries import checks as queries
from kakehashi.conflicts.queries.changed import wall_between
from kakehashi.conflicts.queries.facts import question_about
from kakehashi.conflicts.terms import Cleared, Occasion, Verdict, WallKind
from kakehashi.handoffs import actions as balls
from kakehashi.handoffs.actions import About
from kakehashi.policy import edits
from kakehashi.policy.engine import require
from kakehashi.policy.queue import enqueue
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from kakehashi.clients.models import Account
    from kakehashi.conflicts.examining import Struck
    from kakehashi.conflicts.models import Wall
    from kakehashi.people.models import Person

RUN, TAKE_UP = "conflicts.run_check", "conflicts.take_up_consent"
CHECK, CONSENT = queries.CHECK, "conflicts.consent"


@transaction.atomic
def ask_check(*, account: Account, by: Person, at: dt.datetime) -> Receipt:
    """Ask the officer whether an account may be taken on. The answer is the same, hit or no hit."""
    require(by, "conflicts.ask_check", account)
    officer = queries.officer_for(account, localdate(at))
    if officer is None:
        raise ValidationError(_("No conflicts officer works for us today. Ask an administrator."))
    check = Check(
        occasion=Occasion.PROSPECT,
        account=account,
        company=account.company,
        categories=account.categories,
        office=account.lead_office,
        starts_on=localdate(at),
        asked_by=by,
        asked_at=at,
    )
    check.save(force_insert=True)
    receipt = Receipt(pk=check.pk, account=account, asked_by=by, asked_at=at)
    receipt.save(force_insert=True)
    with override(officer.language):
        title = _("Check for conflicts: %(account)s") % {"account": reader_name(account)}
    balls.ask(
        of=officer,
        title=title[:200],
        account=account,
        kind=CHECK,
        about=About(CHECK, receipt.pk, reverse("conflicts:check", args=[receipt.pk])),
        by=by,
        at=at,
    )
    enqueue(RUN, lock=f"check {check.pk}", check_id=str(check.pk), officer_id=str(officer.pk))
    return receipt


@transaction.atomic
def run_check(*, check: Check, by: Person, at: dt.datetime) -> Check:
    """As an officer: find what a case touches, once."""
    require(by, "conflicts.run_check", check)
    assert check.account is not None  # what is asked here is asked about an account
    question = question_about(check.account, starts_on=check.starts_on, ends_on=check.ends_on)
    found = examine(question, localdate(at))
    Hit.objects.bulk_create(hits_of(check, found.hits))
    check.ran_at, check.mode, check.result = at, found.mode, found.result
    check.findings = {"possible": [[one.name, one.because] for one in found.possible]}
    edits.save(check, version=check.version, fields=["ran_at", "mode", "result", "findings"])
    return check


def hits_of(check: Check, struck: Sequence[Struck]) -> list[Hit]:
    """What a check found, as it is kept."""
    clauses = {one.commitment for one in struck if one.commitment}
    known = {one.code: one for one in Commitment.objects.filter(code__in=clauses)}
    return [
        Hit(
            check_of=check,
            number=number,
            commitment=known.get(one.commitment or ""),
            account_id=one.found.holder.account,
            level=one.level or "",
            severity=one.found.touched.severity,
            rule=one.found.touched.rule,
            result=one.result,
            because=one.because,
        )
        for number, one in enumerate(struck, 1)
    ]


@transaction.atomic
def decide(  # noqa: PLR0913 - what makes a decision
    *,
    check: Check,
    verdict: str,
    reason: str,
    by: Person,
    at: dt.datetime,
    hit: Hit | None = None,
    until: dt.date | None = None,
    person: Person | None = None,
    asks: str = "",
    conditions: str = "",
) -> Decision:
    """Decide of one hit, or of a check without any. What was decided before stays, superseded."""
    require(by, "conflicts.decide", check)
    if problem := rules.decision(verdict, hit, until, person, localdate(at)):
        raise ValidationError(dict([problem]))
    decision = Decision(
        check_of=check, hit=hit, verdict=verdict, reason=nfkc(reason).strip(), until=until,
        decided_by=by, decided_at=at,
    )  # fmt: skip
    if verdict == Verdict.SAFEGUARDS and hit is not None:
        decision.wall = _wall_between(check, hit, decision.reason, until, by, at)
    decision.full_clean(exclude=["hit", "wall"])
    decision.save(force_insert=True)
    if verdict == Verdict.CONSENT and hit is not None and person is not None and until is not None:
        _ask_for_consent(
            decision=decision, hit=hit, person=person, until=until, asks=asks,
            conditions=conditions,
        )  # fmt: skip
    settle(check=check, by=by, at=at)
    return decision


@transaction.atomic
def answer_consent(
    *, request: ConsentRequest, granted: bool, remarks: str, by: Person, at: dt.datetime
) -> ConsentRequest:
    """The client's contact consents, or does not."""
    require(by, "conflicts.answer_consent", request)
    return _answered(request, granted, remarks, "", by, at)


@transaction.atomic
def record_consent(
    *,
    request: ConsentRequest,
    granted: bool,
    remarks: str,
    document: str,
    by: Person,
    at: dt.datetime,
) -> ConsentRequest:
    """The officer writes down an answer that came by document."""
    require(by, "conflicts.record_consent", request)
    if not nfkc(document).strip():
        raise ValidationError({"document": _("Say which document shows it, and where it is.")})
    return _answered(request, granted, remarks, nfkc(document).strip(), by, at)


@transaction.atomic
def take_up_consent(*, request: ConsentRequest, by: Person, at: dt.datetime) -> None:
    """As the officer: an answer was given. A consent comes on file with its wall; else a no."""
    require(by, "conflicts.run_check", None)
    decision = queries.decision_of(request)
    check, hit = decision.check_of, decision.hit
    if decision.pk != queries.latest(check)[hit.pk].pk or request.granted is None:
        return
    if not request.granted:
        reason = _("The client does not consent. %(remarks)s") % {"remarks": request.remarks}
        decide(check=check, hit=hit, verdict=Verdict.DECLINE, reason=reason, by=by, at=at)
        return
    Consent.objects.create(
        account_id=request.account_id,
        commitment=hit.commitment,
        company=check.company,
        given_on=localdate(at),
        expires_on=request.until,
        conditions=request.conditions,
        document=request.document,
        given_by=queries.contact_of(request),
        recorded_by=by,
        recorded_at=at,
    )
    reason = _("The client consents until %(until)s. %(remarks)s") % {
        "until": request.until.isoformat(),
        "remarks": request.remarks,
    }
    decide(
        check=check, hit=hit, verdict=Verdict.SAFEGUARDS, reason=reason, until=request.until,
        by=by, at=at,
    )  # fmt: skip


def settle(*, check: Check, by: Person, at: dt.datetime) -> None:
    """Once every hit is decided the receipt says so, and the ball goes back with it."""
    outcome = queries.outcome_of(check)
    receipt = Receipt.objects.filter(pk=check.pk).select_related("asked_by").first()
    if receipt is None:
        _settle_own(check, outcome, by, at)
        return
    if outcome == receipt.outcome:
        return
    receipt.outcome = outcome
    receipt.decided_by, receipt.decided_at = (by, at) if outcome else (None, None)
    with override(receipt.asked_by.language):
        receipt.note = rules.meaning(outcome)
    receipt.save(update_fields=["outcome", "note", "decided_by", "decided_at"])
    if outcome:
        balls.settle(
            subject_kind=CHECK, subject_id=receipt.pk, answer=receipt.note, by=by, at=at, kind=CHECK
        )


def _settle_own(check: Check, outcome: str, by: Person, at: dt.datetime) -> None:
    """Of a check that nobody asked for only the officer's own ball is settled."""
    if outcome:
        balls.settle(
            subject_kind=CHECK, subject_id=check.pk, answer=str(Cleared(outcome).label), by=by,
            at=at, kind=CHECK,
        )  # fmt: skip


def _wall_between(
    check: Check, hit: Hit, reason: str, until: dt.date | None, by: Person, at: dt.datetime
) -> Wall:
    """The two accounts and who serves them, apart from each other.

    Where a wall does that already, that is it; what is cleared until a day has a wall of its own.
    """
    assert check.account is not None  # as it is asked
    one, other = hit.account, check.account
    if until is None and (standing := wall_between(one, other)):
        return standing
    name = f"{one.name} × {other.name}"
    return raise_wall(
        name=queries.unused_name(name),
        kind=WallKind.ORGANISATIONAL,
        sides=[SideOf(one.name, accounts=[one]), SideOf(other.name, accounts=[other])],
        ground=reason,
        ground_ends_on=until,
        by=by,
        at=at,
    )


def _ask_for_consent(
    *,
    decision: Decision,
    hit: Hit,
    person: Person,
    until: dt.date,
    asks: str,
    conditions: str,
) -> None:
    by, at = decision.decided_by, decision.decided_at
    request = ConsentRequest(
        account=hit.account, person=person, decision=decision, asks=nfkc(asks).strip(),
        conditions=nfkc(conditions).strip(), until=until, asked_by=by, asked_at=at,
    )  # fmt: skip
    if not request.asks:
        raise ValidationError({"asks": _("Say what the client is asked to consent to.")})
    request.full_clean(exclude=["granted", "answered_at", "recorded_by"])
    request.save(force_insert=True)
    with override(person.language):
        title = _("Your consent is asked for")
    balls.ask(
        of=person,
        title=title,
        account=hit.account,
        private=True,
        kind=CONSENT,
        about=About(CONSENT, request.pk, reverse("conflicts:consent", args=[request.pk])),
        by=by,
        at=at,
    )


def _answered(
    request: ConsentRequest,
    granted: bool,  # noqa: FBT001 - yes or no is the answer
    remarks: str,
    document: str,
    by: Person,
    at: dt.datetime,
) -> ConsentRequest:
    written = {
        "granted": granted, "remarks": nfkc(remarks).strip(), "document": document,
        "answered_at": at, "recorded_by": by,
    }  # fmt: skip
    for name, value in written.items():
        setattr(request, name, value)
    request.save(update_fields=list(written))
    said = _("We consent.") if granted else _("We do not consent.")
    balls.settle(
        subject_kind=CONSENT,
        subject_id=request.pk,
        answer=f"{said} {request.remarks}".strip(),
        decided_by=request.person,
        by=by,
        at=at,
    )
    enqueue(
        TAKE_UP,
        lock=f"consent {request.pk}",
        request_id=str(request.pk),
        officer_id=str(request.asked_by_id),
    )
    return request
