"""From the client's mail to a job that a creative sees: in two browsers, in each language."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils.timezone import now

from kakehashi.approvals.models import Circulation
from kakehashi.approvals.tasks import go_on
from kakehashi.briefs import actions as briefs
from kakehashi.briefs.models import Brief, Section, Template
from kakehashi.clients.models import Account
from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Login, Person
from kakehashi.policy.acting import acting_as
from kakehashi.requests.models import ClientRequest
from kakehashi.traffic.models import Job
from tests.browser import problems, what_sticks_out
from tests.stage import speak_english
from tests.stories.test_requests import comes_by_mail

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.stories.visitor import Visitor

pytestmark = pytest.mark.slow

AGENCY = ("ninomiya", "mori", "shindo", "hoshino")
WISH = {"ja": "秋の試乗フェアのポスター", "en": "Posters for the autumn fair"}
LIVE = dt.date(2031, 3, 3)
WORDS = {"ja": "販売店に貼るものを、二種類。", "en": "Two of them, for the showrooms."}


def court(title: str) -> set[tuple[str, str]]:
    """Who has a ball of anything that is called so, on which side."""
    balls = Handoff.objects.filter(answered_at=None, title__contains=title)
    return {(ball.asked_of.handle or ball.asked_of.name, ball.side) for ball in balls}


def sits_down(who: Visitor, login: str) -> None:
    """Somebody else takes the browser over, signed in."""
    client = Client()
    client.force_login(Login.objects.get(username=login))
    name = configured.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": who.server}
    who.page.context.add_cookies([cookie])


def link_to(who: Visitor, path: str) -> Locator:
    return who.main.locator(f'a[href="{path}"]').first


def fill(brief: Brief, by: Person, topic: str, **details: Any) -> None:
    """As the page of a section does; how that looks is the story of its package."""
    with acting_as(by):
        section = Section.objects.select_related("brief").get(brief=brief, topic=topic)
        briefs.write_section(
            section=section, version=section.version, text=section.text, details=details, by=by,
            at=now(),
        )  # fmt: skip


@pytest.mark.parametrize("language", ["ja", "en"])
def test_from_the_clients_mail_to_a_job_that_a_creative_sees(visitor, settings, language):
    settings.MAILIN_ADDRESS = "{token}@in.agency.example"
    account = Account.objects.get(code="RAICHO-JP")
    yuki = account.contacts.get(person__name="清水 由紀").person
    aya = Person.objects.get(handle="ninomiya")
    if language == "en":
        speak_english(*AGENCY)
        Person.objects.filter(pk=yuki.pk).update(language="en")
    agency, client = visitor(language=language), visitor(language=language)
    sits_down(agency, "ninomiya")
    sits_down(client, "shimizu")
    title = WISH[language]

    brief = the_mail_becomes_a_brief(agency, account, yuki, title, WORDS[language])
    the_client_fills_the_gap(agency, client, brief, yuki, title)
    for topic, details in {
        "objective": {"metric": "来店組数", "target": "800", "sort": "business"},
        "timing": {"live_on": LIVE},
        "approvers": {"people": [str(yuki.pk)]},
    }.items():
        fill(brief, aya, topic, **details)
    the_planner_objects_and_is_answered(agency, brief, title)
    everybody_approves(agency, client, brief, title)
    job = the_job_is_opened_and_planned_back(agency, brief, title)
    a_creative_sees_exactly_that_job(agency, job, brief, WORDS[language])


def the_mail_becomes_a_brief(
    agency: Visitor, account: Account, yuki: Person, title: str, words: str
) -> Brief:
    comes_by_mail(account, yuki.email, title, words)
    assert court(title) == {("ninomiya", "ours")}
    agency.opens("/")
    agency.follows(title)
    agency.sees(words)
    agency.follows("Accept")
    agency.presses("Accept")
    agency.sees("Accepted. You have it until work begins.")
    agency.follows("Begin the brief")
    agency.main.locator("[name=template]").select_option(
        str(Template.objects.get(kind="client", retired_at=None).pk)
    )
    agency.presses("Begin the brief")
    agency.sees(title, words, "Where it came from", "Not ready yet", "There is no budget.")
    assert ClientRequest.objects.get(title=title).state == "begun"
    assert court(title) == {("ninomiya", "ours")}
    assert problems(agency.page) == []
    assert what_sticks_out(agency.page) == []
    return Brief.objects.get(request__title=title)


def the_client_fills_the_gap(
    agency: Visitor, client: Visitor, brief: Brief, yuki: Person, title: str
) -> None:
    agency.follows("Open to the client")
    agency.main.locator("[name=with_whom]").select_option(str(yuki.pk))
    agency.presses("Open")
    agency.sees("The client sees the brief now.")
    assert court(title) == {("ninomiya", "ours"), (yuki.handle or yuki.name, "client")}

    client.opens("/")
    link_to(client, f"/briefs/{brief.pk}/").click()
    client.sees("There is no budget.", "Where it came from")
    client.does_not_see("Inside only", "Research it rests on", "Who leads it")
    budget = Section.objects.get(brief=brief, topic="budget")
    link_to(client, f"/briefs/{brief.pk}/sections/{budget.pk}/").click()
    client.main.locator("[name=most]").fill("9000000")
    client.main.locator("[name=currency]").select_option("JPY")
    client.presses("Save")
    client.does_not_see("There is no budget.")
    client.presses("We have filled it in")
    client.sees("Thank you. It is our turn again.")
    assert court(title) == {("ninomiya", "ours")}


def the_planner_objects_and_is_answered(agency: Visitor, brief: Brief, title: str) -> None:
    path = f"/briefs/{brief.pk}/"
    sits_down(agency, "mori")
    agency.opens(path)
    agency.follows("Object: off strategy")
    agency.types("In words", "誰に貼るのか、書かれていません。")
    agency.presses("Object")
    agency.sees("The planner objects: off strategy.")
    raised = brief.objections.get()
    assert [one.asked_of.handle for one in open_balls(raised)] == ["ninomiya"]

    sits_down(agency, "ninomiya")
    agency.opens(path)
    agency.follows("Answer the objection")
    agency.types("Answer", "店頭で最後に迷う家族です。")
    agency.presses("Answer")
    agency.sees("Answered. The planner looks at it.")
    assert [one.asked_of.handle for one in open_balls(raised)] == ["mori"]
    sits_down(agency, "mori")
    agency.opens(path)
    agency.presses("It is resolved")
    agency.sees("Resolved. It blocks the brief no longer.")
    assert not open_balls(raised)
    assert court(title) == {("ninomiya", "ours")}


def open_balls(thing: Any) -> list[Handoff]:
    return list(Handoff.objects.filter(answered_at=None, subject_id=thing.pk))


def everybody_approves(agency: Visitor, client: Visitor, brief: Brief, title: str) -> None:
    sits_down(agency, "ninomiya")
    agency.opens(f"/briefs/{brief.pk}/")
    agency.sees("Ready for approval")
    agency.follows("Send for approval")
    agency.presses("Send round")
    agency.sees("It goes round. Whose turn it is stands below.")
    ours = Circulation.objects.get(side="ours", title__contains=title)
    for login in ("mori", "shindo"):
        assert court(title) == {(login, "ours")}
        sits_down(agency, login)
        approve(agency, ours)
    assert court(title) == {("ninomiya", "ours")}

    sits_down(agency, "ninomiya")
    agency.opens(f"/briefs/{brief.pk}/")
    agency.follows("Send to the client")
    agency.presses("Send round")
    agency.sees("The client is asked to sign.")
    assert {side for _who, side in court(title)} == {"client"}
    theirs = Circulation.objects.get(side="client", title__contains=title)
    approve(client, theirs)
    go_on(str(theirs.pk))
    assert court(title) == {("ninomiya", "ours")}


def approve(who: Visitor, circulation: Circulation) -> None:
    who.opens(f"/approvals/{circulation.pk}/")
    who.sees("It is your turn")
    who.main.get_by_label(who.words("I approve this version")).check()
    who.presses("Record the decision")
    who.sees("Your decision is recorded.")


def the_job_is_opened_and_planned_back(agency: Visitor, brief: Brief, title: str) -> Job:
    agency.opens(f"/briefs/{brief.pk}/")
    agency.follows("Open the job")
    agency.main.locator("[name=kind]").select_option("television")
    agency.presses("Open the job")
    job = Job.objects.get(brief_version__brief=brief)
    agency.sees(job.number, title)
    assert (job.title, job.run_by.handle) == (title, "ninomiya")
    assert open_balls(brief) == []
    assert {ball.kind for ball in open_balls(job)} == {"job.proposed", "job.not_estimated"}
    agency.follows("From a template")
    agency.presses("Add these tasks")
    agency.presses("Count back from the live date")
    first = job.tasks.order_by("place").first()
    link_to(agency, f"/jobs/{job.pk}/tasks/{first.pk}/").click()
    agency.types("Who", "hoshino")
    agency.presses("Save")
    agency.page.wait_for_url(lambda url: "/tasks/" not in url)
    first.refresh_from_db()
    assert first.person is not None
    assert first.person.handle == "hoshino"
    assert first.due_on < job.tasks.order_by("place").last().due_on < job.live_on == LIVE
    assert problems(agency.page) == []
    return job


def a_creative_sees_exactly_that_job(agency: Visitor, job: Job, brief: Brief, words: str) -> None:
    sits_down(agency, "hoshino")
    agency.opens("/")
    link_to(agency, f"/jobs/{job.pk}/").click()
    agency.sees(job.number)
    link_to(agency, f"/jobs/{job.pk}/brief/").click()
    agency.sees(words)
    assert what_sticks_out(agency.page) == []
    mine = set(
        Job.objects.filter(assignments__person__handle="hoshino").values_list("pk", flat=True)
    )
    other = Job.objects.filter(account=job.account).exclude(pk__in=mine).first()
    assert agency.can_open(f"/jobs/{job.pk}/")
    for hidden in (
        f"/jobs/{other.pk}/",
        f"/briefs/{brief.pk}/",
        f"/requests/{brief.request_id}/",
        f"/accounts/{job.account_id}/jobs/",
        f"/accounts/{job.account_id}/briefs/",
    ):
        assert not agency.can_open(hidden), hidden
