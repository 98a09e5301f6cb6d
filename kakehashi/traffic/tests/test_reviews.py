"""The client looks at the work on a page of their own, and the job goes on by what they say."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from kakehashi.traffic import actions
from kakehashi.traffic.models import Job, Review
from kakehashi.traffic.tasks import carry_on_review
from tests import factories as make


@pytest.fixture
def shown(cast, open_job, move):
    """Aki has Ken look at a film."""
    job = open_job(client=cast.ken, made_by=cast.lena)
    move(job, "production", "in_production")
    move(job, "production", "internal_review")
    move(job, "production", "client_review", shown="https://films.example/1")
    return job


def balls(job, kind="client_review"):
    found = Handoff.objects.filter(subject_id=job.pk, answered_at=None, kind=f"job.{kind}")
    return [(ball.asked_of.name, ball.path) for ball in found.select_related("asked_of")]


def answer(by, verdict, said=""):
    with acting_as(by):
        review = Review.objects.get(closed_at=None)
        actions.answer_review(review=review, verdict=verdict, said=said, by=by, at=now())
    carry_on_review(str(review.pk))
    carry_on_review(str(review.pk))


def test_the_client_is_asked_on_a_page_of_their_own_and_sees_no_job(cast, shown):
    review = Review.objects.get()
    assert balls(shown) == [("Ken", f"/reviews/{review.pk}/")]

    with acting_as(cast.ken):
        seen = Review.objects.get()
        assert (seen.title, seen.text) == (str(shown), "https://films.example/1")
        assert not Job.objects.exists()
    for person in (cast.chie, make.contact("Ryo", cast.rival).person):
        with acting_as(person):
            assert not Review.objects.exists(), person


def test_a_client_who_is_content_hands_it_to_who_runs_the_job(cast, shown):
    answer(cast.ken, "fine", "Lovely.")

    shown.refresh_from_db()
    assert shown.production == "client_review"
    assert balls(shown) == [("Aki", f"/jobs/{shown.pk}/")]
    answered = Handoff.objects.get(kind="job.client_review", outcome="answered")
    assert answered.answered_by == cast.ken
    assert "Lovely." in answered.answer


def test_what_the_client_wants_changed_is_counted_and_the_work_goes_back(cast, shown):
    answer(cast.ken, "change", "A bluer sky.")

    shown.refresh_from_db()
    request = shown.requests.get()
    assert (shown.production, request.round, request.asked_by) == ("in_production", 1, cast.ken)
    assert balls(shown) == []
    assert [who for who, _path in balls(shown, "in_production")] == ["Lena"]
    assert Review.objects.get().closed_at is not None
    assert Handoff.objects.get(kind="job.client_review").answered_by == cast.ken


def test_a_review_is_answered_once_by_who_is_asked_and_while_it_waits(cast, shown, move):
    mei = make.contact("Mei", cast.sora).person
    for person in (mei, cast.aki):
        with pytest.raises(Refused):
            answer(person, "fine")
    with pytest.raises(ValidationError, match="what is to change"):
        answer(cast.ken, "change")
    move(shown, "production", "in_production", reason="They rang.")
    review = Review.objects.get()
    with pytest.raises(Refused, match="gone on meanwhile"), acting_as(cast.ken):
        actions.answer_review(review=review, verdict="fine", said="", by=cast.ken, at=now())


def test_the_next_round_and_another_contact_have_reviews_of_their_own(cast, shown, move):
    answer(cast.ken, "change", "A bluer sky.")
    shown.refresh_from_db()
    move(shown, "production", "internal_review")
    move(shown, "production", "client_review", shown="https://films.example/2")
    mei = make.contact("Mei", cast.sora).person
    shown.refresh_from_db()
    known = {name: getattr(shown, name) for name in
             ("title", "kind", "live_on", "specs", "run_by", "made_by", "billed_by")}  # fmt: skip
    with acting_as(cast.aki):
        actions.edit_job(
            job=shown, version=shown.version, client=mei, by=cast.aki, at=now(), **known
        )

    reviews = Review.objects.order_by("round")
    assert [one.round for one in reviews] == [1, 2, 3]
    assert [one.asked_of.name for one in reviews] == ["Ken", "Ken", "Mei"]
    assert reviews.last().text == "https://films.example/2"
    assert balls(shown) == [("Mei", f"/reviews/{reviews.last().pk}/")]


def test_pages_show_it_ask_for_it_and_answer_it(as_, cast, open_job, move):
    job = open_job(client=cast.ken)
    move(job, "production", "in_production")
    move(job, "production", "internal_review")
    Person.objects.filter(pk=cast.ken.pk).update(language="en")
    aki = as_(cast.aki)
    address = f"/jobs/{job.pk}/show/"
    assert f'href="{address}"' in aki.get(f"/jobs/{job.pk}/").content.decode()
    sent = aki.post(address, {"old": "internal_review", "shown": "See https://films.example/1"})
    assert sent.url == f"/jobs/{job.pk}/"
    review = Review.objects.get()
    page = f"/reviews/{review.pk}/"
    assert page in aki.get(sent.url).content.decode()
    assert "It waits for Ken." in aki.get(page).content.decode()

    ken = as_(cast.ken)
    home = ken.get("/").content.decode()
    assert f'href="{page}"' in home
    shown = ken.get(page).content.decode()
    assert 'href="https://films.example/1"' in shown
    assert "It is your turn" in shown
    assert ken.post(page, {"verdict": "change", "said": ""}).status_code == 422
    assert ken.post(page, {"verdict": "fine", "said": "Lovely."}).url == page
    assert "Lovely." in ken.get(page).content.decode()
    assert ken.get(address).status_code == 404
    assert as_(cast.chie).get(page).status_code == 404
