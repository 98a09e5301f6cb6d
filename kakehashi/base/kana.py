"""Readings (ふりがな) as normalised hiragana.

No Japanese collation exists in the database: names are compared by these, character by character.
"""

from __future__ import annotations

import re
import unicodedata

_LONG = "ー"
_REPEATS = "ゝゞ"
_FULL_SIZE = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖゐゑ", "あいうえおつやゆよわかけいえ")
_ROWS = {
    "あ": "あかがさざただなはばぱまやらわ",
    "い": "いきぎしじちぢにひびぴみり",
    "う": "うくぐすずつづぬふぶぷむゆるゔ",
    "え": "えけげせぜてでねへべぺめれ",
    "お": "おこごそぞとどのほぼぽもよろを",
}
_VOWEL = {kana: vowel for vowel, row in _ROWS.items() for kana in row}
_UNVOICED = {
    ord(kana): unicodedata.normalize("NFD", kana)[0]
    for kana in map(chr, range(ord("ぁ"), ord("ゖ") + 1))
    if len(unicodedata.normalize("NFD", kana)) > 1
}
_MARKED = re.compile(rf"([^{_LONG}{_REPEATS}])([{_LONG}{_REPEATS}])")
_LEFT_OVER = str.maketrans("", "", _LONG + _REPEATS)

_FORM = (
    "(?:(?:とくれいゆうげん|かぶしき|ゆうげん|ごうどう|ごうし|ごうめい|そうご)[かが]いしや"
    "|(?:いつぱん|こうえき)?(?:しや|ざい)だんほうじん|(?:しやかい)?いりようほうじん(?:しやだん|ざいだん)?"
    "|(?:がつこう|しやかいふくし|しゆうきよう|とくていひえいりかつどう|こくりつだいがく)ほうじん"
    "|(?:ちほう)?どくりつぎようせいほうじん)"
)
_FORM_AT_ENDS = re.compile(rf"^{_FORM}(?=.)|(?<=.){_FORM}$", re.DOTALL)
_BANK_FORM = "(?:カ|ユ|ド|シ|メ|ソ|シヤ|ザイ|イ|ガク|フク|シユウ|トクヒ|ドク)"
_BANK_FORM_AT_ENDS = re.compile(
    rf"^\s*\(?{_BANK_FORM}\)(?=.)|(?<=.)\({_BANK_FORM}\)?\s*$", re.DOTALL
)


class _Hiragana(dict[int, str | int | None]):
    """Katakana to hiragana, small kana to full size, blanks and punctuation to nothing.

    Filled as characters are met.
    """

    def __missing__(self, code: int) -> str | int | None:
        self[code] = self._mapped(hiragana(chr(code)))
        return self[code]

    @staticmethod
    def _mapped(character: str) -> str | None:
        if unicodedata.category(character)[0] in "PSZC":
            return None
        return character.translate(_FULL_SIZE)


def hiragana(character: str) -> str:
    """One katakana as hiragana; any other character as it is."""
    return (
        chr(ord(character) - 0x60)
        if "ァ" <= character <= "ヶ" or character in "ヽヾ"
        else character
    )


_HIRAGANA = _Hiragana()


def reading(kana: str) -> str:
    """Kana as normalised hiragana: `ｷｬﾉﾝ`, `キヤノン` and `きゃのん` are all `きやのん`.

    A long vowel mark becomes the vowel it prolongs (スーパー: すうぱあ), as in a dictionary.
    Blanks and punctuation go; letters that are not kana stay, caseless.
    """
    plain = unicodedata.normalize("NFKC", kana).casefold().translate(_HIRAGANA)
    if not plain.isascii():
        while (spelled := _MARKED.sub(_spelled_out, plain)) != plain:
            plain = spelled
    return unicodedata.normalize("NFC", plain.translate(_LEFT_OVER))


def company_reading(kana: str) -> str:
    """The reading of a company's name without カブシキガイシャ, カ) and the like at its ends."""
    short = _BANK_FORM_AT_ENDS.sub("", unicodedata.normalize("NFKC", kana))
    return _FORM_AT_ENDS.sub("", reading(short))


def unvoiced(hiragana_text: str) -> str:
    """The hiragana as if no kana were voiced: が as か, ぱ as は. An index sorts by this first."""
    return hiragana_text.translate(_UNVOICED)


def _spelled_out(found: re.Match[str]) -> str:
    before, mark = found.groups()
    if mark == _LONG:
        return before + _VOWEL.get(before, "")
    if mark == "ゞ":
        return before + unicodedata.normalize("NFC", unvoiced(before) + "\u3099")[0]
    return before + unvoiced(before)
