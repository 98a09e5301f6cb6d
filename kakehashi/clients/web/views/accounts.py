"""The list of accounts, an account's first page, and what is done with the account itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kakehashi.clients import actions, crossings
from kakehashi.clients.models import Account, Contact, Seat
from kakehashi.clients.queries import days, overview
from kakehashi.clients.web import lists
from kakehashi.clients.web.account_page import (
    account_page,
    address_of,
    context,
    crumbs,
    still_seen,
)
from kakehashi.clients.web.answers import Page, answer
from kakehashi.clients.web.forms.accounts import (
    EditAccountForm,
    MoveAccountForm,
    OpenAccountForm,
    StatusForm,
)
from kakehashi.clients.web.readers import account_or_404
from kakehashi.policy.access import narrow
from kakehashi.policy.engine import hats, objection
from kakehashi.policy.middleware import for_contacts
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

SERVING = ("role:account_manager", "role:account_executive", "role:account_supervisor")


@require_safe
@for_contacts
def accounts(request: HttpRequest) -> HttpResponse:
    """Every account the reader sees; to a client's contact, the ones they deal with us on."""
    if not request.person.is_ours:
        mine = narrow(Account.objects.all(), "pk", "name").order_by("sort_key", "pk")
        return render(request, "clients/portal_accounts.html", {"accounts": mine})
    shown = lists.account_list(request)
    part = "#rows" if request.headers.get("HX-Request") else ""
    return render(request, f"clients/accounts.html{part}", shown)


@require_safe
@for_contacts
def account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An account's first page: both banks and what is known; less for who sees only its name."""
    if not request.person.is_ours:
        return _portal(request, pk)
    found = get_object_or_404(Account, pk=pk)
    if hats(found.pk) <= {"job"}:
        return render(request, "clients/name_only.html", {"account": found})
    page = account_page(request, pk)
    shown = context(page, "overview", **overview.of(page.account, page.today))
    shown["steps"] = _next_steps(page, shown)
    shown["span"] = crossings.spanning(page.account, now())
    shown["may"] = page.objections("edit_account", "change_status", "move_account", "open_account")
    return render(request, "clients/overview.html", shown)


def _portal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a client's contact sees: the name, the people seated, and what is shared."""
    found = get_object_or_404(Account, pk=pk)
    today = localdate()
    seats = Seat.objects.filter(days.holding(today), account=found).select_related("person")
    shared = Contact.objects.filter(account=found, left_on=None).exclude(shared_at=None)
    shown = {
        "account": found,
        "seats": seats.order_by("-lead", "person__sort_key", "pk"),
        "contacts": shared.select_related("person").order_by("person__sort_key", "pk"),
    }
    return render(request, "clients/portal.html", shown)


def _next_steps(page: Any, shown: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """What is missing before work can cross the bridge: label, address, objection."""
    account = page.account
    wanted = [
        (not page.lead, _("Say who leads"), "give-seat", "give_seat"),
        (not shown["contacts"], _("Add the client's people"), "add-contact", "add_contact"),
        (not shown["facts"], _("Write down what you know"), "write-fact", "write_fact"),
        (not shown["brands"], _("Say which brands"), "handle-brand", "handle_brand"),
    ]
    return [
        (label, address_of(account, route), page.may(ability))
        for missing, label, route, ability in wanted
        if missing
    ]


def open_account(request: HttpRequest) -> HttpResponse:
    worn = hats(None)
    role = next((hat for hat in SERVING if hat in worn), SERVING[1]).partition(":")[2]
    initial: dict[str, Any] = {"person": request.person, "role": role}
    if above := request.GET.get("parent"):
        parent, _worn = account_or_404(lists.id_of(above))
        initial |= {
            "parent": parent,
            "lead_office": parent.lead_office_id,
            "company": parent.company,
        }
    form = OpenAccountForm(
        request.POST or None,
        initial=initial,
        may_choose_code=objection(request.person, "clients.choose_code", None, worn) is None,
    )
    page = Page(
        title=_("New account"),
        submit=_("Open the account"),
        back=reverse("clients:accounts"),
        crumbs=[(_("Accounts"), reverse("clients:accounts"))],
        objection=objection(request.person, "clients.open_account", None, worn),
    )
    opened: list[Account] = []

    def act(data: dict[str, Any]) -> None:
        opened.append(actions.open_account(by=request.person, at=now(), **data))

    def done() -> tuple[str, str]:
        said = _("%(account)s is open. Its code is %(code)s.")
        words = {"account": opened[0].name, "code": opened[0].code}
        return still_seen(opened[0]), said % words

    return answer(request, page, form, act, done)


def edit_account(request: HttpRequest, pk: UUID) -> HttpResponse:
    account, worn = account_or_404(pk)
    form = EditAccountForm(
        request.POST or None,
        row=account,
        may_choose_code=objection(request.person, "clients.choose_code", None) is None,
    )
    page = Page(
        title=_("Edit the account"),
        submit=_("Save"),
        back=address_of(account),
        crumbs=crumbs(account),
        objection=objection(request.person, "clients.edit_account", account, worn),
    )
    return answer(
        request,
        page,
        form,
        lambda data: actions.edit_account(account=account, by=request.person, **data),
        lambda: (address_of(account), _("Saved.")),
    )


def move_account(request: HttpRequest, pk: UUID) -> HttpResponse:
    account, worn = account_or_404(pk)
    form = MoveAccountForm(request.POST or None, row=account)
    page = Page(
        title=_("Move the account"),
        lead=_(
            "Who sees an account follows from where it stands: from the account above it, "
            "and from the office that leads it."
        ),
        submit=_("Move"),
        back=address_of(account),
        crumbs=crumbs(account),
        objection=objection(request.person, "clients.move_account", account, worn),
    )
    return answer(
        request,
        page,
        form,
        lambda data: actions.move_account(account=account, by=request.person, **data),
        lambda: (still_seen(account), _("The account has moved.")),
    )


def change_status(request: HttpRequest, pk: UUID) -> HttpResponse:
    account, worn = account_or_404(pk)
    form = StatusForm(request.POST or None, account=account)
    page = Page(
        title=_("Change the status"),
        lead=_("%(account)s is now: %(status)s.")
        % {"account": reader_name(account), "status": account.get_status_display()},
        submit=_("Change"),
        back=address_of(account),
        crumbs=crumbs(account),
        objection=objection(request.person, "clients.change_status", account, worn),
    )
    return answer(
        request,
        page,
        form,
        lambda data: actions.change_status(account=account, by=request.person, at=now(), **data),
        lambda: (address_of(account), _("The status has changed.")),
    )
