"""The way to what changed on a record: `{% load history %}{% history_of job %}`.

It asks nothing of the database: what changed is read when somebody opens it. A client's contact is
shown nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse

if TYPE_CHECKING:
    from django.db.models import Model

register = template.Library()


@register.inclusion_tag("history/panel.html", takes_context=True)
def history_of(context: Any, record: Model) -> dict[str, Any]:
    person = getattr(context["request"], "person", None)
    if person is None or not person.is_ours:
        return {}
    return {"path": reverse("history:record", args=[record._meta.db_table, record.pk])}
