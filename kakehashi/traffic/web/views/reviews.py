"""The client's look at a job: shown by us, answered on a page of the client's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.timezone import now
from django.utils.translation import gettext as _

from kakehashi.clients.web.answers import Page, answer
from kakehashi.policy.engine import objection
from kakehashi.policy.middleware import for_contacts
from kakehashi.traffic import actions, states
from kakehashi.traffic.models import StateChange
from kakehashi.traffic.permission import objection_to
from kakehashi.traffic.queries import reviews
from kakehashi.traffic.web.forms.reviews import AnswerForm, ShowForm
from kakehashi.traffic.web.views.jobs import address_of, crumbs, job_or_404
from kakehashi.ui.web.silence import found_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the client look at the work: what they are to look at, in words they read."""
    found = job_or_404(pk)
    old = found.production
    form = ShowForm(request.POST or None, initial={"old": old})
    change = StateChange(
        account_id=found.account_id,
        job=found,
        line=states.PRODUCTION,
        old=old,
        new=states.CLIENT_REVIEW,
    )
    page = Page(
        title=_("Show it to the client"),
        submit=_("Show it"),
        back=address_of(found),
        crumbs=crumbs(found),
        lead=_("The client's contact reads this and answers on a page of their own."),
        objection=objection_to(request.person, change),
    )

    def act(data: dict[str, Any]) -> None:
        actions.move_job(
            job=found,
            line=states.PRODUCTION,
            new=states.CLIENT_REVIEW,
            by=request.person,
            at=now(),
            **data,
        )

    return answer(request, page, form, act, lambda: (address_of(found), _("The client is asked.")))


@for_contacts
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the client is to look at, and what they said of it."""
    found = found_or_404(reviews.one, pk)
    no = objection(request.person, "traffic.answer_review", found)
    page = Page(
        title=found.title,
        submit=_("Answer"),
        back=request.path,
        template="traffic/review.html",
        context={"review": found, "is_ours": request.person.is_ours, "no": no},
    )
    form = AnswerForm(request.POST or None)

    def act(data: dict[str, Any]) -> None:
        actions.answer_review(review=found, by=request.person, at=now(), **data)

    return answer(request, page, form, act, lambda: (request.path, _("Thank you. It is noted.")))
