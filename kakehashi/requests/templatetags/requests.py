"""What templates say of files."""

from __future__ import annotations

from django import template

from kakehashi.requests.files import may_run

register = template.Library()


@register.filter
def runs_programs(name: str) -> bool:
    """Whether a file of this name does something when it is opened."""
    return may_run(name)
