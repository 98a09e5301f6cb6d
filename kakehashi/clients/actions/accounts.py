"""Accounts: opened with their first seat, moved in their tree, and through their states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kakehashi.base.text import one_line, sort_key
from kakehashi.clients import gates, rules, states
from kakehashi.clients.actions.brands import labels
from kakehashi.clients.actions.seats import refuse_rivals, refuse_unseatable
from kakehashi.clients.codes import new_account_code
from kakehashi.clients.models import Account, Seat, StatusChange
from kakehashi.clients.queries import days, doors
from kakehashi.policy import edits
from kakehashi.policy.engine import objection, require
from kakehashi.policy.integrity import spoken

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from typing import Unpack

    from kakehashi.clients.models import Company
    from kakehashi.people.models import Office, Person

ATTEMPTS = 5


class Details(TypedDict, total=False):
    """What can be said of an account, apart from its place and its state."""

    name: str
    name_kana: str
    name_en: str
    code: str
    company: Company
    level: str
    categories: Iterable[str]
    starts_on: dt.date | None


class Opening(Details, total=False):
    """What is settled when an account opens: its place, its state and its first seat."""

    parent: Account | None
    lead_office: Office
    status: str


@transaction.atomic
def open_account(
    *,
    person: Person,
    role: str,
    by: Person,
    at: dt.datetime,
    lead: bool = True,
    **opening: Unpack[Opening],
) -> Account:
    """Open an account with its first seat: the opener's, or somebody else's.

    Only administrators type a code: to anybody else "already taken" would tell of accounts that
    they do not see.
    """
    require(by, "clients.open_account", None)
    account = Account()
    _describe(account, opening, by)
    on = days.today(account, at)
    _refuse_closed_office(account)
    if missing := gates.against_status(account, states.PROSPECT, account.status):
        raise ValidationError({"status": missing})
    refuse_unseatable(person, account.parent, on, field="person")
    seat = Seat(account=account, person=person, role=role, lead=lead, starts_on=on)
    seat.full_clean(exclude={"account"})
    begun = StatusChange(account=account, status=account.status, on=on, by=by, at=at)
    _write_with_code(account, seat, begun)
    refuse_rivals(seat, field="person")  # what it competes with is known once it is on file
    return account


@transaction.atomic
def edit_account(
    *, account: Account, version: int, by: Person, **details: Unpack[Details]
) -> Account:
    """Change what stands of an account, apart from its place and its state."""
    require(by, "clients.edit_account", account)
    fields = _describe(account, details, by)
    account.full_clean(exclude={"parent"})  # which the editor need not see
    with spoken(Account):
        edits.save(account, version=version, fields=fields)
    return account


@transaction.atomic
def move_account(
    *, account: Account, version: int, parent: Account | None, lead_office: Office, by: Person
) -> Account:
    """Give an account another place: below another account, or led by another office.

    Who does not see the account above cannot take this one away from it: it stays there.
    """
    require(by, "clients.move_account", account)
    fields = ["lead_office"]
    account.lead_office = lead_office
    if parent is not None or not _is_below_unseen(account):
        _refuse_ring(account, parent)
        account.parent = parent
        fields.append("parent")
    _refuse_closed_office(account)
    account.full_clean(exclude={"parent"})
    edits.save(account, version=version, fields=fields)
    return account


@transaction.atomic
def change_status(
    *, account: Account, status: str, on: dt.date, by: Person, at: dt.datetime, reason: str = ""
) -> StatusChange:
    """Move an account to another state, with the day and, where it hurts, the reason."""
    account = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    require(by, "clients.change_status", account)
    reason = reason.strip()
    if problem := rules.status_move(account, status, reason):
        raise ValidationError(dict([problem]))
    if missing := gates.against_status(account, account.status, status):
        raise ValidationError({"status": missing})
    if on > days.today(account, at):
        raise ValidationError({"on": _("This day has not come yet.")})
    if too_early := rules.status_before(
        account.status_changes.order_by("on", "at", "pk").last(), on
    ):
        raise ValidationError({"on": too_early})
    account.status = status
    fields = ["status"]
    if status == states.ACTIVE and account.starts_on is None:
        account.starts_on = on
        fields.append("starts_on")
    edits.save(account, version=account.version, fields=fields)
    change = StatusChange(account=account, status=status, on=on, reason=reason, by=by, at=at)
    change.full_clean()
    change.save(force_insert=True)
    return change


def _describe(account: Account, details: Any, by: Person) -> list[str]:
    """Set what is said, in normal form; returns the fields that were set."""
    fields = dict(details)
    if "code" in fields and fields["code"] in ("", account.code):
        del fields["code"]
    if "code" in fields and (reason := objection(by, "clients.choose_code", None)):
        raise ValidationError({"code": reason})
    for name, value in fields.items():
        if name == "categories":
            account.categories = labels(value)
        else:
            setattr(account, name, one_line(value) if isinstance(value, str) else value)
    account.sort_key = sort_key(account.name, account.name_kana)
    return [*fields, "sort_key"]


def _is_below_unseen(account: Account) -> bool:
    above = account.parent_id
    return above is not None and not Account.objects.filter(pk=above).exists()


def _refuse_ring(account: Account, parent: Account | None) -> None:
    if parent is not None and doors.is_below(parent, account):
        raise ValidationError({"parent": _("An account does not stand below itself.")})


def _refuse_closed_office(account: Account) -> None:
    if account.lead_office.closed_on is not None:
        raise ValidationError({"lead_office": _("This office is closed.")})


def _is_taken(error: IntegrityError) -> bool:
    diagnosis = getattr(error.__cause__, "diag", None)
    return "code" in (getattr(diagnosis, "constraint_name", None) or "")


def _write_with_code(account: Account, seat: Seat, begun: StatusChange) -> None:
    """Go through the door; a generated code that is taken is generated anew, silently."""
    if account.code:
        account.full_clean()
        with spoken(Account):
            doors.open_account(account, seat, begun)
        return
    left = ATTEMPTS
    while True:
        left -= 1
        account.code = new_account_code(account.name, account.name_kana, account.name_en)
        account.full_clean(exclude={"code"})
        try:
            with transaction.atomic():
                doors.open_account(account, seat, begun)
        except IntegrityError as error:
            if not left or not _is_taken(error):
                raise
        else:
            return
