"""Text as it is compared, sorted and found. What a person typed is kept; these are its keys.

| function | `ＮＴＴ  ﾃﾞｰﾀ ㈱` becomes | for |
|---|---|---|
| `nfkc` | `NTT  データ (株)` | storing: one width, one form of every character |
| `one_line` | `NTT データ (株)` | storing names and labels |
| `folded_name` | `nttデータ` | asking whether two company names are the same |
| `bigrams` | `nt tt tデ デー ータ` … | finding names from two characters on |

| `sort_key` | `てえた でえた` from the reading ﾃﾞｰﾀ | ordering a list |

`reading` and `company_reading` are those of `kana`; `romaji` and `romaji_key` those of `romaji`.
"""

from __future__ import annotations

import unicodedata

from kakehashi.base.kana import company_reading, reading, unvoiced
from kakehashi.base.legal_forms import without_japanese_form, without_latin_form
from kakehashi.base.romaji import romaji, romaji_key

__all__ = [
    "bigrams",
    "company_reading",
    "folded_name",
    "nfkc",
    "one_line",
    "reading",
    "romaji",
    "romaji_key",
    "sort_key",
]


class _Spaced(dict[int, str | int]):
    """Maps marks, symbols and blanks to a space; every other character to its usual variant.

    Filled as characters are met, so that nothing is computed for scripts nobody uses.
    """

    variants = str.maketrans("髙﨑德瀨ヵヶゕゖ", "高崎徳瀬カケかけ")

    def __missing__(self, code: int) -> str | int:
        blank = unicodedata.category(chr(code))[0] in "PSZC"
        self[code] = " " if blank else self.variants.get(code, code)
        return self[code]


_SPACED = _Spaced()


_TWINS = {"−": "-", "〜": "~", "‖": "∥"}
"""Characters that cp932 and other Japanese encodings map apart: the form a cp932 file gives."""


def nfkc(text: str) -> str:
    """The text with one width and one form for every character, without outer blanks."""
    if text.isascii():
        return text.strip()
    plain = unicodedata.normalize("NFKC", text)
    for twin, usual in _TWINS.items():
        if twin in plain:
            plain = plain.replace(twin, usual)
    return plain.strip()


def one_line(text: str) -> str:
    """The same with every run of blanks and line breaks as one space: a name, a label."""
    return " ".join(nfkc(text).split())


def folded_name(name: str) -> str:
    """What is left of a company's name when spelling habits are taken away: its key.

    Width, case, punctuation, blanks and the legal form at either end do not count: `㈱電通`,
    `電通 株式会社` and `電通` are one; so are `Dentsu Inc.` and `DENTSU, INC`. Never empty for a
    name with a visible character: what would vanish (`株式会社`, `Inc.`, `!!!`) is kept.
    """
    plain = _casefolded(name)
    words = without_japanese_form(plain).translate(_SPACED).split()
    bare = without_latin_form(words) or words or plain.translate(_SPACED).split() or plain.split()
    return "".join(bare)


def bigrams(text: str) -> list[str]:
    """Each pair of neighbouring characters in the words of the text, once, in order.

    A word of one character is its own bigram. Width, case and punctuation do not count.
    """
    words = _casefolded(text).translate(_SPACED).split()
    pairs = (word[at : at + 2] for word in words for at in range(max(1, len(word) - 1)))
    return list(dict.fromkeys(pairs))


def sort_key(name: str, kana: str = "") -> str:
    """What names sort by, code point by code point, in the order of a Japanese index.

    First as if no kana were voiced (か and が together), then by the reading itself. A name without
    a reading sorts by its own characters: kana and Latin letters well, kanji after all kana.
    """
    full = company_reading(kana) or reading(folded_name(name))
    return f"{unvoiced(full)} {full}"


def _casefolded(text: str) -> str:
    """NFKC and caseless; the second pass joins what casefolding took apart."""
    folded = nfkc(text).casefold()
    return folded if folded.isascii() else unicodedata.normalize("NFKC", folded)
