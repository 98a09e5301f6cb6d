"""Categories as the check reads them: all schemes with what links them, and what words mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kakehashi.base.text import one_line
from kakehashi.conflicts.checking.relations import Tree
from kakehashi.conflicts.models import Category, CategoryLink, CategoryPair, CategoryWord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from kakehashi.conflicts.checking.facts import Name

OWN = "kkh"
"""The scheme that comes with the product: a plain word means one of its categories first."""


@dataclass(frozen=True)
class Vocabulary:
    """The tree of all categories, what they are called, and which words mean which of them."""

    tree: Tree
    names: Mapping[UUID, Name]
    keys: Mapping[UUID, str]
    meanings: Mapping[str, UUID]
    _placed: dict[tuple[str, ...], frozenset[UUID]] = field(default_factory=dict, compare=False)

    def placed(self, labels: Iterable[str]) -> frozenset[UUID]:
        """The categories that some words mean; thousands of accounts have few sets of words."""
        key = tuple(labels)
        if key not in self._placed:
            self._placed[key] = frozenset(
                self.meanings[label] for label in key if label in self.meanings
            )
        return self._placed[key]

    def unplaced(self, labels: Iterable[str]) -> frozenset[str]:
        """The words that mean none."""
        return frozenset(label for label in labels if label not in self.meanings)

    def words_for(self, categories: Iterable[UUID]) -> list[str]:
        """Every word by which one of these categories may stand in an account."""
        wanted = set(categories)
        return [word for word, category in self.meanings.items() if category in wanted]

    def shortest(self, category: UUID) -> str:
        """What somebody may type for a category: its name, where that means it and no other."""
        name = one_line(self.names[category][0])
        return name if self.meanings.get(name) == category else self.keys[category]


def load_vocabulary() -> Vocabulary:
    """Everything at once: a few hundred rows, read in five queries."""
    rows = Category.objects.values_list(
        "pk", "scheme__code", "code", "name", "name_en", "lineage"
    ).order_by("scheme__code", "place", "code")
    lineages, names, keys = {}, {}, {}
    said: dict[str, set[UUID]] = {}
    own: dict[str, set[UUID]] = {}
    for pk, scheme, code, name, name_en, lineage in rows:
        lineages[pk], names[pk], keys[pk] = tuple(lineage), (name, name_en), f"{scheme}:{code}"
        for word in {name, name_en} - {""}:
            (own if scheme == OWN else said).setdefault(one_line(word), set()).add(pk)
    meanings = {word: min(found, key=lambda pk: len(lineages[pk])) for word, found in own.items()}
    for word, found in said.items():
        if len(found) == 1:
            meanings.setdefault(word, *found)
    meanings |= {key: pk for pk, key in keys.items()}
    meanings |= dict(CategoryWord.objects.values_list("word", "category_id"))
    links = list(CategoryLink.objects.values_list("category_id", "kind", "other_id"))
    pairs = list(CategoryPair.objects.values_list("one_id", "other_id", "competing"))
    declared = {frozenset((a, b)): competing for a, b, competing in pairs if a != b}
    broad = frozenset(one for one, other, _competing in pairs if one == other)
    return Vocabulary(Tree(lineages, links, declared, broad), names, keys, meanings)
