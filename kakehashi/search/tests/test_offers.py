"""Pages and actions by name, in both languages, for whom they are there."""

from __future__ import annotations

import pytest
from django.utils import translation

from kakehashi.policy.acting import acting_as
from kakehashi.search import destinations, offers, pages
from tests import factories as make


@pytest.fixture
def offered(cast):
    """offered(aki, "new contact") is what Aki is offered, by name and address."""

    def told(who, typed):
        with acting_as(who):
            found = offers.offered(who, typed)
        return [f"{row.title} {row.path}" for row in (*found.first, *found.more)]

    return told


@pytest.mark.parametrize(
    ("typed", "route"),
    [
        ("portfolio", "money:portfolio"),
        ("ポートフォリオ", "money:portfolio"),
        ("ぽーとふぉりお", "money:portfolio"),
        ("porftolio", "money:portfolio"),
        ("portf", "money:portfolio"),
        ("集中度", "money:portfolio"),
        ("組織図", "people:chart"),
        ("sosikizu", "people:chart"),
        ("そしきず", "people:chart"),
        ("取り込み", "imports:index"),
        ("インポート", "imports:index"),
        ("引き継ぎ", "clients:handovers"),
        ("hikitsugi", "clients:handovers"),
        ("れんらくさき", "clients:add-contact"),
        ("renrakusaki", "clients:add-contact"),
        ("contact new", "clients:add-contact"),
        ("ボールを渡す", "handoffs:ask"),
        ("log out", "account_logout"),
        ("パスキー", "mfa_index"),
    ],
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_name_in_either_language_finds_it(cast, typed, route, language):
    wanted = next(place for place in destinations.PAGES if place.route == route)
    with translation.override(language), acting_as(cast.aki):
        found = offers.offered(cast.aki, typed)

        assert str(wanted.label) in {row.title for row in (*found.first, *found.more)}


@pytest.mark.parametrize("typed", ["qqqq", "strawberry", "!!!", "", "むにゃ", "電車"])
def test_what_is_called_nothing_alike_is_not_offered(offered, cast, typed):
    assert offered(cast.aki, typed) == []


def test_an_action_is_offered_on_the_accounts_that_the_other_words_find(offered, cast):
    found = offered(cast.aki, "new contact sora")

    assert set(found) == {
        f"New contact /accounts/{cast.sora.pk}/contacts/new/",
        f"New contact /accounts/{cast.sora_tea.pk}/contacts/new/",
    }
    assert offered(cast.chie, "new contact sora") == []


def test_without_such_words_it_leads_to_a_choice(offered, cast):
    assert offered(cast.aki, "new contact") == ["New contact /search/do/add-contact/"]


def test_only_who_may_is_offered_an_action(offered, cast):
    assert offered(cast.aki, "new colleague") == []
    assert offered(cast.hana, "new colleague") == ["New colleague /people/new/"]
    assert offered(cast.lena, "new account") == []
    assert offered(cast.aki, "new account") == ["New account /accounts/new/"]


def test_an_action_one_may_not_do_on_an_account_is_not_offered_there(offered, cast):
    assert len(offered(cast.fumi, "give seat sora")) == 0
    assert len(offered(cast.dan, "give seat sora")) == 2


def test_a_clients_contact_is_offered_their_own_pages_only(offered, cast):
    assert offered(cast.ken, "portfolio") == []
    assert offered(cast.ken, "new contact") == []
    assert offered(cast.ken, "my page") == ["My page /people/me/"]


def test_behind_a_wall_an_action_is_not_offered(offered, cast):
    make.denial(cast.emi, cast.sora)

    assert offered(cast.emi, "history sora") == []


def test_every_destination_has_a_page(cast):
    """A route that is gone would only be left out silently."""
    gone = [
        place.route
        for place in destinations.PAGES
        if not place.path(*([cast.sora.pk] if place.on_account else []))
    ]

    assert gone == []


def test_every_destination_is_called_something_of_its_own_in_both_languages(db):
    for language in pages.LANGUAGES:
        with translation.override(language):
            names = [str(place.label) for place in destinations.PAGES]
        assert len(names) == len(set(names))


def test_every_ability_asked_for_exists(db):
    from kakehashi.policy.abilities import ABILITIES

    assert {place.ability for place in destinations.PAGES} - {""} <= set(ABILITIES)
