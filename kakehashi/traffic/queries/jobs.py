"""Jobs as lists and the board show them: filtered, by pages, with what is late on each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, OuterRef, Q, Subquery, prefetch_related_objects
from django.db.models.functions import Now

from kakehashi.base.text import nfkc
from kakehashi.clients.models import Seat
from kakehashi.clients.queries.keyset import SIZE, Column, Page, beyond, cut, page
from kakehashi.clients.queries.words import holds
from kakehashi.policy.access import looked_up, narrow
from kakehashi.policy.acting import current
from kakehashi.policy.models import Sight
from kakehashi.policy.rows import during
from kakehashi.traffic import states
from kakehashi.traffic.models import Job, Task
from kakehashi.traffic.models.jobs import IS_OPEN

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kakehashi.people.models import Person

MINE, ACCOUNTS = "mine", "accounts"
SORTS = ("live", "number", "opened")
COLUMNS = (
    states.PROPOSED,
    states.IN_PRODUCTION,
    states.INTERNAL_REVIEW,
    states.CLIENT_REVIEW,
    states.RELEASED,
    states.DELIVERED,
    states.ON_HOLD,
)
"""States of production that the board has a column for; what was cancelled is in the list."""
WITH = ("account", "run_by")
CARDS = 15
COUNTED = 1_000
LOOKED_THROUGH = 600  # jobs among which a page is found of those whose name holds a common word
ASSIGNED = 2_000
WORKED_ON = frozenset(states.LINES[states.PRODUCTION]) - states.ENDED - {states.RELEASED}


@dataclass(frozen=True)
class Filters:
    """What a reader asks the list and the board for. Only open jobs, unless `closed`."""

    q: str = ""
    account: UUID | None = None
    kind: str = ""
    production: str = ""
    billing: str = ""
    whose: str = ""
    late: bool = False
    closed: bool = False
    first: dt.date | None = None
    last: dt.date | None = None
    sort: str = "live"
    descending: bool = False


@dataclass
class Row:
    """A job in a list, and what of it is late."""

    job: Job
    late_tasks: int = 0
    is_late: bool = False


@dataclass(frozen=True)
class CardColumn:
    """A column of the board: some of its cards, how many there are, the key to go on from."""

    state: str
    label: str
    rows: list[Row] = field(default_factory=list)
    count: int = 0
    more: bool = False
    next: str = ""


def seen() -> QuerySet[Job]:
    """Jobs of accounts the acting person sees, and those they are assigned to."""
    rows = Job.objects.all()
    acting = current()
    if acting.person_id is None or not acting.sees_few():
        return rows
    if not (assigned := assigned_jobs()):
        return narrow(rows)
    sights = Sight.objects.filter(person_id=acting.person_id, level=Sight.Level.ROWS)
    if not sights.filter(during__contains=Now()).exists():
        return rows.filter(pk__in=assigned)
    return rows.filter(Q(pk__in=assigned) | Q(pk__in=narrow(rows).values("pk")))


def assigned_jobs() -> list[UUID]:
    """Jobs that the acting person is or was just assigned to (rule 3 of the wall)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_jobs() LIMIT %s", [ASSIGNED])
        return [row[0] for row in cursor.fetchall()]


def listed(
    reader: Person, filters: Filters, today: dt.date, *, after: str = "", before: str = ""
) -> tuple[list[Row], Page[Job]]:
    """A page of the jobs a reader sees."""
    columns, found = _columns(filters), None
    if _is_looked_up(filters):
        rows = _before_words(reader, filters, today)
        found = _among_the_next(rows, filters.q, columns, after, before)
    if found is None:
        rows = matching(reader, filters, today)
        found = page(_told(rows), columns, after=after, before=before)
    return rows_of(found.rows, today), found


