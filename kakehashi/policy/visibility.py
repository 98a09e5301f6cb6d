"""Who sees which rows: every table of the schema in exactly one class.

A table missing here cannot be read by the application at all; a test compares this list with
`pg_class`. `apply()` states roles' grants, policies, functions and triggers, and changes only what
differs from what stands.
"""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction

from kakehashi.policy.roles import FUNCTIONS, LINE, SEES_COST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.backends.utils import CursorWrapper

SQL = Path(__file__).parent / "sql"

READ = "SELECT"
APPEND_ONLY = "SELECT, INSERT"
CHANGEABLE = "SELECT, UPDATE"
EDITABLE = "SELECT, INSERT, UPDATE"
REMOVABLE = "SELECT, INSERT, UPDATE, DELETE"
NOTHING = ""


ME = "(SELECT acting_person())"


class Class(enum.Enum):
    """What decides who sees a row."""

    WALLED = "seen with its account"
    FINANCE = "seen with its account's cost"
    SHARED = "seen by all our staff"
    OFFICER = "seen by conflicts officers"
    OWN = "seen by the person it belongs to"
    HISTORY = "seen as the row it tells of"
    INDEX = "found by whoever sees the row it leads to"
    CREDENTIALS = "never seen by the application"
    SYSTEM = "not seen; kept by the database, the worker or migrations"


class Past(enum.Enum):
    """Where it stands how a row was before: each table has exactly one of these."""

    RECORDED = "every change is written down, with who made it"
    ITSELF = "rows are added and stay as they are: the table is its own history"
    NONE = "not the agency's business, or derived from what is recorded"


WITHOUT_PAST = {
    Class.HISTORY: "it is the history",
    Class.INDEX: "derived from the rows it leads to",
    Class.CREDENTIALS: "secrets and sessions: no copy of them is kept anywhere",
    Class.SYSTEM: "kept by the database, the queue and migrations",
}


@dataclass(frozen=True)
class Table:
    """A table's class, the application's rights on it, and what widens its policy."""

    name: str
    kind: Class
    rights: str = NOTHING
    gate: str = NOTHING
    account: str = "account_id"
    person: str = "person_id"
    key: str = "id"
    also: str = ""
    also_add: str = ""
    instead: str = ""
    instead_write: str = ""
    instead_add: str = ""
    guard: str = ""
    finder: str = NOTHING
    part_of: str = ""  # the column that names the row on whose page its changes are told as well
    unkept: str = ""  # columns that no history keeps, separated by commas
    seen_as_row: bool = False  # whether its changes are seen by all our staff who see the row
    once: bool = False  # whether rows are completed once and never rewritten: its guard sees to it
    unrecorded: str = ""  # why changes of its rows are not written down

    @property
    def past(self) -> Past:
        """Where it stands how its rows were before."""
        if self.unrecorded or self.kind in WITHOUT_PAST:
            return Past.NONE
        return Past.ITSELF if self.once or self.rights == APPEND_ONLY else Past.RECORDED


def _rows(account: str, level: str = "rows") -> str:
    return f"""((SELECT acting_sees_everything('{level}'))
    OR ((SELECT acting_sees_all('{level}')) AND NOT EXISTS (
      SELECT FROM policy_denied d WHERE d.person_id = (SELECT acting_person())
        AND d.account_id = {account} AND d.since <= now()))
    OR {_grant(account, level)})"""


def _grant(account: str, level: str) -> str:
    """Sight of an account: looked up for each row, or in a hash of all where a table is swept.

    Both are the same question. PostgreSQL would always hash, which for somebody who sees 30,000
    accounts takes longer than a page; OFFSET 0 keeps it from that. Who sees all is asked for the
    few that they are denied.
    """
    seen = f"""SELECT FROM policy_sight s WHERE s.person_id = (SELECT acting_person())
        AND s.account_id = {account} AND s.level = '{level}' AND s.during @> now()"""
    return f"""CASE WHEN (SELECT acting_sweeps() AND NOT acting_sees_all('{level}'))
        THEN EXISTS ({seen})
      ELSE EXISTS ({seen} OFFSET 0) END"""


def _shared(table: str) -> str:
    """Rule 4: a client contact sees rows that were shared with the client."""
    return f"({table}.shared_at IS NOT NULL AND {_grant(f'{table}.account_id', 'shared')})"


def _said_by_client(table: str) -> dict[str, Any]:
    """What a client's contact reads, and may write as well: once, and never change."""
    return {"also": _shared(table), "also_add": _shared(table)}


def _filled_by_client(table: str) -> dict[str, Any]:
    """What a client's contact reads and fills in, and cannot add to."""
    seen = f"({_rows(f'{table}.account_id')} OR {_shared(table)})"
    return {"instead": seen, "instead_write": seen, "instead_add": _rows(f"{table}.account_id")}


def _ball() -> dict[str, Any]:
    """A ball: with its account; private, or without one, its asker, its holder and the officer.

    Who is to receive a seat sees what they are to confirm, as they see its sheet.
    """
    me, row = "(SELECT acting_person())", "handoffs_handoff"
    within = f"""({row}.account_id IS NULL OR {_rows(f"{row}.account_id")}
      OR {_grant(f"{row}.account_id", "name")})"""
    see = f"""((NOT {row}.private AND {row}.account_id IS NOT NULL AND {_rows(f"{row}.account_id")})
    OR (({row}.asked_of_id = {me} OR {row}.asked_by_id = {me} OR {OFFICER}
         OR (NOT {row}.private AND {row}.asked_of_id IN (SELECT acting_stands_in_for())))
        AND {within})
    OR {row}.id IN (SELECT acting_handover_balls()))"""
    add = f"""({row}.asked_by_id = {me} OR {row}.moved_from_id IS NOT NULL
      OR ({row}.subject_kind = 'approval' AND EXISTS (
        SELECT FROM approvals_step s JOIN approvals_circulation c ON c.id = s.circulation_id
        WHERE s.id = {row}.subject_id AND c.started_by_id = {row}.asked_by_id
          AND c.state <> 'withdrawn'))) AND {within}"""
    return {"instead": see, "instead_write": see, "instead_add": add}


