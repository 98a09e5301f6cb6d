"""In which order things are found: one's own first, then the better fit, then the newer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.utils.timezone import now

from kakehashi.clients.models import Account, Company
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from kakehashi.search import queries
from kakehashi.search.models import Entry
from tests import factories as make

A_WEEK = dt.timedelta(days=7)


def test_ones_own_account_stands_before_a_better_fit_of_others(cast, find):
    make.seat(cast.emi, make.account("Green Tea", cast.bureau1, code="G1"))
    make.account("Tea", cast.bureau2, code="T1")

    assert find(cast.emi, "tea")[:2] == ["account Green Tea", "company Green Tea"]
    assert find(cast.fumi, "tea")[:2] == ["account Tea", "company Tea"]


def test_a_code_typed_in_full_comes_before_everything(cast, find):
    Account.objects.filter(pk=cast.rival.pk).update(code="SORA")
    assert find(cast.emi, "sora")[0] == "account Rival"

    Company.objects.filter(pk=cast.rival.company_id).update(corporate_number="1012701010928")
    assert find(cast.aki, "1012701010928") == ["company Rival"]


def test_a_whole_name_before_a_beginning_before_a_word_before_a_part(cast, find):
    for name in ("Teahouse", "Tea", "Green Tea", "Steamer"):
        make.account(name, cast.bureau2)

    found = [row for row in find(cast.fumi, "tea") if row.startswith("account")]

    assert found[:2] == ["account Tea", "account Teahouse"]
    assert set(found[2:4]) == {"account Green Tea", "account Sora Tea"}
    assert found[4:] == ["account Steamer"]


def test_people_one_works_with_stand_before_others_of_their_name(cast, find):
    near, far = (make.staff("Sato", office) for office in (cast.bureau1, cast.osaka))
    Person.objects.filter(pk=near.pk).update(name="Sato Near")
    Person.objects.filter(pk=far.pk).update(name="Sato")
    assert find(cast.aki, "sato") == ["person Sato", "person Sato Near"]

    make.seat(near, cast.sora, "creative")

    assert find(cast.aki, "sato") == ["person Sato Near", "person Sato"]


def test_what_is_over_stands_behind_what_is_not(cast, find):
    make.account("Tea One", cast.bureau2, status="lost")
    make.account("Tea Two", cast.bureau2)

    found = [row for row in find(cast.fumi, "tea") if row.startswith("account Tea")]
    assert found == ["account Tea Two", "account Tea One"]


def test_a_newer_ball_stands_before_an_older_one_and_ones_own_before_both(cast, find, ask):
    ask(cast.ben, cast.dan, "The logo, old", account=cast.sora)
    ask(cast.ben, cast.dan, "The logo, new", account=cast.sora)
    ask(cast.emi, cast.ben, "The logo, mine")
    ask(cast.ben, cast.dan, "The logo, newest", account=cast.sora)

    assert find(cast.emi, "logo") == [
        "ball The logo, mine",
        "ball The logo, newest",
        "ball The logo, new",
        "ball The logo, old",
    ]


def test_how_new_a_ball_is_goes_by_when_it_was_asked(cast, find, ask):
    ask(cast.ben, cast.dan, "The logo, today", account=cast.sora)
    ask(cast.ben, cast.dan, "The logo, entered later", account=cast.sora, at=now() - A_WEEK)

    assert find(cast.emi, "logo") == ["ball The logo, today", "ball The logo, entered later"]


def test_only_alike_stands_behind_what_was_meant(cast, find):
    make.company("Dentsu Alike")
    make.company("Dentzu")

    assert find(cast.aki, "dentzu") == ["company Dentzu", "~company Dentsu Alike"]


def test_several_words_must_all_be_there_one_of_them_in_the_name(cast, find):
    make.contact("Kenta", cast.rival)

    assert find(cast.emi, "ken sora") == ["contact Ken"]
    assert find(cast.emi, "ken rival") == ["contact Kenta"]
    assert find(cast.emi, "ken nowhere") == []


def test_legal_forms_honorifics_and_domains_do_not_count(cast, find):
    Company.objects.filter(pk=cast.sora.company_id).update(name="空株式会社", folded="空")

    for typed in ("㈱空", "空 株式会社", "(株)空", "空"):
        assert "company 空株式会社" in find(cast.fumi, typed)
    assert find(cast.aki, "Ken様") == find(cast.aki, "Kenさん") == ["contact Ken"]
    assert find(cast.aki, f"{cast.ben.handle}@agency.example")[0] == "person Ben"


def test_one_letter_finds_among_ones_own(cast, find):
    assert set(find(cast.aki, "s")) == {"account Sora", "account Sora Tea", "company Sora"}
    assert find(cast.chie, "s") == []


def test_nothing_typed_finds_nothing(cast, find):
    for typed in ("", "   ", "!?", "・", "\x00", "'", "%", "_", "\\", "(a|b", "[", "a & !b"):
        find(cast.aki, typed)

    assert find(cast.aki, "") == find(cast.aki, "!?") == []


def test_of_balls_no_more_are_counted_than_asked_for(cast, ask):
    for number in range(4):
        ask(cast.aki, cast.ben, f"Logo {number}", account=cast.sora)

    with acting_as(cast.aki):
        found = queries.find("logo", most=2, ours=True)

    assert (len(found.hits), found.totals, found.counted()) == (2, {"ball": 2}, "2+")


MANY_BALLS = """
INSERT INTO search_entry (source, row_id, for_staff, account_id, near_id, past, at, plain, sound,
  about, codes, side, private, asked_of_id, asked_by_id)
SELECT source, md5(n::text)::uuid, for_staff, account_id, near_id, n %% 7 = 0,
       at - CASE WHEN n <= 2400 THEN interval '4 days' + n * interval '1 second'
                 WHEN n <= 2410 THEN n * interval '20 minutes'
                 ELSE (n - 2400) * interval '9 days' END,
       plain, sound, about, codes, side, private, asked_of_id, asked_by_id
FROM search_entry, generate_series(1, 2440) AS n WHERE row_id = %s
"""


@pytest.mark.parametrize("typed", ["logo 7", "logo"])
def test_of_very_many_balls_the_newest_open_ones_come_first(cast, ask, typed):
    ball = ask(cast.ben, cast.dan, "The logo 7", account=cast.sora)
    with connection.cursor() as cursor:
        cursor.execute(MANY_BALLS, [ball.pk])
        cursor.execute("ANALYZE search_entry")  # as PostgreSQL does by itself soon after
    balls = Entry.objects.filter(source="handoffs_handoff").order_by("past", "-at", "-row_id")
    in_order = list(balls.values_list("row_id", flat=True))

    with acting_as(cast.emi):
        for most in (5, 2090, 2440):
            found = queries.find(typed, most=most, ours=True).of("ball")
            assert [hit.pk for hit in found] == in_order[:most]
