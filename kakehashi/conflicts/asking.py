"""The question of a check as somebody writes it: names, codes, days; each read or refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kakehashi.base.dates import parse_date
from kakehashi.base.errors import Unreadable
from kakehashi.base.locales import check_country
from kakehashi.base.text import one_line
from kakehashi.conflicts.models import Category
from kakehashi.conflicts.queries.facts import Question
from kakehashi.conflicts.queries.names import meant_by
from kakehashi.people.models import Office, Person

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from uuid import UUID

KNOWN = frozenset(
    {
        "company", "brand", "categories", "countries", "disciplines", "office", "start", "end",
        "people",
    }
)  # fmt: skip
KEY = re.compile(r"[a-z][a-z0-9_-]*:[\w.-]+")


def question_of(data: object, today: dt.date) -> Question:
    """The question in a JSON object; raises Unreadable with what is wrong with it."""
    said = _checked(data)
    starts_on = _day(said, "start") or today
    ends_on = _day(said, "end")
    if ends_on is not None and ends_on < starts_on:
        raise Unreadable(_("The case ends before it starts."))
    company = _text(said, "company")
    if not company and not _text(said, "brand"):
        raise Unreadable(_("Say whose advertising it is: “company” is missing."))
    return Question(
        company=meant_by(company),
        brand=_text(said, "brand"),
        labels=tuple(_categories(_list(said, "categories"))),
        countries=frozenset(map(check_country, _list(said, "countries"))),
        disciplines=frozenset(_list(said, "disciplines")),
        office=_office(_text(said, "office")),
        starts_on=starts_on,
        ends_on=ends_on,
        people=tuple(_people(_list(said, "people"))),
    )


def _checked(data: object) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise Unreadable(_("A case is a JSON object."))
    if unknown := sorted(data.keys() - KNOWN):
        raise Unreadable(
            _("A case has no “%(name)s”; it may have %(known)s.")
            % {"name": unknown[0], "known": ", ".join(sorted(KNOWN))}
        )
    return data


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(_("“%(name)s” is a text.") % {"name": name})
    return one_line(value)


def _list(said: Mapping[str, Any], name: str) -> list[str]:
    value = said.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Unreadable(_("“%(name)s” is a list of texts.") % {"name": name})
    return list(dict.fromkeys(text for item in value if (text := one_line(item))))


def _day(said: Mapping[str, Any], name: str) -> dt.date | None:
    text = _text(said, name)
    return parse_date(text) if text else None


def _office(code: str) -> UUID | None:
    if not code:
        return None
    found = Office.objects.filter(code=code).first()
    if found is None:
        raise Unreadable(_("No office has the code “%(code)s”.") % {"code": code})
    return found.pk


def _categories(labels: list[str]) -> list[str]:
    """Words as they are; what is written `scheme:code` must be a category."""
    for label in labels:
        if not KEY.fullmatch(label):
            continue
        scheme, _colon, code = label.partition(":")
        if not Category.objects.filter(scheme__code=scheme, code=code).exists():
            raise Unreadable(_("No category has the code “%(code)s”.") % {"code": label})
    return labels


def _people(logins: Iterable[str]) -> list[UUID]:
    wanted = list(logins)
    known = dict(
        Person.objects.filter(handle__in=wanted, side=Person.Side.OURS).values_list("handle", "pk")
    )
    for login in wanted:
        if login not in known:
            raise Unreadable(_("None of our people has the login “%(login)s”.") % {"login": login})
    return [known[login] for login in wanted]
