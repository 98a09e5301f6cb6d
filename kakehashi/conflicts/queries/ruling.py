"""The rule of the agency: what holds, what is proposed where nobody has said, how it came about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from kakehashi.base.phrases import NO, YES
from kakehashi.conflicts.models import Policy
from kakehashi.conflicts.terms import Mode, Result, Severity
from kakehashi.people.models import Office, Person
from kakehashi.policy.models import Change

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

JAPANESE = Q(country="JP") | Q(country="", timezone="Asia/Tokyo")
SHOWN = 50


@dataclass
class Revision:
    """One writing of the rule: by whom, when, why, and what it changed from what to what."""

    at: dt.datetime
    by: Person | None
    reason: str
    lines: list[tuple[str, str, str]] = field(default_factory=list)


def current() -> Policy | None:
    """What somebody has set; None where the agency was never asked, or has not answered."""
    return Policy.objects.select_related("set_by").exclude(set_at=None).first()


def is_open() -> bool:
    """Whether nobody has said yet how the agency treats rivals."""
    return current() is None


def proposal() -> Policy:
    """What a new agency is proposed: split accounts, where it is Japanese, and clearance first."""
    found = Office.objects.filter(JAPANESE, parent=None).exists()
    return Policy(mode=Mode.SPLIT if found else Mode.STRICT, clearance_required=True)


def agency() -> Office | None:
    """The office that stands above all others, about which the question is asked."""
    return Office.objects.filter(parent=None).order_by("code").first()


def revisions() -> tuple[list[Revision], bool]:
    """How the rule came about, the latest first; and whether more came before these."""
    changes = Change.objects.filter(source="conflicts_policy", op__in="IU").order_by("-id")
    rows = list(changes[: SHOWN + 1])
    people = Person.objects.in_bulk({row.by_id for row in rows if row.by_id})
    reasons: list[str] = []  # a reason that is given twice is written once
    for row in reversed(rows):
        before = reasons[-1] if reasons else ""
        reasons.append(str((row.after or {}).get("reason", before)))
    found = [
        Revision(row.at, people.get(row.by_id) if row.by_id else None, reason, list(_lines(row)))
        for row, reason in zip(rows, reversed(reasons), strict=True)
    ]
    return found[:SHOWN], len(found) > SHOWN


def _lines(row: Change) -> Iterator[tuple[str, str, str]]:
    """What was written, named as the form names it: what stood there and what stands there."""
    before, after = row.before or {}, row.after or {}
    for name, label, said in _told():
        if name in after:
            yield label, said(before[name]) if name in before else "", said(after[name])


def _told() -> Iterator[tuple[str, str, Callable[[Any], str]]]:
    """What makes the rule, each with its name and how its values read."""
    name = Policy._meta.get_field("mode").verbose_name
    yield "mode", str(name), lambda value: str(Mode(value).label)
    for mode in Mode:
        for severity in Severity:
            label = f"{mode.label} · {severity.label}"
            yield f"{mode}_{severity}", label, lambda value: str(Result(value).label)
    name = Policy._meta.get_field("clearance_required").verbose_name
    yield "clearance_required", str(name), lambda value: str(YES if value else NO)
