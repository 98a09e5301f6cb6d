"""What is done with approvals: send a version round, decide, write down, take back, withdraw.

Every verb ends in `_carry_on`: from what stands decided follows whose turn it is and whether it is
over; balls are made to agree with it. It may run twice. A client's contact only writes what they
decide; a task carries it on in the next moment, and until then the ball stays where it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kakehashi.approvals import queries, rules, states
from kakehashi.approvals.models import Circulation, Decision, Step, TakenBack
from kakehashi.approvals.queries import KIND
from kakehashi.approvals.route import APPROVE, CIRCULATE, needed, standing, verdicts
from kakehashi.approvals.subjects import subject_of
from kakehashi.base.text import nfkc
from kakehashi.handoffs import actions as handoffs
from kakehashi.handoffs.actions import About
from kakehashi.handoffs.models import Handoff
from kakehashi.handoffs.queries import open_balls
from kakehashi.people.queries.calendars import calendar_of
from kakehashi.policy.engine import require
from kakehashi.policy.integrity import spoken
from kakehashi.policy.queue import enqueue
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from decimal import Decimal
    from uuid import UUID

    from kakehashi.clients.models import Account
    from kakehashi.people.models import Person

GO_ON = "approvals.go_on"
TITLE = 200  # letters of a ball


@dataclass(frozen=True)
class Version:
    """What goes round: a version that never changes. `path` is the page of what it belongs to."""

    kind: str
    id: UUID
    digest: str
    title: str
    path: str
    account: Account
    authors: frozenset[UUID] = frozenset()
    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True)
class Stop:
    """A step as it is planned: whom, when, as what, up to how much, within how many hours."""

    position: int
    holder: Person
    kind: str = APPROVE
    role: str = ""
    deputy: Person | None = None
    limit: Decimal | None = None
    hours: int = 8


@transaction.atomic
def start(*, version: Version, route: Sequence[Stop], by: Person, at: dt.datetime) -> Circulation:
    """Send a version round. Whose turn it is has a ball; nobody else hears of it yet."""
    require(by, "approvals.start", version.account)
    stops = _needed(version, route)
    side = _one_side(stops)
    _refuse_blind(version, stops, by)
    circulation = Circulation(
        account=version.account,
        subject_kind=version.kind,
        subject_id=version.id,
        title=version.title,
        path=version.path,
        digest=version.digest,
        amount=version.amount,
        currency=version.currency,
        authors=sorted(version.authors),
        started_by=by,
        started_at=at,
        side=side,
        shared_at=None if side == Handoff.Side.OURS else at,
    )
    circulation.full_clean(exclude=["account"], validate_constraints=False)
    with spoken(Circulation, Step):
        circulation.save(force_insert=True)
        for stop in stops:
            _step(circulation, stop).save(force_insert=True)
    return _carry_on(queries.one(circulation.pk), by, at)


@transaction.atomic
def decide(*, step: Step, verdict: str, by: Person, at: dt.datetime, note: str = "") -> Decision:
    """Approve a version, send it back with words, or have read it, when it is one's turn."""
    step = _as_it_stands(step, by)
    require(by, "approvals.decide", step)
    decision = _write(step, verdict, note, by, at)
    _then(step.circulation_id, by, at)
    return decision


@transaction.atomic
def record(  # noqa: PLR0913 - what a decision consists of
    *,
    step: Step,
    verdict: str,
    channel: str,
    evidence: str,
    by: Person,
    at: dt.datetime,
    note: str = "",
) -> Decision:
    """Write down what the client decided by phone, by mail or in person, with what shows it."""
    step = _as_it_stands(step, by)
    require(by, "approvals.record", step)
    decision = _write(step, verdict, note, step.holder, at, recorded_by=by, how=(channel, evidence))
    _then(step.circulation_id, by, at)
    return decision


@transaction.atomic
def take_back(*, step: Step, by: Person, at: dt.datetime) -> TakenBack:
    """Think again, within minutes: the decision is struck out, and it is one's turn again."""
    step = _as_it_stands(step, by)
    require(by, "approvals.take_back", step)
    decision = rules.decision_on(step)
    assert decision is not None  # nothing_decided has asked
    struck = TakenBack(
        account_id=step.account_id, decision=decision, by=by, at=at, shared_at=step.shared_at
    )
    with spoken(TakenBack):
        struck.save(force_insert=True)
    _then(step.circulation_id, by, at)
    return struck


