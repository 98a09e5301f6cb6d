"""A brief goes round: among our own people, a client brief then among the client's approvers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kakehashi.approvals import actions as approvals
from kakehashi.approvals import states as circulating
from kakehashi.approvals.actions import Stop, Version
from kakehashi.briefs import queries, states
from kakehashi.briefs.actions.courts import move, path_of, version_now
from kakehashi.briefs.actions.writing import open_to_client
from kakehashi.briefs.models import Brief, BriefVersion
from kakehashi.briefs.queries import GAPS, KIND
from kakehashi.handoffs import actions as handoffs
from kakehashi.policy.engine import require

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from kakehashi.approvals.models import Circulation
    from kakehashi.people.models import Person


@transaction.atomic
def release(*, brief: Brief, route: Sequence[Stop], by: Person, at: dt.datetime) -> Circulation:
    """Send what stands in the brief now round among our own people."""
    brief = queries.held(brief.pk)
    require(by, "briefs.release", brief)
    handoffs.call_off(subject_kind=GAPS, subject_id=brief.pk, by=by, at=at)
    version = version_now(brief, by=by, at=at)
    move(brief, states.CHECKING, by=by, at=at)
    return approvals.start(version=_goes_round(brief, version), route=route, by=by, at=at)


@transaction.atomic
def send_to_client(
    *, brief: Brief, approvers: Sequence[Person], by: Person, at: dt.datetime
) -> Circulation:
    """Have the client's approvers sign what our people approved, one after the other."""
    brief = queries.held(brief.pk)
    require(by, "briefs.send_to_client", brief)
    if not approvers:
        raise ValidationError({"approvers": _("Name who signs on the client's side.")})
    version = queries.latest(brief)
    assert version is not None  # it was approved
    open_to_client(brief, at)
    move(brief, states.SIGNING, by=by, at=at)
    route = [Stop(number, person) for number, person in enumerate(approvers, start=1)]
    return approvals.start(version=_goes_round(brief, version), route=route, by=by, at=at)


def settled(circulation: Circulation, by: Person, at: dt.datetime) -> None:
    """What a circulation came to, or that it is open again, moves its brief."""
    version = BriefVersion.objects.get(pk=circulation.subject_id)
    brief = queries.held(version.brief_id)
    state = _follows(brief, circulation)
    if state is None or state == brief.state:
        return
    accepted = version if state == states.ACCEPTED else None
    move(brief, state, by=by, at=at, said=_words(circulation), accepted=accepted)


def _follows(brief: Brief, circulation: Circulation) -> str | None:
    """The state of the brief that follows; None where who overtook it moves it themselves."""
    if circulation.state == circulating.OVERTAKEN:
        return None
    if circulation.state == circulating.RETURNED:
        return states.DRAFT
    if circulation.is_ours:
        approved = states.ACCEPTED if brief.is_creative else states.CHECKED
        again, withdrawn = states.CHECKING, states.DRAFT
    else:
        approved, again, withdrawn = states.ACCEPTED, states.SIGNING, states.CHECKED
    return {
        circulating.APPROVED: approved,
        circulating.OPEN: again,
        circulating.WITHDRAWN: withdrawn,
    }[circulation.state]


def _words(circulation: Circulation) -> str:
    """Why it was sent back: who writes it anew reads it on their ball."""
    if circulation.state == circulating.RETURNED:
        for step in circulation.steps.all():
            for decision in step.decisions.all():
                if decision.verdict == decision.Verdict.RETURNED:
                    return decision.note
    return circulation.reason


def _goes_round(brief: Brief, version: BriefVersion) -> Version:
    with translation.override(brief.language):
        title = f"{brief.title} ({queries.version_name(version)})"
    return Version(
        kind=KIND,
        id=version.pk,
        digest=version.digest,
        title=title,
        path=path_of(brief),
        account=brief.account,
        authors=frozenset(UUID(author) for author in version.authors),
    )
