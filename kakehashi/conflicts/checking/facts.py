"""What a check looks at: the case, what was promised, who competes, who consented."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kakehashi.conflicts.terms import Level, Origin, Scope, Severity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from uuid import UUID

Name = tuple[str, str]
"""A name as its owner writes it, and in English (or nothing)."""


@dataclass(frozen=True)
class Party:
    """A company or brand as others mean it: by id where it is on file, else by its folded name."""

    name: str = ""
    folded: str = ""
    company: UUID | None = None
    brand: UUID | None = None
    family: UUID | None = None


@dataclass(frozen=True)
class Case:
    """Whose advertising is to be taken on: of what, where, for what, led by whom, from when on.

    `companies` and `names` are those of the company and of its parents; `family` is the top of its
    corporate family. Of `company_categories` and `family_categories` are all categories on file of
    the company, or of its family. No countries or disciplines: all. No `units`: anywhere of ours.
    """

    names: frozenset[str] = frozenset()
    companies: frozenset[UUID] = frozenset()
    families: frozenset[UUID] = frozenset()
    brand_names: frozenset[str] = frozenset()
    brands: frozenset[UUID] = frozenset()
    categories: frozenset[UUID] = frozenset()
    words: frozenset[str] = frozenset()
    company_categories: frozenset[UUID] = frozenset()
    family_categories: frozenset[UUID] = frozenset()
    countries: frozenset[str] = frozenset()
    disciplines: frozenset[str] = frozenset()
    units: frozenset[UUID] | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    company_name: Name = ("", "")
    brand_name: str = ""
    unit_name: Name = ("", "")

    def of(self, level: Level) -> frozenset[UUID]:
        """The categories that count for a commitment of a level."""
        if level == Level.GROUP:
            return self.categories | self.company_categories | self.family_categories
        if level == Level.COMPANY:
            return self.categories | self.company_categories
        return self.categories


@dataclass(frozen=True)
class Holder:
    """An account of ours: whose it is, what it advertises where."""

    account: UUID
    code: str = ""
    name: Name = ("", "")
    companies: frozenset[UUID] = frozenset()
    names: frozenset[str] = frozenset()
    family: UUID | None = None
    brands: frozenset[UUID] = frozenset()
    brand_names: frozenset[str] = frozenset()
    categories: frozenset[UUID] = frozenset()
    words: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    above: frozenset[UUID] = frozenset()

    @property
    def spoken_for(self) -> frozenset[UUID]:
        """The accounts whose commitments speak for this one: its own, and those above it."""
        return self.above | {self.account}


@dataclass(frozen=True)
class Promise:
    """A commitment as the check reads it. `bound` is the unit at the top of what it binds."""

    id: UUID
    code: str
    holder: Holder
    level: Level
    starts_on: dt.date
    ends_on: dt.date | None = None
    cooling_off_months: int = 0
    personnel_barrier_months: int = 0
    origin: Origin = Origin.CLAUSE
    scope: Scope = Scope.NETWORK
    bound: UUID | None = None
    bound_name: Name = ("", "")
    categories: frozenset[UUID] = frozenset()
    named: tuple[Party, ...] = ()
    countries: frozenset[str] = frozenset()
    disciplines: frozenset[str] = frozenset()
    safeguards: tuple[str, ...] = ()


@dataclass(frozen=True)
class Declared:
    """A declared pair of companies, brands or groups, which compete or expressly do not."""

    kind: str
    one: Party
    other: Party
    competing: bool = True
    strength: Severity = Severity.DIRECT
    ground: str = ""


@dataclass(frozen=True)
class Permission:
    """A client's consent. What it leaves empty it does not limit."""

    account: UUID
    given_on: dt.date
    expires_on: dt.date | None = None
    commitment: UUID | None = None
    company: UUID | None = None
    folded: str = ""
    brand: str = ""
    countries: frozenset[str] = frozenset()
    disciplines: frozenset[str] = frozenset()
    unit: UUID | None = None
    conditions: str = ""


class Sentence(NamedTuple):
    """What is told, not yet in a language: a code, and what is filled in."""

    code: str
    filled: Mapping[str, object]


@dataclass(frozen=True)
class Touched:
    """That a case touches a client, how closely, by which rule, and why."""

    severity: Severity
    rule: str
    because: tuple[Sentence, ...] = field(default=(), compare=False)


def meet(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two sets have something in common; an empty one is everything."""
    one, other = set(one), set(other)
    return not one or not other or bool(one & other)
