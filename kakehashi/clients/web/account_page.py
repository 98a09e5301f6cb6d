"""What every page of an account shares: its heading, its tree, its tabs, what the reader may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kakehashi.clients.models import Account
from kakehashi.clients.queries import days, listing, revenue, tree
from kakehashi.clients.web.readers import account_or_404, link
from kakehashi.policy.engine import objection
from kakehashi.ui.formats import reader_name
from kakehashi.ui.trees import Branch

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from uuid import UUID

    from django.http import HttpRequest

    from kakehashi.clients.models import Seat
    from kakehashi.people.models import Person
    from kakehashi.policy.rows import EditedRow

TONES = {"active": "good", "prospect": "theirs", "dormant": "plain", "lost": "plain"}


@dataclass
class AccountPage:
    """An account as one reader sees it on one day."""

    account: Account
    reader: Person
    worn: frozenset[str]
    today: dt.date = field(init=False)

    def __post_init__(self) -> None:
        self.today = days.today(self.account)

    def may(self, ability: str, thing: EditedRow | None = None) -> str | None:
        """The objection to an act on the account or on one of its rows."""
        return objection(self.reader, f"clients.{ability}", thing or self.account, self.worn)

    def objections(self, *abilities: str) -> dict[str, str | None]:
        return {ability: self.may(ability) for ability in abilities}

    @cached_property
    def team(self) -> list[Seat]:
        """Who is seated today, the leads first."""
        return listing.current_seats([self.account]).get(self.account.pk, [])

    @property
    def lead(self) -> Seat | None:
        return listing.lead_of(self.team)

    @cached_property
    def amounts(self) -> list[revenue.Amount]:
        return revenue.last_year_of(self.account, self.today)

    @property
    def check_path(self) -> str:
        """Where a prospect is checked for conflicts, once that is routed."""
        is_prospect = self.account.status == Account.Status.PROSPECT
        return link("conflicts:ask-check", self.account.pk) if is_prospect else ""

    @property
    def staffing_path(self) -> str:
        """Where it is told who could serve the account, once that is routed."""
        return link("conflicts:staffing", self.account.pk)

    @property
    def tone(self) -> str:
        return TONES[self.account.status]

    @cached_property
    def around(self) -> tree.Around:
        return tree.around(self.account)

    @property
    def branches(self) -> list[Branch]:
        """The tree around the account, from the highest account that is seen."""
        account, around = self.account, self.around
        below = [_branch(child) for child in around.below]
        if around.more_below:
            below.append(_rest_of(account))
        beside = [
            _branch(other, below, current=True) if other == account else _branch(other)
            for other in around.beside
        ]
        if around.more_beside:
            beside.append(_rest_of(around.above[-1]))
        for above in reversed(around.above):
            beside = [_branch(above, beside)]
        return beside

    @property
    def tabs(self) -> list[tuple[str, str, str]]:
        """Name, label and address of each page of the account."""
        known = [
            ("overview", _("Overview"), "clients:account"),
            ("people", pgettext("both banks", "People"), "clients:account-people"),
            ("jobs", pgettext("pages of an account", "Jobs"), "traffic:account-jobs"),
            ("requests", _("Requests"), "requests:account"),
            ("book", _("Account book"), "clients:account-book"),
            ("brands", _("Brands"), "clients:account-brands"),
            ("briefs", _("Briefs"), "briefs:of-account"),
            ("money", _("Money"), "clients:account-money"),
            ("history", _("History"), "clients:account-history"),
            ("who-sees", _("Who sees this"), "conflicts:who-sees"),
        ]
        routed = ((name, label, link(route, self.account.pk)) for name, label, route in known)
        return [tab for tab in routed if tab[2]]


def account_page(request: HttpRequest, pk: UUID) -> AccountPage:
    """The page's common part, or a 404."""
    account, worn = account_or_404(pk)
    return AccountPage(account, request.person, worn)


def address_of(account: Account, page: str = "account") -> str:
    return reverse(f"clients:{page}", args=[account.pk])


def still_seen(account: Account, page: str = "account") -> str:
    """Where to go after an act that may have taken the account out of sight."""
    if Account.objects.filter(pk=account.pk).exists():
        return address_of(account, page)
    return reverse("clients:accounts")


def crumbs(account: Account, *further: tuple[str, str]) -> list[tuple[str, str]]:
    """The way down to a form of an account."""
    return [
        (_("Accounts"), reverse("clients:accounts")),
        (reader_name(account), address_of(account)),
        *further,
    ]


def _branch(account: Account, children: Iterable[Branch] = (), *, current: bool = False) -> Branch:
    note = "" if account.status == Account.Status.ACTIVE else str(account.get_status_display())
    return Branch(reader_name(account), address_of(account), note, current, list(children))


def _rest_of(account: Account) -> Branch:
    return Branch(_("All …"), f"{reverse('clients:accounts')}?below={account.pk}")


def context(page: AccountPage, tab: str, **more: Any) -> dict[str, Any]:
    return {"page": page, "account": page.account, "tab": tab, **more}
