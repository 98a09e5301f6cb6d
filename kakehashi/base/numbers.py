"""Amounts, counts, shares and yes or no as people and their spreadsheets write them.

Full-width digits, ¥ and thousands separators are understood; △, ▲ and (…) mean a minus. What could
be meant in two ways (`1.234,56`, a share of `30`, `5百万円`) is refused with what to write instead.
"""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.base.phrases import shortened
from kakehashi.base.text import nfkc

LONGEST = 30
"""More digits than this are a mistake, not an amount."""

_PLAIN = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?", re.ASCII)
_MINUS = "[-−‐‑–▲△]"
_AMOUNT = re.compile(
    rf"(?P<open>\()?\s*(?P<minus>{_MINUS}|\+)?\s*(?P<symbol>[¥\\$€£])?\s*(?P<inner>{_MINUS})?\s*"
    r"(?P<digits>\d+|\d{1,3}(?:,\d{3})+)(?P<fraction>\.\d+)?\s*(?P<yen>円)?\s*(?P<close>\))?",
    re.ASCII,
)
_IN_UNITS = re.compile(r".*\d\s*[百千]?[十百千万億兆]+\s*円?\s*\)?", re.DOTALL)
_DECIMAL_COMMA = re.compile(r"[^\d]*(?:\d{1,3}(?:[. ]\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,}))[^\d]*")
_EXPONENT = re.compile(r"[-+]?\d+(?:\.\d+)?[eE][-+]?\d+")

_TRUE = frozenset("yes y true t on 1 はい 有 有り あり ○ 〇 ◯ ◎ ✓ ✔ ☑ 真 済".split())  # noqa: SIM905 (a list of words)
_FALSE = frozenset("no n false f off 0 いいえ 無 無し なし × ✕ ✖ ✗ ✘ ☐ 偽 未".split())  # noqa: SIM905 (a list of words)


def parse_decimal(text: str | Decimal | int) -> Decimal:
    """The exact number that is meant."""
    if isinstance(text, (Decimal, int)) and not isinstance(text, bool):
        return _finite(Decimal(text))
    plain = text if isinstance(text, str) and text.isascii() else nfkc(str(text))
    if _PLAIN.fullmatch(plain):
        return _finite(Decimal(plain))
    found = _AMOUNT.fullmatch(plain.strip())
    if found is None or not _balanced(found):
        raise _not_a_number(plain.strip())
    number = _finite(Decimal(found["digits"].replace(",", "") + (found["fraction"] or "")))
    negative = found["open"] or found["inner"] or (found["minus"] or "+") != "+"
    return -number if negative else number


def parse_integer(text: str | Decimal | int) -> int:
    """The whole number that is meant; `1,200.0` is 1200."""
    number = parse_decimal(text)
    if number != number.to_integral_value():
        raise Unreadable(_("“%(value)s” is not a whole number.") % _shown(text))
    return int(number)


def parse_share(text: str | Decimal | int) -> Decimal:
    """A share between 0 and 1: `30%` and `0.3` are the same, `30` alone is refused."""
    plain = nfkc(text) if isinstance(text, str) else text
    if isinstance(plain, str) and plain.endswith("%"):
        share = parse_decimal(plain[:-1]) / 100
    else:
        share = parse_decimal(plain)
    if not 0 <= share <= 1:
        raise Unreadable(
            _("“%(value)s” is not a share between 0 and 1. Write 30%% or 0.3.") % _shown(text)
        )
    return share


def parse_boolean(text: str | bool) -> bool:  # noqa: FBT001 (it is the value itself)
    """Yes or no: yes/no, true/false, 1/0, はい/いいえ, 有/無, ○/×."""
    if isinstance(text, bool):
        return text
    plain = nfkc(str(text)).casefold()
    if plain in _TRUE:
        return True
    if plain in _FALSE:
        return False
    raise Unreadable(_("“%(value)s” is neither yes nor no. Write yes or no.") % _shown(text))


def _balanced(found: re.Match[str]) -> bool:
    """Brackets in pairs, and the minus said only once."""
    signs = sum(bool(found[name]) for name in ("open", "minus", "inner"))
    return bool(found["open"]) == bool(found["close"]) and signs <= 1


def _finite(number: Decimal) -> Decimal:
    if not number.is_finite():
        raise _not_a_number(str(number))
    if len(number.as_tuple().digits) > LONGEST or abs(number.adjusted()) > LONGEST:
        raise Unreadable(_("“%(value)s” has too many digits.") % _shown(number))
    return number


def _not_a_number(plain: str) -> Unreadable:
    if _EXPONENT.fullmatch(plain):
        reason = _("“%(value)s” was shortened by the spreadsheet. Write all of its digits.")
    elif _IN_UNITS.fullmatch(plain):
        reason = _("“%(value)s” is in units. Write the amount in full, as 5000000.")
    elif _DECIMAL_COMMA.fullmatch(plain):
        reason = _("“%(value)s” has a decimal comma. Write it as 1234.56.")
    else:
        reason = _("“%(value)s” is not a number. Write it as 1234.56.")
    return Unreadable(reason % _shown(plain))


def _shown(value: object) -> dict[str, str]:
    return {"value": shortened(str(value))}
