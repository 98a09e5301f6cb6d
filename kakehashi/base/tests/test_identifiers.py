"""Check digits and codes, against the sources' own examples and an independent library."""

from __future__ import annotations

import zoneinfo
from contextlib import suppress

import pytest
import stdnum.exceptions
import stdnum.iso7064.mod_97_10
import stdnum.jp.cn
import stdnum.lei
from hypothesis import given, settings
from hypothesis import strategies as st

from kakehashi.base.errors import Unreadable
from kakehashi.base.identifiers import (
    check_corporate_number,
    check_email,
    check_lei,
    check_registration_number,
    check_time_zone,
    corporate_check_digit,
)
from kakehashi.base.locales import check_country, check_currency, check_language

ANY = settings(deadline=None, max_examples=100)
CHECKS = [
    check_corporate_number,
    check_lei,
    check_registration_number,
    check_email,
    check_time_zone,
    check_country,
    check_currency,
    check_language,
]


def accepted(check, text):
    try:
        check(text)
    except (Unreadable, stdnum.exceptions.ValidationError):
        return False
    return True


@pytest.mark.parametrize("number", ["7123456789012", "4011001098993", "2120901007402"])
def test_corporate_numbers_that_exist(number):
    assert check_corporate_number(number) == number


@pytest.mark.parametrize(
    "written", ["７１２３４５６７８９０１２", "7-1234-5678-9012", " 7123456789012 "]
)
def test_a_corporate_number_is_given_as_plain_digits(written):
    assert check_corporate_number(written) == "7123456789012"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("1234567890123", "check digit"),
        ("7123456789021", "check digit"),
        ("0000000000000", "check digit"),
        ("712345678901", "13 digits"),
        ("T7123456789012", "13 digits"),
        ("", "13 digits"),
        ("7.12346E+12", "shortened by the spreadsheet"),
    ],
)
def test_a_wrong_corporate_number_is_told_from_a_right_one(written, why):
    with pytest.raises(Unreadable, match=why):
        check_corporate_number(written)


@ANY
@given(st.integers(0, 10**13 - 1))
def test_corporate_numbers_agree_with_an_independent_check(number):
    text = f"{number:013}"

    assert accepted(check_corporate_number, text) == accepted(stdnum.jp.cn.validate, text)


@ANY
@given(st.integers(0, 10**12 - 1))
def test_every_base_number_has_exactly_one_check_digit(base):
    digits = [
        digit for digit in range(10) if accepted(check_corporate_number, f"{digit}{base:012}")
    ]

    assert digits == [corporate_check_digit(f"{base:012}")]
    assert accepted(stdnum.jp.cn.validate, f"{digits[0]}{base:012}")


@pytest.mark.parametrize(
    "lei", ["5493000IBP32UQZ0KL24", "213800WSGIIZCXF1P572", "54930084UKLVMY22DS16"]
)
def test_leis_that_exist(lei):
    assert check_lei(lei.lower()) == lei


@pytest.mark.parametrize(
    "lei", ["2138003UXJIZAK9Y2E65", "5493000IBP32UQZ0KL25", "5493000IBP32UQZ0KL2", "", "あ" * 20]
)
def test_a_wrong_lei_is_refused(lei):
    with pytest.raises(Unreadable, match="no LEI"):
        check_lei(lei)


@ANY
@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=18, max_size=18))
def test_leis_agree_with_an_independent_check(base):
    for digits in ("00", "17", "98", stdnum.iso7064.mod_97_10.calc_check_digits(base)):
        assert accepted(check_lei, base + digits) == accepted(stdnum.lei.validate, base + digits)


def test_a_registration_number_is_t_and_a_corporations_own_number():
    assert check_registration_number("t7123456789012") == "T7123456789012"
    assert check_registration_number("T7123456789012", "7123456789012") == "T7123456789012"
    with pytest.raises(Unreadable, match="that is T2120901007402"):
        check_registration_number("T7123456789012", "2120901007402")


