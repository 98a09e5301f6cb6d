"""Seats that an officer permits although something stands against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kakehashi.base.text import nfkc, one_line
from kakehashi.conflicts.models import SeatPermit
from kakehashi.conflicts.queries.seating import Wanted, standing_against
from kakehashi.people.rules import not_working_on
from kakehashi.policy import edits
from kakehashi.policy.engine import require
from kakehashi.policy.integrity import spoken

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.clients.models import Account
    from kakehashi.people.models import Person


@transaction.atomic
def permit_seat(  # noqa: PLR0913 - what makes a permit
    *,
    account: Account,
    person: Person,
    ends_on: dt.date,
    reason: str,
    by: Person,
    at: dt.datetime,
    consent: str = "",
) -> SeatPermit:
    """Let somebody be seated until a day. Past a client's barrier only with that client's word."""
    require(by, "conflicts.permit_seat", account)
    today = localdate(at)
    if ends_on < today:
        raise ValidationError({"ends_on": _("This day has passed.")})
    if problem := not_working_on(person, today):
        raise ValidationError({"person": problem})
    permit = SeatPermit(
        account=account, person=person, ends_on=ends_on, reason=nfkc(reason).strip(),
        consent=one_line(consent), given_by=by, given_at=at,
    )  # fmt: skip
    if not permit.consent and _breaks_a_promise(permit, today):
        raise ValidationError(
            {
                "consent": _(
                    "A client was promised that this person stays away. Say which document"
                    " of that client allows it."
                )
            }
        )
    permit.full_clean()
    with spoken(SeatPermit):
        permit.save(force_insert=True)
    return permit


@transaction.atomic
def withdraw_permit(*, permit: SeatPermit, by: Person, at: dt.datetime) -> SeatPermit:
    """No new seat on the strength of it; one that was given stays until it is ended."""
    require(by, "conflicts.withdraw_permit", permit)
    permit.withdrawn_at, permit.withdrawn_by = at, by
    edits.save(permit, version=permit.version, fields=["withdrawn_at", "withdrawn_by"])
    return permit


def _breaks_a_promise(permit: SeatPermit, today: dt.date) -> bool:
    wanted = Wanted(permit.person_id, permit.account_id, today, permit.ends_on)
    found = standing_against([wanted]).get(permit.person_id, ())
    return any(s.code.startswith("barrier") for one in found for s in one.because)
