"""The people of an account: our seats, the client's contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from kakehashi.clients import actions
from kakehashi.clients.models import Contact, Seat
from kakehashi.clients.queries import days, overview, people
from kakehashi.clients.web.account_page import (
    account_page,
    address_of,
    context,
    crumbs,
    still_seen,
)
from kakehashi.clients.web.answers import Page, answer
from kakehashi.clients.web.forms.accounts import LastDayForm
from kakehashi.clients.web.forms.people import (
    AddContactForm,
    ChangeSeatForm,
    EditContactForm,
    GiveSeatForm,
    HandoverForm,
)
from kakehashi.clients.web.readers import account_or_404
from kakehashi.policy.engine import Refused, objection
from kakehashi.ui.formats import percent_text, reader_name

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kakehashi.clients.models import Account

ACTS_ON_SEAT = ("propose_handover", "change_seat", "end_seat")
TAB = "account-people"


@require_safe
def account_people(request: HttpRequest, pk: UUID) -> HttpResponse:
    page = account_page(request, pk)
    here = overview.contacts(page.account)
    current, ended = people.seats(page.account, page.today)
    left = page.account.contacts.exclude(left_on=None).select_related("person")
    shown = context(
        page,
        "people",
        seats=[(seat, {act: page.may(act, seat) for act in ACTS_ON_SEAT}) for seat in current],
        ended=ended,
        contacts=[(contact, page.may("contact_left", contact)) for contact in here],
        left=list(left.order_by("-left_on", "-pk")),
        chart=_chart(here),
        may=page.objections("give_seat", "add_contact", "edit_contact"),
    )
    return render(request, "clients/people.html", shown)


def _chart(contacts: list[Contact]) -> list[tuple[Contact, list[Any]]]:
    """The buying centre by whom they report to; empty if nobody reports to anybody."""
    below = people.by_superior(contacts)
    if set(below) <= {None}:
        return []

    def level(above: UUID | None) -> list[tuple[Contact, list[Any]]]:
        return [(contact, level(contact.pk)) for contact in below.get(above, ())]

    return level(None)


def _people_crumbs(account: Account) -> list[tuple[str, str]]:
    return crumbs(account, (pgettext("both banks", "People"), address_of(account, TAB)))


# Our bank


def give_seat(request: HttpRequest, pk: UUID) -> HttpResponse:
    account, worn = account_or_404(pk)
    form = GiveSeatForm(request.POST or None, today=days.today(account))
    page = Page(
        title=_("Give a seat"),
        lead=_("Who has a seat sees the account and all below it."),
        submit=_("Give the seat"),
        back=address_of(account, TAB),
        crumbs=_people_crumbs(account),
        objection=objection(request.person, "clients.give_seat", account, worn),
    )

    def act(data: dict[str, Any]) -> None:
        seat = actions.give_seat(account=account, by=request.person, **data)
        _warn_of_overload(request, seat)

    return answer(
        request, page, form, act, lambda: (address_of(account, TAB), _("The seat is given."))
    )


def _seat_or_404(account: Account, pk: UUID) -> Seat:
    rows = Seat.objects.select_related("person").prefetch_related("handovers")
    return get_object_or_404(rows, pk=pk, account=account)


def change_seat(request: HttpRequest, pk: UUID, seat_pk: UUID) -> HttpResponse:
    account, worn = account_or_404(pk)
    seat = _seat_or_404(account, seat_pk)
    form = ChangeSeatForm(request.POST or None, row=seat)
    page = Page(
        title=_("Change the seat"),
        lead=_seat_in_words(seat),
        submit=_("Save"),
        back=address_of(account, TAB),
        crumbs=_people_crumbs(account),
        objection=objection(request.person, "clients.change_seat", seat, worn),
    )

    def act(data: dict[str, Any]) -> None:
        actions.change_seat(seat=seat, by=request.person, **data)
        _warn_of_overload(request, seat)

    return answer(request, page, form, act, lambda: (still_seen(account, TAB), _("Saved.")))


def end_seat(request: HttpRequest, pk: UUID, seat_pk: UUID) -> HttpResponse:
    account, worn = account_or_404(pk)
    seat = _seat_or_404(account, seat_pk)
    form = LastDayForm(request.POST or None, today=days.today(account))
    page = Page(
        title=_("End the seat"),
        lead=_seat_in_words(seat)
        + " "
        + _("If somebody follows, hand the seat over instead: the sheet is made for them."),
        submit=_("End the seat"),
        kind="danger",
        back=address_of(account, TAB),
        crumbs=_people_crumbs(account),
        objection=objection(request.person, "clients.end_seat", seat, worn),
    )
    return answer(
        request,
        page,
        form,
        lambda data: actions.end_seat(seat=seat, by=request.person, **data),
        lambda: (still_seen(account, TAB), _("The seat ends that day.")),
    )


def propose_handover(request: HttpRequest, pk: UUID, seat_pk: UUID) -> HttpResponse:
    account, worn = account_or_404(pk)
    seat = _seat_or_404(account, seat_pk)
    form = HandoverForm(request.POST or None)
    page = Page(
        title=_("Hand the seat over"),
        lead=_seat_in_words(seat)
        + " "
        + _(
            "A sheet is made of what the account holds now. The seat moves once both have "
            "read and confirmed it."
        ),
        submit=_("Make the sheet"),
        back=address_of(account, TAB),
        crumbs=_people_crumbs(account),
        objection=objection(request.person, "clients.propose_handover", seat, worn),
    )
    proposed = []

    def act(data: dict[str, Any]) -> None:
        proposed.append(actions.propose_handover(seat=seat, by=request.person, at=now(), **data))

    def done() -> tuple[str, str]:
        said = _("The sheet is made. %(person)s finds it under Handovers.")
        words = {"person": reader_name(proposed[0].receiver)}
        return f"/handovers/{proposed[0].pk}/", said % words

    return answer(request, page, form, act, done)


def _seat_in_words(seat: Seat) -> str:
    words = {"person": reader_name(seat.person), "role": seat.get_role_display()}
    return _("%(person)s, %(role)s.") % words


def _warn_of_overload(request: HttpRequest, seat: Seat) -> None:
    """More than a whole person is a warning, not an error: months overlap, plans are rough."""
    if seat.share is None:
        return
    total = people.share_of(seat.person, seat.starts_on)
    if total > people.WHOLE:
        said = _("The seats you see of %(person)s add up to %(share)s of their time.")
        words = {"person": reader_name(seat.person), "share": percent_text(total, 0)}
        messages.warning(request, said % words)


# The client's bank


def add_contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    account, worn = account_or_404(pk)
    form = AddContactForm(request.POST or None, account=account)
    page = Page(
        title=pgettext("of the client", "Add a contact"),
        submit=_("Add"),
        back=address_of(account, TAB),
        crumbs=_people_crumbs(account),
        objection=objection(request.person, "clients.add_contact", account, worn),
    )
    return answer(
        request,
        page,
        form,
        lambda data: actions.add_contact(account=account, by=request.person, **data),
        lambda: (address_of(account, TAB), _("The contact is entered.")),
    )


def _contact_or_404(account: Account, pk: UUID) -> Contact:
    rows = Contact.objects.select_related("person", "reports_to")
    return get_object_or_404(rows, pk=pk, account=account)


def edit_contact(request: HttpRequest, pk: UUID, contact_pk: UUID) -> HttpResponse:
    account, worn = account_or_404(pk)
    contact = _contact_or_404(account, contact_pk)
    form = EditContactForm(request.POST or None, row=contact, account=account)
    page = Page(
        title=_("Edit the contact"),
        submit=_("Save"),
        back=address_of(account, TAB),
        crumbs=_people_crumbs(account),
        objection=objection(request.person, "clients.edit_contact", contact, worn),
    )
    return answer(
        request,
        page,
        form,
        lambda data: actions.edit_contact(contact=contact, by=request.person, **data),
        lambda: (address_of(account, TAB), _("Saved.")),
    )


def contact_left(request: HttpRequest, pk: UUID, contact_pk: UUID) -> HttpResponse:
    account, worn = account_or_404(pk)
    contact = _contact_or_404(account, contact_pk)
    form = LastDayForm(request.POST or None, today=days.today(account))
    page = Page(
        title=_("The contact has left"),
        lead=_("%(person)s no longer deals with us on this account.")
        % {"person": reader_name(contact.person)},
        submit=_("Note it"),
        back=address_of(account, TAB),
        crumbs=_people_crumbs(account),
        objection=objection(request.person, "clients.contact_left", contact, worn),
    )
    return answer(
        request,
        page,
        form,
        lambda data: actions.contact_left(contact=contact, by=request.person, at=now(), **data),
        lambda: (address_of(account, TAB), _("Noted.")),
    )


@require_POST
def contact_back(request: HttpRequest, pk: UUID, contact_pk: UUID) -> HttpResponse:
    account, _worn = account_or_404(pk)
    contact = _contact_or_404(account, contact_pk)
    try:
        actions.contact_back(contact=contact, by=request.person)
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("The contact is back."))
    return redirect(address_of(account, TAB))
