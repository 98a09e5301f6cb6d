"""Which words of a mail are whose: the answer above a quotation, the mail inside a forwarding."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kakehashi.requests.mail.letters import Address, Letter

EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
FROM = re.compile(r"^[>\s*]*(?:From|差出人|送信者|送信元|発信者)\s*[::]\s*(?P<who>.+)$")
FIELD = re.compile(
    r"^[>\s*]*(?:From|To|Cc|Sent|Date|Subject|Reply-To|差出人|送信者|送信元|発信者|送信日時|日時|"
    r"日付|宛先|件名|CC)\s*[::]"
)
SUBJECT = re.compile(r"^[>\s*]*(?:Subject|件名)\s*[::]\s*(?P<what>.*)$", re.IGNORECASE)
RULE = re.compile(
    r"^[>\s]*(?:-{2,}|_{5,}|={5,})?\s*(?:Original Message|Original Appointment|Forwarded message|"
    r"Forwarded Message|元のメッセージ|転送されたメッセージ|転送メッセージ|Begin forwarded message"
    r"|転送されたメール|オリジナル メッセージ)?\s*:?\s*(?:-{2,}|_{5,}|={5,})?\s*$",
    re.IGNORECASE,
)
WROTE = re.compile(
    r"^(?:On .{6,200}wrote\s*:|Am .{6,200}schrieb.*:|.{0,80}\d{4}年\d{1,2}月\d{1,2}日.{0,120}[::]"
    r"|.{0,80}\d{4}/\d{1,2}/\d{1,2}.{0,120}(?:wrote|のメール|さんは書きました)\s*[::]?)\s*$"
)
PREFIX = re.compile(r"^\s*(?:(?:re|fw|fwd|転送|返信|aw|wg)(?:\[\d+\])?\s*[::]\s*)+", re.IGNORECASE)
FEWEST_FIELDS = 2


@dataclass(frozen=True)
class Forwarded:
    """A mail inside another: who wrote it, what it says, and what was written above it."""

    sender: Address
    subject: str
    text: str
    covering: str


def plain_subject(subject: str) -> str:
    """A subject without Re:, Fwd: and their like."""
    return PREFIX.sub("", subject).strip()


def own_words(text: str) -> str:
    """What somebody wrote above what they quote; all of it where nothing can be told apart."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        begins = WROTE.match(line) or _is_block(lines, number)
        if begins and (said := _above(lines[:number])):
            return said
    kept = [line for line in lines if not line.lstrip().startswith((">", "＞"))]
    return _trimmed(kept) or text.strip()


def forwarded(letter: Letter) -> Forwarded | None:
    """The outermost mail inside a mail: attached whole, or below a block of its headers."""
    if len(letter.inner) == 1:
        inner = letter.inner[0]
        if inner.sender:
            return Forwarded(inner.sender, inner.subject, inner.text, letter.text)
        return None
    lines = letter.text.split("\n")
    for number in range(len(lines)):
        if _is_block(lines, number) and (found := _from_block(lines, number)):
            return found
    return None


def _is_block(lines: list[str], number: int) -> bool:
    """Whether a mail's headers begin here: several with From, after a rule or an empty line."""
    before = lines[number - 1] if number else ""
    if before.strip() and not RULE.match(before):
        return False
    block = lines[number : _end_of_block(lines, number)]
    return len(block) >= FEWEST_FIELDS and any(FROM.match(line) for line in block)


def _end_of_block(lines: list[str], number: int) -> int:
    end = number
    while end < len(lines) and (
        FIELD.match(lines[end]) or (end > number and lines[end].startswith((" ", "\t")))
    ):
        end += 1
    return end


def _from_block(lines: list[str], number: int) -> Forwarded | None:
    end = _end_of_block(lines, number)
    block = lines[number:end]
    who = next((found["who"] for line in block if (found := FROM.match(line))), "")
    senders = {address.lower() for address in EMAIL.findall(who)}
    if len(senders) != 1:
        return None
    what = next((said["what"] for line in block if (said := SUBJECT.match(line))), "")
    text = _trimmed(_unquoted(lines[end:]))
    return Forwarded(Address(senders.pop()), what.strip(), text, _above(lines[:number]))


def _above(lines: list[str]) -> str:
    """What stands above a block, without the rule that announces it."""
    while lines and (not lines[-1].strip() or RULE.match(lines[-1])):
        lines = lines[:-1]
    return _trimmed(lines)


def _unquoted(lines: list[str]) -> list[str]:
    """Without marks of quotation, if all that follows has them."""
    said = [line for line in lines if line.strip()]
    if said and all(line.startswith(">") for line in said):
        return [re.sub(r"^> ?", "", line) for line in lines]
    return lines


def _trimmed(lines: list[str]) -> str:
    return "\n".join(lines).strip()
