"""What a page loads: the import map of our own and foreign ES modules, and its hash for the CSP.

A module is imported by a bare name (`#ui/dialogs`, `htmx.org`), never by a path: the map alone
knows the hashed file names, so a change of one file does not rename the others.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path

from django.template import TemplateSyntaxError
from django.templatetags.static import static

HERE = Path(__file__).parent / "static"
FOREIGN = {"htmx.org": "npm/htmx.esm.js", "echarts": "npm/echarts.esm.min.js"}
SPRITE = "npm/icons.svg"


def modules() -> dict[str, str]:
    """Bare name → static file, for every module a page may import."""
    own = {f"#ui/{file.stem}": f"ui/js/{file.name}" for file in sorted(HERE.glob("ui/js/*.js"))}
    return {**FOREIGN, **own}


@cache
def import_map() -> str:
    return json.dumps({"imports": {name: static(file) for name, file in modules().items()}})


@cache
def import_map_hash() -> str:
    digest = hashlib.sha256(import_map().encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def sprite() -> str:
    return static(SPRITE)


@cache
def icon_names() -> tuple[str, ...]:
    """The icons the sprite is built from, one Tabler outline name a line."""
    return tuple((Path(__file__).parent / "icons.txt").read_text(encoding="utf-8").split())


def icon(name: str) -> str:
    """The address of an icon in the sprite."""
    if name not in icon_names():
        raise TemplateSyntaxError(f"ui_icon: {name!r} is not in icons.txt")
    return f"{sprite()}#{name}"
