"""The kinds of balls: each package that asks for something names its kinds here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from kakehashi.handoffs.states import FREE

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_labels: dict[str, str | _StrPromise] = {FREE: gettext_lazy("Question")}


def register(kind: str, label: str | _StrPromise) -> None:
    """`label` says in one word what is expected; call from AppConfig.ready."""
    _labels[kind] = label


def kind_label(kind: str) -> str:
    """Raises KeyError for a kind nobody registered."""
    return str(_labels[kind])


def kinds() -> frozenset[str]:
    return frozenset(_labels)
