"""What packages above add to the pages of people and offices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from django.http import HttpRequest  # noqa: TID251 - what a panel is built from

Place = Literal["person_accounts", "office_accounts", "own"]


@dataclass(frozen=True)
class Panel:
    """A template to include, which finds `context` under the name `panel`."""

    template: str
    context: dict[str, Any]


Build = Callable[["HttpRequest", Any], Panel | None]
_builds: dict[str, list[Build]] = {}


def register(place: Place, build: Build) -> None:
    """`build(request, person_or_office)` gives a Panel, or None for nothing; call from ready."""
    _builds.setdefault(place, []).append(build)


def panels(place: Place, request: HttpRequest, thing: Any) -> list[Panel]:
    """The panels of a place for what this reader may see."""
    built = (build(request, thing) for build in _builds.get(place, ()))
    return [panel for panel in built if panel is not None]
