"""The story of a request as its page tells it: entries, and for us the notes and the mails."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person
    from kakehashi.requests.models import ClientRequest, Entry, File, Mail
    from kakehashi.requests.queries import Story


@dataclass(frozen=True)
class Event:
    """One thing that happened, with what came with it."""

    title: str
    at: dt.datetime
    by: Person | None
    text: str = ""
    files: list[File] = field(default_factory=list)
    entry: Entry | None = None
    mail: Mail | None = None
    is_ours: bool = False


def told(story: Story, request: ClientRequest) -> list[Event]:
    """Everything, the newest first; what only we read is marked."""
    events = [
        Event(
            title=str(entry.get_kind_display()),
            at=entry.at,
            by=entry.by,
            text=entry.text,
            files=story.files_of(entry),
            entry=entry,
        )
        for entry in story.entries
    ]
    events += [
        Event(
            title=pgettext("a request", "Note"),
            at=note.at,
            by=note.by,
            text=note.text,
            is_ours=True,
        )
        for note in story.notes
    ]
    events += [
        Event(title=_("Mail"), at=mail.came_at, by=None, mail=mail, is_ours=True)
        for mail in story.mails
    ]
    events.append(Event(title=_("Asked for"), at=request.written_at, by=request.written_by))
    return sorted(events, key=lambda event: event.at, reverse=True)