def test_other_issuers_numbers_have_no_check_digit():
    assert check_registration_number("T1234567890123") == "T1234567890123"
    with pytest.raises(Unreadable, match="T and 13 digits"):
        check_registration_number("1234567890123")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Taro.Yamada@Example.CO.JP", "taro.yamada@example.co.jp"),
        ("ｔａｒｏ＠example.jp", "taro@example.jp"),
        ("a..b.@docomo.ne.jp", "a..b.@docomo.ne.jp"),
        ("o'neil+ads@sub.example.com", "o'neil+ads@sub.example.com"),
    ],
)
def test_addresses_that_could_exist(written, kept):
    assert check_email(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "",
        "taro",
        "taro@",
        "@example.jp",
        "a b@example.jp",
        "a@b",
        "a@-b.jp",
        "a@b.jp\n, c@d.jp",
        "山田@example.jp",
        "a" * 65 + "@b.jp",
    ],
)
def test_addresses_that_cannot_exist_are_refused(written):
    with pytest.raises(Unreadable, match="not an e-mail address"):
        check_email(written)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("JP", "JP"),
        ("jp", "JP"),
        ("日本", "JP"),
        ("Japan", "JP"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("米国", "US"),
        ("アメリカ合衆国", "US"),
        ("英国", "GB"),
        ("United Kingdom", "GB"),
        ("シンガポール", "SG"),
        ("台湾", "TW"),
        ("Hong Kong", "HK"),
        ("大韓民国", "KR"),
        ("South Korea", "KR"),
        ("ＧＢ", "GB"),
        ("XK", "XK"),
    ],
)
def test_countries_by_code_and_by_name(written, code):
    assert check_country(written) == code


@pytest.mark.parametrize("written", ["EU", "ZZ", "UN", "", "Tokyo", "JPN1", "アトランティス"])
def test_what_is_no_country_is_refused(written):
    with pytest.raises(Unreadable, match="not a country"):
        check_country(written)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("JPY", "JPY"),
        ("jpy", "JPY"),
        ("円", "JPY"),
        ("日本円", "JPY"),
        ("Japanese Yen", "JPY"),
        ("US Dollar", "USD"),
        ("€", "EUR"),
        ("SGD", "SGD"),
    ],
)
def test_currencies_by_code_and_by_name(written, code):
    assert check_currency(written) == code


@pytest.mark.parametrize("written", ["$", "¥", "DEM", "XAU", "", "YEN!"])
def test_what_is_no_currency_of_today_or_several_is_refused(written):
    with pytest.raises(Unreadable, match="not a currency"):
        check_currency(written)


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("ja", "ja"),
        ("日本語", "ja"),
        ("Japanese", "ja"),
        ("英語", "en"),
        ("en-gb", "en-GB"),
        ("en_US", "en-US"),
        ("zh-hant-TW", "zh-Hant-TW"),
    ],
)
def test_languages_by_tag_and_by_name(written, tag):
    assert check_language(written) == tag


@pytest.mark.parametrize("written", ["", "xx-yy", "klingonish", "en-", "日"])
def test_what_is_no_language_is_refused(written):
    with pytest.raises(Unreadable, match="not a language"):
        check_language(written)


def test_time_zones_by_their_iana_name():
    assert check_time_zone("asia/tokyo") == "Asia/Tokyo"
    with pytest.raises(Unreadable, match="not a time zone"):
        check_time_zone("JST")


def test_every_zone_that_is_accepted_can_be_used():
    for name in sorted(zoneinfo.available_timezones())[::25]:
        assert zoneinfo.ZoneInfo(check_time_zone(name.upper()))


@ANY
@given(st.text())
@pytest.mark.parametrize("check", CHECKS)
def test_no_text_brings_anything_but_a_value_or_unreadable(check, text):
    with suppress(Unreadable):
        assert check(text)


@ANY
@given(st.text())
@pytest.mark.parametrize("check", CHECKS)
def test_a_normal_form_is_its_own_normal_form(check, text):
    for candidate in (text, "JP", "JPY", "ja", "Asia/Tokyo", "a@b.jp", "7123456789012"):
        if accepted(check, candidate):
            assert check(check(candidate)) == check(candidate)
