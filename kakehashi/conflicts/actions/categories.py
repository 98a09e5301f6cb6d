"""The vocabulary of what is advertised: planted, given words, declared competing or not."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.base.ids import uuid7
from kakehashi.base.text import one_line
from kakehashi.conflicts.models import (
    Category,
    CategoryLink,
    CategoryPair,
    CategoryWord,
    Scheme,
)
from kakehashi.conflicts.queries.categories import OWN
from kakehashi.conflicts.taxonomy import Entry, placed
from kakehashi.policy.engine import require
from kakehashi.policy.integrity import spoken

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from kakehashi.people.models import Person

STARTER = files("kakehashi.conflicts") / "starter" / "categories.csv"


@transaction.atomic
def plant_starter_tree(*, by: Person) -> Scheme:
    """Enter the tree of categories that comes with the product."""
    require(by, "conflicts.keep_categories", None)
    if Scheme.objects.filter(code=OWN).exists():
        raise ValidationError(_("The tree is planted already."))
    scheme = Scheme(code=OWN, name="架け橋の分類", name_en="Kakehashi's own", source="Kakehashi")
    scheme.save(force_insert=True)
    rows = list(csv.DictReader(STARTER.read_text(encoding="utf-8").splitlines()))
    found = placed(
        Entry(line, row["code"], row["parent"], row["name"]) for line, row in enumerate(rows)
    )
    ids: dict[str, UUID] = {row["code"]: uuid7() for row in rows}
    Category.objects.bulk_create(
        Category(
            id=ids[row["code"]],
            scheme=scheme,
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            parent_id=ids.get(found.parents[row["code"]]),
            lineage=[ids[step] for step in found.way_to(row["code"])],
            place=line,
        )
        for line, row in enumerate(rows)
    )
    return scheme


@transaction.atomic
def place_word(*, word: str, category: Category, by: Person) -> CategoryWord:
    """Say which category a word of accounts and brands means."""
    require(by, "conflicts.keep_categories", None)
    plain = one_line(word)
    if not plain:
        raise ValidationError({"word": _("Which word?")})
    found, _made = CategoryWord.objects.update_or_create(
        word=plain, defaults={"category": category}
    )
    return found


@transaction.atomic
def link_categories(*, category: Category, kind: str, other: Category, by: Person) -> CategoryLink:
    """Say that a category of one scheme is the same as one of another, or lies inside it."""
    require(by, "conflicts.keep_categories", None)
    if category.scheme_id == other.scheme_id:
        raise ValidationError({"other": _("Link it to a category of another scheme.")})
    link = CategoryLink(category=category, kind=kind, other=other)
    link.full_clean()
    with spoken(CategoryLink):
        link.save(force_insert=True)
    return link


@transaction.atomic
def declare_pair(
    *,
    one: Category,
    other: Category,
    competing: bool,
    reason: str,
    by: Person,
    at: dt.datetime,
) -> CategoryPair:
    """Declare that two categories compete, or that they do not; it replaces what was declared."""
    require(by, "conflicts.keep_categories", None)
    if one == other:
        raise ValidationError({"other": _("Choose another category.")})
    first, second = sorted((one, other), key=lambda category: str(category.pk))
    CategoryPair.objects.filter(one=first, other=second).delete()
    pair = CategoryPair(
        one=first,
        other=second,
        competing=competing,
        reason=reason.strip(),
        declared_by=by,
        declared_at=at,
    )
    pair.full_clean()
    pair.save(force_insert=True)
    return pair


@transaction.atomic
def mark_broad(*, category: Category, reason: str, by: Person, at: dt.datetime) -> CategoryPair:
    """Say that two clients do not compete because both stand in this category.

    Categories below it are compared as before, and so is what a client was promised about it.
    """
    require(by, "conflicts.keep_categories", None)
    pair = CategoryPair(
        one=category, other=category, competing=False, reason=reason.strip(), declared_by=by,
        declared_at=at,
    )  # fmt: skip
    pair.full_clean()
    with spoken(CategoryPair):
        pair.save(force_insert=True)
    return pair


@transaction.atomic
def take_back_pair(*, pair: CategoryPair, by: Person) -> None:
    """Declare nothing of two categories any more: their place in the tree decides."""
    require(by, "conflicts.keep_categories", None)
    pair.delete()
