"""Checks, what was decided of them, what is running out: the officer's; receipts are others'."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import F, Q

from kakehashi.clients.models import Contact
from kakehashi.conflicts.checking.time import months_later
from kakehashi.conflicts.models import (
    Check,
    Commitment,
    Consent,
    ConsentRequest,
    Decision,
    Hit,
    Receipt,
    Wall,
)
from kakehashi.conflicts.queries.walls import officers
from kakehashi.conflicts.terms import Cleared, Verdict
from kakehashi.handoffs.models import Handoff
from kakehashi.policy import scope

if TYPE_CHECKING:
    from uuid import UUID

    from kakehashi.clients.models import Account
    from kakehashi.people.models import Person

AHEAD = dt.timedelta(days=90)
CHECK = "conflicts.check"
SHOWN = 100


def officer_for(account: Account, day: dt.date) -> Person | None:
    """The conflicts officer whom a check of an account is referred to."""
    found = officers(day)
    return next((one for one in found if scope.may_be_asked(one.pk, account.pk)), None)


def last_receipt(account: Account) -> Receipt | None:
    """The latest check of an account, as far as it is seen."""
    rows = Receipt.objects.filter(account=account).select_related("asked_by", "decided_by")
    return rows.order_by("-asked_at", "-id").first()


def as_receipt(pk: UUID) -> Receipt | None:
    """For officers: the receipt of a check, or what would stand on one that nobody asked for."""
    rows = Receipt.objects.select_related("account", "asked_by", "decided_by")
    if receipt := rows.filter(pk=pk).first():
        return receipt
    check = Check.objects.select_related("account").filter(pk=pk, asked_by=None).first()
    if check is None or check.account is None:
        return None
    return Receipt(pk=pk, account=check.account, asked_at=check.asked_at, outcome=outcome_of(check))


def own_waiting() -> list[Receipt]:
    """For officers: checks that nobody asked for and that are not decided yet."""
    waiting = Handoff.objects.filter(subject_kind=CHECK, answered_at=None)
    rows = Check.objects.filter(asked_by=None, pk__in=waiting.values("subject_id"))
    found = rows.select_related("account").order_by("asked_at", "pk")[:SHOWN]
    return [
        Receipt(pk=one.pk, account=one.account, asked_at=one.asked_at)
        for one in found
        if one.account is not None
    ]


def needs_clearance() -> bool:
    """Whether the agency lets no prospect become active without clearance."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_needs_clearance()")
        return bool(cursor.fetchone()[0])


@dataclass
class HitRead:
    """A hit with what was decided of it, the latest last."""

    hit: Hit
    decisions: list[Decision] = field(default_factory=list)

    @property
    def latest(self) -> Decision | None:
        return self.decisions[-1] if self.decisions else None


def hits(check: Check) -> list[HitRead]:
    """The hits of a check, the worst first as they were found."""
    rows = Hit.objects.filter(check_of=check).select_related("account", "commitment")
    found = {hit.pk: HitRead(hit) for hit in rows.order_by("number")}
    for decision in _decisions(check):
        if decision.hit_id in found:
            found[decision.hit_id].decisions.append(decision)
    return list(found.values())


def general_decisions(check: Check) -> list[Decision]:
    """Decisions of a check as a whole."""
    return [decision for decision in _decisions(check) if decision.hit_id is None]


def _decisions(check: Check) -> list[Decision]:
    rows = Decision.objects.filter(check_of=check).select_related("decided_by", "wall", "request")
    return list(rows.order_by("decided_at", "id"))


def latest(check: Check) -> dict[Any, Decision]:
    """What counts of the decisions: the last of each hit, and of the whole under None."""
    return {decision.hit_id: decision for decision in _decisions(check)}


