"""Which company a name means, on the list of real companies: spellings, near-misses, strangers."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kakehashi.base.text import folded_name, nfkc, sort_key
from kakehashi.clients.models import Company
from kakehashi.conflicts.likeness import ALIKE, likeness, of_two, spellings
from kakehashi.conflicts.queries.names import meant_by
from kakehashi.policy.acting import acting_as

COMPANIES = Path(__file__).parents[4] / "shared" / "data" / "companies" / "japan_companies.csv"
pytestmark = pytest.mark.skipif(
    not COMPANIES.exists(), reason="the list of real companies lies beside the checkout"
)
SAKATA = "株式会社 サカタのタネ"


@pytest.fixture
def listed(cast):
    """A fifth of the list's companies, and the officer who looks for some."""
    with COMPANIES.open(encoding="utf-8") as file:
        Company.objects.bulk_create(
            Company(
                corporate_number=row["houjin_bangou"],
                name=nfkc(row["name"]),
                name_kana=nfkc(row["name_kana"]),
                name_en=nfkc(row["name_en"]),
                folded=folded_name(row["name"]),
                sort_key=sort_key(row["name"], row["name_kana"]),
            )
            for row in list(csv.DictReader(file))[::5]
        )
    return cast.go


def test_names_are_found_near_misses_shown_and_strangers_not(listed):
    with acting_as(listed):
        found = {
            typed: meant_by(typed)
            for typed in (
                "株式会社サカタのタネ", "㈱サカタのタネ", "サカタのタネ", "ｻｶﾀﾉﾀﾈ", "さかたのたね",
                "SAKATA SEED CORPORATION", "Sakata Seed Corp.", "6020001008662",
                "サカタ種苗", "Sakata Seeds", "Sakata no Tane",
                "架空堂テスト広告社", "Zzyzx Nowhere",
            )
        }  # fmt: skip
    meant = {typed: [one.name for one in m.companies] for typed, m in found.items()}
    possible = {typed: [one.name for one in m.possible] for typed, m in found.items()}

    for typed in list(found)[:8]:
        assert (meant[typed], possible[typed]) == ([SAKATA], []), typed
    for typed in list(found)[8:11]:
        assert (meant[typed], possible[typed][0]) == ([], SAKATA), typed
    for typed in list(found)[11:]:
        assert (meant[typed], possible[typed]) == ([], []), typed
    best = found["サカタ種苗"].possible[0]
    assert best.company.corporate_number == "6020001008662"
    assert ALIKE <= best.likeness < 1
    assert "トヨタ自動車株式会社" not in possible["サカタ種苗"]


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("株式会社サカタのタネ", "㈱サカタのタネ", True),
        ("サカタ種苗", "株式会社サカタのタネ", True),
        ("トヨタ自動車工業", "トヨタ自動車株式会社", True),
        ("ソニーグループ株式会社", "ソニー", True),
        ("三菱電機販売", "三菱電機株式会社", True),
        ("株式会社資生堂ジャパン", "資生堂", True),
        ("Hikari Motors", "Hikari Motor Co., Ltd.", True),
        ("トヨタ自動車", "日野自動車株式会社", False),
        ("高知銀行", "岩手銀行", False),
        ("株式会社カーブスホールディングス", "ＤＯＷＡホールディングス株式会社", False),
        ("三菱鉛筆", "三菱電機", False),
        ("サカタ種苗", "サカイ引越センター", False),
        ("日本電通", "日本毛織", False),
        ("Sony Music", "Sunny Side", False),
    ],
)
def test_what_is_alike_and_what_is_not(one, other, is_alike):
    assert (likeness(spellings(one), spellings(other)) >= ALIKE) is is_alike


def test_likeness_reaches_one_for_the_same_alone():
    assert of_two("電通", "電通") == 1
    assert of_two("日本電通", "電通グループ") == 0.9
    assert of_two("", "") == 0
