"""The board: a job moves on it by keys and by mouse."""

from __future__ import annotations

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from kakehashi.clients.models import Account
from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from kakehashi.traffic import actions
from tests.browser import problems
from tests.stage import speak_english

pytestmark = pytest.mark.slow

TITLE = "Year-end film, 15 seconds"


def card(visitor, job):
    return visitor.page.locator(f"#job-{job.pk}")


def column(visitor, state):
    return visitor.page.locator(f".board-column[data-state={state}]")


def test_a_job_moves_on_the_board_by_keys_and_by_mouse(visitor):
    """By keys alone on to production, then to a stop, which asks why; by mouse it goes on."""
    speak_english("ninomiya")
    by = Person.objects.get(handle="ninomiya")
    with acting_as(by):
        account = Account.objects.get(code="RAICHO-JP")
        job = actions.open_job(account=account, title=TITLE, by=by, at=now())
    aya = visitor("ninomiya")
    aya.page.set_viewport_size({"width": 1920, "height": 900})  # all columns are in view
    aya.opens("/jobs/board/?whose=mine")
    expect(column(aya, "proposed")).to_contain_text(TITLE)
    card(aya, job).focus()
    aya.page.keyboard.press("Shift+ArrowRight")
    expect(column(aya, "in_production")).to_contain_text(TITLE)
    expect(card(aya, job)).to_be_focused()
    aya.page.keyboard.press("m")
    new = card(aya, job).locator("[name=new]")
    expect(new).to_be_focused()
    new.select_option("on_hold")
    card(aya, job).locator("textarea").fill("The budget waits for their board.")
    card(aya, job).get_by_role("button", name="Move").click()
    expect(column(aya, "on_hold")).to_contain_text(TITLE)
    job.refresh_from_db()
    assert job.production == "on_hold"
    assert Handoff.objects.filter(subject_id=job.pk, answered_at=None, kind="job.on_hold").exists()

    # By mouse it goes on where it stood.
    there = column(aya, "in_production").locator(".board-cards")
    card(aya, job).drag_to(there, source_position={"x": 8, "y": 8})
    expect(column(aya, "in_production")).to_contain_text(TITLE)
    assert problems(aya.page) == []
