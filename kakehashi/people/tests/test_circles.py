"""Two changes at the same moment, each right by itself, do not close a circle together."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import translation
from django.utils.timezone import localdate

from kakehashi.people import actions
from kakehashi.people.models import Office, ReportingLine
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from tests import factories as make

TODAY = localdate()


def at_once(*verbs):
    """Run each verb in a connection of its own, all from the same moment; what each said."""
    barrier, said = Barrier(len(verbs)), []

    def run(verb):
        try:
            barrier.wait()
            with translation.override("en"):
                verb()
            said.append("done")
        except Refused as refusal:
            said.append(refusal.reason)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said, key=lambda sentence: sentence != "done")


@pytest.fixture
def agency(transactional_db):
    hq = make.office("Agency", code="HQ")
    hana = make.staff("Hana", hq, "administrator")
    return hq, hana


def report(person, superior, by):
    with acting_as(by):
        actions.set_reporting_line(person=person, superior=superior, starts_on=TODAY, by=by)


def test_three_people_do_not_come_to_report_in_a_circle(agency):
    hq, hana = agency
    aki, ben, chie = (make.staff(name, hq) for name in ("Aki", "Ben", "Chie"))

    said = at_once(
        lambda: report(aki, ben, hana),
        lambda: report(ben, chie, hana),
        lambda: report(chie, aki, hana),
    )

    assert said[:2] == ["done", "done"]
    assert "reports to" in said[2]
    assert ReportingLine.objects.count() == 2


def test_two_offices_do_not_become_part_of_each_other(agency):
    hq, hana = agency
    east, west = make.office("East", hq), make.office("West", hq)

    def move(office, parent):
        with acting_as(hana):
            actions.move_office(office=office, version=1, parent=parent, by=hana)

    said = at_once(lambda: move(east, west), lambda: move(west, east))

    assert said[0] == "done"
    assert "part of itself" in said[1]
    assert Office.objects.filter(parent=hq).count() == 1
