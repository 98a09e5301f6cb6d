"""What becomes of a mail: filed, a new request, held for the account executive, or refused.

A pure function of the letter and of what is known of its account. The product never answers a mail
by itself, so no loop begins here; what other machines send is recognised and refused. Nothing is
guessed: whoever is not one of the account's people beyond doubt is held for a person to judge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kakehashi.requests.mail import addresses, forwarding, proof

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from kakehashi.requests.mail.forwarding import Forwarded
    from kakehashi.requests.mail.letters import Letter
    from kakehashi.requests.mail.proof import Proof

REQUEST, FILED, HELD, REFUSED = "request", "filed", "held", "refused"
BULK = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
LOOKS_AUTOMATIC = re.compile(
    r"^(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|自動応答|"
    r"自動返信|不在通知|不在のお知らせ|【自動返信】|undeliver(?:ed|able)\b|delivery status\b)",
    re.IGNORECASE,
)
MOST_AN_HOUR = 30
"""Mails of one sender for one account that are taken without a person looking."""


@dataclass(frozen=True)
class Known:
    """What is known of the account that a letter came for, and of what the letter answers.

    `contacts` and `staff` are the account's people by address: several ids where several have it.
    `thread` is the request it answers, if that is of this account.
    """

    contacts: dict[str, list[UUID]] = field(default_factory=dict)
    staff: dict[str, list[UUID]] = field(default_factory=dict)
    thread: UUID | None = None
    lately: int = 0


@dataclass(frozen=True)
class Verdict:
    """What becomes of a letter, why, and whose it is."""

    fate: str
    reason: str = ""
    proof: Proof = field(default_factory=proof.Proof)
    contact: UUID | None = None
    staff: UUID | None = None
    forwarded: Forwarded | None = None


def automatic(letter: Letter) -> str:
    """Why a letter is no person's: the reason, or nothing."""
    signs = {name: value.strip().lower() for name, value in letter.signs.items()}
    says = signs.get("auto-submitted", "").partition(";")[0].strip()
    from_us = [signs.get("x-loop", ""), *(one.address for one in letter.senders)]
    known = (
        ("bounce", letter.null_return or letter.media_type == "multipart/report"),
        ("bounce", "x-failed-recipients" in signs),
        ("automatic", says not in {"", "no"}),
        ("automatic", bool({"x-autoreply", "x-autorespond"} & set(signs))),
        ("loop", any(addresses.is_of_this_product(address) for address in from_us)),
        ("list", "list-id" in signs),
        ("bulk", signs.get("precedence") in BULK),
    )
    return next((reason for reason, is_so in known if is_so), "")


def judge(letter: Letter, known: Known, *, trusted: str, most_bytes: int) -> Verdict:
    """What becomes of a letter for one account."""
    sender = letter.sender
    found = proof.of(letter.results, sender.domain if sender else "", trusted)
    reason = automatic(letter) or ("huge" if letter.size > most_bytes else "")
    if reason:
        return Verdict(REFUSED, reason, found)
    if sender is None:
        return Verdict(HELD, "no_sender", found)
    contacts = known.contacts.get(sender.address, [])
    ours = known.staff.get(sender.address, [])
    if no := _doubt(contacts or ours, found, letter, known):
        return Verdict(HELD, no, found, contact=_only(contacts), staff=_only(ours))
    if ours and not contacts:
        return _from_ours(letter, known, ours[0], found)
    return Verdict(_fate(known), "", found, contact=contacts[0])


def _doubt(people: Sequence[UUID], found: Proof, letter: Letter, known: Known) -> str:
    """Why a person has to look at it first: the reason, or nothing."""
    doubts = (
        ("forged", found.verdict == proof.FORGED),
        ("unknown", not people),
        ("several", len(people) > 1),
        ("unproven", found.verdict == proof.UNPROVEN),
        ("unchecked", found.verdict == proof.UNCHECKED),
        ("looks_automatic", bool(LOOKS_AUTOMATIC.match(letter.subject))),
        ("unreadable", "unreadable" in letter.remarks),
        ("too_many_parts", "too_many_parts" in letter.remarks),
        ("flood", known.lately >= MOST_AN_HOUR),
        ("empty", not (letter.text or letter.subject or letter.enclosed)),
    )
    return next((reason for reason, is_so in doubts if is_so), "")


def _fate(known: Known) -> str:
    return FILED if known.thread else REQUEST


def _from_ours(letter: Letter, known: Known, staff: UUID, found: Proof) -> Verdict:
    """One of ours forwards what a client wrote. Their own words are for us alone."""
    inside = forwarding.forwarded(letter)
    if inside is None:
        return Verdict(HELD, "ours", found, staff=staff)
    contacts = known.contacts.get(inside.sender.address, [])
    if len(contacts) != 1:
        reason = "several" if contacts else "forwarded_unknown"
        return Verdict(HELD, reason, found, staff=staff, forwarded=inside)
    return Verdict(_fate(known), "", found, contact=contacts[0], staff=staff, forwarded=inside)


def _only(people: Sequence[UUID]) -> UUID | None:
    return people[0] if len(people) == 1 else None
