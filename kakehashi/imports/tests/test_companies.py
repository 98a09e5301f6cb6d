"""Companies from a file: which one a row means, and what becomes of its names."""

from __future__ import annotations

import pytest
from django.utils.timezone import localdate

from kakehashi.clients.models import Company
from kakehashi.imports.tests.moving import counts, load_file, told
from tests import factories as make

SAKATA, HOKUTO = "6020001008662", "6100001003151"
LEI, OTHER_LEI = "5493006MHB84DD0ZWV18", "353800279ADEFGKNTV65"


def only():
    return Company.objects.get()


def names(kind="alias"):
    return sorted(only().names.filter(kind=kind).values_list("name", flat=True))


def test_a_new_company_is_kept_as_written_but_for_width(db):
    load_file(
        "companies",
        "code,corporate_number,name,name_kana,name_en,aliases,lei,country,address,industry,"
        "fiscal_year_end\n"
        f"Ｃ１,６０２０００１００８６６２,株式会社　サカタのタネ,ｻｶﾀﾉﾀﾈ,SAKATA SEED,サカタ;Sakata,"
        f"{LEI.lower()},日本,横浜市都筑区仲町台２－７－１,水産・農林業,5月末日\n",
    )

    company = only()
    assert (company.code, company.corporate_number, company.lei) == ("C1", SAKATA, LEI)
    assert (company.name, company.name_kana) == ("株式会社 サカタのタネ", "サカタノタネ")
    assert (company.country, company.address) == ("JP", "横浜市都筑区仲町台2-7-1")
    assert company.fiscal_year_end == "05-31"
    assert (company.folded, company.sort_key[:4]) == ("サカタのタネ", "さかたの")
    assert names() == ["Sakata", "サカタ"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("3月31日", "03-31"),
        ("３月末日", "03-31"),
        ("2月末日", "02-29"),
        ("12-31", "12-31"),
        ("31 March", "03-31"),
    ],
)
def test_the_end_of_a_fiscal_year_is_understood(db, written, kept):
    load_file("companies", f"name,fiscal_year_end\nSora,{written}\n")

    assert only().fiscal_year_end == kept


@pytest.mark.parametrize("name", ["㈱ソラ", "ソラ(株)", "ｿﾗ株式会社", "株式会社　ソラ", "ソラ"])
def test_a_company_is_known_by_its_name_whatever_its_legal_form(db, name):
    make.company("株式会社ソラ")

    outcome = load_file("companies", f"name,industry\n{name},食品\n")

    assert counts(outcome) == (0, 1, 0, 0)
    assert only().industry == "食品"


def test_a_code_goes_before_a_number_and_a_number_before_a_name(db):
    by_code = make.company("One", code="C1")
    by_number = make.company("Two", corporate_number=SAKATA)
    make.company("Three")

    load_file(
        "companies",
        f"code,corporate_number,name\nC1,,Three of code\n,{SAKATA},Three of number\n,,Three\n",
    )

    by_code.refresh_from_db()
    by_number.refresh_from_db()
    assert (by_code.name, by_number.name) == ("Three of code", "Three of number")
    assert Company.objects.count() == 3


def test_a_row_with_a_number_is_not_the_company_of_that_name_with_another_number(db):
    make.company("Sora", corporate_number=HOKUTO)

    assert counts(load_file("companies", f"corporate_number,name\n{SAKATA},Sora\n")) == (1, 0, 0, 0)


def test_a_company_that_stood_without_a_number_gets_it(db):
    make.company("Sora")

    assert counts(load_file("companies", f"corporate_number,name\n{SAKATA},㈱Sora\n")) == (
        0, 1, 0, 0,
    )  # fmt: skip
    assert only().corporate_number == SAKATA


def test_a_name_that_two_companies_have_is_a_problem_and_no_guess(db):
    make.company("Sora", code="C1")
    make.company("ソラ", code="C2", folded="sora")

    outcome = load_file("companies", "name,industry\nSORA Inc.,food\n")

    assert told(outcome) == [
        (
            0,
            "name",
            "Several companies have this name. Write the code or the corporate number.",
        )
    ]


def test_companies_of_one_name_stay_apart_by_their_codes(db):
    data = "code,name\nC1,Sora\nC2,Sora\n"

    assert counts(load_file("companies", data)) == (2, 0, 0, 0)
    assert counts(load_file("companies", data)) == (0, 0, 2, 0)


