"""May this person? The reason why not, in their language."""

from __future__ import annotations

import pytest
from django.utils import translation

from kakehashi.policy import engine
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Ability, Objections, Refused
from kakehashi.policy.roles import RoleCode as R
from tests import factories as make


def closed(_person, account):
    return "It is closed." if account.status == "lost" else None


@pytest.fixture
def ability(monkeypatch):
    """Declares the verb `test.act` for one test."""

    def declare(**fields):
        monkeypatch.setitem(engine._abilities, "test.act", Ability(**fields))

    return declare


def objection(person, thing):
    with acting_as(person):
        return engine.objection(person, "test.act", thing)


def test_a_seat_counts_on_the_account_and_below(cast, ability):
    ability(seats=frozenset({R.ACCOUNT_EXECUTIVE}))

    assert objection(cast.aki, cast.sora) is None
    assert objection(cast.aki, cast.sora_tea) is None
    assert objection(cast.chie, cast.sora) is not None


def test_a_seat_below_does_not_count_above(cast, ability):
    ability(seats=frozenset({R.ACCOUNT_EXECUTIVE}))
    ivo = make.staff("Ivo", cast.osaka)
    make.seat(ivo, cast.sora_tea)

    assert objection(ivo, cast.sora_tea) is None
    assert objection(ivo, cast.sora) is not None


def test_a_function_counts_in_the_scope_of_its_office(cast, ability):
    ability(functions=frozenset({R.FINANCE}))
    local = make.staff("Ivo", cast.bureau2, "finance")

    assert objection(cast.fumi, cast.sora) is None
    assert objection(local, cast.rival) is None
    assert objection(local, cast.sora) is not None


def test_a_wall_takes_every_hat_off(cast, ability):
    ability(seats=frozenset({R.ACCOUNT_EXECUTIVE}), functions=frozenset({R.FINANCE}))
    make.denial(cast.fumi, cast.sora)
    make.denial(cast.aki, cast.sora)

    assert objection(cast.fumi, cast.sora) is not None
    assert objection(cast.aki, cast.sora) is not None


def test_a_superior_of_somebody_seated_may_where_superiors_may(cast, ability):
    ability(superiors=True)

    assert objection(cast.ben, cast.sora) is None
    assert objection(cast.aki, cast.sora) is not None


def test_a_contact_may_where_contacts_may(cast, ability):
    ability(contacts=True)

    assert objection(cast.ken, cast.sora) is None
    assert objection(cast.aki, cast.sora) is not None


def test_a_rule_is_asked_after_the_right(cast, ability):
    ability(seats=frozenset({R.ACCOUNT_EXECUTIVE}), unless=(closed,))
    cast.sora.status = "lost"

    assert objection(cast.aki, cast.sora) == "It is closed."
    assert objection(cast.chie, cast.sora) != "It is closed."


def test_without_an_account_the_roles_themselves_count(cast, ability):
    ability(functions=frozenset({R.ADMINISTRATOR}))

    assert objection(cast.hana, cast.hq) is None
    assert objection(cast.aki, cast.hq) is not None


def test_a_refusal_names_the_roles_in_the_readers_language(cast, ability):
    ability(seats=frozenset({R.ACCOUNT_MANAGER}), functions=frozenset({R.FINANCE}))

    with translation.override("en"):
        assert objection(cast.aki, cast.sora) == (
            "This takes one of these roles here: Account manager, Finance."
        )
    with translation.override("ja"):
        assert "アカウントマネージャー, 経理" in objection(cast.aki, cast.sora)


def test_require_raises_the_reason(cast, ability):
    ability()

    with (
        translation.override("en"),
        acting_as(cast.aki),
        pytest.raises(Refused) as refused,
    ):
        engine.require(cast.aki, "test.act", cast.sora)
    assert refused.value.reason == "This is not yours to do."


def test_a_page_asks_once_for_all_its_buttons(cast, ability, django_assert_num_queries):
    ability(seats=frozenset({R.ACCOUNT_EXECUTIVE}))

    with acting_as(cast.aki):
        with django_assert_num_queries(1):
            objections = Objections(cast.aki, cast.sora)
        with django_assert_num_queries(0):
            assert objections.each(["test.act"]) == {"act": None}
