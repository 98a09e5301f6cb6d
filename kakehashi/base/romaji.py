"""Kana in Latin letters (Hepburn), for finding とうきょう by typing tokyo."""

from __future__ import annotations

import re
import unicodedata

from kakehashi.base.kana import hiragana

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "g": "がぎぐげご", "s": "さしすせそ", "z": "ざじずぜぞ",
    "t": "たちつてと", "d": "だぢづでど", "n": "なにぬねの", "h": "はひふへほ", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ", "m": "まみむめも", "r": "らりるれろ",
}  # fmt: skip
_OWN = {
    "し": "shi", "じ": "ji", "ち": "chi", "ぢ": "ji", "つ": "tsu", "づ": "zu", "ふ": "fu",
    "ん": "n",
    "や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "ゐ": "i", "ゑ": "e", "を": "o", "ゔ": "vu",
    "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o", "ゃ": "ya", "ゅ": "yu", "ょ": "yo",
    "ゎ": "wa", "ゕ": "ka", "ゖ": "ke", "いぇ": "ye", "すぃ": "si", "ずぃ": "zi", "てぃ": "ti",
    "でぃ": "di", "てゅ": "tyu", "でゅ": "dyu", "とぅ": "tu", "どぅ": "du", "ふゅ": "fyu",
    "ゔゅ": "vyu",
}  # fmt: skip
_GLIDING = {
    "き": "ky", "ぎ": "gy", "に": "ny", "ひ": "hy", "び": "by", "ぴ": "py", "み": "my", "り": "ry",
    "し": "sh", "じ": "j", "ち": "ch", "ぢ": "j",
}  # fmt: skip
_FOREIGN = {"ふ": "f", "ゔ": "v", "つ": "ts", "う": "w", "く": "kw", "ぐ": "gw"}


def _syllables() -> dict[str, str]:
    """Every syllable of one or two kana in Latin letters."""
    table: dict[str, str] = {}
    for start, row in _ROWS.items():
        table |= {kana: start + vowel for kana, vowel in zip(row, "aiueo", strict=True)}
    for kana, start in _GLIDING.items():
        table |= {
            kana + small: start + vowel for small, vowel in zip("ゃゅぇょ", "aueo", strict=True)
        }
    for kana, start in _FOREIGN.items():
        table |= {
            kana + small: start + vowel for small, vowel in zip("ぁぃぇぉ", "aieo", strict=True)
        }
    return table | _OWN


_HEPBURN = _syllables()
_SYLLABLE = re.compile("|".join(sorted(_HEPBURN, key=len, reverse=True)))
_N_APART = re.compile("ん(?=[あいうえおやゆよ])")
_DOUBLED = re.compile("っ([bcdfghjkmpqrstvwyz])")
_PROLONGED = re.compile("([aiueo])ー")
_LONG_VOWEL = re.compile("(?<=o)[ou]+|(?<=u)u+|(?<=a)a+|(?<=i)i+|(?<=e)e+")


def romaji(kana: str) -> str:
    """Hepburn, vowel by vowel and without macrons: とうきょう is `toukyou`, マッチ `matchi`.

    What is not kana stays as it is.
    """
    text = "".join(map(hiragana, unicodedata.normalize("NFKC", kana)))
    latin = _SYLLABLE.sub(lambda found: _HEPBURN[found[0]], _N_APART.sub("n'", text))
    latin = _DOUBLED.sub(lambda found: found[1].replace("c", "t") + found[1], latin)
    while (spelled := _PROLONGED.sub(r"\1\1", latin)) != latin:
        latin = spelled
    return latin.replace("っ", "").replace("ー", "")


def romaji_key(latin: str) -> str:
    """Romaji as it is searched: Tōkyō, Toukyou and Tokyo are one, Shimbun is Shinbun."""
    letters = unicodedata.normalize("NFKD", latin).casefold()
    plain = "".join(letter for letter in letters if letter.isalnum())
    return _LONG_VOWEL.sub("", re.sub("m(?=[bmp])", "n", plain).replace("tch", "cch"))
