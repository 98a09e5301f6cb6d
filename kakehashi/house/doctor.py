"""`kakehashi doctor`: is this installation well, and what is to be done where it is not."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Literal, LiteralString

import psycopg

from kakehashi.house import prepare, roles, schema
from kakehashi.house.address import STANDBY, Address
from kakehashi.house.errors import HouseError
from kakehashi.house.keeping import FOLDER, Keeping

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

Level = Literal["well", "look", "ill"]
GB = 10**9
LITTLE_ROOM, NO_ROOM = 5 * GB, GB
OLD_BACKUP = dt.timedelta(hours=26)
LATE_JOB = dt.timedelta(minutes=5)
SILENT_WORKER = dt.timedelta(minutes=2)
LATE_MAIL = dt.timedelta(minutes=30)
SKEW = dt.timedelta(seconds=5)
FAR_BEHIND = 10**6  # bytes of log
COMMITTED = "SELECT pg_current_wal_flush_lsn()"
REPLAYED = """
SELECT pg_is_in_recovery(),
       GREATEST(%s::pg_lsn - COALESCE(pg_last_wal_replay_lsn(), '0/0'), 0)::bigint,
       now() - pg_last_xact_replay_timestamp()
"""
QUEUE = """
SELECT count(*), COALESCE(max(now() - COALESCE(j.scheduled_at, e.at)), '0'),
       (SELECT count(*) FROM procrastinate_jobs f WHERE f.status = 'failed'),
       (SELECT now() - max(last_heartbeat) FROM procrastinate_workers)
FROM procrastinate_jobs j
LEFT JOIN LATERAL (SELECT min(at) AS at FROM procrastinate_events WHERE job_id = j.id) e ON true
WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= now())
"""
MAIL = """
SELECT count(*) FILTER (WHERE waiting), count(*) FILTER (WHERE held_at IS NOT NULL),
       count(*) FILTER (WHERE stuck_at IS NOT NULL),
       COALESCE(max(now() - written_at) FILTER (WHERE waiting), '0')
FROM (SELECT m.*, sent_at IS NULL AND held_at IS NULL AND stuck_at IS NULL
                  AND dropped_at IS NULL AS waiting
      FROM notify_mail m WHERE sent_at IS NULL) AS unsent
"""


@dataclass(frozen=True)
class Finding:
    """One thing looked at: well, worth a look, or ill; and what to do."""

    part: str
    level: Level
    says: str


def doctor(arguments: argparse.Namespace) -> int:
    """Look at everything; exit with 1 if something is ill."""
    address = Address.from_environment()
    findings = list(examine(address))
    if arguments.json:
        print(json.dumps([asdict(found) for found in findings], ensure_ascii=False))
    else:
        for found in findings:
            print(f"{found.level:5} {found.part:10} {found.says}")
    return 1 if any(found.level == "ill" for found in findings) else 0


def examine(address: Address) -> Iterator[Finding]:
    """Look at one part after the other; what cannot be looked at is ill."""
    yield Finding("program", "well", f"kakehashi {version('kakehashi')}")
    yield room(shutil.disk_usage(_existing(address)).free)
    try:
        yield backups(Keeping.from_environment(), dt.datetime.now(dt.UTC))
    except HouseError as problem:
        yield Finding("backups", "ill", str(problem))
    if not address.is_outside and not (address.home.postgres / "PG_VERSION").exists():
        yield Finding("database", "ill", f"There is none in {address.home.path}: kakehashi init.")
        return
    try:
        with prepare.server(address):
            yield from _database(address)
    except (HouseError, psycopg.OperationalError) as problem:
        yield Finding("database", "ill", str(problem).strip())


def room(free: int) -> Finding:
    """Free room on the home's disk, in bytes."""
    says = f"{free / GB:,.1f} GB are free on the home's disk"
    if free < NO_ROOM:
        return Finding("disk", "ill", f"{says}: make room now, a full disk stops the database.")
    if free < LITTLE_ROOM:
        return Finding("disk", "look", f"{says}: make room.")
    return Finding("disk", "well", f"{says}.")


def backups(keeping: Keeping | None, now: dt.datetime) -> Finding:
    """The age of the newest nightly backup."""
    if keeping is None:
        return Finding("backups", "look", f"No nightly backups are made: set {FOLDER}.")
    made = keeping.made()
    if not made:
        return Finding("backups", "ill", f"There is no backup in {keeping.folder} yet.")
    age = now - max(made)
    says = f"{len(made)} in {keeping.folder}, the newest {_span(age)} old"
    return Finding("backups", "ill" if age > OLD_BACKUP else "well", f"{says}.")


