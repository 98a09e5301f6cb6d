"""A brief that is begun from a client's request: what it takes over, and where each is shown."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from kakehashi.briefs import actions
from kakehashi.briefs.models import Brief
from kakehashi.handoffs.models import Handoff
from kakehashi.policy.acting import acting_as
from kakehashi.requests import actions as requests
from kakehashi.requests.files import Enclosure
from kakehashi.requests.models import ClientRequest


@pytest.fixture
def asked(cast):
    """Ken asked for a banner and answered a question; Aki wrote a note and accepted."""
    cast.ken.language = "en"
    cast.ken.save(update_fields=["language"])
    sent = [Enclosure("fair.pdf", "application/pdf", b"%PDF")]
    with acting_as(cast.ken):
        request = requests.write(
            account=cast.sora, title="A banner for the fair", text="In blue.", by=cast.ken,
            at=now(), wanted_on=dt.date(2030, 4, 1), enclosed=sent,
        )  # fmt: skip
    said = {"request": request, "at": now()}
    with acting_as(cast.aki):
        requests.ask_back(question="Which fair?", by=cast.aki, **said)
        requests.note(text="They pay late.", by=cast.aki, **said)
    with acting_as(cast.ken):
        requests.answer(text="In autumn.", by=cast.ken, **said)
    with acting_as(cast.aki):
        requests.accept(by=cast.aki, **said)
    return request


def courts(*things):
    balls = Handoff.objects.filter(answered_at=None, subject_id__in=[one.pk for one in things])
    return {(ball.asked_of.name, ball.kind) for ball in balls.select_related("asked_of")}


def test_the_client_s_words_and_files_stand_in_it_and_the_ball_moves(cast, begin, asked):
    assert courts(asked) == {("Aki", "requests.begin")}

    brief = begin(request=asked)

    texts = {one.topic: one.text for one in brief.sections.all() if one.text}
    assert texts == {
        "background": "In blue.\n\nWhich fair? – In autumn.\n\nEnclosed: fair.pdf",
        "timing": "The client needs it by Mon 1 Apr 2030.",
    }
    asked.refresh_from_db()
    assert (asked.state, courts(asked, brief)) == ("begun", {("Aki", "brief")})
    assert asked.entries.get(kind="begun").text == "Brief: Spring"


def test_of_a_creative_brief_the_client_reads_nothing(cast, begin, asked):
    brief = begin("creative", request=asked)

    assert brief.sections.get(topic="why").text.startswith("In blue.")
    assert asked.entries.get(kind="begun").text == ""


def test_a_request_begins_one_brief_of_its_own_account(cast, templates, begin, asked):
    begin(request=asked)
    known = {"template": templates["client"], "title": "x", "at": now()}

    with pytest.raises(ValidationError, match="begun from this request already"):
        begin(request=ClientRequest.objects.get(pk=asked.pk))
    with pytest.raises(ValidationError, match="of this account"), acting_as(cast.chie):
        actions.begin(account=cast.rival, request=asked, by=cast.chie, **known)


def test_accepting_offers_the_brief_and_each_page_leads_to_the_other(
    as_, cast, templates, team, asked
):
    aki = as_(cast.aki)
    address = f"/requests/{asked.pk}/brief/"
    assert f'href="{address}"' in aki.get(f"/requests/{asked.pk}/").content.decode()
    form = aki.get(address).context["form"]
    assert form["title"].value() == "A banner for the fair"
    sent = {"title": "The banner", "language": "en", "form": "written"}
    made = aki.post(address, {**sent, "template": templates["client"].pk})

    brief = Brief.objects.get(request=asked)
    assert made.url == f"/briefs/{brief.pk}/"
    page = aki.get(made.url).content.decode()
    for part in (f"/requests/{asked.pk}/", "A banner for the fair", "fair.pdf", "In blue."):
        assert part in page, part
    assert "They pay late." not in page
    told = aki.get(f"/requests/{asked.pk}/").content.decode()
    assert f'href="/briefs/{brief.pk}/"' in told
    assert address not in told, "nothing is begun twice"

    ken = as_(cast.ken)
    assert f"/briefs/{brief.pk}/" not in ken.get(f"/requests/{asked.pk}/").content.decode()
    assert ken.get(address).status_code == 404
    with acting_as(cast.aki):
        actions.share(brief=brief, by=cast.aki, at=now())
    ken = as_(cast.ken)
    assert f"/briefs/{brief.pk}/" in ken.get(f"/requests/{asked.pk}/").content.decode()
    assert "A banner for the fair" in ken.get(f"/briefs/{brief.pk}/").content.decode()


def test_who_may_not_begin_it_is_told_why(as_, cast, templates, team, asked):
    answer = as_(team.mio).post(f"/requests/{asked.pk}/brief/", {
        "title": "x", "language": "en", "form": "written", "template": templates["client"].pk,
    })  # fmt: skip

    assert answer.status_code == 422
    assert "takes one of these roles" in answer.content.decode()
    assert not Brief.objects.exists()
