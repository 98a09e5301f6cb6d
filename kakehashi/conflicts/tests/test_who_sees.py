"""Who sees an account and why: before and after a wall, a seat's end, an office's move."""

from __future__ import annotations

import datetime as dt
import json
from argparse import Namespace

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate, now

from kakehashi.clients.models import Account, Seat
from kakehashi.conflicts import commands, queries
from kakehashi.conflicts.models import Denial
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from tests import factories as make

TODAY = localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def asked(capsys):
    """What `kakehashi who-sees CODE --json` prints, as it is."""

    def ask(account):
        assert commands.who_sees(Namespace(account=account.code, json=True)) == 0
        return json.loads(capsys.readouterr().out)

    return ask


@pytest.fixture
def told(asked):
    """The same by login: (sees, rules)."""

    def ask(account):
        return {
            p["login"]: (p["sees"], [g["rule"] for g in p["because"]])
            for p in asked(account)["people"]
        }

    return ask


def test_everybody_is_listed_with_their_reasons(cast, told):
    answer = told(cast.sora)

    assert answer == {
        cast.aki.handle: (True, ["seat"]),
        cast.ben.handle: (True, ["line"]),
        cast.dan.handle: (True, ["line", "line"]),
        cast.emi.handle: (True, ["line"]),
        cast.fumi.handle: (True, ["function"]),
        cast.go.handle: (True, ["function"]),
        cast.hana.handle: (True, ["function"]),
        cast.ken.email: (True, ["contact"]),
        cast.chie.handle: (False, []),
        cast.lena.handle: (False, []),
    }


def test_the_answer_has_the_shape_that_scripts_rely_on(cast, asked):
    make.denial(cast.emi, cast.sora, wall="Sora–Rival", starts_on=TODAY)
    with translation.override("en"):
        answer = asked(cast.sora)

    assert set(answer) == {"account", "people"}
    assert answer["account"] == cast.sora.code
    assert {p["login"]: p for p in answer["people"]}[cast.emi.handle] == {
        "login": cast.emi.handle,
        "sees": False,
        "because": [
            {
                "rule": "wall",
                "detail": "denied by the wall “Sora–Rival”",
                "since": TODAY.isoformat(),
            },
            {
                "rule": "line",
                "detail": "Agency director of Kakehashi Agency",
                "since": make.LONG_AGO.isoformat(),
            },
        ],
    }
    rules = {"seat", "line", "function", "job", "contact", "wall"}
    assert {g["rule"] for p in answer["people"] for g in p["because"]} <= rules


def test_a_contact_of_the_client_has_no_day_since(cast, asked):
    (ken,) = (p for p in asked(cast.sora)["people"] if p["login"] == cast.ken.email)

    assert [ground["since"] for ground in ken["because"]] == [None]


def test_before_and_after_a_wall_is_put_up(cast, told):
    """The denial beats the director's line, and everything else."""
    people = (cast.aki, cast.ben, cast.dan, cast.emi, cast.fumi, cast.go)
    before = told(cast.sora)
    assert all(before[person.handle][0] for person in people)

    for person in people:
        make.denial(person, cast.sora)

    after = told(cast.sora)
    for person in people:
        assert after[person.handle] == (False, ["wall", *before[person.handle][1]])
    assert told(cast.sora_tea)[cast.dan.handle][0] is False
    assert told(cast.rival)[cast.emi.handle][0] is True


def test_a_wall_that_is_lifted_or_yet_to_come_denies_nothing(cast, told):
    coming = make.denial(cast.emi, cast.sora, starts_on=TODAY + 7 * DAY)
    assert told(cast.sora)[cast.emi.handle] == (True, ["line"])

    Denial.objects.filter(pk=coming.pk).update(starts_on=TODAY)
    assert told(cast.sora)[cast.emi.handle] == (False, ["wall", "line"])

    Denial.objects.filter(pk=coming.pk).update(lifted_at=now(), lift_reason="The rival left.")
    assert told(cast.sora)[cast.emi.handle] == (True, ["line"])


def test_before_and_after_a_seat_is_ended(cast, told):
    """The seat's own person, and who sees by it: the superior, but not who sees by office."""
    assert told(cast.sora)[cast.aki.handle] == (True, ["seat"])

    Seat.objects.filter(person=cast.aki).update(ends_on=TODAY)
    assert told(cast.sora)[cast.aki.handle] == (True, ["seat"])

    Seat.objects.filter(person=cast.aki).update(ends_on=TODAY - DAY)
    after = told(cast.sora)
    assert after[cast.aki.handle] == (False, [])
    assert after[cast.ben.handle] == (False, [])
    assert after[cast.dan.handle] == (True, ["line"])


