"""What is done with a job itself: open it under its number, change what stands on its sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.base.text import nfkc, one_line
from kakehashi.briefs import actions as briefs
from kakehashi.clients.queries import days
from kakehashi.policy import edits
from kakehashi.policy.engine import require
from kakehashi.policy.integrity import spoken
from kakehashi.traffic import states
from kakehashi.traffic.actions import courts, team
from kakehashi.traffic.actions.parts import refuse_strangers
from kakehashi.traffic.models import Job, StateChange
from kakehashi.traffic.queries import numbers

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.briefs.models import Brief
    from kakehashi.clients.models import Account
    from kakehashi.people.models import Person

PARTS = ("account", "brief_version", "run_by", "made_by", "billed_by", "client")
SHEET = ("title", "kind", "live_on", "specs", "run_by", "made_by", "billed_by", "client")


@transaction.atomic
def open_job(  # noqa: PLR0913 - what makes a job
    *,
    account: Account,
    title: str,
    by: Person,
    at: dt.datetime,
    kind: str = Job.Kind.OTHER,
    live_on: dt.date | None = None,
    specs: str = "",
    run_by: Person | None = None,
    made_by: Person | None = None,
    billed_by: Person | None = None,
    client: Person | None = None,
    brief: Brief | None = None,
) -> Job:
    """Open a job under the account's next number. Whoever opens it runs it, if nobody is named.

    From an accepted brief it takes the version that was approved; the brief waits for nobody then.
    """
    require(by, "traffic.open_job", account)
    if brief is not None and brief.account_id != account.pk:
        raise ValidationError({"account": _("Choose a brief of this account.")})
    day = days.today(account, at)
    job = Job(
        account=account,
        title=one_line(nfkc(title)),
        kind=kind,
        live_on=live_on,
        specs=nfkc(specs).strip(),
        run_by=run_by or by,
        made_by=made_by,
        billed_by=billed_by,
        client=client,
        opened_at=at,
    )
    refuse_strangers(job, at)
    job.number = numbers.next_of(account, day.year)
    if brief is not None:
        job.brief_version = briefs.take_up(brief=brief, said=str(job), by=by, at=at)
    job.clean_fields(exclude=PARTS)
    with spoken(Job):
        job.save(force_insert=True)
    for line, state in states.BEGINNING.items():
        StateChange(
            account=account, job=job, line=line, old="", new=state, by=by, at=at
        ).save(force_insert=True)  # fmt: skip
    if made_by is not None:
        team.assign(job, made_by, at=at, field="made_by")
    courts.follow(job, by=by, at=at, said="")
    return job


@transaction.atomic
def edit_job(  # noqa: PLR0913 - what stands on the sheet
    *,
    job: Job,
    version: int,
    title: str,
    kind: str,
    live_on: dt.date | None,
    specs: str,
    run_by: Person,
    made_by: Person | None,
    billed_by: Person | None,
    client: Person | None,
    by: Person,
    at: dt.datetime,
) -> Job:
    """Change what stands on the sheet; what waits for whoever had a part goes to who has it now."""
    require(by, "traffic.edit_job", job)
    before = {part: person and person.pk for part, person in job.part.items()}
    job.title, job.kind, job.live_on = one_line(nfkc(title)), kind, live_on
    job.specs = nfkc(specs).strip()
    job.run_by, job.made_by, job.billed_by, job.client = run_by, made_by, billed_by, client
    refuse_strangers(job, at)
    job.clean_fields(exclude=PARTS)
    edits.save(job, version=version, fields=SHEET)
    if made_by is not None and made_by.pk != before[states.MAKES]:
        team.assign(job, made_by, at=at, field="made_by")
    if {part: person and person.pk for part, person in job.part.items()} != before:
        courts.hand_over(job, by=by, at=at)
        team.look_over_team(job)
    return job
