"""The walk: everything that answers somebody. What is not in it fails the test.

A package that adds a route with arguments says here which rows fill its address; one that adds a
task or a command says how it is tried, or why it answers nobody. Routes without arguments, links
with a query, filters and forms are found on the pages themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.urls import URLPattern, get_resolver, reverse

from kakehashi.policy.middleware import GATE
from tests.twin.feeds import token_of
from tests.twin.world import VIEWERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model


UNKNOWN = UUID("01900000-0000-7000-8000-000000000000")
PARTS = {
    "line": "production",
    "number": 0,
    "kind": "traffic_job",
}  # of what an id names: no ids themselves


@dataclass(frozen=True)
class Of:
    """An address for each row of a model; `fills` maps the address's names to the row's.

    What is `fixed` is the same for every row.
    """

    label: str
    fills: tuple[tuple[str, str], ...] = (("pk", "pk"),)
    fixed: tuple[tuple[str, str], ...] = ()

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    def address(self, row: Model) -> dict[str, Any]:
        return {**dict(self.fixed), **{n: getattr(row, attribute) for n, attribute in self.fills}}


@dataclass(frozen=True)
class Each:
    """An address for each of some values that are the same for everybody."""

    name: str
    values: tuple[str, ...]
    others: tuple[tuple[str, str], ...] = ()

    def addresses(self) -> list[dict[str, Any]]:
        return [{**dict(self.others), self.name: value} for value in self.values]


ACCOUNT = Of("clients.Account")
COMPANY = Of("clients.Company")
HANDOVER = Of("clients.Handover")


def _below_account(label: str, name: str) -> Of:
    return Of(label, (("pk", "account_id"), (name, "pk")))


OFFICE = Of("people.Office")
PERSON = Of("people.Person")
RUN = Of("imports.ImportRun")
NOTICE = Of("notify.Notification")
EXPORT = Of("imports.ExportRun")
TALLY = Of("money.Tally")
BALL = Of("handoffs.Handoff")
REQUEST = Of("requests.ClientRequest")
MAIL = Of("requests.Mail")
WALL = Of("conflicts.Wall")
COMMITMENT = Of("conflicts.Commitment")
KINDS = (
    "offices", "people", "companies", "accounts", "contacts", "seats", "revenue", "walls",
    "categories", "commitments", "competitors",
)  # fmt: skip
BRAND = Of("clients.Brand", (("pk", "company_id"), ("brand_pk", "pk")))
SEAT = _below_account("clients.Seat", "seat_pk")
CIRCULATION = Of("approvals.Circulation")
STEP = Of("approvals.Step", (("pk", "circulation_id"), ("step_pk", "pk")))
BRIEF = Of("briefs.Brief")
SECTION = Of("briefs.Section", (("pk", "brief_id"), ("section_pk", "pk")))
VERSION = Of("briefs.BriefVersion", (("pk", "brief_id"), ("number", "number")))
OBJECTION = Of("briefs.Objection", (("pk", "brief_id"), ("objection_pk", "pk")))
TEMPLATE = Of("briefs.Template")
TEMPLATE_SECTION = Of("briefs.TemplateSection", (("pk", "template_id"), ("section_pk", "pk")))
CONTACT = _below_account("clients.Contact", "contact_pk")
FACT = _below_account("clients.Fact", "fact_pk")

JOB = Of("traffic.Job")
TARGET = Of("money.Target")
JOB_HISTORY = Of("traffic.Job", fixed=(("kind", "traffic_job"),))
TASK = Of("traffic.Task", (("pk", "job_id"), ("task_pk", "pk")))

ADDRESSES: dict[str, Of | Each] = {
    "api:feed": Each("token", tuple(token_of(role) for role in VIEWERS)),
    "api:revoke-feed": Each("pk", (str(UNKNOWN),)),  # of a table that no viewer reads
    "approvals:circulation": CIRCULATION,
    "approvals:decide": STEP,
    "approvals:record": STEP,
    "approvals:take-back": STEP,
    "approvals:withdraw": CIRCULATION,
    "briefs:add-section": TEMPLATE,
    "briefs:answer-objection": OBJECTION,
    "briefs:ask-again": OBJECTION,
    "briefs:begin": ACCOUNT,
    "briefs:begin-from": REQUEST,
    "briefs:brief": BRIEF,
    "briefs:comment": SECTION,
    "briefs:direct": BRIEF,
    "briefs:drop": BRIEF,
    "briefs:end-here": BRIEF,
    "briefs:edit-section": TEMPLATE_SECTION,
    "briefs:hand-back": BRIEF,
    "briefs:lead-on": BRIEF,
    "briefs:note": BRIEF,
    "briefs:object": BRIEF,
    "briefs:of-account": ACCOUNT,
    "briefs:pdf": VERSION,
    "briefs:release": BRIEF,
    "briefs:remove-section": TEMPLATE_SECTION,
    "briefs:resolve-objection": OBJECTION,
    "briefs:retire-template": TEMPLATE,
    "briefs:say": SECTION,
    "briefs:send": BRIEF,
    "briefs:share": BRIEF,
    "briefs:template": TEMPLATE,
    "briefs:version": VERSION,
    "briefs:write": SECTION,
    "clients:account": ACCOUNT,
    "clients:account-book": ACCOUNT,
    "clients:account-brands": ACCOUNT,
    "clients:account-history": ACCOUNT,
    "clients:account-money": ACCOUNT,
    "clients:account-people": ACCOUNT,
    "clients:add-brand": COMPANY,
    "clients:add-contact": ACCOUNT,
    "clients:brand": BRAND,
    "clients:change-seat": SEAT,
    "clients:change-status": ACCOUNT,
    "clients:company": COMPANY,
    "clients:confirm-handover": HANDOVER,
    "clients:contact-back": CONTACT,
    "clients:contact-left": CONTACT,
    "clients:edit-account": ACCOUNT,
    "clients:edit-brand": BRAND,
    "clients:edit-company": COMPANY,
    "clients:edit-contact": CONTACT,
    "clients:edit-fact": FACT,
    "clients:end-seat": SEAT,
    "clients:give-seat": ACCOUNT,
    "clients:handle-brand": ACCOUNT,
    "clients:handover": HANDOVER,
    "clients:move-account": ACCOUNT,
    "clients:money-history": ACCOUNT,
    "clients:propose-handover": SEAT,
    "clients:retire-fact": FACT,
    "clients:stop-brand": _below_account("clients.AccountBrand", "handled_pk"),
    "clients:withdraw-handover": HANDOVER,
    "clients:write-fact": ACCOUNT,
    "conflicts:add-to-side": Of("conflicts.Side"),
    "conflicts:ask-check": ACCOUNT,
    "conflicts:check": Of("conflicts.Receipt"),
    "conflicts:consent": Of("conflicts.ConsentRequest"),
    "conflicts:decide": Of("conflicts.Hit"),
    "conflicts:decide-all": Of("conflicts.Check"),
    "conflicts:commitment": COMMITMENT,
    "conflicts:edit-commitment": COMMITMENT,
    "conflicts:edit-rivalry": Of("conflicts.Rivalry"),
    "conflicts:exempt": WALL,
    "conflicts:lift-wall": WALL,
    "conflicts:memo": Of("conflicts.Check"),
    "conflicts:notice": Of("conflicts.WallNotice"),
    "conflicts:permit": ACCOUNT,
    "conflicts:remove-from-side": Of("conflicts.SideRule"),
    "conflicts:remove-media-rule": Of("conflicts.MediaAdjacency"),
    "conflicts:report": WALL,
    "conflicts:report-file": WALL,
    "conflicts:report-paper": WALL,
    "conflicts:staffing": ACCOUNT,
    "conflicts:take-back-pair": Of("conflicts.CategoryPair"),
    "conflicts:take-back-rivalry": Of("conflicts.Rivalry"),
    "conflicts:wall": WALL,
    "conflicts:who-sees": ACCOUNT,
    "conflicts:withdraw-commitment": COMMITMENT,
    "conflicts:withdraw-exemption": Of("conflicts.Exemption"),
    "conflicts:withdraw-permit": Of("conflicts.SeatPermit"),
    "handoffs:answer": BALL,
    "handoffs:ask-back": BALL,
    "handoffs:ball": BALL,
    "handoffs:keep-desk": Of("handoffs.Desk"),
    "handoffs:move": BALL,
    "handoffs:record": BALL,
    "handoffs:remind": BALL,
    "handoffs:take-back": BALL,
    "history:record": JOB_HISTORY,
    "imports:ask-export": Each("kind", KINDS, (("form", "csv"),)),
    "imports:columns": Of("imports.Upload"),
    "imports:export": Each("kind", KINDS, (("form", "csv"),)),
    "imports:export-file": EXPORT,
    "imports:export-run": EXPORT,
    "imports:load": RUN,
    "imports:problems": RUN,
    "imports:run": RUN,
    "imports:upload": Each("kind", KINDS),
    "money:change-target": TARGET,
    "money:drop-target": TARGET,
    "money:tally": TALLY,
    "money:tally-file": TALLY,
    "requests:accept": REQUEST,
    "requests:accept-mail": MAIL,
    "requests:account": ACCOUNT,
    "requests:account-mail": ACCOUNT,
    "requests:answer": REQUEST,
    "requests:ask-back": REQUEST,
    "requests:decline": REQUEST,
    "requests:file": Of("requests.File"),
    "requests:finish": REQUEST,
    "requests:mail": MAIL,
    "requests:note": REQUEST,
    "requests:record": ACCOUNT,
    "requests:record-answer": REQUEST,
    "requests:refuse-mail": MAIL,
    "requests:request": REQUEST,
    "requests:say": REQUEST,
    "requests:withdraw": REQUEST,
    "people:add-day-off": OFFICE,
    "people:anonymise": PERSON,
    "people:cancel-absence": Of("people.Absence"),
    "people:change-absence": Of("people.Absence"),
    "people:change-day-off": Of("people.DayOff"),
    "people:change-own-hours": Of("people.WorkingPattern"),
    "people:change-post": Of("people.Employment"),
    "people:close-office": OFFICE,
    "people:data": PERSON,
    "people:edit": PERSON,
    "people:edit-office": OFFICE,
    "people:employ": PERSON,
    "people:end-line": Of("people.ReportingLine"),
    "people:end-post": Of("people.Employment"),
    "people:end-role": Of("people.Role"),
    "people:give-role": PERSON,
    "people:inherit-hours": OFFICE,
    "people:invite": PERSON,
    "people:leave": PERSON,
    "people:move-office": OFFICE,
    "people:office": OFFICE,
    "people:office-hours": OFFICE,
    "people:person": PERSON,
    "people:plan-absence": PERSON,
    "people:remove-day-off": Of("people.DayOff"),
    "people:remove-own-hours": Of("people.WorkingPattern"),
    "people:set-line": PERSON,
    "search:choose": Each("action", ("add-contact", "account-people", "no-such-thing")),
    "people:set-own-hours": PERSON,
    "traffic:account-jobs": ACCOUNT,
    "traffic:add-task": JOB,
    "traffic:ask-change": JOB,
    "traffic:brief": JOB,
    "traffic:newer-brief": JOB,
    "traffic:open-from-brief": BRIEF,
    "traffic:begin-task": TASK,
    "traffic:close-template": Of("traffic.Template"),
    "traffic:column": Each("state", ("in_production", "on_hold")),
    "traffic:edit-job": JOB,
    "traffic:edit-task": TASK,
    "traffic:edit-template": Of("traffic.Template"),
    "traffic:finish-task": TASK,
    "traffic:job": JOB,
    "traffic:move": Of("traffic.StateChange", (("pk", "job_id"), ("line", "line"))),
    "traffic:plan-back": JOB,
    "traffic:remove-task": TASK,
    "traffic:reopen-task": TASK,
    "traffic:review": Of("traffic.Review"),
    "traffic:show": JOB,
    "traffic:use-template": JOB,
    "notify:lift": Of("notify.Bounce"),
    "notify:message": Each("pk", (str(UNKNOWN),)),  # files beside the database, off by default
    "notify:message-html": Each("pk", (str(UNKNOWN),)),
    "notify:open": NOTICE,
    "notify:see": NOTICE,
    "notify:try-again": Each("pk", (str(UNKNOWN),)),  # no page may read mail: see test_mail.py
}
# Routes that answer a word, and by which name it is asked.
SEARCHES: dict[str, tuple[str, ...]] = {
    "clients:accounts": ("q",),
    "clients:companies": ("q",),
    "clients:find-accounts": ("q",),
    "clients:find-colleagues": ("q",),
    "clients:find-companies": ("q",),
    "conflicts:categories": ("q",),
    "conflicts:commitments": ("q",),
    "conflicts:competitors": ("q",),
    "conflicts:find-categories": ("q",),
    "conflicts:who-sees": ("q",),
    "handoffs:balls": ("q", "account"),
    "handoffs:courts": ("q", "account"),
    "home:home": ("q", "account"),
    "people:list": ("q",),
    "search:changes": ("account", "record"),
    "search:choose": ("q",),
    "search:palette": ("q",),
    "search:results": ("q",),
    "traffic:board": ("q",),
    "traffic:jobs": ("q",),
}
# Routes that are asked whose figures they are to tell: of a client family that is hidden in part,
# and of one that is hidden whole.
WHOSE: dict[str, tuple[tuple[str, str], ...]] = {
    "money:portfolio": (("company", "C1"), ("company", "C2")),
    "money:set-target": (("company", "C2"),),
}
# Pages of one thing on which accounts are gathered; all pages without arguments are such.
GATHERING = {
    "clients:account",
    "clients:account-money",
    "clients:company",
    "traffic:account-jobs",
    "conflicts:who-sees",
    "people:office",
    "people:person",
    "requests:account",
}
# Fields in which somebody may learn that a code is taken: a test says that they learn no more.
TAKEN: dict[tuple[str, str], str] = {
    ("clients:edit-account", "code"): "only administrators type codes, unique in the agency",
    ("clients:open-account", "code"): "only administrators type codes, unique in the agency",
}
UNVISITED: dict[str, str] = {
    "account_confirm_email": "a link from a mail; its key is signed and names an address",
    "account_reset_password_from_key": "a link from a mail; its key is signed and names a login",
    "ui:gallery": "components with made-up samples; reads nothing from the database",
    "notify:unsubscribe": "a link from a mail; it is signed and names whose settings it opens",
    "mfa_edit_webauthn": "a passkey of one's own, before any person acts",
    "mfa_remove_webauthn": "a passkey of one's own, before any person acts",
}
# name of a task → how it is tried, or why what it does is seen by nobody
TASKS: dict[str, str] = {
    "approvals.go_on": "asks who is next, who sees the account; tells nobody else",
    "conflicts.ask_for_rule": "asks an officer how the agency treats rivals; reads no account",
    "conflicts.flag_ended_grounds": "asks officers, whom alone the answer concerns",
    "conflicts.recheck_advertised": "asks an officer, whom alone what it finds concerns",
    "conflicts.recheck_all": "asks an officer, as the task of what is advertised does",
    "conflicts.recheck_declared": "asks an officer, as the task of what is advertised does",
    "conflicts.recheck_merged": "asks an officer, as the task of what is advertised does",
    "conflicts.recheck_promised": "asks an officer, as the task of what is advertised does",
    "conflicts.recheck_changed": "has accounts checked again by the tasks beside it",
    "conflicts.recheck_nightly": "has accounts checked again by the tasks beside it",
    "conflicts.run_check": "finds hits, which officers alone read",
    "conflicts.take_up_consent": "draws what follows from a client's answer, as the officer",
    "conflicts.remind": "tells officers, as themselves",
    "conflicts.report_attempts": "tells officers, as themselves",
    "conflicts.tell_affected": "asks those on a side to read one page, the same for everybody",
    "conflicts.watch": "has newcomers told by the task above",
    "money.add_up": "tried in test_files.py, beside the same portfolio on its page",
    "money.clear_old_tallies": "removes what was added up by its age",
    "money.keep_years": "adds up revenue and tells nobody",
    "handoffs.find_stranded": "has each ball passed on by the task below",
    "handoffs.pass_stranded": "gives a ball to somebody who sees it, and tells nobody else",
    "kakehashi.notify.tasks.send_mail": "tried in test_mail.py, as it is read by each viewer",
    "notify.clear_old": "removes mail and notices by their age",
    "notify.pick_up": "has mail sent whose job was lost or whose address is good again",
    "notify.write_all_mails": "has the mail of each person written by the task below",
    "notify.write_mails": "tried in test_mail.py, as it is read by each viewer",
    "requests.fetch_mail": "takes mail in as nobody; what it makes is seen on the pages walked",
    "policy.retry_stalled": "puts jobs of a dead worker back into the queue",
    "procrastinate.builtin_tasks.remove_old_jobs": "tidies the queue",
    "imports.run_import": "tried in test_files.py, by files that name what is hidden",
    "imports.run_export": "tried in test_files.py, beside the same file written at once",
    "imports.clear_old_files": "removes files by their age",
    "people.send_invitation": "a greeting, a login and a link: reads nothing of accounts",
    "people.close_sign_in": "closes a login on a day",
    "people.settle_departure": "ends what is held behind a wall, and tells nobody",
    "traffic.carry_on_review": "moves one job on, and asks who sees it",
    "traffic.settle_team": "ends assignments to one job, and tells nobody",
    "people.forget_everywhere": "empties what is behind a wall, and tells nobody",
}


@dataclass(frozen=True)
class Command:
    """How a command is called as a viewer; `{login}` is theirs."""

    calls: tuple[str, ...] = ()
    reason: str = ""


# Pages before the walls, where a request never becomes a person: as these viewers only.
AT_THE_GATE = {"visitor", "agency_director", "contact"}

# What is looked for: words of the hidden rows, typed well and badly, and of rows beside them.
SEARCHED = ("極秘", "HIKARI-EV", "himuro", "hmiuro", "ひむろ", "secret", "hikari", "ヒカリ")

COMMANDS: dict[str, Command] = {
    "backup": Command(reason="the operator's own: it reads and encrypts everything"),
    "backup-key": Command(reason="the operator's own: it makes a key"),
    "doctor": Command(reason="the operator's own: it tells of the installation, not of accounts"),
    "restore": Command(reason="the operator's own: it writes everything"),
    "up": Command(reason="serves the pages, which are walked"),
    "init": Command(reason="prepares a home and tells nothing of accounts"),
    "migrate": Command(reason="prepares a home and tells nothing of accounts"),
    "worker": Command(reason="runs the tasks, which are listed above"),
    "conflicts": Command(reason="the operator's own: it acts as nobody and may read everything"),
    "demo": Command(reason="fills an empty database"),
    "export": Command(tuple(f"export {kind} --as {{login}}" for kind in KINDS)),
    "export-person": Command(reason="the operator's own: it acts as nobody"),
    "import": Command(reason="the operator's own: it acts as nobody"),
    "password": Command(reason="the operator's own: it sets a password"),
    "search": Command(tuple(f"search {word} --as {{login}} --json" for word in SEARCHED)),
    "portfolio": Command(
        ("portfolio --as {login} --json", "portfolio --as {login} --from 2019-01")
    ),
    "sums": Command(reason="the operator's own: it adds up everything and tells one number"),
    "who-sees": Command(reason="the operator's own: it acts as nobody and may read everything"),
    "explain": Command(reason="the operator's own: it acts as nobody and may read everything"),
}


def unknown(arguments: Iterable[str]) -> dict[str, Any]:
    """How to fill an address so that it leads to nothing."""
    return {name: PARTS.get(name, UNKNOWN) for name in arguments}


@dataclass(frozen=True)
class Route:
    """One pattern of the address book."""

    name: str
    arguments: tuple[str, ...] = field(default=())

    @property
    def is_visited(self) -> bool:
        return self.name not in UNVISITED and (not self.arguments or self.name in ADDRESSES)

    @cached_property
    def is_at_the_gate(self) -> bool:
        return reverse(self.name, kwargs=unknown(self.arguments)).startswith(GATE)

    @property
    def is_in_the_walk(self) -> bool:
        return self.is_visited or self.name in UNVISITED


@cache
def routes() -> tuple[Route, ...]:
    return tuple(_routes(get_resolver()))


def _routes(resolver: Any, namespace: str = "", above: tuple[str, ...] = ()) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        arguments = (*above, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLPattern):
            yield Route(f"{namespace}{pattern.name}", arguments)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _routes(pattern, inner, arguments)
