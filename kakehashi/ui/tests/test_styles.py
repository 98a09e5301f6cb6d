"""A page links one style sheet, and it is all of them."""

from __future__ import annotations

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import get_finders

from kakehashi.ui.styles import NAME, SHEETS, in_one


def test_nothing_is_left_to_ask_for():
    text = in_one()

    assert "@import" not in text
    assert "url(" not in text, "an address in a sheet would have to be written anew"
    assert text.count("{") == text.count("}")
    assert re.findall(r"@layer (\w+) \{\n", text) == re.findall(
        r"layer\((\w+)\)", SHEETS.read_text(encoding="utf-8")
    )


def test_it_is_found_as_a_file_and_written_anew_only_when_it_changed(settings, tmp_path):
    settings.STYLES = tmp_path
    finders.get_finder.cache_clear()
    found = Path(finders.find(NAME))
    before = found.stat().st_mtime_ns
    finders.find(NAME)
    assert found.stat().st_mtime_ns == before
    assert found.read_text(encoding="utf-8") == in_one()

    found.write_text("old", encoding="utf-8")
    listed = [path for finder in get_finders() for path, _storage in finder.list(None)]

    assert listed.count(NAME) == 1
    assert found.read_text(encoding="utf-8") == in_one()
    assert [file.name for file in found.parent.iterdir()] == ["ui.css"]
    finders.get_finder.cache_clear()
