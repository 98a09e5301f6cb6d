"""Every kind of page, in both languages, by day and by night, on a phone and on a desk."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from kakehashi.people.models import Person
from tests.browser import AXE, problems, what_sticks_out
from tests.stories.pages import every_page
from tests.stories.visitor import OK
from tests.stories.words import english_on

if TYPE_CHECKING:
    from tests.stories.pages import Shown
    from tests.stories.visitor import Visitor

pytestmark = pytest.mark.slow

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# Colours and what scrolls depend on the look, never on the language: axe reads Japanese pages, by
# every rule on a desk by day, by those of looks on a phone by night. Words are as long as they are
# in either language, so that both must fit; English ones without script, which is a look as well.
LOOKS = ((DESK, "light", ()), (PHONE, "dark", ("color-contrast", "link-in-text-block",
    "scrollable-region-focusable")))  # fmt: skip

FRAME = (".nav", ".top", "dialog")  # is the same around every page of a reader
# A page without script is its markup and its style sheets: where those stay, the body is enough.
PUT_UP = """async (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const sheets = (of) => [...of.querySelectorAll("link[rel=stylesheet]")].map((link) => link.href);
  if (String(sheets(page)) !== String(sheets(document))) return false;
  document.body.replaceWith(page.body);
  return true;
}"""


def found_wrong(who: Visitor, number: int) -> list[str]:
    """What is to be held against the page that stands open, in each look.

    Axe reads what is around the page on a reader's first one only.
    """
    reads_japanese = who.language == "ja"
    but = FRAME if number else ()
    wrong = [f"English: {text}" for text in english_on(who.page)] if reads_japanese else []
    for size, theme, rules in LOOKS if number % 2 else reversed(LOOKS):
        who.page.set_viewport_size(size)
        at = f"{size['width']} {theme}"
        if reads_japanese:
            who.page.emulate_media(color_scheme=theme)
            wrong += [f"{at}: {problem}" for problem in problems(who.page, *rules, but=but)]
        wrong += [f"{at}: sticks out: {element}" for element in what_sticks_out(who.page)]
    return wrong


def shows(who: Visitor, path: str) -> None:
    """Open a page; without script it takes the place of the one that stands open."""
    if who.language == "en":
        answer = who.page.request.get(path)
        assert answer.status == OK, f"{path}: {answer.status}"
        if who.page.evaluate(PUT_UP, answer.text()):
            return
    who.opens(path)


def test_every_page_fits_reads_well_and_speaks_its_language(visitor, settings):
    settings.SHOW_OUTBOX = True
    pages, missing = every_page()
    by_reader: dict[str, list[Shown]] = defaultdict(list)
    for page in pages:
        by_reader[page.reader].append(page)
    wrong = {}
    for language in ("ja", "en"):
        Person.objects.update(language=language)
        for reader, shown in by_reader.items():
            who = visitor(reader, language=language, java_script_enabled=language == "ja")
            if language == "ja":
                who.page.add_init_script(path=AXE)  # once a reader, not once a page
            for number, page in enumerate(shown):
                shows(who, page.path)
                wrong[f"{page.route} {page.path} ({reader}, {language})"] = found_wrong(who, number)
            if language == "ja":
                who.opens("/there/is/nothing/here/", status=404)
                wrong[f"404 ({reader})"] = found_wrong(who, len(shown))
    assert missing == []
    assert {page: found for page, found in wrong.items() if found} == {}
