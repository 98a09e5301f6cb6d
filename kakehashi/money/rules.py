"""What stands against setting a target: an objection in the reader's language, or None."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext as _

from kakehashi.policy import scope
from kakehashi.policy.engine import account_id_of, family_hats, hats
from kakehashi.policy.roles import LINE, RoleCode

if TYPE_CHECKING:
    from kakehashi.clients.models import Account, Company
    from kakehashi.money.models import Tally, Target
    from kakehashi.people.models import Office, Person

KEPT = dt.timedelta(hours=1)
LONGEST = dt.timedelta(minutes=15)
"""How long a portfolio is waited for before it is asked for again: its job was lost."""
SET_BY = (*sorted(LINE), RoleCode.FINANCE)


Whose: TypeAlias = "Account | Company | Office | Person"


def worn_there(thing: Whose | Target) -> frozenset[str]:
    """What the acting person is to an account, or to any they see of a client family."""
    whose = getattr(thing, "of", thing)
    if whose._meta.model_name == "company":
        return family_hats(whose.pk)
    return hats(account_id_of(whose))


def outside_what_you_lead(_by: Person, thing: Whose | Target) -> str | None:
    """Roles reach the office they are held in and those below; accounts have seats of their own."""
    whose = getattr(thing, "of", thing)
    kind = whose._meta.model_name
    if kind in {"account", "company"}:
        return None
    holds = scope.holds_over_office if kind == "office" else scope.holds_over_person
    if any(holds(RoleCode(role), whose.pk) for role in SET_BY):
        return None
    return _("This lies outside the offices you lead.")


def is_dropped(_by: Person, target: Target) -> str | None:
    return _("This target was dropped.") if target.dropped_at else None


def counts_no_more(tally: Tally, *, sight: str, today: dt.date, at: dt.datetime) -> bool:
    """What was added up is of a day, and of what its reader saw: the least change ends it."""
    if tally.day != today or tally.sight != sight:
        return True
    if tally.finished_at is None:
        return at - tally.asked_at > LONGEST
    return at - tally.finished_at > KEPT
