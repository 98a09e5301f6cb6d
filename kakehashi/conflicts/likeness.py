"""How alike two names are, by spelling and by reading: from 0 to 1, for people to judge.

Spelling habits are gone before anything is compared (base/text.py). What is left is compared by
pairs of neighbouring characters, and a common beginning counts more, because names of one house
begin alike: サカタのタネ and サカタ種苗.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kakehashi.base.text import company_reading, folded_name, nfkc, reading, romaji, romaji_key

if TYPE_CHECKING:
    from collections.abc import Iterable

ALIKE = 0.6
"""From here on a name is shown as possible."""

MOST_BEGINNING, PER_CHARACTER = 4, 0.1
BUT_FOR_COMMON_WORDS = 0.9
# How many neighbouring characters are compared, and from how many on a beginning counts: kanji say
# much, kana less, letters little.
LATIN_SIZES, KANA_SIZES, KANJI_SIZES = (3, 5), (3, 4), (2, 3)
KANA = re.compile(r"[ぁ-ゖァ-ヺー・\s]+")
FORM = re.compile(r"(カブシキ|ユウゲン|ゴウドウ|ゴウシ|ゴウメイ|ソウゴ)[カガ]イシャ")
HIRAGANA = re.compile(r"[ぁ-ゖ]+")
LATIN = re.compile(r"[\x20-\x7eÀ-ɏ]+")
# Words so common in names that they make none alike.
COMMON = re.compile(
    "ホールディングス|グループ|コーポレーション|カンパニー|インターナショナル|ジャパン|日本"
    "|ほおるでいんぐす|ぐるうぷ|こおぽれえしよん|かんぱにい|いんたあなしよなる|じやぱん"
    "|にほん|につぽん"
    "|horudingusu|gurupu|koporeshon|kanpani|intanashonaru|nihon|nippon"
    "|holdings?|group|corporation|international|japan|company|companies|global|worldwide"
)


class Spelling(NamedTuple):
    """One way a name is written or read; only the same ways are compared."""

    way: str
    text: str


def spellings(name: str, kana: str = "", english: str = "") -> list[Spelling]:
    """Every way of a name: as written, by reading, in Latin letters."""
    found = [Spelling("written", folded_name(name))]
    if english:
        found.append(Spelling("latin", folded_name(english)))
    if LATIN.fullmatch(nfkc(name)):
        found.append(Spelling("latin", folded_name(name)))
    read = company_reading(kana) if kana else ""
    if not read and KANA.fullmatch(nfkc(name)):
        read = reading(name)
    if read:
        latin = romaji_key(romaji(FORM.sub("", nfkc(kana or name))))
        found += [Spelling("read", read), Spelling("latin", latin)]
    return list(dict.fromkeys(found))


def likeness(one: Iterable[Spelling], other: Iterable[Spelling]) -> float:
    """The best of all ways in which both names are known."""
    other = list(other)
    return max((of_two(a.text, b.text) for a in one for b in other if a.way == b.way), default=0.0)


def of_two(one: str, other: str) -> float:
    """Two folded names: neighbouring characters in common, and a common beginning."""
    if one == other:
        return 1.0 if one else 0.0
    one, other = _bare(one), _bare(other)
    if one == other:
        return BUT_FOR_COMMON_WORDS
    size, counts_from = _sizes(one + other)
    left, right = _pieces(one, size), _pieces(other, size)
    total = left.total() + right.total()
    common = 2 * (left & right).total() / total if total else 0.0
    beginning = _common_beginning(one, other)
    if beginning >= counts_from:
        common += min(beginning, MOST_BEGINNING) * PER_CHARACTER * (1 - common)
    return round(common, 2)


def _sizes(text: str) -> tuple[int, int]:
    if text.isascii():
        return LATIN_SIZES
    return KANA_SIZES if HIRAGANA.fullmatch(text) else KANJI_SIZES


def _bare(text: str) -> str:
    return COMMON.sub("", text) or text


def bare(name: str) -> str:
    """A folded name without the words that are common to many."""
    return _bare(folded_name(name))


def _pieces(text: str, size: int) -> Counter[str]:
    return Counter(text[at : at + size] for at in range(len(text) - size + 1))


def _common_beginning(one: str, other: str) -> int:
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return at
    return min(len(one), len(other))
