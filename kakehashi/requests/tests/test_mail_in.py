"""Mail that is fetched: each once, nothing lost, and what one of ours makes of what is held."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.utils.timezone import now

from kakehashi.handoffs.models import Handoff
from kakehashi.notify.composing import compose
from kakehashi.notify.models import Notification
from kakehashi.notify.writing import write_due
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as, acting_as_system
from kakehashi.policy.engine import Refused
from kakehashi.requests import actions, queries, states, tasks
from kakehashi.requests.mail import addresses
from kakehashi.requests.mail.mailboxes import Maildir
from kakehashi.requests.models import ClientRequest, Entry, File, Mail, Note
from kakehashi.requests.tests.mails import (
    AKI,
    KEN,
    OURS_PASS,
    TRUSTED,
    TWINS,
    all_mails,
    made,
)
from tests import factories as make


@pytest.fixture(autouse=True)
def _mail_comes_in(settings):
    settings.MAILIN_ADDRESS = "{token}@in.agency.example"
    settings.MAILIN_TRUST = TRUSTED
    settings.MAILIN_MOST_MB = 1
    settings.DEFAULT_FROM_EMAIL = "kakehashi@localhost"


@pytest.fixture
def people(cast):
    Person.objects.filter(pk=cast.ken.pk).update(email=KEN)
    Person.objects.filter(pk=cast.aki.pk).update(email=AKI)
    make.contact("Mei", cast.sora)
    for name in ("First", "Second"):
        twin = make.contact(name, cast.sora, portal=False)
        Person.objects.filter(pk=twin.person_id).update(email=TWINS)
    cast.sora.refresh_from_db()
    return cast


@pytest.fixture
def box(tmp_path):
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
    return Maildir(tmp_path)


def put(box, raw, name="1"):
    (box.path / "new" / name).write_bytes(raw)


def take_in(raw):
    with acting_as_system("take_in_mail"):
        return actions.take_in(letter=actions.read(raw), at=now(), trusted=TRUSTED)


def plain(account, name="one", **more):
    return made(name, ("", ""), **more).raw(addresses.of_account(account))


def test_of_two_hundred_mails_none_is_lost_and_none_is_taken_twice(people, box, monkeypatch):
    mails, to = all_mails(), addresses.of_account(people.sora)
    monkeypatch.setattr("kakehashi.requests.mail.judging.MOST_AN_HOUR", 1_000)
    monkeypatch.setattr("kakehashi.requests.mail.mailboxes.AT_ONCE", 150)
    for number, mail in enumerate(mails):
        put(box, mail.raw(to), f"{number:03}")

    assert tasks.take_all(box) == 150
    monkeypatch.setattr("kakehashi.requests.mail.mailboxes.AT_ONCE", 1_000)
    assert tasks.take_all(box) == len(mails) - 150

    fates = Counter(Mail.objects.values_list("fate", flat=True))
    wanted = Counter(mail.expected[0] for mail in mails)
    assert fates == wanted
    assert ClientRequest.objects.count() == wanted["request"]
    assert len(list((box.path / "cur").iterdir())) == len(mails)
    assert not list((box.path / "new").iterdir())
    asked = Handoff.objects.filter(answered_at=None, subject_kind=states.REQUEST)
    assert asked.count() == wanted["request"]
    held = Handoff.objects.get(subject_kind=states.MAIL_IN, answered_at=None)
    assert held.asked_of == people.aki

    for number, mail in enumerate(mails[:40]):  # the same again, as after a crash before the move
        put(box, mail.raw(to), f"again{number:03}")
    assert tasks.take_all(box) == 40
    assert Mail.objects.count() == len(mails)
    assert ClientRequest.objects.count() == wanted["request"]


def test_while_the_database_is_away_mail_stays_where_it_is(people, box, monkeypatch):
    put(box, plain(people.sora))

    def away(**_what):
        raise OperationalError("the connection is lost")

    with monkeypatch.context() as patch:
        patch.setattr(actions, "take_in", away)
        with pytest.raises(OperationalError):
            tasks.take_all(box)
    assert [one.name for one in (box.path / "new").iterdir()] == ["1"]

    assert tasks.take_all(box) == 1
    assert ClientRequest.objects.count() == 1


def test_one_mail_that_cannot_be_taken_holds_up_no_other(people, box, monkeypatch, caplog):
    put(box, plain(people.sora, "bad"), "1")
    put(box, plain(people.sora, "good"), "2")
    real = actions.take_in

    def failing(*, letter, **where):
        if "bad" in letter.message_id:
            raise RuntimeError("a bug of ours")
        return real(letter=letter, **where)

    monkeypatch.setattr(actions, "take_in", failing)

    assert tasks.take_all(box) == 1
    assert [one.name for one in (box.path / "new").iterdir()] == ["1"]
    assert "left in the mailbox" in caplog.text


def test_a_mail_nobody_can_read_is_held_whole(people, monkeypatch, caplog):
    monkeypatch.setattr("kakehashi.requests.mail.letters._body", lambda *_parts: 1 / 0)

    (mail,) = take_in(plain(people.sora))

    assert (mail.fate, mail.reason) == ("held", "unreadable")
    assert mail.files.get().name == "mail.eml"
    assert "could not be read" in caplog.text


def test_the_answer_by_mail_is_the_answer(people):
    (mail,) = take_in(plain(people.sora))
    request = mail.request
    with acting_as(people.aki):
        actions.ask_back(
            request=queries.one(request.pk), question="Which fair?", by=people.aki, at=now()
        )

    body = "秋です。\n\n2025年6月2日(月) 10:00 Aki <aki@agency.example>:\n> Which fair?"
    reply = made("two", ("", ""), body=body.encode()).raw(addresses.of_request(request.pk))
    (answer,) = take_in(reply)

    request.refresh_from_db()
    assert (answer.fate, answer.request, request.state) == ("filed", request, "waiting")
    entry = request.entries.get(kind="answered")
    assert (entry.text, entry.by, entry.channel) == ("秋です。", people.ken, "email")
    assert Handoff.objects.get(kind=states.QUESTION).channel == "email"


def test_a_mail_that_answers_another_is_a_word_on_its_request(people):
    (first,) = take_in(plain(people.sora))
    reply = (("In-Reply-To", first.message_id.encode()),)

    (second,) = take_in(plain(people.sora, "two", more=reply))

    assert (second.fate, second.request) == ("filed", first.request)
    assert first.request.entries.get().kind == "said"
    assert Notification.objects.filter(person=people.aki, kind="requests.said").exists()


def test_who_answers_what_is_closed_asks_anew(people, do):
    (first,) = take_in(plain(people.sora))
    do(people.aki, "decline", queries.one(first.request_id), reason="No.")
    reply = (("References", b"<x@y> " + first.message_id.encode()),)

    (second,) = take_in(plain(people.sora, "two", more=reply))

    assert (second.fate, second.request.follows) == ("request", first.request)


def test_a_thread_of_another_account_is_no_thread(people):
    (first,) = take_in(plain(people.sora))
    reply = (("In-Reply-To", first.message_id.encode()),)

    (second,) = take_in(plain(people.rival, "two", more=reply))

    assert (second.account, second.fate, second.reason) == (people.rival, "held", "unknown")


def test_one_mail_to_two_accounts_is_taken_in_once_for_each(people):
    make.contact("Ken", people.sora_tea, person=people.ken)
    both = b"To: " + addresses.of_account(people.sora_tea).encode()
    raw = plain(people.sora).replace(b"To: requests@agency.example", both)

    assert len(take_in(raw)) == 2
    assert take_in(b"Received: by another way\r\n" + raw) == []
    assert ClientRequest.objects.count() == 2


def test_what_one_of_ours_writes_above_a_forwarded_mail_is_a_note(people):
    forwarded = next(mail for mail in all_mails() if mail.name == "forwarded gmail")

    (mail,) = take_in(forwarded.raw(addresses.of_account(people.sora)))

    request = mail.request
    assert (request.written_by, request.recorded_by) == (people.ken, people.aki)
    assert "handle with care" not in request.text + request.title
    assert Note.objects.get(request=request).text == "FYI: handle with care."
    with acting_as(people.ken):
        assert ClientRequest.objects.count() == 1
        assert not Note.objects.exists()
        assert not Mail.objects.exists()


def test_files_of_a_forwarded_mail_are_not_the_clients(people):
    whole = next(mail for mail in all_mails() if mail.name == "forwarded whole")

    (mail,) = take_in(whole.raw(addresses.of_account(people.sora)))

    assert File.objects.get(mail=mail).shared_at is None
    with acting_as(people.ken):
        assert not File.objects.exists()


def test_mail_to_nobody_is_told_to_administrators_alone(people):
    (mail,) = take_in(made("lost", ("", "")).raw("nobody@in.agency.example"))

    assert (mail.account, mail.fate, mail.reason) == (None, "refused", "no_account")
    with acting_as(people.hana):
        assert Mail.objects.get() == mail
    for person in (people.aki, people.emi, people.ken):
        with acting_as(person):
            assert not Mail.objects.exists()


@pytest.fixture
def held(people):
    (mail,) = take_in(plain(people.sora, sender=b"ken@home.example"))
    assert mail.fate == "held"
    return mail


def judge(by, verb, mail, **said):
    with acting_as(by):
        return getattr(actions, verb)(mail=queries.one_mail(mail.pk), by=by, at=now(), **said)


def test_what_is_held_waits_for_somebody_until_the_last_is_judged(people, held):
    ball = Handoff.objects.get(subject_kind=states.MAIL_IN)
    assert (ball.asked_of, ball.path) == (people.aki, f"/accounts/{people.sora.pk}/mail-in/")
    assert Notification.objects.filter(person=people.aki, kind="handoffs.asked").exists()
    (another,) = take_in(plain(people.sora, "two", sender=b"ken@home.example"))

    judge(people.aki, "refuse_mail", held, reason="Not him.")
    ball.refresh_from_db()
    assert ball.is_open
    judge(people.ben, "refuse_mail", another, reason="Nor this.")
    ball.refresh_from_db()
    assert not ball.is_open


def test_a_held_mail_becomes_a_request_in_the_words_that_somebody_has_read(people, held):
    request = judge(
        people.aki, "accept_mail", held,
        written_by=people.ken_contact, title="A banner", text="In blue.",
    )  # fmt: skip

    held.refresh_from_db()
    assert (held.fate, held.request, held.judged_by) == ("request", request, people.aki)
    assert (request.text, request.written_by, request.recorded_by) == (
        "In blue.", people.ken, people.aki,
    )  # fmt: skip


def test_a_held_mail_is_filed_to_what_is_open(people, held, write):
    request = write()

    judge(
        people.aki, "accept_mail", held,
        written_by=people.ken_contact, title="", text="In blue.", to=request,
    )  # fmt: skip

    held.refresh_from_db()
    assert (held.fate, held.request) == ("filed", request)
    assert Entry.objects.get(request=request).text == "In blue."


def test_a_mail_is_judged_once(people, held):
    judge(people.aki, "refuse_mail", held, reason="Not him.")

    with pytest.raises(Refused, match="waits for nobody any more"):
        judge(people.ben, "refuse_mail", held, reason="Nor for me.")


def test_nobody_is_made_to_say_what_came_for_another_account(people, held):
    stranger = make.contact("Stranger", people.rival)

    with pytest.raises(ValidationError, match="client's people on this account"):
        judge(people.aki, "accept_mail", held, written_by=stranger, title="x", text="x")


def test_behind_the_wall_no_mail_is_seen(people, held):
    for person in (people.chie, people.ken, people.lena):
        with acting_as(person):
            assert not Mail.objects.exists()


def test_one_of_ours_who_is_forged_is_held(people):
    (mail,) = take_in(
        plain(people.sora, sender=AKI.encode(), results=OURS_PASS.replace("pass", "fail"))
    )

    assert (mail.fate, mail.reason) == ("held", "forged")


def test_a_client_who_answers_our_mail_answers_the_request(people, write):
    """The question leaves as a mail whose answers go to the request's own address."""
    request = write()
    with acting_as(people.aki):
        actions.ask_back(
            request=queries.one(request.pk), question="Which fair?", by=people.aki, at=now()
        )
    with acting_as_system("write_mails"):
        (mail,) = write_due(people.ken, now())
        composed = compose(mail)

    reply_to = composed.headers["Reply-To"]
    assert reply_to == addresses.of_request(request.pk)
    (answer,) = take_in(made("answer", ("", ""), body=b"In autumn.").raw(reply_to))
    assert (answer.fate, answer.request) == ("filed", request)
    request.refresh_from_db()
    assert request.state == "waiting"
