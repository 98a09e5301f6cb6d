"""The bell of every page: how much its reader has not seen, asked when the template shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kakehashi.notify import queries
from kakehashi.policy.acting import current

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kakehashi.notify.queries import News
    from kakehashi.people.models import Person


class Bell:
    """What it shows. On pages that nobody acts on (signing in, the gallery) it counts nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def reader(self) -> Person | None:
        return getattr(self.request, "person", None)

    @property
    def seconds(self) -> float:
        return settings.NEWS_SECONDS

    @cached_property
    def news(self) -> News | None:
        if self.reader is None or not _somebody_acts():
            return None
        return queries.news_for(self.reader)

    @property
    def unseen(self) -> str:
        return number_of(self.news) if self.news else ""

    @property
    def label(self) -> str:
        return label_of(self.news) if self.news else _("Notices")


def bell(request: HttpRequest) -> dict[str, Any]:
    return {"bell": Bell(request)}


def number_of(news: News) -> str:
    """The number beside the bell; nothing for none."""
    if news.more:
        return f"{queries.COUNTED}+"
    return str(news.unseen) if news.unseen else ""


def label_of(news: News) -> str:
    """The same for somebody who listens."""
    if not news.unseen:
        return _("Notices")
    words = ngettext("Notices: %(number)s new", "Notices: %(number)s new", news.unseen)
    return words % {"number": number_of(news)}


def _somebody_acts() -> bool:
    try:
        current()
    except LookupError:
        return False
    return True
