"""What a brief takes over from the client's request it is begun from, and how each shows the other.

Only what the client may read as well is taken over: notes and mails of ours stay where they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kakehashi.briefs.models import Brief
from kakehashi.policy.engine import objection
from kakehashi.requests import onward, queries
from kakehashi.requests.models import ClientRequest, Entry
from kakehashi.ui.formats import date_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kakehashi.briefs.models import Headed
    from kakehashi.people.models import Person
    from kakehashi.requests.models import File
    from kakehashi.requests.queries import Story

WORDS = ("background", "why", "management", "other")
"""Where a brief says what led to it: the first of these topics that its template asks for."""
WHEN = "timing"


def register() -> None:
    """Have an accepted request offer a brief."""
    onward.register(
        "brief",
        gettext_lazy("Begin the brief"),
        address=lambda request: reverse("briefs:begin-from", args=[request.pk]),
        against=against,
        made=begun,
    )


def against(person: Person, request: ClientRequest) -> str | None:
    """Why this person does not begin a brief from a request now."""
    return objection(person, "requests.begin", request) or objection(
        person, "briefs.begin", request.account
    )


def begun(request: ClientRequest) -> list[onward.Thing]:
    """The brief that was begun from a request, for whoever sees it."""
    return [
        onward.Thing(
            brief.get_kind_display(), brief.title, reverse("briefs:brief", args=[brief.pk])
        )
        for brief in Brief.objects.filter(request=request)
    ]


def asked(brief: Brief) -> ClientRequest | None:
    """The request it was begun from, if there is one and the reader sees it."""
    if brief.request_id is None:
        return None
    rows = ClientRequest.objects.filter(pk=brief.request_id)
    return rows.select_related("written_by").first()


def files(request: ClientRequest) -> list[File]:
    """What the client enclosed, or may have back: the brief cites it."""
    return [one for one in queries.story(request).files if one.shared_at is not None]


def texts(request: ClientRequest, asked: Iterable[Headed], language: str) -> dict[str, str]:
    """What a brief from this request begins with, by topic, in the language of the brief."""
    topics = [one.topic for one in asked]
    story = queries.story(request)
    with translation.override(language):
        said = [request.text, *_said(story), *_enclosed(story)]
        when = _needed(request)
    known = next((topic for topic in WORDS if topic in topics), topics[0] if topics else "")
    found = {known: "\n\n".join(part for part in said if part)}
    if when and WHEN in topics and known != WHEN:
        found[WHEN] = when
    return {topic: text for topic, text in found.items() if topic and text}


def told(brief: Brief) -> str:
    """What the client reads of it on their request; of a creative brief nothing."""
    if brief.is_creative or brief.request is None:
        return ""
    with translation.override(brief.request.written_by.language):
        return _("Brief: %(title)s") % {"title": brief.title}


def _said(story: Story) -> Iterable[str]:
    """What the client added, each answer under its question."""
    question = ""
    for entry in story.entries:
        if entry.kind == Entry.Kind.ASKED:
            question = entry.text
        elif entry.kind == Entry.Kind.ANSWERED:
            words = {"question": question, "answer": entry.text}
            yield _("%(question)s – %(answer)s") % words if question else entry.text
        elif entry.kind == Entry.Kind.SAID and not entry.by.is_ours:
            yield entry.text


def _enclosed(story: Story) -> Iterable[str]:
    names = [one.name for one in story.files if one.shared_at is not None]
    if names:
        yield _("Enclosed: %(files)s") % {"files": ", ".join(names)}


def _needed(request: ClientRequest) -> str:
    if request.wanted_on is None:
        return ""
    return _("The client needs it by %(day)s.") % {"day": date_text(request.wanted_on, "long")}
