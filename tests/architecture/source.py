"""The product's own source, as a machine reads it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = ROOT / "kakehashi"


@dataclass(frozen=True)
class Module:
    """One file of the product: its dotted name within it and what it says."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.name.split("."))

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call, by the last name of what is called."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                called = node.func
                if isinstance(called, ast.Attribute):
                    yield called.attr, node
                elif isinstance(called, ast.Name):
                    yield called.id, node

    def texts(self) -> Iterator[str]:
        """Every piece of text in it, those between the holes of f-strings too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value

    def imports(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def modules() -> tuple[Module, ...]:
    """Every module but migrations and tests."""
    return tuple(
        Module(
            ".".join(path.relative_to(PRODUCT).with_suffix("").parts),
            path,
            ast.parse(path.read_text(encoding="utf-8")),
        )
        for path in sorted(PRODUCT.rglob("*.py"))
        if not {"migrations", "tests"} & set(path.parts)
    )


@cache
def templates() -> tuple[tuple[str, str], ...]:
    """Every template's path and text."""
    return tuple(
        (str(path.relative_to(PRODUCT)), path.read_text(encoding="utf-8"))
        for path in sorted(PRODUCT.rglob("*.html"))
    )


def packages() -> list[str]:
    return sorted(path.parent.name for path in PRODUCT.glob("*/__init__.py"))


def first_text(call: ast.Call, place: int = 0) -> str | None:
    """An argument of a call, if it is plain text."""
    if len(call.args) <= place:
        return None
    said = call.args[place]
    return said.value if isinstance(said, ast.Constant) and isinstance(said.value, str) else None
