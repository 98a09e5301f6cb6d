"""A brief as it is printed: its words in the client's language, and the digest of exactly these."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import translation

from kakehashi.base.digests import CLOSE, digest_of
from kakehashi.briefs.topics import SORTS, TOPICS
from kakehashi.ui.formats import date_text, money_text, number_text, reader_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kakehashi.briefs.models import Brief, BriefVersion, Section
    from kakehashi.briefs.topics import Detail

Content = dict[str, Any]


def render(brief: Brief, sections: Iterable[Section], names: Mapping[str, str]) -> Content:
    """Everything that is printed, in the brief's language. `names` of people by their id."""
    with translation.override(brief.language):
        return {
            "language": brief.language,
            "kind": str(brief.get_kind_display()),
            "title": brief.title,
            "work": brief.work,
            "account": reader_name(brief.account),
            "sections": [_section(one, brief.language, names) for one in sections],
        }


def digest(content: Content) -> str:
    """SHA-256 of the words, written the same way each time."""
    return digest_of(content, CLOSE)


def fields(content: Content) -> tuple[dict[str, str], dict[str, str]]:
    """The printed texts by their keys, and what each is called."""
    texts: dict[str, str] = {"title": content["title"]}
    labels: dict[str, str] = {"title": content["title"]}
    for section in content["sections"]:
        for line in section["lines"]:
            key = f"{section['id']}.{line['code']}"
            texts[key] = line["text"]
            said = [section["heading"], line["label"]]
            labels[key] = " · ".join(part for part in said if part)
    return texts, labels


def is_intact(version: BriefVersion) -> bool:
    """Whether a version still is what its digest says."""
    return digest(version.content) == version.digest


def heading(section: Any, language: str) -> str:
    english = section.heading_en if language == "en" else ""
    return str(english or section.heading)


def _section(section: Section, language: str, names: Mapping[str, str]) -> Content:
    details = [
        {"code": one.code, "label": str(one.label), "text": text}
        for one in TOPICS[section.topic].details
        if (text := said(one, section.details, names))
    ]
    words = [{"code": "text", "label": "", "text": section.text}] if section.text else []
    return {
        "id": str(section.pk),
        "topic": section.topic,
        "heading": heading(section, language),
        "lines": [*words, *details],
    }


def said(detail: Detail, details: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """One detail in words."""
    value = details.get(detail.code)
    if value in ("", None, []):
        return ""
    if detail.kind == "day":
        return date_text(dt.date.fromisoformat(value), "long")
    if detail.kind == "amount":
        currency = details.get("currency") or ""
        amount = Decimal(value)
        return money_text(amount, currency) if currency else number_text(amount)
    if detail.kind == "sort":
        return str(dict(SORTS).get(value, value))
    if detail.kind == "people":
        return "\n".join(names.get(key, key) for key in value)
    return str(value)
