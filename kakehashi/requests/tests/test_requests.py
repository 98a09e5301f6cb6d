"""What both sides do with a request, whose move it is, and who reads what."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.utils import IntegrityError
from django.utils.timezone import localdate, now

from kakehashi.base.ids import uuid7
from kakehashi.handoffs.models import Handoff
from kakehashi.notify.models import Notification
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from kakehashi.policy.engine import Refused
from kakehashi.requests import actions, onward, queries, states
from kakehashi.requests.files import Enclosure
from kakehashi.requests.models import ClientRequest, Entry, File, FileBytes, Note
from tests import factories as make

CALL = {"channel": "phone", "evidence": "call of 9:40"}


def court(request):
    """Who has the ball, of those who have an open one."""
    balls = Handoff.objects.filter(subject_kind=states.REQUEST, subject_id=request.pk)
    return [(ball.asked_of.name, ball.kind) for ball in balls.filter(answered_at=None)]


def test_what_a_client_writes_waits_for_whoever_leads_the_account(cast, write):
    request = write(text="In blue.", wanted_on=localdate() + dt.timedelta(days=9))

    assert (request.state, request.kept_by, request.channel) == ("waiting", cast.aki, "portal")
    assert court(request) == [("Aki", states.TO_TAKE_UP)]
    told = Notification.objects.get(person=cast.aki)
    assert told.kind == "handoffs.asked"


def test_the_question_goes_to_the_client_and_the_answer_comes_back(cast, write, do):
    request = write()

    do(cast.aki, "ask_back", request, question="Which fair?")
    assert (request.state, court(request)) == ("asked", [("Ken", states.QUESTION)])
    with acting_as(cast.ken):
        seen = queries.one(request.pk)
        assert queries.balls_of(seen)[0].note == "Which fair?"
    do(cast.ken, "answer", seen, text="The one in autumn.")

    request.refresh_from_db()
    assert (request.state, court(request)) == ("waiting", [("Aki", states.TO_TAKE_UP)])
    said = list(request.entries.order_by("at").values_list("kind", "text", "by__name"))
    assert said == [("asked", "Which fair?", "Aki"), ("answered", "The one in autumn.", "Ken")]


def test_whoever_accepts_has_it_until_work_begins(cast, write, do):
    request = write()

    do(cast.ben, "accept", request, text="Gladly.")

    assert (request.state, request.kept_by) == ("accepted", cast.ben)
    assert court(request) == [("Ben", states.TO_BEGIN)]
    assert Notification.objects.filter(person=cast.ken, kind="requests.decided").exists()
    do(cast.ben, "begin", request, title="Client brief")
    assert (request.state, court(request)) == ("begun", [])
    assert request.settled_at is not None


@pytest.mark.parametrize(
    ("verb", "said", "state"),
    [
        ("decline", {"reason": "We have no printer."}, "declined"),
        ("finish", {"text": "Attached."}, "done"),
    ],
)
def test_what_is_settled_has_no_court_and_the_client_is_told(cast, write, do, verb, said, state):
    request = write()

    do(cast.aki, verb, request, **said)

    assert (request.state, court(request)) == (state, [])
    assert Notification.objects.filter(person=cast.ken, kind="requests.decided").exists()


def test_a_client_withdraws_what_nobody_has_accepted(cast, write, do):
    request = write()
    do(cast.ken, "withdraw", request)
    assert (request.state, court(request)) == ("withdrawn", [])

    accepted = write(title="Another")
    do(cast.aki, "accept", accepted)
    with pytest.raises(Refused, match="not possible while the request is: Accepted"):
        do(cast.ken, "withdraw", accepted)


def test_of_two_who_decide_the_second_is_told(cast, write, do):
    request = write()
    with acting_as(cast.ben):
        stale = queries.one(request.pk)
    do(cast.aki, "decline", request, reason="No.")

    with pytest.raises(Refused, match="closed"):
        do(cast.ben, "accept", stale)

    assert list(request.entries.values_list("kind", flat=True)) == ["declined"]


def test_an_answer_by_phone_is_recorded_with_what_shows_it(cast, write, do):
    request = write()
    do(cast.aki, "ask_back", request, question="Which fair?")

    do(cast.ben, "record_answer", request, text="Autumn.", answered_by=cast.ken, **CALL)

    entry = request.entries.get(kind="answered")
    assert (entry.by, entry.recorded_by, entry.evidence) == (cast.ken, cast.ben, "call of 9:40")
    ball = Handoff.objects.get(kind=states.QUESTION)
    assert (ball.answered_by, ball.recorded_by, ball.channel) == (cast.ken, cast.ben, "phone")
    assert court(request) == [("Aki", states.TO_TAKE_UP)]


def test_one_of_ours_records_what_a_client_asked_by_phone(cast, do):
    with acting_as(cast.aki):
        request = actions.record(
            account=cast.sora,
            title="The logo",
            written_by=cast.ken,
            by=cast.aki,
            at=now(),
            **CALL,
        )

    assert (request.written_by, request.recorded_by) == (cast.ken, cast.aki)
    assert court(request) == [("Aki", states.TO_TAKE_UP)]
    with acting_as(cast.ken):
        assert ClientRequest.objects.get() == request


def test_nobody_is_made_to_ask_who_is_no_contact_of_the_account(cast):
    stranger = make.contact("Rival Ken", cast.rival)
    with (
        pytest.raises(ValidationError, match="client's people on this account"),
        acting_as(cast.aki),
    ):
        actions.record(
            account=cast.sora,
            title="The logo",
            written_by=stranger.person,
            by=cast.aki,
            at=now(),
            **CALL,
        )


def test_clients_read_requests_and_entries_and_no_note(cast, write, do):
    other = make.contact("Mei", cast.sora)
    rival = make.contact("Ryo", cast.rival)
    request = write()
    do(cast.aki, "say", request, text="We look at it.")
    do(cast.aki, "note", request, text="They always say blue.")

    for person, number in ((cast.ken, 1), (other.person, 1), (rival.person, 0), (cast.chie, 0)):
        with acting_as(person):
            assert ClientRequest.objects.count() == number, person
            assert Entry.objects.count() == number, person
            assert not Note.objects.exists(), person
    with acting_as(cast.ben):
        assert Note.objects.get().text == "They always say blue."


def test_a_client_writes_in_nobody_elses_name(cast, write):
    request = write()
    mei = make.contact("Mei", cast.sora).person
    own = {"account": cast.sora, "request": request, "channel": "portal", "at": now()}
    forged = (
        lambda: Entry.objects.create(kind="said", text="x", by=cast.ken, shared_at=now(), **own),
        lambda: Entry.objects.create(kind="accepted", by=mei, shared_at=now(), **own),
        lambda: Note.objects.create(account=cast.sora, request=request, text="x", by=mei, at=now()),
    )
    for write_it in forged:
        with pytest.raises(Exception, match="row-level security"), acting_as(mei):
            write_it()


def test_a_client_moves_nothing_but_what_is_theirs(cast, write):
    request = write()
    for state in ("accepted", "done", "declined"):
        with pytest.raises(IntegrityError, match="not the client's to do"), acting_as(cast.ken):
            ClientRequest.objects.filter(pk=request.pk).update(state=state, settled_at=now())


def test_the_words_of_a_request_never_change(cast, write):
    request = write()

    with pytest.raises(IntegrityError, match="never change"), acting_as(cast.aki):
        ClientRequest.objects.filter(pk=request.pk).update(title="Something else")


def test_postgresql_has_the_same_table_of_moves(cast, write):
    settled = {True: None, False: now()}
    request = write()
    allowed = {}
    for old in states.MOVES:
        request.pk, request.state = None, old
        request.id, request.settled_at = uuid7(), settled[old in states.OPEN]
        request.save(force_insert=True)
        found = ClientRequest.objects.filter(pk=request.pk)
        allowed[old] = set()
        for new in set(states.MOVES) - {old}:
            try:
                with transaction.atomic():
                    found.update(state=new, settled_at=settled[new in states.OPEN])
                    transaction.set_rollback(True)
                allowed[old].add(new)
            except IntegrityError:
                pass

    assert allowed == {old: set(news) - {old} for old, news in states.MOVES.items()}


def test_a_file_is_had_by_both_sides_and_by_nobody_else(cast, write):
    rival = make.contact("Ryo", cast.rival)
    request = write(enclosed=[Enclosure("../../etc/логотип.ai", "text/html", b"<b>ai</b>")])

    for person in (cast.ken, cast.aki):
        with acting_as(person):
            (file,) = request.files.all()
            assert (file.name, bytes(file.bytes.content)) == ("логотип.ai", b"<b>ai</b>")
    for person in (rival.person, cast.chie):
        with acting_as(person):
            assert not File.objects.exists()
            assert not FileBytes.objects.exists()


def test_too_much_is_refused_before_it_is_kept(cast, write):
    many = [Enclosure(f"{n}.txt", "", b"x") for n in range(21)]

    with pytest.raises(ValidationError, match="At most 20 files"):
        write(enclosed=many)
    assert not ClientRequest.objects.exists()


def test_where_nobody_is_seated_a_client_is_told_to_call(cast, write):
    cast.sora.seats.update(ends_on=localdate() - dt.timedelta(days=2))

    with pytest.raises(ValidationError, match="Please call us"):
        write()


def test_behind_a_wall_somebody_else_takes_it_up(cast, write):
    make.seat(cast.ben, cast.sora, "account_supervisor")
    make.denial(cast.aki, cast.sora)

    assert write().kept_by == cast.ben


def test_a_contact_without_the_portal_writes_nothing(cast, write):
    quiet = make.contact("Quiet", cast.sora, portal=False)

    with pytest.raises(Refused):
        write(by=quiet.person)


def test_what_follows_is_of_the_same_account(cast, write):
    first = write()
    make.contact("Ken again", cast.sora_tea, person=cast.ken)

    assert write(title="And one more", follows=first).follows == first
    with pytest.raises(ValidationError, match="another account"):
        write(account=cast.sora_tea, follows=first)


def test_packages_above_offer_what_can_be_begun(cast, write, monkeypatch):
    monkeypatch.setattr(onward.WAYS, "by_code", {})
    onward.register(
        "brief",
        "Begin a brief",
        address=lambda r: f"/briefs/new/{r.pk}/",
        against=lambda _p, _r: None,
        made=lambda r: [onward.Thing("Brief", r.title, "/briefs/1/")],
    )
    request = write()

    (step,) = onward.steps(cast.aki, request)

    assert (step.label, step.path) == ("Begin a brief", f"/briefs/new/{request.pk}/")
    assert onward.begun(request) == [onward.Thing("Brief", "A banner for the fair", "/briefs/1/")]


def test_a_client_reads_it_whoever_of_ours_or_theirs_has_a_part_in_it(cast, write, do):
    """Ben is not seated on the account, and Ken is not shared with Mei."""
    mei = make.contact("Mei", cast.sora).person
    rival = make.contact("Ryo", cast.rival).person
    request = write()
    do(cast.ben, "ask_back", request, question="Which fair?")

    for who in (cast.ken, mei):
        with acting_as(who):
            seen = queries.one(request.pk)
            assert (seen.kept_by, seen.written_by) == (cast.ben, cast.ken)
            assert [one.by for one in queries.story(seen).entries] == [cast.ben]
            assert queries.of_client() == [request]
    with acting_as(cast.ken):
        (ball,) = queries.balls_of(request)
        assert ball.asked_by == cast.ben
    with acting_as(rival):
        assert not Person.objects.filter(pk__in=[cast.ben.pk, cast.ken.pk, mei.pk]).exists()