def _among_the_next(
    rows: QuerySet[Job], q: str, columns: tuple[Column, ...], after: str, before: str
) -> Page[Job] | None:
    """A page of jobs by a word that many have: among the next that a list would read anyway."""
    some = beyond(rows, columns, after=after, before=before)[:LOOKED_THROUGH]
    near = Job.objects.filter(called(q), pk__in=some.values("pk"))
    found = page(_told(near), columns, after=after, before=before)
    goes_on = found.previous if before else found.next
    return found if goes_on and len(found.rows) == SIZE else None


def columns(reader: Person, filters: Filters, today: dt.date) -> list[CardColumn]:
    """All columns of the board, in five questions: cards, whose, what is late, how many."""
    open_jobs = matching(reader, filters, today).filter(IS_OPEN)
    found = _cards(open_jobs, COLUMNS)
    counts = _counts(open_jobs)
    rows = rows_of([job for page in found.values() for job in page.rows], today)
    by_state: dict[str, list[Row]] = {state: [] for state in COLUMNS}
    for row in rows:
        by_state[row.job.production].append(row)
    return [
        CardColumn(
            state,
            Job.label_of(states.PRODUCTION, state),
            by_state[state],
            min(counts[state], COUNTED),
            more=counts[state] > COUNTED,
            next=found[state].next,
        )
        for state in COLUMNS
    ]


def column(
    reader: Person, filters: Filters, today: dt.date, state: str, *, after: str
) -> CardColumn:
    """More cards of one column, from a key on."""
    jobs = matching(reader, filters, today).filter(IS_OPEN, production=state)
    found = page(_told(jobs), DATED, after=after, size=CARDS)
    label = Job.label_of(states.PRODUCTION, state)
    return CardColumn(state, label, rows_of(found.rows, today), next=found.next)


def _cards(jobs: QuerySet[Job], wanted: tuple[str, ...]) -> dict[str, Page[Job]]:
    """The most urgent cards of each state, in one question: each part by its own index."""
    first, *others = [
        jobs.filter(production=state).defer("specs").order_by("by_date", "pk")[: CARDS + 1]
        for state in wanted
    ]
    found: dict[str, list[Job]] = {state: [] for state in wanted}
    for job in first.union(*others, all=True):
        found[job.production].append(job)
    prefetch_related_objects([one for part in found.values() for one in part], *WITH)
    return {
        state: cut(sorted(part, key=lambda job: (job.by_date, job.pk)), DATED, CARDS)
        for state, part in found.items()
    }


def _counts(jobs: QuerySet[Job]) -> dict[str, int]:
    """How many jobs are in each state, counted to one more than is told, in one question."""
    parts, values = [], []
    for state in COLUMNS:
        some = jobs.order_by().filter(production=state).values("pk")[: COUNTED + 1]
        try:
            said, with_values = some.query.sql_with_params()
        except EmptyResultSet:  # nothing is called so, and PostgreSQL need not be asked
            return dict.fromkeys(COLUMNS, 0)
        parts.append(f"SELECT %s::text, count(*) FROM ({said}) AS met")  # noqa: S608 - Django's
        values += [state, *with_values]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return dict(cursor.fetchall())


def matching(reader: Person, filters: Filters, today: dt.date) -> QuerySet[Job]:
    """The jobs that filters leave of what a reader sees."""
    rows = _before_words(reader, filters, today)
    if not filters.q:
        return rows
    rows = rows.filter(called(filters.q))
    if not _is_looked_up(filters):
        return rows
    found = looked_up(Job, nfkc(filters.q), past=filters.closed, most=COUNTED)
    return rows if found is None else rows.filter(pk__in=found)


def _is_looked_up(filters: Filters) -> bool:
    """Whether words are looked up, as there is nothing else to lead to few of very many jobs."""
    narrowed = filters.account or filters.whose or not filters.q
    return not narrowed and current().person_id is not None and not current().sees_few()


