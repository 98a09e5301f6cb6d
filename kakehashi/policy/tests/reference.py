"""The rules of sight in plain Python, written from their text: what PostgreSQL is compared with.

Everything is looked at on one day. Days are integers: 0 is today.
"""

from __future__ import annotations

from dataclasses import dataclass, field

LINE = {"account_director", "group_account_director", "agency_director"}
FUNCTIONS = {"finance", "traffic", "conflicts_officer", "administrator"}
COST = LINE | {"finance"}
REMEMBERED = 30  # days a job is still seen after its assignment


@dataclass
class Span:
    starts: int
    ends: int | None = None

    def holds(self, day: int = 0, grace: int = 0) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends + grace)


@dataclass
class World:
    """Keys are indices: offices and accounts name their parent by a lower index, or None."""

    offices: list[int | None]
    accounts: list[tuple[int | None, int]]  # parent, lead office
    employed: dict[int, list[tuple[int, Span]]]  # person → office, when
    roles: list[tuple[int, str, int, Span]] = field(default_factory=list)
    lines: list[tuple[int, int, str, Span]] = field(default_factory=list)
    seats: list[tuple[int, int, str, Span]] = field(default_factory=list)
    assignments: list[tuple[int, int, Span]] = field(default_factory=list)
    contacts: list[tuple[int, int, bool, int | None]] = field(default_factory=list)
    denials: list[tuple[int, int, int, bool]] = field(default_factory=list)  # since, lifted

    def office_and_above(self, office: int | None) -> set[int]:
        above = set()
        while office is not None:
            above.add(office)
            office = self.offices[office]
        return above

    def account_and_above(self, account: int | None) -> set[int]:
        above = set()
        while account is not None:
            above.add(account)
            account = self.accounts[account][0]
        return above

    def is_employed(self, person: int) -> bool:
        return any(span.holds() for _office, span in self.employed.get(person, ()))

    def superiors(self, person: int) -> set[int]:
        found: set[int] = set()
        ahead = [person]
        while ahead:
            below = ahead.pop()
            for who, to, kind, span in self.lines:
                if who == below and kind == "solid" and span.holds() and to not in found:
                    found.add(to)
                    ahead.append(to)
        return found - {person}

    def sight(self, person: int, account: int) -> set[str]:
        """The levels at which the person sees the account today."""
        above = self.account_and_above(account)
        if any(
            who == person and on in above and since <= 0 and not lifted
            for who, on, since, lifted in self.denials
        ):
            return set()  # rule 6: whatever the grants
        levels: set[str] = set()
        if self.is_employed(person):
            levels |= self._as_staff(person, account, above)
        if any(
            who == person and on == account and portal and (left is None or left >= 0)
            for who, on, portal, left in self.contacts
        ):
            levels |= {"name", "shared"}  # rule 4
        return levels

    def _as_staff(self, person: int, account: int, above: set[int]) -> set[str]:
        levels: set[str] = set()
        for who, on, _role, span in self.seats:
            if on in above and span.holds():
                by_line = self.is_employed(who) and person in self.superiors(who)
                if who == person or by_line:  # rules 1 and 2b
                    levels.add("rows")
        scope = self.office_and_above(self.accounts[account][1])
        for who, role, office, span in self.roles:
            if who == person and office in scope and span.holds() and role in LINE | FUNCTIONS:
                levels.add("rows")  # rules 2a and 3
                if role in COST:
                    levels.add("cost")
        for who, on, span in self.assignments:
            if who == person and on == account and span.holds(grace=REMEMBERED):
                levels.add("name")  # rule 3, job
        return levels