def outcome_of(check: Check) -> str:
    """What a check comes to: nothing until every hit is decided and every consent answered."""
    decided = latest(check)
    wanted = list(Hit.objects.filter(check_of=check).values_list("pk", flat=True))
    if None in decided and decided[None].verdict == Verdict.DECLINE:
        return Cleared.DECLINED
    found = [decided.get(pk) for pk in wanted] or [decided.get(None)]
    verdicts = [decision.verdict for decision in found if decision]
    if Verdict.DECLINE in verdicts:
        return Cleared.DECLINED
    if check.ran_at is None or len(verdicts) < len(found) or Verdict.CONSENT in verdicts:
        return ""
    return Cleared.SAFEGUARDS if Verdict.SAFEGUARDS in verdicts else Cleared.CLEAR


def decision_of(request: ConsentRequest) -> Any:
    """The decision that a request followed from, with its check and hit."""
    rows = Decision.objects.select_related(
        "check_of__account__company", "check_of__company", "hit__account", "hit__commitment"
    )
    return rows.get(pk=request.decision_id)


def contact_of(request: ConsentRequest) -> Contact | None:
    return Contact.objects.filter(account=request.account_id, person=request.person_id).first()


def contacts_of(account: Account) -> list[Contact]:
    """Whom a client can be asked through: those who decide first."""
    rows = Contact.objects.filter(account=account, left_on=None).select_related("person")
    return list(rows.order_by("-portal", "person__sort_key", "pk"))


def unused_name(name: str) -> str:
    """A wall's name that no wall has: numbered, where it has been put up before."""
    taken = set(Wall.objects.filter(name__startswith=name[:180]).values_list("name", flat=True))
    found, number = name[:190], 2
    while found in taken:
        found, number = f"{name[:190]} ({number})", number + 1
    return found


@dataclass(frozen=True)
class Register:
    """What runs, ends or waits: the officer's overview."""

    waiting: list[Receipt]
    requests: list[ConsentRequest]
    consents: list[Consent]
    ending: list[Commitment]
    cooling: list[tuple[Commitment, dt.date]]


def register(day: dt.date) -> Register:
    """Everything an officer keeps an eye on, what comes first first."""
    soon = day + AHEAD
    commitments = Commitment.objects.filter(withdrawn_at=None).select_related("account")
    asked = ConsentRequest.objects.filter(answered_at=None).select_related("account", "person")
    return Register(
        waiting=list(
            Receipt.objects.filter(outcome="")
            .select_related("account", "asked_by")
            .order_by("asked_at", "id")[:SHOWN]
        )
        + own_waiting(),
        requests=list(asked.order_by("asked_at", "id")[:SHOWN]),
        consents=_holding(day),
        ending=list(
            commitments.filter(ends_on__gte=day, ends_on__lte=soon).order_by("ends_on", "pk")[
                :SHOWN
            ]
        ),
        cooling=[(one, until) for one, until in cooling_off(day) if until >= day][:SHOWN],
    )


def _holding(day: dt.date) -> list[Consent]:
    """Consents that hold from a day on, those that lapse first first."""
    rows = Consent.objects.filter(Q(expires_on=None) | Q(expires_on__gte=day), withdrawn_at=None)
    ordered = rows.order_by(F("expires_on").asc(nulls_last=True), "pk")
    return list(ordered.select_related("account", "company")[:SHOWN])


def consents_to(commitment: Commitment) -> list[Consent]:
    """What the client has consented to in spite of a commitment, the latest first.

    A consent to no commitment in particular covers every one of its account.
    """
    of_all = Q(commitment=None, account=commitment.account_id)
    rows = Consent.objects.filter(Q(commitment=commitment) | of_all).select_related("company")
    return list(rows.order_by("-given_on", "-pk")[:SHOWN])


def cooling_off(day: dt.date) -> list[tuple[Commitment, dt.date]]:
    """Commitments that have ended and cool off, each with the last day of that."""
    rows = Commitment.objects.filter(
        withdrawn_at=None, ends_on__lt=day, cooling_off_months__gt=0
    ).select_related("account")
    return [
        (one, months_later(one.ends_on, one.cooling_off_months))
        for one in rows.order_by("ends_on", "pk")
        if one.ends_on
    ]
