"""In which encoding a text file is, decided by its bytes and decided strictly.

Every candidate decodes a sample; what it gives is weighed for how strange it would be as a Japanese
or European text. The least strange one must then decode the whole file without one error. Where two
readings are as likely, or none is, the file is refused: a name in the wrong letters is worse.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.imports.reading.limits import MEGABYTE
from kakehashi.imports.reading.sheet import STRANGE

if TYPE_CHECKING:
    from collections.abc import Iterator

UTF_8, CP932, EUC_JP = "utf-8", "cp932", "euc_jp"
UTF_16_LE, UTF_16_BE = "utf-16-le", "utf-16-be"
STRICT = "kakehashi.strict"
"""The error handler to decode with: strict but for ㈱, ① and 髙 in EUC-JP."""

_BOMS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF16_LE, UTF_16_LE),
    (codecs.BOM_UTF16_BE, UTF_16_BE),
)
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_SAMPLE = MEGABYTE // 4
_STRANGEST = 0.25
_MARGIN = 0.08
_ERROR = 2.0
_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_NON_ASCII_BYTE = re.compile(rb"[\x80-\xff]")
_LONE_HALF_WIDTH = re.compile("(?<![\uff61-\uff9f])[\uff61-\uff9f](?![\uff61-\uff9f])")
_TWO_BYTE_RUN = re.compile("[\x80-\u07ff]{2}")
_ONLY_HALF_WIDTH = re.compile("[\x00-\x7f\uff61-\uff9f]*")
_ROWS_BELOW_HALF_WIDTH, _CELL_AFTER_DELETE = 62, 64
_VENDOR_ROWS = frozenset({13, 89, 90, 91, 92})
_SHIFTED = {0x8E: 0.2, 0x8F: 0.6}
"""Lead bytes of EUC-JP for half-width kana and for the supplementary kanji."""
_GREEK_AND_CYRILLIC, _BOXES, _RARER_KANJI = frozenset({6, 7}), 8, 48
_TAKEN_FOR = ("latin-1", "cp1252", "cp437", CP932)
_JAPANESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_KANA = re.compile("[ぁ-ヿ]")


@dataclass(frozen=True)
class Encoding:
    """How to decode the file: the codec, and how many bytes of mark come first."""

    name: str
    mark: int
    doubtful: bool
    """Whether it holds strange characters, so that each cell must be looked at."""


def recognise(file: BinaryIO) -> Encoding:
    """The file's encoding, after decoding all of it once."""
    file.seek(0)
    start = file.read(4)
    if start[:4] in _UTF_32:
        raise _unknown()
    for mark, name in _BOMS:
        if start.startswith(mark):
            return _checked(file, name, len(mark))
    name = _likeliest(_sample(file))
    return _checked(file, name, 0)


def _checked(file: BinaryIO, name: str, mark: int) -> Encoding:
    """The encoding, if the whole file decodes strictly."""
    doubtful, line = False, 1
    try:
        for text in _decoded(file, name, mark):
            if STRANGE.search(text):
                doubtful = True
                if "\0" in text:
                    raise Unreadable(
                        _("The file holds NUL bytes (line %(line)s): it is no text, or damaged.")
                        % {"line": line}
                    )
            line += text.count("\n")
    except UnicodeDecodeError as error:
        raise Unreadable(
            _("The file looks like %(encoding)s but is damaged or cut off after line %(line)s.")
            % {"encoding": name, "line": line}
        ) from error
    return Encoding(name, mark, doubtful)


def _decoded(file: BinaryIO, name: str, mark: int) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(name)(STRICT)
    file.seek(mark)
    while block := file.read(MEGABYTE):
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def _sample(file: BinaryIO) -> bytes:
    """The part of the file that shows its encoding: from the first line that is not ASCII.

    Whole lines as far as possible, so that no character is cut; all of a small file.
    """
    file.seek(0)
    at = 0
    while block := file.read(MEGABYTE):
        if b"\0" in block or not block.isascii():
            break
        at += len(block)
    else:
        return b""
    first = _NON_ASCII_BYTE.search(block)
    if b"\0" not in block and first:
        at += block.rfind(b"\n", 0, first.start()) + 1
    file.seek(at)
    sample = file.read(_SAMPLE)
    whole = len(sample) < _SAMPLE
    return sample if whole else sample[: sample.rfind(b"\n") + 1] or sample


