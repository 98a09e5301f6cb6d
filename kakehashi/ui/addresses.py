"""Django's tag of addresses, with what is the same in all addresses of a kind found out once.

A list leads from each row to a few pages that differ by one id. The way there is reversed the
first time; after that only the id is put in. Settings put this tag in the place of Django's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.template import Library
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from django.template import Context, Node
    from django.template.base import Parser, Token

register = Library()
SOME = UUID("00000000-0000-4000-8000-000000000000")


class AddressNode(URLNode):
    """The address of a page by one id, kept as what stands before the id and behind it."""

    def __init__(self, address: URLNode) -> None:
        super().__init__(address.view_name, address.args, address.kwargs, address.asvar)
        self.kept: dict[tuple[str | None, str], tuple[str, str]] = {}

    def render(self, context: Context) -> str:
        value = self.args[0].resolve(context)
        if type(value) is not UUID:
            return str(super().render(context))
        key = get_urlconf(), get_script_prefix()
        if key not in self.kept:
            try:
                way = reverse(str(self.view_name.var), args=[SOME])
            except NoReverseMatch:  # it names what is wrong, or leaves the name without a value
                return str(super().render(context))
            before, _id, behind = way.partition(str(SOME))
            self.kept[key] = before, behind
        before, behind = self.kept[key]
        address = f"{before}{value}{behind}"
        if self.asvar:
            context[self.asvar] = address
            return ""
        return escape(address) if context.autoescape else SafeString(address)


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Django's own tag; kept where one id is all that an address depends on."""
    address = django_url(parser, token)
    name = address.view_name
    if len(address.args) == 1 and not address.kwargs and isinstance(name.var, str):
        return AddressNode(address) if not name.filters else address
    return address
