"""People from a file: who they are, their post, their roles, their lines, their sign-in."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localdate

from kakehashi.imports.tests.moving import counts, load_file, told
from kakehashi.people.models import Employment, Login, Person, ReportingLine, Role
from tests import factories as make

TODAY = localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)
SOON = TODAY + dt.timedelta(days=30)


@pytest.fixture
def offices(db):
    hq = make.office("Agency", code="HQ", kind="agency")
    make.office("Bureau 1", hq, code="T1")
    make.office("Bureau 2", hq, code="T2")
    make.staff("Hana", hq, "administrator", handle="hana")


def person(login):
    return Person.objects.get(handle=login)


def roles(login):
    """Role, office, first and last day."""
    return sorted(
        Role.objects.filter(person__handle=login).values_list(
            "role", "office__code", "starts_on", "ends_on"
        )
    )


def posts(login):
    return list(
        Employment.objects.filter(person__handle=login)
        .order_by("starts_on", "office__code")
        .values_list("office__code", "title", "rank", "starts_on", "ends_on")
    )


def lines(login):
    """To whom somebody reports, how, from when to when."""
    return sorted(
        ReportingLine.objects.filter(person__handle=login).values_list(
            "superior__handle", "kind", "starts_on", "ends_on"
        )
    )


def test_a_new_person_has_post_roles_lines_and_a_login_without_password(offices):
    load_file(
        "people",
        "login,name,name_kana,name_en,email,office,roles,rank,title,"
        "reports_to,dotted_to,language,starts_on\n"
        "aki,秋山　Ａｋｉ,あきやま,Aki,Aki@X.example,T1,account executive; traffic@T2,１０,主任,"
        "hana,ben,英語,令和2年4月1日\n"
        "ben,Ben,,,,T2,,,,,,,2020/4/1\n",
    )
    start = dt.date(2020, 4, 1)

    aki = person("aki")
    assert (aki.name, aki.name_kana, aki.language) == ("秋山 Aki", "あきやま", "en")
    assert posts("aki") == [("T1", "主任", 10, start, None)]
    assert roles("aki") == [
        ("account_executive", "T1", start, None),
        ("traffic", "T2", start, None),
    ]
    assert lines("aki") == [("ben", "dotted", start, None), ("hana", "solid", start, None)]
    login = Login.objects.get(person=aki)
    assert (login.username, login.is_active, login.has_usable_password()) == ("aki", True, False)


def test_a_person_without_first_day_begins_today(offices):
    load_file("people", "login,name,office\naki,Aki,T1\n")

    assert posts("aki") == [("T1", "", 0, TODAY, None)]


def test_today_is_the_day_it_is_in_the_persons_office(offices):
    """Somewhere it is always another day than in Tokyo: 26 hours lie between these two offices."""
    zones = {"EAST": "Pacific/Kiritimati", "WEST": "Pacific/Midway"}
    for code, zone in zones.items():
        make.office(code, code=code, timezone=zone)

    rows = "".join(f"{code.lower()},{code},{code},traffic,hana\n" for code in zones)
    load_file("people", f"login,name,office,roles,reports_to\n{rows}")

    for code, zone in zones.items():
        today = dt.datetime.now(ZoneInfo(zone)).date()
        assert posts(code.lower()) == [(code, "", 0, today, None)]
        assert roles(code.lower()) == [("traffic", code, today, None)]
        assert lines(code.lower()) == [("hana", "solid", today, None)]


def test_who_moves_to_another_office_ends_one_post_the_day_before_the_next(offices):
    make.staff("Aki", make.Office.objects.get(code="T1"), handle="aki", title="主任", rank=5)

    assert counts(load_file("people", f"login,name,office,starts_on\naki,Aki,T2,{SOON}\n")) == (
        0, 1, 0, 0,
    )  # fmt: skip

    assert posts("aki") == [
        ("T1", "主任", 5, make.LONG_AGO, SOON - dt.timedelta(days=1)),
        ("T2", "主任", 5, SOON, None),
    ]


def test_a_first_day_given_again_for_the_same_office_corrects_it(offices):
    make.staff("Aki", make.Office.objects.get(code="T1"), handle="aki")

    load_file("people", "login,name,office,starts_on\naki,Aki,T1,2017-04-01\n")

    assert posts("aki") == [("T1", "", 0, dt.date(2017, 4, 1), None)]


def test_roles_not_named_any_more_end_yesterday_and_new_ones_begin_today(offices):
    make.staff("Aki", make.Office.objects.get(code="T1"), "account_executive", handle="aki")

    load_file("people", "login,name,office,roles\naki,Aki,T1,traffic\n")

    assert roles("aki") == [
        ("account_executive", "T1", make.LONG_AGO, YESTERDAY),
        ("traffic", "T1", TODAY, None),
    ]


def test_an_empty_cell_of_roles_takes_them_all(offices):
    make.staff("Aki", make.Office.objects.get(code="T1"), "account_executive", handle="aki")

    load_file("people", "login,name,office,roles\naki,Aki,T1,\n")

    assert [ends for *_role, ends in roles("aki")] == [YESTERDAY]


def test_another_superior_ends_the_line_and_draws_a_new_one(offices):
    t1 = make.Office.objects.get(code="T1")
    aki, ben = make.staff("Aki", t1, handle="aki"), make.staff("Ben", t1, handle="ben")
    make.reports(aki, ben)

    load_file("people", "login,name,office,reports_to\naki,Aki,T1,hana\n")

    assert lines("aki") == [
        ("ben", "solid", make.LONG_AGO, YESTERDAY),
        ("hana", "solid", TODAY, None),
    ]


def test_who_has_left_cannot_sign_in_any_more(offices):
    t1 = make.Office.objects.get(code="T1")
    make.staff("Aki", t1, handle="aki")

    load_file("people", f"login,name,office,ends_on\naki,Aki,T1,{YESTERDAY}\n")

    assert not Login.objects.get(username="aki").is_active


def test_who_still_sits_on_an_account_does_not_leave(offices):
    t1 = make.Office.objects.get(code="T1")
    make.seat(make.staff("Aki", t1, handle="aki"), make.account("Sora", t1))

    outcome = load_file("people", f"login,name,office,ends_on\naki,Aki,T1,{YESTERDAY}\n")

    assert told(outcome) == [
        (
            0,
            "ends_on",
            "This person still sits on accounts after that day. Hand the seats over first.",
        )
    ]


def test_somebody_is_always_administrator(offices):
    outcome = load_file("people", "login,name,office,roles\nhana,Hana,HQ,finance\n")
    assert told(outcome)[0][1:] == (
        "roles",
        "Nobody else would be administrator. Give somebody that role first.",
    )

    both = "login,name,office,roles\nhana,Hana,HQ,finance\naki,Aki,HQ,administrator\n"
    assert counts(load_file("people", both)) == (1, 1, 0, 0)


def test_nobody_makes_themselves_conflicts_officer(offices):
    data = "login,name,office,roles\nhana,Hana,HQ,administrator;conflicts_officer\n"

    (problem,) = told(load_file("people", data, by=person("hana")))

    assert problem[1:] == (
        "roles",
        "Nobody makes themselves conflicts officer: another administrator must.",
    )


@pytest.mark.parametrize(
    ("rows", "row", "column", "why"),
    [
        (["a,A,T1,,,,", "a,B,T2,,,,"], 1, "login", "Row 0 of this file has the same key."),
        (["a,A,T1,,,,", "A,B,T2,,,,"], 1, "login", "Row 0 of this file has the same key."),
        (["HANA,Other,T1,,,,"], 0, "login", "Somebody else signs in by this name."),
        (["a b,A,T1,,,,"], 0, "login", "A login has no blanks in it."),
        (["a,A,NOWHERE,,,,"], 0, "office", "No office has this code."),
        (["a,A,CLOSED,,,,"], 0, "office", "This office is closed."),
        (["a,A,T1,juggler,,,"], 0, "roles", "This is none of: "),
        (["a,A,T1,traffic@,,,"], 0, "roles", "After @ stands the code of an office."),
        (["a,A,T1,traffic@NOWHERE,,,"], 0, "roles", "No office has the code after @."),
        (["a,A,T1,,nobody,,"], 0, "reports_to", "None of our people has this login."),
        (["a,A,T1,,,nobody,"], 0, "dotted_to", "None of our people has this login."),
        (["a,A,T1,,,a,"], 0, "dotted_to", "Nobody reports to themselves."),
        (["a,A,T1,,a,,"], 0, "reports_to", "run in a circle"),
        (["a,A,T1,,,,04/05/2025"], 0, "starts_on", "can be read in several ways"),
        (["a,A,T1,,,,45748"], 0, "starts_on", "is a number. Format the cell as a date"),
    ],
)
def test_what_cannot_be_is_told_where_and_why(offices, rows, row, column, why):
    make.office("Closed", code="CLOSED", closed_on=YESTERDAY)
    header = "login,name,office,roles,reports_to,dotted_to,starts_on"

    outcome = load_file("people", "\n".join([header, *rows]))

    (found,) = told(outcome)
    assert found[:2] == (row, column)
    assert why in found[2]


def test_a_past_post_in_a_closed_office_is_history(offices):
    make.office("Closed", code="CLOSED", closed_on=YESTERDAY)
    data = "login,name,office,starts_on,ends_on\na,A,CLOSED,2017-04-01,2018-03-31\n"

    assert counts(load_file("people", data)) == (1, 0, 0, 0)


def test_reporting_lines_of_the_file_and_the_database_together_make_no_circle(offices):
    t1 = make.Office.objects.get(code="T1")
    aki, ben = make.staff("Aki", t1, handle="aki"), make.staff("Ben", t1, handle="ben")
    make.reports(aki, ben)

    outcome = load_file(
        "people", "login,name,office,reports_to\nben,Ben,T1,cho\ncho,Cho,T1,aki\n", partial=True
    )

    assert {(p.row, p.column) for p in outcome.problems} == {(0, "reports_to"), (1, "reports_to")}


def test_a_client_s_person_is_none_of_ours(offices):
    ken = make.contact("Ken", make.account("Sora", make.Office.objects.get(code="T1")))
    assert ken.person.email

    outcome = load_file("people", "login,name,office,reports_to\na,A,T1,ken\n")

    assert told(outcome)[0][1:] == ("reports_to", "None of our people has this login.")


def test_a_reading_that_stands_keeps_its_place_in_lists(offices):
    """A file without readings renames somebody: the name goes on sorting by its reading."""
    t1 = make.Office.objects.get(code="T1")
    make.staff("秋山", t1, handle="aki", name_kana="アキヤマ")

    load_file("people", "login,name,office\naki,秋山 翔,T1\n")

    assert person("aki").sort_key.startswith("あきやま")


def test_a_day_may_be_written_in_many_ways(offices):
    data = (
        "login,name,office,starts_on\na,A,T1,R7.4.1\nb,B,T1,2025/04/01\nc,C,T1,２０２５年４月１日\n"
    )

    load_file("people", data)

    assert {posts(login)[0][3] for login in "abc"} == {dt.date(2025, 4, 1)}
