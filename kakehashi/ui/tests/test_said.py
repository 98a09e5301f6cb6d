"""Words of a template are looked up once a language, and only where the template alone decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.template import Context, Template
from django.templatetags.i18n import TranslateNode
from django.utils import translation

from kakehashi.ui.said import SaidNode

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How often Django's own tag was asked."""
    times = []
    own = TranslateNode.render

    def render(self: TranslateNode, context: Context) -> str:
        times.append(self)
        return str(own(self, context))

    monkeypatch.setattr(TranslateNode, "render", render)
    return lambda: len(times)


def said(template: Template, language: str, **values: object) -> str:
    with translation.override(language):
        return template.render(Context(values))


def test_words_are_looked_up_once_a_language(asked: Callable[[], int]) -> None:
    template = Template('{% load i18n %}{% for row in "abc" %}{% translate "Yes" %}{% endfor %}')

    assert said(template, "en") == said(template, "en") == "YesYesYes"
    assert said(template, "ja") == "はいはいはい"
    assert asked() == 2


def test_one_word_in_two_senses_is_kept_as_two() -> None:
    template = Template(
        '{% load i18n %}{% translate "People" context "section" %} {% translate "People" %}'
    )

    nodes = template.nodelist.get_nodes_by_type(SaidNode)
    assert [node.words.message_context is None for node in nodes] == [False, True]
    assert said(template, "en") == "People People"


@pytest.mark.parametrize(
    "tag",
    ["translate word", 'translate "Yes"|upper', 'translate "Yes" as word'],
)
def test_what_the_page_decides_is_asked_of_each_page(tag: str) -> None:
    template = Template("{% load i18n %}{% " + tag + " %}{{ word }}")

    assert not template.nodelist.get_nodes_by_type(SaidNode)
    assert said(template, "en", word="No") != said(template, "ja", word="Yes")


def test_it_is_escaped_as_the_page_is() -> None:
    template = Template(
        "{% load i18n %}{% translate 'Ham & eggs' %}"
        "{% autoescape off %}{% translate 'Ham & eggs' %}{% endautoescape %}"
    )

    own = Template(
        "{% load i18n %}{% with a='Ham & eggs' %}{% translate a %}"
        "{% autoescape off %}{% translate a %}{% endautoescape %}{% endwith %}"
    )
    assert said(template, "en") == said(own, "en")