def _likeliest(sample: bytes) -> str:
    if b"\0" in sample:
        return _likeliest_wide(sample)
    if sample.isascii():
        return UTF_8
    costs = {name: _strangeness(sample, name) for name in (UTF_8, CP932, EUC_JP)}
    best, second = sorted(costs, key=costs.__getitem__)[:2]
    if costs[best] > _STRANGEST:
        raise _unknown()
    if best == UTF_8 and _encoded_twice(sample):
        raise Unreadable(
            _("The text was put into UTF-8 twice and its letters are lost. Export it again.")
        )
    if costs[UTF_8] == 0 and not _could_be_euc(sample, costs):
        return UTF_8
    if costs[second] - costs[best] < _MARGIN or _could_be_half_width(sample, costs):
        raise Unreadable(
            _("The file could be in %(one)s or in %(other)s. Save it as UTF-8 to make sure.")
            % {"one": best, "other": second}
        )
    return best


def _likeliest_wide(sample: bytes) -> str:
    """UTF-16 without a mark: every line break and comma has a zero byte on one side."""
    even = sample[: len(sample) // 2 * 2]
    costs = {name: _strangeness(even, name) for name in (UTF_16_LE, UTF_16_BE)}
    best = min(costs, key=costs.__getitem__)
    if costs[best] > _STRANGEST or abs(costs[UTF_16_LE] - costs[UTF_16_BE]) < _MARGIN:
        raise Unreadable(
            _("The file holds NUL bytes: it is no text, or damaged. Save it as UTF-8 or as XLSX.")
        )
    return best


def _strangeness(sample: bytes, name: str) -> float:
    """How odd the sample reads in that encoding: per character beyond ASCII, from 0."""
    try:
        text = sample.decode(name, STRICT)
        errors = 0
    except UnicodeDecodeError:
        text = sample.decode(name, "replace")
        errors = text.count("\ufffd")
    beyond = _NON_ASCII.findall(text)
    if "\0" in text:
        return _ERROR
    if not beyond:
        return 0.0
    weigh = _oddity_in_unicode if name == UTF_8 else _oddity_in_japanese
    odd = sum(map(weigh, beyond)) + errors * _ERROR
    if name == CP932:
        odd += len(_LONE_HALF_WIDTH.findall(text))
    return odd / len(beyond)


@lru_cache(maxsize=65536)
def _oddity_in_unicode(character: str) -> float:
    if STRANGE.match(character):
        return 1.0
    return {"C": 1.0, "M": 0.1}.get(unicodedata.category(character)[0], 0.0)


@lru_cache(maxsize=65536)
def _oddity_in_japanese(character: str) -> float:
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


def _encoded_twice(sample: bytes) -> bool:
    """Whether what UTF-8 gives are the bytes of UTF-8 again, wrongly read on the way."""
    text = sample.decode(UTF_8, "replace")
    for name in _TAKEN_FOR:
        try:
            again = text.encode(name).decode(UTF_8)
        except UnicodeError:
            continue
        if _JAPANESE.search(again):
            return True
    return False


def _could_be_euc(sample: bytes, costs: dict[str, float]) -> bool:
    """Two-byte UTF-8 is also kanji in EUC-JP; but accents stand alone in a word."""
    return costs[EUC_JP] == 0 and bool(_TWO_BYTE_RUN.search(sample.decode(UTF_8)))


def _could_be_half_width(sample: bytes, costs: dict[str, float]) -> bool:
    """Half-width kana of cp932 in pairs are also kanji in EUC-JP, but hardly its kana."""
    if max(costs[CP932], costs[EUC_JP]) > _STRANGEST:
        return False
    if not _ONLY_HALF_WIDTH.fullmatch(sample.decode(CP932, "replace")):
        return False
    return not _KANA.search(sample.decode(EUC_JP, "replace"))


def _unknown() -> Unreadable:
    return Unreadable(
        _(
            "The file is no XLSX and no text in UTF-8, UTF-16, cp932 (Shift_JIS) or EUC-JP. "
            "Save it as XLSX or as CSV in UTF-8."
        )
    )


def _strict_but_vendors(error: UnicodeError) -> tuple[str, int]:
    """Decode ① ㈱ 髙 (JIS rows 13, 89 to 92), which many systems write beside the standard."""
    if isinstance(error, UnicodeDecodeError) and error.encoding == EUC_JP:
        row, cell = (
            byte - 0xA0 for byte in error.object[error.start : error.start + 2].ljust(2, b"\0")
        )
        if row in _VENDOR_ROWS and cell in range(1, 95):
            return _shift_jis(row, cell).decode(CP932), error.start + 2
    raise error


def _shift_jis(row: int, cell: int) -> bytes:
    """The two bytes of a character of the JIS table in Shift_JIS, which packs two rows into one."""
    lead = (row - 1) // 2 + (0x81 if row <= _ROWS_BELOW_HALF_WIDTH else 0xC1)
    if row % 2 == 0:
        return bytes((lead, cell + 0x9E))
    return bytes((lead, cell + 0x3F + (cell >= _CELL_AFTER_DELETE)))


codecs.register_error(STRICT, _strict_but_vendors)
