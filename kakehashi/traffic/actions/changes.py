"""What the client wants changed: recorded with its round, and the work goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kakehashi.base.text import nfkc
from kakehashi.clients.models import Contact
from kakehashi.policy.engine import require
from kakehashi.traffic import states
from kakehashi.traffic.actions.moves import move_job
from kakehashi.traffic.models import ChangeRequest, Job

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person

BACK = frozenset({states.CLIENT_REVIEW, states.RELEASED})


@transaction.atomic
def ask_change(
    *, job: Job, text: str, asked_by: Person, by: Person, at: dt.datetime
) -> ChangeRequest:
    """Record what is to change; from the client's review the work goes back to be made.

    It counts as after approval once the client has agreed to the price or the work is out.
    """
    job = Job.objects.select_related("account__lead_office").select_for_update(of=("self",)).get(
        pk=job.pk
    )  # fmt: skip
    require(by, "traffic.ask_change", job)
    _refuse_stranger(job, asked_by)
    last = job.requests.aggregate(last=Max("round"))["last"] or 0
    request = ChangeRequest(
        account=job.account,
        job=job,
        round=last + 1,
        text=nfkc(text).strip(),
        after_approval=job.billing in states.AGREED or job.production == states.RELEASED,
        asked_by=asked_by,
        recorded_by=by,
        at=at,
    )
    request.full_clean(exclude=["account", "job"], validate_constraints=False)
    request.save(force_insert=True)
    if job.production in BACK:
        move_job(
            job=job, line=states.PRODUCTION, old=job.production, new=states.IN_PRODUCTION,
            by=by, at=at,
            reason=_("Round %(round)s: %(text)s") % {"round": request.round, "text": request.text},
        )  # fmt: skip
    return request


def _refuse_stranger(job: Job, asked_by: Person) -> None:
    """Who asks is one of the client's people here, or one of ours."""
    if asked_by.is_ours:
        return
    if not Contact.objects.filter(account=job.account_id, person=asked_by).exists():
        raise ValidationError({"asked_by": _("Choose one of the client's people on this account.")})
