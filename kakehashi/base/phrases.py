"""Short phrases that several packages say, translated once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

YES = _("Yes")
NO = _("No")


def shortened(value: str, length: int = 40) -> str:
    """As much of a value as fits into a sentence about it."""
    return value if len(value) <= length else f"{value[:length]}…"
