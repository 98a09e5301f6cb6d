"""Jobs by words of a list: looked up in the index of names, they are those that hold the words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.utils.timezone import localdate

from kakehashi.policy.acting import acting_as
from kakehashi.traffic.models import Job
from kakehashi.traffic.queries import jobs
from tests import factories as make

TODAY = localdate()
READERS = ("chie", "emi", "fumi", "lena")
TITLES = (
    "Autumn film",
    "Autumn press, no. 2",
    "秋のWEB動画(15秒)",
    "カフェ・ド・ランド",
    "Ça va ’26",
)
TYPED = ("AUTUMN", "ｐｒｅｓｓ", "-00", "の", "動画", "フェ・ド", "So", "%", "nothing at all")


@pytest.fixture
def many(cast, monkeypatch):
    """Some jobs of two rivals; and whoever sees more than nothing sees very many accounts."""
    monkeypatch.setattr("kakehashi.policy.acting.FEW", 0)
    for at, title in enumerate(TITLES):
        make.job(cast.sora, title=title, number=f"S-00{at}")
        make.job(cast.rival, title=title, number=f"R-00{at}")
    make.assignment(cast.lena, Job.objects.get(number="R-001"))
    make.denial(cast.emi, cast.rival)
    return cast


def listed(reader, q: str, **more) -> list[str]:
    """Titles and numbers on all pages of a list, there and back."""
    filters = replace(jobs.Filters(q=q, sort="number"), **more)
    there: list[list[str]] = []
    after = "first"
    with acting_as(reader):
        while after:
            rows, at = jobs.listed(reader, filters, TODAY, after=after)
            there.append([row.job.number for row in rows])
            before, after = at.previous, at.next
        back = there[-1:]
        while before:
            rows, at = jobs.listed(reader, filters, TODAY, before=before)
            back.insert(0, [row.job.number for row in rows])
            before = at.previous
    assert back == there
    return [number for page in there for number in page]


def one_by_one(reader, q: str) -> list[str]:
    """The same by reading every job that is seen."""
    with acting_as(reader):
        rows = Job.objects.filter(jobs.called(q)).order_by("number", "pk")
        return list(rows.values_list("number", flat=True))


@pytest.mark.parametrize(("size", "near", "most"), [(40, 600, 1000), (2, 3, 4)])
def test_a_list_by_words_is_that_of_every_job_read(many, monkeypatch, size, near, most):
    monkeypatch.setattr(jobs, "SIZE", size)
    monkeypatch.setattr("kakehashi.clients.queries.keyset.page.__kwdefaults__", {
        "after": "", "before": "", "size": size,
    })  # fmt: skip
    monkeypatch.setattr(jobs, "LOOKED_THROUGH", near)
    monkeypatch.setattr(jobs, "COUNTED", most)

    for name in READERS:
        for typed in TYPED:
            reader = getattr(many, name)
            assert listed(reader, typed) == one_by_one(reader, typed), (name, typed)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("autumn", ["S-000", "S-001"]), ("nothing at all", []), ("R-001", []), ("x", [])],
)
def test_the_board_finds_the_same(as_, many, typed, found):
    with acting_as(many.dan):
        shown = jobs.columns(many.dan, jobs.Filters(q=typed), TODAY)

    assert sorted(row.job.number for column in shown for row in column.rows) == found
    assert sum(column.count for column in shown) == len(found)
    for way in ("/jobs/board/", "/jobs/", "/jobs/board/proposed/"):
        page = as_(many.dan).get(way, {"q": typed}).content.decode()
        assert [number for number in ("S-000", "S-001") if number in page] == found


def looked_up(typed: str, *, closed: bool = False) -> set[str] | None:
    """Numbers of the jobs that the index leads to; None where it leads nowhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_called(%s, 'traffic_job', %s, 100)", [typed, closed])
        ids = cursor.fetchone()[0]
    return (
        None
        if ids is None
        else set(Job.objects.filter(pk__in=ids).values_list("number", flat=True))
    )


def test_every_part_of_a_name_leads_to_it(many):
    """All parts of what a job or its account is called, of any length."""
    job = Job.objects.select_related("account").get(title=TITLES[2], account=many.sora)
    names = {*TITLES[2:], job.number, job.account.name}
    parts = {
        name[a:b]
        for name in names
        for a in range(len(name))
        for b in range(a + 2, min(a + 5, len(name)) + 1)
    }
    with acting_as(many.dan):
        for part in sorted(parts):
            meant = set(one_by_one(many.dan, part))
            found = looked_up(part)
            assert found is None or meant <= found, part


def test_it_leads_to_nothing_behind_a_wall(many):
    with acting_as(many.emi):
        assert looked_up("Autumn") == {"S-000", "S-001"}
    with acting_as(many.lena):
        assert looked_up("Autumn") == {"R-001"}
    with acting_as(many.ken):
        assert looked_up("Autumn") == set()


def test_what_is_closed_is_looked_up_where_it_is_asked_for(many):
    Job.objects.filter(number="S-000").update(
        production="delivered", billing="closed", closed_at="2026-04-01T00:00:00Z"
    )
    with acting_as(many.dan):
        assert looked_up("Autumn") == {"S-001"}
        assert looked_up("Autumn", closed=True) == {"S-000", "S-001"}
    assert listed(many.dan, "Autumn", closed=True) == ["S-000", "S-001"]
