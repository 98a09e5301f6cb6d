"""What templates say of a job's plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from uuid import UUID

    from kakehashi.traffic.models import Task
    from kakehashi.traffic.web.chart import Bar

register = template.Library()


@register.filter
def of_task(bars: dict[UUID, Bar], task: Task) -> Bar | None:
    """The bar of a task, if it has dates."""
    return bars.get(task.pk)