def _notice() -> dict[str, Any]:
    """A notice: by whom it is for; of an account, while they see it or a handover they confirm."""
    row = "notify_notification"
    see = f"""({row}.person_id = (SELECT acting_person()) AND ({row}.account_id IS NULL
      OR {_rows(f"{row}.account_id")} OR {_grant(f"{row}.account_id", "name")}
      OR {row}.subject_id IN (SELECT acting_handover_balls())))"""
    return {"instead": see, "instead_write": see}


def _of_a_job(table: str, job: str, *, may_write: str) -> dict[str, Any]:
    """Rule 3: rows of a job are seen by who is assigned to it; one's own may be worked on.

    The table's guard says which columns those who see nothing but the job may write.
    """
    rows, mine = _rows(f"{table}.account_id"), f"{table}.{job} IN (SELECT acting_jobs())"
    return {
        "also": mine,
        "instead_write": f"({rows} OR ({may_write} = {ME} AND {mine}))",
        "instead_add": rows,
    }


def _review() -> dict[str, Any]:
    """What a client is shown of a job: by the client and the job's team; one of them answers it."""
    row = "traffic_review"
    team = f"{row}.job_id IN (SELECT acting_jobs())"
    theirs = f"({_shared(row)} AND {row}.asked_of_id = {ME})"
    return {
        "also": f"{_shared(row)} OR {team}",
        "instead_write": f"({_rows(f'{row}.account_id')} OR {theirs} OR {team})",
        "instead_add": _rows(f"{row}.account_id"),
    }


def _by_client(table: str, more: str) -> dict[str, Any]:
    """What a client's contact may write: on an account shared with them, in their own name."""
    theirs = f"({_shared(table)} AND {more})"
    return {"instead_add": f"({_rows(f'{table}.account_id')} OR {theirs})"}


def _codes(codes: Iterable[str]) -> str:
    return "ARRAY[" + ", ".join(f"'{code}'" for code in sorted(codes)) + "]::text[]"


def _request() -> dict[str, Any]:
    """A request: seen and answered by both sides; which moves are whose, its trigger says."""
    row, me = "requests_clientrequest", "(SELECT acting_person())"
    new = f"{row}.written_by_id = {me} AND {row}.recorded_by_id IS NULL AND {row}.state = 'waiting'"
    write = f"({_rows(f'{row}.account_id')} OR {_shared(row)})"
    return {"also": _shared(row), "instead_write": write, **_by_client(row, new)}


def _entry() -> dict[str, Any]:
    """An entry of a request: a client's contact says, answers and withdraws, nothing else."""
    row, me = "requests_entry", "(SELECT acting_person())"
    own = f"""{row}.by_id = {me} AND {row}.recorded_by_id IS NULL
      AND {row}.kind IN ('said', 'answered', 'withdrawn')"""
    return {"also": _shared(row), **_by_client(row, own)}


def _file() -> dict[str, Any]:
    row = "requests_file"
    own = f"{row}.by_id = (SELECT acting_person()) AND {row}.mail_id IS NULL"
    return {"also": _shared(row), **_by_client(row, own)}


def _file_bytes() -> dict[str, Any]:
    """The bytes of a file: with the file, whoever may see that or has just written it."""
    same = "EXISTS (SELECT FROM requests_file f WHERE f.id = requests_filebytes.file_id)"
    return {"instead": same, "instead_add": same}


def _mail() -> dict[str, Any]:
    """A mail that came in: with its account; of none, by administrators."""
    row = "requests_mail"
    see = f"""(({row}.account_id IS NOT NULL AND {_rows(f"{row}.account_id")})
    OR ({row}.account_id IS NULL AND {ADMINISTRATOR}))"""
    return {"instead": see}


def _target() -> dict[str, Any]:
    """A target: with its account, or any of its client; else by whom it is for, and who leads."""
    row, me = "money_target", "(SELECT acting_person())"
    leads = f"""EXISTS (SELECT FROM unnest({_codes(SEES_COST)}) role
        WHERE CASE WHEN {row}.office_id IS NOT NULL THEN acting_holds_over(role, {row}.office_id)
        ELSE acting_holds_over_person(role, {row}.person_id) END)"""
    see = f"""CASE WHEN {row}.account_id IS NOT NULL THEN {_rows(f"{row}.account_id")}
      WHEN {row}.company_id IS NOT NULL THEN acting_sees_family({row}.company_id)
      ELSE {row}.person_id = {me} OR {leads} END"""
    return {"instead": see, "instead_write": see, "instead_add": see}


STAFF = "(SELECT acting_is_staff())"
OFFICER = "(SELECT acting_has(ARRAY['conflicts_officer']))"
ADMINISTRATOR = "(SELECT acting_has(ARRAY['administrator']))"


def _consent() -> dict[str, Any]:
    """A request for consent: whom it asks, while they see the account, and the officer."""
    row = "conflicts_consentrequest"
    see = f"""({OFFICER} OR ({row}.person_id = (SELECT acting_person())
      AND ({_rows(f"{row}.account_id")} OR {_grant(f"{row}.account_id", "name")})))"""
    return {"instead": see, "instead_write": see, "instead_add": OFFICER}


