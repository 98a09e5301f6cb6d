"""What is built on an accepted brief: packages above say why its approval stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.briefs.models import Brief

if TYPE_CHECKING:
    from collections.abc import Callable

    from kakehashi.approvals.models import Circulation

_objections: list[Callable[[Brief], str | None]] = []


def register(objection: Callable[[Brief], str | None]) -> None:
    """`objection(brief)` says what was begun on it, or None; call from AppConfig.ready."""
    _objections.append(objection)


def objection(circulation: Circulation) -> str | None:
    """Why the last approval of a brief cannot be taken back any more."""
    brief = Brief.objects.filter(accepted=circulation.subject_id).first()
    if brief is None:
        return None
    return next((no for ask in _objections if (no := ask(brief))), None)
