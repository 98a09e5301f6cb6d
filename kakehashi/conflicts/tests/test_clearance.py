"""From a check to a clearance: asked by those who learn nothing, decided, consented to, walled."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate, now

from kakehashi.clients.actions import change_status
from kakehashi.clients.models import Account
from kakehashi.conflicts import actions, agenda, tasks
from kakehashi.conflicts.actions import SideOf
from kakehashi.conflicts.checking.time import months_later
from kakehashi.conflicts.models import (
    Check,
    Consent,
    ConsentRequest,
    Decision,
    Hit,
    Policy,
    Receipt,
    Wall,
)
from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from tests import factories as make
from tests.twin.normal import normal

TODAY = localdate()
UNTIL = TODAY + dt.timedelta(days=30)
VARIES = re.compile(r"'[^']*'|\"s\d+_x\d+\"")


@pytest.fixture(autouse=True)
def _in_english(cast):
    Person.objects.update(language="en")
    with translation.override("en"):
        yield


@pytest.fixture
def prospect(cast):
    """Kumo, whom Chie would like to serve."""
    account = make.account("Kumo", cast.bureau2, status="prospect")
    make.seat(cast.chie, account, lead=True)
    return account


@pytest.fixture
def rivals(cast, prospect):
    """Kumo and Sora are declared to compete; what Sora had for tea is gone."""
    Account.objects.filter(pk=cast.sora_tea.pk).update(status="lost")
    return make.rivalry(cast.sora.company, prospect.company, ground="Both sell tea.")


@pytest.fixture
def asked(cast, prospect):
    """Chie asks, and the check runs."""

    def ask():
        with acting_as(cast.chie):
            receipt = actions.ask_check(account=prospect, by=cast.chie, at=now())
        tasks.run_check(str(receipt.pk), str(cast.go.pk))
        return Check.objects.get(pk=receipt.pk)

    return ask


def decided(cast, check, verdict, hit=None, **said):
    with acting_as(cast.go):
        check.refresh_from_db()
        return actions.decide(
            check=check, hit=hit, verdict=verdict, reason="So.", by=cast.go, at=now(), **said
        )


def receipt_of(person):
    with acting_as(person):
        return Receipt.objects.get()


def sees(person):
    with acting_as(person):
        return set(Account.objects.values_list("name", flat=True))


def test_whoever_asks_gets_the_same_answer_hit_or_no_hit(client, cast, prospect):
    """Statements and bytes: pressing the button stores a request and queues it, no more."""
    client.force_login(cast.chie.login_row)
    path = reverse("conflicts:ask-check", args=[prospect.pk])

    def press():
        with transaction.atomic():
            with CaptureQueriesContext(
                connection,
            ) as asked:
                there = client.post(path, follow=True)
            transaction.set_rollback(True)
        return there.status_code, normal(there.content), [VARIES.sub("", q["sql"]) for q in asked]

    nothing = press()
    make.rivalry(cast.sora.company, prospect.company, ground="Both sell tea.")
    make.commitment(cast.sora, names=(prospect.company.name,))

    assert press() == nothing
    assert "Referred to the conflicts officer" in nothing[1]


def test_hits_are_the_officers_alone(cast, rivals, asked):
    check = asked()

    assert Hit.objects.get().account == cast.sora
    for person in (cast.chie, cast.emi, cast.hana):
        with acting_as(person):
            assert not Hit.objects.exists()
            assert not Check.objects.exists()
    assert receipt_of(cast.chie).is_open
    ball = Handoff.objects.get(kind="conflicts.check")
    assert (ball.asked_of, ball.subject_id) == (cast.go, check.pk)


def test_a_check_without_a_hit_reaches_who_asked_only_when_it_is_decided(cast, asked):
    check = asked()
    assert receipt_of(cast.chie).is_open

    decided(cast, check, "no_conflict")

    assert receipt_of(cast.chie).outcome == "clear"
    ball = Handoff.objects.get(kind="conflicts.check")
    assert ball.answer == "Cleared. You may go on."


def test_consent_in_the_portal_builds_the_wall_and_clears(client, cast, prospect, rivals, asked):
    check = asked()
    hit = Hit.objects.get()
    with pytest.raises(ValidationError, match="whom the client"):
        decided(cast, check, "consent", hit, until=UNTIL, asks="A newcomer in tea.")
    decided(
        cast, check, "consent", hit, until=UNTIL, person=cast.ken, asks="A newcomer in tea.",
        conditions="Another floor.",
    )  # fmt: skip
    assert receipt_of(cast.chie).is_open

    request = ConsentRequest.objects.get()
    ball = Handoff.objects.get(kind="conflicts.consent")
    assert (ball.asked_of, ball.private) == (cast.ken, True)
    client.force_login(cast.ken.login_row)
    shown = client.get(ball.path).content.decode()
    assert "A newcomer in tea." in shown
    assert "Another floor." in shown
    assert "Kumo" not in shown
    assert client.post(ball.path, {"answer": ""}).status_code == 422
    client.post(ball.path, {"answer": "yes", "remarks": "If it stays so."})
    tasks.take_up_consent(str(request.pk), str(cast.go.pk))

    assert receipt_of(cast.chie).outcome == "safeguards"
    given = Consent.objects.get()
    assert (given.account, given.company, given.expires_on) == (cast.sora, prospect.company, UNTIL)
    wall = Wall.objects.get()
    assert wall.ground_ends_on == UNTIL
    assert sees(cast.chie) == {"Kumo", "Rival"}
    assert sees(cast.aki) == {"Sora", "Sora Tea"}
    assert [d.verdict for d in Decision.objects.order_by("decided_at")] == ["consent", "safeguards"]
    with pytest.raises(Refused), acting_as(cast.ken):
        actions.answer_consent(
            request=ConsentRequest.objects.get(), granted=False, remarks="", by=cast.ken, at=now()
        )


@pytest.mark.parametrize(("ends_on", "until"), [(None, None), (None, UNTIL), (UNTIL, None)])
def test_a_wall_that_keeps_the_two_apart_for_good_serves_the_next_clearance(
    cast, prospect, rivals, asked, ends_on, until
):
    check = asked()
    sides = [SideOf("One", accounts=[cast.sora]), SideOf("Other", accounts=[prospect])]
    with acting_as(cast.go):
        standing = actions.raise_wall(
            name="Two teas", sides=sides, ground="So.", ground_ends_on=ends_on, by=cast.go, at=now()
        )

    decision = decided(cast, check, "safeguards", Hit.objects.get(), until=until)

    assert (decision.wall == standing) is (ends_on is None and until is None)


def test_a_client_that_does_not_consent_declines(cast, rivals, asked):
    check = asked()
    decided(cast, check, "consent", Hit.objects.get(), until=UNTIL, person=cast.ken, asks="Tea.")
    with acting_as(cast.ken):
        request = ConsentRequest.objects.get()
        actions.answer_consent(request=request, granted=False, remarks="", by=cast.ken, at=now())
    tasks.take_up_consent(str(request.pk), str(cast.go.pk))

    assert receipt_of(cast.chie).outcome == "declined"
    assert not Wall.objects.exists()


def test_the_officer_records_an_answer_with_its_document(client, cast, rivals, asked):
    check = asked()
    decided(cast, check, "consent", Hit.objects.get(), until=UNTIL, person=cast.ken, asks="Tea.")
    path = reverse("conflicts:consent", args=[ConsentRequest.objects.get().pk])
    client.force_login(cast.aki.login_row)
    assert client.get(path).status_code == 404
    client.force_login(cast.go.login_row)

    assert client.post(path, {"answer": "yes"}).status_code == 422
    client.post(path, {"answer": "yes", "document": "Letter of 3 June, safe 2"})

    request = ConsentRequest.objects.get()
    assert (request.granted, request.recorded_by) == (True, cast.go)
    ball = Handoff.objects.get(kind="conflicts.consent")
    assert (ball.answered_by, ball.recorded_by) == (cast.ken, cast.go)


def test_what_is_decided_later_counts_and_what_was_decided_stays(cast, rivals, asked):
    check = asked()
    hit = Hit.objects.get()
    decided(cast, check, "decline", hit)
    assert receipt_of(cast.chie).outcome == "declined"

    decided(cast, check, "no_conflict", hit)

    assert receipt_of(cast.chie).outcome == "clear"
    assert Decision.objects.count() == 2


@pytest.mark.parametrize("required", [False, True])
def test_a_prospect_becomes_active_once_it_is_cleared_where_the_agency_says_so(
    cast, prospect, asked, required
):
    Policy.objects.create(clearance_required=required)

    def activate():
        with acting_as(cast.emi):
            change_status(account=prospect, status="active", on=TODAY, by=cast.emi, at=now())

    if required:
        with pytest.raises(ValidationError, match="A check for conflicts is missing"):
            activate()
        check = asked()
        with pytest.raises(ValidationError, match="has not decided"):
            activate()
        decided(cast, check, "decline")
        with pytest.raises(ValidationError, match="declined this account"):
            activate()
        decided(cast, check, "no_conflict")
    activate()

    prospect.refresh_from_db()
    assert prospect.status == "active"


def test_the_officers_pages_show_hits_and_take_decisions(client, cast, prospect, rivals, asked):
    check = asked()
    client.force_login(cast.go.login_row)
    path = reverse("conflicts:check", args=[check.pk])
    shown = client.get(path).content.decode()
    assert "Both sell tea." in shown
    assert "Kumo" in client.get(reverse("conflicts:register")).content.decode()

    hit = Hit.objects.get()
    form = {"verdict": "safeguards", "reason": "Two bureaus.", "until": UNTIL.isoformat()}
    client.post(reverse("conflicts:decide", args=[hit.pk]), form)

    assert "Two bureaus." in client.get(path).content.decode()
    client.force_login(cast.chie.login_row)
    hers = client.get(path).content.decode()
    assert "Cleared with safeguards" in hers
    assert "Sora" not in hers
    for name, pk in (("decide", hit.pk), ("decide-all", check.pk)):
        assert client.get(reverse(f"conflicts:{name}", args=[pk])).status_code == 404
    assert client.get(reverse("conflicts:register")).status_code == 404


def test_nobody_but_the_officer_writes_a_decision_on_a_receipt(cast, prospect, asked):
    asked()
    with acting_as(cast.chie):
        changed = Receipt.objects.update(outcome="clear", decided_by=cast.chie, decided_at=now())

    assert changed == 0


def test_what_ends_stands_in_the_officers_calendar_alone(cast):
    make.consent(cast.sora, expires_on=UNTIL)
    make.commitment(cast.rival, ends_on=UNTIL)
    Wall.objects.create(name="Sora–Rival", ground_ends_on=UNTIL)
    over = TODAY.replace(day=1) - dt.timedelta(days=1)  # it cools off to the end of this month
    make.commitment(cast.sora, ends_on=over, cooling_off_months=1)
    until = months_later(over, 1)
    with acting_as(cast.go):
        actions.permit_seat(
            account=cast.rival, person=cast.lena, ends_on=UNTIL, reason="So.", by=cast.go, at=now()
        )

    with acting_as(cast.go):
        told = {(event.title, event.starts) for event in agenda.events(cast.go)}
    assert told == {
        ("A consent lapses: Sora", UNTIL),
        ("A commitment ends: Rival", UNTIL),
        ("What a wall stands on ends: Sora–Rival", UNTIL),
        ("A commitment ends: Sora", over),
        ("A cooling-off ends: Sora", until),
        ("A permitted seat ends: Lena, Rival", UNTIL),
    }
    with acting_as(cast.emi):
        assert list(agenda.events(cast.emi)) == []


def test_the_memo_prints_what_was_found_and_decided_for_officers_alone(
    client, cast, prospect, rivals, asked
):
    check = asked()
    path = reverse("conflicts:memo", args=[check.pk])
    client.force_login(cast.aki.login_row)
    assert client.get(path).status_code == 404

    client.force_login(cast.go.login_row)
    open_still = client.get(path)
    decided(cast, check, "decline", hit=Hit.objects.get())
    declined = client.get(path)

    assert open_still.content.startswith(b"%PDF")
    assert declined["Content-Disposition"] == f'inline; filename="clearance-{prospect.code}.pdf"'
    assert declined.content != open_still.content
    assert client.get(path).content == declined.content
