"""Pages of jobs: what they show, how they answer, what they refuse; and how large they grow."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from kakehashi.traffic import states
from kakehashi.traffic.models import Job, Task, Template
from kakehashi.traffic.queries import jobs
from tests import factories as make

HX = {"HTTP_HX_REQUEST": "true"}
TODAY = localdate()
LARGEST = 150 * 1024


def text(response):
    return response.content.decode()


class TestList:
    def test_it_shows_open_jobs_the_most_urgent_first(self, as_, cast, open_job, in_a_month):
        open_job(title="Later", live_on=in_a_month)
        open_job(title="Sooner", live_on=TODAY + dt.timedelta(days=3))
        open_job(title="Undated")

        shown = text(as_(cast.aki).get("/jobs/"))

        assert shown.index("Sooner") < shown.index("Later") < shown.index("Undated")

    def test_its_address_says_which(self, as_, cast, open_job):
        open_job(title="Autumn film")
        open_job(title="Winter press", kind="newspaper", live_on=dt.date(2020, 5, 1),
                 run_by=cast.ben)  # fmt: skip
        client = as_(cast.aki)

        for question, found in {
            "q=Autumn": ["Autumn film"],
            "q=-002": ["Winter press"],
            "kind=newspaper": ["Winter press"],
            "whose=mine": ["Autumn film"],
            "whose=accounts": ["Autumn film", "Winter press"],
            "late=1": ["Winter press"],
            "production=on_hold": [],
            "from=2020-01-01&to=2020-12-31": ["Winter press"],
            "account=nonsense&sort=nonsense": ["Autumn film", "Winter press"],
        }.items():
            shown = text(client.get(f"/jobs/?{question}", **HX))
            titles = [title for title in ("Autumn film", "Winter press") if title in shown]
            assert titles == found, question

    def test_what_is_closed_is_asked_for(self, as_, cast, open_job, move):
        job = open_job()
        move(job, "production", "cancelled", reason="They left.")
        move(job, "billing", "unbillable", reason="Nothing was made.")
        move(job, "billing", "closed", by=cast.fumi)

        assert "Autumn film" not in text(as_(cast.aki).get("/jobs/"))
        assert "Autumn film" in text(as_(cast.aki).get("/jobs/?closed=1"))

    def test_an_account_has_its_own(self, as_, cast, open_job):
        open_job()

        shown = text(as_(cast.aki).get(f"/accounts/{cast.sora.pk}/jobs/"))

        assert "Autumn film" in shown
        assert f"/jobs/new/?account={cast.sora.pk}" in shown


class TestBoard:
    def test_a_card_is_moved_where_it_stands(self, as_, cast, open_job):
        job = open_job()
        client = as_(cast.aki)
        assert 'data-state="proposed"' in text(client.get("/jobs/board/"))

        answer = client.post(
            f"/jobs/{job.pk}/move/production/", {"old": "proposed", "new": "in_production"}, **HX
        )

        assert answer.status_code == 200
        assert answer["HX-Trigger-After-Settle"] == "kakehashi:moved"
        assert "is in “In production” now" in text(answer)

    def test_a_stop_asks_why_in_the_card(self, as_, cast, open_job):
        job = open_job()
        answer = as_(cast.aki).post(
            f"/jobs/{job.pk}/move/production/", {"old": "proposed", "new": "on_hold"}, **HX
        )

        assert answer.status_code == 422
        assert "Say why" in text(answer)

    def test_where_it_cannot_go_it_says_so(self, as_, cast, open_job):
        job = open_job()
        answer = as_(cast.aki).post(
            f"/jobs/{job.pk}/move/production/", {"old": "proposed", "new": "delivered"}, **HX
        )

        assert answer.status_code == 422
        assert "does not go to" in text(answer)
        job.refresh_from_db()
        assert job.production == "proposed"

    def test_with_two_thousand_open_jobs_it_is_a_page_like_any_other(self, as_, cast, monkeypatch):
        Job.objects.bulk_create(
            Job(
                account=cast.sora, number=f"{cast.sora.code}-26-{at:04}", run_by=cast.aki,
                title=f"雑誌広告 美容誌タイアップ 第{at}号",
                live_on=TODAY + dt.timedelta(days=at % 90),
                production=sorted(states.COURTS[states.PRODUCTION])[at % 6],
            )
            for at in range(2_000)
        )  # fmt: skip
        client = as_(cast.aki)
        answer = client.get("/jobs/board/")

        assert len(answer.content) < LARGEST
        assert "333" in text(answer)
        more = text(client.get("/jobs/board/"))
        address = more.partition('hx-get="/jobs/board/in_production/')[2].partition('"')[0]
        further = text(client.get(f"/jobs/board/in_production/{address.replace('&amp;', '&')}"))
        assert further.count('class="job-card"') == 15
        assert not set(cards(more)) & set(cards(further))

        monkeypatch.setattr(jobs, "COUNTED", 300)
        assert text(client.get("/jobs/board/")).count("300+</span>") == 6


def cards(page):
    return [part.partition('"')[0] for part in page.split('id="job-')[1:]]


class TestJob:
    def test_the_sheet_tells_all_of_it(self, as_, cast, open_job, add_task, in_a_month):
        job = open_job(live_on=in_a_month, specs="B2, four colours", client=cast.ken)
        add_task(job, "Layouts", person=cast.lena, starts_on=TODAY, due_on=TODAY)

        shown = text(as_(cast.aki).get(f"/jobs/{job.pk}/"))

        for part in ("B2, four colours", "Layouts", "Lena", "Ken", "Whose move it is", "<svg"):
            assert part in shown, part

    def test_a_creative_opens_that_job_alone(self, as_, cast, open_job, add_task):
        mine, other = open_job(client=cast.ken), open_job()
        task = add_task(mine, "Layouts", person=cast.lena)
        client = as_(cast.lena)

        shown = text(client.get(f"/jobs/{mine.pk}/"))

        assert "Layouts" in shown
        assert "Ken" not in shown
        assert client.get(f"/jobs/{other.pk}/").status_code == 404
        assert client.post(f"/jobs/{mine.pk}/tasks/{task.pk}/finish/").status_code == 302
        task.refresh_from_db()
        assert task.is_done
        assert client.get(f"/accounts/{cast.sora.pk}/jobs/").status_code == 404

    def test_behind_the_wall_there_is_none(self, as_, cast, open_job):
        job = open_job()

        for who in (cast.chie, cast.ken):
            client = as_(who)
            for path in ("", "edit/", "move/production/", "change/", "template/", "tasks/new/"):
                assert client.get(f"/jobs/{job.pk}/{path}").status_code == 404, (who, path)

    def test_it_is_opened_by_a_form(self, as_, cast):
        answer = as_(cast.aki).post(
            f"/jobs/new/?account={cast.sora.pk}",
            {"account": cast.sora.code, "title": "ﾗｼﾞｵ20秒", "kind": "radio",
             "run_by": cast.aki.handle},
        )  # fmt: skip

        job = Job.objects.get()
        assert answer["Location"] == f"/jobs/{job.pk}/"
        assert (job.title, job.kind, job.run_by) == ("ラジオ20秒", "radio", cast.aki)

    def test_of_two_editors_the_second_is_told(self, as_, cast, open_job):
        job = open_job()
        sent = {"title": "Spring film", "kind": "web", "run_by": cast.aki.handle, "version": 1}
        client = as_(cast.aki)
        assert client.post(f"/jobs/{job.pk}/edit/", sent).status_code == 302

        answer = client.post(f"/jobs/{job.pk}/edit/", {**sent, "title": "Summer film"})

        assert answer.status_code == 422
        assert "Nothing was overwritten" in text(answer)

    def test_somebody_else_runs_it_and_has_the_balls(self, as_, cast, open_job):
        job = open_job()
        as_(cast.aki).post(
            f"/jobs/{job.pk}/edit/",
            {"title": job.title, "kind": "web", "run_by": cast.ben.handle, "version": 1},
        )

        shown = text(as_(cast.ben).get("/"))
        assert "Job to begin" in shown

    def test_a_template_fills_the_plan_and_dates_are_counted_back(
        self, as_, cast, open_job, in_a_month
    ):
        job = open_job(live_on=in_a_month)
        tara = make.staff("Tara", cast.tokyo, "traffic")
        client = as_(tara)
        answer = client.post(
            "/jobs/templates/new/",
            {"name": "Press", "kind": "newspaper", "title-1": "Layouts", "days-1": "3",
             "title-2": "Artwork", "days-2": "2", "after-2": "1"},
        )  # fmt: skip
        assert answer.status_code == 302, text(answer)
        made = Template.objects.get()
        past = f"/history/traffic_template/{made.pk}/"
        assert past in text(client.get(f"/jobs/templates/{made.pk}/"))
        assert "Artwork" in text(client.get(past))
        client.post(f"/jobs/{job.pk}/template/", {"template": str(made.pk)})
        client.post(f"/jobs/{job.pk}/plan-back/")

        layouts, artwork = Task.objects.order_by("place")
        assert layouts.due_on < artwork.starts_on <= artwork.due_on < in_a_month


def test_tasks_beside_other_things_are_the_most_urgent(as_, cast, open_job, add_task):
    job = open_job()
    for at in range(14):
        add_task(job, f"Task {at:02}", person=cast.aki, due_on=TODAY + dt.timedelta(days=at))
    client = as_(cast.aki)

    shown = text(client.get("/"))
    assert "Task 11" in shown
    assert "Task 12" not in shown
    assert "Task 13" in text(client.get("/?tasks=all"))


class TestMonth:
    def test_it_shows_live_dates_and_ones_own_tasks(self, as_, cast, open_job, add_task):
        job = open_job(live_on=TODAY, made_by=cast.lena)
        add_task(job, "Layouts", person=cast.lena, due_on=TODAY)

        shown = text(as_(cast.lena).get("/jobs/month/"))

        assert "Autumn film" in shown
        assert "Layouts" in shown
        assert "Autumn film" in text(as_(cast.lena).get("/jobs/month/?whose=mine&month=no"))


def test_more_rows_ask_postgresql_no_more(as_, cast, open_job, add_task):
    job = open_job(live_on=TODAY)
    pages = ("/jobs/", "/jobs/board/", "/jobs/month/", f"/jobs/{job.pk}/", "/")
    client = as_(cast.aki)

    def asked():
        counts = {}
        for address in pages:
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counts[address] = len(captured)
        return counts

    def grows():
        open_job(title="More", live_on=TODAY)
        add_task(job, "Layouts", person=cast.lena, starts_on=TODAY, due_on=TODAY)
        add_task(job, "Check", person=cast.aki, due_on=TODAY)

    grows()
    few = asked()
    grows()
    grows()

    assert asked() == few