WALLED = [
    Table(
        "clients_account",
        Class.WALLED,
        EDITABLE,
        account="id",
        also=_grant("clients_account.id", "name"),
    ),
    Table("clients_statuschange", Class.WALLED, APPEND_ONLY),
    Table("clients_accountbrand", Class.WALLED, EDITABLE, part_of="account_id"),
    Table(
        "clients_contact",
        Class.WALLED,
        EDITABLE,
        also=_shared("clients_contact"),
        part_of="account_id",
    ),
    Table(
        "clients_seat",
        Class.WALLED,
        EDITABLE,
        also=_grant("clients_seat.account_id", "shared"),
        part_of="account_id",
    ),
    Table("clients_fact", Class.WALLED, EDITABLE, part_of="account_id"),
    Table(
        "clients_handover",
        Class.WALLED,
        EDITABLE,
        also="clients_handover.id IN (SELECT acting_handovers())",
        part_of="account_id",
        seen_as_row=True,
    ),
    Table(
        "clients_handoverconfirmation",
        Class.WALLED,
        APPEND_ONLY,
        also="clients_handoverconfirmation.handover_id IN (SELECT acting_handovers())",
        also_add="clients_handoverconfirmation.handover_id IN (SELECT acting_handovers())",
    ),
    Table(
        "traffic_job",
        Class.WALLED,
        EDITABLE,
        guard="policy_guard_job()",
        seen_as_row=True,
        **_of_a_job("traffic_job", "id", may_write="traffic_job.made_by_id"),
    ),
    Table(
        "traffic_jobcount", Class.WALLED, EDITABLE, unrecorded="a counter: jobs carry their numbers"
    ),
    Table(
        "traffic_statechange",
        Class.WALLED,
        APPEND_ONLY,
        also="traffic_statechange.job_id IN (SELECT acting_jobs())",
        also_add=f"""(traffic_statechange.by_id = {ME}
      AND traffic_statechange.line = 'production'
      AND traffic_statechange.job_id IN (SELECT acting_jobs()))""",
    ),
    Table(
        "traffic_changerequest",
        Class.WALLED,
        APPEND_ONLY,
        also="traffic_changerequest.job_id IN (SELECT acting_jobs())",
    ),
    Table(
        "traffic_review",
        Class.WALLED,
        EDITABLE,
        guard="policy_guard_only('verdict,said,answered_by_id,answered_at,closed_at')",
        part_of="job_id",
        seen_as_row=True,
        **_review(),
    ),
    Table(
        "traffic_task",
        Class.WALLED,
        REMOVABLE,
        guard="policy_guard_task()",
        part_of="job_id",
        seen_as_row=True,
        **_of_a_job("traffic_task", "job_id", may_write="traffic_task.person_id"),
    ),
    Table(
        "traffic_dependency",
        Class.WALLED,
        REMOVABLE,
        also="traffic_dependency.job_id IN (SELECT acting_jobs())",
        part_of="job_id",
        seen_as_row=True,
    ),
    Table(
        "traffic_assignment",
        Class.WALLED,
        EDITABLE,
        also="traffic_assignment.job_id IN (SELECT acting_jobs())",
        part_of="job_id",
        seen_as_row=True,
    ),
    Table("money_revenue", Class.WALLED, EDITABLE),
    Table("money_monthsum", Class.WALLED, READ, unrecorded="added up from what is recorded"),
    Table("money_calendarsum", Class.WALLED, READ, unrecorded="added up from what is recorded"),
    Table("money_yearsum", Class.WALLED, READ, unrecorded="added up from what is recorded"),
    Table("money_target", Class.WALLED, EDITABLE, seen_as_row=True, **_target()),
    Table(
        "handoffs_handoff",
        Class.WALLED,
        EDITABLE,
        guard="policy_guard_handoff()",
        once=True,
        **_ball(),
    ),
    Table(
        "handoffs_reminder",
        Class.WALLED,
        APPEND_ONLY,
        instead="""EXISTS (
      SELECT FROM handoffs_handoff h WHERE h.id = handoffs_reminder.handoff_id)""",
        instead_add="""handoffs_reminder.by_id = (SELECT acting_person()) AND EXISTS (
      SELECT FROM handoffs_handoff h WHERE h.id = handoffs_reminder.handoff_id)""",
    ),
    Table(
        "conflicts_receipt",
        Class.WALLED,
        EDITABLE,
        instead_write=OFFICER,
        instead_add=f"""conflicts_receipt.asked_by_id = (SELECT acting_person())
      AND conflicts_receipt.outcome = '' AND {_rows("conflicts_receipt.account_id")}""",
    ),
    Table(
        "notify_notification",
        Class.WALLED,
        CHANGEABLE,
        unrecorded="tells of what is recorded where it happened",
        **_notice(),
    ),
    Table(
        "approvals_circulation",
        Class.WALLED,
        EDITABLE,
        also=_shared("approvals_circulation"),
        guard="policy_guard_only('state,ended_at,reason,version')",
    ),
    Table(
        "approvals_step",
        Class.WALLED,
        APPEND_ONLY,
        also=_shared("approvals_step"),
    ),
    Table("briefs_direction", Class.WALLED, EDITABLE, part_of="account_id"),
    Table("briefs_researchnote", Class.WALLED, EDITABLE, part_of="account_id"),
    Table("briefs_brief", Class.WALLED, EDITABLE, also=_shared("briefs_brief")),
    Table(
        "briefs_section",
        Class.WALLED,
        EDITABLE,
        part_of="brief_id",
        **_filled_by_client("briefs_section"),
    ),
    Table(
        "briefs_briefversion",
        Class.WALLED,
        APPEND_ONLY,
        also="""(EXISTS (
      SELECT FROM approvals_circulation c
      WHERE c.subject_id = briefs_briefversion.id AND c.shared_at IS NOT NULL)
    OR EXISTS (
      SELECT FROM traffic_job j
      WHERE j.brief_version_id = briefs_briefversion.id AND j.id IN (SELECT acting_jobs())))""",
    ),
    Table("briefs_internalcomment", Class.WALLED, APPEND_ONLY),
    Table(
        "briefs_sharedcomment",
        Class.WALLED,
        APPEND_ONLY,
        **_said_by_client("briefs_sharedcomment"),
    ),
    Table("briefs_citation", Class.WALLED, REMOVABLE, part_of="brief_id"),
    Table("briefs_objection", Class.WALLED, EDITABLE, part_of="brief_id"),
    Table(
        "approvals_decision",
        Class.WALLED,
        APPEND_ONLY,
        **_said_by_client("approvals_decision"),
    ),
    Table(
        "approvals_takenback",
        Class.WALLED,
        APPEND_ONLY,
        **_said_by_client("approvals_takenback"),
    ),
    Table(
        "requests_clientrequest",
        Class.WALLED,
        EDITABLE,
        guard="policy_guard_request()",
        **_request(),
    ),
    Table("requests_entry", Class.WALLED, APPEND_ONLY, **_entry()),
    Table("requests_note", Class.WALLED, APPEND_ONLY),
    Table(
        "requests_mail",
        Class.WALLED,
        CHANGEABLE,
        part_of="request_id",
        seen_as_row=True,
        unkept="key,message_id,to_address,sender_address,sender_name,subject,text,covering,remark",
        **_mail(),
    ),
    Table("requests_file", Class.WALLED, EDITABLE, part_of="request_id", **_file()),
    Table(
        "requests_filebytes",
        Class.WALLED,
        APPEND_ONLY,
        key="file_id",
        **_file_bytes(),
    ),
]
FINANCE = [
    Table("money_revenuecost", Class.FINANCE, EDITABLE, key="revenue_id"),
    Table("money_monthcost", Class.FINANCE, READ, unrecorded="added up from what is recorded"),
    Table("money_calendarcost", Class.FINANCE, READ, unrecorded="added up from what is recorded"),
]
SHARED = [
    Table("people_office", Class.SHARED, EDITABLE),
    Table("people_employment", Class.SHARED, REMOVABLE, part_of="person_id"),
    Table("people_reportingline", Class.SHARED, REMOVABLE, part_of="person_id"),
    Table("people_role", Class.SHARED, REMOVABLE, part_of="person_id"),
    Table("people_absence", Class.SHARED, REMOVABLE, part_of="person_id"),
    Table("people_officehours", Class.SHARED, REMOVABLE, part_of="office_id"),
    Table("people_dayoff", Class.SHARED, REMOVABLE, part_of="office_id"),
    Table("people_workingpattern", Class.SHARED, REMOVABLE, part_of="person_id"),
    Table("people_departure", Class.SHARED, APPEND_ONLY),
    Table(
        "people_person",
        Class.SHARED,
        EDITABLE,
        instead=f"""(people_person.id = (SELECT acting_person())
    OR (people_person.side = 'ours' AND {STAFF})
    OR acting_knows(people_person.id))""",
        seen_as_row=True,
    ),
    Table(
        "clients_company",
        Class.SHARED,
        EDITABLE,
        also="acting_knows_company(clients_company.id)",
    ),
    Table("clients_companyname", Class.SHARED, REMOVABLE, part_of="company_id"),
    Table("clients_brand", Class.SHARED, EDITABLE, part_of="company_id"),
    Table("traffic_numberpattern", Class.SHARED, APPEND_ONLY),
    Table("traffic_template", Class.SHARED, EDITABLE),
    Table("traffic_templatetask", Class.SHARED, REMOVABLE, part_of="template_id"),
    # What is advertised is a vocabulary of everybody's; only officers write it.
    Table("conflicts_scheme", Class.SHARED, EDITABLE, instead_write=OFFICER),
    Table("conflicts_category", Class.SHARED, EDITABLE, instead_write=OFFICER, part_of="scheme_id"),
    Table(
        "conflicts_categoryword",
        Class.SHARED,
        REMOVABLE,
        instead_write=OFFICER,
        part_of="category_id",
    ),
    Table(
        "conflicts_categorylink",
        Class.SHARED,
        REMOVABLE,
        instead_write=OFFICER,
        part_of="category_id",
    ),
    Table(
        "money_yearkept", Class.SHARED, READ, key="last", unrecorded="how far years are added up"
    ),
    Table("handoffs_desk", Class.SHARED, EDITABLE),
    Table("handoffs_keeper", Class.SHARED, EDITABLE, part_of="desk_id"),
    Table("briefs_template", Class.SHARED, EDITABLE),
    Table("briefs_templatesection", Class.SHARED, REMOVABLE, part_of="template_id"),
    Table(
        "notify_bounce",
        Class.SHARED,
        READ,
        instead=f"""((notify_bounce.person_id = (SELECT acting_person())
      OR ({STAFF} AND EXISTS (
        SELECT FROM people_person p WHERE p.id = notify_bounce.person_id)))
    OR (notify_bounce.person_id IS NULL AND {ADMINISTRATOR}))""",
        unrecorded="what a mail server answered",
    ),
]
OFFICERS = [
    Table("conflicts_wall", Class.OFFICER, EDITABLE),
    Table("conflicts_denial", Class.OFFICER, EDITABLE, part_of="wall_id"),
    Table("conflicts_side", Class.OFFICER, EDITABLE, part_of="wall_id"),
    Table("conflicts_siderule", Class.OFFICER, "SELECT, INSERT, DELETE", part_of="side_id"),
    Table("conflicts_member", Class.OFFICER, READ, part_of="wall_id"),
    Table("conflicts_behind", Class.OFFICER, READ, part_of="wall_id"),
    Table("conflicts_exemption", Class.OFFICER, EDITABLE, part_of="wall_id"),
    Table("conflicts_seatpermit", Class.OFFICER, EDITABLE),
    Table("conflicts_told", Class.OFFICER, APPEND_ONLY),
    Table("conflicts_decision", Class.OFFICER, APPEND_ONLY),
    Table("conflicts_attempt", Class.OFFICER, READ, gate="INSERT", once=True),
    Table("conflicts_categorypair", Class.OFFICER, REMOVABLE),
    Table("conflicts_commitment", Class.OFFICER, EDITABLE),
    Table("conflicts_commitmentcategory", Class.OFFICER, REMOVABLE, part_of="commitment_id"),
    Table("conflicts_namedcompetitor", Class.OFFICER, REMOVABLE, part_of="commitment_id"),
    Table("conflicts_mediaadjacency", Class.OFFICER, REMOVABLE),
    Table("conflicts_rivalry", Class.OFFICER, REMOVABLE),
    Table("conflicts_policy", Class.OFFICER, EDITABLE),
    Table("conflicts_recheck", Class.OFFICER, EDITABLE, unrecorded="how far a task is"),
    Table(
        "conflicts_check",
        Class.OFFICER,
        EDITABLE,
        also_add=f"({STAFF} AND conflicts_check.asked_by_id = (SELECT acting_person()))",
    ),
    Table("conflicts_hit", Class.OFFICER, APPEND_ONLY),
    Table("conflicts_consent", Class.OFFICER, EDITABLE),
]
OWN = [
    Table("policy_sight", Class.OWN, READ, finder=READ, unrecorded="derived from what is recorded"),
    Table("policy_overview", Class.OWN, READ, unrecorded="derived from what is recorded"),
    Table(
        "policy_denied", Class.OWN, READ, finder=READ, unrecorded="derived from what is recorded"
    ),
    Table(
        "conflicts_wallnotice",
        Class.OWN,
        EDITABLE,
        also=OFFICER,
        also_add=OFFICER,
        seen_as_row=True,
    ),
    Table(
        "conflicts_consentrequest",
        Class.OWN,
        EDITABLE,
        guard="policy_guard_consent()",
        once=True,
        **_consent(),
    ),
    Table(
        "imports_upload",
        Class.OWN,
        EDITABLE,
        unrecorded="a file on its way in: what it changes is recorded",
    ),
    Table("imports_mapping", Class.OWN, EDITABLE, unrecorded="what was chosen last time"),
    Table(
        "imports_importrun",
        Class.OWN,
        EDITABLE,
        also=ADMINISTRATOR,
        unrecorded="tells of itself: what it changes is recorded",
    ),
    Table("imports_importproblem", Class.OWN, REMOVABLE, unrecorded="tells of a run"),
    Table("imports_exportrun", Class.OWN, EDITABLE, unrecorded="tells of itself"),
    Table("money_tally", Class.OWN, REMOVABLE, unrecorded="sums of what is recorded, for a day"),
    Table("search_visit", Class.OWN, REMOVABLE, unrecorded="one's own way through the program"),
    Table("search_pin", Class.OWN, REMOVABLE, unrecorded="one's own way through the program"),
    Table("notify_preference", Class.OWN, EDITABLE, unrecorded="one's own settings"),
]
HISTORY = [Table("policy_change", Class.HISTORY, READ)]
INDEX = [Table("search_entry", Class.INDEX, READ, finder=READ)]
CREDENTIALS = [
    Table("people_login", Class.CREDENTIALS, gate=EDITABLE),
    Table("api_feed", Class.CREDENTIALS, gate="SELECT, UPDATE"),
    Table("account_emailaddress", Class.CREDENTIALS, gate=REMOVABLE),
    Table("account_emailconfirmation", Class.CREDENTIALS),
    Table("mfa_authenticator", Class.CREDENTIALS, gate=REMOVABLE),
    Table("usersessions_usersession", Class.CREDENTIALS, gate=REMOVABLE),
    Table("django_session", Class.CREDENTIALS, gate=REMOVABLE),
    Table("policy_cache", Class.CREDENTIALS, gate=REMOVABLE),
]
SYSTEM = [
    Table(name, Class.SYSTEM)
    for name in (
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "django_content_type",
        "django_migrations",
        "policy_accountabove",
        "policy_officeabove",
        "policy_superior",
        "policy_stated",
        "procrastinate_jobs",
        "procrastinate_events",
        "procrastinate_periodic_defers",
        "procrastinate_workers",
    )
] + [
    Table("notify_mail", Class.SYSTEM, gate="INSERT"),
]
TABLES: dict[str, Table] = {
    table.name: table
    for group in (WALLED, FINANCE, SHARED, OFFICERS, OWN, HISTORY, INDEX, CREDENTIALS, SYSTEM)
    for table in group
}

