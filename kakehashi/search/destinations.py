"""Every page and action that can be found by name.

`words` are other names, with commas between them; in Japanese with their readings, so that typing
れんらくさき or renrakusaki finds 連絡先.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True)
class Destination:
    """A page, or an action that has a page. `query` names the argument of its address, if any."""

    route: str
    label: str | Promise
    words: str | Promise
    icon: str
    ability: str = ""
    is_action: bool = False
    on_account: bool = False
    for_contacts: bool = False
    query: str = ""

    @property
    def name(self) -> str:
        """What it is called in an address."""
        return self.route.rpartition(":")[2]

    def path(self, *args: object) -> str:
        """Where it is, or nothing where its page is not routed."""
        try:
            where = reverse(self.route, args=[] if self.query else args)
        except NoReverseMatch:
            return ""
        return f"{where}?{self.query}={args[0]}" if self.query and args else where


PAGES = (
    Destination(
        "home:home", pgettext_lazy("page", "Home"), _("today, start"), "home", for_contacts=True
    ),
    Destination(
        "clients:accounts",
        pgettext_lazy("page", "Accounts"),
        _("clients, account list"),
        "briefcase",
        for_contacts=True,
    ),
    Destination(
        "traffic:jobs",
        pgettext_lazy("page", "Jobs"),
        _("job list, job numbers, traffic"),
        "clipboard",
    ),
    Destination(
        "traffic:board",
        pgettext_lazy("page", "Board of jobs"),
        _("kanban, production, progress"),
        "table",
    ),
    Destination(
        "traffic:month",
        pgettext_lazy("page", "Live dates by month"),
        _("calendar, schedule, deadlines"),
        "calendar",
    ),
    Destination(
        "traffic:templates",
        pgettext_lazy("page", "Templates of tasks"),
        _("job templates, job numbers pattern, standard schedule"),
        "clipboard",
    ),
    Destination(
        "clients:companies",
        pgettext_lazy("page", "Companies"),
        _("company list, corporate numbers"),
        "building",
    ),
    Destination(
        "people:chart",
        pgettext_lazy("page", "People and offices"),
        _("organisation chart, colleagues, departments, reporting lines"),
        "sitemap",
    ),
    Destination(
        "people:list",
        pgettext_lazy("page", "List of colleagues"),
        _("people by name, staff"),
        "users",
    ),
    Destination(
        "handoffs:balls",
        pgettext_lazy("page", "Balls"),
        _("whose move it is, asks, waiting, overdue"),
        "inbox",
    ),
    Destination(
        "requests:list",
        pgettext_lazy("page", "Requests"),
        _("what clients ask for, inbox"),
        "inbox",
    ),
    Destination(
        "handoffs:under",
        pgettext_lazy("page", "Late or waiting under me"),
        _("supervise, overdue of my team"),
        "hierarchy",
    ),
    Destination(
        "handoffs:desks",
        pgettext_lazy("page", "Desks and their keepers"),
        _("production desk, media desk, accounting desk"),
        "id",
    ),
    Destination(
        "clients:handovers",
        pgettext_lazy("page", "Handovers"),
        _("seats that move, successor"),
        "arrows-exchange",
    ),
    Destination(
        "search:changes",
        pgettext_lazy("page", "What was changed"),
        _("history, audit trail, who changed what"),
        "history",
        ability="search.find_changes",
    ),
    Destination(
        "money:portfolio",
        pgettext_lazy("page", "Portfolio"),
        _("shares of revenue, concentration, largest accounts"),
        "chart-pie",
    ),
    Destination(
        "imports:index",
        pgettext_lazy("page", "Import and export"),
        _("load a file, CSV, Excel, download"),
        "upload",
    ),
    Destination(
        "notify:notices", pgettext_lazy("page", "Notices"), _("what I was told, news"), "bell"
    ),
    Destination(
        "notify:choices",
        pgettext_lazy("page", "What I am told by mail"),
        _("settings, digest, mail preferences"),
        "mail",
        for_contacts=True,
    ),
    Destination(
        "people:me",
        pgettext_lazy("page", "My page"),
        _("profile, language, phone, settings"),
        "user",
        for_contacts=True,
    ),
    Destination(
        "ui:glossary", pgettext_lazy("page", "Glossary"), _("terms, words explained"), "book"
    ),
    Destination(
        "usersessions_list",
        pgettext_lazy("page", "Where I am signed in"),
        _("devices, sessions"),
        "device-desktop",
        for_contacts=True,
    ),
    Destination(
        "mfa_index",
        pgettext_lazy("page", "Two-step sign-in"),
        _("passkey, authenticator, security"),
        "shield-lock",
        for_contacts=True,
    ),
    Destination(
        "account_change_password",
        pgettext_lazy("page", "Change my password"),
        _("password"),
        "key",
        for_contacts=True,
    ),
    Destination(
        "account_logout",
        pgettext_lazy("page", "Sign out"),
        _("log out, leave"),
        "logout",
        is_action=True,
        for_contacts=True,
    ),
    Destination(
        "clients:open-account",
        pgettext_lazy("page", "New account"),
        _("open an account, add a client, prospect"),
        "circle-plus",
        "clients.open_account",
        is_action=True,
    ),
    Destination(
        "clients:add-company",
        pgettext_lazy("page", "New company"),
        _("add a company"),
        "circle-plus",
        "clients.add_company",
        is_action=True,
    ),
    Destination(
        "people:add",
        pgettext_lazy("page", "New colleague"),
        _("add a person, join, hire"),
        "user-plus",
        "people.add_person",
        is_action=True,
    ),
    Destination(
        "people:open-office",
        pgettext_lazy("page", "New office"),
        _("add a department, team"),
        "circle-plus",
        "people.open_office",
        is_action=True,
    ),
    Destination(
        "handoffs:ask",
        pgettext_lazy("page", "Pass a ball"),
        _("ask somebody, request, hand off"),
        "send",
        "handoffs.ask",
        is_action=True,
    ),
    Destination(
        "traffic:open-job",
        pgettext_lazy("page", "New job"),
        _("open a job, begin work"),
        "circle-plus",
        "traffic.open_job",
        is_action=True,
        on_account=True,
        query="account",
    ),
    Destination(
        "clients:add-contact",
        pgettext_lazy("page", "New contact"),
        _("add the client's person, contact of a client"),
        "user-plus",
        "clients.add_contact",
        is_action=True,
        on_account=True,
    ),
    Destination(
        "clients:account-people",
        pgettext_lazy("page", "Hand over a seat"),
        _("hand over an account, successor, change who serves"),
        "arrows-exchange",
        is_action=True,
        on_account=True,
    ),
    Destination(
        "clients:give-seat",
        pgettext_lazy("page", "Give somebody a seat"),
        _("add to the team, assign to an account"),
        "users-group",
        "clients.give_seat",
        is_action=True,
        on_account=True,
    ),
    Destination(
        "requests:record",
        pgettext_lazy("page", "Record a request"),
        _("the client called, write down what a client wants"),
        "phone",
        "requests.record",
        is_action=True,
        on_account=True,
    ),
    Destination(
        "requests:account-mail",
        pgettext_lazy("page", "Mail that came in"),
        _("held mail, the account's address for mail, inbox"),
        "mail",
        is_action=True,
        on_account=True,
    ),
    Destination(
        "clients:write-fact",
        pgettext_lazy("page", "Write in the account book"),
        _("note a fact, what we know of the client"),
        "note",
        "clients.write_fact",
        is_action=True,
        on_account=True,
    ),
    Destination(
        "clients:change-status",
        pgettext_lazy("page", "Change an account's status"),
        _("won, lost, dormant, active"),
        "flag",
        "clients.change_status",
        is_action=True,
        on_account=True,
    ),
    Destination(
        "clients:handle-brand",
        pgettext_lazy("page", "Handle a brand"),
        _("add a brand to an account"),
        "tag",
        "clients.handle_brand",
        is_action=True,
        on_account=True,
    ),
    Destination(
        "clients:edit-account",
        pgettext_lazy("page", "Edit an account"),
        _("change its name, office, categories"),
        "pencil",
        "clients.edit_account",
        is_action=True,
        on_account=True,
    ),
    Destination(
        "clients:account-money",
        pgettext_lazy("page", "Money of an account"),
        _("revenue, billings, margin"),
        "coin",
        is_action=True,
        on_account=True,
    ),
    Destination(
        "clients:account-history",
        pgettext_lazy("page", "History of an account"),
        _("what changed, who changed it"),
        "history",
        is_action=True,
        on_account=True,
    ),
)
ON_ACCOUNT = {place.name: place for place in PAGES if place.on_account}
