"""Who hears of a request beside whoever has the ball: who asked for it, and who looks after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kakehashi import notify
from kakehashi.notify import actions
from kakehashi.requests import states
from kakehashi.requests.models import ClientRequest
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection
    from uuid import UUID

    from kakehashi.people.models import Person

    Say = Callable[[ClientRequest], str]

DECIDED, SAID = "requests.decided", "requests.said"


def register() -> None:
    """Say how each kind is called, and what it says."""
    for code, label, say in (
        (DECIDED, gettext_lazy("What became of a request"), _decides),
        (SAID, gettext_lazy("More was said on a request"), _says),
    ):
        notify.register(code, label=label, render_all=_rendering(say))


def seen(request: ClientRequest, *, by: Person, at: dt.datetime) -> None:
    """Somebody looks at the request itself: whatever they were told of it is seen."""
    actions.see_subject(subject_kind=states.REQUEST, subject_id=request.pk, by=by, at=at)


def decided(request: ClientRequest, *, by: Person, at: dt.datetime) -> None:
    """Whoever asked for it hears what becomes of it."""
    _tell(request, request.written_by, DECIDED, by, at)


def said(request: ClientRequest, *, by: Person, at: dt.datetime, to_us: bool) -> None:
    """The other side hears that there is more to read; `by` is who wrote it down."""
    _tell(request, request.kept_by if to_us else request.written_by, SAID, by, at)


def _tell(request: ClientRequest, who: Person, kind: str, by: Person, at: dt.datetime) -> None:
    actions.tell(
        person=who,
        kind=kind,
        subject_kind=states.REQUEST,
        subject_id=request.pk,
        account=request.account,
        by=by,
        at=at,
    )


def _rendering(say: Say) -> notify.kinds.RenderAll:
    def render_all(ids: Collection[UUID | None]) -> dict[UUID | None, notify.Told]:
        rows = ClientRequest.objects.filter(pk__in=[pk for pk in ids if pk])
        return {
            row.pk: notify.Told(row.title, reverse("requests:request", args=[row.pk]), say(row))
            for row in rows.select_related("kept_by")
        }

    return render_all


def _decides(request: ClientRequest) -> str:
    return _("It is now: %(state)s.") % {"state": request.get_state_display()}


def _says(request: ClientRequest) -> str:
    words = {"who": reader_name(request.kept_by)}
    return _("There is more to read. %(who)s looks after it.") % words
