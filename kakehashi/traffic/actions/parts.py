"""Who may take a part in a job: our people who see the account, a contact of the client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kakehashi.clients.models import Contact
from kakehashi.clients.queries import days
from kakehashi.people.rules import not_working_on
from kakehashi.policy import scope

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.traffic.models import Job


def refuse_strangers(job: Job, at: dt.datetime) -> None:
    """Raise, at the field, for somebody who cannot take the part they are named for.

    Whoever makes it is assigned to the job, which shows it to them.
    """
    day = days.today(job.account, at)
    for name in ("run_by", "made_by", "billed_by"):
        person = getattr(job, name)
        if person is None:
            continue
        if not person.is_ours:
            raise ValidationError({name: _("Choose one of our own people.")})
        if no := not_working_on(person, day):
            raise ValidationError({name: no})
        if name != "made_by" and not scope.may_be_asked(person.pk, job.account_id):
            raise ValidationError(
                {name: _("This person is not available for this account. Choose somebody else.")}
            )
    here = Contact.objects.filter(account=job.account_id, person=job.client, left_on=None)
    if job.client is not None and not here.exists():
        raise ValidationError({"client": _("Choose one of the client's people on this account.")})
