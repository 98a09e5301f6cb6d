"""The account book: what we know of the client's business, each with its source and its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.base.text import nfkc, one_line
from kakehashi.clients.models import Fact
from kakehashi.clients.queries import days
from kakehashi.policy import edits
from kakehashi.policy.engine import require

if TYPE_CHECKING:
    import datetime as dt
    from typing import Unpack

    from kakehashi.clients.models import Account
    from kakehashi.people.models import Person


class Details(TypedDict):
    """What is known, and whence."""

    topic: str
    text: str
    source: str
    as_of: dt.date


@transaction.atomic
def write_fact(
    *, account: Account, by: Person, at: dt.datetime, **details: Unpack[Details]
) -> Fact:
    """Enter something we know of the client."""
    require(by, "clients.write_fact", account)
    fact = Fact(account=account, written_by=by, written_at=at)
    _describe(fact, details, at)
    fact.full_clean()
    fact.save(force_insert=True)
    return fact


@transaction.atomic
def edit_fact(
    *, fact: Fact, version: int, by: Person, at: dt.datetime, **details: Unpack[Details]
) -> Fact:
    """Bring an entry up to date. What stood before stays in its history."""
    require(by, "clients.edit_fact", fact)
    _describe(fact, details, at)
    fact.full_clean()
    edits.save(fact, version=version, fields=list(details))
    return fact


@transaction.atomic
def retire_fact(*, fact: Fact, by: Person, at: dt.datetime) -> Fact:
    """Take an entry out of the book because it is true no longer."""
    require(by, "clients.retire_fact", fact)
    fact.retired_at, fact.retired_by = at, by
    edits.save(fact, version=fact.version, fields=["retired_at", "retired_by"])
    return fact


def _describe(fact: Fact, details: Details, at: dt.datetime) -> None:
    fact.topic = details["topic"]
    fact.text = nfkc(details["text"])
    fact.source = one_line(details["source"])
    fact.as_of = details["as_of"]
    if fact.as_of > days.today(fact.account, at):
        raise ValidationError({"as_of": _("This day has not come yet.")})