# Tasks and commands that act as nobody in particular, each with what it may be trusted with.
SYSTEM_TASKS = {
    "command": "an operator's command line, which could read the database anyway",
    "clear_old_files": "removes uploads after a month, exports after a day",
    "send_mail": "reads the outbox and marks what was sent",
    "write_mails": "writes down which mails are due; what they say is rendered as their reader",
    "clear_old_mail": "removes mail and notices after their time",
    "carry_on_approval": "asks who is next after what a client's contact has decided",
    "take_in_mail": "files mail that came in to what it belongs to, or holds it for somebody",
    "pass_stranded": "gives a ball whose holder cannot answer it to somebody who can",
    "carry_on_review": "moves a job on after what a client's contact has said of the work",
    "settle_team": "ends assignments to jobs on which somebody has nothing left to do",
    "keep_years": "adds up what accounts brought in twelve months, for whoever sees them",
    "clear_old_tallies": "removes portfolios that were added up, after a day",
    "watch_walls": "finds the officers in whose name walls are looked after",
    "retry_stalled": "puts jobs of a dead worker back into the queue",
    "send_invitation": "tells an invited person how to sign in",
    "close_sign_in": "closes the sign-in of somebody whose last day is over",
    "settle_departure": "ends what somebody who left still holds behind a wall",
    "forget_everywhere": "anonymises a person also where the administrator sees nothing",
}

