"""The one style sheet that a page links, made of those that css/sheets.css names.

A browser would ask for some forty one after the other's list has come; here it asks once.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from kakehashi.ui.assets import HERE

if TYPE_CHECKING:
    from collections.abc import Iterable

SHEETS = HERE / "ui" / "css" / "sheets.css"
NAME = "ui/css/ui.css"
READABLE = 0o644
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')


def in_one() -> str:
    """Every sheet's own text, in its layer and its place."""

    def text_of(named: re.Match[str]) -> str:
        text = (SHEETS.parent / named[1]).read_text(encoding="utf-8")
        return f"@layer {named[2]} {{\n{text}}}"

    return IMPORT.sub(text_of, SHEETS.read_text(encoding="utf-8"))


class OneSheet(BaseFinder):
    """Finds the one sheet, written anew when any of it has changed."""

    def check(self, **_options: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        if path != NAME:
            return []
        found = str(self._written())
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Any]]:  # noqa: ARG002 - Django's signature
        self._written()
        yield NAME, self._storage

    @cached_property
    def _storage(self) -> FileSystemStorage:
        return FileSystemStorage(location=settings.STYLES)

    def _written(self) -> Path:
        at, text = Path(settings.STYLES) / NAME, in_one()
        if not at.exists() or at.read_text(encoding="utf-8") != text:
            at.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile("w", encoding="utf-8", dir=at.parent, delete=False) as new:
                new.write(text)
            Path(new.name).chmod(READABLE)
            Path(new.name).replace(at)  # another process may read it meanwhile
        return at
