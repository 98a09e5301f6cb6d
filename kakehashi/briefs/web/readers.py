"""What a reader sees of briefs, and what is a 404."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from kakehashi.briefs import queries
from kakehashi.ui.web.silence import found_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from kakehashi.briefs.models import Brief, Objection, Section


def brief_or_404(pk: UUID) -> Brief:
    return found_or_404(queries.one, pk)


def section_or_404(brief: Brief, pk: UUID) -> Section:
    """One of its sections, from what was read already."""
    for section in brief.sections.all():
        if section.pk == pk:
            section.brief = brief
            return section
    raise Http404


def objection_or_404(brief: Brief, pk: UUID) -> Objection:
    for objection in brief.objections.all():
        if objection.pk == pk:
            objection.brief = brief
            return objection
    raise Http404
