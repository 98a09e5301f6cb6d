"""Mail and news, as each viewer gets them, are the same in both worlds."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from django.db import ProgrammingError, transaction
from django.utils.timezone import now

from kakehashi.conflicts.models import Denial
from kakehashi.notify.composing import compose
from kakehashi.notify.models import Mail, Notification, Preference
from kakehashi.notify.tasks import write_mails
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from tests.twin.normal import normal
from tests.twin.world import SECRETS, TOLD, VIEWERS, world

pytestmark = pytest.mark.slow


def mailed(name: str, choice: str, *, hidden: bool) -> list[dict]:
    """What goes to a viewer of what they were told: everything at once, or all of it collected."""
    with world(hidden=hidden) as made:
        viewer = made.viewers[name]
        Person.objects.filter(pk=viewer.pk).update(email="viewer@akebono.example")
        Preference.objects.create(person=viewer, kind=TOLD, choice=choice)
        write_mails.func(person_id=str(viewer.pk))
        mails = Mail.objects.filter(person=viewer).order_by("id")
        return [told(compose(mail)) for mail in mails]


def told(composed) -> dict:
    """A composed mail in words; which notices it tells of follows from what it says."""
    said = asdict(composed)
    said["notices"] = [str(notice.pk) for notice in composed.notices]
    return {name: normal(str(value).encode()) for name, value in said.items()}


@pytest.mark.parametrize("choice", ["now", "morning"])
@pytest.mark.parametrize("name", VIEWERS)
def test_a_mail_says_the_same_in_both_worlds(db, name, choice):
    without, with_it = (mailed(name, choice, hidden=hidden) for hidden in (False, True))

    assert without == with_it
    assert len(with_it) == 1
    assert "Something was told." in with_it[0]["text"]
    assert not [word for word in SECRETS if word in str(with_it)]


def test_without_the_wall_the_mail_would_tell_it(db):
    """What is rendered here is careless enough: it is the wall that keeps it out."""
    with world(hidden=True) as made:
        viewer = made.viewers["agency_director"]
        Denial.objects.filter(person=viewer).delete()
        write_mails.func(person_id=str(viewer.pk))
        composed = compose(Mail.objects.get(person=viewer))

    assert SECRETS[0] in composed.text


@pytest.mark.parametrize("name", VIEWERS)
def test_mail_that_did_not_arrive_is_listed_the_same(db, client, name):
    pages = []
    for hidden in (False, True):
        with world(hidden=hidden) as made:
            for notice in Notification.objects.order_by("account_id", "pk"):
                notice.mail = Mail.objects.create(
                    id=notice.pk, person_id=notice.person_id, to="somebody@akebono.example",
                    written_at=notice.made_at, stuck_at=notice.made_at, problem="554 no",
                )  # fmt: skip
                notice.save()
            client.force_login(made.viewers[name].login_row)
            response = client.get("/mail/")
            pages.append((response.status_code, normal(response.content)))

    assert pages[0] == pages[1]
    assert (pages[0][0] == 200) is (name == "administrator")


@pytest.mark.parametrize("name", VIEWERS)
def test_a_mail_of_what_is_hidden_cannot_be_tried_again(db, client, name):
    with world(hidden=True) as made:
        viewer = made.viewers[name]
        hidden = Notification.objects.filter(account_id__in=made.hidden).first()
        mail = Mail.objects.create(person=viewer, written_at=now(), stuck_at=now(), problem="554")
        Notification.objects.filter(pk=hidden.pk).update(mail=mail)
        client.force_login(viewer.login_row)
        answers = [client.post(f"/mail/{pk}/try-again/").status_code for pk in (mail.pk, hidden.pk)]

    assert answers[0] == answers[1]


def test_nobody_reads_the_outbox(db):
    with world(hidden=True) as made:
        for viewer in made.viewers.values():
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                acting_as(viewer),
            ):
                Mail.objects.exists()
