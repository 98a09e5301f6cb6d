"""The kinds of balls: each package that asks for something names its kinds here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from kakehashi.handoffs.states import FREE

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_labels: dict[str, str | _StrPromise] = {FREE: gettext_lazy("Question")}
_theirs_alone: set[str] = set()


def register(kind: str, label: str | _StrPromise, *, theirs_alone: bool = False) -> None:
    """`label` says in one word what is expected; call from AppConfig.ready.

    What is `theirs_alone` nobody else can do: it is not passed on.
    """
    _labels[kind] = label
    if theirs_alone:
        _theirs_alone.add(kind)


def is_theirs_alone(kind: str) -> bool:
    return kind in _theirs_alone


def kind_label(kind: str) -> str:
    """Raises KeyError for a kind nobody registered."""
    return str(_labels[kind])


def kinds() -> frozenset[str]:
    return frozenset(_labels)
