"""What a case touches: each commitment by six conditions, each other client by who competes.

A commitment is hit if all of these hold: the case falls into its term or cooling-off; into its
countries; into its disciplines; is led by a unit it binds; is about what it keeps out, by its
level; and no consent covers it. A client's own corporate family never hits its own commitment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kakehashi.conflicts.checking import rivals
from kakehashi.conflicts.checking.facts import Sentence, Touched, meet
from kakehashi.conflicts.checking.time import binds_until, overlaps
from kakehashi.conflicts.terms import Level, Origin, Scope, Severity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from kakehashi.conflicts.checking.facts import (
        Case,
        Declared,
        Holder,
        Permission,
        Promise,
    )
    from kakehashi.conflicts.checking.relations import Closeness, Tree

MARKET = "market"
GROUNDS = frozenset({"rival", MARKET})
WEIGHTS = {severity: at for at, severity in enumerate(Severity)}


Written = dict["UUID", set[str]]
"""Of each account, the grounds of which its commitments speak: there they alone decide."""


class Found(NamedTuple):
    """One client that a case touches, by a commitment or by none; perhaps taken away by consent."""

    holder: Holder
    promise: Promise | None
    touched: Touched
    permission: Permission | None = None


class Judge:
    """Goes through what is on file for one case. `today` is the day on which consents must hold."""

    def __init__(
        self, case: Case, tree: Tree, declared: Sequence[Declared], today: dt.date
    ) -> None:
        self.case = case
        self.tree = tree
        self.declared = declared
        self.today = today
        self._at_level: dict[Level, frozenset[UUID]] = {}

    def found(
        self,
        promises: Iterable[Promise],
        holders: Iterable[Holder],
        permissions: Iterable[Permission] = (),
    ) -> list[Found]:
        """Everything the case touches, the worst first."""
        permissions = list(permissions)
        hits, written = self.by_promise(promises, permissions)
        return sorted([*hits, *self.by_rivalry(holders, written, permissions)], key=worst_first)

    def by_promise(
        self, promises: Iterable[Promise], permissions: Sequence[Permission] = ()
    ) -> tuple[list[Found], Written]:
        """Commitments that are hit; and of which grounds each account's commitments speak."""
        found: list[Found] = []
        written: Written = {}
        for promise in promises:
            spoken = self._of(promise)
            touched = self._closest(spoken)
            if touched is None:
                continue
            speaks = written.setdefault(promise.holder.account, set())
            speaks |= {ground_of(one) for one in spoken if one}
            if self.applies(promise):
                speaks |= GROUNDS
                told = self._told(promise, touched)
                found.append(self._asked_for_consent(promise.holder, promise, told, permissions))
        return found, written

    def by_rivalry(
        self, holders: Iterable[Holder], written: Written, permissions: Sequence[Permission] = ()
    ) -> list[Found]:
        """Clients that are touched beside what is written down with them, or above them."""
        found: list[Found] = []
        for holder in holders:
            spoken: set[str] = set().union(*(written.get(one, ()) for one in holder.spoken_for))
            rest = self.unwritten(holder, spoken)
            if rest is not None:
                found.append(self._asked_for_consent(holder, None, rest, permissions))
        return found

    def touches(self, promise: Promise, permissions: Iterable[Permission] = ()) -> Touched | None:
        """How one commitment is hit; None if a condition fails or a consent covers the case."""
        touched = self.subject(promise)
        if touched is None or not self.applies(promise):
            return None
        if self.permission(promise.holder, promise, permissions):
            return None
        return self._told(promise, touched)

    # The conditions

    def applies(self, promise: Promise) -> bool:
        """Time, countries, disciplines and unit."""
        return (
            overlaps(self.case, promise)
            and meet(self.case.countries, promise.countries)
            and meet(self.case.disciplines, promise.disciplines)
            and self.is_bound(promise)
        )

    def is_bound(self, promise: Promise) -> bool:
        """Whether the unit that leads the case is one the commitment binds."""
        if promise.scope == Scope.NETWORK or promise.bound is None or self.case.units is None:
            return True
        return promise.bound in self.case.units

    def subject(self, promise: Promise) -> Touched | None:
        """Whether the case is about what a commitment keeps out, and how closely."""
        return self._closest(self._of(promise))

    def _of(self, promise: Promise) -> list[Touched]:
        """Everything a commitment speaks of in this case: by name, by declaration, by category."""
        if self.is_own_family(promise.holder):
            return []
        found = (
            self._by_name(promise), self._by_declaration(promise), self._by_category(promise)
        )  # fmt: skip
        return [touched for touched in found if touched]

    def _closest(self, spoken: list[Touched]) -> Touched | None:
        """A name decides before all else; else the most severe, of equals what was declared."""
        if spoken and spoken[0].rule == "named_competitor":
            return spoken[0]
        return min(spoken, key=lambda touched: WEIGHTS[touched.severity], default=None)

    def is_own_family(self, holder: Holder) -> bool:
        """Whether case and client belong to one corporate family."""
        if holder.family is not None and holder.family in self.case.families:
            return True
        return bool(holder.companies & self.case.companies)

    def permission(
        self, holder: Holder, promise: Promise | None, permissions: Iterable[Permission]
    ) -> Permission | None:
        """An unexpired consent of the client that covers the case."""
        return next((p for p in permissions if self._covers(p, holder, promise)), None)

    def _covers(self, given: Permission, holder: Holder, promise: Promise | None) -> bool:
        return (
            given.account == holder.account
            and (
                given.commitment is None or (promise is not None and given.commitment == promise.id)
            )
            and self.covers(given)
        )

    @property
    def day(self) -> dt.date:
        """The day on which consents must hold: that of the case, or today if it has begun."""
        return max(self.today, self.case.starts_on or self.today)

    def covers(self, given: Permission) -> bool:
        """Whether a consent holds and is about this case, whatever hit it may take away."""
        return (
            given.given_on <= self.day
            and (given.expires_on is None or self.day <= given.expires_on)
            and (given.company is None or given.company in self.case.companies)
            and (not given.folded or given.company is not None or given.folded in self.case.names)
            and (not given.brand or given.brand in self.case.brand_names)
            and within(self.case.countries, given.countries)
            and within(self.case.disciplines, given.disciplines)
            and (given.unit is None or (self.case.units or frozenset()) >= {given.unit})
        )

    # By which ground

    def _by_name(self, promise: Promise) -> Touched | None:
        for party in promise.named:
            if rivals.is_meant(party, self.case, whole_family=promise.level == Level.GROUP):
                sentence = Sentence("named", {"name": party.name})
                return Touched(Severity.DIRECT, "named_competitor", (sentence,))
        return None

    def _by_declaration(self, promise: Promise) -> Touched | None:
        """Declared pairs: of brands at every level, of companies from the level of companies on."""
        found = rivals.compete(rivals.pairings(self.case, promise.holder, self.declared))
        if promise.level in (Level.BRAND, Level.CATEGORY):
            found = [p for p in found if p.declared.kind == "brand" and promise.level == "brand"]
        elif promise.level == Level.COMPANY:
            found = [pairing for pairing in found if not pairing.by_family]
        if not found:
            return None
        return Touched(found[0].declared.strength, "declared_competitor", (_declaration(found[0]),))

    def _by_category(self, promise: Promise) -> Touched | None:
        if promise.level == Level.BRAND:
            return None
        close = self.tree.closest(self._categories(promise.level), promise.categories)
        if close is None:
            return None
        own = close.case in self.case.categories
        rule = "category" if own else f"{promise.level}_category"
        return Touched(close.severity, rule, (_closeness(close),))

    def _categories(self, level: Level) -> frozenset[UUID]:
        if level not in self._at_level:
            self._at_level[level] = self.case.of(level)
        return self._at_level[level]

    def unwritten(self, holder: Holder, written: set[str]) -> Touched | None:
        """How a client is touched beside what was written down with it.

        `written` are the grounds of which its commitments speak, and those of the accounts above:
        there they alone decide. One that is hit speaks of everything.
        """
        if self.is_own_family(holder):
            return None
        found = list(rivals.pairings(self.case, holder, self.declared))
        grounds = [self._rivalry(rivals.compete(found)), None]
        if not rivals.are_apart(found):
            grounds[1] = self._market(holder)
        open_ones = [g for g in grounds if g is not None and ground_of(g) not in written]
        return min(open_ones, key=lambda ground: WEIGHTS[ground.severity], default=None)

    def _rivalry(self, found: list[rivals.Pairing]) -> Touched | None:
        """A declared rival; through the family alone it is a matter of the group, and indirect."""
        if not found:
            return None
        sentence = _declaration(found[0])
        if found[0].by_family:
            return Touched(Severity.INDIRECT, "family", (sentence,))
        return Touched(found[0].declared.strength, "declared_competitor", (sentence,))

    def _market(self, holder: Holder) -> Touched | None:
        """The same market: categories that touch, in a country of both."""
        if not meet(self.case.countries, holder.countries):
            return None
        close = self.tree.closest(self.case.categories, holder.categories, written=False)
        if close is None and not self.case.words & holder.words:
            return None
        if close is None or (self.case.words & holder.words and close.severity != Severity.DIRECT):
            word = min(self.case.words & holder.words)
            return Touched(Severity.DIRECT, "market", (Sentence("same_word", {"word": word}),))
        return Touched(close.severity, "market", (_closeness(close),))

    # What is told

    def _asked_for_consent(
        self,
        holder: Holder,
        promise: Promise | None,
        touched: Touched,
        permissions: Iterable[Permission],
    ) -> Found:
        return Found(holder, promise, touched, self.permission(holder, promise, permissions))

    def _told(self, promise: Promise, touched: Touched) -> Touched:
        """The hit with all that speaks for it: subject, time, place, discipline, unit."""
        case = self.case
        first = Sentence(
            "policy" if promise.origin == Origin.POLICY else "clause",
            {"code": promise.code, "account": promise.holder.name, "level": promise.level},
        )
        until = binds_until(promise)
        time = {
            "starts": promise.starts_on, "ends": promise.ends_on, "until": until,
            "months": promise.cooling_off_months, "begins": case.starts_on,
        }  # fmt: skip
        cooling = (
            case.starts_on is not None
            and promise.ends_on is not None
            and case.starts_on > promise.ends_on
        )
        sentences = [
            first,
            *touched.because,
            Sentence("cooling_off" if cooling else "term" if until else "no_end", time),
            Sentence("countries", {
                "promised_countries": sorted(promise.countries),
                "case_countries": sorted(case.countries),
            }),
            Sentence("disciplines", {
                "promised_disciplines": sorted(promise.disciplines),
                "case_disciplines": sorted(case.disciplines),
            }),
            Sentence("network", {}) if promise.scope == Scope.NETWORK else Sentence("unit", {
                "unit": promise.bound_name, "led": case.unit_name,
            }),
        ]  # fmt: skip
        return Touched(touched.severity, touched.rule, tuple(sentences))


def ground_of(touched: Touched) -> str:
    """Whom or what a hit is about: a rival that somebody named, or the market."""
    by_name = touched.rule in {"named_competitor", "declared_competitor", "family"}
    return "rival" if by_name else "market"


def within(asked: frozenset[str], given: frozenset[str]) -> bool:
    """Whether all that is asked was given; given nothing in particular, everything was."""
    return not given or (bool(asked) and asked <= given)


def _closeness(close: Closeness) -> Sentence:
    code = "declared_pair" if close.declared else close.standing.relation.value
    return Sentence(
        f"category_{code}", {"case_category": close.case, "promised_category": close.promised}
    )


def _declaration(pairing: rivals.Pairing) -> Sentence:
    declared = pairing.declared
    filled = {"one": declared.one.name, "other": declared.other.name, "ground": declared.ground}
    return Sentence("declared_family" if pairing.by_family else "declared", filled)


def worst_first(found: Found) -> tuple[int, bool, str, str]:
    """What hits are sorted by."""
    code = found.promise.code if found.promise else ""
    return WEIGHTS[found.touched.severity], found.promise is None, found.holder.code, code
