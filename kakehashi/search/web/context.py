"""The pins of every page: the row it is about, and what its reader pinned, asked when shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import Resolver404, resolve
from django.utils.functional import cached_property

from kakehashi.search.kinds import BY_NAME
from kakehashi.search.queries import Hit, pinned_ids

if TYPE_CHECKING:
    from django.http import HttpRequest

OPENED = {
    "clients:account": ("account", "pk"),
    "people:person": ("person", "pk"),
    "people:office": ("office", "pk"),
    "clients:company": ("company", "pk"),
    "clients:brand": ("brand", "brand_pk"),
    "handoffs:ball": ("ball", "pk"),
    "requests:account": ("account", "pk"),
    "requests:request": ("request", "pk"),
}


def row_at(path: str) -> Hit | None:
    """The row a page is about."""
    try:
        match = resolve(urlsplit(path).path)
    except (Resolver404, ValueError):
        return None
    name, tab, _rest = match.view_name.partition("account-")
    about = OPENED.get(f"{name}account" if tab else name)
    if about is None:
        return None
    kind, argument = about
    pk = match.kwargs.get(argument)
    return Hit(BY_NAME[kind], pk) if isinstance(pk, UUID) else None


class Pins:
    """What the reader pinned, and the row of this page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def here(self) -> Hit | None:
        hit = row_at(self.request.path)
        return hit if hit and hit.has_a_page(ours=self.request.person.is_ours) else None

    @cached_property
    def ids(self) -> frozenset[UUID]:
        return pinned_ids(self.request.person)


def pins(request: HttpRequest) -> dict[str, Any]:
    return {"pins": Pins(request)}
