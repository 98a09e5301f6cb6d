"""What was checked for conflicts: one case was consented to, one is cleared, one waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import override

from kakehashi.clients.models import Account
from kakehashi.conflicts import actions
from kakehashi.conflicts.models import Check, ConsentRequest
from kakehashi.conflicts.terms import Mode, Verdict
from kakehashi.demo.departments import OFFICER
from kakehashi.policy.acting import acting_as

if TYPE_CHECKING:
    import datetime as dt

    from kakehashi.demo.world import World

CONSENTED, ANSWERED, CLEARED, WAITING = -40, -33, -9, -2
"""Days ago they were asked for, and one was answered."""
NEW, RIVAL, GIVER = "KODAMA", "THISTLE", "thistle.md"
YEAR = 365
ASKS = (
    "We would like to launch a tea-flavoured chocolate for Kodama Confectionery in Japan, and ask"
    " for your consent. A team in Tokyo works on it; yours in London stays as it is."
)
CONDITIONS = "No one works for both; blends and launch dates of Thistledown stay in London."
CONSENT = "Granted for a year. Come and tell me before you advertise a tea of theirs."
LETTER = "Thistledown_letter_of_consent.pdf"
APART = "菓子とカレーは売り場も食べる場面も異なり、担当部門も分かれている。"
FIRST = "見込みの段階で確認し、受注してから競合が分かることをなくす。"
REASON = "業種・商品ともに既存の得意先と重ならない。関連会社も確認した。"


def require_clearance(world: World) -> None:
    """From here on the officer clears prospects first; rivals are kept apart, not refused."""
    with world.acting(OFFICER) as officer:
        actions.set_policy(
            mode=Mode.SPLIT, clearance_required=True, reason=FIRST, by=officer,
            at=world.at(world.day(CLEARED)),
        )  # fmt: skip


def ask_for_consent(world: World) -> None:
    """A client consents by letter to work for another; the two are kept apart from then on."""
    at, until = world.at(world.day(CONSENTED)), world.day(ANSWERED + YEAR)
    check = _checked(world, world.accounts[NEW], at)
    assert check is not None  # somebody serves it
    with world.acting(OFFICER) as officer, override(officer.language):
        for hit in check.hits.order_by("number"):
            if hit.account == world.accounts[RIVAL]:
                actions.decide(
                    check=check, hit=hit, verdict=Verdict.CONSENT, reason=ASKS, until=until,
                    person=world.contacts[RIVAL, GIVER].person, asks=ASKS, conditions=CONDITIONS,
                    by=officer, at=at,
                )  # fmt: skip
            else:
                actions.decide(
                    check=check, hit=hit, verdict=Verdict.NO_CONFLICT, reason=APART, by=officer,
                    at=at,
                )  # fmt: skip
        answered = world.at(world.day(ANSWERED))
        request = ConsentRequest.objects.get(decision__check_of=check)
        actions.record_consent(
            request=request, granted=True, remarks=CONSENT, document=LETTER, by=officer,
            at=answered,
        )  # fmt: skip
        actions.take_up_consent(request=request, by=officer, at=answered)


def ask_checks(world: World) -> None:
    prospects = Account.objects.filter(status=Account.Status.PROSPECT).order_by("code", "pk")
    for account, days in zip(prospects, (CLEARED, WAITING), strict=False):
        at = world.at(world.day(days))
        check = _checked(world, account, at)
        if check is not None and days == CLEARED:
            with world.acting(OFFICER) as officer:
                actions.decide(
                    check=check, verdict=Verdict.NO_CONFLICT, reason=REASON, by=officer, at=at
                )


def _checked(world: World, account: Account, at: dt.datetime) -> Check | None:
    """A check that who leads the account asked for, as the officer ran it; None if nobody does."""
    seat = account.seats.filter(ends_on=None).order_by("-lead", "pk").first()
    if seat is None:
        return None
    with acting_as(seat.person):
        receipt = actions.ask_check(account=account, by=seat.person, at=at)
    with world.acting(OFFICER) as officer:
        check = Check.objects.get(pk=receipt.pk)
        return actions.run_check(check=check, by=officer, at=at)
