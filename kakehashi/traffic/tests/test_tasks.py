"""Tasks: who has one sees that job and nothing else, until it is over and thirty days after."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction
from django.utils.timezone import localdate, now

from kakehashi.clients.models import Account, Contact, Fact, Seat
from kakehashi.notify.models import Notification
from kakehashi.policy.acting import acting_as, acting_as_system
from kakehashi.policy.edits import Stale
from kakehashi.policy.engine import Refused
from kakehashi.traffic import actions
from kakehashi.traffic.models import (
    Assignment,
    ChangeRequest,
    Dependency,
    Job,
    StateChange,
    Task,
)
from kakehashi.traffic.queries import desk, plans
from tests import factories as make

TODAY = localdate()


def test_a_creative_sees_exactly_that_job(cast, open_job, add_task):
    mine, other = open_job(title="Mine"), open_job(title="Not mine")
    task = add_task(mine, "Layouts", person=cast.lena)
    second = add_task(mine, "Artwork", after=[task])
    add_task(other, "Copy")
    make.fact(cast.sora, cast.aki)

    with acting_as(cast.lena):
        assert list(Job.objects.all()) == [mine]
        assert list(Task.objects.order_by("place")) == [task, second]
        assert Dependency.objects.get().task == second
        assert {row.job for row in StateChange.objects.select_related("job")} == {mine}
        assert list(Account.objects.all()) == [cast.sora]
        for noun in (Fact, Seat, Contact, ChangeRequest):
            assert not noun.objects.exists(), noun


def test_thirty_days_after_their_last_task_it_is_gone(cast, open_job, add_task):
    job = open_job()
    task = add_task(job, "Layouts", person=cast.lena)
    with acting_as(cast.lena):
        actions.finish_task(task=task, by=cast.lena, at=now())
    with acting_as_system("settle_team"):
        actions.settle_team(job=Job.objects.get(pk=job.pk), at=now())

    assert Assignment.objects.get(job=job).ends_on == TODAY
    with acting_as(cast.lena):
        assert Job.objects.exists()
    Assignment.objects.filter(job=job).update(
        starts_on=TODAY - dt.timedelta(days=60), ends_on=TODAY - dt.timedelta(days=31)
    )
    with acting_as(cast.lena):
        assert not Job.objects.exists()


def test_who_comes_back_to_a_job_is_on_its_team_again(cast, open_job, add_task):
    job = open_job()
    add_task(job, "Layouts", person=cast.lena)
    Assignment.objects.filter(job=job).update(ends_on=TODAY)

    add_task(job, "Artwork", person=cast.lena)

    assert Assignment.objects.get(job=job).ends_on is None


def test_a_department_says_what_is_done_and_nothing_else(cast, open_job, add_task):
    job = open_job()
    task = add_task(job, "Layouts", person=cast.lena)
    with acting_as(cast.lena):
        with pytest.raises(Refused):
            actions.edit_task(
                task=task, version=task.version, title="Less", role="", person=cast.lena, days=1,
                starts_on=None, due_on=None, after=[], by=cast.lena, at=now(),
            )  # fmt: skip
        with pytest.raises(ProgrammingError, match="nothing else"), transaction.atomic():
            Task.objects.filter(pk=task.pk).update(title="Less")
        assert not Job.objects.filter(pk=job.pk).update(title="Less")
        actions.begin_task(task=task, by=cast.lena, at=now())
        actions.finish_task(task=task, by=cast.lena, at=now())

    assert Task.objects.get().done_by == cast.lena


def test_whoever_is_walled_off_is_not_given_a_task(cast, open_job, add_task):
    job = open_job()
    make.denial(cast.lena, cast.sora)

    with pytest.raises(ValidationError, match="not available"):
        add_task(job, "Layouts", person=cast.lena)

    assert not Assignment.objects.exists()


def test_a_client_is_not_given_a_task(cast, open_job, add_task):
    job = open_job()

    with pytest.raises(ValidationError, match="our own people"):
        add_task(job, "Layouts", person=cast.ken)


def test_who_is_given_a_task_is_told_and_who_waited_for_it(cast, open_job, add_task):
    job = open_job()
    first = add_task(job, "Layouts", person=cast.lena)
    add_task(job, "Check", person=cast.ben, after=[first])
    assert set(told(cast.lena)) == {"traffic.assigned"}

    with acting_as(cast.lena):
        actions.finish_task(task=first, by=cast.lena, at=now())

    assert "traffic.ready" in told(cast.ben)


def test_when_all_is_done_whoever_runs_it_is_told(cast, open_job, add_task):
    job = open_job()
    task = add_task(job, "Layouts", person=cast.lena)

    with acting_as(cast.lena):
        actions.finish_task(task=task, by=cast.lena, at=now())

    assert "traffic.all_done" in told(cast.aki)


def told(person):
    return list(Notification.objects.filter(person=person).values_list("kind", flat=True))


def test_tasks_cannot_wait_for_each_other(cast, open_job, add_task):
    job = open_job()
    first = add_task(job, "Layouts")
    second = add_task(job, "Artwork", after=[first])

    with pytest.raises(ValidationError, match="wait for each other"), acting_as(cast.aki):
        edited(first, cast.aki, after=[second])


def edited(task, by, **said):
    known = {"title": task.title, "role": "", "person": None, "days": 1, "starts_on": None}
    return actions.edit_task(
        **{**known, "task": task, "version": task.version, "due_on": None, "after": [],
           "by": by, "at": now(), **said}
    )  # fmt: skip


def test_of_two_who_edit_a_task_the_second_is_told(cast, open_job, add_task):
    task = add_task(open_job(), "Layouts")
    with acting_as(cast.ben):
        edited(Task.objects.select_related("job").get(), cast.ben, title="Layouts A3")

    with pytest.raises(Stale), acting_as(cast.aki):
        edited(task, cast.aki, title="Layouts A4")


def test_what_waited_for_a_task_that_is_taken_out_waits_for_what_it_waited_for(
    cast, open_job, add_task
):
    job = open_job()
    first = add_task(job, "Layouts")
    second = add_task(job, "Check", after=[first])
    third = add_task(job, "Artwork", after=[second])

    with acting_as(cast.aki):
        actions.remove_task(task=second, by=cast.aki)

    assert [(d.task, d.needs) for d in Dependency.objects.all()] == [(third, first)]


@pytest.fixture
def template(cast):
    tara = make.staff("Tara", cast.tokyo, "traffic")
    lines = [
        actions.Line("Layouts", "creative", 3),
        actions.Line("Copy", "creative", 2),
        actions.Line("Artwork", "production", 4, after=(1, 2)),
    ]
    with acting_as(tara):
        return actions.make_template(name="Press", kind="newspaper", lines=lines, by=tara)


def test_a_job_takes_the_tasks_of_a_template_and_counts_back(cast, open_job, template, in_a_month):
    job = open_job(live_on=in_a_month)
    with acting_as(cast.aki):
        actions.use_template(job=job, template=template, by=cast.aki)
        actions.plan_back(job=job, by=cast.aki)

    layouts, copy, artwork = Task.objects.order_by("place")
    assert artwork.due_on < in_a_month
    assert layouts.due_on == copy.due_on < artwork.starts_on
    assert {d.needs for d in Dependency.objects.all()} == {layouts, copy}


def test_dates_at_risk_say_why(cast, open_job, add_task, in_a_month):
    job = open_job(live_on=TODAY + dt.timedelta(days=2))
    late = add_task(job, "Layouts", starts_on=TODAY - dt.timedelta(days=9),
                    due_on=TODAY - dt.timedelta(days=2))  # fmt: skip
    add_task(job, "Artwork", days=10, starts_on=TODAY, due_on=TODAY + dt.timedelta(days=1),
             after=[late])  # fmt: skip

    with acting_as(cast.aki):
        rows, whole = plans.sheet(job, TODAY)

    assert "was due on" in rows[0].risks[0]
    assert any("10 working days" in risk for risk in rows[1].risks)
    assert any("which is late" in risk for risk in rows[1].risks)
    assert "What is left takes until" in whole[0]


def test_a_template_waits_only_for_what_there_is(cast):
    tara = make.staff("Tom", cast.tokyo, "traffic")
    for lines, said in (
        ([actions.Line("A", after=(2,))], "which there is not"),
        ([actions.Line("A", after=(2,)), actions.Line("B", after=(1,))], "each other"),
        ([], "at least one"),
    ):
        with pytest.raises(ValidationError, match=said), acting_as(tara):
            actions.make_template(name="Other", kind="web", lines=lines, by=tara)


def test_a_desk_shows_what_is_late_and_what_is_waited_for(cast, open_job, add_task):
    job = open_job()
    first = add_task(job, "Shoot", person=cast.ben)
    add_task(job, "Edit", person=cast.lena, due_on=TODAY - dt.timedelta(days=1), after=[first])
    add_task(job, "Grade", person=cast.lena)

    with acting_as(cast.lena):
        found = desk.of(cast.lena, TODAY)

    assert [task.title for task in found.late] == ["Edit"]
    assert [task.title for task in found.later] == ["Grade"]
    assert [link.needs.title for link in found.awaited] == ["Shoot"]
