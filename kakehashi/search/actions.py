"""What a person opened is remembered for them, a few things at a time; what they pin is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.policy.engine import Refused
from kakehashi.search import queries
from kakehashi.search.models import Pin, Visit

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.people.models import Person
    from kakehashi.search.queries import Hit

KEPT = 30
MOST_PINS = 30


@transaction.atomic
def remember(*, hit: Hit, by: Person, at: dt.datetime) -> None:
    """Note that somebody opened the page of a row; what they opened long ago is forgotten."""
    Visit.objects.update_or_create(
        person=by, source=hit.kind.source, row_id=hit.pk, defaults={"at": at}
    )
    kept = Visit.objects.filter(person=by).order_by("-at").values("pk")[:KEPT]
    Visit.objects.filter(person=by).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()


@transaction.atomic
def pin(*, hit: Hit, by: Person, at: dt.datetime) -> None:
    """Keep a row at hand. What one pinned and no longer sees takes up no room."""
    if len(queries.pinned(by, ours=by.is_ours)) >= MOST_PINS:
        words = {"number": MOST_PINS}
        raise Refused(_("You have pinned %(number)d things. Unpin one first.") % words)
    Pin.objects.get_or_create(person=by, source=hit.kind.source, row_id=hit.pk, defaults={"at": at})


@transaction.atomic
def unpin(*, hit: Hit, by: Person) -> None:
    """Keep a row at hand no more; whoever never did loses nothing."""
    Pin.objects.filter(person=by, source=hit.kind.source, row_id=hit.pk).delete()
