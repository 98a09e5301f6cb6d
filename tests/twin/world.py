"""Two worlds from one seed, equal but for one hidden account with all its children.

The rows are those of the small demo agency; a new walled table gets a row of the hidden account
there, and a test says so. Ids of everything else are the same in both. What hides the account comes
about as it does in an agency: by a check, a client's consent and a wall (taking_on.py).
"""

from __future__ import annotations

from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.timezone import localdate

from kakehashi import notify
from kakehashi.demo.content.small import ACCOUNTS, DENIED, HIDDEN, MARK
from kakehashi.demo.keys import Keys
from kakehashi.demo.small import WRITTEN, build_small
from kakehashi.notify.models import Notification
from kakehashi.policy.models import AccountAbove
from kakehashi.search.models import Pin, Visit
from tests import snapshot
from tests.twin import feeds, taking_on

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator
    from uuid import UUID

    from kakehashi.demo.small import Small
    from kakehashi.people.models import Person

SEED = 7
NAME = next(row[2] for row in ACCOUNTS if row[0] == HIDDEN)
SECRETS = (MARK, HIDDEN, "Secret", "himuro")  # by which they could be found
ADDRESS = "himuro@client.example"
KEY = Keys(SEED)
IDS = {  # by the names of the fields that could mean them
    "account": KEY("account", HIDDEN),
    "parent": KEY("account", HIDDEN),
    "contact": KEY("contact", HIDDEN, "himuro"),
    "reports_to": KEY("contact", HIDDEN, "himuro"),
    "person": KEY("person", "himuro"),
    "seat": KEY("seat", HIDDEN, "account_executive"),
}
# Whose rows are looked at first: the accounts above the hidden one, its office, who serves it.
NEAR = [
    KEY("account", "HIKARI-JP"),
    KEY("account", "HIKARI"),
    KEY("office", "TYO1"),
    KEY("company", "C1"),
    KEY("company", "C2"),
    KEY("person", "small.fukui"),
    KEY("person", "small.imai"),
]
VISITOR = "visitor"
TOLD = "twin.told"
TOLD_OF = {KEY("told", name): name for name in ("HIKARI-JP", "", HIDDEN)}

# Who looks: those who are denied the hidden account have every ground to see it, the others none.
VIEWERS = {
    "agency_director": "sees everything but the hidden account",
    "account_director": "directs the bureau that leads it, and is to receive a seat on it",
    "account_supervisor": "is the superior of people seated on it",
    "key_account_manager": "leads the account above, and is seated on it too",
    "global_account_manager": "is seated at the top of its tree",
    "finance": "sees the cost of everything else",
    "administrator": "imports, exports and looks after people",
    "traffic": "sees every account of Tokyo",
    "creative": "works on one of its jobs",
    "account_manager": "serves the client who was asked to consent to it",
    "contact": "is the client's contact on the account above and on it",
}
# Who follows every link, filter and form; the others open every page of all that they see.
THOROUGH = {"agency_director", "administrator", "contact"}
# Who sees by a ground like another's above: these open what gathers accounts, and search.
GLANCING = {"account_supervisor", "global_account_manager", "group_account_director", "traffic"}
# Who asks for every hidden row by its address: the thorough, and those who come closest to it.
HUNTERS = THOROUGH | {"account_director", "account_manager", "creative", VISITOR}
# Who asks for the history of a hidden row of every table.
HISTORIANS = {"agency_director", "contact"}
UNKNOWING = {"account_manager", *DENIED}  # they see nothing of it, or are denied it already


@dataclass
class World:
    """One of the two, and who looks at it."""

    viewers: dict[str, Person]
    hidden: list[UUID]


@contextmanager
def world(*, hidden: bool, chain: bool = False) -> Iterator[World]:
    """Put up one of the two; nothing of it remains.

    What hides the account is written down at once, or comes about as it does in an agency. Both
    are built in the same moment, the first time one is asked for; then their rows are put back.
    """
    with transaction.atomic():
        _as_nobody()
        yield put_up(hidden=hidden, chain=chain)
        transaction.set_rollback(True)


def put_up(*, hidden: bool, chain: bool = False) -> World:
    """Write the rows of one of the two, to stay."""
    both = (localdate(), chain)
    if both not in _kept:
        _kept[both] = {each: _taken(hidden=each, chain=chain) for each in (False, True)}
    made, rows = _kept[both][hidden]
    snapshot.put_back(rows)
    return deepcopy(made)


def _taken(*, hidden: bool, chain: bool) -> tuple[World, str]:
    with transaction.atomic():
        taken = snapshot.taken(lambda: _build(hidden=hidden, chain=chain))
        transaction.set_rollback(True)
    return taken


_kept: dict[tuple[dt.date, bool], dict[bool, tuple[World, str]]] = {}


def _build(*, hidden: bool, chain: bool) -> World:
    made = build_small(SEED, hidden=hidden, taken_on=not chain)
    _as_nobody()
    viewers = {role: made.people[role] for role in VIEWERS}
    below: list[UUID] = []
    if made.hidden is not None:
        below = list(
            AccountAbove.objects.filter(above_id=made.hidden.pk).values_list(
                "account_id", flat=True
            )
        )
    if chain:
        taking_on.take_on(made, list(viewers.values()), KEY)
    else:
        taking_on.deny(made, [viewers[role] for role in VIEWERS if role not in UNKNOWING])
    _as_nobody()
    _tell(made, viewers)
    _keep(made, viewers)
    feeds.add(made, viewers, KEY)
    _as_if_saved()
    return World(viewers, below)


def _tell(made: Small, viewers: dict[str, Person]) -> None:
    """Everybody was told of an account, of none, and of the hidden one before it was denied."""
    for subject, code in TOLD_OF.items():
        account = made.hidden if code == HIDDEN else made.accounts.get(code)
        if code and account is None:
            continue
        for role, person in viewers.items():
            Notification.objects.create(
                id=KEY("notice", code, role), person=person, account=account, kind=TOLD,
                subject_kind="told", subject_id=subject, made_at=WRITTEN, mail_due_at=WRITTEN,
            )  # fmt: skip


def _keep(made: Small, viewers: dict[str, Person]) -> None:
    """Everybody opened and pinned one account, and the hidden one before it was denied."""
    for account in filter(None, [made.accounts["HIKARI-JP"], made.hidden]):
        for person in viewers.values():
            row = {"source": account._meta.db_table, "row_id": account.pk, "at": WRITTEN}
            Pin.objects.create(person=person, **row)
            Visit.objects.create(person=person, **row)


def _careless(subjects: Collection[UUID | None]) -> dict[UUID | None, notify.Told]:
    """Tells everything to whoever asks: only the wall is in the way."""
    return {
        subject: notify.Told(f"Told of {TOLD_OF[subject]}", "/", f"{MARK} was told.")
        if TOLD_OF[subject] == HIDDEN
        else notify.Told(f"Told of {TOLD_OF[subject]}", "/", "Something was told.")
        for subject in subjects
        if subject is not None
    }


notify.register(TOLD, label="Told", render_all=_careless)


def _as_nobody() -> None:
    """Both are made alike, whoever acted in this transaction before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('agency.acting', '', true)")


def _as_if_saved() -> None:
    """Check what a commit would check."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
