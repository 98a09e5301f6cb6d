"""The pages of requests: who gets them, what they refuse, how they hand out files."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from kakehashi.people.models import Login, Person
from kakehashi.requests.files import Enclosure
from kakehashi.requests.models import ClientRequest, Mail
from tests import factories as make


@pytest.fixture
def browse(client, cast):
    Person.objects.update(language="en")

    def signed_in(who):
        client.force_login(Login.objects.get(person=who))
        return client

    return signed_in


@pytest.fixture
def mail(cast):
    return Mail.objects.create(
        account=cast.sora, key="k", subject="Hello", sender_address="x@y.example", came_at=now(),
        size=9, proof="unproven", fate="held", reason="unproven",
    )  # fmt: skip


def test_a_client_writes_a_request_with_a_file(cast, browse):
    sent = {"account": str(cast.sora.pk), "title": "A banner", "text": "In blue."}

    answer = browse(cast.ken).post(
        "/requests/new/", {**sent, "enclosed": [SimpleUploadedFile("a.pdf", b"%PDF")]}
    )

    request = ClientRequest.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/requests/{request.pk}/")
    assert request.files.get().name == "a.pdf"


def test_what_is_wrong_is_said_at_its_field(cast, browse):
    answer = browse(cast.ken).post("/requests/new/", {"account": str(cast.rival.pk), "title": ""})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"account", "title"}
    assert not ClientRequest.objects.exists()


def test_a_file_is_only_ever_saved(cast, browse, write):
    page = b"<script>alert(1)</script>"
    request = write(enclosed=[Enclosure("ページ.html", "text/html", page)])

    answer = browse(cast.ken).get(f"/requests/files/{request.files.get().pk}/")

    assert answer.content == page
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_behind_the_wall_nothing_is_there(cast, browse, write, mail):
    request = write(enclosed=[Enclosure("a.pdf", "", b"%PDF")])
    rival = make.contact("Ryo", cast.rival).person
    own = [
        f"/requests/{request.pk}/", f"/requests/files/{request.files.get().pk}/",
        f"/requests/{request.pk}/say/", f"/mail-in/{mail.pk}/",
    ]  # fmt: skip

    for who in (cast.chie, rival):
        assert {browse(who).get(path).status_code for path in own} == {404}, who


def test_what_is_ours_to_do_does_not_exist_for_clients(cast, browse, write, mail):
    request = write()
    paths = [f"/requests/{request.pk}/{act}/" for act in ("accept", "decline", "note", "finish")]
    paths += [f"/mail-in/{mail.pk}/", f"/accounts/{cast.sora.pk}/mail-in/", "/mail-in/"]

    assert {browse(cast.ken).post(path).status_code for path in paths} == {404}
    request.refresh_from_db()
    assert request.state == "waiting"


def test_who_may_not_is_told_which_role_it_takes(cast, browse, write):
    request = write()
    make.seat(cast.lena, cast.sora, "coordinator")

    answer = browse(cast.lena).post(f"/requests/{request.pk}/accept/", {"text": ""})

    assert answer.status_code == 422
    assert "This takes one of these roles here" in answer.content.decode()


def test_mail_to_nobody_is_for_administrators(cast, browse):
    assert browse(cast.hana).get("/mail-in/").status_code == 200
    assert browse(cast.aki).get("/mail-in/").status_code == 404


@pytest.mark.parametrize("path", ["/requests/", "/accounts/{}/requests/"])
def test_a_list_asks_as_often_for_three_as_for_one(cast, browse, write, path):
    from django.db import connection

    client, address = browse(cast.aki), path.format(cast.sora.pk)
    counts = []
    for number in (1, 2):
        for _more in range(number):
            write()
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).content.decode().count("A banner for the fair") >= number
        counts.append(len(asked))

    assert counts[0] == counts[1]
