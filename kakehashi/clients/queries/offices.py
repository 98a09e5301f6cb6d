"""Offices as a reader chooses among them: the whole tree in one query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.people.models import Office

if TYPE_CHECKING:
    from uuid import UUID


def in_order() -> list[tuple[Office, int]]:
    """Every open office with its depth, each below the one it is part of."""
    children: dict[UUID | None, list[Office]] = {}
    for office in Office.objects.filter(closed_on=None).order_by("name", "pk"):
        children.setdefault(office.parent_id, []).append(office)
    found: list[tuple[Office, int]] = []

    def descend(above: UUID | None, depth: int) -> None:
        for office in children.get(above, ()):
            found.append((office, depth))
            descend(office.pk, depth + 1)

    descend(None, 0)
    return found


def with_those_below(office: UUID) -> set[UUID]:
    """An office and all offices that are part of it, at any depth, closed ones too."""
    children: dict[UUID | None, list[UUID]] = {}
    for pk, parent in Office.objects.values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)
    found, waiting = set(), [office]
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting.extend(children.get(at, ()))
    return found
