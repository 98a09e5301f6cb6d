"""Who acts: inside, PostgreSQL shows what that person may see, until the transaction ends."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction

from kakehashi.policy.visibility import SYSTEM_TASKS, role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

SETTINGS = (
    "role",
    "agency.person",
    "agency.acting",
    "agency.accounts",
    "agency.cost",
)
BECOME = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS)
REMEMBER = "SELECT " + ", ".join(f"coalesce(current_setting('{n}', true), '')" for n in SETTINGS)

FEW = 2_000  # accounts up to which naming them is quicker than filtering by them
SEES_FEW = """
SELECT NOT acting_sees_all(%(level)s) AND count(*) <= %(few)s FROM (
  SELECT FROM policy_sight WHERE person_id = acting_person() AND level = %(level)s
  LIMIT %(few)s + 1) AS seen
"""


@dataclass(frozen=True)
class Scope:
    """What a token is cut down to: some accounts (and those below), money or no money."""

    accounts: frozenset[UUID] | None = None
    cost: bool = True

    def settings(self) -> tuple[str, str]:
        accounts = "" if self.accounts is None else f"{{{','.join(map(str, self.accounts))}}}"
        return accounts, "" if self.cost else "off"


@dataclass
class Acting:
    """The acting person of this transaction, and what was already asked about them."""

    person_id: UUID | None
    answers: dict[str, bool] = field(default_factory=dict)

    def sees_few(self, level: str = "rows") -> bool:
        """Whether narrowing helps. Speed only: what may be seen is PostgreSQL's to say."""
        if level not in self.answers:
            with connection.cursor() as cursor:
                cursor.execute(SEES_FEW, {"level": level, "few": FEW})
                self.answers[level] = cursor.fetchone()[0]
        return self.answers[level]


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


def current() -> Acting:
    """Who acts now. Raises LookupError outside of any acting."""
    acting = _acting.get()
    if acting is None:
        raise LookupError("Nobody acts: wrap this in acting_as(person).")
    return acting


def become(values: tuple[str, ...]) -> None:
    """Set role, person and scope until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(BECOME, values)


def become_gate() -> None:
    """What a request is before anybody is known: sign-in tables and nothing else."""
    become((role("gate"), "", "gate", "", ""))


@contextmanager
def as_gate() -> Iterator[None]:
    """A transaction of its own as the gate, outside of any request."""
    with _stretch((role("gate"), "", "gate", "", ""), Acting(None)):
        yield


@contextmanager
def acting_as(person: Model | UUID, scope: Scope | None = None) -> Iterator[Acting]:
    """Live a stretch of code as one person; nests, and puts back who acted before."""
    person_id = person if isinstance(person, UUID) else person.pk
    values = (role("app"), str(person_id), "person", *(scope or Scope()).settings())
    with _stretch(values, Acting(person_id)) as acting:
        yield acting


@contextmanager
def acting_as_system(task: str) -> Iterator[Acting]:
    """Act as nobody in particular, seeing everything but credentials. Only for listed tasks."""
    if task not in SYSTEM_TASKS:
        raise LookupError(f"{task} is not listed in SYSTEM_TASKS of visibility.py.")
    acting = Acting(None, {"rows": False, "cost": False})
    with _stretch((role("worker"), "", f"system:{task}", "", ""), acting):
        yield acting


@contextmanager
def _stretch(values: tuple[str, ...], acting: Acting) -> Iterator[Acting]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(REMEMBER)
            before = cursor.fetchone()
        become(values)
        token = _acting.set(acting)
        try:
            yield acting
        finally:
            _acting.reset(token)
        if not connection.needs_rollback:  # a rollback, as any exception's, undoes set_config
            become(before)
