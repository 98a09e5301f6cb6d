"""Text of mails: what their charsets say, and what they are where the label is wrong or missing.

Japanese mail programs say ISO-2022-JP and write characters that no standard of that name has
(①, ㈱, 髙, half-width kana), cut encoded words inside a character, and leave headers unencoded.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import quopri
import re
import unicodedata

WORD = re.compile(rb"=\?([^?*\s]+)(?:\*[^?]*)?\?([BbQq])\?([^?]*)\?=")
ESCAPE = re.compile(rb"\x1b(?:\$\(?[@BD]|\([A-Za-z])")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHIFT_JIS = _names("shiftjis sjis xsjis mskanji windows31j cp932 windows932 csshiftjis")
EUC = _names("eucjp xeucjp ujis cp51932 eucjpms cseucpkdfmtjapanese")
JIS = _names(
    "iso2022jp iso2022jp1 iso2022jp2 iso2022jp3 iso2022jpms csiso2022jp cp50220 cp50221 jis"
)
VAGUE = _names("usascii ascii unknown8bit unknown binary 8bit xunknown default")
NEVER = _names("unicodeescape rawunicodeescape undefined idna punycode mbcs oem")
LATIN = _names("iso88591 latin1 windows1252 cp1252")
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "ksc56011987": "cp949", "euckr": "cp949",
         "big5": "big5hkscs"}  # fmt: skip


def decoded(content: bytes, charset: str = "") -> str:
    """Bytes as text: as they are labelled if that is possible, else as what they look like."""
    name = re.sub(r"[^a-z0-9]", "", charset.lower())
    if name in JIS or ESCAPE.search(content):
        return from_jis(content)
    if not name or name in VAGUE or (name in LATIN and _is_mislabelled(content)):
        return guessed(content)
    try:
        return _by_label(content, name, charset)
    except (LookupError, UnicodeError):
        return guessed(content)


def _by_label(content: bytes, name: str, charset: str) -> str:
    if name in SHIFT_JIS:
        return content.decode("cp932")
    if name in EUC:
        return from_euc(content)
    if name in NEVER:
        raise LookupError(charset)
    label = WIDER.get(name, charset)
    if not codecs.lookup(label)._is_text_encoding:
        raise LookupError(charset)
    return content.decode(label)


def _is_mislabelled(content: bytes) -> bool:
    """Whether what is called Latin is UTF-8, as it often is."""
    try:
        return not content.decode("utf-8").isascii()
    except UnicodeError:
        return False


def guessed(content: bytes) -> str:
    """Text without a label: of what it can be, what reads most like Japanese."""
    if content.isascii():
        return content.decode("ascii")
    try:
        return content.decode("utf-8-sig")
    except UnicodeError:
        pass
    read = [text for decode in (from_cp932, from_euc) if (text := _tried(decode, content))]
    if not read:
        return content.decode("utf-8", "replace")
    return max(read, key=_plausibility)


def from_cp932(content: bytes) -> str:
    return content.decode("cp932")


def _tried(decode, content: bytes) -> str:  # noqa: ANN001 - one of the two above
    try:
        return decode(content)
    except UnicodeError:
        return ""


def _plausibility(text: str) -> float:
    """Kana and the usual kanji speak for a reading, half-width kana and rare signs against it."""
    score = 0.0
    for character in text:
        code = ord(character)
        if 0x3041 <= code <= 0x30FE:
            score += 2
        elif 0x4E00 <= code <= 0x9FFF:
            score += 0.5
        elif 0xFF61 <= code <= 0xFF9F or unicodedata.category(character) in {"Co", "Cn", "Cc"}:
            score -= 1 if character not in "\r\n\t" else 0
    return score / max(1, len(text))


def from_euc(content: bytes) -> str:
    """EUC-JP, with the characters of Windows in it."""
    try:
        return content.decode("euc_jp")
    except UnicodeError:
        pass
    made: list[str] = []
    at = 0
    while at < len(content):
        first = content[at]
        if first < 0x80:
            made.append(chr(first))
            at += 1
        elif first == 0x8E and at + 1 < len(content):
            made.append(bytes([content[at + 1]]).decode("cp932"))
            at += 2
        else:
            made.append(_of_pair(content[at : at + 2], 0x80))
            at += 2
    return "".join(made)


def from_jis(content: bytes) -> str:
    """ISO-2022-JP as it is written, not as it is defined; what cannot be is marked as such."""
    made: list[str] = []
    two_bytes = kana = False
    at = 0
    for found in [*ESCAPE.finditer(content), None]:
        part = content[at : found.start() if found else len(content)]
        made.append(_jis_part(part, two_bytes=two_bytes, kana=kana))
        if found:
            two_bytes, kana = found[0].startswith(b"\x1b$"), found[0] == b"\x1b(I"
            at = found.end()
    return "".join(made)


def _jis_part(part: bytes, *, two_bytes: bool, kana: bool) -> str:
    if kana:
        return bytes(byte | 0x80 if 0x20 < byte < 0x60 else byte for byte in part).decode(
            "cp932", "replace"
        )
    if not two_bytes:
        return part.decode("ascii") if part.isascii() else guessed(part)
    made: list[str] = []
    at = 0
    while at < len(part):
        if part[at] <= 0x20:  # a line ended before the escape back
            made.append(chr(part[at]))
            at += 1
        else:
            made.append(_of_pair(part[at : at + 2], 0))
            at += 2
    return "".join(made)


def _of_pair(pair: bytes, base: int) -> str:
    """A character of JIS X 0208 or of its neighbours in Windows, by way of Shift_JIS."""
    if len(pair) < 2:
        return "\ufffd"
    row, cell = pair[0] - base, pair[1] - base
    if not (0x21 <= row <= 0x7E and 0x21 <= cell <= 0x7E):
        return "\ufffd"
    odd = cell + (0x1F if cell < 0x60 else 0x20)
    second = odd if row % 2 else cell + 0x7E
    first = (row - 0x21) // 2 + (0x81 if row < 0x5F else 0xC1)
    return bytes([first, second]).decode("cp932", "replace")


def header_text(value: object) -> str:
    """A header as it reads: encoded words, raw bytes of whatever charset, folded lines."""
    raw = raw_bytes(value)
    unfolded = re.sub(rb"\r?\n[ \t]*", b" ", raw)
    made: list[str] = []
    pending: tuple[str, bytes] = ("", b"")
    at = 0
    for found in WORD.finditer(unfolded):
        between = unfolded[at : found.start()]
        charset, content = _word(found)
        if pending[0] and not between.strip() and pending[0].lower() == charset.lower():
            pending = (charset, pending[1] + content)
        else:
            made.append(_pending(pending))
            made.append("" if pending[0] and not between.strip() else decoded(between))
            pending = (charset, content)
        at = found.end()
    made += [_pending(pending), decoded(unfolded[at:])]
    return clean("".join(made)).replace("\n", " ").strip()


def _word(found: re.Match[bytes]) -> tuple[str, bytes]:
    charset, kind, text = found[1].decode("ascii", "replace"), found[2].upper(), found[3]
    if kind == b"Q":
        return charset, quopri.decodestring(text.replace(b"_", b" "), header=False)
    return charset, from_base64(text)


def from_base64(text: bytes) -> bytes:
    """What can be read of it: padding may be missing, and characters that do not belong there."""
    plain = re.sub(rb"[^A-Za-z0-9+/]", b"", text)
    plain = plain[: len(plain) - (len(plain) % 4 == 1)]
    try:
        return base64.b64decode(plain + b"=" * (-len(plain) % 4))
    except binascii.Error:
        return b""


def _pending(pending: tuple[str, bytes]) -> str:
    return decoded(pending[1], pending[0]) if pending[0] else ""


def raw_bytes(value: object) -> bytes:
    """The bytes of a header as they came."""
    return str(value or "").encode("utf-8", "surrogateescape")


def clean(text: str) -> str:
    """Without what no page shows and no database keeps."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
