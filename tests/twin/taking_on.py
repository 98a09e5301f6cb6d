"""How an account comes to be hidden: checked as a prospect, consented to, taken on behind a wall.

Whom the wall keeps out is told in general words; in the world without the account they are told the
same of another wall, behind which nothing is.
"""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from itertools import count
from typing import TYPE_CHECKING
from unittest.mock import patch
from uuid import UUID

from django.db import connection
from django.test import Client
from django.utils.timezone import localdate, make_aware

from kakehashi.clients.actions import change_status
from kakehashi.clients.models import Account
from kakehashi.conflicts import actions, tasks
from kakehashi.conflicts.actions import SideOf
from kakehashi.conflicts.models import Check, ConsentRequest, Hit, Wall
from kakehashi.demo.content.small import HIDDEN, SEATS
from kakehashi.demo.small import AT_NIGHT, SINCE, WRITTEN
from kakehashi.notify.models import Notification
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from tests import factories as make

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kakehashi.clients.models import Company, Contact
    from kakehashi.demo.keys import Keys
    from kakehashi.demo.small import Small

COMMITTED = "MIO"  # whose contract keeps the prospect's company out
LATER = localdate().replace(year=localdate().year + 2, day=1)


def take_on(made: Small, kept_out: Sequence[Person], key: Keys) -> None:
    """From the prospect to the walls, everybody doing their part, with ids of the world's own."""
    ids = Ids(key)
    with patch("uuid6.uuid7", ids), patch.object(tasks, "now", moment):
        asked, elsewhere = _promised(made, key)
        here = SideOf("みおマート", accounts=[made.accounts[COMMITTED]])
        ids.begin("walls")
        if made.hidden is not None:
            first = _cleared(made, made.hidden, asked)
            beyond = SideOf(made.hidden.name, accounts=[made.hidden])
        else:
            team = [made.people[role] for code, role, *_rest in SEATS if code.startswith(HIDDEN)]
            beyond = SideOf(elsewhere.name, companies=[elsewhere], people=team)
            first = _raised(made, "よそ", [here, beyond])
        here.people = kept_out
        if made.hidden is None:
            beyond.people = [person for person in team if person not in kept_out]
        second = _raised(made, "社内", [here, beyond])
        for wall in (first, second):
            ids.begin("told")
            tasks.tell_affected(str(wall.pk), str(made.people["conflicts_officer"].pk))
        if made.hidden is not None:
            _begins(made, made.hidden)
    Notification.objects.update(made_at=WRITTEN)  # pages tell it to the microsecond
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")  # they are done


class Ids:
    """Gives out ids that are the same in both worlds, each stage from its own beginning."""

    def __init__(self, key: Keys) -> None:
        self.key = key
        self.stages: list[str] = []
        self.numbers = count()

    def begin(self, stage: str) -> None:
        self.stages.append(stage)
        self.numbers = count()

    def __call__(self) -> UUID:
        """Ids made later sort later, within a stage."""
        return UUID(int=self.key("taken on", len(self.stages)).int + next(self.numbers))


def moment() -> dt.datetime:
    """When all of it happens: it is the same in both worlds."""
    return make_aware(dt.datetime.combine(localdate(), AT_NIGHT))


def deny(made: Small, kept_out: Iterable[Person]) -> None:
    """What it comes to for whoever is kept out, written down at once, where nothing is taken on."""
    if made.hidden is not None:
        for person in kept_out:
            make.denial(person, made.hidden, wall="Standing wall")


def _begins(made: Small, prospect: Account) -> None:
    """It is cleared, so it may become an account."""
    executive, today = made.people["account_executive"], localdate()
    prospect = Account.objects.get(pk=prospect.pk)
    with acting_as(executive):
        change_status(account=prospect, status="active", on=today, by=executive, at=moment())


def _raised(made: Small, name: str, sides: list[SideOf]) -> Wall:
    officer = made.people["conflicts_officer"]
    with acting_as(officer):
        return actions.raise_wall(
            name=name, ground="契約に定めがある。", sides=sides, by=officer, at=moment()
        )


def _promised(made: Small, key: Keys) -> tuple[Contact, Company]:
    """Who answers in the portal for the client whose contract keeps two companies out."""
    account, officer = made.accounts[COMMITTED], made.people["conflicts_officer"]
    person = make.person("三尾 渚", side=Person.Side.CLIENT, id=key("person", "mio"))
    make.login(person)
    elsewhere = make.company("よそ自動車", code="YOSO", id=key("company", "YOSO"))
    with acting_as(officer):
        actions.set_policy(mode="strict", clearance_required=True, by=officer, at=moment())
        actions.note_commitment(
            account=account, categories=[], competitors=["株式会社ヒカリ自動車", elsewhere.name],
            code="約-MIO", level="company", starts_on=SINCE,
            clause_text="売場で競う会社の仕事を受けない。", by=officer, at=moment(),
        )  # fmt: skip
    contact = make.contact("", account, person=person, id=key("contact", "mio"))
    return contact, elsewhere


def _cleared(made: Small, prospect: Account, asked: Contact) -> Wall:
    """The prospect is checked, the client asked in the portal; their consent puts the wall up."""
    executive, officer = made.people["account_executive"], made.people["conflicts_officer"]
    with acting_as(executive):
        receipt = actions.ask_check(account=prospect, by=executive, at=moment())
    tasks.run_check(str(receipt.pk), str(officer.pk))
    with acting_as(officer):
        check = Check.objects.get(pk=receipt.pk)
        hit = Hit.objects.get(check_of=check)
        actions.decide(
            check=check, hit=hit, verdict="consent", reason="契約に定めがある。", until=LATER,
            person=asked.person, asks="御社と売場で競う会社の仕事を、別の部署で受けたい。",
            by=officer, at=moment(),
        )  # fmt: skip
    request = ConsentRequest.objects.get(person=asked.person)
    portal = Client()
    portal.force_login(asked.person.login_row)
    answer = portal.post(f"/consents/{request.pk}/", {"answer": "yes"})
    assert answer.status_code == HTTPStatus.FOUND
    tasks.take_up_consent(str(request.pk), str(officer.pk))
    return Wall.objects.get(ground_ends_on=LATER)
