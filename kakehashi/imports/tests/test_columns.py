"""Cells: lists, choices, shares, texts; and headings in every form people write them."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.base.errors import Unreadable
from kakehashi.imports import columns as c
from kakehashi.imports.exporting import cell
from kakehashi.imports.kinds import KINDS
from kakehashi.imports.layouts import lay_out
from kakehashi.policy.roles import RoleCode

EVERY_COLUMN = [(kind, column) for kind in KINDS.values() for column in kind.columns]


@pytest.mark.parametrize(
    ("written", "items"),
    [
        ("a;b", ["a", "b"]),
        (" a ；ｂ ", ["a", "b"]),
        ("a;;b;", ["a", "b"]),
        ("a;a", ["a"]),
        ("a\\;b;c", ["a;b", "c"]),
        ("a\\\\;b", ["a\\", "b"]),
        ('say "a";{b,c}', ['say "a"', "{b,c}"]),
        (";", []),
    ],
)
def test_a_list_is_parted_by_semicolons(written, items):
    assert c.items_of(c.listed(c.text(40))(written) or "{}") == items


ITEM = st.text('ab;\\",{}', min_size=1, max_size=6)


@given(st.lists(ITEM, unique=True, max_size=5))
def test_a_list_that_is_written_is_read_back(items):
    assert c.items_of(c.listed(c.text(40))(c.joined(items)) or "{}") == items


PRINTED = st.text("=+-@'ab1", min_size=1, max_size=6)


@given(PRINTED)
def test_a_text_that_is_guarded_against_spreadsheets_is_read_back(text):
    written = cell(text)

    assert written.lstrip("'") == text.lstrip("'")
    assert c.plain(written) == text
    assert written[0] not in "=+-@"


@pytest.mark.parametrize("written", [*RoleCode.values, *RoleCode.labels])
def test_a_role_is_its_code_or_its_label(written):
    parse = c.choice(RoleCode)
    with translation.override("ja"):
        japanese = dict(zip(RoleCode.values, map(str, RoleCode.labels), strict=True))

    assert parse(str(written).upper()) in RoleCode.values
    assert parse(japanese["account_executive"]) == "account_executive"


def test_what_may_be_chosen_is_told_in_the_readers_words():
    parse = c.choice(RoleCode)

    with pytest.raises(Unreadable, match="coordinator, account_executive"):
        parse("juggler")
    with translation.override("ja"), pytest.raises(Unreadable, match="営業担当"):
        parse("juggler")


@pytest.mark.parametrize(
    ("parse", "written", "value"),
    [
        (c.share, "33.3%", "0.333"),
        (c.share, "１／１", None),
        (c.share, "1", "1.000"),
        (c.rank, "１０", "10"),
        (c.rank, "-1", None),
        (c.rank, "40000", None),
        (c.rank, "1.5", None),
        (c.yes_no, "はい", "true"),
        (c.yes_no, "×", "false"),
        (c.yes_no, "maybe", None),
        (c.language, "日本語", "ja"),
        (c.language, "en-GB", "en"),
        (c.language, "fr", None),
        (c.money, "1,234,567", "1234567"),
        (c.money, "007", "7"),
        (c.money, "0", "0"),
        (c.money, "12,34", None),
        (c.money, "9" * 14, "9" * 14),
        (c.money, "9" * 15, None),
        (c.money, "999,999,999,999,999", None),
        (c.money, "1.23450", "1.2345"),
        (c.money, "1.23456", None),
        (c.money, "-0.10", "-0.1"),
        (c.login, "aki tanaka", None),
        (c.prose, " ａ \r\n ｂ ", "a\nb"),
    ],
)
def test_a_cell_is_read_as_what_its_column_holds(parse, written, value):
    if value is None:
        with pytest.raises(Unreadable):
            parse(written)
    else:
        assert parse(written) == value


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_no_heading_means_two_columns_of_one_kind(kind):
    headings = [heading for column in kind.columns for heading in column.headings]

    assert len(headings) == len(set(headings))


@pytest.mark.parametrize(("kind", "column"), EVERY_COLUMN)
def test_every_heading_of_a_column_is_recognised_in_any_width_and_case(kind, column):
    needed = [x.name for x in kind.columns if x.required or x.name in kind.one_of[:1]]
    for heading in (column.name, column.english, column.japanese, *column.also):
        written = f" {heading.upper()} "
        header = [written, *(name for name in needed if name != column.name)]

        assert lay_out(kind, header).sources[column.name] == 0


def test_a_column_is_called_as_its_reader_speaks():
    column = KINDS["companies"].column("corporate_number")

    assert column.label == "Corporate number"
    with translation.override("ja"):
        assert column.label == "法人番号"


@pytest.mark.parametrize(
    ("kind", "columns"),
    {
        "offices": "code,name,name_en,parent,kind,country,timezone",
        "people": "login,name,name_kana,name_en,email,office,roles,rank,title,reports_to,"
        "dotted_to,language,starts_on,ends_on",
        "companies": "code,corporate_number,name,name_kana,name_en,aliases,parent,lei,country,"
        "address,industry,fiscal_year_end",
        "accounts": "code,company,name,name_en,parent,level,status,lead_office,categories,"
        "starts_on",
        "contacts": "email,account,name,name_kana,title,department,buying_role,reports_to,"
        "language,portal",
        "seats": "account,person,role,starts_on,ends_on,share,lead",
        "revenue": "account,month,service_line,billings,net_revenue,cost,currency",
        "walls": "name,account,person,starts_on,review_on,reason",
        "categories": "scheme,code,parent,name,name_en,tier_1,tier_2,tier_3",
        "commitments": "code,account,level,categories,competitors,countries,disciplines,scope,"
        "starts_on,ends_on,cooling_off_months,personnel_barrier_months,safeguards",
        "competitors": "company_a,company_b,ground",
    }.items(),
)
def test_the_columns_of_each_kind_are_those_that_are_documented(kind, columns):
    assert ",".join(column.name for column in KINDS[kind].columns) == columns
