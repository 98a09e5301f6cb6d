"""Pages read from a streaming standby, under the same walls, and never older than the primary.

While a page is made the standby takes the place of the primary: role, person and policies are there
as they are here. It answers only once it has replayed all that was committed when the request
began: whoever wrote sees what they wrote, and a wall that was just raised holds. Where it is away,
behind, or what a page does cannot be done on it, the primary answers.
"""

from __future__ import annotations

import logging
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

ALIAS, PRIMARY = "standby", "primary"
PATIENCE = 0.1  # seconds for which a page waits for what was just committed
PAUSE = 0.002
REST_BEHIND, REST_AWAY = 1, 5  # seconds for which a standby is left alone
COMMITTED = "SELECT pg_current_wal_flush_lsn()"
REPLAYED = "SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn() >= %s::pg_lsn"
READ_ONLY = "25006"  # what PostgreSQL answers to who writes on a standby
log = logging.getLogger(__name__)


class Unfit(Exception):
    """The standby cannot answer this now."""


@dataclass
class Experience:
    """What this process has learnt: until when the standby rests, and which pages write."""

    rests_until: float = 0
    writing: set[str] = field(default_factory=set)

    def rest(self, seconds: float, why: object) -> None:
        """Leave it alone for a while: whoever waits for it in vain waits longer than they must."""
        log.warning("the primary answers in the standby's place: %s", why)
        self.rests_until = time.monotonic() + seconds


experience = Experience()


def is_given() -> bool:
    """Whether the operator has named a standby."""
    return ALIAS in connections.settings


def is_there() -> bool:
    """Whether pages are read from a standby, and it is not left alone just now."""
    return is_given() and time.monotonic() >= experience.rests_until


def is_asked() -> bool:
    """Whether what is asked now is asked of the standby."""
    return connections[DEFAULT_DB_ALIAS].alias == ALIAS


@contextmanager
def reading() -> Iterator[None]:
    """Ask the standby in the primary's place; raises Unfit where it cannot answer.

    The primary's own transaction stays open meanwhile: that is where the session is kept.
    """
    primary, standby = connections[DEFAULT_DB_ALIAS], connections[ALIAS]
    try:
        _wait_for(standby, _asked(connection, COMMITTED)[0])
        with ExitStack() as stack:
            for wrapper in primary.execute_wrappers:  # who counts statements counts these as well
                stack.enter_context(standby.execute_wrapper(wrapper))
            connections[DEFAULT_DB_ALIAS] = standby
            stack.callback(connections.__setitem__, DEFAULT_DB_ALIAS, primary)
            stack.enter_context(transaction.atomic())
            yield
    except Error as problem:
        standby.close()
        experience.rest(REST_AWAY, problem)
        raise Unfit from problem


def _wait_for(standby: BaseDatabaseWrapper, committed: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        is_standby, is_up_to_date = _asked(standby, REPLAYED, committed)
        if is_standby and is_up_to_date:
            return
        if not is_standby or time.monotonic() > end:
            why = "it is behind" if is_standby else "it is no standby any more"
            experience.rest(REST_BEHIND, why)
            raise Unfit(why)
        time.sleep(PAUSE)


def _asked(of: Any, question: str, *values: str) -> Any:
    with of.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()


def learn(page: str, problem: Error) -> None:
    """Remember that a page writes, and is the primary's."""
    if getattr(problem.__cause__, "sqlstate", "") == READ_ONLY:
        experience.writing.add(page)


def writes(page: str) -> bool:
    return page in experience.writing
