"""The pages of the sign-in library, in the house look, as the gate's role sees them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.factories import PASSWORD

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

pytestmark = pytest.mark.django_db

OUTSIDE = [
    "/auth/login/",
    "/auth/password/reset/",
    "/auth/password/reset/done/",
    "/auth/signup/",
]
INSIDE = [
    "/auth/password/change/",
    "/auth/email/",
    "/auth/2fa/",
    "/auth/sessions/",
    "/auth/logout/",
]
LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


@LANGUAGES
@pytest.mark.parametrize("path", OUTSIDE)
def test_before_the_door_the_house_look_speaks_the_browsers_language(
    client: Client, path: str, language: str
) -> None:
    html = client.get(path, headers={"accept-language": language}).content.decode()

    assert f'<html lang="{language}"' in html
    assert 'class="entrance-brand"' in html
    assert bool(JAPANESE.search(html.replace("日本語", ""))) == (language == "ja")


@pytest.mark.parametrize("path", INSIDE)
def test_behind_the_door_each_page_of_ones_login_is_shown(
    client: Client, cast: Cast, path: str
) -> None:
    client.force_login(cast.aki.login_row)

    html = client.get(path).content.decode()

    assert "<h1" in html
    assert "ui/css/ui.css" in html


def test_a_wrong_password_is_refused_with_a_reason(client: Client, cast: Cast) -> None:
    html = client.post(
        "/auth/login/", {"login": cast.aki.handle, "password": f"{PASSWORD}x"}
    ).content.decode()

    assert 'role="alert"' in html
    assert "正しくありません" in html


def test_nobody_signs_up_here(client: Client) -> None:
    response = client.get("/auth/signup/", headers={"accept-language": "en"})

    assert "No sign-up here" in response.content.decode()
    assert '<input type="password"' not in response.content.decode()


def test_a_clients_contact_chooses_the_appearance_but_finds_no_gallery(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.ken.login_row)

    assert client.post("/ui/theme/", {"theme": "dark"}).cookies["theme"].value == "dark"
    assert client.get("/ui/").status_code == 404


def test_who_is_not_signed_in_yet_chooses_the_appearance_too(client: Client) -> None:
    assert client.post("/ui/theme/", {"theme": "dark"}).cookies["theme"].value == "dark"
    assert client.get("/ui/").status_code == 302