# Sources of the wall and the function that keeps sight in line with them.
SOURCES = {
    "people_office": "policy_on_people_office()",
    "people_role": "policy_on_people_role()",
    "people_employment": "policy_on_people_employment()",
    "people_reportingline": "policy_on_people_reportingline()",
    "clients_account": "policy_on_clients_account()",
    "clients_seat": "policy_on_pair('with superiors')",
    "clients_contact": "policy_on_pair('alone')",
    "traffic_assignment": "policy_on_pair('alone')",
    "conflicts_denial": "policy_on_pair('alone')",
}
# What decides who stands on which side of a wall, and what is behind it.
SIDES = {
    "people_office": "policy_walls_on_office()",
    "people_employment": "policy_walls_on_person()",
    "clients_seat": "policy_walls_on_person()",
    "clients_account": "policy_walls_on_account()",
    "clients_company": "policy_walls_on_company()",
    "conflicts_wall": "policy_walls_on_wall()",
    "conflicts_siderule": "policy_walls_on_rule()",
    "conflicts_exemption": "policy_walls_on_exemption()",
}
# What is added up beforehand, in the transaction that changes it.
SUMMED = {
    "money_revenue": "policy_sum_months()",
    "money_revenuecost": "policy_sum_costs()",
    "money_monthsum": "policy_sum_years()",
    "money_monthcost": "policy_sum_cost_years()",
}
# What is found by search, in the order in which equals are shown: the columns that matter to it.
FOUND = {
    "clients_account": "code company_id name name_kana name_en status",
    "people_person": "name name_kana name_en handle email side anonymised_at",
    "clients_contact": "account_id person_id department title shared_at left_on",
    "clients_company": "code corporate_number lei registration_number folded name_kana name_en",
    "clients_brand": "company_id name name_kana name_en",
    "people_office": "code name name_en closed_on",
    "handoffs_handoff": "account_id title side private asked_of_id asked_by_id answered_at",
    "requests_clientrequest": "account_id title shared_at settled_at",
    "traffic_job": "account_id number title closed_at",
    "briefs_brief": "account_id title work state followed_at shared_at",
}
# Tables whose rows are other words for a row of another: its key, its table, what matters.
OTHER_WORDS = {
    "clients_companyname": ("company_id", "clients_company", "company_id folded"),
}
EVENTS = {
    "INSERT": "REFERENCING NEW TABLE AS made",
    "UPDATE": "REFERENCING OLD TABLE AS gone NEW TABLE AS made",
    "DELETE": "REFERENCING OLD TABLE AS gone",
}


