"""Pages of briefs and approvals: what each reader is shown, refused or told is not there."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from kakehashi.approvals.models import Circulation, Decision
from kakehashi.approvals.tasks import go_on
from kakehashi.briefs import actions
from kakehashi.briefs.models import Brief, Section, Template
from kakehashi.policy.acting import acting_as


def path(brief, *more):
    return "/".join(["/briefs", str(brief.pk), *map(str, more), ""])


def section_of(brief, topic):
    return Section.objects.get(brief=brief, topic=topic)


def test_a_brief_is_begun_written_and_sent_round_on_its_pages(as_, cast, team, templates, fill):
    browser = as_(cast.aki)
    begun = browser.post(
        f"/accounts/{cast.sora.pk}/briefs/new/",
        {"template": templates["client"].pk, "title": "Spring", "language": "en",
         "form": "written"},
    )  # fmt: skip
    brief = Brief.objects.get()
    assert begun.url == path(brief)
    page = browser.get(path(brief)).content.decode()
    assert "There is no budget." in page
    assert "Give an amount or a range" in page
    assert "3. Where do we want to be?" in page

    refused = browser.post(path(brief, "release"), {"account_planner": team.nao.pk})
    assert refused.status_code == 422
    assert "It is not ready: The objective has no metric." in refused.content.decode()

    fill(brief)
    form = browser.get(path(brief, "release")).context["form"]
    assert form["account_planner"].value() == str(team.nao.pk)
    sent = browser.post(
        path(brief, "release"),
        {"account_planner": team.nao.pk, "account_supervisor": cast.ben.pk, "reader": "lena"},
    )
    assert sent.status_code == 422, "somebody who does not see the account is asked nothing"
    sent = browser.post(
        path(brief, "release"), {"account_planner": team.nao.pk, "signatory": cast.dan.handle}
    )
    assert sent.url == path(brief)
    steps = Circulation.objects.get().steps.order_by("position")
    assert [step.holder for step in steps] == [team.nao, cast.dan]


def test_the_second_of_two_writers_is_shown_both(as_, cast, begin):
    brief = begin()
    section = section_of(brief, "audience")
    address = path(brief, "sections", section.pk)
    opened = {"version": section.version}
    assert as_(cast.aki).post(address, {**opened, "text": "Parents"}).status_code == 302

    told = as_(cast.dan).post(address, {**opened, "text": "Patents"})

    shown = told.content.decode()
    assert told.status_code == 422
    assert "Aki changed this" in shown
    assert ("Text", "Parents") in told.context["form"].standing
    assert "<del>r</del>" in shown
    assert "<ins>t</ins>" in shown
    assert "Patents</textarea>" in shown
    version = told.context["form"]["version"].value()
    again = as_(cast.dan).post(address, {"version": version, "text": "Both"})
    assert again.status_code == 302


def test_an_overtaken_approval_says_which_character_changed_and_prints_as_it_was(
    as_, cast, accepted
):
    section = section_of(accepted, "audience")
    browser = as_(cast.aki)
    before = browser.get(path(accepted, "versions", 1, "pdf"))
    address = path(accepted, "sections", section.pk)
    assert "goes round or was approved" in browser.get(address).content.decode()
    browser.post(address, {"version": section.version, "text": section.text.replace("tea", "pea")})

    page = browser.get(path(accepted)).content.decode()
    assert "Spring (Version 1) was approved or went round; Version 2 overtook it" in page
    circulation = Circulation.objects.filter(side="ours").get()
    approval = browser.get(f"/approvals/{circulation.pk}/").content.decode()
    for shown in (page, approval):
        assert "<del>t</del>" in shown
        assert "<ins>p</ins>" in shown
    assert "Version 2 is newer than what went round" in approval
    assert circulation.digest in approval
    after = browser.get(path(accepted, "versions", 1, "pdf"))
    assert (before["Content-Type"], before.content[:5]) == ("application/pdf", b"%PDF-")
    assert after.content == before.content
    assert browser.get(path(accepted, "versions", 2, "pdf")).content != before.content
    page = browser.get(path(accepted, "versions", 2)).content.decode()
    assert "What changed against version 1" in page


def test_the_client_reads_fills_and_signs_and_sees_nothing_else(  # noqa: PLR0917
    as_, cast, team, begin, fill, release, decide
):
    brief = fill(begin())
    with acting_as(cast.aki):
        actions.share(brief=brief, with_whom=cast.ken, by=cast.aki, at=now())
        section = Section.objects.select_related("brief").get(brief=brief, topic="budget")
        actions.comment(section=section, text="They have more.", by=cast.aki, at=now())
        actions.say(section=section, text="Which year?", by=cast.aki, at=now())
    ken = as_(cast.ken)
    page = ken.get(path(brief)).content.decode()
    assert "Which year?" in page
    assert "They have more." not in page
    assert "Inside only" not in page
    address = path(brief, "sections", section.pk)
    filled = ken.post(address, {"version": section.version, "most": "7", "currency": "JPY"})
    assert filled.status_code == 302
    assert ken.post(path(brief, "filled-in")).status_code == 302

    ours = release(brief)
    assert ken.get(f"/approvals/{ours.pk}/").status_code == 404
    assert ken.get(path(brief, "versions", 1)).status_code == 404
    for person in (team.nao, cast.ben):
        decide(ours, person)
    sent = as_(cast.aki).post(path(brief, "send"), {"first": cast.ken.pk, "second": team.mari.pk})
    assert sent.status_code == 302

    theirs = Circulation.objects.get(side="client")
    ken = as_(cast.ken)
    page = ken.get(f"/approvals/{theirs.pk}/")
    shown = page.content.decode()
    assert "It is your turn" in shown
    assert "Mari" in shown
    assert "Nao" not in shown
    mine = page.context["mine"].step
    signed = ken.post(f"/approvals/{theirs.pk}/steps/{mine.pk}/decision/", {"verdict": "approved"})
    assert signed.status_code == 302
    go_on(str(theirs.pk))
    page = ken.get(f"/approvals/{theirs.pk}/").content.decode()
    assert "Take the decision back" in page
    assert ken.get(path(brief, "versions", 1, "pdf")).status_code == 200
    assert ken.post(f"/approvals/{theirs.pk}/steps/{mine.pk}/take-back/").status_code == 302
    assert Decision.objects.get(decided_by=cast.ken).taken_back.by == cast.ken


def test_a_refused_decision_keeps_the_page_and_says_why(as_, cast, team, begin, fill, release):
    circulation = release(fill(begin()))
    step = circulation.steps.order_by("position")[0]
    address = f"/approvals/{circulation.pk}/steps/{step.pk}/decision/"

    empty = as_(team.nao).post(address, {"verdict": "returned"})
    assert empty.status_code == 422
    assert "Say what should change." in empty.content.decode()
    wrong = as_(cast.aki).post(address, {"verdict": "approved"})
    assert wrong.status_code == 422
    assert "This is not yours to do." in wrong.content.decode()


def test_what_the_client_said_by_phone_and_what_is_withdrawn(  # noqa: PLR0917
    as_, cast, team, begin, fill, release, decide
):
    brief = fill(begin())
    ours = release(brief)
    waits = as_(team.nao).get("/approvals/").content.decode()
    assert "Spring (Version 1)" in waits
    for person in (team.nao, cast.ben):
        decide(ours, person)
    aki = as_(cast.aki)
    aki.post(path(brief, "send"), {"first": team.mari.pk})
    theirs = Circulation.objects.get(side="client")
    step = theirs.steps.get()
    written = aki.post(
        f"/approvals/{theirs.pk}/steps/{step.pk}/record/",
        {"verdict": "returned", "channel": "phone", "evidence": "call of 14:05", "note": "Later."},
    )
    assert written.status_code == 302
    assert "call of 14:05" in aki.get(f"/approvals/{theirs.pk}/").content.decode()

    ours = release(Brief.objects.get(pk=brief.pk))
    assert aki.post(f"/approvals/{ours.pk}/withdraw/", {"reason": "Wait."}).status_code == 302
    ours.refresh_from_db()
    assert (ours.state, ours.reason) == ("withdrawn", "Wait.")


def test_a_planner_works_beside_the_brief(as_, cast, team, begin):
    brief = begin()
    nao = as_(team.nao)
    nao.post(
        path(brief, "notes", "new"),
        {"finding": "They drink it cold.", "source": "Survey", "dated_on": "2026-01-01"},
    )
    nao.post(path(brief, "direction"), {"title": "Spring", "text": "Own ten minutes."})
    nao.post(path(brief, "objections", "new"), {"text": "Nobody cares."})
    objection = brief.objections.get()
    aki = as_(cast.aki)
    page = aki.get(path(brief)).content.decode()
    for text in ("They drink it cold.", "Own ten minutes.", "Nobody cares.", "off strategy"):
        assert text in page
    answered = aki.post(
        path(brief, "objections", objection.pk, "answer"), {"answer": "Parents do."}
    )
    assert answered.status_code == 302
    nao = as_(team.nao)
    nao.post(path(brief, "objections", objection.pk, "again"), {"text": "Which?"})
    nao.post(path(brief, "objections", objection.pk, "resolve"))
    objection.refresh_from_db()
    assert objection.state == "resolved"


def test_the_agency_edits_what_its_briefs_ask(as_, cast, templates):
    template = templates["creative"]
    hana = as_(cast.hana)
    hana.post("/briefs/templates/new/", {"kind": "creative", "name": "Web", "like": template.pk})
    made = Template.objects.get(name="Web")
    assert made.sections.count() == template.sections.count()
    asked = {"position": 12, "topic": "other", "heading": "Domain"}
    hana.post(f"/briefs/templates/{made.pk}/sections/new/", asked)
    section = made.sections.get(heading="Domain")
    address = f"/briefs/templates/{made.pk}/sections/{section.pk}/"
    hana.post(address, {**asked, "heading": "Domains", "version": section.version})
    section.refresh_from_db()
    assert section.heading == "Domains"
    hana.post(f"{address}remove/")
    assert not made.sections.filter(topic="other").exists()
    hana.post(f"/briefs/templates/{made.pk}/retire/")
    assert "Web" not in hana.get("/briefs/templates/").content.decode()

    assert as_(cast.aki).post("/briefs/templates/new/", asked).status_code == 422


def test_pages_ask_the_same_of_one_and_of_three(as_, cast, team, begin, fill, release):
    brief = fill(begin())
    release(brief)
    pages = ("/briefs/", "/approvals/", path(brief), f"/accounts/{cast.sora.pk}/briefs/")
    browser = as_(team.nao)

    def asked():
        counts = {}
        for address in pages:
            browser.get(address)
            with CaptureQueriesContext(connection) as found:
                assert browser.get(address).status_code == 200
            counts[address] = len(found)
        return counts

    with acting_as(cast.aki):
        section = Section.objects.select_related("brief").get(brief=brief, topic="budget")
        actions.comment(section=section, text="One.", by=cast.aki, at=now())
    few = asked()
    for _number in range(2):
        release(fill(begin()))
        with acting_as(cast.aki):
            actions.comment(section=section, text="More.", by=cast.aki, at=now())

    assert asked() == few


def test_behind_the_wall_a_brief_is_not_there(as_, cast, begin):
    brief = begin()
    section = section_of(brief, "budget")
    chie = as_(cast.chie)

    for address in (path(brief), path(brief, "sections", section.pk), path(brief, "drop")):
        assert chie.get(address).status_code == 404
    assert "Spring" not in chie.get("/briefs/").content.decode()
    assert as_(cast.ken).get(path(brief)).status_code == 404, "not shared yet"
