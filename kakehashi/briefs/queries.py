"""Questions about briefs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q
from django.utils import translation
from django.utils.translation import gettext as _

from kakehashi.approvals import queries as approvals
from kakehashi.approvals.subjects import Changes
from kakehashi.base import differences
from kakehashi.briefs import rendering, states
from kakehashi.briefs.models import (
    Brief,
    BriefVersion,
    Citation,
    InternalComment,
    Objection,
    ResearchNote,
    Section,
    SharedComment,
    Template,
)
from kakehashi.clients.models import Contact
from kakehashi.people.models import Person
from kakehashi.policy.access import narrow
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from kakehashi.approvals.models import Circulation
    from kakehashi.base.differences import Difference
    from kakehashi.clients.models import Account

KIND = "brief"
"""The kind of balls of a brief, and of the versions that go round."""
OBJECTION, GAPS = "brief.objection", "brief.gaps"
SHOWN = 50
SETTLED = Q(state=states.DROPPED) | Q(followed_at__isnull=False)
"""Briefs that wait for nobody any more."""


def whole() -> QuerySet[Brief]:
    """Briefs with all that rules and pages ask of them."""
    internal = InternalComment.objects.select_related("by").order_by("at", "id")
    shared = SharedComment.objects.select_related("by").order_by("at", "id")
    sections = (
        Section.objects.select_related("written_by")
        .prefetch_related(
            Prefetch("internal_comments", internal), Prefetch("shared_comments", shared)
        )
        .order_by("position", "id")
    )
    objections = Objection.objects.select_related("raised_by", "answered_by").order_by(
        "raised_at", "pk"
    )
    citations = Citation.objects.select_related("note__written_by").order_by("at", "id")
    versions = BriefVersion.objects.select_related("made_by").order_by("-number")
    rows = Brief.objects.select_related("account", "lead", "begun_by", "accepted")
    return rows.prefetch_related(
        Prefetch("sections", sections),
        Prefetch("objections", objections),
        Prefetch("citations", citations),
        Prefetch("versions", versions),
    )


def one(pk: UUID) -> Brief:
    """One brief. Raises Brief.DoesNotExist behind the wall."""
    return whole().get(pk=pk)


def held(pk: UUID) -> Brief:
    """Read it with everybody else kept out who would move it on."""
    Brief.objects.select_for_update().get(pk=pk)
    return one(pk)


def listed(account: Account | None = None, *, settled: bool = False) -> list[Brief]:
    """Briefs the reader sees, the latest first: those under way, or those that are settled."""
    rows = narrow(Brief.objects.select_related("account", "lead"))
    if account is not None:
        rows = rows.filter(account=account)
    if settled:
        rows = rows.filter(SETTLED)
    else:
        rows = rows.filter(followed_at=None).exclude(state=states.DROPPED)
    return list(rows.order_by("-begun_at", "-id")[:SHOWN])


def latest(brief: Brief) -> BriefVersion | None:
    return BriefVersion.objects.filter(brief=brief).order_by("-number").first()


def version(brief: Brief, number: int) -> BriefVersion:
    """Raises BriefVersion.DoesNotExist for one the reader does not see."""
    rows = BriefVersion.objects.select_related("made_by", "brief__account", "account")
    return rows.get(brief=brief, number=number)


def content_now(brief: Brief) -> rendering.Content:
    """What a version made now would say: the same, whatever its writer reads."""
    sections = list(Section.objects.filter(brief=brief).order_by("position", "id"))
    with translation.override(brief.language):
        names = names_in(sections)
    return rendering.render(brief, sections, names)


def names_in(sections: Iterable[Section]) -> dict[str, str]:
    """The people a brief names, by id, as the reader writes them."""
    ids = {key for one in sections for key in one.details.get("people") or []}
    people = Person.objects.filter(pk__in=ids)
    return {str(person.pk): reader_name(person) for person in people}


def differences_between(old: BriefVersion, new: rendering.Content) -> list[Difference]:
    """What the newer words changed, field by field."""
    before, old_labels = rendering.fields(old.content)
    after, labels = rendering.fields(new)
    return differences.between(before, after, {**old_labels, **labels})


def changes(version_id: UUID) -> Changes | None:
    """What a newer version changed against one that went round; None while there is none."""
    old = BriefVersion.objects.filter(pk=version_id).first()
    if old is None:
        return None
    newest = BriefVersion.objects.filter(brief=old.brief_id).order_by("-number").first()
    if newest is None or newest.number == old.number:
        return None
    return Changes(version_name(newest), differences_between(old, newest.content))


def version_name(version: BriefVersion) -> str:
    return _("Version %(number)s") % {"number": version.number}


def circulations(brief: Brief) -> list[Circulation]:
    """What went round of a brief, the latest first."""
    versions = BriefVersion.objects.filter(brief=brief).values_list("pk", flat=True)
    return approvals.of_versions(KIND, versions)


def approvers(brief: Brief) -> list[Person]:
    """Whom the brief names as the client's approvers, in its order; those still there."""
    section = next((one for one in brief.sections.all() if one.topic == "approvers"), None)
    ids = [] if section is None else section.details.get("people") or []
    known = {str(contact.person_id): contact.person for contact in contacts(brief.account)}
    return [known[key] for key in ids if key in known]


def contacts(account: Account) -> list[Contact]:
    """The client's people on an account, as far as the reader sees them.

    Who reports to whom comes first: approval goes from below upwards.
    """
    rows = Contact.objects.filter(account=account, left_on=None).select_related("person")
    found = list(rows.order_by("person__sort_key", "pk"))
    above = {one.pk: one.reports_to_id for one in found}
    return sorted(found, key=lambda one: -_height(one.pk, above))


def _height(pk: UUID | None, above: dict[UUID, UUID | None]) -> int:
    """How many stand above somebody; a ring counts each of them once."""
    seen: set[UUID] = set()
    while pk in above and pk not in seen:
        seen.add(pk)
        pk = above[pk]
    return len(seen)


def templates(kind: str = "") -> list[Template]:
    """Templates in use, with their sections."""
    rows = Template.objects.filter(retired_at=None).prefetch_related("sections")
    rows = rows.filter(kind=kind) if kind else rows
    return list(rows.order_by("kind", "name", "pk"))


def printed(version_id: UUID) -> str:
    """Where a version is printed; nothing for one the reader does not see."""
    found = BriefVersion.objects.filter(pk=version_id).first()
    return f"/briefs/{found.brief_id}/versions/{found.number}/pdf/" if found else ""


def of_version(version: BriefVersion) -> list[Circulation]:
    """What went round of one version, the latest first."""
    return approvals.of_versions(KIND, [version.pk])


def notes_to_cite(brief: Brief) -> list[ResearchNote]:
    """Notes of the account that the brief does not cite yet, the newest first."""
    cited = {citation.note_id for citation in brief.citations.all()}
    rows = ResearchNote.objects.filter(account=brief.account).exclude(pk__in=cited)
    return list(rows.order_by("-dated_on", "-id")[:SHOWN])
