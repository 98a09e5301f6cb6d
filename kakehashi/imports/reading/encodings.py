"""In which encoding a text file is, decided by its bytes and decided strictly.

Every candidate decodes a sample; what it gives is weighed for how strange it would be as a Japanese
or European text. The least strange one must then decode the whole file without one error. Where two
readings are as likely, or none is, the file is refused: a name in the wrong letters is worse.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from django.utils.translation import gettext as _

from kakehashi.base.errors import Unreadable
from kakehashi.imports.reading.limits import MEGABYTE
from kakehashi.imports.reading.plausibility import (
    CP932,
    EUC_JP,
    LOST,
    UTF_8,
    Reading,
    common_kanji,
    encoded_twice,
    has_kana,
    is_half_width,
    is_japanese,
    strangeness,
)
from kakehashi.imports.reading.sheet import STRANGE

if TYPE_CHECKING:
    from collections.abc import Iterator

UTF_16_LE, UTF_16_BE = "utf-16-le", "utf-16-be"
STRICT = "kakehashi.strict"
"""The error handler to decode with: strict but for ㈱, ① and 髙 in EUC-JP."""

_LENIENT = "kakehashi.lenient"
_BOMS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF16_LE, UTF_16_LE),
    (codecs.BOM_UTF16_BE, UTF_16_BE),
)
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_SAMPLE = MEGABYTE // 4
_PIECE, _HOPELESS = MEGABYTE // 64, 0.2
_STRANGEST, _MARGIN, _RATHER = 0.25, 0.08, 0.5
_NON_ASCII_BYTE = re.compile(rb"[\x80-\xff]")
_ACCENT = re.compile("(?<![\x80-\u07ff])[\x80-\u07ff](?![\x80-\u07ff])|[\u0800-\U0010ffff]")
"""A letter of two bytes that stands alone, or any of three bytes and more: only UTF-8 has them."""

_VENDOR_ROWS = frozenset({13, 89, 90, 91, 92})
_ROWS_BELOW_HALF_WIDTH, _CELL_AFTER_DELETE = 62, 64


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
    readings = {name: _decoded_sample(sample, name) for name in (UTF_8, EUC_JP, CP932)}
    if not readings[UTF_8].errors:
        return _surely_utf_8(readings)
    if rival := _half_width_or_kanji(readings):
        return rival
    costs = {name: strangeness(reading) for name, reading in readings.items()}
    best, second = sorted(costs, key=costs.__getitem__)[:2]
    if costs[best] > _STRANGEST or not is_japanese(readings[best]):
        raise _undecided(best, second) if costs[second] <= _STRANGEST else _unknown()
    if costs[second] - costs[best] < _MARGIN:
        raise _undecided(best, second)
    return best


def _surely_utf_8(readings: dict[str, Reading]) -> str:
    """UTF-8 proves itself; but its letters of two bytes are also kanji or kana elsewhere."""
    if encoded_twice(readings[UTF_8].text):
        raise Unreadable(
            _("The text was put into UTF-8 twice and its letters are lost. Export it again.")
        )
    if not _ACCENT.search(readings[UTF_8].text):
        for name in (EUC_JP, CP932):
            other = readings[name]
            if not other.errors and (
                is_japanese(other) if name == EUC_JP else is_half_width(other)
            ):
                raise _undecided(UTF_8, name)
    return UTF_8


def _half_width_or_kanji(readings: dict[str, Reading]) -> str | None:
    """Pairs of half-width kana in one encoding are kanji in the other: whoever finds common kanji.

    None where at most one of them can decode the file, or neither finds half-width kana alone.
    """
    euc_jp, cp932 = readings[EUC_JP], readings[CP932]
    if euc_jp.errors or cp932.errors:
        return None
    if is_half_width(cp932):
        if common_kanji(euc_jp) == 1 or has_kana(euc_jp):
            return EUC_JP
        raise _undecided(EUC_JP, CP932)
    if is_half_width(euc_jp):
        if common_kanji(cp932) < _RATHER:
            return EUC_JP
        raise _undecided(EUC_JP, CP932)
    return None


def _likeliest_wide(sample: bytes) -> str:
    """UTF-16 without a mark: every line break and comma has a zero byte on one side."""
    even = sample[: len(sample) // 2 * 2]
    costs = {name: strangeness(_decoded_sample(even, name)) for name in (UTF_16_LE, UTF_16_BE)}
    best = min(costs, key=costs.__getitem__)
    if costs[best] > _STRANGEST or abs(costs[UTF_16_LE] - costs[UTF_16_BE]) < _MARGIN:
        raise Unreadable(
            _("The file holds NUL bytes: it is no text, or damaged. Save it as UTF-8 or as XLSX.")
        )
    return best


def _decoded_sample(sample: bytes, name: str) -> Reading:
    try:
        return Reading(name, sample.decode(name, STRICT), 0)
    except UnicodeDecodeError:
        return _decoded_leniently(sample, name)


def _decoded_leniently(sample: bytes, name: str) -> Reading:
    """What can be decoded at all; only the start of it where next to nothing can."""
    decoder = codecs.getincrementaldecoder(name)(_LENIENT)
    text, lost = "", 0
    for at in range(0, len(sample), _PIECE):
        end = min(at + _PIECE, len(sample))
        piece = decoder.decode(sample[at:end], final=end == len(sample))
        text += piece
        lost += piece.count(LOST)
        if lost > _HOPELESS * end:
            break
    return Reading(name, text, lost)


def _undecided(one: str, other: str) -> Unreadable:
    return Unreadable(
        _("The file could be in %(one)s or in %(other)s. Save it as UTF-8 to make sure.")
        % {"one": one, "other": other}
    )


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
        pair = error.object[error.start : error.start + 2].ljust(2, b"\0")
        if character := _vendors_character(pair[0] - 0xA0, pair[1] - 0xA0):
            return character, error.start + 2
    raise error


def _vendors_character(row: int, cell: int) -> str:
    """The character at that place of the JIS table, by way of cp932; empty if there is none."""
    if row not in _VENDOR_ROWS or cell not in range(1, 95):
        return ""
    lead = (row - 1) // 2 + (0x81 if row <= _ROWS_BELOW_HALF_WIDTH else 0xC1)
    second = cell + 0x9E if row % 2 == 0 else cell + 0x3F + (cell >= _CELL_AFTER_DELETE)
    return bytes((lead, second)).decode(CP932, "ignore")


def _lenient(error: UnicodeError) -> tuple[str, int]:
    """The same, with a mark in place of each byte that cannot be decoded."""
    try:
        return _strict_but_vendors(error)
    except UnicodeDecodeError:
        return LOST, cast("UnicodeDecodeError", error).start + 1


codecs.register_error(STRICT, _strict_but_vendors)
codecs.register_error(_LENIENT, _lenient)
