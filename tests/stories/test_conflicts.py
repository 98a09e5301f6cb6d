"""A rival wants to be served: from the check to the wall, and to the day its ground ends."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.timezone import localdate, now

from kakehashi.clients.models import Account
from kakehashi.conflicts import actions, tasks
from kakehashi.conflicts.models import Check, ConsentRequest, Hit, Wall
from kakehashi.people.models import Office, Person
from kakehashi.policy.acting import acting_as
from tests import factories as make
from tests.browser import problems, what_sticks_out
from tests.stage import speak_english

pytestmark = pytest.mark.slow

A_DAY = dt.timedelta(days=1)
ASKED = "Another maker of small vehicles would like to work with our second bureau."


def looks_right(who):
    assert problems(who.page) == []
    assert what_sticks_out(who.page) == []


def run(check, officer):
    """What the worker does meanwhile."""
    tasks.run_check(str(check.pk), str(officer.pk))
    return Check.objects.get(pk=check.pk)


def asks_the_client(office):
    """The officer fills in the form of a hit."""
    office.page.locator("[name=verdict]").select_option("consent")
    office.page.locator("[name=reason]").fill("They asked to be asked.")
    office.page.locator("[name=until]").fill((localdate() + 30 * A_DAY).isoformat())
    office.page.locator("[name=person]").select_option(label="Yuki Shimizu")
    office.page.locator("[name=asks]").fill(ASKED)
    office.presses("Decide")


def test_a_rival_prospect_from_the_check_to_the_end_of_the_consent(visitor):
    speak_english("hatano", "ichinose", "shimizu", "ninomiya")
    Person.objects.filter(name_en="Yuki Shimizu").update(language="en")
    ours = Account.objects.get(code="RAICHO-JP")
    rival = make.account(
        "Tsubame Cycles", Office.objects.get(code="TYO2-2"), status="prospect", code="TSUBAME"
    )
    officer = Person.objects.get(handle="ichinose")
    make.seat(Person.objects.get(handle="hatano"), rival, "account_manager")
    make.rivalry(ours.company, rival.company, ground="Both build small vehicles.")

    # Who would serve the rival asks, and learns that it is asked: no more.
    hers = visitor("hatano")
    hers.opens(f"/accounts/{rival.pk}/")
    hers.follows("Check for conflicts")
    hers.presses("Ask the conflicts officer")
    hers.sees("Referred to the conflicts officer. You hear when it is decided.")
    hers.does_not_see("Raicho")
    receipt = hers.page.url
    check = run(Check.objects.get(account=rival), officer)

    # The officer reads why, and asks the client that was promised something.
    office = visitor("ichinose")
    office.opens("/checks/")
    office.follows(rival.name)
    office.sees("Both build small vehicles.")
    looks_right(office)
    hit = Hit.objects.get(check_of=check, account=ours)
    with acting_as(officer):
        for other in Hit.objects.filter(check_of=check).exclude(pk=hit.pk):
            actions.decide(
                check=check, hit=other, verdict="no_conflict", reason="Asked once, in Japan.",
                by=officer, at=now(),
            )  # fmt: skip
    office.opens(f"/checks/hits/{hit.pk}/decide/")
    looks_right(office)
    asks_the_client(office)
    office.sees("Ask the client for consent", "They asked to be asked.")

    # The client answers in the portal, and is not told who it is.
    request = ConsentRequest.objects.get(granted=None)
    client = visitor("shimizu")
    client.opens(f"/consents/{request.pk}/")
    client.sees(ASKED)
    client.does_not_see(rival.name)
    looks_right(client)
    client.page.locator("[name=answer][value=yes]").check()
    client.presses("Answer")
    client.sees("Consent given")
    tasks.take_up_consent(str(request.pk), str(officer.pk))

    # The wall is up: each side sees its own.
    hers.page.goto(receipt)
    hers.sees("Cleared with safeguards")
    hers.opens(f"/accounts/{ours.pk}/", status=404)
    hers.opens(f"/accounts/{rival.pk}/")
    theirs = visitor("ninomiya")
    theirs.opens(f"/accounts/{rival.pk}/", status=404)
    theirs.opens(f"/accounts/{ours.pk}/")

    # The consent ends: the wall stands, flagged.
    Wall.objects.filter(ground_ends_on=request.until).update(ground_ends_on=localdate() - A_DAY)
    tasks.flag_ended_grounds(0)
    office.opens("/")
    office.sees("What these walls stood on has ended: decide")
    hers.opens(f"/accounts/{ours.pk}/", status=404)
