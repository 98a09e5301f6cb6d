"""Where things stand: packages, names, dependencies, and what is not to be used at all."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib

from tests.architecture.source import PRODUCT, ROOT, modules, packages

LAYERS = {"web", "tasks", "actions", "queries", "rules", "models", "states"}
JUNK = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "service",
        "services", "signals"}  # fmt: skip


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def contracts() -> list[dict]:
    return project()["tool"]["importlinter"]["contracts"]


def test_every_package_has_its_place_in_the_order():
    (down, _inside) = contracts()
    placed = {name.strip("() ") for row in down["layers"] for name in row.split("|")}

    missing = {f"kakehashi.{name}" for name in packages()} - placed - {"kakehashi.policy"}
    assert missing == set()


def test_every_package_of_several_layers_keeps_their_order():
    (_down, inside) = contracts()
    layered = {
        f"kakehashi.{name}"
        for name in packages()
        if len(LAYERS & {p.stem for p in (PRODUCT / name).iterdir()}) > 1
    }

    assert layered - set(inside["containers"]) == set()


def test_no_module_is_a_drawer_for_everything():
    assert [module.name for module in modules() if JUNK & set(module.parts)] == []


def test_nothing_happens_behind_a_save():
    """No signals, no save hooks: an action says what it does."""
    listening = {
        module.name for module in modules() if any("signals" in path for path in module.imports())
    }
    hooked = {
        module.name
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef)
        and node.name in {"save", "delete"}
        and "models" in module.parts
    }

    assert (listening, hooked) == (set(), set())


def test_nothing_walled_is_cached():
    """Django's cache knows no person; only allauth's rate limits use it."""
    assert {
        module.name
        for module in modules()
        if any(path.startswith("django.core.cache") for path in module.imports())
    } == set()


def test_there_is_no_django_admin():
    from django.conf import settings

    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_locks_name_no_registry():
    hosts = re.compile(r"https?://[^\s\"']+")
    for name in ("requirements.lock", "package-lock.json"):
        text = (ROOT / name).read_text(encoding="utf-8")
        resolved = [url for url in hosts.findall(text) if "registry" in url or "/simple" in url]
        assert (name, resolved) == (name, [])
        assert "index-url" not in text
        assert '"resolved"' not in text


def test_each_dependency_gives_its_reason():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    plain = [line for line in lines if re.fullmatch(r'  "[A-Za-z][\w.-]*(\[.*\])?[^"]*",', line)]

    assert [line for line in plain if re.search(r"[<>]=", line)] == []


def test_no_file_names_a_machine():
    """Paths of somebody's own machine, in anything that is kept."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    named = re.compile(r"(?<![\w.>])/(home|Users)/[a-z]\w+/")
    found = [
        name
        for name in listed.stdout.splitlines()
        if (path := ROOT / name).suffix in {".py", ".md", ".toml", ".html", ".css", ".js", ".po"}
        and path.exists()
        and named.search(path.read_text(encoding="utf-8"))
    ]

    assert found == []
