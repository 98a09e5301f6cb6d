"""A brief on its way: written, approved by us, signed by the client, changed by one character."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.timezone import now

from kakehashi.approvals import actions as approvals
from kakehashi.approvals.models import Circulation
from kakehashi.briefs import actions, printing, queries, states
from kakehashi.briefs.models import Brief, BriefVersion, InternalComment, Section
from kakehashi.handoffs.models import Handoff
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from kakehashi.policy.edits import Stale
from kakehashi.policy.engine import Refused


def court(brief) -> set[tuple[str, str]]:
    """Who has a ball of the brief, its objections or what goes round of it."""
    versions = BriefVersion.objects.filter(brief=brief).values_list("pk", flat=True)
    steps = Circulation.objects.filter(subject_id__in=versions).values_list("steps", flat=True)
    things = [brief.pk, *brief.objections.values_list("pk", flat=True), *steps]
    balls = Handoff.objects.filter(answered_at=None, subject_id__in=[t for t in things if t])
    return {(ball.asked_of.name, ball.kind) for ball in balls.select_related("asked_of")}


def state(brief) -> str:
    return Brief.objects.get(pk=brief.pk).state


def test_the_whole_way_with_the_ball_on_the_right_side(cast, team, begin, fill, release, decide):
    brief = begin()
    assert court(brief) == {("Aki", "brief")}

    ours = release(fill(brief))
    assert (state(brief), court(brief)) == (states.CHECKING, {("Nao", "approval")})
    decide(ours, team.nao)
    assert court(brief) == {("Ben", "approval")}
    decide(ours, cast.ben)
    assert (state(brief), court(brief)) == (states.CHECKED, {("Aki", "brief")})

    with acting_as(cast.aki):
        theirs = actions.send_to_client(
            brief=brief, approvers=[cast.ken, team.mari], by=cast.aki, at=now()
        )
    assert (state(brief), court(brief)) == (states.SIGNING, {("Ken", "approval")})
    decide(theirs, cast.ken)
    assert court(brief) == {("Mari", "approval")}
    decide(theirs, team.mari)
    assert (state(brief), court(brief)) == (states.ACCEPTED, {("Aki", "brief")})
    assert Brief.objects.get(pk=brief.pk).accepted.number == 1
    assert (
        Handoff.objects.get(answered_at=None, kind="brief").title
        == "ブリーフからジョブを起こす:Spring"
    )

    with acting_as(cast.aki):
        with pytest.raises(ValidationError, match="Say why"):
            actions.end_here(brief=brief, reason=" ", by=cast.aki, at=now())
        actions.end_here(brief=brief, reason="The fair is off.", by=cast.aki, at=now())
        with pytest.raises(Refused, match="begun from it already"):
            actions.end_here(brief=brief, reason="Again.", by=cast.aki, at=now())
    assert (state(brief), court(brief)) == (states.ACCEPTED, set())


def test_a_creative_brief_follows_the_client_brief_it_answers(cast, begin, accepted):
    creative = begin("creative", client_brief=accepted)

    assert court(accepted) == set()
    assert court(creative) == {("Aki", "brief")}
    assert Brief.objects.get(pk=accepted.pk).is_followed


def test_the_client_never_signs_a_creative_brief(cast, team, begin, fill, release, decide):
    brief = fill(begin("creative"))
    ours = release(brief)
    decide(ours, team.nao)
    decide(ours, team.cora)

    assert state(brief) == states.ACCEPTED
    for verb in ("share", "send_to_client"):
        more = {"approvers": [cast.ken]} if verb == "send_to_client" else {}
        with pytest.raises(Refused, match="neither sees nor signs"), acting_as(cast.aki):
            getattr(actions, verb)(brief=brief, by=cast.aki, at=now(), **more)
    with acting_as(cast.ken):
        assert not Brief.objects.filter(pk=brief.pk).exists()


def test_a_brief_that_is_not_ready_is_not_sent(cast, begin, release):
    brief = begin()

    with pytest.raises(Refused, match="The objective has no metric"):
        release(brief)
    assert state(brief) == states.DRAFT


def test_a_coordinator_writes_and_an_executive_releases(cast, team, begin, fill, release, write):
    brief = fill(begin(by=team.mio, lead=cast.aki))
    write(brief, "background", "Tea sells.", by=team.mio)

    with pytest.raises(Refused, match="takes one of these roles"):
        release(brief, by=team.mio)
    release(brief)
    assert state(brief) == states.CHECKING


def test_who_wrote_in_it_does_not_approve_it(cast, team, begin, fill, release, write):
    brief = fill(begin())
    write(brief, "background", "Tea sells.", by=team.nao)

    with pytest.raises(ValidationError, match="Nao has worked on this"):
        release(brief)


def test_what_is_sent_back_is_the_leads_again_with_the_words(
    cast, team, begin, fill, release, decide
):
    brief = fill(begin())
    decide(release(brief), team.nao, "returned", "Who is it for?")

    assert (state(brief), court(brief)) == (states.DRAFT, {("Aki", "brief")})
    assert Handoff.objects.get(answered_at=None, kind="brief").note == "Who is it for?"


def test_what_is_withdrawn_or_taken_back_goes_where_it_was(
    cast, team, begin, fill, release, decide
):
    brief = fill(begin())
    ours = release(brief)
    with acting_as(cast.aki):
        approvals.withdraw(circulation=ours, by=cast.aki, at=now())
    assert (state(brief), court(brief)) == (states.DRAFT, {("Aki", "brief")})

    ours = release(brief, team.nao)
    decide(ours, team.nao)
    assert state(brief) == states.CHECKED
    with acting_as(team.nao):
        approvals.take_back(step=ours.steps.get(), by=team.nao, at=now())
    assert (state(brief), court(brief)) == (states.CHECKING, {("Nao", "approval")})
    assert BriefVersion.objects.filter(brief=brief).count() == 1, "nothing changed in between"


def test_one_character_overtakes_the_approval_and_is_told(cast, team, accepted, write):
    version = accepted.accepted
    with acting_as(cast.aki):
        before = printing.printed(BriefVersion.objects.get(pk=version.pk))

    write(accepted, "audience", "Parents of small children who buy tea on the way home.")
    assert state(accepted) == states.ACCEPTED, "saving without a change overtakes nothing"
    write(accepted, "audience", "Parents of small children who buy tea on the way home!")

    brief = Brief.objects.get(pk=accepted.pk)
    assert (brief.state, brief.accepted, brief.rebriefs) == (states.DRAFT, None, 1)
    assert court(brief) == {("Aki", "brief")}
    assert set(Circulation.objects.values_list("state", flat=True)) == {"overtaken"}
    with acting_as(cast.aki):
        changes = queries.changes(version.pk)
        again = printing.printed(BriefVersion.objects.get(pk=version.pk))
    assert changes.newer == "Version 2"
    (difference,) = changes.differences
    assert difference.label == "5. Who do we need to talk to?"
    assert [(piece.what, piece.text) for piece in difference.pieces[-2:]] == [
        ("gone", "."), ("new", "!"),
    ]  # fmt: skip
    assert again == before, "the old version is printed exactly as it was approved"
    assert version.digest.encode() not in again[:200]


def test_the_words_of_a_brief_do_not_depend_on_who_saves_it(cast, begin, fill):
    brief = fill(begin())
    Person.objects.filter(pk=cast.ken.pk).update(name="健", name_en="Ken")
    with translation.override("en"), acting_as(cast.aki):
        english = queries.content_now(brief)
    with translation.override("ja"), acting_as(cast.aki):
        assert queries.content_now(brief) == english


def test_a_version_that_is_not_what_went_round_is_not_printed(cast, begin, fill, release):
    release(fill(begin()))
    version = BriefVersion.objects.get()
    BriefVersion.objects.update(content={**version.content, "title": "Autumn"})

    with pytest.raises(printing.NotAsWritten), acting_as(cast.aki):
        printing.printed(BriefVersion.objects.get(pk=version.pk))


def test_of_two_who_write_the_same_section_the_second_is_told(cast, begin):
    brief = begin()
    with acting_as(cast.aki):
        first = Section.objects.select_related("brief").get(brief=brief, topic="audience")
        second = Section.objects.select_related("brief").get(brief=brief, topic="audience")
        actions.write_section(section=first, version=1, text="A", details={}, by=cast.aki, at=now())
    with pytest.raises(Stale, match="Aki changed this"), acting_as(cast.dan):
        actions.write_section(
            section=second, version=1, text="B", details={}, by=cast.dan, at=now()
        )

    assert Section.objects.get(pk=first.pk).text == "A"


def test_two_sections_are_written_at_once_without_either_being_told(begin, write, cast):
    brief = begin()
    write(brief, "audience", "A")
    write(brief, "background", "B", by=cast.dan)

    assert Brief.objects.get(pk=brief.pk).sections.exclude(text="").count() == 2


def test_the_client_fills_a_gap_and_hands_it_back(cast, team, begin, write):
    brief = begin()
    with acting_as(cast.ken):
        assert not Brief.objects.exists()
    with acting_as(cast.aki):
        actions.share(brief=brief, with_whom=cast.ken, by=cast.aki, at=now())
    assert court(brief) == {("Aki", "brief"), ("Ken", "brief.gaps")}

    write(brief, "budget", most="100", currency="JPY", by=cast.ken)
    with acting_as(cast.ken):
        actions.hand_back(brief=Brief.objects.get(pk=brief.pk), by=cast.ken, at=now())
    assert court(brief) == {("Aki", "brief")}
    answered = Handoff.objects.get(kind="brief.gaps")
    assert (answered.answered_by, answered.asked_by) == (cast.ken, cast.aki)


def test_the_client_writes_nothing_into_what_is_being_approved(
    cast, team, begin, fill, release, write
):
    brief = fill(begin())
    with acting_as(cast.aki):
        actions.share(brief=brief, by=cast.aki, at=now())
    release(brief)

    with pytest.raises(Refused, match="being approved as it stands"):
        write(brief, "audience", "Somebody else", by=cast.ken)


def test_what_is_said_inside_is_never_read_by_the_client(cast, begin):
    brief = begin()
    with acting_as(cast.aki):
        actions.share(brief=brief, by=cast.aki, at=now())
        section = Section.objects.select_related("brief").get(brief=brief, topic="budget")
        actions.comment(section=section, text="They have more.", by=cast.aki, at=now())
        actions.say(section=section, text="Which year?", by=cast.aki, at=now())
    with acting_as(cast.ken):
        section = Section.objects.select_related("brief").get(pk=section.pk)
        assert [one.text for one in section.shared_comments.all()] == ["Which year?"]
        assert not InternalComment.objects.exists()
        actions.say(section=section, text="This one.", by=cast.ken, at=now())
        with pytest.raises(Refused, match="not yours"):
            actions.comment(section=section, text="Hello", by=cast.ken, at=now())

    assert section.shared_comments.count() == 2


def test_a_planner_objects_is_answered_and_satisfied(cast, team, begin, fill, release):
    brief = fill(begin())
    with acting_as(team.nao):
        objection = actions.object_to(brief=brief, text="Nobody cares.", by=team.nao, at=now())
    assert court(brief) == {("Aki", "brief"), ("Aki", "brief.objection")}
    with pytest.raises(Refused, match="off strategy"):
        release(brief)

    said = {"objection": objection}
    with acting_as(cast.aki):
        actions.answer_objection(**said, answer="Parents do.", by=cast.aki, at=now())
        with pytest.raises(Refused, match="planner looks at it"):
            actions.answer_objection(**said, answer="Again.", by=cast.aki, at=now())
    assert court(brief) == {("Aki", "brief"), ("Nao", "brief.objection")}
    with acting_as(team.nao):
        actions.ask_again(**said, text="Which parents?", by=team.nao, at=now())
        with pytest.raises(Refused, match="waits for an answer"):
            actions.ask_again(**said, text="Which?", by=team.nao, at=now())
        actions.resolve_objection(**said, by=team.nao, at=now())
        with pytest.raises(Refused, match="resolved"):
            actions.resolve_objection(**said, by=team.nao, at=now())
    assert court(brief) == {("Aki", "brief")}
    release(brief, cast.ben)


def test_research_and_direction_stand_beside_and_are_cited(cast, team, begin):
    brief = begin()
    said = {"finding": "They drink it cold.", "source": "Survey", "by": team.nao, "at": now()}
    with acting_as(team.nao):
        note = actions.note(brief=brief, dated_on=dt.date(2026, 1, 1), **said)
        with pytest.raises(ValidationError, match="not come yet"):
            actions.note(brief=brief, dated_on=dt.date(2999, 1, 1), **said)
        actions.direct(brief=brief, title="Spring", text="Own ten minutes.", by=team.nao, at=now())
        other = begin(client_brief=brief)
        citation = actions.cite(brief=other, note=note, by=team.nao, at=now())
        with pytest.raises(ValidationError, match="cites this already"):
            actions.cite(brief=other, note=note, by=team.nao, at=now())
        actions.uncite(citation=citation, by=team.nao)

    assert Brief.objects.get(pk=brief.pk).direction.text == "Own ten minutes."
    assert [one.note for one in brief.citations.all()] == [note]
    assert other.citations.count() == 0


def test_details_that_are_none_are_refused(cast, begin, write):
    brief = begin()
    for topic, details, said in (
        ("budget", {"most": "1"}, "in which currency"),
        ("budget", {"least": "2", "most": "1", "currency": "JPY"}, "ends before"),
        ("budget", {"most": "much", "currency": "JPY"}, "in digits"),
        ("objective", {"sort": "magic"}, "of the list"),
        ("approvers", {"people": [str(cast.ben.pk)]}, "people of the client"),
    ):
        with pytest.raises(ValidationError, match=said):
            write(brief, topic, **details)


def test_a_dropped_brief_stays_as_it_was(cast, begin, write):
    brief = begin()
    with pytest.raises(ValidationError, match="Say why"), acting_as(cast.aki):
        actions.drop(brief=brief, reason=" ", by=cast.aki, at=now())
    with acting_as(cast.aki):
        actions.drop(brief=brief, reason="No money.", by=cast.aki, at=now())

    assert (state(brief), court(brief)) == (states.DROPPED, set())
    with pytest.raises(Refused, match="dropped"):
        write(brief, "audience", "Somebody")


def test_somebody_else_leads_it_and_has_its_ball(cast, team, begin):
    brief = begin()
    with acting_as(cast.aki):
        actions.lead_on(brief=brief, to=cast.ben, by=cast.aki, at=now())
        with pytest.raises(ValidationError, match="our own people"):
            actions.lead_on(brief=brief, to=cast.ken, by=cast.aki, at=now())

    assert court(brief) == {("Ben", "brief")}


def test_behind_the_wall_there_is_no_brief(cast, begin):
    begin()

    with acting_as(cast.chie):
        assert not Brief.objects.exists()
        assert not Section.objects.exists()


@pytest.mark.parametrize("old", states.MOVES)
@pytest.mark.parametrize("new", states.MOVES)
def test_every_pair_of_states_is_allowed_or_not_as_the_table_says(old, new):
    legal = {
        "draft": "checking dropped", "checking": "draft checked accepted",
        "checked": "draft checking signing dropped", "signing": "draft checked accepted",
        "accepted": "draft checking signing", "dropped": "",
    }  # fmt: skip

    assert states.may_move(old, new) == (new in legal[old].split())
    assert set(states.MOVES) == set(Brief.State.values)
