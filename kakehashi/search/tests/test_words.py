"""Words as they are compared: the spellings that are one, and those that are not."""

from __future__ import annotations

import pytest
from django.db import connection


def asked(question, *values):
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]


def plain(text):
    return asked("SELECT search_plain(%s)", text).strip()


def sound(text):
    return asked("SELECT search_sound(%s)", text).strip()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ＮＴＴ　ﾃﾞｰﾀ", "ntt でた"),
        ("キヤノン", "きやのん"),
        ("キャノン", "きやのん"),
        ("SAWANO-TEA", "sawano tea"),
        ("髙島屋", "高島屋"),
        ("渡邉 渡邊 渡辺", "渡辺 渡辺 渡辺"),
        ("齋藤 斎藤 齊藤 斉藤", "斉藤 斉藤 斉藤 斉藤"),
        ("Nestlé", "nestle"),
        ("O'Brien", "obrien"),
        ("佐々木・自由ヶ丘", "佐々木 自由け丘"),
        ("line\nline", "line\nline"),
        ("…!?", ""),
    ],
)
def test_spelling_habits_do_not_count(db, typed, kept):
    assert plain(typed) == kept


@pytest.mark.parametrize(
    "spellings",
    [
        ("でんつう", "デンツウ", "ﾃﾞﾝﾂｳ", "dentsu", "Dentsū", "DENTU", "dentsuu"),
        ("とうきょう", "Tōkyō", "tokyo", "toukyou", "tohkyo"),
        ("しんいち", "shin'ichi", "shinichi", "sinniti"),
        ("しんぶん", "shimbun", "shinbun", "sinbun"),
        ("マッチ", "matchi", "macchi", "matti"),
        ("ティーンズ", "tiinzu", "ティンズ"),
        ("おおた", "Ohta", "Ota", "oota"),
        ("ファミリーマート", "famirimato", "FAMIRIIMAATO"),
        ("ジョウ", "じょう", "jo", "jou", "zyou", "jyo"),
        ("ヴィレッジ", "birejji", "virejji"),
        ("ラリルレロ", "lalilulelo"),
    ],
)
def test_what_sounds_the_same_is_one(db, spellings):
    assert len({sound(text) for text in spellings}) == 1, {t: sound(t) for t in spellings}


@pytest.mark.parametrize(
    ("one", "other"),
    [("かき", "がき"), ("みき", "みぎ"), ("sato", "sado"), ("1000", "100"), ("電通", "伝通")],
)
def test_what_sounds_or_looks_different_is_not(db, one, other):
    assert (plain(one), sound(one)) != (plain(other), sound(other))


def test_kanji_have_no_sound(db):
    assert sound("ヒカリ自動車 東京") == "hikari"


@pytest.mark.parametrize(
    "kana",
    [
        "カブシキガイシャ　サカタノタネ",
        "サカタノタネカブシキガイシャ",
        "かぶしきかいしゃさかたのたね",
    ],
)
def test_a_legal_form_is_no_part_of_a_reading(db, kana):
    assert sound(asked("SELECT search_bare_kana(%s)", kana)) == "sakatanotane"


def test_a_row_is_found_by_pairs_of_characters_and_threes_of_letters(db):
    grams = asked("SELECT search_grams(E'\\n電通 dentsu\\n電通dentsu\\n')::text")

    assert set(grams.split()) == {
        "'^電'", "'^電通'", "'^d'", "'^de'", "'電通'", "'通d'", "'den'", "'ent'", "'nts'", "'tsu'",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("dnetsu", "dentsu"),  # two neighbours exchanged
        ("densu", "dentsu"),  # one missing
        ("dentssu", "dentsu"),  # one too many
        ("dentzu", "dentsu"),  # one wrong
        ("zentsu", "dentsu"),  # the first one wrong
        ("sawanp", "sawano inryo"),  # the beginning of what goes on
        ("mkii", "miki"),
        ("東京電機", "東京電気工業"),
        ("沢野飯料", "沢野飲料"),
        ("野沢飲料", "沢野飲料"),
    ],
)
def test_a_slip_is_alike(db, word, meant):
    assert asked(
        "SELECT E'\\n' || %s || E'\\n' ~ pattern"
        " AND search_grams(E'\\n' || %s || E'\\n') @@ needs::tsquery FROM search_alike(%s)",
        meant, meant, word,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("dentsu", "hakuhodo"),
        ("dentsu", "kandentsu"),  # not at the beginning of a word
        ("yamada", "yamato"),
        ("kawasaki", "kawamura"),
        ("miki", "mikami"),
        ("東京電", "東北電力"),
        ("電通", "電車"),  # two characters: anything would be alike
        ("ab", "ac"),
    ],
)
def test_what_differs_more_is_not(db, word, other):
    assert not asked("SELECT E'\\n' || %s || E'\\n' ~ pattern FROM search_alike(%s)", other, word)


def test_numbers_are_never_alike(db):
    assert asked("SELECT pattern FROM search_alike('1234567890123')") is None
