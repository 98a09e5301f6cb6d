"""What ui_tree shows: labelled nodes, each knowing whether the current one is below it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Branch:
    """One node of a tree, ready for a page; build them from rows already read."""

    label: str
    href: str = ""
    note: str = ""
    current: bool = False
    children: list[Branch] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether the current node is this one or below, so that its children show."""
        return self.current or any(child.is_open for child in self.children)
