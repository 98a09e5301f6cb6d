"""Objections to what is done with a brief: a sentence in the reader's language, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kakehashi.briefs import readiness, states
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from kakehashi.briefs.models import Brief, Objection, Section
    from kakehashi.people.models import Person


def is_dropped(_person: Person, brief: Brief) -> str | None:
    if brief.state == states.DROPPED:
        return _("This brief was dropped: it is kept as it was.")
    return None


def is_no_draft(_person: Person, brief: Brief) -> str | None:
    """What goes round, or was approved, is not sent again as it is."""
    if brief.state == states.DRAFT:
        return None
    if brief.state == states.ACCEPTED:
        return _("This brief is accepted. Change it, and it can be sent again.")
    return _("This brief is not a draft: %(state)s.") % {"state": brief.get_state_display()}


def is_blocked(_person: Person, brief: Brief) -> str | None:
    """What the brief lacks is said beside it; the first of it here."""
    found = readiness.of(brief).blockers
    if not found:
        return None
    return _("It is not ready: %(what)s") % {"what": " ".join(one.text for one in found)}


def is_not_checked(_person: Person, brief: Brief) -> str | None:
    if brief.state == states.CHECKED:
        return None
    return _("Our own people approve it first, and then the client.")


def is_creative(_person: Person, brief: Brief) -> str | None:
    if brief.is_creative:
        return _("The client neither sees nor signs the creative brief.")
    return None


def is_going_round(_person: Person, brief: Brief) -> str | None:
    """Withdraw it first: whoever is asked would decide about nothing."""
    if brief.state in {states.CHECKING, states.SIGNING}:
        return _("It is going round. Withdraw it from approval first.")
    return None


def is_settled(_person: Person, brief: Brief) -> str | None:
    if brief.state == states.ACCEPTED:
        return _("This brief is accepted already.")
    return is_dropped(_person, brief)


def is_settled_section(person: Person, section: Section) -> str | None:
    """A client's contact fills a draft; we may change more, and what was approved is overtaken."""
    brief = section.brief
    if no := is_dropped(person, brief):
        return no
    if not person.is_ours and brief.state != states.DRAFT:
        return _("It is being approved as it stands. Tell us by a comment what should change.")
    return None


def writes_for_client(person: Person, section: Section) -> bool:
    """A contact who sees the section: only what is shared is there for them."""
    return not person.is_ours and section.shared_at is not None


def speaks_for_client(person: Person, section: Section) -> bool:
    return writes_for_client(person, section)


def section_is_not_shared(_person: Person, section: Section) -> str | None:
    if section.shared_at is None:
        return _("The client does not see this brief: write an internal comment.")
    return None


def is_not_accepted(_person: Person, brief: Brief) -> str | None:
    return None if brief.state == states.ACCEPTED else _("Everybody approves the brief first.")


def is_followed(_person: Person, brief: Brief) -> str | None:
    return _("Work has begun from it already.") if brief.is_followed else None


def is_clients(person: Person, brief: Brief) -> bool:
    return not person.is_ours and brief.shared_at is not None


def has_raised(person: Person, objection: Objection) -> bool:
    return objection.raised_by_id == person.pk


def is_resolved(_person: Person, objection: Objection) -> str | None:
    return _("This objection is resolved.") if not objection.is_open else None


def is_answered(_person: Person, objection: Objection) -> str | None:
    if objection.state == states.ANSWERED and objection.answered_by is not None:
        words = {"who": reader_name(objection.answered_by)}
        return _("%(who)s has answered it: the planner looks at it now.") % words
    return None


def is_unanswered(_person: Person, objection: Objection) -> str | None:
    if objection.state == states.RAISED:
        return _("It waits for an answer already.")
    return None


def is_retired(_person: Person, template: object) -> str | None:
    return _("This template was retired.") if getattr(template, "retired_at", None) else None
