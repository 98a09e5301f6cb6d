"""Companies as public registers know them. They are shared: nothing here says whom we serve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kakehashi.base.dates import parse_fiscal_year_end
from kakehashi.base.errors import Unreadable
from kakehashi.base.identifiers import (
    check_corporate_number,
    check_lei,
    check_registration_number,
)
from kakehashi.base.locales import check_country
from kakehashi.base.text import folded_name, one_line, sort_key
from kakehashi.clients.models import Company, CompanyName
from kakehashi.clients.queries import companies, doors
from kakehashi.policy import edits
from kakehashi.policy.engine import require
from kakehashi.policy.integrity import spoken
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable
    from typing import Unpack

    from kakehashi.people.models import Person


class Details(TypedDict, total=False):
    """What can be said of a company; texts as somebody typed them."""

    name: str
    name_kana: str
    name_en: str
    code: str
    corporate_number: str
    lei: str
    registration_number: str
    parent: Company | None
    country: str
    address: str
    industry: str
    fiscal_year_end: str


CHECKS: dict[str, Callable[[str], str]] = {
    "corporate_number": check_corporate_number,
    "lei": check_lei,
    "country": check_country,
    "fiscal_year_end": parse_fiscal_year_end,
}
NULL_WHEN_EMPTY = ("code", "corporate_number", "lei")


@transaction.atomic
def add_company(
    *,
    by: Person,
    aliases: Iterable[str] = (),
    former: Iterable[str] = (),
    is_another: bool = False,
    **details: Unpack[Details],
) -> Company:
    """Enter a company. Where one of the same name stands, somebody says it is another."""
    require(by, "clients.add_company", None)
    company = Company()
    _describe(company, details)
    if not is_another:
        _ask_about_known(company)
    company.full_clean()
    with spoken(Company):
        company.save(force_insert=True)
    _keep_names(company, CompanyName.Kind.ALIAS, aliases)
    _keep_names(company, CompanyName.Kind.FORMER, former)
    return company


@transaction.atomic
def edit_company(  # noqa: PLR0913 - the two kinds of other names beside the details
    *,
    company: Company,
    version: int,
    by: Person,
    at: dt.datetime,
    aliases: Iterable[str] | None = None,
    former: Iterable[str] | None = None,
    was_misspelt: bool = False,
    **details: Unpack[Details],
) -> Company:
    """Change what stands. A name that changes is kept as a former one, unless it was misspelt."""
    require(by, "clients.edit_company", company)
    old_name = company.name
    fields = _describe(company, details)
    company.full_clean()
    with spoken(Company):
        edits.save(company, version=version, fields=fields)
    if aliases is not None:
        _keep_names(company, CompanyName.Kind.ALIAS, aliases)
    if former is not None:
        _keep_names(company, CompanyName.Kind.FORMER, former)
    if company.name != old_name and not was_misspelt:
        _keep_former_name(company, old_name, until=localdate(at))
    return company


def _describe(company: Company, details: Details) -> list[str]:
    """Set what is said, in normal form; returns the fields that were set."""
    problems: dict[str, str] = {}
    for name, value in details.items():
        try:
            setattr(company, name, _normal(name, value))
        except Unreadable as error:
            problems[name] = error.reason
    if not problems:
        problems = _contradictions(company, details)
    if problems:
        raise ValidationError(problems)
    company.folded = folded_name(company.name)
    company.sort_key = sort_key(company.name, company.name_kana)
    return [*details, "folded", "sort_key"]


def _normal(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = one_line(value)
    if not text:
        return None if name in NULL_WHEN_EMPTY else ""
    return CHECKS[name](text) if name in CHECKS else text


def _contradictions(company: Company, details: Details) -> dict[str, str]:
    """What only shows when the details stand together."""
    problems = {}
    if company.registration_number:
        try:
            company.registration_number = check_registration_number(
                company.registration_number, company.corporate_number
            )
        except Unreadable as error:
            problems["registration_number"] = error.reason
    if (
        company.parent_id is not None
        and details.get("parent")
        and doors.company_is_below(company.parent_id, company.pk)
    ):
        problems["parent"] = _("This company is itself below the one you are editing.")
    return problems | _taken(company, details)


def _taken(company: Company, details: Details) -> dict[str, str]:
    """Codes and numbers that another company has; everybody of ours may read which."""
    problems = {}
    for name in NULL_WHEN_EMPTY:
        if name in details and (value := getattr(company, name)):
            other = Company.objects.filter(**{name: value}).exclude(pk=company.pk).first()
            if other is not None:
                words = {"value": value, "company": reader_name(other)}
                problems[name] = _("“%(value)s” belongs to %(company)s.") % words
    return problems


def _ask_about_known(company: Company) -> None:
    if known := companies.of_the_same_name(company.folded):
        words = {"names": ", ".join(str(other) for other in known)}
        sentence = _("There is a company of this name already: %(names)s. Is this another one?")
        raise ValidationError({"name": ValidationError(sentence % words, code="known")})


def _keep_former_name(company: Company, name: str, until: dt.date) -> None:
    CompanyName.objects.update_or_create(
        company=company,
        kind=CompanyName.Kind.FORMER,
        name=name,
        defaults={"folded": folded_name(name), "until": until},
    )


def _keep_names(company: Company, kind: str, said: Iterable[str]) -> None:
    """Make these the company's names of a kind, and no others."""
    wanted = dict.fromkeys(name for typed in said if (name := one_line(typed)))
    standing = company.names.filter(kind=kind)
    standing.exclude(name__in=wanted).delete()
    have = set(standing.values_list("name", flat=True))
    for name in wanted:
        if name not in have:
            other = CompanyName(company=company, kind=kind, name=name, folded=folded_name(name))
            other.full_clean()
            other.save(force_insert=True)
