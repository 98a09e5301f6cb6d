"""Countries, currencies and languages by code, or by their usual name in English or Japanese."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_territory_currencies
from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.base.phrases import shortened
from kakehashi.base.text import nfkc

_NAMING = ("en", "ja")
_NO_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())  # noqa: SIM905 (a list of words)
_ALSO_COUNTRIES = {
    "USA": "US", "U.S.A.": "US", "United States of America": "US", "America": "US",
    "アメリカ": "US", "米国": "US", "UK": "GB", "U.K.": "GB", "Great Britain": "GB",
    "England": "GB",
    "英国": "GB", "日本国": "JP", "中華人民共和国": "CN", "PRC": "CN", "Korea": "KR",
    "Republic of Korea": "KR", "大韓民国": "KR", "Hong Kong": "HK", "香港": "HK", "Macau": "MO",
    "マカオ": "MO", "Vietnam": "VN", "Viet Nam": "VN", "独国": "DE", "仏国": "FR", "豪州": "AU",
    "Holland": "NL", "The Netherlands": "NL", "Russian Federation": "RU", "UAE": "AE",
    "Czech Republic": "CZ", "Turkey": "TR", "Myanmar": "MM", "Burma": "MM",
}  # fmt: skip
_ALSO_CURRENCIES = {
    "円": "JPY", "yen": "JPY", "日本円": "JPY", "€": "EUR", "ユーロ": "EUR", "米ドル": "USD",
    "£": "GBP", "英ポンド": "GBP", "人民元": "CNY", "シンガポールドル": "SGD",
}  # fmt: skip


def check_country(text: str) -> str:
    """An ISO 3166 code of two letters, from a code or from a name in English or Japanese."""
    found = _countries().get(_folded(text))
    if found is None:
        raise Unreadable(
            _("“%(value)s” is not a country. Write its code of two letters, as JP or GB.")
            % {"value": shortened(text)}
        )
    return found


def check_currency(text: str) -> str:
    """An ISO 4217 code in use today. `$` and `¥` alone are refused: countries share them."""
    found = _currencies().get(_folded(text))
    if found is None:
        raise Unreadable(
            _("“%(value)s” is not a currency. Write its code of three letters, as JPY or USD.")
            % {"value": shortened(text)}
        )
    return found


def check_language(text: str) -> str:
    """A language tag (`ja`, `en-GB`), from a tag or from a name in English or Japanese."""
    if found := _languages().get(_folded(text)):
        return found
    try:
        locale = Locale.parse(nfkc(text).replace("_", "-"), sep="-", resolve_likely_subtags=False)
    except (ValueError, UnknownLocaleError) as error:
        raise Unreadable(
            _("“%(value)s” is not a language. Write its tag, as ja or en.")
            % {"value": shortened(text)}
        ) from error
    return str(locale).replace("_", "-")


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in _NAMING:
        for code, name in Locale(language).territories.items():
            if code.isalpha() and code not in _NO_COUNTRIES:
                names |= {_folded(name): code, _folded(code): code}
    return names | {_folded(name): code for name, code in _ALSO_COUNTRIES.items()}


@lru_cache(maxsize=1)
def _currencies() -> dict[str, str]:
    current = {
        code for country in set(_countries().values()) for code in get_territory_currencies(country)
    }
    names = {_folded(code): code for code in current}
    for language in _NAMING:
        known = Locale(language).currencies
        names |= {_folded(known[code]): code for code in current & known.keys()}
    return names | {_folded(name): code for name, code in _ALSO_CURRENCIES.items()}


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    return {
        _folded(name): code.replace("_", "-")
        for language in _NAMING
        for code, name in Locale(language).languages.items()
    }


def _folded(name: str) -> str:
    """A name or code without regard to case, blanks and full stops."""
    return "".join(nfkc(name).casefold().replace(".", "").split())
