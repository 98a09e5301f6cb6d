"""What a reader does not find is a 404, whether it is behind a wall or nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")


def found_or_404(find: Callable[..., Found], *keys: object) -> Found:
    """What a package's query finds by these keys; its DoesNotExist is silence."""
    try:
        return find(*keys)
    except ObjectDoesNotExist as silence:
        raise Http404 from silence
