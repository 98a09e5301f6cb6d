"""Commitments: noted with the clause they stand in, edited, withdrawn."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.base.locales import check_country, check_currency
from kakehashi.base.text import folded_name, one_line
from kakehashi.clients.codes import LETTERS, TAIL
from kakehashi.clients.models import Brand
from kakehashi.conflicts.models import (
    Commitment,
    CommitmentCategory,
    MediaAdjacency,
    NamedCompetitor,
)
from kakehashi.conflicts.queries.names import exactly
from kakehashi.conflicts.terms import Level
from kakehashi.policy import edits
from kakehashi.policy.engine import require
from kakehashi.policy.integrity import spoken

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from decimal import Decimal
    from typing import Unpack

    from kakehashi.clients.models import Account
    from kakehashi.conflicts.models import Category
    from kakehashi.people.models import Person


class Terms(TypedDict, total=False):
    """What can be said of a commitment."""

    code: str
    origin: str
    level: str
    scope: str
    countries: Iterable[str]
    disciplines: Iterable[str]
    starts_on: dt.date
    ends_on: dt.date | None
    cooling_off_months: int
    personnel_barrier_months: int
    safeguards: Iterable[str]
    clause_text: str
    clause_file: str
    clause_page: int | None
    fee: Decimal | None
    fee_currency: str


LISTS = ("disciplines", "safeguards")


@transaction.atomic
def note_commitment(
    *,
    account: Account,
    categories: Iterable[Category],
    competitors: Iterable[str],
    by: Person,
    at: dt.datetime,
    **terms: Unpack[Terms],
) -> Commitment:
    """Write down what a client was promised."""
    require(by, "conflicts.keep_commitments", None)
    commitment = Commitment(account=account, noted_by=by, noted_at=at)
    _describe(commitment, terms)
    commitment.code = commitment.code or _new_code(account)
    _refuse_empty(commitment, categories, competitors)
    commitment.full_clean()
    with spoken(Commitment):
        commitment.save(force_insert=True)
    _keep_lists(commitment, categories, competitors)
    return commitment


@transaction.atomic
def edit_commitment(
    *,
    commitment: Commitment,
    version: int,
    categories: Iterable[Category],
    competitors: Iterable[str],
    by: Person,
    **terms: Unpack[Terms],
) -> Commitment:
    """Correct what stands. Another promise is another commitment."""
    require(by, "conflicts.keep_commitments", None)
    _refuse_withdrawn(commitment)
    fields = _describe(commitment, terms)
    _refuse_empty(commitment, categories, competitors)
    commitment.full_clean()
    with spoken(Commitment):
        edits.save(commitment, version=version, fields=fields)
    _keep_lists(commitment, categories, competitors)
    return commitment


@transaction.atomic
def withdraw_commitment(
    *, commitment: Commitment, reason: str, by: Person, at: dt.datetime
) -> Commitment:
    """It binds nobody any more: released by the client, or noted in error. It stays on file."""
    require(by, "conflicts.keep_commitments", None)
    _refuse_withdrawn(commitment)
    commitment.withdrawn_at, commitment.withdrawn_by = at, by
    commitment.withdrawal = reason.strip()
    commitment.full_clean()
    edits.save(
        commitment,
        version=commitment.version,
        fields=["withdrawn_at", "withdrawn_by", "withdrawal"],
    )
    return commitment


@transaction.atomic
def note_media_rule(  # noqa: PLR0913 - what is kept apart where
    *,
    account: Account,
    medium: str,
    rule: str,
    starts_on: dt.date,
    by: Person,
    at: dt.datetime,
    ends_on: dt.date | None = None,
    source: str = "",
) -> MediaAdjacency:
    """Write down what is kept apart inside one programme, page or break."""
    require(by, "conflicts.keep_commitments", None)
    made = MediaAdjacency(
        account=account, medium=medium, rule=one_line(rule), source=one_line(source),
        starts_on=starts_on, ends_on=ends_on, noted_by=by, noted_at=at,
    )  # fmt: skip
    made.full_clean()
    made.save(force_insert=True)
    return made


@transaction.atomic
def remove_media_rule(*, rule: MediaAdjacency, by: Person) -> None:
    """Nothing is kept apart there any more."""
    require(by, "conflicts.keep_commitments", None)
    rule.delete()


def _describe(commitment: Commitment, terms: Terms) -> list[str]:
    """Set what is said, in normal form; returns the fields that were set."""
    said = dict(terms)
    try:
        if "countries" in terms:
            said["countries"] = sorted({check_country(one) for one in terms["countries"]})
    except Unreadable as error:
        raise ValidationError({"countries": error.reason}) from error
    try:
        if terms.get("fee_currency"):
            said["fee_currency"] = check_currency(terms["fee_currency"])
    except Unreadable as error:
        raise ValidationError({"fee_currency": error.reason}) from error
    for name in LISTS:
        if name in terms:
            words: Iterable[str] = terms[name]  # type: ignore[literal-required]
            said[name] = list(dict.fromkeys(one_line(word) for word in words))
    for name, value in said.items():
        setattr(commitment, name, value)
    return list(said)


def _refuse_withdrawn(commitment: Commitment) -> None:
    if commitment.withdrawn_at is not None:
        raise ValidationError(_("This commitment was withdrawn."))


def _refuse_empty(
    commitment: Commitment, categories: Iterable[Category], competitors: Iterable[str]
) -> None:
    """A promise about brands or categories says which."""
    if commitment.level in (Level.BRAND, Level.CATEGORY) and not [*categories, *competitors]:
        raise ValidationError(
            {"categories": _("Say which categories or competitors it keeps out.")}
        )


def _new_code(account: Account) -> str:
    tail = "".join(secrets.choice(LETTERS) for _at in range(TAIL))
    return f"{account.code[:34]}-{tail}"


def _keep_lists(
    commitment: Commitment, categories: Iterable[Category], competitors: Iterable[str]
) -> None:
    wanted = {category.pk for category in categories}
    standing = set(commitment.categories.values_list("category_id", flat=True))
    commitment.categories.exclude(category__in=wanted).delete()
    CommitmentCategory.objects.bulk_create(
        CommitmentCategory(commitment=commitment, category_id=pk) for pk in wanted - standing
    )
    names = dict.fromkeys(name for typed in competitors if (name := one_line(typed)))
    commitment.competitors.exclude(name__in=names).delete()
    known = set(commitment.competitors.values_list("name", flat=True))
    NamedCompetitor.objects.bulk_create(
        _named(commitment, name) for name in names if name not in known
    )


def _named(commitment: Commitment, name: str) -> NamedCompetitor:
    """A competitor by name, and whom on file it means if that is plain."""
    brands = list(Brand.objects.filter(folded=folded_name(name))[:2])
    companies = exactly(name)
    company = companies[0] if len(companies) == 1 else None
    brand = brands[0] if len(brands) == 1 else None
    if commitment.level == Level.BRAND and brand is not None:
        company = None
    elif company is not None:
        brand = None
    return NamedCompetitor(
        commitment=commitment, name=name, folded=folded_name(name), company=company, brand=brand
    )
