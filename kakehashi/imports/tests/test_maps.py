"""MAP.toml: other headings, one value for all rows, forms of dates, what values mean."""

from __future__ import annotations

import datetime as dt

import pytest

from kakehashi.base.errors import Unreadable
from kakehashi.clients.models import Company
from kakehashi.imports.maps import FileMap, read_map
from kakehashi.imports.tests.moving import counts, load_file, told
from kakehashi.imports.tests.sheets import as_xlsx
from kakehashi.people.models import Employment, Office
from tests import factories as make


def refusal(data, **parts):
    with pytest.raises(Unreadable) as refused:
        load_file("offices", data, maps=parts)
    return refused.value.reason


def test_a_map_says_which_heading_is_which_column(db):
    maps = {"columns": {"code": "拠点番号", "name": "拠点の名前"}}

    outcome = load_file("offices", "拠点の名前,拠点番号\nTokyo,T\n", maps=maps)

    assert (counts(outcome), outcome.ignored) == ((1, 0, 0, 0), [])
    assert Office.objects.get().name == "Tokyo"


def test_a_heading_of_a_map_may_differ_in_width_and_case(db):
    maps = {"columns": {"code": "KYOTEN no", "name": "KYOTEN"}}

    assert counts(load_file("offices", "ＫＹＯＴＥＮ＿Ｎｏ,Kyoten\nT,Tokyo\n", maps=maps)) == (
        1, 0, 0, 0,
    )  # fmt: skip


def test_one_heading_may_fill_two_columns(db):
    maps = {"columns": {"code": "region", "name": "region"}}

    load_file("offices", "region\nEast\n", maps=maps)

    assert (Office.objects.get().code, Office.objects.get().name) == ("East", "East")


def test_a_heading_the_map_gives_to_one_column_is_not_taken_for_another(db):
    """`name` is mapped to the code; the file's name column is called otherwise."""
    maps = {"columns": {"code": "name", "name": "title"}}

    load_file("offices", "name,title\nT,Tokyo\n", maps=maps)

    assert (Office.objects.get().code, Office.objects.get().name) == ("T", "Tokyo")


def test_a_column_can_be_switched_off(db):
    make.office("Tokyo", code="T", country="JP")
    maps = {"columns": {"country": ""}}

    outcome = load_file("offices", "code,name,country\nT,Tokyo,Atlantis\n", maps=maps)

    assert (counts(outcome), outcome.ignored) == ((0, 0, 1, 0), ["country"])


def test_one_value_stands_for_every_row_and_is_read_as_a_cell_is(db):
    maps = {"constants": {"country": "日本"}}

    load_file("offices", "code,name\nT,Tokyo\nO,Osaka\n", maps=maps)

    assert set(Office.objects.values_list("country", flat=True)) == {"JP"}


def test_a_constant_nobody_can_read_is_a_problem_of_every_row(db):
    outcome = load_file(
        "offices", "code,name\nT,Tokyo\nO,Osaka\n", maps={"constants": {"country": "Atlantis"}}
    )

    assert [(p.row, p.column, p.value) for p in outcome.problems] == [
        (0, "country", "Atlantis"),
        (1, "country", "Atlantis"),
    ]


@pytest.mark.parametrize(
    ("form", "written"),
    [("%d/%m/%Y", "04/05/2025"), ("%m/%d/%Y", "05/04/2025"), ("%d-%m-%y", "04-05-25")],
)
def test_dates_are_read_in_the_form_the_map_gives(db, form, written):
    make.office("Tokyo", code="T")
    data = f"login,name,office,starts_on\naki,Aki,T,{written}\n"

    load_file("people", data, maps={"formats": {"starts_on": form}})

    assert Employment.objects.get().starts_on == dt.date(2025, 5, 4)


def test_a_workbooks_own_dates_need_no_form(db):
    make.office("Tokyo", code="T")
    book = as_xlsx(
        [["login", "name", "office", "starts_on"], ["aki", "Aki", "T", dt.date(2025, 5, 4)]]
    )

    load_file("people", book, maps={"formats": {"starts_on": "%d/%m/%Y"}})

    assert Employment.objects.get().starts_on == dt.date(2025, 5, 4)


def test_months_may_be_written_as_days_in_a_form(db):
    make.account("Sora", make.office("A", code="A"), code="A1")
    data = "account,month,service_line,net_revenue,currency\nA1,01-03-17,media,1,USD\n"

    assert counts(load_file("revenue", data, maps={"formats": {"month": "%d-%m-%y"}})) == (
        1, 0, 0, 0,
    )  # fmt: skip


def test_values_are_told_in_our_words(db):
    maps = {"values": {"country": {"Philipines": "PH"}, "industry": {"technolgy": "technology"}}}

    load_file("companies", "name,country,industry\nSora,PHILIPINES,Technolgy\n", maps=maps)

    company = Company.objects.get()
    assert (company.country, company.industry) == ("PH", "technology")


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"columns": {"code": "nowhere"}}, "names the heading “nowhere”"),
        ({"columns": {"floor": "code"}}, "speaks of floor, which offices do not have"),
        (
            {"columns": {"code": "code"}, "constants": {"code": "X"}},
            "gives code both a heading and a constant",
        ),
        ({"headings": {}}, "has a part “headings”"),
        ({"columns": ["code"]}, "is not a table"),
        ({"columns": {"code": 1}}, "every value is a text"),
        ({"values": {"country": "JP"}}, "is not a table"),
        ({"values": {"country": {"x": 1}}}, "every value is a text"),
        ({"constants": {"country": "\x01"}}, "holds an unreadable character"),
    ],
)
def test_a_map_that_does_not_fit_is_refused(db, parts, why):
    assert why in refusal("code,name\nA,One\n", **parts)


def test_a_form_of_dates_that_names_no_year_is_refused(db):
    make.office("Tokyo", code="T")

    outcome = load_file(
        "people",
        "login,name,office,starts_on\naki,Aki,T,04/05\n",
        maps={"formats": {"starts_on": "%d/%m"}},
    )

    assert "must name day, month and year" in told(outcome)[0][2]


def test_a_map_is_a_toml_file(tmp_path):
    file = tmp_path / "map.toml"
    file.write_text('[columns]\ncode = "番号"\n\n[values.country]\nNippon = "JP"\n', "utf-8")

    assert read_map(file) == FileMap(columns={"code": "番号"}, values={"country": {"Nippon": "JP"}})


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"[columns\n", "is not TOML"),
        ("[列]".encode("cp932"), "is not TOML"),
        (None, "cannot be opened"),
    ],
)
def test_a_map_that_cannot_be_read_says_so(tmp_path, content, why):
    file = tmp_path / "map.toml"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(Unreadable, match=why):
        read_map(file)
