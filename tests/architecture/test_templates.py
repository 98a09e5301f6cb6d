"""Templates: no script and no style inside them, no question to the database, words translated."""

from __future__ import annotations

import re

from tests.architecture.source import modules, templates

SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>")
STYLE = re.compile(r"<style\b|\sstyle\s*=")
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=|\bhref\s*=\s*[\"']?javascript:|\bhx-on")
MAIL = "/mail/"  # mail programs read no style sheets
SAFE = {
    "ui/templates/ui/scripts.html": "the import map, which is our own",
    "ui/templates/ui/components/form_row.html": "help texts, which are written in forms",
}
SIGNED = {"notify/templates/notify/unsubscribe.html"}  # its address is signed: no session stands
INLINE = {
    "ui/templates/ui/scripts.html": '<script type="importmap">',  # allowed by its digest in the CSP
}


def test_no_script_stands_in_a_template():
    found = {
        (path, script)
        for path, text in templates()
        for script in SCRIPT.findall(text)
        if INLINE.get(path) != script
    }

    assert found == set()


def test_no_style_stands_in_a_template():
    assert [path for path, text in templates() if STYLE.search(text) and MAIL not in path] == []


def test_no_handler_stands_in_a_template():
    """htmx attributes that evaluate script are among them."""
    assert [path for path, text in templates() if HANDLER.search(text)] == []


def test_what_is_safe_is_said_by_components_only():
    """`|safe` and `autoescape off` let somebody else's text become a page."""
    loud = re.compile(r"\|\s*safe\b|autoescape\s+off|\bsafeseq\b")
    found = {path for path, text in templates() if loud.search(text)}

    assert found == set(SAFE)


def test_html_is_not_made_in_python():
    """But by the components, whose parts are escaped."""
    found = {
        module.name
        for module in modules()
        if any(name in {"mark_safe", "SafeString"} for name, _call in module.calls())
    }

    assert {name for name in found if not name.startswith("ui.")} == set()


def test_every_form_that_changes_something_carries_its_token():
    form = re.compile(r"<form\b[^>]*method=[\"']post[\"'][^>]*>(.*?)</form>", re.DOTALL)
    found = {
        path
        for path, text in templates()
        for body in form.findall(text)
        if "csrf_token" not in body and "ui_form_rows" not in body
    }

    assert found == SIGNED


def test_templates_extend_or_include_nothing_that_is_not_there():
    known = {path.partition("/templates/")[2] for path, _text in templates()}
    named = re.compile(r"\{%\s*(?:extends|include)\s+\"([^\"#]+)(?:#\w+)?\"")
    outside = ("django/", "account/", "allauth/", "mfa/", "usersessions/")
    missing = {
        (path, name)
        for path, text in templates()
        for name in named.findall(text)
        if name not in known and not name.startswith(outside)
    }

    assert missing == set()
