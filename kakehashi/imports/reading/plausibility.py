"""How likely it is that a sample, read in some encoding, is what somebody wrote.

Japanese files are told apart by what wrong readings of them look like: half-width kana between
kanji, rare kanji in a row, characters of no standard.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from kakehashi.imports.reading.common_kanji import COMMON_KANJI
from kakehashi.imports.reading.sheet import STRANGE

UTF_8, CP932, EUC_JP = "utf-8", "cp932", "euc_jp"
LOST = "\ufffd"
"""Stands for what could not be decoded."""

_ERROR = 2.0
_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_ONLY_HALF_WIDTH = re.compile("[\x00-\x7f\uff61-\uff9f]*")
_LONE_HALF_WIDTH = re.compile("(?<![\uff61-\uff9f])[\uff61-\uff9f](?![\uff61-\uff9f])")
_KANA = re.compile("[ぁ-ヿ]")
_KANJI = re.compile("[一-龠]")
_JAPANESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_MOSTLY = 0.6
_SHIFTED = {0x8E: 0.2, 0x8F: 0.6}
"""Lead bytes of EUC-JP for half-width kana and for the supplementary kanji."""
_GREEK_AND_CYRILLIC, _BOXES, _RARER_KANJI = frozenset({6, 7}), 8, 48
_TAKEN_FOR = ("cp1252", "cp437", CP932)
_AS_BROWSERS = "kakehashi.browsers"


@dataclass(frozen=True)
class Reading:
    """A sample read in an encoding, and how often that failed."""

    encoding: str
    text: str
    errors: int


def strangeness(reading: Reading) -> float:
    """How odd the text is: from 0 upwards, past 1 if most of it cannot be decoded.

    A mean over the characters beyond ASCII; in UTF-16, where ASCII has to be proved, over all.
    """
    if "\0" in reading.text:
        return _ERROR
    beyond = _NON_ASCII.findall(reading.text)
    odd = reading.errors * _ERROR
    if reading.encoding != UTF_8:
        odd += sum(map(_oddity, beyond))
    if reading.encoding == CP932:
        odd += len(_LONE_HALF_WIDTH.findall(reading.text))
    weighed = len(reading.text) if reading.encoding.startswith("utf-16") else len(beyond)
    return odd / max(1, weighed)


def is_japanese(reading: Reading) -> bool:
    """Whether kana, or kanji that are mostly common ones, speak for a Japanese text.

    Chinese and Korean files read as EUC-JP give kanji without kana, and mostly rare ones. In cp932
    only half-width kana beside kanji are suspect.
    """
    if has_kana(reading) or not _KANJI.search(reading.text):
        return True
    if reading.encoding == CP932 and not _HALF_WIDTH.search(reading.text):
        return True
    return common_kanji(reading) >= _MOSTLY


def has_kana(reading: Reading) -> bool:
    """Whether there are kana of full width."""
    return bool(_KANA.search(reading.text))


def is_half_width(reading: Reading) -> bool:
    """Whether all beyond ASCII are half-width kana."""
    return bool(_ONLY_HALF_WIDTH.fullmatch(reading.text))


def common_kanji(reading: Reading) -> float:
    """Which part of the kanji are among the common ones; 0 if there are none."""
    kanji = _KANJI.findall(reading.text)
    return sum(character in COMMON_KANJI for character in kanji) / max(1, len(kanji))


def encoded_twice(text: str) -> bool:
    """Whether what UTF-8 gave are the bytes of UTF-8 again, wrongly read on the way."""
    for name in _TAKEN_FOR:
        try:
            again = text.encode(name, _AS_BROWSERS).decode(UTF_8)
        except UnicodeError:
            continue
        if _JAPANESE.search(again):
            return True
    return False


@lru_cache(maxsize=65536)
def _oddity(character: str) -> float:
    """0 for kana, common kanji and full-width forms, up to 1 for what Japanese has not."""
    try:
        code = character.encode(EUC_JP)
    except UnicodeEncodeError:
        return _oddity_outside_jis(character)
    if code[0] in _SHIFTED:
        return _SHIFTED[code[0]]
    row = code[0] - 0xA0
    if row in _GREEK_AND_CYRILLIC:
        return 0.1
    return 0.3 if row == _BOXES or row >= _RARER_KANJI else 0.0


def _oddity_outside_jis(character: str) -> float:
    if STRANGE.match(character):
        return 1.0
    try:
        character.encode(CP932)
    except UnicodeEncodeError:
        return 0.1 if "\xa0" <= character <= "\u024f" else 0.6
    return 0.1


def _as_browsers(error: UnicodeError) -> tuple[bytes, int]:
    """Bytes that cp1252 leaves undefined, as browsers pass them through."""
    if isinstance(error, UnicodeEncodeError) and error.object[error.start] < "\xa0":
        return bytes((ord(error.object[error.start]),)), error.start + 1
    raise error


codecs.register_error(_AS_BROWSERS, _as_browsers)
