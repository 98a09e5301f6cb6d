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


def test_a_job_without_a_brief_has_no_such_page(as_, cast, open_job):
    job = open_job()
    aki = as_(cast.aki)

    assert aki.get(f"/jobs/{job.pk}/brief/").status_code == 404
    assert "none: opened without one" in aki.get(f"/jobs/{job.pk}/").content.decode()
