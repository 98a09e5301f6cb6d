"""Whether a brief can be accepted: what blocks it, what is doubtful, and what to do about each.

Computed from what stands in the sections now; nothing of it is stored. The rule is the one of the
joint client-brief guideline: an objective with its metric, one proposition, a budget, a date, an
approver.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kakehashi.briefs import states
from kakehashi.briefs.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kakehashi.briefs.models import Brief, Section

EVERYBODY = re.compile(
    r"\b(everyone|everybody|all people|general public|all consumers)\b"
    r"|全員|すべての人|全ての人|誰もが|みんな|老若男女|一般消費者|国民全体",
    re.IGNORECASE,
)
BUSINESS = re.compile(
    r"\b(sales|revenue|share|profit|units)\b|売上|販売|シェア|利益|台数", re.IGNORECASE
)
SAID = re.compile(
    r"\b(awareness|recall|image|intent|attitude|consideration)\b|認知|想起|好意|意向|イメージ",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Finding:
    """One thing that stands against a brief, and what to do; `section` is where."""

    code: str
    text: str
    advice: str
    section: Section | None = None


@dataclass
class Readiness:
    """How far a brief is."""

    completeness: float = 0.0
    blockers: list[Finding] = field(default_factory=list)
    flags: list[Finding] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        return not self.blockers


def of(brief: Brief) -> Readiness:
    """Reads `sections` and `objections`, prefetched where there are many."""
    sections = list(brief.sections.all())
    by_topic: dict[str, Section] = {}
    for section in sections:
        by_topic.setdefault(section.topic, section)
    found = Readiness(_completeness(sections))
    found.blockers = [*_blockers(by_topic), *_objections(brief)]
    found.flags = list(_flags(by_topic))
    return found


def is_filled(section: Section) -> bool:
    return bool(section.text.strip()) or any(_given(value) for value in section.details.values())


def _given(value: Any) -> bool:
    return value not in ("", None, [])


def _completeness(sections: Iterable[Section]) -> float:
    weighed = [(TOPICS[one.topic].weight, is_filled(one)) for one in sections]
    whole = sum(weight for weight, _filled in weighed)
    return sum(weight for weight, filled in weighed if filled) / whole if whole else 0.0


def _blockers(by_topic: dict[str, Section]) -> Iterable[Finding]:
    """A topic the template does not ask for blocks nothing."""
    if (one := by_topic.get("objective")) and not one.details.get("metric"):
        yield Finding(
            "no_metric",
            _("The objective has no metric."),
            _("Say what is measured: awareness, visits, sales; better with baseline and target."),
            one,
        )
    if one := by_topic.get("proposition"):
        lines = [line for line in one.text.splitlines() if line.strip()]
        if len(lines) > 1:
            yield Finding(
                "many_propositions",
                _("There is more than one proposition."),
                _("Keep the one sentence that matters; the others are support for it."),
                one,
            )
        elif not lines:
            yield Finding(
                "no_proposition",
                _("There is no proposition yet."),
                _("Say in one sentence what the work is to get across."),
                one,
            )
    if (one := by_topic.get("budget")) and not (
        _given(one.details.get("most")) or _given(one.details.get("least"))
    ):
        yield Finding(
            "no_budget",
            _("There is no budget."),
            _("Give an amount or a range, and what it covers."),
            one,
        )
    if (one := by_topic.get("timing")) and not (
        one.details.get("present_on") or one.details.get("live_on")
    ):
        yield Finding(
            "no_date",
            _("There is no date."),
            _("Give the day of the presentation or the day it goes live."),
            one,
        )
    if (one := by_topic.get("approvers")) and not one.details.get("people"):
        yield Finding(
            "no_approver",
            _("Nobody is named who approves."),
            _("Name who signs on the client's side, in the order in which they are asked."),
            one,
        )


def _objections(brief: Brief) -> Iterable[Finding]:
    for objection in brief.objections.all():
        if objection.state != states.RESOLVED:
            yield Finding(
                "off_strategy",
                _("The planner objects: off strategy."),
                _("Answer it, or change the brief; the planner says when it is settled."),
            )


def _flags(by_topic: dict[str, Section]) -> Iterable[Finding]:
    objective, measure = by_topic.get("objective"), by_topic.get("measure")
    if objective is not None and _is_confused(objective):
        yield Finding(
            "confused",
            _("Business and communication objective may be confused."),
            _("Sales or share are a business objective; awareness or image one of communication."),
            objective,
        )
    if (one := by_topic.get("audience")) and EVERYBODY.search(one.text):
        yield Finding(
            "everyone",
            _("The audience is “everyone”."),
            _("Whom must it reach first? Say what they do, think or buy today."),
            one,
        )
    if objective is not None and measure is not None and _is_unlinked(objective, measure):
        yield Finding(
            "unlinked",
            _("What is measured is not the metric of the objective."),
            _("Measure what the objective names, or change the objective."),
            measure,
        )


def _is_confused(objective: Section) -> bool:
    metric, sort = objective.details.get("metric", ""), objective.details.get("sort", "")
    wrong = {"business": SAID, "communication": BUSINESS}.get(sort)
    return wrong is not None and wrong.search(metric) is not None


def _is_unlinked(objective: Section, measure: Section) -> bool:
    wanted, measured = objective.details.get("metric", ""), measure.details.get("metric", "")
    return bool(wanted and measured) and wanted.casefold().strip() != measured.casefold().strip()
