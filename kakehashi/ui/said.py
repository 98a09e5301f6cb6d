"""Django's tags of translation, with what a template says in its own words looked up once.

A list says the same few words in every row. `{% translate "Lead" %}` is the same text in every
place of a page and on every page of a language, so each tag keeps it. Settings put this library
in the place of Django's own `i18n`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template import Library, Node
from django.templatetags import i18n
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django.template import Context
    from django.template.base import Parser, Token
    from django.templatetags.i18n import TranslateNode

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class SaidNode(Node):
    """Words of a template, kept by language as they were said the first time."""

    def __init__(self, words: TranslateNode) -> None:
        self.words = words
        self.kept: dict[tuple[str | None, bool], str] = {}

    def render(self, context: Context) -> str:
        key = get_language(), context.autoescape
        said = self.kept.get(key)
        if said is None:
            said = self.kept[key] = self.words.render(context)
        return said


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """Django's own tag; kept where the template alone decides what it says."""
    words = i18n.do_translate(parser, token)
    expression, distinguished = words.filter_expression, words.message_context
    asks_page = expression.filters or expression.var.lookups is not None
    if asks_page or words.asvar or words.noop:
        return words
    if distinguished is not None and not isinstance(distinguished.var, str):
        return words
    return SaidNode(words)