@transaction.atomic
def withdraw(
    *, circulation: Circulation, by: Person, at: dt.datetime, reason: str = ""
) -> Circulation:
    """No decision is needed any more: whoever was asked is told."""
    circulation = queries.held(circulation.pk)
    require(by, "approvals.withdraw", circulation)
    return _end(circulation, states.WITHDRAWN, by, at, reason)


@transaction.atomic
def overtake(
    *, kind: str, versions: Iterable[UUID], by: Person, at: dt.datetime, reason: str
) -> list[Circulation]:
    """A newer version exists: what goes round stops, and what was decided is of the old one.

    The package whose version it is says so, in the transaction that makes the newer one.
    """
    return [
        _end(queries.held(one.pk), states.OVERTAKEN, by, at, reason)
        for one in queries.still_standing(kind, versions)
    ]


@transaction.atomic
def go_on(*, circulation_id: UUID, at: dt.datetime) -> Circulation:
    """As nobody in particular: carry on after what a client's contact has decided."""
    circulation = queries.held(circulation_id)
    return _carry_on(circulation, circulation.started_by, at)


def _then(circulation_id: UUID, by: Person, at: dt.datetime) -> None:
    if by.is_ours:
        _carry_on(queries.one(circulation_id), by, at)
    else:
        enqueue(GO_ON, lock=f"approval {circulation_id}", circulation_id=str(circulation_id))


def _carry_on(circulation: Circulation, by: Person, at: dt.datetime) -> Circulation:
    """Make state and balls agree with what stands decided."""
    if circulation.state in {states.WITHDRAWN, states.OVERTAKEN}:
        return circulation
    steps = list(circulation.steps.all())
    said = {one.pk: made for one in steps if (made := rules.decision_on(one)) is not None}
    stands = standing(
        [(one.pk, one.position) for one in steps],
        {key: decision.verdict for key, decision in said.items()},
    )
    asked = set(
        open_balls()
        .filter(subject_kind=KIND, subject_id__in=[one.pk for one in steps])
        .values_list("subject_id", flat=True)
    )
    for step in steps:
        if step.pk in said and step.pk in asked:
            _answered(step, said[step.pk], by, at)
        elif step.pk in asked and step.pk not in stands.due:
            handoffs.call_off(subject_kind=KIND, subject_id=step.pk, by=by, at=at)
        elif step.pk in stands.due and step.pk not in asked:
            _ask(circulation, step, by, at)
    return _move(circulation, stands.state, by, at)


def _end(
    circulation: Circulation, state: str, by: Person, at: dt.datetime, reason: str
) -> Circulation:
    reason = nfkc(reason).strip()
    for step in circulation.steps.all():
        handoffs.call_off(subject_kind=KIND, subject_id=step.pk, by=by, at=at, reason=reason)
    return _move(circulation, state, by, at, reason)


def _move(
    circulation: Circulation, state: str, by: Person, at: dt.datetime, reason: str = ""
) -> Circulation:
    """Enter a state, if it is another one, and let the version's package know."""
    if state == circulation.state:
        return circulation
    if not states.may_move(circulation.state, state):
        raise ValidationError(_("This has ended already."))
    circulation.state, circulation.reason = state, reason
    circulation.ended_at = None if state == states.OPEN else at
    circulation.full_clean(exclude=["account"], validate_constraints=False)
    with spoken(Circulation):
        circulation.save(update_fields=["state", "reason", "ended_at"])
    subject_of(circulation).settled(circulation, by, at)
    return circulation


def _ask(circulation: Circulation, step: Step, by: Person, at: dt.datetime) -> None:
    reads = step.kind == CIRCULATE
    words = {"title": circulation.title}
    with translation.override(step.holder.language):
        title = (_("Read: %(title)s") if reads else _("Approve: %(title)s")) % words
    handoffs.ask(
        of=step.holder,
        title=title[:TITLE],
        by=by,
        in_name_of=circulation.started_by,
        at=at,
        account=circulation.account,
        due_at=calendar_of(step.holder).after(at, step.hours),
        kind=KIND,
        about=About(KIND, step.pk, f"/approvals/{circulation.pk}/"),
    )


