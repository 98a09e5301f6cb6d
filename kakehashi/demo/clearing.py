"""Prospects that were checked for conflicts: one is cleared, one waits for the officer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakehashi.clients.models import Account
from kakehashi.conflicts import actions
from kakehashi.conflicts.models import Check
from kakehashi.conflicts.terms import Mode, Verdict
from kakehashi.demo.departments import OFFICER
from kakehashi.policy.acting import acting_as

if TYPE_CHECKING:
    from kakehashi.demo.world import World

CLEARED, WAITING = -9, -2
"""Days ago they were asked for."""
FIRST = "見込みの段階で確認し、受注してから競合が分かることをなくす。"
REASON = "業種・商品ともに既存の得意先と重ならない。関連会社も確認した。"


def require_clearance(world: World) -> None:
    """From here on the officer clears prospects first; rivals are kept apart, not refused."""
    with world.acting(OFFICER) as officer:
        actions.set_policy(
            mode=Mode.SPLIT, clearance_required=True, reason=FIRST, by=officer,
            at=world.at(world.day(CLEARED)),
        )  # fmt: skip


def ask_checks(world: World) -> None:
    prospects = Account.objects.filter(status=Account.Status.PROSPECT).order_by("code", "pk")
    for account, days in zip(prospects, (CLEARED, WAITING), strict=False):
        seat = account.seats.filter(ends_on=None).order_by("-lead", "pk").first()
        if seat is None:
            continue
        at = world.at(world.day(days))
        with acting_as(seat.person):
            receipt = actions.ask_check(account=account, by=seat.person, at=at)
        with world.acting(OFFICER) as officer:
            check = Check.objects.get(pk=receipt.pk)
            actions.run_check(check=check, by=officer, at=at)
            if days == CLEARED:
                actions.decide(
                    check=check, verdict=Verdict.NO_CONFLICT, reason=REASON, by=officer, at=at
                )
