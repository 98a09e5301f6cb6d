"""Brands belong to companies; which of them an account handles stands behind its wall."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.base.locales import check_country
from kakehashi.base.text import folded_name, one_line
from kakehashi.clients import rules
from kakehashi.clients.models import AccountBrand, Brand
from kakehashi.policy import edits
from kakehashi.policy.engine import require
from kakehashi.policy.integrity import spoken
from kakehashi.policy.rows import during

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from typing import Unpack

    from kakehashi.clients.models import Account, Company
    from kakehashi.people.models import Person


class Details(TypedDict, total=False):
    """What can be said of a brand."""

    name: str
    name_kana: str
    name_en: str
    categories: Iterable[str]
    countries: Iterable[str]


@transaction.atomic
def add_brand(*, company: Company, by: Person, **details: Unpack[Details]) -> Brand:
    """Enter a brand of a company."""
    require(by, "clients.add_brand", company)
    brand = Brand(company=company)
    _describe(brand, details)
    brand.full_clean()
    with spoken(Brand):
        brand.save(force_insert=True)
    return brand


@transaction.atomic
def edit_brand(*, brand: Brand, version: int, by: Person, **details: Unpack[Details]) -> Brand:
    """Change what stands of a brand."""
    require(by, "clients.edit_brand", brand)
    fields = _describe(brand, details)
    brand.full_clean()
    with spoken(Brand):
        edits.save(brand, version=version, fields=fields)
    return brand


@transaction.atomic
def handle_brand(
    *,
    account: Account,
    brand: Brand,
    starts_on: dt.date,
    by: Person,
    ends_on: dt.date | None = None,
) -> AccountBrand:
    """Say that an account handles a brand from a day on."""
    require(by, "clients.handle_brand", account)
    handled = AccountBrand(account=account, brand=brand, starts_on=starts_on, ends_on=ends_on)
    if account.account_brands.filter(during(starts_on, ends_on), brand=brand).exists():
        raise ValidationError({"brand": _("The account already handles this brand at that time.")})
    handled.full_clean()
    with spoken(AccountBrand):
        handled.save(force_insert=True)
    return handled


@transaction.atomic
def stop_brand(*, handled: AccountBrand, on: dt.date, by: Person) -> AccountBrand:
    """Say on which day an account handles a brand for the last time."""
    require(by, "clients.stop_brand", handled)
    if problem := rules.before_it_began(handled, on):
        raise ValidationError({"on": problem})
    handled.ends_on = on
    handled.full_clean()
    edits.save(handled, version=handled.version, fields=["ends_on"])
    return handled


def _describe(brand: Brand, details: Details) -> list[str]:
    if "countries" in details:
        try:
            brand.countries = sorted({check_country(country) for country in details["countries"]})
        except Unreadable as error:
            raise ValidationError({"countries": error.reason}) from error
    if "categories" in details:
        brand.categories = labels(details["categories"])
    for name in ("name", "name_kana", "name_en"):
        if name in details:
            setattr(brand, name, one_line(details[name]))
    brand.folded = folded_name(brand.name)
    _refuse_known(brand)
    return [*details, "folded"]


def _refuse_known(brand: Brand) -> None:
    """One brand of a name for each company; PostgreSQL refuses a second one again."""
    same = Brand.objects.filter(company=brand.company_id, folded=brand.folded)
    if same.exclude(pk=brand.pk).exists():
        raise ValidationError({"name": _("The company already has a brand of this name.")})


def labels(typed: Iterable[str]) -> list[str]:
    """Labels in normal form, each once, in the order typed."""
    return list(dict.fromkeys(label for text in typed if (label := one_line(text))))
