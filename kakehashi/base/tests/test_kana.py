"""Readings and romaji, however the kana were typed."""

from __future__ import annotations

import jaconv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kakehashi.base.kana import company_reading, reading
from kakehashi.base.romaji import romaji, romaji_key

ANY = settings(deadline=None, max_examples=100)
KANA = st.text(st.characters(min_codepoint=ord("ぁ"), max_codepoint=ord("ゖ")) | st.just("ー"))
PLAIN = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわ"


@pytest.mark.parametrize(
    ("kana", "read"),
    [
        ("ｷｬﾉﾝ", "きやのん"),
        ("キヤノン", "きやのん"),
        ("スーパー", "すうぱあ"),
        ("ﾌﾞｰﾂ", "ぶうつ"),
        ("いすゞ", "いすず"),
        ("こゝろ", "こころ"),
        ("ヱビス", "えびす"),
        ("霞ヶ関", "霞け関"),
        ("サカタノ　タネ", "さかたのたね"),
        ("ユニ・チャーム", "ゆにちやあむ"),
        ("NTTデータ", "nttでえた"),
        ("エーーー", "ええええ"),
        ("ー", ""),
    ],
)
def test_a_reading_is_hiragana_of_full_size(kana, read):
    assert reading(kana) == read


@pytest.mark.parametrize(
    ("kana", "read"),
    [
        ("カブシキガイシャ　サカタノタネ", "さかたのたね"),
        ("ホクトカブシキガイシャ", "ほくと"),
        ("ホクトカブシキカイシャ", "ほくと"),
        ("カ)デンツウ", "でんつう"),
        ("ﾃﾞﾝﾂｳ(ｶ", "でんつう"),
        ("（ユ）ミヤビ", "みやび"),
        ("イッパンシャダンホウジンミドリカイ", "みどりかい"),
        ("トクテイヒエイリカツドウホウジン　ミライ", "みらい"),
        ("カブシキガイシャ", "かぶしきがいしや"),
        ("カネカ", "かねか"),
    ],
)
def test_a_companys_reading_leaves_the_legal_form_out(kana, read):
    assert company_reading(kana) == read


@ANY
@given(st.text())
def test_a_reading_of_a_reading_is_itself(text):
    assert reading(reading(text)) == reading(text)


@ANY
@given(KANA)
def test_hiragana_and_katakana_read_the_same(kana):
    assert reading(jaconv.hira2kata(kana)) == reading(jaconv.kata2hira(kana))


@ANY
@given(KANA)
def test_half_width_kana_read_as_full_width(kana):
    assert reading(jaconv.z2h(jaconv.hira2kata(kana))) == reading(kana)


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("しゅっちょう", "shutchou"),
        ("マッチ", "matchi"),
        ("デンツウ", "dentsuu"),
        ("けんいち", "ken'ichi"),
        ("こんや", "kon'ya"),
        ("しんぶん", "shinbun"),
        ("スーパー", "suupaa"),
        ("ヴィトン", "viton"),
        ("ティッシュ", "tisshu"),
        ("ウォルト", "woruto"),
        ("チェック", "chekku"),
        ("ジェイアール", "jeiaaru"),
        ("デュポン", "dyupon"),
        ("フィリップ", "firippu"),
        ("りゅう", "ryuu"),
        ("ﾄﾖﾀ", "toyota"),
        ("Ｐ＆Ｇ", "P&G"),
    ],
)
def test_romaji_is_hepburn(kana, latin):
    assert romaji(kana) == latin


@ANY
@given(st.text(st.sampled_from(PLAIN)))
def test_plain_kana_agree_with_another_transliteration(kana):
    assert romaji(kana) == jaconv.kana2alphabet(kana).replace("wo", "o")


@ANY
@given(KANA)
def test_no_kana_are_left_in_romaji(kana):
    assert not any("ぁ" <= letter <= "ゔ" or "ァ" <= letter <= "ヴ" for letter in romaji(kana))


@pytest.mark.parametrize(
    "same",
    [
        ("Tōkyō", "Toukyou", "TOKYO", "tokyo"),
        ("Shimbun", "shinbun"),
        ("Matchi", "macchi"),
        ("Ken'ichi", "kenichi", "Ken-ichi"),
    ],
)
def test_habits_of_writing_romaji_do_not_matter_to_a_search(same):
    assert len({romaji_key(latin) for latin in same}) == 1


def test_who_types_latin_letters_finds_the_reading():
    assert romaji_key(romaji("トウキョウ")) == romaji_key("Tokyo")
    assert romaji_key(romaji("シンブン")) == romaji_key("Shimbun")
