"""Pages and actions that are found by name, in both languages whatever the reader's.

An action on an account is offered for the accounts that the rest of the words finds, and without
such words leads to a choice among the reader's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.utils import translation

from kakehashi.base.text import nfkc, reading, romaji, romaji_key
from kakehashi.search.destinations import PAGES, Destination

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("ja", "en")
SHORTEST_ALIKE = 5  # letters of a word in which one may be wrong


@dataclass(frozen=True)
class Key:
    """What a destination is called, as it is compared."""

    label: str
    words: tuple[str, ...]

    def fit(self, said: str) -> int:
        """3 the label's beginning, 2 a name's or a word's beginning, 1 inside, 0 not at all."""
        if self.label.startswith(said):
            return 3
        if any(word.startswith(said) for word in self.words):
            return 2
        return int(len(said) > 1 and not said.isascii() and any(said in w for w in self.words))

    def is_alike(self, said: str) -> bool:
        return any(_one_letter_off(said, word) for word in self.words)


@cache
def _keys() -> dict[Destination, tuple[Key, ...]]:
    """The names of all destinations in each language; the same for every reader."""
    found: dict[Destination, tuple[Key, ...]] = {}
    for place in PAGES:
        keys = []
        for language in LANGUAGES:
            with translation.override(language):
                keys.append(_key(str(place.label), str(place.words)))
        found[place] = tuple(keys)
    return found


def _key(label: str, words: str) -> Key:
    names = [label, *words.replace("、", ",").split(",")]
    plain = [folded(name) for name in names]
    apart = [folded(word) for word in words_of(names)]
    latin = [romaji_key(romaji(reading(word))) for word in names + words_of(names)]
    return Key(plain[0], tuple(dict.fromkeys(word for word in plain + apart + latin if word)))


def words_of(names: list[str]) -> list[str]:
    return [word for name in names for word in name.split()]


def folded(text: str) -> str:
    return reading(nfkc(text))


def matching(said: list[str]) -> Iterator[tuple[Destination, int, list[str]]]:
    """Destinations that some of the words name, how well, and the words that are left over."""
    whole = [word for word in map(folded, said) if word]
    if not whole:
        return
    for place, keys in _keys().items():
        fits = [max(key.fit(word) for key in keys) for word in whole]
        joined = max(key.fit("".join(whole)) for key in keys)
        left = [word for word, fit in zip(whole, fits, strict=True) if not fit]
        if joined:
            yield place, joined, []
        elif not left:
            yield place, min(fits), []
        elif place.on_account and len(left) < len(whole):
            yield place, min(fit for fit in fits if fit), left


def alike(said: list[str]) -> Iterator[Destination]:
    """Destinations named by a word with one letter wrong."""
    word = romaji_key("".join(said))
    if len(word) < SHORTEST_ALIKE or not word.isascii():
        return
    for place, keys in _keys().items():
        if any(key.is_alike(word) for key in keys):
            yield place


def _one_letter_off(said: str, word: str) -> bool:
    """Whether one letter is wrong, missing or too many, or two neighbours are exchanged."""
    if abs(len(said) - len(word)) > 1 or len(word) < SHORTEST_ALIKE:
        return False
    at = next((i for i, (a, b) in enumerate(zip(said, word, strict=False)) if a != b), None)
    if at is None:
        return True
    exchanged = said[:at] + said[at : at + 2][::-1] + said[at + 2 :]
    return exchanged == word or any(
        said[i:] == word[j:] for i, j in ((at + 1, at + 1), (at, at + 1), (at + 1, at))
    )
