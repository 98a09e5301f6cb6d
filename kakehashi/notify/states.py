"""When somebody is told by mail, and what becomes of one mail.

| state of a mail | meaning |
|---|---|
| waiting | is to be sent now, or again at `try_at` |
| sent | the mail server has taken it |
| held | its address bounces; it goes out once the address is changed or the mark lifted |
| stuck | the mail server refuses it for good, or for three days; an administrator tries again |
| dropped | nothing in it is to be told any more: seen meanwhile, or out of sight |
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Choice(models.TextChoices):
    """What somebody wants of one kind of notice by mail. The page always shows it."""

    NOW = "now", pgettext_lazy("mail of a notice", "At once")
    MORNING = "morning", pgettext_lazy("mail of a notice", "Collected, in the morning")
    EVENING = "evening", pgettext_lazy("mail of a notice", "Collected, in the evening")
    NEVER = "never", pgettext_lazy("mail of a notice", "No mail")


WAITING, SENT, HELD, STUCK, DROPPED = "waiting", "sent", "held", "stuck", "dropped"
MOVES: dict[str, frozenset[str]] = {
    WAITING: frozenset({SENT, HELD, STUCK, DROPPED}),
    HELD: frozenset({WAITING}),
    STUCK: frozenset({WAITING}),
    SENT: frozenset(),
    DROPPED: frozenset(),
}
