"""A day of balls: asked, answered, passed on; whose move it is stands on everybody's first page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from kakehashi.clients.models import Account
from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Absence, Person
from tests.stage import speak_english

pytestmark = pytest.mark.slow

ASKED = "The film's end card, in vectors"


def court(visitor, name):
    return visitor.page.locator(f"[data-court={name}]")


def test_the_client_is_asked_answers_and_the_answer_arrives_by_itself(visitor, settings):
    settings.NEWS_SECONDS = 0.5
    speak_english("ninomiya", "shimizu")
    account = Account.objects.get(name_en="Raicho Japan")
    aya, client = visitor("ninomiya"), visitor("shimizu")

    # She asks on the account's page.
    aya.opens(f"/accounts/{account.pk}/")
    aya.follows("Pass a ball")
    aya.types("What is needed", ASKED)
    aya.page.locator("[name=to]").select_option(label="Yuki Shimizu")
    aya.types("Until", (localdate() + dt.timedelta(days=7)).isoformat())
    aya.presses("Ask")
    aya.sees("Yuki Shimizu is asked", "Their court")
    aya.opens("/")
    expect(court(aya, "theirs")).to_contain_text(ASKED)

    # The client finds it in the portal, sees nothing else of us, and answers.
    client.opens("/")
    client.sees("Waiting for you", ASKED)
    client.follows(ASKED)
    client.follows("Answer")
    client.types("Answer", "It is in our cloud folder since this morning.")
    client.presses("Answer")
    client.sees("Aya Ninomiya is told")

    # She has not touched her page: the ball has left the court, and the bell says why.
    expect(court(aya, "theirs")).not_to_contain_text(ASKED)
    expect(aya.page.locator(".bell")).to_be_visible()
    ball = Handoff.objects.get(title=ASKED)
    aya.opens(ball.path)
    aya.sees("Answered", "It is in our cloud folder since this morning.")


def test_a_deputy_has_the_court_of_somebody_away(visitor):
    speak_english("ninomiya")
    away = Person.objects.get(handle="miki")
    assert Absence.objects.filter(person=away, deputy__handle="ninomiya").exists()
    ball = Handoff.objects.get(title="店頭展開の見積 下書き")

    aya = visitor("ninomiya")
    aya.sees("You stand in for Ryo Miki")
    row = aya.page.locator(f"#ball-{ball.pk}")
    row.hover()
    row.get_by_role("link", name="Answer").click()
    row.locator("textarea").fill("Here it is; Ryo is away until Monday.")
    row.get_by_role("button", name="Answer").click()

    expect(row).to_have_count(0)
    ball.refresh_from_db()
    assert ball.answered_by.handle == "ninomiya"


def test_a_supervisor_finds_what_is_late_under_her(visitor):
    speak_english("shindo")
    megumi = visitor("shindo")

    megumi.sees("Late or waiting under you")
    megumi.follows("Aya Ninomiya")

    megumi.sees("10/29 定例のコンタクトレポート")


def test_a_whole_day_by_keyboard_alone(visitor):
    speak_english("ninomiya")
    aya = visitor("ninomiya")
    aya.opens("/?kind=ask")  # what was passed by hand, not what jobs and requests ask of her
    keyboard = aya.page.keyboard
    ball = Handoff.objects.get(title="10/29 定例のコンタクトレポート")
    row = aya.page.locator(f"#ball-{ball.pk}")

    # Down to her own late ball, and answered.
    for _step in range(12):
        keyboard.press("j")
        if row.evaluate("row => row === document.activeElement"):
            break
    keyboard.press("a")
    expect(row.locator("textarea")).to_be_focused()
    keyboard.type("Sent this morning.")
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(row).to_have_count(0)
    expect(aya.page.locator("[data-ball]:focus")).to_have_count(1)  # the place in the list is kept

    # The next one is reminded of, then somebody else's is passed on; Escape closes what opened.
    theirs = court(aya, "theirs").locator("[data-ball]").first
    theirs.focus()
    with aya.page.expect_response("**/balls/courts/**"):
        keyboard.press("r")
    aya.sees("is reminded")
    aya.page.wait_for_load_state("networkidle")
    expect(theirs).to_be_focused()
    mine = aya.page.locator("[data-ball]", has_text="商品説明会の議事録")
    mine.focus()
    keyboard.press("m")
    expect(mine.locator("select[name=to]")).to_be_focused()
    keyboard.press("Escape")
    expect(mine.locator("select")).to_have_count(0)

    keyboard.press("g")
    keyboard.press("a")
    aya.page.wait_for_url("**/accounts/**")
    assert Handoff.objects.get(pk=ball.pk).answer == "Sent this morning."


def test_who_comes_second_is_told_who_was_first(visitor):
    speak_english("shindo", "ninomiya")
    ball = Handoff.objects.get(title="ロゴ入稿データ")
    aya, megumi = visitor("ninomiya"), visitor("shindo")
    for one in (aya, megumi):
        one.opens(f"{ball.path}record/")
        one.types("What shows it", "call of 9:40")
        one.page.locator("[name=answer]").fill("They come on Monday.")

    aya.presses("Record")
    aya.sees("The answer is recorded.")
    megumi.expects_refusal()
    megumi.presses("Record")

    megumi.sees("Yuki Shimizu has answered this already.")


def test_without_script_a_ball_is_answered(visitor):
    speak_english("ninomiya")
    aya = visitor("ninomiya", java_script_enabled=False)
    ball = Handoff.objects.get(title="10/29 定例のコンタクトレポート")

    aya.opens(ball.path)
    aya.follows("Answer")
    aya.types("Answer", "Sent this morning.")
    aya.presses("Answer")

    aya.sees("Sent this morning.")
