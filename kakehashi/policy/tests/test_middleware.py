"""A request's life: the gate first, then the person, one transaction around both."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.urls import reverse

from kakehashi.clients.models import Account
from kakehashi.notify.models import Mail
from tests.factories import PASSWORD

LOGIN = "/auth/login/"


def sign_in(client: Client, login: str, password: str = PASSWORD):
    return client.post(LOGIN, {"login": login, "password": password})


def test_nobody_gets_past_the_gate(client, cast):
    for path in ("/", "/accounts/", "/portfolio/", f"/accounts/{cast.sora.pk}/who-sees/", "/ui/"):
        response = client.get(path)
        assert (response.status_code, response.url) == (302, f"{LOGIN}?next={path}")


def test_one_signs_in_by_login_or_by_address(client, cast):
    for name in (cast.aki.handle, cast.aki.email):
        assert sign_in(client, name).status_code == 302
        assert client.get("/").status_code == 200
        client.post("/auth/logout/")
        assert client.get("/").status_code == 302


def test_a_wrong_password_says_so_and_lets_nobody_in(client, cast):
    response = sign_in(client, cast.aki.handle, "wrong")

    assert response.status_code == 200
    assert client.get("/").status_code == 302


def test_guessing_passwords_is_stopped(client, cast):
    for _attempt in range(10):
        sign_in(client, cast.aki.handle, "wrong")

    refused = sign_in(client, cast.aki.handle)

    assert client.get("/").status_code == 302
    assert refused.status_code in {200, 429}


def test_signing_up_is_closed(client, cast):
    client.post(
        "/auth/signup/",
        {
            "username": "eve",
            "email": "e@x.example",
            "password1": "a9Xk2mQ0",
            "password2": "a9Xk2mQ0",
        },
    )

    assert not sign_in(client, "eve", "a9Xk2mQ0").wsgi_request.user.is_authenticated


def test_somebody_who_was_closed_out_cannot_sign_in(client, cast):
    login = cast.aki.login_row
    login.is_active = False
    login.save()

    sign_in(client, cast.aki.handle)

    assert client.get("/").status_code == 302


def test_a_forgotten_password_sends_a_mail_through_the_outbox(client, cast, settings):
    settings.EMAIL_BACKEND = "kakehashi.notify.backend.OutboxBackend"  # the tests' own is Django's
    response = client.post("/auth/password/reset/", {"email": cast.aki.email})

    assert response.status_code == 302
    written = Mail.objects.get()
    assert written.to == cast.aki.email
    assert "/auth/password/reset/key/" in written.text


def test_an_unknown_address_is_answered_alike_and_named_to_nobody(client, cast):
    known = client.post("/auth/password/reset/", {"email": cast.aki.email})
    unknown = client.post("/auth/password/reset/", {"email": "nobody@x.example"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_one_sees_and_ends_ones_own_sessions(client, cast):
    other = Client()
    sign_in(client, cast.aki.handle)
    sign_in(other, cast.aki.handle)
    assert UserSession.objects.filter(user=cast.aki.login_row).count() == 2

    client.post(reverse("usersessions_list"))

    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_a_page_is_in_the_readers_language(client, cast):
    sign_in(client, cast.aki.handle)
    assert 'lang="ja"' in client.get("/").content.decode()

    cast.aki.language = "en"
    cast.aki.save()

    assert 'lang="en"' in client.get("/").content.decode()


def test_pages_made_for_staff_do_not_exist_for_a_client(client, cast):
    client.force_login(cast.ken.login_row)

    assert client.get("/").status_code == 200
    for path in ("/portfolio/", "/ui/", f"/accounts/{cast.sora.pk}/who-sees/"):
        assert client.get(path).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_nothing_outlives_the_request(cast):
    def state():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_setting('agency.person', true)")
            return cursor.fetchone()

    before = state()[0]
    client = Client()
    client.force_login(cast.aki.login_row)
    for path in ("/", "/nowhere/", f"/accounts/{cast.rival.pk}/who-sees/"):
        client.get(path)
        assert state() == (before, "")


def test_an_error_in_a_page_rolls_back_what_it_wrote(client, cast, monkeypatch):
    from kakehashi.home.web import views

    def breaks(*_arguments):
        Account.objects.filter(pk=cast.sora.pk).update(name_en="Written by a broken page")
        raise ZeroDivisionError

    monkeypatch.setattr(views.queries, "number_seen", breaks)
    client.force_login(cast.aki.login_row)
    client.raise_request_exception = False

    assert client.get("/").status_code == 500
    cast.sora.refresh_from_db()
    assert cast.sora.name_en == ""
