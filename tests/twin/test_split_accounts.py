"""Two rivals served by two bureaus of one agency: to each side the other might not be there."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.utils.timezone import localdate, now

from kakehashi.clients.actions import change_status
from kakehashi.clients.models import Company
from kakehashi.conflicts import actions, tasks
from kakehashi.conflicts.actions import SideOf
from kakehashi.conflicts.models import Check, Wall
from kakehashi.demo.small import WRITTEN, build_small
from kakehashi.notify.models import Notification
from kakehashi.policy.acting import acting_as
from tests import factories as make
from tests.running import Team, to_a_running_job
from tests.twin import visiting, walk
from tests.twin.asking import OF_THE_TRADE, Viewer, viewer
from tests.twin.comparing import broken, differences, told_by_an_id
from tests.twin.world import KEY, SEED, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakehashi.clients.models import Account
    from kakehashi.demo.small import Small

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Maker:
    """A car maker, the bureau that serves it and its people; `looks` is on that side too."""

    code: str
    name: str
    bureau: str
    executive: str
    supervisor: str
    planner: str
    looks: str


TSUBASA = Maker(
    "TSUBASA", "つばさ自動車", "TYO1", "coordinator", "account_supervisor", "account_planner",
    "traffic",
)  # fmt: skip
NAGI = Maker(
    "NAGI", "なぎ自動車", "TYO2", "account_manager", "media", "production",
    "group_account_director",
)  # fmt: skip
BOTH = (TSUBASA, NAGI)
TRADE = OF_THE_TRADE | {"api", "approvals", "home", "notify", "search"}
SIDES = (BOTH, BOTH[::-1])


@contextmanager
def agency(*served: Maker) -> Iterator[World]:
    """The wall between the bureaus stands in every world; who is served differs."""
    with transaction.atomic():
        small = build_small(SEED, hidden=False)
        wall = _wall(small)
        hidden = [_served(small, maker, wall) for maker in served]
        Notification.objects.update(made_at=WRITTEN)  # pages tell it to the microsecond
        yield World(small.people, [account.pk for account in hidden])
        transaction.set_rollback(True)


def _wall(small: Small) -> Wall:
    officer = small.people["conflicts_officer"]
    with acting_as(officer):
        actions.set_policy(mode="split", by=officer, at=now())
        made = actions.raise_wall(
            name="局と局", ground="二社を別の局で担当する。", by=officer, at=now(),
            sides=[
                SideOf(
                    maker.name, offices=[small.offices[maker.bureau]],
                    people=[small.people[maker.looks]], companies=[_company(maker)],
                )
                for maker in BOTH
            ],
        )  # fmt: skip
    tasks.tell_affected(str(made.pk), str(officer.pk))
    return made


def _company(maker: Maker) -> Company:
    return Company.objects.filter(code=maker.code).first() or make.company(
        maker.name, code=maker.code, id=KEY("company", maker.code)
    )


def _served(small: Small, maker: Maker, wall: Wall) -> Account:
    """From the prospect through the officer's decision to a job that runs."""
    people, company = small.people, _company(maker)
    account = make.account(
        f"{maker.name} 国内", small.offices[maker.bureau], company=company, code=maker.code,
        id=KEY("account", maker.code), status="prospect", categories=["軽自動車"],
    )  # fmt: skip
    for role in ("executive", "supervisor", "planner"):
        seated = "account_" + role
        make.seat(people[getattr(maker, role)], account, seated, lead=role == "executive")
    contact = make.contact(f"{maker.code}.contact", account)
    executive, officer = people[maker.executive], people["conflicts_officer"]
    with acting_as(executive):
        receipt = actions.ask_check(account=account, by=executive, at=now())
    tasks.run_check(str(receipt.pk), str(officer.pk))
    with acting_as(officer):
        check = Check.objects.get(pk=receipt.pk)
        hits = list(check.hits.all())
        for hit in hits or [None]:
            decided = actions.decide(
                check=check, hit=hit, verdict="safeguards" if hit else "no_conflict",
                reason="別の局で担当する。", by=officer, at=now(),
            )  # fmt: skip
            assert hit is None or decided.wall == wall
    with acting_as(executive):
        change_status(account=account, status="active", on=localdate(), by=executive, at=now())
    team = Team(
        account, executive, people[maker.planner], people[maker.supervisor], people["creative"],
        contact.person,
    )  # fmt: skip
    to_a_running_job(team, title_of(maker))
    return account


def title_of(maker: Maker) -> str:
    return f"{maker.name}の新車発表"


def test_a_rival_served_by_the_other_bureau_might_not_be_there(db, monkeypatch):
    found, told = {}, {}
    with agency(*BOTH) as world:
        for mine, other in SIDES:
            who = looker(mine, other, world, monkeypatch)
            found[mine] = visiting.tour(who)
            hidden = World(world.viewers, [world.hidden[BOTH.index(other)]])
            told[mine] = told_by_an_id(visiting.hits(who, hidden))

    for mine, other in SIDES:
        with agency(mine) as world:
            expected = visiting.tour(looker(mine, other, world, monkeypatch))
        assert not broken(found[mine])
        assert differences(expected, found[mine]) == []
        assert told[mine] == []
        shown = "\n".join(answer.body for answer in found[mine].values())
        assert title_of(mine) in shown
        assert title_of(other) not in shown


def looker(mine: Maker, other: Maker, world: World, monkeypatch: pytest.MonkeyPatch) -> Viewer:
    """Somebody on one side who would see all of Tokyo; what they search for is the other's."""
    trade = [route for route in walk.routes() if route.name.partition(":")[0] in TRADE]
    monkeypatch.setattr(visiting, "routes", lambda: trade)
    monkeypatch.setattr(visiting, "HIDDEN", other.name)
    return viewer(mine.looks, world.viewers, "ja")
