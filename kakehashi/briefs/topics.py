"""What a section of a brief is about, and what is asked there beside its text.

Headings and their order are the agency's to edit (templates); what a section means is not: by its
topic the product knows where the objective, the budget or the approvers stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Kind = Literal["line", "day", "amount", "currency", "sort", "people"]


@dataclass(frozen=True)
class Detail:
    """One short thing asked in a section."""

    code: str
    label: str | _StrPromise
    kind: Kind = "line"


@dataclass(frozen=True)
class Topic:
    """What a section is about. `weight` is its part in completeness; 0 for what may stay empty."""

    code: str
    label: str | _StrPromise
    weight: int = 0
    details: tuple[Detail, ...] = ()


TOPICS: dict[str, Topic] = {
    topic.code: topic
    for topic in (
        Topic("management", _("Project management")),
        Topic("background", _("Background")),
        Topic(
            "objective",
            _("Objective"),
            3,
            (
                Detail("sort", _("Sort of objective"), "sort"),
                Detail("metric", _("Metric")),
                Detail("baseline", _("Baseline")),
                Detail("target", _("Target")),
                Detail("by_on", _("By"), "day"),
            ),
        ),
        Topic("why", _("Why advertise at all")),
        Topic("approach", _("What is being done")),
        Topic("audience", _("Audience"), 2),
        Topic("insight", _("What we know of them")),
        Topic("proposition", _("Proposition"), 3),
        Topic("response", _("Response hoped for")),
        Topic("tone", _("Tone and manner")),
        Topic("measure", _("How success is measured"), 2, (Detail("metric", _("Metric")),)),
        Topic(
            "budget",
            _("Budget"),
            2,
            (
                Detail("least", pgettext_lazy("an amount", "From"), "amount"),
                Detail("most", pgettext_lazy("an amount", "Up to"), "amount"),
                Detail("currency", _("Currency"), "currency"),
                Detail("covers", _("What it covers")),
            ),
        ),
        Topic(
            "timing",
            _("Timing"),
            2,
            (Detail("present_on", _("Presentation"), "day"), Detail("live_on", _("Live"), "day")),
        ),
        Topic("mandatories", _("Mandatories and legal"), 1, (Detail("legal", _("Legal")),)),
        Topic("deliverables", _("Deliverables and media"), 1),
        Topic("approvers", _("Approvers"), 2, (Detail("people", _("Who approves"), "people"),)),
        Topic("other", _("Other")),
    )
}
SORTS = (("business", _("Business")), ("communication", _("Communication")))
CHOICES = [(code, topic.label) for code, topic in TOPICS.items()]
