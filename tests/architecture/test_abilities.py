"""The one table of abilities is complete: nothing asks beside it, nothing stands in it for show."""

from __future__ import annotations

import ast
import re

from kakehashi.policy.abilities import ABILITIES
from tests.architecture.source import first_text, modules, packages, templates

VERB = re.compile(rf"({'|'.join(packages())})\.[a-z_]+")
ASKING = {"require": 1, "objection": 1, "to": 0}  # which argument names the ability
BESIDE = {"policy.abilities"}
ON_PAGES_ONLY = {"people.export"}  # guards a page that only reads: no action stands behind it


def asked_for() -> set[str]:
    """Every verb that an action or a kind of file names; pages repeat what actions ask."""
    return {
        text
        for module in modules()
        if module.name not in BESIDE and "web" not in module.parts
        for text in module.texts()
        if VERB.fullmatch(text) and text in ABILITIES
    }


def test_every_ability_is_asked_for_by_what_it_guards():
    assert set(ABILITIES) - asked_for() == ON_PAGES_ONLY


def test_every_verb_asked_for_is_an_ability():
    asked = {
        f"{module.name}: {verb}"
        for module in modules()
        for name, call in module.calls()
        if name in ASKING
        and (verb := first_text(call, ASKING[name]))
        and VERB.fullmatch(verb)
        and verb not in ABILITIES
    }

    assert asked == set()


def test_an_ability_belongs_to_a_package_and_is_a_verb():
    assert [name for name in ABILITIES if not VERB.fullmatch(name)] == []


def test_no_template_asks_who_somebody_is():
    """Templates show what a view found out; they decide nothing by rights of their own."""
    asking = re.compile(r"\{%\s*(el)?if[^%]*\b(is_staff|is_superuser|perms|user\.groups)\b")

    assert [path for path, text in templates() if asking.search(text)] == []


def test_nothing_asks_django_for_permissions():
    """`has_perm` and its decorators would be a second table."""
    second = {"has_perm", "has_perms", "has_module_perms", "permission_required"}
    found = {
        module.name
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.Attribute)
        and (node.id if isinstance(node, ast.Name) else node.attr) in second
    }

    assert found == set()
