"""One's own settings: what is told by mail, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kakehashi.notify import actions, queries
from kakehashi.notify.web.forms import ChoicesForm
from kakehashi.people.web.answers import Page, answer
from kakehashi.policy.engine import objection
from kakehashi.policy.middleware import for_contacts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@for_contacts
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    own = request.person
    form = ChoicesForm(request.POST or None, standing=queries.choices_of(own))
    page = Page(
        title=_("Notices by mail"),
        submit=_("Save"),
        back=reverse("notify:choices"),
        said=_("Saved."),
        template="notify/choices.html",
        context={
            "bounce": queries.standing_bounce(own.email),
            "oversees": objection(own, "notify.try_again", None) is None,
        },
    )

    def carry_out(_said: dict[str, Any]) -> None:
        actions.choose(choices=form.chosen, by=own, at=now())

    return answer(request, page, form, carry_out)
