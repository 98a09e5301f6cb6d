"""Names for what a ground of sight stands on: each package above names its own kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from uuid import UUID

Names = Callable[["AbstractSet[UUID]"], "dict[UUID, str]"]
_names: dict[str, Names] = {}


def register(rule: str, function: Names) -> None:
    """`function` names those of the ids that the acting person sees; call from ready."""
    _names[rule] = function


def named(rule: str, ids: AbstractSet[UUID]) -> dict[UUID, str]:
    """Names of what a rule's grounds point at, as far as the acting person sees them."""
    if not ids or rule not in _names:
        return {}
    return _names[rule](ids)
