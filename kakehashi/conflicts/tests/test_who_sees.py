"""Who sees an account and why: before and after a wall, a seat's end, an office's move."""

from __future__ import annotations

import json
from argparse import Namespace

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from kakehashi.clients.models import Seat
from kakehashi.conflicts import commands, queries
from kakehashi.conflicts.models import Denial
from kakehashi.policy.acting import acting_as
from tests import factories as make


@pytest.fixture
def told(capsys):
    """What `kakehashi who-sees CODE --json` says: login → (sees, rules)."""

    def ask(account):
        assert commands.who_sees(Namespace(account=account.code, json=True)) == 0
        answer = json.loads(capsys.readouterr().out)
        assert answer["account"] == account.code
        return {
            p["login"]: (p["sees"], [g["rule"] for g in p["because"]]) for p in answer["people"]
        }

    return ask


def test_everybody_is_listed_with_their_reasons(cast, told):
    answer = told(cast.sora)

    assert answer[cast.aki.handle] == (True, ["seat"])
    assert answer[cast.ben.handle] == (True, ["line"])
    assert answer[cast.dan.handle] == (True, ["line", "line"])
    assert answer[cast.emi.handle] == (True, ["line"])
    assert answer[cast.fumi.handle] == (True, ["function"])
    assert answer[cast.ken.email] == (True, ["contact"])
    assert answer[cast.chie.handle] == (False, [])
    assert answer[cast.lena.handle] == (False, [])


def test_a_wall_beats_the_directors_line(cast, told):
    make.denial(cast.emi, cast.sora)

    assert told(cast.sora)[cast.emi.handle] == (False, ["wall", "line"])


def test_a_seat_that_ended_is_no_reason_any_more(cast, told):
    Seat.objects.filter(person=cast.aki).update(ends_on=make.LONG_AGO)

    assert told(cast.sora)[cast.aki.handle] == (False, [])


def test_an_office_that_moves_changes_who_sees(cast, told):
    ivo = make.staff("Ivo", cast.osaka, "account_director")
    assert told(cast.rival)[ivo.handle] == (False, [])

    cast.bureau2.parent = cast.osaka
    cast.bureau2.save()

    assert told(cast.rival)[ivo.handle] == (True, ["line"])


def test_the_answer_is_the_walls_own(cast, told):
    """For everybody, `sees` is what PostgreSQL shows them."""
    make.denial(cast.emi, cast.sora)
    make.assignment(cast.lena, make.job(cast.sora))
    from kakehashi.clients.models import Account
    from kakehashi.people.models import Person

    answer = told(cast.sora)
    for person in Person.objects.all():
        with acting_as(person):
            shown = Account.objects.filter(pk=cast.sora.pk).exists()
        assert answer[person.handle or person.email][0] is shown, person


def test_an_unknown_account_is_said_to_be_unknown(db, capsys):
    assert commands.who_sees(Namespace(account="NO", json=False)) == 2
    assert "no account with the code NO" in capsys.readouterr().err


def test_explaining_one_person(cast, capsys):
    asked = Namespace(person=cast.chie.handle, account=cast.sora.code, json=True)

    assert commands.explain(asked) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["login"], answer["sees"], answer["because"]) == (cast.chie.handle, False, [])


class TestPage:
    def details(self, reader, account, person):
        with acting_as(reader), translation.override("en"):
            return [g.detail for g in queries.explain(person, account, reader=reader).because]

    def test_only_officers_read_which_wall(self, cast):
        make.denial(cast.emi, cast.sora, wall="Sora–Rival")

        assert "not permitted" in self.details(cast.aki, cast.sora, cast.emi)
        assert "denied by the wall “Sora–Rival”" in self.details(cast.go, cast.sora, cast.emi)

    def test_an_account_above_that_is_not_seen_stays_unnamed(self, cast):
        ivo = make.staff("Ivo", cast.osaka)
        make.seat(ivo, cast.sora_tea)

        assert self.details(ivo, cast.sora_tea, cast.aki) == [
            "Account executive on an account above"
        ]
        assert self.details(cast.aki, cast.sora_tea, cast.aki) == [
            "Account executive on Sora, above"
        ]

    @pytest.mark.parametrize(
        ("name", "status"),
        [("aki", 200), ("dan", 200), ("go", 200), ("chie", 404), ("ken", 404), ("lena", 404)],
    )
    def test_it_is_open_to_whoever_sees_the_account(self, client, cast, name, status):
        make.assignment(cast.lena, make.job(cast.sora))  # the name alone is not enough
        client.force_login(getattr(cast, name).login_row)

        response = client.get(reverse("conflicts:who-sees", args=[cast.sora.pk]))

        assert response.status_code == status

    def test_it_names_nobody_walls_for_others(self, client, cast):
        make.denial(cast.emi, cast.sora, wall="Secret wall", reason="Secret reason")
        client.force_login(cast.aki.login_row)

        page = client.get(reverse("conflicts:who-sees", args=[cast.sora.pk])).content.decode()

        assert "Secret" not in page
        assert cast.emi.name in page

    def test_it_asks_as_often_for_three_people_as_for_one(
        self, client, cast, django_assert_num_queries
    ):
        client.force_login(cast.aki.login_row)
        address = reverse("conflicts:who-sees", args=[cast.sora.pk])
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as once:
            client.get(address)
        for name in ("Ivo", "Jun", "Kai"):
            make.seat(make.staff(name, cast.osaka), cast.sora, role="media")
        with django_assert_num_queries(len(once)):
            client.get(address)


def test_a_denial_may_stand_once_for_each_wall(cast):
    make.denial(cast.aki, cast.rival, wall="One")
    make.denial(cast.aki, cast.rival, wall="Two", starts_on=localdate())

    assert Denial.objects.count() == 2