def role(name: str) -> str:
    """The database role of that part: roles are named after the database."""
    return f"{settings.DB_NAME}_{name}"


def policies(table: Table) -> dict[str, str]:
    """Each policy of a table by name, as it is stated."""
    stated = {
        "owner": f"FOR ALL TO {role('owner')} USING (true) WITH CHECK (true)",
        "system": f"FOR ALL TO {role('worker')} USING (true) WITH CHECK (true)",
    }
    if table.finder:
        stated["find"] = f"FOR SELECT TO {role('search')} USING (true)"
    if table.gate:
        stated["gate"] = f"FOR ALL TO {role('gate')} USING (true) WITH CHECK (true)"
    if not table.rights:
        return stated
    see, write = _who(table)
    app = role("app")
    stated["see"] = f"FOR SELECT TO {app} USING ({see})"
    add = table.instead_add or (f"({write}) OR {table.also_add}" if table.also_add else write)
    for privilege, text in (
        ("INSERT", f"FOR INSERT TO {app} WITH CHECK ({add})"),
        ("UPDATE", f"FOR UPDATE TO {app} USING ({write}) WITH CHECK ({write})"),
        ("DELETE", f"FOR DELETE TO {app} USING ({write})"),
    ):
        if privilege in table.rights:
            stated[privilege.lower()] = text
    if table.kind in {Class.WALLED, Class.FINANCE}:
        stated["scope"] = f"AS RESTRICTIVE FOR ALL TO {app} USING ({_scope(table)})"
    return stated


def _scope(table: Table) -> str:
    """A token may be cut down to some accounts."""
    return f"(SELECT acting_unscoped()) OR {_column(table)} IN (SELECT acting_scope())"


def _column(table: Table) -> str:
    return f"{table.name}.{table.account}"


def _who(table: Table) -> tuple[str, str]:
    """Who sees a row, and who may write one."""
    if table.kind is Class.WALLED:
        write = _rows(_column(table))
    elif table.kind is Class.FINANCE:
        write = f"(SELECT acting_may_see_cost()) AND {_rows(_column(table), 'cost')}"
    elif table.kind is Class.OFFICER:
        write = OFFICER
    elif table.kind is Class.OWN:
        write = f"{table.name}.{table.person} = (SELECT acting_person())"
    elif table.kind is Class.HISTORY:
        write = _history()
    elif table.kind is Class.INDEX:
        write = seen_as_found(table.name)
    else:
        write = STAFF
    see = table.instead or write
    write = table.instead_write or write
    return (f"{see} OR {table.also}" if table.also else see), write


