"""Pages that show briefs: the list, those of an account, one brief, one version, its print."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from kakehashi.briefs import building, origin, printing, queries, readiness, rendering, states
from kakehashi.briefs.models import Brief, BriefVersion
from kakehashi.briefs.topics import TOPICS
from kakehashi.briefs.web.readers import brief_or_404
from kakehashi.clients.web.account_page import account_page, context
from kakehashi.policy.engine import Objections, hats, objection
from kakehashi.policy.middleware import for_contacts
from kakehashi.ui.formats import language
from kakehashi.ui.web.silence import found_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from kakehashi.briefs.models import Section

ACTS = (
    "share", "release", "send_to_client", "lead_on", "drop", "note", "cite", "direct", "object_to",
    "hand_back", "end_here",
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A section as its page shows it."""

    section: Section
    heading: str
    question: str
    details: list[tuple[str, str]]
    findings: list[readiness.Finding] = field(default_factory=list)
    write: str | None = None


@require_safe
def brief_list(request: HttpRequest) -> HttpResponse:
    """Briefs the reader sees: under way, or settled."""
    settled = "settled" in request.GET
    shown = {"briefs": queries.listed(settled=settled), "settled": settled}
    return render(request, "briefs/list.html", shown)


@require_safe
def of_account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The briefs of one account."""
    page = account_page(request, pk)
    shown = {
        "under_way": queries.listed(page.account),
        "settled": queries.listed(page.account, settled=True),
        "may_begin": objection(request.person, "briefs.begin", page.account, page.worn),
    }
    return render(request, "briefs/of_account.html", context(page, "briefs", **shown))


@require_safe
@for_contacts
def brief(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A brief: what stands in it, what it lacks, what stands beside it, what went round."""
    found = brief_or_404(pk)
    return render(request, "briefs/brief.html", page_of(request, found))


def page_of(request: HttpRequest, found: Brief) -> dict[str, Any]:
    """What templates/briefs/brief.html shows."""
    is_ours = request.person.is_ours
    ready = readiness.of(found)
    circulations = queries.circulations(found)
    newest = found.versions.all()[0] if found.versions.all() else None
    asked = origin.asked(found)
    is_accepted = found.state == states.ACCEPTED
    return {
        "brief": found,
        "at": now(),
        "is_ours": is_ours,
        "sections": _sections(request, found, ready),
        "readiness": ready,
        "may": Objections(request.person, found).each(f"briefs.{act}" for act in ACTS),
        "versions": list(found.versions.all()),
        "newest": newest,
        "circulations": circulations,
        "overtaken": _overtaken(found, circulations, newest),
        "objections": _objections(request, found) if is_ours else [],
        "is_draft": found.state == states.DRAFT,
        "steps": _steps(found),
        "asked": asked,
        "enclosed": origin.files(asked) if asked else [],
        "onward": building.steps(request.person, found) if is_ours and is_accepted else [],
        "built": building.built(found) if is_ours else [],
    }


def _steps(found: Brief) -> list[tuple[str, bool, bool]]:
    """The way of a brief: each state with whether it is over and whether it is now."""
    way = [states.DRAFT, states.CHECKING, states.CHECKED, states.SIGNING, states.ACCEPTED]
    if found.is_creative:
        way = [states.DRAFT, states.CHECKING, states.ACCEPTED]
    if found.state not in way:
        return []
    here = way.index(found.state)
    labels = dict(Brief.State.choices)
    return [(str(labels[state]), at < here, at == here) for at, state in enumerate(way)]


def _overtaken(found: Brief, circulations: list[Any], newest: BriefVersion | None) -> Any:
    """The last approval that a newer version overtook, while the brief is a draft again."""
    if found.state != states.DRAFT or newest is None:
        return None
    last = next((one for one in circulations if one.state == "overtaken"), None)
    if last is None:
        return None
    changes = queries.changes(last.subject_id)
    return (last, changes) if changes else None


def _sections(request: HttpRequest, found: Brief, ready: readiness.Readiness) -> list[Shown]:
    sections = list(found.sections.all())
    names = queries.names_in(sections)
    worn = hats(found.account_id)
    shown = []
    for section in sections:
        section.brief = found
        told = TOPICS[section.topic].details
        against = [f for f in (*ready.blockers, *ready.flags) if f.section == section]
        shown.append(
            Shown(
                section,
                rendering.heading(section, language()),
                (section.question_en if language() == "en" else "") or section.question,
                [
                    (str(one.label), text)
                    for one in told
                    if (text := rendering.said(one, section.details, names))
                ],
                against,
                objection(request.person, "briefs.write", section, worn),
            )
        )
    return shown


def _objections(request: HttpRequest, found: Brief) -> list[tuple[Any, dict[str, str | None]]]:
    verbs = ("briefs.answer_objection", "briefs.ask_again", "briefs.resolve_objection")
    return [(one, Objections(request.person, one).each(verbs)) for one in found.objections.all()]


@require_safe
@for_contacts
def version(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """A version as it stood, and what the one before it said otherwise."""
    found = _version_or_404(pk, number)
    before = BriefVersion.objects.filter(brief=found.brief_id, number__lt=number)
    last = before.order_by("-number").first()
    is_ours = request.person.is_ours
    shown = {
        "version": found,
        "brief": found.brief,
        "is_ours": is_ours,
        "before": last,
        "differences": queries.differences_between(last, found.content) if last else [],
        "circulations": queries.of_version(found),
        "is_intact": rendering.is_intact(found),
    }
    return render(request, "briefs/version.html", shown)


@require_safe
@for_contacts
def pdf(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:  # noqa: ARG001 - any reader
    """The version on paper, exactly as it was approved."""
    found = _version_or_404(pk, number)
    answer = HttpResponse(printing.printed(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="brief-{found.number}.pdf"'
    return answer


def _version_or_404(pk: UUID, number: int) -> BriefVersion:
    found = brief_or_404(pk)
    return found_or_404(queries.version, found, number)
