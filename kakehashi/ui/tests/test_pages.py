"""The gallery and the pages for what could not be shown, in both languages, without a database."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.template import TemplateSyntaxError
from django.urls import resolve
from django.utils import translation

from kakehashi.ui import apps, assets
from kakehashi.ui.csp import HEADER, ContentSecurityPolicy
from kakehashi.ui.sections import SECTIONS
from kakehashi.ui.web import views

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.test import RequestFactory

UI = Path(apps.__file__).parent
LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


class Reader(SimpleNamespace):
    """Signed in, without a row."""

    is_authenticated = True

    def get_username(self) -> str:
        return "ninomiya"


def request_of(rf: RequestFactory, path: str = "/ui/", *, ours: bool = True) -> HttpRequest:
    request = rf.get(path)
    request.user = Reader()
    request.person = SimpleNamespace(name="二宮 彩", name_en="Aya Ninomiya", is_ours=ours)
    request.resolver_match = resolve("/ui/")
    return request


@LANGUAGES
def test_the_gallery_is_shown_in_the_readers_language(rf: RequestFactory, language: str) -> None:
    with translation.override(language):
        html = views.gallery(request_of(rf)).content.decode()

    words = {
        "ja": ["部品", "二宮 彩", "¥4.1億"],
        "en": ["Components", "Aya Ninomiya", "¥412.8M"],
    }
    assert f'<html lang="{language}"' in html
    assert all(word in html for word in words[language])


def test_the_english_gallery_has_no_japanese_but_readings_and_language_names(
    rf: RequestFactory,
) -> None:
    with translation.override("en"):
        html = views.gallery(request_of(rf)).content.decode()

    left = html.replace("日本語", "").replace("にのみや あや", "")
    assert JAPANESE.findall(left) == []


def test_a_clients_contact_finds_no_gallery(rf: RequestFactory) -> None:
    with pytest.raises(Http404):
        views.gallery(request_of(rf, ours=False))


def test_who_is_not_signed_in_is_sent_to_the_door(rf: RequestFactory) -> None:
    request = request_of(rf)
    request.user = AnonymousUser()

    assert views.gallery(request).status_code == 302


ERRORS = {
    400: lambda request: views.bad_request(request, Exception("secret")),
    403: lambda request: views.forbidden(request, Exception("secret")),
    404: lambda request: views.not_found(request, Exception("secret")),
    500: views.server_error,
}


@LANGUAGES
@pytest.mark.parametrize("status", ERRORS)
def test_an_error_page_needs_no_database_and_tells_no_secret(
    rf: RequestFactory, language: str, status: int
) -> None:
    with translation.override(language):
        response = ERRORS[status](rf.get("/accounts/1/"))

    html = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}"' in html
    assert bool(JAPANESE.search(html)) == (language == "ja")
    assert "secret" not in html
    assert "/accounts/1/" not in html


def test_a_form_without_its_token_is_answered_in_the_house_look(
    rf: RequestFactory,
) -> None:
    response = views.csrf_failure(rf.post("/"), reason="no cookie")

    assert response.status_code == 403
    assert b"no cookie" not in response.content


def test_not_found_reads_the_same_for_every_address(rf: RequestFactory) -> None:
    one, other = (views.not_found(rf.get(p), Exception()).content for p in ("/a/", "/people/7/"))

    assert one == other


def test_the_choice_of_appearance_is_remembered(rf: RequestFactory) -> None:
    response = views.theme(rf.post("/ui/theme/", {"theme": "dark", "next": "/people/?q=1"}))
    request = request_of(rf)
    request.COOKIES["theme"] = response.cookies["theme"].value

    assert response["Location"] == "/people/?q=1"
    assert ' data-theme="dark">' in views.gallery(request).content.decode().split("<body")[0]


@pytest.mark.parametrize("sent", [{"theme": "neon"}, {}])
def test_an_unknown_appearance_is_not_remembered(rf: RequestFactory, sent: dict[str, str]) -> None:
    assert "theme" not in views.theme(rf.post("/ui/theme/", sent)).cookies


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "home", "home:home"])
def test_one_comes_back_to_this_site_only(rf: RequestFactory, elsewhere: str) -> None:
    sent = {"theme": "dark", "next": elsewhere}

    assert views.theme(rf.post("/ui/theme/", sent))["Location"] == "/"


def test_a_forged_appearance_falls_back_to_the_device(rf: RequestFactory) -> None:
    request = request_of(rf)
    request.COOKIES["theme"] = '"><script>'

    assert "data-theme=" not in views.gallery(request).content.decode().split("<body")[0]


def test_the_policy_knows_the_import_map_that_the_page_carries(
    rf: RequestFactory,
) -> None:
    html = views.gallery(request_of(rf)).content.decode()
    found = re.search(r'<script type="importmap">(.*?)</script>', html, re.DOTALL)
    response = ContentSecurityPolicy(lambda _: HttpResponse(html))(rf.get("/"))

    assert found
    assert found[1] == assets.import_map()
    assert f"'{assets.import_map_hash()}'" in response[HEADER]
    assert "unsafe" not in response[HEADER]


def test_a_view_may_set_a_narrower_policy(rf: RequestFactory) -> None:
    def narrow(_: Any) -> HttpResponse:
        return HttpResponse(headers={HEADER: "default-src 'none'"})

    assert ContentSecurityPolicy(narrow)(rf.get("/"))[HEADER] == "default-src 'none'"


TEMPLATES = sorted((UI / "templates").rglob("*.html"))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: str(f.relative_to(UI / "templates")))
def test_no_template_carries_a_style_or_a_script(file: Path) -> None:
    html = re.sub(r"{% comment %}.*?{% endcomment %}", "", file.read_text(), flags=re.DOTALL)
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", html)

    assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=|javascript:", html)
    assert all('type="importmap"' in tag or 'type="application/json"' in tag for tag in scripts)


def test_every_module_that_is_imported_is_in_the_map() -> None:
    sources = "".join(f.read_text() for f in (UI / "static/ui/js").glob("*.js"))
    imported = set(re.findall(r'(?:import|from) "([^"]+)"', sources))

    assert imported <= set(assets.modules())


def test_every_icon_that_a_page_names_is_in_the_sprite() -> None:
    pages = "".join(page.read_text() for page in UI.parent.glob("*/templates/**/*.html"))
    named = set(re.findall(r'(?:ui_icon |\bicon=)"([\w-]+)"', pages))

    assert named | {section.icon for section in SECTIONS} <= set(assets.icon_names())


def test_an_icon_that_is_not_in_the_sprite_is_an_error() -> None:
    with pytest.raises(TemplateSyntaxError, match="unicorn"):
        assets.icon("unicorn")


def test_the_icons_are_listed_once_and_in_order() -> None:
    assert list(assets.icon_names()) == sorted(set(assets.icon_names()))


def test_no_two_sections_share_a_key() -> None:
    keys = [section.key for section in SECTIONS]

    assert len(set(keys)) == len(keys)
