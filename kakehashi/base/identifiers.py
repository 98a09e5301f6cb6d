"""Numbers and codes with rules of their own, in their normal form or with what is wrong."""

from __future__ import annotations

import re
import zoneinfo
from functools import lru_cache

from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.base.phrases import shortened
from kakehashi.base.text import nfkc

_SEPARATORS = str.maketrans("", "", " -‐‑–−\u3000")
_THIRTEEN = re.compile(r"\d{13}", re.ASCII)
_LEI = re.compile(r"[0-9A-Z]{18}\d\d", re.ASCII)
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?\d+")
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]",
    re.ASCII,
)
_LONGEST_EMAIL = 254


def check_corporate_number(text: str) -> str:
    """A 法人番号: thirteen digits, the first of which checks the other twelve."""
    number = _compact(text)
    if _EXPONENT.fullmatch(number):
        raise Unreadable(
            _("“%(value)s” was shortened by the spreadsheet. Format the column as text.")
            % _shown(text)
        )
    if not _THIRTEEN.fullmatch(number):
        raise Unreadable(
            _("“%(value)s” is no corporate number: that has 13 digits.") % _shown(text)
        )
    if int(number[0]) != corporate_check_digit(number[1:]):
        raise Unreadable(
            _("“%(value)s” is no corporate number: its check digit does not agree. Is it mistyped?")
            % _shown(text)
        )
    return number


def corporate_check_digit(base: str) -> int:
    """The digit before the twelve base digits: 9 − (Σ Pₙ·Qₙ mod 9), never 0."""
    total = sum(int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(base)))
    return 9 - total % 9


def check_lei(text: str) -> str:
    """A Legal Entity Identifier (ISO 17442): twenty characters, as a number 1 modulo 97."""
    lei = _compact(text)
    if not _LEI.fullmatch(lei):
        raise Unreadable(
            _("“%(value)s” is no LEI: that has 18 letters or digits and 2 check digits.")
            % _shown(text)
        )
    if int("".join(str(int(character, 36)) for character in lei)) % 97 != 1:
        raise Unreadable(
            _("“%(value)s” is no LEI: its check digits do not agree. Is it mistyped?")
            % _shown(text)
        )
    return lei


def check_registration_number(text: str, corporate_number: str | None = None) -> str:
    """A qualified invoice issuer's number: T and thirteen digits.

    A corporation's is T and its 法人番号; others' have no check digit, so none is asked of them.
    """
    number = _compact(text)
    if not (number.startswith("T") and _THIRTEEN.fullmatch(number[1:])):
        raise Unreadable(
            _("“%(value)s” is no registration number: that is T and 13 digits.") % _shown(text)
        )
    if corporate_number and number[1:] != corporate_number:
        raise Unreadable(
            _("“%(value)s” is not this company's registration number: that is T%(number)s.")
            % (_shown(text) | {"number": corporate_number})
        )
    return number


def check_email(text: str) -> str:
    """An e-mail address that could exist, in lower case."""
    address = nfkc(text)
    if len(address) > _LONGEST_EMAIL or not _EMAIL.fullmatch(address):
        raise Unreadable(_("“%(value)s” is not an e-mail address.") % _shown(text))
    return address.lower()


def check_time_zone(text: str) -> str:
    """A time zone by its IANA name, as Asia/Tokyo."""
    name = nfkc(text)
    found = _time_zones().get(name.lower())
    if found is None:
        raise Unreadable(
            _("“%(value)s” is not a time zone. Write it as Asia/Tokyo or Europe/London.")
            % _shown(text)
        )
    return found


@lru_cache(maxsize=1)
def _time_zones() -> dict[str, str]:
    return {name.lower(): name for name in zoneinfo.available_timezones()}


def _compact(text: str) -> str:
    return nfkc(text).translate(_SEPARATORS).upper()


def _shown(text: str) -> dict[str, str]:
    return {"value": shortened(text)}
