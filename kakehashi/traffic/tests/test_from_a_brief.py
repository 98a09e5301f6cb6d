"""A job that is opened from an accepted brief, and who reads which version of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from kakehashi.approvals import actions as approvals
from kakehashi.approvals import queries as circulating
from kakehashi.approvals.actions import Stop
from kakehashi.briefs import actions as briefs
from kakehashi.briefs.models import Brief, BriefVersion, Section
from kakehashi.handoffs.models import Handoff
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from kakehashi.traffic import actions
from kakehashi.traffic.models import Job
from tests import factories as make

LIVE = dt.date(2030, 4, 1)
FILLED = {
    "objective": ("Be known.", {"metric": "Awareness"}),
    "proposition": ("Ten minutes that are yours.", {}),
    "budget": ("", {"most": "5000000", "currency": "JPY"}),
    "timing": ("", {"live_on": LIVE.isoformat()}),
    "deliverables": ("Two films.", {}),
}


@pytest.fixture
def brief(cast):
    """A creative brief of Sora's that Ben has approved; Cora directs the creatives there."""
    make.seat(make.staff("Cora", cast.bureau1, "creative_director"), cast.sora, "creative_director")
    make.seat(cast.ben, cast.sora, "account_supervisor")
    with acting_as(cast.hana):
        template = briefs.begin_with_usual(by=cast.hana)[1]
    with acting_as(cast.aki):
        made = briefs.begin(
            account=cast.sora, template=template, title="Spring", language="en", by=cast.aki,
            at=now(),
        )  # fmt: skip
    for topic, (text, details) in FILLED.items():
        Section.objects.filter(brief=made, topic=topic).update(
            text=text, details=details, written_by=cast.aki, written_at=now()
        )
    with acting_as(cast.aki):
        circulation = briefs.release(brief=made, route=[Stop(1, cast.ben)], by=cast.aki, at=now())
    with acting_as(cast.ben):
        step = circulating.one(circulation.pk).steps.get()
        approvals.decide(step=step, verdict="approved", by=cast.ben, at=now())
    return Brief.objects.get(pk=made.pk)


def asked(thing):
    return set(Handoff.objects.filter(answered_at=None, subject_id=thing.pk).values_list("kind"))


def test_the_accepted_brief_waits_until_its_job_is_open(as_, cast, brief):
    assert asked(brief) == {("brief",)}
    aki = as_(cast.aki)
    address = f"/briefs/{brief.pk}/job/"
    assert f'href="{address}"' in aki.get(f"/briefs/{brief.pk}/").content.decode()

    form = aki.get(address).context["form"]
    said = {name: form[name].value() for name in ("title", "live_on", "run_by", "made_by", "specs")}
    assert said["title"] == "Spring"
    assert said["live_on"] == LIVE
    assert "Two films." in said["specs"]
    sent = {"title": "Spring film", "kind": "television", "live_on": "2030-04-01"}
    answer = aki.post(address, {**sent, "run_by": cast.aki.handle, "made_by": said["made_by"]})

    job = Job.objects.get()
    assert answer.url == f"/jobs/{job.pk}/"
    assert (job.brief_version, job.live_on, job.made_by.name) == (brief.accepted, LIVE, "Cora")
    assert asked(brief) == set()
    assert asked(job) == {("job.proposed",), ("job.not_estimated",)}
    sheet = aki.get(answer.url).content.decode()
    assert f"/jobs/{job.pk}/brief/" in sheet
    assert "Version 1" in sheet
    page = aki.get(f"/briefs/{brief.pk}/").content.decode()
    assert f'href="/jobs/{job.pk}/"' in page


def test_what_a_job_is_open_on_is_not_taken_back_and_stays_as_it_was(as_, cast, brief, open_job):
    job = open_job(brief=brief)
    step = circulating.of_versions("brief", [brief.accepted_id])[0].steps.get()
    with pytest.raises(Refused, match=f"begun from it: {job.number}"), acting_as(cast.ben):
        approvals.take_back(step=step, by=cast.ben, at=now())

    with acting_as(cast.aki):
        section = Section.objects.select_related("brief").get(brief=brief, topic="proposition")
        briefs.write_section(
            section=section, version=section.version, text="Eleven minutes.", details={},
            by=cast.aki, at=now(),
        )  # fmt: skip
    job.refresh_from_db()
    aki = as_(cast.aki)
    assert "Version 2 is newer" in aki.get(f"/jobs/{job.pk}/").content.decode()
    page = aki.get(f"/jobs/{job.pk}/brief/").content.decode()
    assert "Ten minutes that are yours." in page
    assert "Eleven" not in page


def test_a_job_is_opened_from_what_is_accepted_and_of_its_account(cast, brief, open_job):
    Brief.objects.filter(pk=brief.pk).update(state="draft", accepted=None, accepted_at=None)

    with pytest.raises(Refused, match="approves the brief first"):
        open_job(brief=brief)
    with pytest.raises(ValidationError, match="of this account"):
        open_job(by=cast.chie, account=cast.rival, brief=brief)
    assert not Job.objects.exists()


