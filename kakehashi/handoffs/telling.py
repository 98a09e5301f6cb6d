"""Who hears of it: the person asked, the person who waits, the person who no longer has to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.handoffs.models import Handoff
    from kakehashi.people.models import Person

SUBJECT = "handoff"
ASKED, ANSWERED, MOVED = "handoffs.asked", "handoffs.answered", "handoffs.moved"
REMINDED, TAKEN_BACK = "handoffs.reminded", "handoffs.taken_back"
LABELS = {
    ASKED: gettext_lazy("You are asked for something"),
    ANSWERED: gettext_lazy("What you asked is answered"),
    MOVED: gettext_lazy("What you asked waits for somebody else"),
    REMINDED: gettext_lazy("You are reminded"),
    TAKEN_BACK: gettext_lazy("What you were asked is not needed any more"),
}


def register() -> None:
    """Say how each of these is called and shown."""


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
    pass
