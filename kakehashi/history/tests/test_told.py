"""What changed is told in the reader's words, and only what the reader sees."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.timezone import localdate, now

from kakehashi.history import queries
from kakehashi.history.names import Names
from kakehashi.people.models import Role
from kakehashi.policy.acting import acting_as, acting_as_system
from kakehashi.policy.models import Change
from kakehashi.requests.models import Mail
from kakehashi.traffic import actions
from kakehashi.traffic.models import Task
from tests import factories as make

TODAY = localdate()


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def job(cast):
    with acting_as(cast.aki):
        return actions.open_job(account=cast.sora, title="Autumn film", by=cast.aki, at=now())


def titles(reader, row, **asked):
    with acting_as(reader):
        entries = queries.of_record(row, **asked).entries
    return [(entry.op, entry.kind, entry.about) for entry in entries]


def latest(reader, row):
    with acting_as(reader):
        return queries.of_record(row).entries[0]


def differences(entry):
    return [(value.label, value.before, value.after) for value in entry.values]


def page(client, row):
    return client.get(f"/history/{row._meta.db_table}/{row.pk}/")


def test_a_record_tells_who_changed_what_before_and_after(cast, job):
    with acting_as(cast.ben):
        actions.edit_job(
            job=job, version=1, title="Winter film", kind="web", live_on=TODAY, specs="",
            run_by=cast.aki, made_by=None, billed_by=None, client=None, by=cast.ben, at=now(),
        )  # fmt: skip

    entry = latest(cast.aki, job)

    assert (entry.by, entry.op) == (cast.ben, "U")
    assert ("Title", "Autumn film", "Winter film") in differences(entry)
    assert ("Kind", "Other", "Web") in differences(entry)


def test_the_changes_of_its_parts_are_told_too_also_of_those_gone(cast, job):
    with acting_as(cast.aki):
        task = actions.add_task(job=job, title="Layouts", person=cast.lena, by=cast.aki, at=now())
        actions.remove_task(task=Task.objects.get(pk=task.pk), by=cast.aki)

    seen = titles(cast.ben, job)

    assert seen[0] == ("D", "task", "Layouts")
    assert ("I", "assignment", "Lena") in seen
    assert ("I", "task", "Layouts") in seen
    assert seen[-1][:2] == ("I", "job")


def test_a_part_of_a_part_is_told_as_well(cast):
    wall = make.denial(cast.chie, cast.sora).wall
    side = wall.sides.create(number=1, name="Sora's people")
    side.rules.create(person=cast.aki, added_by=cast.go, added_at=now())

    assert ("I", "rule of a side", "Aki") in titles(cast.go, wall)


def test_who_works_on_a_job_reads_its_history_and_that_of_nothing_else(cast, job):
    make.assignment(cast.lena, job)

    assert ("I", "job", f"{job.number} · Autumn film") in titles(cast.lena, job)
    assert titles(cast.lena, cast.sora) == []


def test_who_does_not_see_the_record_finds_no_history(as_, cast, job):
    assert page(as_(cast.chie), job).status_code == 404
    assert page(as_(cast.chie), cast.sora).status_code == 404
    assert page(as_(cast.ken), cast.sora).status_code == 404


@pytest.mark.parametrize("path", ["no_table/1", "people_login/1", "clients_account/1", "x/y"])
def test_what_is_no_record_is_not_there(as_, cast, path):
    assert as_(cast.hana).get(f"/history/{path}/").status_code == 404


def test_cost_is_told_to_those_who_see_it_only(as_, cast):
    make.revenue(cast.sora, TODAY.replace(day=1), 1000, cost=417)

    shown = {p.name: as_(p).get(f"/accounts/{cast.sora.pk}/money/history/").content.decode()
             for p in (cast.aki, cast.fumi)}  # fmt: skip

    assert "¥1,000" in shown["Aki"]
    assert "¥417" not in shown["Aki"]
    assert "¥417" in shown["Fumi"]


def test_somebody_out_of_sight_is_not_named(cast):
    hidden = make.account("Hidden", cast.bureau2)
    with acting_as(cast.emi):
        cast.sora_tea.parent = hidden
        cast.sora_tea.save()

    entry = latest(cast.dan, cast.sora_tea)

    assert ("Account above", "Sora", "somebody or something you do not see") in differences(entry)


def test_what_the_program_did_is_not_said_to_be_anybodys(cast):
    with acting_as_system("command"):
        type(cast.sora).objects.filter(pk=cast.sora.pk).update(name_en="Sora Inc.")

    assert latest(cast.aki, cast.sora).acted == "an operator, on the command line"


def test_the_words_are_the_readers(cast, job):
    with translation.override("ja"):
        entry = latest(cast.aki, job)

    assert entry.kind == "ジョブ"
    assert "制作" in [value.label for value in entry.values]


def test_a_moment_is_told_in_the_readers_own_time(cast, job):
    at = dt.datetime(2026, 3, 1, 22, 30, tzinfo=dt.UTC)
    with acting_as(cast.aki):
        type(job).objects.filter(pk=job.pk).update(opened_at=at)

    with timezone.override("Asia/Tokyo"):
        assert ("Opened", "2 Mar 2026 07:30") in [
            (value.label, value.after) for value in latest(cast.aki, job).values
        ]


def test_no_text_and_no_address_of_a_mail_is_kept_twice(cast):
    with acting_as_system("take_in_mail"):
        Mail.objects.create(
            account=cast.sora, key="k", came_at=now(), subject="Secret subject", size=9,
            sender_address="ken@sora.example", text="Dear Aki", proof="proven", fate="held",
        )  # fmt: skip

    change = Change.objects.get(source="requests_mail")

    assert not {"subject", "text", "sender_address"} & change.after.keys()


def test_of_many_changes_a_page_asks_as_often_as_of_few(cast, job):
    def counted(rows):
        for number in range(rows):
            with acting_as(cast.aki):
                said = {"person": cast.lena, "by": cast.aki, "at": now()}
                actions.add_task(job=job, title=f"Task {number}", **said)
        with acting_as(cast.aki), CaptureQueriesContext(connection) as seen:
            queries.of_record(job)
        return len(seen)

    assert counted(1) == counted(6)


def test_a_long_history_is_read_page_by_page_both_ways(cast):
    for number in range(7):
        cast.sora.name_en = f"Sora {number}"
        cast.sora.save()
    with acting_as(cast.aki):
        first, second, third, fourth = (
            queries.of_record(cast.sora, number=number, size=3) for number in (1, 2, 3, 4)
        )

    assert [page.next for page in (first, second, third, fourth)] == [2, 3, 4, None]
    assert [page.previous for page in (first, second, third, fourth)] == [None, 1, 2, 3]
    names = [value.after for page in (first, second) for e in page.entries for value in e.values]
    assert names == [f"Sora {number}" for number in (6, 5, 4, 3, 2, 1)]
    assert (len(third.entries), len(fourth.entries)) == (3, 1)


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("0", 1), ("3", 3), ("-1", 1), ("1; DROP", 1), ("²", 1), ("999", 200), ("9999", 1)],
)
def test_a_page_that_is_none_is_the_first(asked, number):
    assert queries.number_of(asked) == number


def test_no_address_says_how_many_changes_there_are_besides(as_, cast):
    for number in range(40):
        cast.sora.name_en = f"Sora {number}"
        cast.sora.save()
    with acting_as(cast.aki):
        last = Change.objects.latest("pk").pk

    assert str(last) not in page(as_(cast.aki), cast.sora).content.decode()


def test_the_page_of_a_record_leads_to_its_history_without_reading_it(as_, cast, job):
    client = as_(cast.aki)
    with CaptureQueriesContext(connection) as seen:
        shown = client.get(f"/jobs/{job.pk}/").content.decode()

    assert f'hx-get="/history/traffic_job/{job.pk}/"' in shown
    assert not [query for query in seen.captured_queries if "policy_change" in query["sql"]]


def test_a_removed_role_tells_whose_it_was(cast):
    role = Role.objects.get(person=cast.lena)
    role.delete()

    assert titles(cast.hana, cast.lena)[0] == ("D", "role", "Lena · Creative")


def test_what_a_record_is_called_stands_above_its_history(cast, job):
    with acting_as(cast.aki):
        assert Names([]).named(job) == f"{job.number} · Autumn film"
        assert Names([]).named(cast.sora) == "Sora"
