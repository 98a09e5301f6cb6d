"""Posts: where somebody works, under which title and at which rank."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypedDict

from django.db import transaction

from kakehashi.base.text import one_line
from kakehashi.people import rules
from kakehashi.people.actions.offices import keep_open
from kakehashi.people.actions.saving import changed, ended, made, refuse
from kakehashi.people.models import Employment
from kakehashi.policy.engine import require

if TYPE_CHECKING:
    from typing import Unpack

    from kakehashi.people.models import Office, Person

A_DAY = dt.timedelta(days=1)


class Post(TypedDict, total=False):
    """What somebody is called in an office, and how high they stand there."""

    title: str
    rank: int


@transaction.atomic
def employ(
    *,
    person: Person,
    office: Office,
    starts_on: dt.date,
    by: Person,
    ends_on: dt.date | None = None,
    **post: Unpack[Post],
) -> Employment:
    """A post, the first or one more beside others."""
    require(by, "people.employ", office)
    refuse(rules.not_one_of_ours(by, person))
    keep_open(office, starts_on)
    fresh = Employment(person=person, office=office, starts_on=starts_on, ends_on=ends_on)
    _describe(fresh, post)
    return made(fresh)


@transaction.atomic
def change_employment(
    *,
    employment: Employment,
    version: int,
    office: Office,
    from_on: dt.date,
    by: Person,
    **post: Unpack[Post],
) -> Employment:
    """A promotion or a move from a day on; from the post's own first day it is a correction."""
    require(by, "people.employ", employment.office)
    if office.pk != employment.office_id:
        require(by, "people.employ", office)
    keep_open(office, from_on)
    if from_on <= employment.starts_on:
        employment.office, employment.starts_on = office, from_on
        _describe(employment, post)
        changed(employment, version=version, fields=["office", "title", "rank", "starts_on"])
        return employment
    fresh = Employment(
        person=employment.person,
        office=office,
        title=employment.title,
        rank=employment.rank,
        starts_on=from_on,
        ends_on=employment.ends_on,
    )
    _describe(fresh, post)
    ended(employment, version=version, on=from_on - A_DAY)
    return made(fresh)


@transaction.atomic
def end_employment(*, employment: Employment, version: int, on: dt.date, by: Person) -> None:
    """One post of several ends; ending the last one is leaving."""
    require(by, "people.employ", employment.office)
    refuse(rules.last_post(employment))
    ended(employment, version=version, on=on)


def _describe(employment: Employment, post: Post) -> None:
    if "title" in post:
        employment.title = one_line(post["title"])
    if "rank" in post:
        employment.rank = post["rank"]