def test_a_creative_reads_that_version_alone(as_, cast, brief, open_job, add_task):
    job, other = open_job(brief=brief), open_job(title="Another")
    add_task(job, "Storyboard", person=cast.lena)
    lena = as_(cast.lena)

    page = lena.get(f"/jobs/{job.pk}/brief/")
    assert page.status_code == 200
    assert "Ten minutes that are yours." in page.content.decode()
    assert f"/briefs/{brief.pk}/" not in page.content.decode()
    hidden = (f"/briefs/{brief.pk}/", f"/briefs/{brief.pk}/versions/1/", f"/jobs/{other.pk}/",
              f"/accounts/{cast.sora.pk}/briefs/", f"/briefs/{brief.pk}/job/")  # fmt: skip
    for address in hidden:
        assert lena.get(address).status_code == 404, address
    with acting_as(cast.lena):
        assert not Brief.objects.exists()
        assert not Section.objects.exists()
        assert [one.pk for one in BriefVersion.objects.all()] == [brief.accepted_id]
    with acting_as(cast.aki):
        actions.finish_task(task=job.tasks.get(), by=cast.aki, at=now())


@pytest.fixture
def renewed(cast, brief, open_job):
    """A job of Spring's first version; its second is written, and Ben approves it."""
    job = open_job(brief=brief)
    with acting_as(cast.aki):
        section = Section.objects.select_related("brief").get(brief=brief, topic="proposition")
        briefs.write_section(
            section=section, version=section.version, text="Eleven minutes.", details={},
            by=cast.aki, at=now(),
        )  # fmt: skip
        assert "newer_brief" not in str(asked(job))
        circulation = briefs.release(brief=brief, route=[Stop(1, cast.ben)], by=cast.aki, at=now())
    with acting_as(cast.ben):
        step = circulating.one(circulation.pk).steps.get()
        approvals.decide(step=step, verdict="approved", by=cast.ben, at=now())
    return Job.objects.get(pk=job.pk)


NEWER = ("job.newer_brief",)


def test_who_runs_a_job_sees_what_changed_in_its_brief_and_takes_it_over(
    as_, cast, brief, renewed, add_task
):
    ball = Handoff.objects.get(kind=NEWER[0], answered_at=None)
    assert (ball.asked_of, ball.path) == (cast.aki, f"/jobs/{renewed.pk}/newer-brief/")
    assert "第2版" in ball.title
    aki = as_(cast.aki)
    assert f'href="{ball.path}"' in aki.get(f"/jobs/{renewed.pk}/").content.decode()
    page = aki.get(ball.path).content.decode()
    assert "<del>" in page
    assert "<ins>" in page

    answer = aki.post(ball.path, {"number": "2", "judgement": "take"})
    assert answer.url == f"/jobs/{renewed.pk}/"

    renewed.refresh_from_db()
    assert renewed.brief_version.number == 2
    assert NEWER not in asked(renewed)
    assert asked(brief) == set()
    assert "Version 2 is taken over." in aki.get(answer.url).content.decode()
    assert aki.get(ball.path).url == answer.url
    add_task(renewed, "Storyboard", person=cast.lena)
    assert "Eleven" in as_(cast.lena).get(f"/jobs/{renewed.pk}/brief/").content.decode()


def test_or_leaves_it_and_says_why(as_, cast, brief, renewed):
    aki = as_(cast.aki)
    address = f"/jobs/{renewed.pk}/newer-brief/"
    refused = aki.post(address, {"number": "2", "judgement": "leave"})
    assert refused.status_code == 422
    assert "Say why" in refused.content.decode()
    refused = aki.post(address, {"number": "1", "judgement": "take"})
    assert refused.status_code == 422
    assert "accepted meanwhile" in refused.content.decode()

    aki.post(address, {"number": "2", "judgement": "leave", "reason": "It is shot already."})

    renewed.refresh_from_db()
    assert renewed.brief_version.number == 1
    assert NEWER not in asked(renewed)
    assert asked(brief) == {("brief",)}
    sheet = aki.get(f"/jobs/{renewed.pk}/").content.decode()
    assert "It is shot already." in sheet
    assert "Version 2 is accepted" in sheet


def test_it_waits_for_who_runs_the_job_and_for_nobody_once_the_work_is_over(cast, renewed, move):
    with acting_as(cast.aki):
        said = {
            name: getattr(renewed, name)
            for name in (
                "version",
                "title",
                "kind",
                "live_on",
                "specs",
                "made_by",
                "billed_by",
                "client",
            )
        }
        actions.edit_job(job=renewed, run_by=cast.ben, by=cast.aki, at=now(), **said)
    assert Handoff.objects.get(kind=NEWER[0], answered_at=None).asked_of == cast.ben
    move(renewed, "production", "cancelled", by=cast.ben, reason="No budget.")

    assert NEWER not in asked(renewed)
    with pytest.raises(Refused, match="cancelled"), acting_as(cast.aki):
        actions.judge_brief(
            job=renewed, number=2, judgement="take", reason="", by=cast.aki, at=now()
        )  # fmt: skip


def test_who_may_not_judge_it_reads_why(as_, cast, renewed, add_task):
    add_task(renewed, "Storyboard", person=cast.lena)

    assert as_(cast.lena).get(f"/jobs/{renewed.pk}/newer-brief/").status_code == 302
    page = as_(cast.fumi).get(f"/jobs/{renewed.pk}/newer-brief/").content.decode()
    assert "This takes one of these roles here" in page
    assert 'name="judgement"' not in page


def test_a_job_without_a_brief_has_no_such_page(as_, cast, open_job):
    job = open_job()
    aki = as_(cast.aki)

    assert aki.get(f"/jobs/{job.pk}/brief/").status_code == 404
    assert "none: opened without one" in aki.get(f"/jobs/{job.pk}/").content.decode()
