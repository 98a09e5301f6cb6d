"""Mail that does not arrive: administrators see to whom and why, never what, never past a wall."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from kakehashi.notify import actions, queries
from kakehashi.notify.models import Mail
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from tests import factories as make


def stuck(**fields) -> Mail:
    values = {
        "to": "b@client.example", "sender": "a@agency.example", "subject": "Top secret",
        "text": "Top secret", "written_at": now(), "stuck_at": now(), "problem": "554 no",
    }  # fmt: skip
    return Mail.objects.create(**{**values, **fields})


def listed(person) -> set:
    with acting_as(person):
        return {mail.id for mail in queries.undelivered()}


def text(response) -> str:
    return response.content.decode()


def test_the_page_says_to_whom_and_why_but_not_what(as_, cast):
    stuck(to=cast.aki.email, person=cast.aki)

    shown = text(as_(cast.hana).get("/mail/"))

    assert all(said in shown for said in ("Aki", cast.aki.email, "554 no"))
    assert "Top secret" not in shown


def test_the_page_says_when_all_is_well(as_, cast):
    assert "All mail has gone out" in text(as_(cast.hana).get("/mail/"))


def test_it_lists_what_waits_what_is_held_and_addresses(as_, cast):
    from kakehashi.notify.models import Bounce

    stuck(stuck_at=None, problem="451 later", try_at=now(), tries=3)
    stuck(stuck_at=None, held_at=now(), problem="550 gone")
    Bounce.objects.create(address="b@client.example", reason="550 gone", at=now())

    shown = text(as_(cast.hana).get("/mail/"))

    assert all(said in shown for said in ("451 later", "550 gone", "Addresses that bounce"))


def test_it_is_the_administrators(as_, cast):
    assert as_(cast.ben).get("/mail/").status_code == 403
    assert as_(cast.ken).get("/mail/").status_code == 404
    assert listed(cast.ben) == set()


def test_what_went_out_or_was_never_tried_is_not_listed(cast):
    stuck(stuck_at=None, sent_at=now())
    stuck(stuck_at=None, dropped_at=now())
    stuck(stuck_at=None, problem="")

    assert listed(cast.hana) == set()


def test_mail_to_a_client_is_listed_for_who_knows_them(cast):
    by_name, by_address = stuck(person=cast.ken), stuck(to=cast.ken.email)
    assert listed(cast.hana) == {by_name.pk, by_address.pk}

    make.denial(cast.hana, cast.sora)

    assert listed(cast.hana) == set()


def test_mail_of_a_hidden_account_alone_is_not_listed(cast, tell):
    tell(cast.aki, account=cast.sora)
    tell(cast.ben, account=cast.sora)
    tell(cast.ben)
    hidden, both = stuck(person=cast.aki), stuck(person=cast.ben)
    for mail in (hidden, both):
        from kakehashi.notify.models import Notification

        Notification.objects.filter(person=mail.person).update(mail=mail)
    assert listed(cast.hana) == {hidden.pk, both.pk}

    make.denial(cast.hana, cast.sora)

    assert listed(cast.hana) == {both.pk}


def test_trying_again_queues_it(as_, cast):
    mail = stuck(tries=5)

    as_(cast.hana).post(f"/mail/{mail.pk}/try-again/")

    mail.refresh_from_db()
    assert (mail.state, mail.tries) == ("waiting", 0)
    assert ProcrastinateJob.objects.get().args == {"mail_id": str(mail.pk)}


def test_all_are_tried_again_at_once(as_, cast):
    for _ in range(3):
        stuck()

    shown = text(as_(cast.hana).post("/mail/try-again/", follow=True))

    assert "3 mails are being sent again." in shown
    assert not Mail.objects.filter(stuck_at__isnull=False).exists()


@pytest.mark.parametrize("state", ["sent_at", "dropped_at", "held_at"])
def test_only_what_was_refused_is_tried_again(as_, cast, state):
    mail = stuck(**{"stuck_at": None, state: now()})

    assert as_(cast.hana).post(f"/mail/{mail.pk}/try-again/").status_code == 404


def test_what_a_wall_hides_is_not_tried_again(as_, cast):
    mail = stuck(person=cast.ken)
    make.denial(cast.hana, cast.sora)

    assert as_(cast.hana).post(f"/mail/{mail.pk}/try-again/").status_code == 404
    mail.refresh_from_db()
    assert mail.state == "stuck"


def test_nobody_else_tries_again(as_, cast):
    mail = stuck()

    with pytest.raises(Refused), acting_as(cast.ben):
        actions.try_again(mail_id=mail.pk, by=cast.ben, at=now())
    assert as_(cast.ben).post(f"/mail/{mail.pk}/try-again/").status_code == 403
    assert as_(cast.ben).post("/mail/try-again/").status_code == 403


def test_no_page_reads_the_mail_itself(cast):
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(cast.hana):
        Mail.objects.exists()


def test_the_way_there_is_in_the_administrators_settings(as_, cast):
    assert 'href="/mail/"' in text(as_(cast.hana).get("/people/me/"))
    assert 'href="/mail/"' not in text(as_(cast.ben).get("/people/me/"))