def queue(waiting: int, late: dt.timedelta, failed: int, silent: dt.timedelta | None) -> Finding:
    """Background work: how much waits, how long, and whether anybody does it."""
    says = f"{waiting:,} jobs wait, the longest {_span(late)}; {failed:,} failed"
    if silent is None or silent > SILENT_WORKER:
        work = (
            "there is no worker" if silent is None else f"the worker is silent for {_span(silent)}"
        )
        return Finding("worker", "ill", f"{says}; {work}: kakehashi up, or kakehashi worker.")
    if late > LATE_JOB:
        return Finding("worker", "ill", f"{says}: start more workers, or look at their log.")
    return Finding("worker", "look" if failed else "well", f"{says}.")


def mail(waiting: int, held: int, stuck: int, late: dt.timedelta) -> Finding:
    """The outbox: what waits, is held for an address that bounced, or cannot be sent."""
    says = f"{waiting:,} mails wait, the oldest {_span(late)}; {held:,} held, {stuck:,} stuck"
    if waiting and late > LATE_MAIL:
        return Finding("mail", "ill", f"{says}: does the mail server answer? See /mail/.")
    return Finding("mail", "look" if stuck or held else "well", f"{says}.")


def standby(behind: int, since: dt.timedelta | None) -> Finding:
    """How far the standby is behind, in bytes of log, and how old what it replayed last is."""
    says = f"It is {behind:,} bytes behind"
    if behind > FAR_BEHIND:
        age = f", its last change {_span(since)} old" if since is not None else ""
        return Finding("standby", "look", f"{says}{age}: pages are read from the primary.")
    return Finding("standby", "well", f"{says}; pages are read from it.")


def clock(skew: dt.timedelta) -> Finding:
    """How far the database's clock is from ours."""
    if abs(skew) > SKEW:
        return Finding("clock", "ill", f"It differs from the database's by {_span(abs(skew))}.")
    return Finding("clock", "well", "It agrees with the database's.")


def _database(address: Address) -> Iterator[Finding]:
    with closing(roles.administrator(address)) as connection:
        number = connection.info.server_version
        yield Finding("database", "well", f"PostgreSQL {number // 10000}.{number % 10000}")
        (now,) = _row(connection, "SELECT clock_timestamp()")
        yield clock(now - dt.datetime.now(dt.UTC))
        yield from _standby(address, connection)
        missing = roles.Plan(connection, address, testing=False).statements()
        if missing:
            yield Finding("roles", "ill", f"Not as they should be: {'; '.join(missing)}.")
            return
        yield Finding("roles", "well", f"{len(roles.KINDS)} roles, none more than it needs.")
    yield from _contents()
    with psycopg.connect(address.as_role("owner")) as connection:
        for look, query in LOOKS:
            yield look(*_row(connection, query))


LOOKS: tuple[tuple[Callable[..., Finding], str], ...] = ((queue, QUEUE), (mail, MAIL))


def _standby(address: Address, primary: psycopg.Connection[Any]) -> Iterator[Finding]:
    if address.standby is None:
        return
    (committed,) = _row(primary, COMMITTED)
    try:
        with closing(psycopg.connect(address.as_role("login", at=address.standby))) as there:
            is_standby, behind, since = _row(there, REPLAYED, committed)
    except psycopg.OperationalError as problem:
        told = f"It does not answer, the primary does: {str(problem).strip()}"
        yield Finding("standby", "ill", told)
        return
    if is_standby:
        yield standby(behind, since)
    else:
        told = f"It is no standby any more: was it promoted? Mend {STANDBY}."
        yield Finding("standby", "ill", told)


def _contents() -> Iterator[Finding]:
    """Schema, rights and policies, as the owner sees them."""
    from kakehashi.policy import visibility

    prepare.set_up_django("owner")
    prepare.connect_as("owner")
    try:
        if not schema.is_current():
            yield Finding("schema", "ill", "It is of another version: kakehashi migrate.")
            return
        yield Finding("schema", "well", "It is the one this program was written for.")
        different = visibility.differences()
    finally:
        prepare.close_connections()
    if different:
        says = f"Rights or policies differ on {', '.join(different)}: kakehashi migrate restates."
        yield Finding("walls", "ill", says)
    else:
        yield Finding("walls", "well", f"Rights and policies of {len(visibility.TABLES)} tables.")


def _row(
    connection: psycopg.Connection[Any], query: LiteralString, *values: object
) -> tuple[Any, ...]:
    found = connection.execute(query, values or None).fetchone()
    assert found is not None
    return found


def _existing(address: Address) -> str:
    path = address.home.path
    while not path.exists():
        path = path.parent
    return str(path)


def _span(span: dt.timedelta) -> str:
    """A length of time in its largest unit."""
    seconds = span.total_seconds()
    for unit, size in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"
