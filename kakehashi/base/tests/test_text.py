"""Names that are one and the same, found and sorted as a Japanese reader expects."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kakehashi.base.text import bigrams, folded_name, nfkc, one_line, sort_key

ANY = settings(deadline=None, max_examples=100)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ＮＴＴ　ﾃﾞｰﾀ", "NTT データ"),
        ("  電通 ", "電通"),
        ("㈱電通", "(株)電通"),
        ("１２３－４５６", "123-456"),
        ("6月〜7月", "6月~7月"),
        ("6月～7月", "6月~7月"),
        ("２−７", "2-7"),
        ("一行目\n二行目", "一行目\n二行目"),
        ("", ""),
    ],
)
def test_one_width_and_one_form_for_every_character(written, kept):
    assert nfkc(written) == kept


@pytest.mark.parametrize("character", list("−〜‖～－∥"))
def test_a_character_reads_the_same_from_every_japanese_encoding(character):
    from_cp932 = character.encode("cp932").decode("cp932")

    assert nfkc(from_cp932) == nfkc(character)


def test_a_label_has_no_line_breaks_and_single_blanks():
    assert one_line(" 東京\r\n営業局　　第一部 ") == "東京 営業局 第一部"


@ANY
@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    assert nfkc(nfkc(text)) == nfkc(text)
    assert one_line(one_line(text)) == one_line(text)


@pytest.mark.parametrize(
    "same",
    [
        (
            "㈱電通",
            "電通株式会社",
            "株式会社　電 通",
            "(株)電通",
            "（株）電通",
            "㍿電通",
            "電通㈱",
            "電通",
        ),
        ("Dentsu Inc.", "DENTSU, INC", "ｄｅｎｔｓｕ　Ｉｎｃ．", "Dentsu Incorporated", "Dentsu"),
        (
            "Hokuto Co., Ltd.",
            "HOKUTO CO.,LTD",
            "Hokuto Co.Ltd.",
            "Hokuto Company Limited",
            "hokuto",
        ),
        ("有限会社みやび", "㈲みやび", "(有)みやび", "みやび"),
        ("合同会社ピクサ", "ピクサ合同会社", "(同)ピクサ"),
        ("一般社団法人 日本広告業協会", "(一社)日本広告業協会", "日本広告業協会"),
        ("公益財団法人　ローム", "(公財)ローム", "ローム"),
        ("医療法人社団愛", "(医)愛", "愛"),
        ("Müller GmbH & Co. KG", "MÜLLER GMBH", "Müller AG", "müller"),
        ("L'Oréal S.A.", "l’oréal sa", "LOréal"),
        ("Enel S.p.A.", "ENEL S.P.A", "Enel"),
        ("Nippon K.K.", "Nippon K. K.", "nippon kk"),
        ("Foo Sp. z o.o.", "FOO SP. Z O. O.", "foo"),
        ("Bar Pty Ltd", "BAR PTY. LTD.", "Bar (Pty) Limited"),
        ("髙島屋", "高島屋"),
        ("霞ヶ関ビル", "霞ケ関ビル"),
        ("ｷﾔﾉﾝ", "キヤノン"),
        ("A・B・C", "A.B.C.", "ABC"),
    ],
)
def test_spelling_habits_do_not_make_another_company(same):
    assert len({folded_name(name) for name in same}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("電通", "博報堂"),
        ("サカタのタネ", "サカタ"),
        ("Beauty Spa", "Beauty"),
        ("Warszawa Zoo", "Warszawa"),
        ("東京広告社", "東京広告"),
        ("コンピュータ", "コンピューター"),
        ("Incline", "Cline"),
        ("Limited Brands", "Brands"),
        ("投資法人みらい", "みらい"),
    ],
)
def test_different_companies_stay_different(one, other):
    assert folded_name(one) != folded_name(other)


@pytest.mark.parametrize(
    "name", ["株式会社", "Inc.", "Co., Ltd.", "!!!", "(株)", "S.A.", "—", "有限会社 株式会社"]
)
def test_a_name_that_is_nothing_but_a_legal_form_or_marks_is_kept(name):
    assert folded_name(name)


@ANY
@given(st.text())
def test_a_folded_name_is_empty_only_for_blanks(name):
    assert bool(folded_name(name)) == bool(nfkc(name))


@ANY
@given(st.text(st.characters(categories=["L", "N"]), min_size=1))
def test_width_and_case_never_matter(name):
    assert folded_name(name) == folded_name(unicodedata.normalize("NFKC", name))
    assert folded_name(name.upper().lower()) == folded_name(name.casefold().upper().lower())


@ANY
@given(
    st.sampled_from(["電通", "Dentsu", "サカタのタネ", "第一生命"]),
    st.sampled_from(["株式会社", "㈱", "(株)"]),
)
def test_the_form_counts_neither_before_nor_behind(name, form):
    assert folded_name(form + name) == folded_name(f"{name} {form}") == folded_name(name)


def test_names_are_found_from_two_characters_on():
    assert bigrams("電通") == ["電通"]
    assert "電通" in bigrams("株式会社電通デジタル")
    assert bigrams("ＤＥＮＴＳＵ") == ["de", "en", "nt", "ts", "su"]


def test_bigrams_do_not_reach_across_words_and_come_once():
    assert bigrams("東京 大阪") == ["東京", "大阪"]
    assert bigrams("ははは") == ["はは"]
    assert bigrams("堂 x!") == ["堂", "x"]
    assert bigrams(" ・ ") == []


@ANY
@given(st.text(), st.text())
def test_whatever_is_inside_a_text_has_its_bigrams_in_it(before, after):
    assert set(bigrams("電通デジタル")) <= set(
        bigrams(f"{nfkc(before)} 電通デジタル {nfkc(after)}")
    )


@pytest.mark.parametrize(
    "ordered",
    [
        ["アサヒ", "イオン", "カルビー", "サントリー", "トヨタ"],
        ["ハナ", "バナナ", "パナマ", "ヒノ"],
        ["かわ", "がわ", "かわい", "がわい"],
        ["カード", "ガード", "カトウ"],
        ["スウェーデン", "スーパー", "スガワラ"],
        ["キャノン", "キリン"],
    ],
)
def test_readings_sort_as_in_a_japanese_index(ordered):
    mixed = ordered[::-1]

    assert sorted(mixed, key=lambda kana: sort_key("名", kana)) == ordered


def test_the_legal_form_in_a_reading_does_not_move_a_company():
    assert sort_key("株式会社電通", "カブシキガイシャデンツウ") == sort_key("電通", "デンツウ")


def test_a_name_without_a_reading_sorts_by_itself():
    names = ["株式会社電通", "Zebra Inc.", "アサヒ", "apple"]

    assert sorted(names, key=sort_key) == ["apple", "Zebra Inc.", "アサヒ", "株式会社電通"]


@ANY
@given(st.text(), st.text())
def test_every_name_has_a_sort_key(name, kana):
    assert isinstance(sort_key(name, kana), str)
