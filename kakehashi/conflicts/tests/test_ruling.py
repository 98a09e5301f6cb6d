"""The rule of the agency: asked for once, proposed by where it is, changed with a reason."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now

from kakehashi.conflicts import actions, tasks
from kakehashi.conflicts.examining import load_rules
from kakehashi.conflicts.models import Policy
from kakehashi.conflicts.queries import ruling
from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Office, Person
from kakehashi.policy.acting import acting_as
from tests import factories as make

PAGE = reverse("conflicts:policy")
TABLE = {
    f"{mode}_{severity}": "consent"
    for mode in ("strict", "split")
    for severity in ("direct", "adjacent", "indirect")
}
ASKED = "Nobody has said yet how the agency treats rivals"


@pytest.fixture
def officer(client, cast):
    Person.objects.update(language="en")
    client.force_login(cast.go.login_row)
    return client


def chosen(officer):
    """What stands filled in on the page, and whether it asks."""
    shown = officer.get(PAGE)
    form = shown.context["form"]
    return form["mode"].value(), form["clearance_required"].value(), ASKED in shown.content.decode()


@pytest.mark.parametrize(
    ("country", "timezone", "mode"),
    [
        ("JP", "Asia/Tokyo", "split"), ("", "Asia/Tokyo", "split"),
        ("GB", "Europe/London", "strict"), ("SG", "Asia/Tokyo", "strict"),
    ],
)  # fmt: skip
def test_split_accounts_are_proposed_to_a_japanese_agency(officer, cast, country, timezone, mode):
    Office.objects.filter(pk=cast.hq.pk).update(country=country, timezone=timezone)

    assert chosen(officer) == (mode, True, True)
    assert load_rules().mode == "strict"  # until somebody has answered
    assert not Policy.objects.exists()


def test_an_agency_that_is_set_up_is_asked_once_until_it_answers(officer, cast):
    tasks.ask_for_rule(0)
    tasks.ask_for_rule(0)
    ball = Handoff.objects.get()
    assert (ball.asked_of, ball.private, ball.path) == (cast.go, True, PAGE)
    for page in ("commitments", "register"):
        assert ASKED in officer.get(reverse(f"conflicts:{page}")).content.decode()

    officer.post(PAGE, {"mode": "split", **TABLE})

    ball.refresh_from_db()
    assert (ball.answer, ball.answered_by) == ("Split accounts", cast.go)
    assert chosen(officer) == ("split", False, False)
    assert ASKED not in officer.get(reverse("conflicts:commitments")).content.decode()
    tasks.ask_for_rule(0)
    assert Handoff.objects.count() == 1


def test_without_an_officer_nobody_is_asked(db):
    make.office("Agency")
    tasks.ask_for_rule(0)

    assert not Handoff.objects.exists()


def test_who_changes_the_rule_says_why_and_it_stays_to_be_read(officer, cast, monkeypatch):
    officer.post(PAGE, {"mode": "split", **TABLE})
    other = {"mode": "strict", **TABLE, "split_indirect": "clear", "clearance_required": "on"}
    assert officer.post(PAGE, other).status_code == 422

    officer.post(PAGE, {**other, "reason": "Headquarters asks for it."})

    policy = Policy.objects.get()
    assert (policy.mode, policy.split_indirect, policy.strict_direct, policy.set_by) == (
        "strict", "clear", "consent", cast.go,
    )  # fmt: skip
    assert policy.clearance_required
    shown = officer.get(PAGE).content.decode()
    assert "Headquarters asks for it." in shown
    assert "Mode: Split accounts → Strict exclusivity" in shown
    past = reverse("history:record", args=["conflicts_policy", policy.pk])
    assert past not in shown
    with acting_as(cast.go), translation.override("en"):
        (latest, first), more = ruling.revisions()
    assert (first.reason, latest.reason, latest.by) == ("", "Headquarters asks for it.", cast.go)
    assert ("Mode", "", "Split accounts") in first.lines
    assert latest.lines == [
        ("Mode", "Split accounts", "Strict exclusivity"),
        ("Split accounts · indirect", "needs the client's consent", "clear"),
        ("No prospect becomes active without clearance", "No", "Yes"),
    ]
    assert not more
    monkeypatch.setattr(ruling, "SHOWN", 1)  # what came before these is a page further
    assert past in officer.get(PAGE).content.decode()
    assert "Strict exclusivity" in officer.get(past).content.decode()


def test_the_action_asks_for_the_reason_too(cast):
    with acting_as(cast.go):
        actions.set_policy(mode="split", by=cast.go, at=now())
        with pytest.raises(ValidationError) as refused:
            actions.set_policy(mode="strict", reason="　", by=cast.go, at=now())

    assert set(refused.value.message_dict) == {"reason"}
