"""What is built on an accepted brief: packages above register it, a job first of all.

A package calls `register` in its AppConfig.ready, and `briefs.actions.take_up` in the transaction
in which it makes the thing: the brief is settled then, and the thing has a court of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.briefs.models import Brief

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from kakehashi.approvals.models import Circulation
    from kakehashi.people.models import Person

Address = Callable[[Brief], str]
Against = Callable[["Person", Brief], "str | None"]
Built = Callable[[Brief], "list[Thing]"]


@dataclass(frozen=True)
class Thing:
    """What was built on a brief, as its page names it; `version` is the one it was built on."""

    title: str
    path: str
    version: int


@dataclass(frozen=True)
class Way:
    """One kind of work: what its button says, where it leads, what stands against it, what is."""

    label: str | Promise
    address: Address
    against: Against
    built: Built


@dataclass(frozen=True)
class Step:
    """A way as the page of one brief offers it to one reader."""

    label: str
    path: str
    objection: str | None


_ways: dict[str, Way] = {}


def register(
    code: str, label: str | Promise, address: Address, against: Against, built: Built
) -> None:
    """`address(brief)` is the page on which the work is begun; `built(brief)` what was already."""
    _ways[code] = Way(label, address, against, built)


def steps(person: Person, brief: Brief) -> list[Step]:
    """What may be begun from an accepted brief, in the order in which packages registered."""
    return [
        Step(str(way.label), way.address(brief), way.against(person, brief))
        for way in _ways.values()
    ]


def built(brief: Brief) -> list[Thing]:
    """What was built on any version of a brief, as far as the reader sees it."""
    return [thing for way in _ways.values() for thing in way.built(brief)]


def objection(circulation: Circulation) -> str | None:
    """Why the last approval of a brief cannot be taken back any more."""
    brief = Brief.objects.filter(accepted=circulation.subject_id).first()
    if brief is None or not brief.is_followed:
        return None
    first = next(iter(built(brief)), None)
    if first is None:
        return _("Work has begun from it.")
    return _("Work has begun from it: %(thing)s.") % {"thing": first.title}
