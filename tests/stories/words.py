"""English on a Japanese page: words of ours that were left, and sentences nobody translates."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

import kakehashi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

PACKAGES = Path(kakehashi.__file__).parent
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
HAS_A_WORD = re.compile(r"[a-z]{3}")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
SENTENCE = re.compile(r"\b(the|of|to|is|are|not|no|by|in|on|for|with|from|this|you|your|it)\b")
FEWEST_WORDS = 3
OF_LANGUAGES = {"English"}  # a language is called as its readers call it

READ = """() => {
  const foreign = `:is(code, pre, kbd, script, style, textarea, [translate=no],
    [lang]:not(html, [lang=ja]))`;
  const found = [];
  const take = (element, text) => {
    if (text && text.trim() && !element.closest(foreign)) found.push(text.trim());
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode()); ) take(node.parentElement, node.data);
  for (const name of ["aria-label", "placeholder", "title", "alt", "data-label"])
    for (const element of document.querySelectorAll(`[${name}]`))
      take(element, element.getAttribute(name));
  take(document.body, document.title);
  return found;
}"""


def english_on(page: Page) -> list[str]:
    """What on the page, seen or only heard, should be Japanese and is not."""
    return sorted({text for text in page.evaluate(READ) if is_left_in_english(text)})


@cache
def is_left_in_english(text: str) -> bool:
    words = " ".join(text.split())
    if words in OF_LANGUAGES or JAPANESE.search(words):
        return False
    if words in _plain() or any(pattern.fullmatch(words) for pattern in _patterns()):
        return True
    return len(words.split()) >= FEWEST_WORDS and SENTENCE.search(words) is not None


@cache
def _plain() -> frozenset[str]:
    return frozenset(text for text in _sources() if not PLACEHOLDER.search(text))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Sources with something to fill in; those of little else would match names."""
    return tuple(
        re.compile(".+".join(map(re.escape, PLACEHOLDER.split(text))))
        for text in _sources()
        if PLACEHOLDER.search(text) and HAS_A_WORD.search(PLACEHOLDER.sub("", text))
    )


def _sources() -> Iterator[str]:
    """Every English source of ours whose Japanese is something else."""
    for file in sorted(PACKAGES.glob("*/locale/ja/LC_MESSAGES/django.po")):
        with file.open("rb") as opened:
            for message in read_po(opened, locale="ja"):
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                said = message.string if isinstance(message.string, tuple) else (message.string,)
                if HAS_A_WORD.search(ids[0]) and JAPANESE.search("".join(said)):
                    yield from (" ".join(text.split()).replace("%%", "%") for text in ids)
