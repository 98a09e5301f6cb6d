"""Companies and their brands: shared by everybody of ours, silent on whom we serve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kakehashi.base.text import one_line
from kakehashi.clients import actions
from kakehashi.clients.models import Account, Brand, Company, CompanyName
from kakehashi.clients.queries import companies, tree
from kakehashi.clients.web import lookups
from kakehashi.clients.web.answers import Page, answer
from kakehashi.clients.web.forms.companies import (
    AddBrandForm,
    AddCompanyForm,
    EditBrandForm,
    EditCompanyForm,
)
from kakehashi.clients.web.lists import with_
from kakehashi.policy.engine import objection
from kakehashi.ui.formats import reader_name
from kakehashi.ui.trees import Branch

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kakehashi.clients.queries.tree import Family


@require_safe
def company_list(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    q = one_line(asked.get("q", ""))
    page = companies.listed(q, after=asked.get("after", ""), before=asked.get("before", ""))
    shown = {
        "q": q,
        "companies": page.rows,
        "previous": page.previous and with_(asked, before=page.previous),
        "next": page.next and with_(asked, after=page.next),
        "may_add": objection(request.person, "clients.add_company", None),
    }
    return render(request, "clients/companies.html", shown)


@require_safe
def company(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Company.objects.select_related("parent"), pk=pk)
    family = tree.family(found)
    names = list(found.names.order_by(F("until").desc(nulls_last=True), "name", "pk"))
    accounts = Account.objects.filter(company=found).select_related("lead_office")
    shown = {
        "company": found,
        "aliases": [name for name in names if name.kind == CompanyName.Kind.ALIAS],
        "former": [name for name in names if name.kind == CompanyName.Kind.FORMER],
        "brands": list(found.brands.order_by("folded", "pk")),
        "accounts": list(accounts.order_by("sort_key", "pk")),
        "family": [_branch(family, family.root, found)] if family.children else [],
        "is_cut": family.is_cut,
        "may_edit": objection(request.person, "clients.edit_company", found),
    }
    return render(request, "clients/company.html", shown)


def _branch(family: Family, member: Company, current: Company) -> Branch:
    return Branch(
        reader_name(member),
        reverse("clients:company", args=[member.pk]),
        member.country,
        current=member == current,
        children=[_branch(family, child, current) for child in family.children.get(member.pk, ())],
    )


def _crumbs(*further: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Companies"), reverse("clients:companies")), *further]


def _address(thing: Company | Brand) -> str:
    if isinstance(thing, Brand):
        return reverse("clients:brand", args=[thing.company_id, thing.pk])
    return reverse("clients:company", args=[thing.pk])


def add_company(request: HttpRequest) -> HttpResponse:
    form = AddCompanyForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    page = Page(
        title=_("New company"),
        lead=_("As public registers know it. That we deal with it is said by an account alone."),
        submit=_("Enter"),
        back=reverse("clients:companies"),
        crumbs=_crumbs(),
        objection=objection(request.person, "clients.add_company", None),
    )
    added: list[Company] = []

    def act(data: dict[str, Any]) -> None:
        added.append(actions.add_company(by=request.person, **data))

    return answer(
        request, page, form, act, lambda: (_address(added[0]), _("The company is entered."))
    )


def edit_company(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Company, pk=pk)
    form = EditCompanyForm(request.POST or None, row=found)
    page = Page(
        title=_("Edit the company"),
        submit=_("Save"),
        back=_address(found),
        crumbs=_crumbs((reader_name(found), _address(found))),
        objection=objection(request.person, "clients.edit_company", found),
    )
    return answer(
        request,
        page,
        form,
        lambda data: actions.edit_company(company=found, by=request.person, at=now(), **data),
        lambda: (_address(found), _("Saved.")),
    )


@require_safe
def brand(request: HttpRequest, pk: UUID, brand_pk: UUID) -> HttpResponse:
    rows = Brand.objects.select_related("company")
    found = get_object_or_404(rows, pk=brand_pk, company=pk)
    handled = found.account_brands.select_related("account").order_by("account__sort_key", "pk")
    shown = {
        "brand": found,
        "handled": list(handled),
        "may_edit": objection(request.person, "clients.edit_brand", found),
    }
    return render(request, "clients/brand.html", shown)


def add_brand(request: HttpRequest, pk: UUID) -> HttpResponse:
    owner = get_object_or_404(Company, pk=pk)
    page = Page(
        title=_("New brand"),
        submit=_("Enter"),
        back=_address(owner),
        crumbs=_crumbs((reader_name(owner), _address(owner))),
        objection=objection(request.person, "clients.add_brand", owner),
    )
    return answer(
        request,
        page,
        AddBrandForm(request.POST or None),
        lambda data: actions.add_brand(company=owner, by=request.person, **data),
        lambda: (_address(owner), _("The brand is entered.")),
    )


def edit_brand(request: HttpRequest, pk: UUID, brand_pk: UUID) -> HttpResponse:
    rows = Brand.objects.select_related("company")
    found = get_object_or_404(rows, pk=brand_pk, company=pk)
    owner = found.company
    page = Page(
        title=_("Edit the brand"),
        submit=_("Save"),
        back=_address(found),
        crumbs=_crumbs(
            (reader_name(owner), _address(owner)), (reader_name(found), _address(found))
        ),
        objection=objection(request.person, "clients.edit_brand", found),
    )
    return answer(
        request,
        page,
        EditBrandForm(request.POST or None, row=found),
        lambda data: actions.edit_brand(brand=found, by=request.person, **data),
        lambda: (_address(found), _("Saved.")),
    )


# Suggestions while one types


def _suggested(request: HttpRequest, found: list[Any]) -> HttpResponse:
    options = [lookups.shown(row) for row in found]
    return render(request, "clients/options.html", {"options": options})


def _typed(request: HttpRequest) -> str:
    return one_line(str(next(iter(request.GET.values()), "")))


@require_safe
def find_companies(request: HttpRequest) -> HttpResponse:
    return _suggested(request, lookups.suggested_companies(_typed(request)))


@require_safe
def find_accounts(request: HttpRequest) -> HttpResponse:
    return _suggested(request, lookups.suggested_accounts(_typed(request)))


@require_safe
def find_colleagues(request: HttpRequest) -> HttpResponse:
    return _suggested(request, lookups.suggested_colleagues(_typed(request)))