def _before_words(reader: Person, filters: Filters, today: dt.date) -> QuerySet[Job]:
    """The same, whatever they are called."""
    rows = seen()
    if not filters.closed:
        rows = rows.filter(IS_OPEN)
    for name in ("account", "kind", "production", "billing"):
        if value := getattr(filters, name):
            rows = rows.filter(**{name: value})
    if filters.first:
        rows = rows.filter(live_on__gte=filters.first)
    if filters.last:
        rows = rows.filter(live_on__lte=filters.last)
    if filters.whose == MINE:
        rows = rows.filter(of_person(reader))
    elif filters.whose == ACCOUNTS:
        seats = Seat.objects.filter(during(today, today), person=reader)
        rows = rows.filter(account__in=seats.values("account"))
    if filters.late:
        # One late task of each job that is looked at: EXISTS would hash those of all jobs first.
        one = late_tasks(today).filter(job=OuterRef("pk")).values("pk")[:1]
        rows = rows.alias(late_task=Subquery(one))
        rows = rows.filter(past(today) | Q(late_task__isnull=False))
    return rows


def of_person(person: Person) -> Q:
    """Jobs somebody runs, leads or works on: each found by an index of its own."""
    runs, leads = (Job.objects.filter(**{part: person}) for part in ("run_by", "made_by"))
    tasks = Task.objects.filter(person=person, done_at=None)
    return Q(pk__in=runs.values("pk").union(leads.values("pk"), tasks.values("job")))


def past(today: dt.date) -> Q:
    """Jobs that should be live and are still worked on."""
    return Q(live_on__lt=today, production__in=sorted(WORKED_ON))


def late_tasks(today: dt.date) -> QuerySet[Task]:
    return Task.objects.filter(done_at=None, due_on__lt=today)


def called(q: str) -> Q:
    """Jobs by number, title or account."""
    q = nfkc(q)
    named = holds("number", q) | holds("title", q)
    return named | holds("account__name", q) | holds("account__name_en", q)


def rows_of(jobs: list[Job], today: dt.date) -> list[Row]:
    """Jobs with how many tasks of each are late, in one query for all."""
    ids = [job.pk for job in jobs]
    late: dict[UUID, int] = {}
    for pk in late_tasks(today).filter(job__in=ids).values_list("job_id", flat=True):
        late[pk] = late.get(pk, 0) + 1
    return [
        Row(
            job,
            late.get(job.pk, 0) if job.production not in states.ENDED else 0,
            job.live_on is not None and job.live_on < today and job.production in WORKED_ON,
        )
        for job in jobs
    ]


DATED = (Column("by_date", dt.date.fromisoformat), Column("pk", UUID))


def _columns(filters: Filters) -> tuple[Column, ...]:
    down = filters.descending
    if filters.sort == "number":
        return Column("number", str, down), Column("pk", UUID, down)
    if filters.sort == "opened":
        return (Column("pk", UUID, not down),)
    return Column("by_date", dt.date.fromisoformat, down), Column("pk", UUID, down)


def _told(rows: QuerySet[Job]) -> QuerySet[Job]:
    """With all that a row shows; joined late, so that no join is misplanned."""
    return rows.prefetch_related(*WITH).defer("specs")


def in_month(
    reader: Person, first: dt.date, last: dt.date, *, mine: bool, most: int
) -> tuple[list[Job], list[Task]]:
    """Live dates of jobs and the reader's own tasks that end in some days."""
    live = seen().filter(live_on__range=(first, last)).exclude(production=states.CANCELLED)
    if mine:
        live = live.filter(of_person(reader))
    tasks = Task.objects.filter(person=reader, done_at=None, due_on__range=(first, last))
    return (
        list(live.select_related("account").order_by("live_on", "pk")[: most + 1]),
        list(tasks.select_related("job").order_by("due_on", "pk")[: most + 1]),
    )


def of_account(account_id: UUID, most: int) -> tuple[list[Job], int]:
    """Open jobs of an account, the most urgent first, and how many there are."""
    rows = Job.objects.filter(IS_OPEN, account=account_id).order_by(F("by_date"), "pk")
    return list(rows.select_related("run_by")[:most]), len(rows.values_list("pk")[: COUNTED + 1])