def _history() -> str:
    """A change is seen as the row it tells of: under the same class, by our staff only."""
    account = "policy_change.account_id"
    scope = f"((SELECT acting_unscoped()) OR {account} IN (SELECT acting_scope()))"
    cost = f"(SELECT acting_may_see_cost()) AND {_rows(account, 'cost')}"
    kinds = {
        Class.WALLED: f"{scope} AND {_rows(account)}",
        Class.FINANCE: f"{scope} AND {cost}",
        Class.SHARED: STAFF,
        Class.OFFICER: OFFICER,
    }
    recorded = [table for table in TABLES.values() if table.past is Past.RECORDED]
    cases = [f"WHEN policy_change.source = '{t.name}' THEN {_seen_as_row(t)}"
             for t in recorded if t.seen_as_row]  # fmt: skip
    for kind, seen in kinds.items():
        names = [f"'{t.name}'" for t in recorded if t.kind is kind and not t.seen_as_row]
        cases.append(f"WHEN policy_change.source IN ({', '.join(names)}) THEN {seen}")
    listed = "\n      ".join(cases)
    return f"""CASE
      {listed}
      ELSE false END"""


def _seen_as_row(table: Table) -> str:
    """Seen by whoever sees the row; where it is gone, by whoever sees the account it was of."""
    account = "policy_change.account_id"
    seen = f"""EXISTS (SELECT FROM {table.name} r
        WHERE r.{table.key} = policy_change.row::uuid OFFSET 0)"""
    if table.kind is Class.WALLED:
        scope = f"((SELECT acting_unscoped()) OR {account} IN (SELECT acting_scope()))"
        seen = f"({seen} OR ({account} IS NOT NULL AND {scope} AND {_rows(account)}))"
    return f"{STAFF} AND {seen}"


def seen_as_found(entry: str) -> str:
    """Whether an entry of the index is seen: the wall of the row it leads to, in its words."""
    cases = "\n".join(f"      WHEN '{name}' THEN {_as_entry(name, entry)}" for name in FOUND)
    return f"""((NOT {entry}.for_staff OR {STAFF}) AND CASE {entry}.source
{cases}
      ELSE false END)"""


def _as_entry(name: str, entry: str) -> str:
    table = TABLES[name]
    see, _write = _who(table)
    if table.kind is Class.WALLED:
        see = f"({see}) AND ({_scope(table)})"
    return see.replace(f"{name}.{table.key}", f"{entry}.row_id").replace(f"{name}.", f"{entry}.")


def rights(table: Table) -> dict[str, str]:
    """The rights of each role on a table."""
    worker = NOTHING if table.kind is Class.CREDENTIALS else REMOVABLE
    return {
        "app": table.rights,
        "gate": table.gate,
        "search": table.finder,
        "worker": worker,
    }


def statements(table: Table) -> Iterator[str]:
    """Everything that is to be true of a table, in the order it has to be said."""
    yield f"ALTER TABLE {table.name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table.name} FORCE ROW LEVEL SECURITY"
    for who, allowed in rights(table).items():
        yield f"REVOKE ALL ON {table.name} FROM {role(who)}"
        if allowed:
            yield f"GRANT {allowed} ON {table.name} TO {role(who)}"
    for name, text in policies(table).items():
        if text.startswith("AS RESTRICTIVE"):
            yield f"CREATE POLICY {name} ON {table.name} {text}"
        else:
            yield f"CREATE POLICY {name} ON {table.name} AS PERMISSIVE {text}"
    if table.past is not Past.RECORDED:
        for event in EVENTS:
            yield f"DROP TRIGGER IF EXISTS policy_track_{event.lower()} ON {table.name}"
    yield from _triggers(table)


def _triggers(table: Table) -> Iterator[str]:
    wanted = []
    if table.name in SOURCES:
        wanted.append(("sight", SOURCES[table.name]))
    if table.past is Past.RECORDED:
        told = f"'{table.key}', '{table.account}', '{table.part_of}', '{table.unkept}'"
        wanted.append(("track", f"policy_track({told})"))
    if table.name in SIDES:  # after sight: the closures of offices and accounts stand by then
        wanted.append(("walls", SIDES[table.name]))
    if table.name in SUMMED:
        wanted.append(("sums", SUMMED[table.name]))
    if table.name in FOUND:
        call = f"search_on_change('{FOUND[table.name]}', '{table.key}', '{table.name}')"
        wanted.append(("words", call))  # last: it waits for rows, the wall's own lock comes first
    elif table.name in OTHER_WORDS:
        key, of, columns = OTHER_WORDS[table.name]
        wanted.append(("words", f"search_on_change('{columns}', '{key}', '{of}')"))
    if table.guard:
        yield (
            f"CREATE OR REPLACE TRIGGER policy_guard BEFORE INSERT OR UPDATE ON {table.name}"
            f" FOR EACH ROW EXECUTE FUNCTION {table.guard}"
        )
    for name, call in wanted:
        for event, transition in EVENTS.items():
            yield (
                f"CREATE OR REPLACE TRIGGER policy_{name}_{event.lower()}"
                f" AFTER {event} ON {table.name} {transition}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {call}"
            )


WITH_THE_WALL = {"search": "finding", "called": "narrowing"}
"""Files of functions in which the wall itself is written, and what stating them is called."""


def functions() -> str:
    """The SQL of all functions, with the role codes written in."""
    text = "\n".join(
        path.read_text() for path in sorted(SQL.glob("*.sql")) if path.stem not in WITH_THE_WALL
    )
    for name, codes in (("$LINE", LINE), ("$FUNCTIONS", FUNCTIONS), ("$COST", SEES_COST)):
        listed = ", ".join(f"'{code}'" for code in sorted(codes))
        text = text.replace(name, f"ARRAY[{listed}]::text[]")
    return text


def with_the_wall(file: str) -> str:
    """SQL of the index of names or of what looks in it, with the wall written in."""
    text = (SQL / f"{file}.sql").read_text()
    written = {
        "$INDEXED": "ARRAY['" + "', '".join(FOUND) + "']",
        "$SEEN": seen_as_found("e"),
        "$FINDER": role("search"),
        "$APP": role("app"),
        "$WORKER": role("worker"),
    }
    for name, meant in written.items():
        text = text.replace(name, meant)
    return text


