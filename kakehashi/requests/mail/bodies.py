"""What a mail contains: its text, its files, mails inside it. Told by structure, never executed."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from kakehashi.requests.files import Enclosure
from kakehashi.requests.mail import winmail
from kakehashi.requests.mail.decoding import clean, decoded, from_base64, header_text, raw_bytes

if TYPE_CHECKING:
    from email.message import Message

MOST_PARTS = 300
DEEPEST = 20
LONGEST_TEXT = 200_000
TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
ESCAPING = "surrogateescape"
ENDINGS = {"message/rfc822": ".eml", "text/calendar": ".ics", "text/html": ".html",
           "image/png": ".png", "image/jpeg": ".jpg", "application/pdf": ".pdf",
           "text/plain": ".txt"}  # fmt: skip


@dataclass
class Content:
    """What was found in a mail."""

    text: str = ""
    enclosed: list[Enclosure] = field(default_factory=list)
    inner: list[Message] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    parts: int = 0


def content_of(message: Message) -> Content:
    """Everything in a mail; parts beyond what any honest mail has are left out, and it says so."""
    content = Content()
    content.text = clean(_walk(message, content, 0)).strip()[:LONGEST_TEXT]
    return content


def _walk(part: Message, content: Content, depth: int) -> str:
    """The text of a part; files and mails in it are collected on the way."""
    content.parts += 1
    if content.parts > MOST_PARTS or depth > DEEPEST:
        if "too_many_parts" not in content.remarks:
            content.remarks.append("too_many_parts")
        return ""
    parts: Any = part.get_payload()
    if not isinstance(parts, list) or part.get_content_type() == "message/rfc822":
        return _leaf(part, content)
    texts = [(one.get_content_type(), _walk(one, content, depth + 1)) for one in parts]
    said = [(kind, text) for kind, text in texts if text.strip()]
    if part.get_content_type() != "multipart/alternative":
        return "\n\n".join(text for _kind, text in said)
    plain = [text for kind, text in said if kind == "text/plain"]
    return next(iter([*plain, *(text for _kind, text in reversed(said))]), "")


def _leaf(part: Message, content: Content) -> str:
    kind = part.get_content_type()
    name = file_name(part)
    if kind == "message/rfc822":
        _take_inner(part, content, name)
    elif kind in TNEF or name.lower() == "winmail.dat":
        return _take_winmail(part, content)
    elif _is_text(part, kind, name):
        text = decoded(_bytes(part), _charset(part))
        return from_html(text) if kind == "text/html" else _unflowed(part, text)
    elif data := _bytes(part):
        content.enclosed.append(Enclosure(name or _nameless(kind), kind, data))
    return ""


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset("") or ""
    except (LookupError, UnicodeError, ValueError):
        return ""


def _take_inner(part: Message, content: Content, name: str) -> None:
    payload: Any = part.get_payload()
    inner: Any
    if isinstance(payload, list) and payload:
        inner = payload[0]
    else:
        inner = email.message_from_bytes(_bytes(part), policy=email.policy.compat32)
    content.inner.append(inner)
    raw = inner.as_bytes(policy=email.policy.compat32)
    title = name or f"{header_text(inner.get('subject')) or 'message'}.eml"
    content.enclosed.append(Enclosure(title, "message/rfc822", raw))


def _take_winmail(part: Message, content: Content) -> str:
    """Outlook's own envelope: opened if it can be, else kept as it came."""
    data = _bytes(part)
    opened = winmail.opened(data)
    if opened is None:
        content.enclosed.append(Enclosure("winmail.dat", "application/ms-tnef", data))
        content.remarks.append("winmail_unread")
        return ""
    content.remarks.append("winmail_opened")
    content.enclosed += opened.enclosed
    if not opened.enclosed:  # what it holds beside the text, if anything, is for Outlook to say
        content.enclosed.append(Enclosure("winmail.dat", "application/ms-tnef", data))
    return opened.text or from_html(opened.html)


def _is_text(part: Message, kind: str, name: str) -> bool:
    if kind not in {"text/plain", "text/html"}:
        return False
    disposition = header_text(part.get("content-disposition")).partition(";")[0].strip().lower()
    return disposition != "attachment" and not name


def _bytes(part: Message) -> bytes:
    payload = part.get_payload()
    if isinstance(payload, list):
        return part.as_bytes(policy=email.policy.compat32)
    how = header_text(part.get("content-transfer-encoding")).strip().lower()
    if how == "base64":
        return from_base64(raw_bytes(payload))
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else raw_bytes(payload)


def _unflowed(part: Message, text: str) -> str:
    """Lines that a mail program broke for its own sake, joined again."""
    if header_text(part.get_param("format") or "").lower() != "flowed":
        return text
    drop = header_text(part.get_param("delsp") or "").lower() == "yes"
    lines: list[str] = []
    goes_on = False
    for line in text.replace("\r\n", "\n").split("\n"):
        if goes_on and not line.startswith(">"):
            lines[-1] = (lines[-1][:-1] if drop else lines[-1]) + line
        else:
            lines.append(line)
        goes_on = line.endswith(" ") and line != "-- "
    return "\n".join(lines)


def file_name(part: Message) -> str:
    """The name a file was given: as RFC 2231 says it, or as mail programs really do."""
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        value = _parameter(part, header, parameter)
        if value:
            return value[:300]
    return ""


def _parameter(part: Message, header: str, parameter: str) -> str:
    """A parameter of a header whose raw bytes may be of any charset."""
    raw = next((value for name, value in part.raw_items() if name.lower() == header), "")
    plain = type(part)(policy=email.policy.compat32)
    plain[header] = raw_bytes(raw).decode("latin-1")
    try:
        value = plain.get_param(parameter, header=header)
    except (ValueError, IndexError, UnicodeError, LookupError):
        return ""
    if isinstance(value, tuple):
        charset, _language, text = value
        return clean(decoded(text.encode("latin-1", "replace"), charset or "")).strip()
    return header_text(str(value or "").encode("latin-1", "replace").decode("utf-8", ESCAPING))


def _nameless(kind: str) -> str:
    return f"file{ENDINGS.get(kind, '')}"


BLOCKS = "p div br tr li h1 h2 h3 h4 h5 h6 table ul ol blockquote pre hr"


class _Plain(HTMLParser):
    """The words of a page, without what only a browser wants."""

    BREAKS = frozenset(BLOCKS.split())
    SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in self.SILENT:
            self.silent += 1
        elif tag in self.BREAKS:
            self.said.append("\n")
        elif tag in {"td", "th"}:
            self.said.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in self.BREAKS and tag != "br":
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(re.sub(r"\s+", " ", data))


def from_html(page: str) -> str:
    """The words of a page as plain text."""
    parser = _Plain()
    parser.feed(page[: LONGEST_TEXT * 5])
    parser.close()
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(parser.said).replace("\xa0", " "))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