def test_before_and_after_an_office_moves(cast, told):
    ivo = make.staff("Ivo", cast.osaka, "account_director")
    jun = make.staff("Jun", cast.tokyo, "group_account_director")
    before = told(cast.rival)
    assert (before[ivo.handle], before[jun.handle]) == ((False, []), (True, ["line"]))

    cast.bureau2.parent = cast.osaka
    cast.bureau2.save()

    after = told(cast.rival)
    assert (after[ivo.handle], after[jun.handle]) == ((True, ["line"]), (False, []))
    assert after[cast.chie.handle] == (True, ["seat"])


def test_the_answer_is_the_walls_own(cast, told):
    """For everybody, `sees` is what PostgreSQL shows them."""
    make.denial(cast.emi, cast.sora)
    make.assignment(cast.lena, make.job(cast.sora))
    from kakehashi.clients.models import Account

    answer = told(cast.sora)
    for person in Person.objects.all():
        with acting_as(person):
            shown = Account.objects.filter(pk=cast.sora.pk).exists()
        assert answer[person.handle or person.email][0] is shown, person


def test_an_unknown_account_is_said_to_be_unknown(db, capsys):
    assert commands.who_sees(Namespace(account="NO", json=False)) == 2
    assert "no account with the code NO" in capsys.readouterr().err


def explained(capsys, person, account, **how):
    status = commands.explain(Namespace(person=person, account=account, **{"json": False, **how}))
    said = capsys.readouterr()
    return status, said.out or said.err


def test_explaining_one_person(cast, capsys):
    status, said = explained(capsys, cast.chie.handle, cast.sora.code, json=True)

    assert status == 0
    assert json.loads(said) == {
        "account": cast.sora.code,
        "login": cast.chie.handle,
        "sees": False,
        "because": [],
    }


def test_explaining_in_words_before_and_after_a_wall(cast, capsys):
    with translation.override("en"):
        _status, before = explained(capsys, cast.dan.handle, cast.sora.code)
        make.denial(cast.dan, cast.sora, wall="Sora–Rival")
        _status, after = explained(capsys, cast.dan.handle, cast.sora.code)

    assert " sees " in before
    assert "line: Account director of Bureau 1" in before
    assert "superior of Aki, who is seated" in before
    assert " does not see " in after
    assert "wall: denied by the wall “Sora–Rival”" in after
    assert "line: Account director of Bureau 1" in after


def test_explaining_a_job_names_it(cast, capsys):
    make.assignment(cast.lena, make.job(cast.sora, "Spring film", number="26-001"))

    with translation.override("en"):
        _status, said = explained(capsys, cast.lena.handle, cast.sora.code)

    assert "job: works on the job 26-001 Spring film" in said


def test_whom_or_what_nobody_knows_cannot_be_explained(cast, capsys):
    status, said = explained(capsys, "nobody", cast.sora.code)
    assert (status, "nobody with the login nobody" in said) == (2, True)

    status, said = explained(capsys, cast.aki.handle, "NO")
    assert (status, "no account with the code NO" in said) == (2, True)


class TestPage:
    def details(self, reader, account, person, language="en"):
        with acting_as(reader), translation.override(language):
            return [g.detail for g in queries.explain(person, account, reader=reader).because]

    @pytest.mark.parametrize("language", ["en", "ja"])
    def test_a_denial_reads_not_permitted_to_all_but_officers(self, client, cast, language):
        make.denial(cast.emi, cast.sora, wall="Sora–Rival", reason="They serve a rival.")
        Person.objects.update(language=language)
        address = reverse("conflicts:who-sees", args=[cast.sora.pk])
        words = {"en": "not permitted", "ja": "許可されていません"}[language]

        for reader in (cast.aki, cast.ben, cast.dan, cast.fumi, cast.hana):
            client.force_login(reader.login_row)
            page = client.get(address).text
            assert f"<div>{words}</div>" in page
            assert "Sora–Rival" not in page
            assert "rival" not in page
        client.force_login(cast.go.login_row)
        page = client.get(address).text
        assert "Sora–Rival" in page
        assert f"<div>{words}</div>" not in page

    def test_since_when_is_told_to_officers_only(self, cast):
        make.denial(cast.emi, cast.sora, starts_on=TODAY)

        def since(reader):
            with acting_as(reader):
                standing = queries.explain(cast.emi, cast.sora, reader=reader)
            return [ground.since for ground in standing.because if ground.rule == queries.WALL]

        assert since(cast.aki) == [None]
        assert since(cast.go) == [TODAY]

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
        ("language", "said"),
        [
            ("en", {"superior of Aki Sato, who is seated", "Account executive on Sky, above"}),
            ("ja", {"Aki", "Sora"}),
        ],
    )
    def test_reasons_name_people_offices_and_accounts_in_the_readers_language(
        self, cast, language, said
    ):
        Person.objects.filter(pk=cast.aki.pk).update(name_en="Aki Sato")
        Account.objects.filter(pk=cast.sora.pk).update(name_en="Sky")

        told = " / ".join(
            detail
            for person in (cast.aki, cast.ben)
            for detail in self.details(cast.aki, cast.sora_tea, person, language)
        )

        assert all(words in told for words in said)
        assert ("Sky" in told) == (language == "en")

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