def apply() -> list[str]:
    """State roles' grants, policies, functions and triggers; returns the names of what changed."""
    with transaction.atomic(), connection.cursor() as cursor:
        stated = _stated(cursor)
        changed = list(_state_functions(cursor, stated))
        standing = _standing(cursor)
        for table in TABLES.values():
            text = list(statements(table))
            fresh = _digest("\n".join(text))
            if stated.get(table.name) == fresh and standing.get(table.name) == _wanted(table):
                continue
            _drop_policies(cursor, table)
            for statement in text:
                cursor.execute(statement)
            _remember(cursor, table.name, fresh)
            changed.append(table.name)
        if "functions" in changed:
            cursor.execute("SELECT policy_rebuild()")
        if "finding" in changed:
            cursor.execute("SELECT search_rebuild()")
        if not SUMMED.keys().isdisjoint(changed):  # what adds up may not have been there before
            cursor.execute("SELECT policy_count_months()")
    return changed


def differences() -> list[str]:
    """Names of tables and functions whose rights or policies are not as stated here."""
    with connection.cursor() as cursor:
        stated, standing = _stated(cursor), _standing(cursor)
    found = [name for name, text in _functions().items() if stated.get(name) != text[1]]
    for table in TABLES.values():
        fresh = _digest("\n".join(statements(table)))
        if stated.get(table.name) != fresh or standing.get(table.name) != _wanted(table):
            found.append(table.name)
    return found


def _functions() -> dict[str, tuple[str, str]]:
    """The SQL of all functions by name, and what tells one state of it from another."""
    wanted = {"functions": functions()}
    wanted |= {name: with_the_wall(file) for file, name in WITH_THE_WALL.items()}
    return {name: (text, _digest(text + _execute_rights())) for name, text in wanted.items()}


def _state_functions(cursor: CursorWrapper, stated: dict[str, str]) -> Iterator[str]:
    wanted = _functions()
    changed = [name for name, (_text, digest) in wanted.items() if stated.get(name) != digest]
    if not changed:
        return
    cursor.execute("SET LOCAL check_function_bodies = off")
    for name in changed:
        text, digest = wanted[name]
        cursor.execute(text)
        _remember(cursor, name, digest)
    cursor.execute(_execute_rights())
    yield from changed


def _execute_rights() -> str:
    """Nobody may call the wall's own functions; the application may ask who acts."""
    app, gate, worker, finder = role("app"), role("gate"), role("worker"), role("search")
    return f"""
DO $do$
DECLARE f record;
BEGIN
  FOR f IN SELECT p.oid::regprocedure AS name, p.proname FROM pg_proc p
           WHERE p.pronamespace = 'public'::regnamespace
             AND p.proowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
             AND p.prokind = 'f' LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, {app}, {gate}, {worker}, {finder}',
                   f.name);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {worker}', f.name);
    IF f.proname LIKE 'acting\\_%' THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {app}, {finder}', f.name);
    ELSIF f.proname = ANY ('{{search_letters,search_plain,search_sound,search_grams,search_needs,
                            search_alike,search_patterns,search_fits,search_is_alike,
                            search_slice,search_hour,search_slices}}') THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {finder}', f.name);
    END IF;
  END LOOP;
  GRANT USAGE ON SCHEMA public TO {app}, {gate}, {worker};
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {worker};
  IF to_regproc('procrastinate_defer_jobs_v1') IS NOT NULL THEN
    ALTER FUNCTION procrastinate_defer_jobs_v1(procrastinate_job_to_defer_v1[])
      SECURITY DEFINER SET search_path = public, pg_temp;
    GRANT EXECUTE ON FUNCTION procrastinate_defer_jobs_v1(procrastinate_job_to_defer_v1[])
      TO {app}, {gate};
  END IF;
END $do$;
"""


def _stated(cursor: CursorWrapper) -> dict[str, str]:
    cursor.execute("SELECT name, digest FROM policy_stated")
    return dict(cursor.fetchall())


def _remember(cursor: CursorWrapper, name: str, digest: str) -> None:
    cursor.execute(
        "INSERT INTO policy_stated (name, digest) VALUES (%s, %s)"
        " ON CONFLICT (name) DO UPDATE SET digest = EXCLUDED.digest",
        [name, digest],
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


Standing = tuple[bool, bool, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]


def _wanted(table: Table) -> Standing:
    granted = tuple(
        (who, tuple(sorted(p for p in allowed.split(", ") if p)))
        for who, allowed in sorted(rights(table).items())
    )
    return True, True, tuple(sorted(policies(table))), granted


def _standing(cursor: CursorWrapper) -> dict[str, Standing]:
    """What PostgreSQL says of each table now: row security, policies, rights of each role."""
    cursor.execute(
        """
        SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
               ARRAY(SELECT p.polname::text FROM pg_policy p WHERE p.polrelid = c.oid
                     ORDER BY p.polname::text COLLATE "C"),
               (SELECT json_object_agg(w.who, ARRAY(
                  SELECT x.privilege_type FROM aclexplode(c.relacl) x
                  JOIN pg_roles g ON g.oid = x.grantee
                  WHERE g.rolname = w.name ORDER BY x.privilege_type COLLATE "C"))
                FROM (VALUES ('app', %s), ('gate', %s), ('search', %s), ('worker', %s))
                  AS w(who, name))
        FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        """,
        [role("app"), role("gate"), role("search"), role("worker")],
    )
    return {
        name: (
            secured,
            forced,
            tuple(names),
            tuple((who, tuple(granted)) for who, granted in sorted(acl.items())),
        )
        for name, secured, forced, names, acl in cursor.fetchall()
    }


def _drop_policies(cursor: CursorWrapper, table: Table) -> None:
    cursor.execute("SELECT polname FROM pg_policy WHERE polrelid = %s::regclass", [table.name])
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP POLICY "{name}" ON {table.name}')
