"""Questions about what goes round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils.timezone import localdate

from kakehashi.approvals import states
from kakehashi.approvals.models import Circulation, Decision, Step
from kakehashi.clients.models import Account, Seat
from kakehashi.handoffs.queries import open_balls, stood_in_for
from kakehashi.people.models import Role
from kakehashi.policy import scope
from kakehashi.policy.rows import during

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from django.db.models import QuerySet

    from kakehashi.people.models import Person

KIND = "approval"
"""The kind of balls, and of the things they are about: a step."""
SHOWN = 50


def whole() -> QuerySet[Circulation]:
    """Circulations with all that rules and pages ask of them."""
    decisions = Decision.objects.select_related("decided_by", "recorded_by", "taken_back")
    steps = Step.objects.select_related("holder", "deputy").prefetch_related(
        Prefetch("decisions", decisions.order_by("at", "id"))
    )
    return _told().prefetch_related(Prefetch("steps", steps.order_by("position", "id")))


def _told() -> QuerySet[Circulation]:
    """Circulations with what a list tells of them."""
    return Circulation.objects.select_related("account", "started_by")


def one(pk: UUID) -> Circulation:
    """One circulation. Raises Circulation.DoesNotExist behind the wall."""
    return whole().get(pk=pk)


def step_of(circulation: Circulation, pk: UUID) -> Step:
    """One of its steps, from what was read already. Raises Step.DoesNotExist."""
    for step in circulation.steps.all():
        if step.pk == pk:
            return step
    raise Step.DoesNotExist


def held(pk: UUID) -> Circulation:
    """Read it with everybody else kept out who would decide or carry it on."""
    Circulation.objects.select_for_update().get(pk=pk)
    return one(pk)


def of_versions(kind: str, versions: Iterable[UUID]) -> list[Circulation]:
    """What went round of some versions, the latest first."""
    rows = whole().filter(subject_kind=kind, subject_id__in=list(versions))
    return list(rows.order_by("-started_at", "-id"))


def still_standing(kind: str, versions: Iterable[UUID]) -> list[Circulation]:
    """What a newer version overtakes: what goes round, and what was decided."""
    over = {states.WITHDRAWN, states.OVERTAKEN}
    return [one for one in of_versions(kind, versions) if one.state not in over]


def waiting_for(person: Person) -> list[Circulation]:
    """What waits for somebody's decision, or for whom they stand in, the most urgent first."""
    balls = open_balls().filter(subject_kind=KIND, asked_of__in=[person.pk, *stood_in_for()])
    steps = list(balls.order_by("due_at", "id").values_list("subject_id", flat=True)[:SHOWN])
    owners = dict(Step.objects.filter(pk__in=steps).values_list("pk", "circulation_id"))
    ids = [owners[step] for step in steps if step in owners]
    found = {row.pk: row for row in _told().filter(pk__in=ids)}
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found]


def started_by(person: Person) -> list[Circulation]:
    """What somebody sent round, the latest first."""
    rows = _told().filter(started_by=person)
    return list(rows.order_by("-started_at", "-id")[:SHOWN])


def holders(role: str, account: Account) -> list[Person]:
    """Who may be asked in a role on an account: seated there first, then above, then by function.

    Only those who would see what they are asked.
    """
    day = localdate()
    up = {pk: depth for depth, pk in enumerate(_upward(account))}
    seats = Seat.objects.filter(during(day, day), role=role, account__in=list(up))
    seated = sorted(
        seats.select_related("person"),
        key=lambda seat: (up[seat.account_id], not seat.lead, seat.starts_on),
    )
    roles = Role.objects.filter(during(day, day), role=role).select_related("person")
    named = [seat.person for seat in seated]
    named += [row.person for row in roles.order_by("starts_on", "id")] if not named else []
    return [p for p in dict.fromkeys(named) if scope.may_be_asked(p.pk, account.pk)]


def _upward(account: Account) -> Iterator[UUID]:
    """The account and those above it, as far as they are seen."""
    above: Account | None = account
    while above is not None:
        yield above.pk
        above = Account.objects.filter(pk=above.parent_id).first() if above.parent_id else None
