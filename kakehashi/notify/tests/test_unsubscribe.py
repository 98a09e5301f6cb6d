"""Stopping mail from the mail: one click or a page to choose on, without signing in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation
from django.utils.timezone import now

from kakehashi.notify import links, queries
from kakehashi.notify.states import Choice
from kakehashi.notify.tests.conftest import GOSSIP, LETTER, REPLY, english
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as


def link(person, *kinds) -> str:
    return links.unsubscribing(person, kinds or [LETTER]).removeprefix("http://localhost:8000")


def choices(person) -> dict:
    with acting_as(person):
        return {kind: str(choice) for kind, choice in queries.choices_of(person).items()}


USUAL = {LETTER: "now", REPLY: "now", GOSSIP: "morning"}


@pytest.fixture
def strict() -> Client:
    """A client that is asked for a CSRF token wherever one is needed."""
    return Client(enforce_csrf_checks=True)


def test_a_mail_program_stops_it_with_one_post(strict, cast):
    answer = strict.post(link(cast.aki), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert choices(cast.aki) == {**USUAL, LETTER: "never"}


def test_looking_at_the_page_changes_nothing(strict, cast):
    page = strict.get(link(english(cast.aki))).content.decode()

    assert "A letter came" in page
    assert choices(cast.aki) == USUAL


def test_the_page_stops_what_the_mail_told_of(strict, cast):
    there = link(english(cast.aki))
    page = strict.post(there, {"stop": "these"}, follow=True).content.decode()

    assert choices(cast.aki) == {**USUAL, LETTER: "never"}
    assert "Saved." in page
    assert "The mail you come from told of" not in page


def test_the_page_stops_everything(strict, cast):
    strict.post(link(cast.aki), {"stop": "all"})

    assert set(choices(cast.aki).values()) == {"never"}


def test_the_page_lets_one_choose(strict, cast):
    said = {"letters-came": "evening", "letters-answered": "now", "letters-gossip": "never"}
    answer = strict.post(link(cast.aki), said)

    assert answer.status_code == 302
    assert choices(cast.aki) == {LETTER: "evening", REPLY: "now", GOSSIP: "never"}


def test_a_choice_that_there_is_not_is_refused(strict, cast):
    answer = strict.post(link(cast.aki), {"letters-came": "hourly"})

    assert answer.status_code == 422
    assert choices(cast.aki) == USUAL


def test_the_page_speaks_the_language_of_its_reader(client, cast):
    assert "種類ごとに選ぶ" in client.get(link(cast.aki)).content.decode()
    assert "Or choose one by one" in client.get(link(english(cast.aki))).content.decode()


def test_a_client_stops_it_as_well(strict, cast):
    strict.post(link(cast.ken), {"List-Unsubscribe": "One-Click"})

    assert choices(cast.ken)[LETTER] == "never"


def test_it_is_for_its_person_whoever_is_signed_in(client, cast):
    client.force_login(cast.ben.login_row)
    client.post(link(cast.aki), {"List-Unsubscribe": "One-Click"})

    assert (choices(cast.aki)[LETTER], choices(cast.ben)[LETTER]) == ("never", "now")


def test_a_link_that_was_made_up_is_none(client, cast):
    there = link(cast.aki)

    assert client.get("/auth/mail/abc/").status_code == 404
    assert client.post(there.replace("/auth/mail/", "/auth/mail/x")).status_code == 404


def test_a_link_to_somebody_who_was_forgotten_is_none(client, cast):
    Person.objects.filter(pk=cast.aki.pk).update(anonymised_at=now())

    assert client.get(link(cast.aki)).status_code == 404


def test_kinds_that_are_gone_are_passed_over(strict, cast):
    strict.post(link(cast.aki, "letters.lost", LETTER), {"List-Unsubscribe": "One-Click"})

    assert choices(cast.aki) == {**USUAL, LETTER: "never"}


def test_the_choices_are_said_in_japanese():
    with translation.override("ja"):
        labels = [str(choice.label) for choice in Choice]

    assert labels == ["すぐにメール", "朝にまとめてメール", "夕方にまとめてメール", "メールしない"]