def _answered(step: Step, decision: Decision, by: Person, at: dt.datetime) -> None:
    said = str(decision.get_verdict_display())
    handoffs.settle(
        subject_kind=KIND,
        subject_id=step.pk,
        answer=f"{said}: {decision.note}" if decision.note else said,
        by=by,
        decided_by=decision.decided_by,
        recorded_by=decision.recorded_by,
        at=at,
        channel=decision.channel,
        evidence=decision.evidence,
    )


def _write(  # noqa: PLR0913 - what a decision consists of
    step: Step,
    verdict: str,
    note: str,
    by: Person,
    at: dt.datetime,
    *,
    recorded_by: Person | None = None,
    how: tuple[str, str] = (Handoff.Channel.HERE, ""),
) -> Decision:
    if verdict not in verdicts(step.kind):
        raise ValidationError({"verdict": _("This cannot be said at this step.")})
    earlier = list(step.decisions.all())
    channel, evidence = how
    decision = Decision(
        account_id=step.account_id,
        step=step,
        follows=earlier[-1] if earlier else None,
        verdict=verdict,
        note=nfkc(note).strip(),
        decided_by=by,
        recorded_by=recorded_by or by,
        channel=channel,
        evidence=nfkc(evidence).strip(),
        at=at,
        shared_at=step.shared_at,
    )
    if verdict == Decision.Verdict.RETURNED and not decision.note:
        raise ValidationError({"note": _("Say what should change.")})
    if recorded_by is not None and not decision.evidence:
        raise ValidationError({"evidence": _("Say what shows it: when and where.")})
    decision.full_clean(exclude=["account", "step", "follows"], validate_constraints=False)
    with spoken(Decision):
        decision.save(force_insert=True)
    return decision


def _as_it_stands(step: Step, by: Person) -> Step:
    """The step with what was decided until now; we keep everybody else out meanwhile."""
    read = queries.held if by.is_ours else queries.one
    return queries.step_of(read(step.circulation_id), step.pk)


def _step(circulation: Circulation, stop: Stop) -> Step:
    step = Step(
        account_id=circulation.account_id,
        circulation=circulation,
        position=stop.position,
        kind=stop.kind,
        holder=stop.holder,
        role=stop.role,
        deputy=stop.deputy,
        limit=stop.limit,
        hours=stop.hours,
        shared_at=circulation.shared_at,
    )
    step.full_clean(exclude=["account", "circulation"], validate_constraints=False)
    return step


def _needed(version: Version, route: Sequence[Stop]) -> list[Stop]:
    stops = needed(sorted(route, key=lambda stop: stop.position), version.amount)
    if not any(stop.kind == APPROVE for stop in stops):
        raise ValidationError(
            _("Nobody here may approve so much. Name somebody who may.")
            if any(stop.kind == APPROVE for stop in route)
            else _("Name at least one person who approves.")
        )
    if len({stop.holder.pk for stop in stops}) < len(stops):
        raise ValidationError(_("Each of them is asked once."))
    return stops


def _one_side(stops: Sequence[Stop]) -> str:
    """Ours or the client's: what goes round among both would show each side the other's steps."""
    sides = {stop.holder.side for stop in stops}
    if len(sides) > 1:
        raise ValidationError(_("Ask our own people first, and then the client, each by itself."))
    return str(sides.pop())


def _refuse_blind(version: Version, stops: Sequence[Stop], by: Person) -> None:
    """Four eyes by construction: who wrote it or sends it round is not asked to approve it."""
    own = {*version.authors, by.pk}
    for stop in stops:
        if stop.kind == APPROVE and stop.holder.is_ours and stop.holder.pk in own:
            words = {"who": reader_name(stop.holder)}
            raise ValidationError(
                _(
                    "%(who)s has worked on this and cannot approve it. Name somebody else who "
                    "holds the role, or a second signatory outside the line."
                )
                % words
            )
