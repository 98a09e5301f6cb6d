"""From the account to a department and back: a job, its dates, its team, the board by keyboard."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from kakehashi.clients.models import Account
from kakehashi.handoffs.models import Handoff
from kakehashi.traffic.models import Job
from tests.browser import problems, what_sticks_out
from tests.stage import speak_english

pytestmark = pytest.mark.slow

TITLE = "Year-end film, 15 seconds"


def card(visitor, job):
    return visitor.page.locator(f"#job-{job.pk}")


def column(visitor, state):
    return visitor.page.locator(f".board-column[data-state={state}]")


def test_a_job_is_planned_back_a_creative_sees_it_alone_and_it_moves_by_keys(visitor):
    speak_english("ninomiya", "hoshino")
    aya, rui = visitor("ninomiya"), visitor("hoshino")

    job = plans_a_job(aya)
    gives_the_storyboard(aya, rui, job)
    moves_it_on_the_board(aya, job)


def plans_a_job(aya):
    """She opens it on the account, with a live date, and takes its tasks from a template."""
    account = Account.objects.get(code="RAICHO-JP")
    aya.opens(f"/accounts/{account.pk}/jobs/")
    aya.follows("New job")
    aya.types("Title", TITLE)
    aya.page.locator("[name=kind]").select_option("television")
    aya.types("Live date", (localdate() + dt.timedelta(days=70)).isoformat())
    aya.presses("Open the job")
    aya.sees("is open", "Job to begin", "Estimate")
    job = Job.objects.get(title=TITLE)
    assert job.number.startswith(f"RAICHO-JP-{localdate():%y}-")
    aya.follows("From a template")
    aya.presses("Add these tasks")
    aya.sees("6 tasks are added")
    aya.presses("Count back from the live date")
    aya.sees("6 dates are set")
    assert problems(aya.page) == []
    assert what_sticks_out(aya.page) == []
    return job


def gives_the_storyboard(aya, rui, job):
    """The designer gets it: this job is there, its account by name, and nothing else."""
    seen = set(
        Job.objects.filter(assignments__person__handle="hoshino").values_list("pk", flat=True)
    )
    path = f"/jobs/{job.pk}/"
    assert not rui.can_open(path)
    aya.page.get_by_role("link", name="Edit Storyboard").click()
    aya.types("Who", "hoshino")
    aya.presses("Save")
    aya.sees("Rui Hoshino")
    rui.opens("/")
    rui.sees("My tasks", "Storyboard")
    rui.page.get_by_role("link", name="Storyboard").click()
    rui.sees(TITLE, "Advance clearance")
    assert rui.can_open(path)
    others = Job.objects.exclude(pk__in=seen | {job.pk}).values_list("pk", flat=True)
    assert not any(rui.can_open(f"/jobs/{pk}/") for pk in others[:5])
    assert not rui.can_open(f"/accounts/{job.account_id}/jobs/")
    rui.page.get_by_role("button", name="Done").first.click()
    rui.sees("It is done")


def moves_it_on_the_board(aya, job):
    """By keys alone on to production, then to a stop, which asks why; by mouse it goes on."""
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
