"""What this package puts into a person's calendar: dates of the accounts they serve."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kakehashi.base.dates import last_day_of
from kakehashi.clients.models import Account, Fact, Handover, Seat
from kakehashi.people.feeds import Event, window
from kakehashi.policy.rows import during
from kakehashi.ui.formats import reader_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from kakehashi.people.models import Person


def events(person: Person) -> Iterator[Event]:
    """Days on which seats begin, end or change hands, and on which clients' years end."""
    first, last = window(localdate())
    seats = list(
        Seat.objects.filter(during(first, last), person=person)
        .select_related("account__company")
        .order_by("account__sort_key", "role", "pk")
    )
    current = {seat.account_id: seat.account for seat in seats if seat.holds_on(localdate())}
    yield from _seats(seats, first)
    yield from _handovers(person, list(current), first, last)
    yield from _years(current.values(), first, last)


def _seats(seats: Iterable[Seat], first: dt.date) -> Iterator[Event]:
    for seat in seats:
        told = {"account": reader_name(seat.account), "role": seat.get_role_display()}
        path = reverse("clients:account-people", args=[seat.account_id])
        if seat.starts_on >= first:
            title = _("First day on %(account)s as %(role)s") % told
            yield Event(
                f"seat-begins:{seat.pk}", title, seat.starts_on, path=path, version=seat.version
            )
        if seat.ends_on is not None:
            title = _("Last day on %(account)s as %(role)s") % told
            yield Event(
                f"seat-ends:{seat.pk}", title, seat.ends_on, path=path, version=seat.version
            )


def _handovers(
    person: Person, accounts: list[UUID], first: dt.date, last: dt.date
) -> Iterator[Event]:
    """Those one takes part in, and those on one's accounts; some accounts are not seen yet."""
    rows = Handover.objects.filter(
        Q(giver=person) | Q(receiver=person) | Q(account__in=accounts),
        on__range=(first, last),
        withdrawn_at=None,
    ).select_related("giver", "receiver")
    handovers = list(rows.order_by("on", "pk"))
    known = Account.objects.in_bulk({handover.account_id for handover in handovers})
    for handover in handovers:
        told = {"giver": reader_name(handover.giver), "receiver": reader_name(handover.receiver)}
        account = known.get(handover.account_id)
        title = _("Handover from %(giver)s to %(receiver)s") % told
        yield Event(
            key=f"handover:{handover.pk}",
            title=f"{reader_name(account)}: {title}" if account else title,
            starts=handover.on,
            path=reverse("clients:handover", args=[handover.pk]),
            version=handover.version,
        )


def _years(accounts: Iterable[Account], first: dt.date, last: dt.date) -> Iterator[Event]:
    """Ends of the clients' fiscal years, with what the account books say of the year."""
    accounts = [account for account in accounts if account.company.fiscal_year_end]
    told = _of_the_year(accounts)
    for account in accounts:
        for year in range(first.year, last.year + 1):
            day = last_day_of(year, account.company.fiscal_year_end)
            if first <= day <= last:
                yield Event(
                    key=f"fiscal-year:{account.pk}:{year}",
                    title=_("%(account)s: end of the fiscal year")
                    % {"account": reader_name(account)},
                    starts=day,
                    path=reverse("clients:account-book", args=[account.pk]),
                    note="\n".join(told[account.pk]),
                )


def _of_the_year(accounts: Iterable[Account]) -> dict[UUID, list[str]]:
    facts = Fact.objects.filter(
        account__in=[account.pk for account in accounts],
        topic=Fact.Topic.CALENDAR,
        retired_at=None,
    )
    told = defaultdict(list)
    for account, text in facts.order_by("-as_of", "pk").values_list("account_id", "text"):
        told[account].append(text)
    return told
