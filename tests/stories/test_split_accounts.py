"""Two car makers served by two bureaus of one agency: each gets its work done, neither is seen."""

from __future__ import annotations

import pytest
from django.utils.timezone import localdate, now

from kakehashi.clients.models import Account, Company
from kakehashi.conflicts import actions, tasks
from kakehashi.conflicts.examining import examine
from kakehashi.conflicts.models import Check, Decision, Hit, Wall
from kakehashi.conflicts.queries.facts import question_about
from kakehashi.people.models import Login, Office, Person
from kakehashi.policy.acting import acting_as
from tests.browser import problems, what_sticks_out
from tests.running import Team, to_a_running_job
from tests.stage import speak_english
from tests.stories.test_chain import sits_down

pytestmark = pytest.mark.slow

BUREAUS = {"RAICHO": "TYO1", "TSUKI": "TYO3"}
WISHES = {"RAICHO": "Showroom film of the winter", "TSUKI": "Night drive, printed"}
STAFF = "ninomiya", "toyama", "arisugawa", "jinnai", "hoshino", "iwato"


def person(login):
    return Person.objects.get(handle=login)


def team(code, *logins, client):
    client = Login.objects.get(username=client).person
    return Team(Account.objects.get(code=code), *map(person, logins), client)


@pytest.fixture
def wall(agency):
    """The second maker is checked; the officer keeps the two apart, bureau from bureau."""
    officer, asks = person("ichinose"), person("kirishima")
    asked_for = Account.objects.select_related("company", "lead_office").get(code="TSUKI-JP")
    with acting_as(officer):
        standing = Wall.objects.get(name="雷鳥自動車 × 月影モータース")
        actions.lift_wall(wall=standing, reason="Checked anew.", by=officer, at=now())
    with acting_as(asks):
        receipt = actions.ask_check(account=asked_for, by=asks, at=now())
    tasks.run_check(str(receipt.pk), str(officer.pk))
    with acting_as(officer):
        check = Check.objects.get(pk=receipt.pk)
        clause = Hit.objects.get(check_of=check, commitment__code="RAICHO-2023", number=1)
        wall = decided(check, clause, officer).wall
        bureaus_stand_on(wall, officer)
        for hit in Hit.objects.filter(check_of=check).exclude(pk=clause.pk):
            decided(check, hit, officer)
    return wall


def decided(check, hit, officer):
    return actions.decide(
        check=check, hit=hit, verdict="safeguards", reason="Bureau from bureau.", by=officer,
        at=now(),
    )  # fmt: skip


def bureaus_stand_on(wall, officer):
    """Behind each side the whole family, on it the whole bureau that serves it."""
    for side, code in zip(wall.sides.order_by("number"), BUREAUS, strict=True):
        for what, thing in {
            "office": Office.objects.get(code=BUREAUS[code]),
            "company": Company.objects.get(code=code),
        }.items():
            actions.add_to_side(side=side, what=what, thing=thing, by=officer, at=now())


def strictly(account):
    """What the same check would come to in an agency that holds to exclusivity."""
    with acting_as(person("ichinose")):
        return examine(question_about(account, starts_on=localdate()), localdate(), "strict").result


def test_two_car_makers_each_served_by_a_bureau_of_its_own(wall, visitor):
    speak_english(*STAFF)
    raicho = team("RAICHO-JP", "ninomiya", "mori", "shindo", "hoshino", client="shimizu")
    tsuki = team("TSUKI-JP", "toyama", "chigira", "aragaki", "iwato", client="arima")

    # Where strict exclusivity would refuse the second maker, split accounts keep the two apart.
    check = Check.objects.get(account=tsuki.account)
    assert (check.mode, check.result) == ("split", "safeguards")
    assert strictly(tsuki.account) == "blocked"
    assert {one.wall_id for one in Decision.objects.filter(check_of=check)} == {wall.pk}

    # Each maker's wish goes through its brief and everybody's approval to a job that runs.
    ours = to_a_running_job(raicho, WISHES["RAICHO"])
    theirs = to_a_running_job(tsuki, WISHES["TSUKI"])

    # On each side, whoever serves, leads, makes or is the client sees one of the two, and only it.
    who = visitor()
    for work, other, lead in ((ours, theirs, "arisugawa"), (theirs, ours, "jinnai")):
        for login in (work.team.executive.handle, lead):
            sits_down(who, login)
            who.opens("/jobs/")
            who.sees(work.title)
            who.does_not_see(other.title)
            who.opens(f"/search/?q={other.title}")
            who.sees("Nothing is called so")
            sees_only(who, work, other)
        assert problems(who.page) == []
        assert what_sticks_out(who.page) == []
        sits_down(who, work.team.maker.handle)
        who.opens("/")
        who.sees(work.job.number)
        assert who.can_open(work.paths[-1])
        assert not any(map(who.can_open, other.paths))
        sits_down(who, work.team.client.login_row.username)
        assert who.can_open(f"/requests/{work.request.pk}/")
        assert not any(map(who.can_open, other.paths))

    # Only the officer reads that there is a wall, who stands at it and who tried.
    sits_down(who, "ichinose")
    who.language = "ja"
    who.opens(f"/walls/{wall.pk}/report/")
    who.sees("二宮 彩", "遠山 葵", "月影モータース 日本", "雷鳥自動車 日本")


def sees_only(who, work, other):
    assert [path for path in work.paths if not who.can_open(path)] == []
    assert [path for path in other.paths if who.can_open(path)] == []
