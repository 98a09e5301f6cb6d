"""A brief from its gaps to its acceptance, and what one character does to it: ja, then en."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kakehashi.approvals.models import Circulation
from kakehashi.approvals.tasks import go_on
from kakehashi.briefs.models import Brief, Section
from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Person
from tests.browser import problems, sticks_out
from tests.stage import speak_english

if TYPE_CHECKING:
    from tests.stories.visitor import Visitor

pytestmark = pytest.mark.slow

TITLE = "ミネ 夏の体験会"


def waits_for() -> set[str]:
    """Who has a ball of the brief, its objection or a step."""
    balls = Handoff.objects.filter(answered_at=None, title__contains=TITLE)
    return {ball.asked_of.handle or ball.asked_of.name for ball in balls}


def write(who: Visitor, brief: Brief, topic: str, **fields: Any) -> None:
    """Open a section, fill it in, and save."""
    section = Section.objects.get(brief=brief, topic=topic)
    who.opens(f"/briefs/{brief.pk}/sections/{section.pk}/")
    for name, value in fields.items():
        field = who.main.locator(f"[name={name}]")
        if field.first.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        elif field.first.get_attribute("type") == "checkbox":
            for label in value:
                who.main.get_by_label(label).check()
        else:
            field.fill(value)
    who.presses("Save")
    who.sees(TITLE)


def approve(who: Visitor) -> None:
    who.sees("It is your turn")
    who.main.get_by_label(who.words("I approve this version")).check()
    who.presses("Record the decision")


def the_gaps_are_filled(brief: Brief, ninomiya: Visitor, shimizu: Visitor, mori: Visitor) -> None:
    """It is not ready, and each gap says what to do."""
    ninomiya.opens(f"/briefs/{brief.pk}/")
    ninomiya.sees("Not ready yet", "There is no budget.", "The objective has no metric.")
    ninomiya.sees("The planner objects: off strategy.")

    # The client fills a gap in the portal, and sees nothing of what is said inside.
    shimizu.opens("/")
    shimizu.main.get_by_role("link", name=TITLE).first.click()
    shimizu.sees("There is no budget.")
    shimizu.does_not_see("Inside only", "Research it rests on")
    write(shimizu, brief, "budget", most="9000000", currency="JPY", covers="会場費を含む")
    shimizu.presses("We have filled it in")
    shimizu.sees("Thank you. It is our turn again.")
    assert waits_for() == {"ninomiya"}

    # The planner's objection is answered by a change, and resolved.
    write(ninomiya, brief, "audience", text="昨年申し込んで来なかった家族。")
    ninomiya.follows("Answer the objection")
    ninomiya.types("Answer", "昨年申し込んで来なかった方に絞りました。")
    ninomiya.presses("Answer")
    mori.opens(f"/briefs/{brief.pk}/")
    mori.presses("It is resolved")
    mori.sees("Resolved. It blocks the brief no longer.")


def it_goes_round_among_us(brief: Brief, ninomiya: Visitor, *turns: Visitor) -> None:
    """Whose turn it is has the ball, and nobody else."""
    write(ninomiya, brief, "objective", metric="試乗組数", target="800組", sort="business")
    write(ninomiya, brief, "approvers", people=["清水 由紀", "岡 正人"])
    ninomiya.follows("Send for approval")
    ninomiya.presses("Send round")
    ninomiya.sees("Going round with us")
    assert waits_for() == {"mori"}
    ours = Circulation.objects.get(side="ours", state="open", title__contains=TITLE)
    for who in turns:
        who.opens(f"/approvals/{ours.pk}/")
        assert problems(who.page) == []
        assert not sticks_out(who.page)
        approve(who)
        who.sees("Your decision is recorded.")
    assert waits_for() == {"ninomiya"}


def the_client_signs(brief: Brief, ninomiya: Visitor, shimizu: Visitor) -> None:
    """One in the portal, and one by phone."""
    ninomiya.opens(f"/briefs/{brief.pk}/")
    ninomiya.follows("Send to the client")
    ninomiya.presses("Send round")
    ninomiya.sees("With the client for signing")
    theirs = Circulation.objects.get(side="client", state="open", title__contains=TITLE)
    shimizu.opens(f"/approvals/{theirs.pk}/")
    shimizu.does_not_see("Megumi Shindo")
    approve(shimizu)
    go_on(str(theirs.pk))
    ninomiya.opens(f"/approvals/{theirs.pk}/")
    ninomiya.follows("They decided")
    ninomiya.types("What shows it", "call of 14:05")
    ninomiya.presses("Record")
    ninomiya.sees("call of 14:05")
    ninomiya.opens(f"/briefs/{brief.pk}/")
    ninomiya.sees("Accepted")
    assert waits_for() == set()


def test_a_brief_is_filled_objected_to_approved_signed_and_overtaken(visitor):
    brief = Brief.objects.get(title=TITLE)
    ninomiya, shimizu, mori, shindo = (
        visitor(login, language="ja") for login in ("ninomiya", "shimizu", "mori", "shindo")
    )
    the_gaps_are_filled(brief, ninomiya, shimizu, mori)
    it_goes_round_among_us(brief, ninomiya, mori, shindo)

    speak_english("ninomiya", "shimizu")
    ninomiya.language = shimizu.language = "en"
    Person.objects.filter(contacts__account=brief.account, name="清水 由紀").update(language="en")
    the_client_signs(brief, ninomiya, shimizu)

    # One character overtakes it all; the page says which, and the old version prints the same.
    first = f"/briefs/{brief.pk}/versions/1/pdf/"
    printed = ninomiya.page.request.get(first).body()
    write(ninomiya, brief, "audience", text="昨年申し込んで来なかったご家族。")
    ninomiya.sees("Version 2 overtook it")
    assert ninomiya.main.locator("ins").all_inner_texts() == ["ご"]
    assert waits_for() == {"ninomiya"}
    assert ninomiya.page.request.get(first).body() == printed
