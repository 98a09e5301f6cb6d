"""The account book and the brands an account handles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kakehashi.clients import actions
from kakehashi.clients.models import AccountBrand, Fact
from kakehashi.clients.queries import brands, days
from kakehashi.clients.web.account_page import account_page, address_of, context, crumbs
from kakehashi.clients.web.answers import Page, answer
from kakehashi.clients.web.forms.accounts import HandleBrandForm, LastDayForm
from kakehashi.clients.web.forms.book import EditFactForm, WriteFactForm
from kakehashi.clients.web.readers import account_or_404
from kakehashi.history import queries as history
from kakehashi.policy.engine import Refused, objection
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

BOOK, BRANDS = "account-book", "account-brands"


@require_safe
def account_book(request: HttpRequest, pk: UUID) -> HttpResponse:
    page = account_page(request, pk)
    facts = list(
        page.account.facts.select_related("written_by", "retired_by").order_by("-as_of", "-pk")
    )
    standing = [fact for fact in facts if fact.retired_at is None]
    earlier = history.of_rows(standing, "U")
    topics = [
        (
            topic,
            [
                (fact, page.may("edit_fact", fact), earlier.get(fact.pk, []))
                for fact in standing
                if fact.topic == topic.value
            ],
        )
        for topic in Fact.Topic
    ]
    shown = context(
        page,
        "book",
        topics=topics,
        is_empty=not standing,
        retired=[fact for fact in facts if fact.retired_at is not None],
        may=page.objections("write_fact"),
    )
    return render(request, "clients/book.html", shown)


def write_fact(request: HttpRequest, pk: UUID) -> HttpResponse:
    account, worn = account_or_404(pk)
    topic = request.GET.get("topic", "")
    form = WriteFactForm(request.POST or None, today=days.today(account), topic=topic)
    page = Page(
        title=_("Write in the account book"),
        submit=_("Write down"),
        back=address_of(account, BOOK),
        crumbs=crumbs(account, (_("Account book"), address_of(account, BOOK))),
        objection=objection(request.person, "clients.write_fact", account, worn),
    )
    return answer(
        request,
        page,
        form,
        lambda data: actions.write_fact(account=account, by=request.person, at=now(), **data),
        lambda: (address_of(account, BOOK), _("Written down.")),
    )


def _fact_or_404(account: Any, pk: UUID) -> Fact:
    fact = get_object_or_404(Fact, pk=pk, account=account)
    fact.account = account
    return fact


def edit_fact(request: HttpRequest, pk: UUID, fact_pk: UUID) -> HttpResponse:
    account, worn = account_or_404(pk)
    fact = _fact_or_404(account, fact_pk)
    form = EditFactForm(request.POST or None, row=fact)
    page = Page(
        title=_("Bring the entry up to date"),
        submit=_("Save"),
        back=address_of(account, BOOK),
        crumbs=crumbs(account, (_("Account book"), address_of(account, BOOK))),
        objection=objection(request.person, "clients.edit_fact", fact, worn),
        context={"retire": address_of(account, BOOK) + f"{fact.pk}/retire/"},
    )
    return answer(
        request,
        page,
        form,
        lambda data: actions.edit_fact(fact=fact, by=request.person, at=now(), **data),
        lambda: (address_of(account, BOOK), _("Saved.")),
    )


@require_POST
def retire_fact(request: HttpRequest, pk: UUID, fact_pk: UUID) -> HttpResponse:
    account, _worn = account_or_404(pk)
    fact = _fact_or_404(account, fact_pk)
    try:
        actions.retire_fact(fact=fact, by=request.person, at=now())
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("The entry is retired."))
    return redirect(address_of(account, BOOK))


@require_safe
def account_brands(request: HttpRequest, pk: UUID) -> HttpResponse:
    page = account_page(request, pk)
    handled = page.account.account_brands.select_related("brand__company").order_by(
        "ends_on", "brand__folded"
    )
    rows = [(row, row.holds_on(page.today), page.may("stop_brand", row)) for row in handled]
    shown = context(page, "brands", rows=rows, may=page.objections("handle_brand"))
    return render(request, "clients/brands.html", shown)


def handle_brand(request: HttpRequest, pk: UUID) -> HttpResponse:
    account, worn = account_or_404(pk)
    known = brands.of_the_family(account.company)
    form = HandleBrandForm(request.POST or None, brands=known, today=days.today(account))
    page = Page(
        title=_("Handle a brand"),
        submit=_("Handle it"),
        back=address_of(account, BRANDS),
        crumbs=crumbs(account, (_("Brands"), address_of(account, BRANDS))),
        objection=objection(request.person, "clients.handle_brand", account, worn),
    )

    def act(data: dict[str, Any]) -> None:
        brand = data["brand"] or actions.add_brand(
            company=account.company, name=data["new_brand"], by=request.person
        )
        actions.handle_brand(
            account=account, brand=brand, starts_on=data["starts_on"], by=request.person
        )

    return answer(request, page, form, act, lambda: (address_of(account, BRANDS), _("Noted.")))


def stop_brand(request: HttpRequest, pk: UUID, handled_pk: UUID) -> HttpResponse:
    account, worn = account_or_404(pk)
    rows = AccountBrand.objects.select_related("brand")
    handled = get_object_or_404(rows, pk=handled_pk, account=account)
    form = LastDayForm(request.POST or None, today=days.today(account))
    page = Page(
        title=_("Stop handling a brand"),
        lead=reader_name(handled.brand),
        submit=_("Stop"),
        back=address_of(account, BRANDS),
        crumbs=crumbs(account, (_("Brands"), address_of(account, BRANDS))),
        objection=objection(request.person, "clients.stop_brand", handled, worn),
    )
    return answer(
        request,
        page,
        form,
        lambda data: actions.stop_brand(handled=handled, by=request.person, **data),
        lambda: (address_of(account, BRANDS), _("Noted.")),
    )
