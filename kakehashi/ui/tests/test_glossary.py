"""The glossary: complete in both languages, found by any spelling, explained where it is used."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation

from kakehashi.ui import glossary
from kakehashi.ui.glossary.terms import TERMS


def test_every_term_says_everything_in_both_languages():
    for row in TERMS:
        assert all(row), row[0]


def test_no_term_stands_twice():
    keys = [row[0] for row in TERMS]
    names = [row[2] for row in TERMS]

    assert len(set(keys)) == len(keys)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("q", ["コンタクト", "こんたくと", "contact rep", "ｺﾝﾀｸﾄ"])
def test_a_term_is_found_by_any_spelling(q):
    assert [one.key for one in glossary.terms(q)] == ["contact_report"]


def test_japanese_readers_have_them_by_reading_and_english_by_letters():
    with translation.override("ja"):
        assert glossary.terms()[0].name == "相見積"
    with translation.override("en"):
        assert glossary.terms()[0].name == "Acceptance"


def test_a_term_is_explained_where_it_is_used():
    with translation.override("en"):
        html = Template('{% load ui %}{% ui_term "hhi" %}').render(Context())

    assert "Herfindahl" in html
    assert "#term-hhi" in html


def test_an_unknown_term_is_an_error():
    with pytest.raises(KeyError):
        Template('{% load ui %}{% ui_term "nonsense" %}').render(Context())


@pytest.mark.parametrize("who", ["aki", "ken"])
def test_everybody_who_signed_in_reads_the_page(client, cast, who):
    client.force_login(getattr(cast, who).login_row)

    assert "コンタクトレポート" in client.get("/ui/glossary/").content.decode()


def test_what_is_not_there_is_said(client, cast):
    client.force_login(cast.aki.login_row)

    shown = client.get("/ui/glossary/?q=zzz", HTTP_HX_REQUEST="true").content.decode()

    assert shown.strip().startswith('<div id="terms">')
    assert "term-" not in shown


def test_strangers_sign_in_first(client, db):
    assert client.get("/ui/glossary/").status_code == 302