def test_a_changed_name_is_kept_as_a_former_one_but_not_a_changed_spelling(db):
    make.company("Sora", code="C1")

    load_file("companies", "code,name\nC1,ＳＯＲＡ Inc.\n")
    assert (only().name, names("former")) == ("SORA Inc.", [])

    load_file("companies", "code,name\nC1,Umi\n")
    assert (only().name, names("former")) == ("Umi", ["SORA Inc."])
    assert only().names.get().until == localdate()


def test_aliases_of_the_cell_replace_those_that_stand(db):
    load_file("companies", "code,name,aliases\nC1,Sora,Sky; Blue\\;Sky; Sky\n")
    assert names() == ["Blue;Sky", "Sky"]

    assert counts(load_file("companies", "code,name,aliases\nC1,Sora,Sky;Air\n")) == (0, 1, 0, 0)
    assert names() == ["Air", "Sky"]

    load_file("companies", "code,name,aliases\nC1,Sora,\n")
    assert names() == []


@pytest.mark.parametrize("parent", ["C1", SAKATA, LEI, "株式会社ソラ", "ソラ㈱", "ソラ"])
def test_a_parent_is_named_by_code_number_or_name(db, parent):
    owner = make.company("株式会社ソラ", code="C1", corporate_number=SAKATA, lei=LEI)

    load_file("companies", f"code,name,parent\nC2,ソラ飲料,{parent}\n")

    assert Company.objects.get(code="C2").parent == owner


@pytest.mark.parametrize("parent", ["C1", SAKATA, "株式会社ソラ"])
def test_a_parent_may_stand_further_down_in_the_same_file(db, parent):
    load_file(
        "companies",
        f"code,corporate_number,name,parent\nC2,,ソラ飲料,{parent}\nC1,{SAKATA},株式会社ソラ,\n",
    )

    assert Company.objects.get(code="C2").parent.code == "C1"


def test_an_exact_name_goes_before_names_that_are_only_alike(db):
    exact = make.company("ソラ株式会社")
    make.company("株式会社ソラ")

    load_file("companies", "code,name,parent\nC2,Child,ソラ株式会社\n")

    assert Company.objects.get(code="C2").parent == exact


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("C9,6020001008663,,Nine,,", "corporate_number", "its check digit does not agree"),
        ("C9,123,,Nine,,", "corporate_number", "that has 13 digits"),
        ("C9,6.02E+12,,Nine,,", "corporate_number", "was shortened by the spreadsheet"),
        (f"C9,,{LEI[:-1]}9,Nine,,", "lei", "its check digits do not agree"),
        ("C9,,,Nine,Atlantis,", "country", "is not a country"),
        ("C9,,,Nine,,NOBODY", "parent", "No company has this code, corporate number or name."),
        ("C9,,,Nine,,Twin", "parent", "Several companies have this name."),
        ("C9,,,Nine,,C9", "parent", "runs in a ring"),
        ("C9,,,,,", "name", "This cell must not be empty."),
        ("C1,,,One,,\nC1,,,One,,", "code", "Row 0 of this file has the same key."),
        (",,,New,,\n,,,㈱NEW,,", "name", "Row 0 of this file has the same key."),
        (f"C1,,,One,,\n,{SAKATA},,One,,", "name", "Row 0 of this file is the same company."),
        (
            f"C1,{HOKUTO},,One,,",
            "name",
            "Its code, corporate number and LEI belong to different companies.",
        ),
        (
            f"NEW,{SAKATA},,One,,",
            "code",
            "Another number of this row belongs to a company that has a different one here.",
        ),
    ],
)
def test_what_cannot_be_is_told_where_and_why(db, row, column, why):
    make.company("One", code="C1", corporate_number=SAKATA)
    make.company("Two", code="C2", corporate_number=HOKUTO)
    make.company("Twin", code="T1")
    make.company("Twin", code="T2")

    outcome = load_file("companies", f"code,corporate_number,lei,name,country,parent\n{row}\n")

    (found,) = told(outcome)
    assert found[1] == column
    assert why in found[2]


def test_a_company_does_not_stand_below_its_own_subsidiary(db):
    top = make.company("Top", code="TOP")
    make.company("Low", code="LOW", parent=top)

    assert told(load_file("companies", "code,name,parent\nTOP,Top,LOW\n"))[0][1] == "parent"


def test_identifiers_of_the_file_are_not_taken_away_by_empty_cells(db):
    make.company("Sora", code="C1", corporate_number=SAKATA, lei=LEI)

    assert counts(load_file("companies", "code,corporate_number,lei,name\nC1,,,Sora\n")) == (
        0, 0, 1, 0,
    )  # fmt: skip
    assert only().lei == LEI
