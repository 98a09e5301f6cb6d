"""The structure as it stands, for rules that look at all of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kakehashi.people.models import Employment, Office, ReportingLine, Role
from kakehashi.policy.roles import RoleCode
from kakehashi.policy.rows import during

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from kakehashi.people.rules import Span


def solid_lines_beside(line: ReportingLine) -> Iterable[Span]:
    """Every other solid line that holds on some day of this one."""
    return (
        ReportingLine.objects.filter(
            during(line.starts_on, line.ends_on), kind=ReportingLine.Kind.SOLID
        )
        .exclude(pk=line.pk)
        .values_list("person_id", "superior_id", "starts_on", "ends_on")
    )


def above() -> dict[UUID, UUID | None]:
    """Each office and what it is part of."""
    return dict(Office.objects.values_list("pk", "parent_id"))


def administrators_after(on: dt.date, ending: Iterable[Role]) -> QuerySet[Role]:
    """Who is administrator, and works for us, the day after some roles have ended."""
    day = on + dt.timedelta(days=1)
    working = Employment.objects.filter(during(day, day)).values("person_id")
    return Role.objects.filter(
        during(day, day), role=RoleCode.ADMINISTRATOR, person_id__in=working
    ).exclude(pk__in=[role.pk for role in ending])[:1]
