"""Job numbers: by the agency's pattern, per account and year, never twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.timezone import localdate, now

from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from kakehashi.traffic import actions, numbering
from kakehashi.traffic.models import Job, JobCount
from tests import factories as make

AT_ONCE, WRITERS = 50, 10


def test_a_number_says_account_year_and_how_many_came_before():
    assert numbering.number(numbering.USUAL, account="A-JP", year=2026, at=14) == "A-JP-26-014"


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "{account}-{year}",
        "{account}-{number}",
        "{office}-{year}-{number}",
        "{number.__class__}-{year}",
        "{year}-{number",
        "{}-{number}",
        "{account:40}-{year}-{number}",
        "{year}-{number:Q}",
    ],
)
def test_a_pattern_that_makes_no_numbers_is_refused(pattern):
    with pytest.raises(ValidationError):
        numbering.check(pattern)


def test_numbers_run_per_account_and_year(cast, open_job):
    year = f"{localdate():%y}"
    numbers = [open_job(account=account).number for account in (cast.sora, cast.sora)]
    other = open_job(by=cast.chie, account=cast.rival).number

    assert numbers == [f"{cast.sora.code}-{year}-001", f"{cast.sora.code}-{year}-002"]
    assert other == f"{cast.rival.code}-{year}-001"


def test_a_number_that_stands_already_is_passed_over(cast, open_job):
    taken = f"{cast.sora.code}-{localdate():%y}-001"
    make.job(cast.sora, number=taken)

    assert open_job().number.endswith("-002")


def test_the_agency_chooses_its_own_pattern(cast, open_job):
    with acting_as(cast.hana):
        actions.set_pattern(pattern="J{fullyear}/{number:04}", by=cast.hana, at=now())

    assert open_job().number == f"J{localdate():%Y}/0001"


def test_only_traffic_and_administrators_choose_it(cast):
    with acting_as(cast.aki), pytest.raises(Refused):
        actions.set_pattern(pattern="{year}-{number}", by=cast.aki, at=now())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_fifty_who_open_jobs_at_once_get_fifty_numbers(cast):
    start = Barrier(WRITERS)

    def open_some(who):
        start.wait()
        try:
            for _each in range(AT_ONCE // WRITERS):
                with acting_as(who):
                    actions.open_job(account=cast.sora, title="At once", by=who, at=now())
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(open_some, [cast.aki, cast.ben] * (WRITERS // 2)))

    numbers = list(Job.objects.filter(title="At once").values_list("number", flat=True))
    assert len(numbers) == len(set(numbers)) == AT_ONCE
    assert JobCount.objects.get(account=cast.sora).last == AT_ONCE
