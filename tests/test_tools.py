"""The tool that keeps every sentence translated, on a small package of its own."""

from __future__ import annotations

import pytest

from tools import strings

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext
def say(count):
    rows = ngettext("%(n)d row", "%(n)d rows", count)
    return _("Hello, %(name)s."), rows, pgettext("door", "Open")
"""
TEMPLATE = """{% load i18n %}
<h1>{% translate "A title" %}</h1>
  {% blocktranslate trimmed with who=person %}
    It's 5 % more,
    {{ who }}.
  {% endblocktranslate %}
{{ _("In a filter")|upper }} {% include "x.html" with label=_("As an argument") %}
"""
SAID = {
    ("", "Hello, %(name)s."),
    ("", "%(n)d row"),
    ("door", "Open"),
    ("", "A title"),
    ("", "It's 5 %% more, %(who)s."),
    ("", "In a filter"),
    ("", "As an argument"),
}


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """Two packages, one of which says something."""
    monkeypatch.setattr(strings, "ROOT", tmp_path)
    made = [tmp_path / "kakehashi" / name for name in ("doors", "windows")]
    for package in made:
        (package / "templates").mkdir(parents=True)
    (made[0] / "rules.py").write_text(PYTHON)
    (made[0] / "templates" / "page.html").write_text(TEMPLATE)
    monkeypatch.setattr(strings, "PACKAGES", made)
    return made


def translate(package, *entries):
    path = strings.catalogue_path(package)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(strings.HEADER + "".join(f"\n{entry}\n" for entry in entries), "utf-8")


def test_everything_that_is_said_is_found(packages):
    assert {tuple(use.key) for use in strings.uses(packages[0])} == SAID


def test_what_has_no_japanese_fails_the_check_until_it_is_translated(packages, capsys):
    assert strings.check() == 1
    assert "rules.py:5: no Japanese for 'Open' (door)" in capsys.readouterr().err

    strings.update()
    assert {tuple(key) for key, _ in strings.entries(packages[0])} == SAID
    assert strings.check() == 1, "an empty translation is none"

    translate(packages[0], *(written(use) for use in strings.uses(packages[0])))

    assert strings.check() == 0


def written(use):
    blank = strings.blank_entry(use).rpartition('""')[0]
    return f'{blank}"訳{"".join(sorted(strings.fills(use.key.text)))}"'


def test_the_same_words_translated_elsewhere_will_do(packages):
    translate(packages[1], *(written(use) for use in strings.uses(packages[0])))

    assert strings.check() == 0


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('#, fuzzy\nmsgid "Shut"\nmsgstr "閉める"', "fuzzy: 'Shut'"),
        ('msgid "To %(name)s"\nmsgstr "%(who)s 様"', "other placeholders"),
        ('msgid "To {name}"\nmsgstr "様"', "other placeholders"),
    ],
)
def test_an_entry_that_is_unsure_or_loses_a_name_fails(packages, entry, problem):
    translate(packages[0], entry)

    assert problem in "\n".join(strings.broken_entries())


def test_one_sentence_translated_in_two_ways_fails(packages):
    translate(packages[0], 'msgid "Open"\nmsgstr "開く"')
    translate(packages[1], 'msgid "Open"\nmsgstr "開いている"')

    (told,) = strings.contradictions()
    assert "'Open' is both 開く (doors) and 開いている (windows)" in told


def test_compiling_makes_what_django_reads(packages):
    translate(packages[0], 'msgid "Open"\nmsgstr "開く"')

    strings.compile_all()

    assert "開く".encode() in strings.catalogue_path(packages[0]).with_suffix(".mo").read_bytes()
