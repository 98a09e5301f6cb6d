"""Who hears of it: the person asked, the person who waits, the person who no longer has to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kakehashi import notify
from kakehashi.clients.models import Account
from kakehashi.handoffs import phrasing
from kakehashi.handoffs.models import Handoff
from kakehashi.notify import actions
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection
    from uuid import UUID

    from kakehashi.people.models import Person

    Say = Callable[[Handoff], str]

SUBJECT = "handoff"
ASKED, ANSWERED, MOVED = "handoffs.asked", "handoffs.answered", "handoffs.moved"
REMINDED, TAKEN_BACK = "handoffs.reminded", "handoffs.taken_back"


def register() -> None:
    """Say how each kind is called, and what it says."""
    for code, label, say in (
        (ASKED, gettext_lazy("You are asked for something"), _asks),
        (ANSWERED, gettext_lazy("What you asked is answered"), _answers),
        (MOVED, gettext_lazy("What you asked waits for somebody else"), _waits),
        (REMINDED, gettext_lazy("You are reminded"), _reminds),
        (TAKEN_BACK, gettext_lazy("What you were asked is not needed any more"), _needs_no_more),
    ):
        notify.register(code, label=label, render_all=_rendering(say))


def seen(ball: Handoff, *, by: Person, at: dt.datetime) -> None:
    """Somebody looks at a ball, or has done something with it: they need not be told of it."""
    actions.see_subject(subject_kind=SUBJECT, subject_id=ball.pk, by=by, at=at)


def asked(ball: Handoff, *, by: Person | None, at: dt.datetime) -> None:
    _tell(ball, ball.asked_of, ASKED, by, at)


def answered(ball: Handoff, *, by: Person, at: dt.datetime) -> None:
    _tell(ball, ball.asked_by, ANSWERED, by, at)


def moved(old: Handoff, fresh: Handoff, *, by: Person | None, at: dt.datetime) -> None:
    """Whoever has it now, and whoever waits for it."""
    if fresh.asked_of_id != old.asked_of_id:
        _tell(fresh, fresh.asked_of, ASKED, by, at)
    _tell(fresh, fresh.asked_by, MOVED, by, at)


def reminded(ball: Handoff, *, by: Person, at: dt.datetime) -> None:
    _tell(ball, ball.asked_of, REMINDED, by, at)


def taken_back(ball: Handoff, *, by: Person, at: dt.datetime) -> None:
    _tell(ball, ball.asked_of, TAKEN_BACK, by, at)


def _tell(ball: Handoff, who: Person, kind: str, by: Person | None, at: dt.datetime) -> None:
    """The account by its id: who confirms that they receive a seat may not see it yet."""
    actions.tell(
        person=who,
        kind=kind,
        subject_kind=SUBJECT,
        subject_id=ball.pk,
        account=Account(pk=ball.account_id) if ball.account_id else None,
        by=by,
        at=at,
    )


def _rendering(say: Say) -> notify.kinds.RenderAll:
    def render_all(ids: Collection[UUID | None]) -> dict[UUID | None, notify.Told]:
        rows = Handoff.objects.filter(pk__in=[pk for pk in ids if pk])
        balls = rows.select_related("asked_of", "asked_by", "answered_by")
        return {ball.pk: notify.Told(ball.title, ball.path, say(ball)) for ball in balls}

    return render_all


def _until(ball: Handoff) -> str:
    return phrasing.until(ball.due_at, now())


def _asks(ball: Handoff) -> str:
    words = {"who": reader_name(ball.asked_by), "until": _until(ball)}
    return _("%(who)s asks you, until %(until)s.") % words


def _answers(ball: Handoff) -> str:
    if ball.answered_by is None:
        return ""
    return _("%(who)s: “%(answer)s”") % {
        "who": reader_name(ball.answered_by),
        "answer": ball.answer,
    }


def _waits(ball: Handoff) -> str:
    words = {"who": reader_name(ball.asked_of), "until": _until(ball)}
    return _("%(who)s has it now, until %(until)s.") % words


def _reminds(ball: Handoff) -> str:
    words = {"who": reader_name(ball.asked_by), "until": _until(ball)}
    return _("%(who)s waits for your answer, until %(until)s.") % words


def _needs_no_more(ball: Handoff) -> str:
    if ball.answered_by is None:
        return ""
    return _("%(who)s needs it no more.") % {"who": reader_name(ball.answered_by)}
