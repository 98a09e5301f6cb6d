"""What is built on an accepted brief: packages above register it, a job first of all.

A package calls `register` in its AppConfig.ready, and `briefs.actions.take_up` in the transaction
in which it makes the thing: the brief is settled then, and the thing has a court of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.briefs.models import Brief
from kakehashi.policy.ways import Ways

if TYPE_CHECKING:
    from kakehashi.approvals.models import Circulation


@dataclass(frozen=True)
class Thing:
    """What was built on a brief, as its page names it; `version` is the one it was built on."""

    title: str
    path: str
    version: int


WAYS: Ways[Brief, Thing] = Ways()
register, steps, built, renew = WAYS.register, WAYS.steps, WAYS.made, WAYS.renew


def objection(circulation: Circulation) -> str | None:
    """Why the last approval of a brief cannot be taken back any more."""
    brief = Brief.objects.filter(accepted=circulation.subject_id).first()
    if brief is None or not brief.is_followed:
        return None
    first = next(iter(built(brief)), None)
    if first is None:
        return _("Work has begun from it.")
    return _("Work has begun from it: %(thing)s.") % {"thing": first.title}
