"""What a person opened is remembered for them, a few things at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kakehashi.search.models import Visit

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person
    from kakehashi.search.queries import Hit

KEPT = 30


@transaction.atomic
def remember(*, hit: Hit, by: Person, at: dt.datetime) -> None:
    """Note that somebody opened the page of a row; what they opened long ago is forgotten."""
    Visit.objects.update_or_create(
        person=by, source=hit.kind.source, row_id=hit.pk, defaults={"at": at}
    )
    kept = Visit.objects.filter(person=by).order_by("-at").values("pk")[:KEPT]
    Visit.objects.filter(person=by).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
