"""Walls in plain Python, written from their text: what PostgreSQL derives is compared with this.

Everything is named by index; offices, companies and accounts name their parent by a lower index, or
None. Days are integers, 0 is today.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Agency:
    """An agency with one wall. A rule is (side, what it names, which one)."""

    offices: list[int | None]
    companies: list[int | None]
    accounts: list[tuple[int | None, int]]  # the account above, whose it is
    employed: list[tuple[int, int, int, int | None]] = field(default_factory=list)
    seats: list[tuple[int, int, int, int | None]] = field(default_factory=list)
    rules: list[tuple[int, str, int]] = field(default_factory=list)
    exempt: list[tuple[int, int | None, int]] = field(default_factory=list)  # person, side, until
    begins: int = 0
    lifted: bool = False

    def behind(self) -> set[tuple[int, int]]:
        """(side, account): by the account's own rule, else by its company's family."""
        if self.lifted:
            return set()
        found = {(side, one) for side, what, one in self.rules if what == "account"}
        named = {account for _side, account in found}
        for account, (_above, company) in enumerate(self.accounts):
            if account not in named and (side := self._side_of(company)) is not None:
                found.add((side, account))
        return found

    def _side_of(self, company: int) -> int | None:
        """The side of the nearest company above, or the only one that the family is named on."""
        rules = {one: side for side, what, one in self.rules if what == "company"}
        for above in _up(self.companies, company):
            if above in rules:
                return rules[above]
        top = _up(self.companies, company)[-1]
        family = {side for one, side in rules.items() if _up(self.companies, one)[-1] == top}
        return family.pop() if len(family) == 1 else None

    def members(self) -> dict[tuple[int, int], int]:
        """(side, person) and since when: by office, by name, by a seat behind the side."""
        if self.lifted:
            return {}
        found: dict[tuple[int, int], list[int]] = {}
        behind = self.behind()
        for side, what, one in self.rules:
            if what == "person":
                found.setdefault((side, one), []).append(self.begins)
            for person, office, starts, ends in self.employed:
                if what == "office" and one in _up(self.offices, office) and self._counts(ends):
                    found.setdefault((side, person), []).append(max(starts, self.begins))
        above = [account for account, _company in self.accounts]
        for person, account, starts, ends in self.seats:
            for side, one in behind:
                if one in _up(above, account) and self._counts(ends):
                    found.setdefault((side, person), []).append(max(starts, self.begins))
        return {key: min(days) for key, days in found.items()}

    def _counts(self, ends: int | None) -> bool:
        """What ended before the wall stood teaches nobody anything."""
        return ends is None or ends >= self.begins

    def denied(self) -> dict[tuple[int, int], int]:
        """(person, account) and since when, with the accounts below."""
        found: dict[tuple[int, int], list[int]] = {}
        above = [account for account, _company in self.accounts]
        behind = self.behind()
        for (side, person), since in self.members().items():
            for other, account in behind:
                if other == side:
                    continue
                day = max([since, *self._again(person, other)])
                for below in range(len(self.accounts)):
                    if account in _up(above, below):
                        found.setdefault((person, below), []).append(day)
        return {key: min(days) for key, days in found.items()}

    def _again(self, person: int, side: int) -> list[int]:
        """The days after exceptions, from which a denial holds again."""
        return [
            until + 1
            for who, where, until in self.exempt
            if who == person and where in (None, side)
        ]


def _up(parents: list[int | None], one: int) -> list[int]:
    """Something and everything above it, nearest first."""
    found = [one]
    while (above := parents[found[-1]]) is not None:
        found.append(above)
    return found
