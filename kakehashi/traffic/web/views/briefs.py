"""The brief of a job: the version it rests on, and what to do with a newer one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kakehashi.briefs import rendering
from kakehashi.briefs.queries import differences_between
from kakehashi.clients.web.answers import Page, answer
from kakehashi.policy.engine import hats, objection
from kakehashi.traffic import actions
from kakehashi.traffic.web.forms.briefs import JudgeForm
from kakehashi.traffic.web.views.jobs import address_of, crumbs, job_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
def brief(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The version of the brief that the job was opened from, to be read and not changed."""
    found = job_or_404(pk)
    if found.brief_version is None:
        raise Http404
    shown = {
        "job": found,
        "version": found.brief_version,
        "is_intact": rendering.is_intact(found.brief_version),
        "sees_account": hats(found.account_id) - {"job"},
    }
    return render(request, "traffic/brief.html", shown)


def newer_brief(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What changed in a newer version of the brief, and whether the job takes it over."""
    found = job_or_404(pk)
    newer = found.newer_brief
    if found.brief_version is None or newer is None or not found.newer_is_accepted:
        return redirect(address_of(found))
    form = JudgeForm(request.POST or None, initial={"number": newer.number})
    page = Page(
        title=_("A newer version of the brief"),
        submit=_("Record"),
        back=address_of(found),
        crumbs=crumbs(found),
        objection=objection(request.person, "traffic.judge_brief", found),
        template="traffic/newer_brief.html",
        context={
            "job": found,
            "old": found.brief_version,
            "newer": newer,
            "differences": differences_between(found.brief_version, newer.content),
        },
    )

    def act(data: dict[str, Any]) -> None:
        actions.judge_brief(job=found, by=request.person, at=now(), **data)

    return answer(request, page, form, act, lambda: (address_of(found), _("It is noted.")))
