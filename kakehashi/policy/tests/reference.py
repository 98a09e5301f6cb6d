"""The rules of sight in plain Python, written from their text: what PostgreSQL is compared with.

Everything is looked at at one moment. Days are integers, 0 is today in the agency's own city; an
office elsewhere may be a day before or after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

LINE = {"account_director", "group_account_director", "agency_director"}
FUNCTIONS = {"finance", "traffic", "conflicts_officer", "administrator"}
COST = LINE | {"finance"}
EVERYTHING = frozenset({"name", "rows", "cost", "shared"})
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
    zones: list[str] = field(default_factory=list)  # of each office
    today: list[int] = field(default_factory=list)  # of each office; empty: 0 everywhere

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

    def day_in(self, office: int) -> int:
        return self.today[office] if self.today else 0

    def day_of(self, account: int) -> int:
        """“Today” is the lead office's."""
        return self.day_in(self.accounts[account][1])

    @property
    def whole(self) -> int | None:
        """The office whose scope is every account: the one root, while there is only one."""
        roots = [office for office, above in enumerate(self.offices) if above is None]
        return roots[0] if len(roots) == 1 else None

    def is_employed(self, person: int, day: int) -> bool:
        return any(span.holds(day) for _office, span in self.employed.get(person, ()))

    def superiors(self, person: int, day: int) -> set[int]:
        found: set[int] = set()
        ahead = [person]
        while ahead:
            below = ahead.pop()
            for who, to, kind, span in self.lines:
                if who == below and kind == "solid" and span.holds(day) and to not in found:
                    found.add(to)
                    ahead.append(to)
        return found - {person}

    def is_denied(self, person: int, account: int) -> bool:
        above, day = self.account_and_above(account), self.day_of(account)
        return any(
            who == person and on in above and since <= day and not lifted
            for who, on, since, lifted in self.denials
        )

    def sight(self, person: int, account: int, scope: Token | None = None) -> set[str]:
        """The levels at which the person sees the account today."""
        if self.is_denied(person, account):
            return set()  # rule 6: whatever the grants
        day = self.day_of(account)
        levels = self._as_staff(person, account, day)
        if any(
            who == person and on == account and portal and (left is None or left >= day)
            for who, on, portal, left in self.contacts
        ):
            levels |= {"name", "shared"}  # rule 4
        return levels & scope.allows(self.account_and_above(account)) if scope else levels

    def _as_staff(self, person: int, account: int, day: int) -> set[str]:
        levels: set[str] = set()
        employed = self.is_employed(person, day)
        above = self.account_and_above(account)
        for who, on, _role, span in self.seats:
            if employed and on in above and span.holds(day):
                by_line = self.is_employed(who, day) and person in self.superiors(who, day)
                if who == person or by_line:  # rules 1 and 2b
                    levels.add("rows")
        for role in self.roles_over(person, account, day):
            levels.add("rows")  # rules 2a and 3
            if role in COST:
                levels.add("cost")
        for who, on, span in self.assignments:
            if employed and who == person and on == account and span.holds(day, REMEMBERED):
                levels.add("name")  # rule 3, job
        return levels

    def roles_over(self, person: int, account: int, day: int) -> set[str]:
        """Roles of line and function in scope; who is over everything has the root's day."""
        scope = self.office_and_above(self.accounts[account][1])
        found = set()
        for who, role, office, span in self.roles:
            moment = self.day_in(office) if office == self.whole else day
            if (
                who == person
                and role in LINE | FUNCTIONS
                and office in scope
                and span.holds(moment)
                and self.is_employed(person, moment)
            ):
                found.add(role)
        return found

    def job_seen(self, person: int, number: int, scope: Token | None = None) -> bool:
        """Whether the person sees the job of an assignment: with the account, or as assigned."""
        on = self.assignments[number][1]
        levels = self.sight(person, on, scope)
        if "rows" in levels:
            return True
        who, _on, span = self.assignments[number]
        day = self.day_of(on)
        assigned = who == person and span.holds(day, REMEMBERED) and self.is_employed(who, day)
        return assigned and "name" in levels


@dataclass(frozen=True)
class Token:
    """What a token is cut down to (rule 5): accounts with those below, and money or none."""

    accounts: frozenset[int]
    cost: bool

    def allows(self, account_and_above: set[int]) -> frozenset[str]:
        if not self.accounts & account_and_above:
            return frozenset()
        return EVERYTHING if self.cost else EVERYTHING - {"cost"}
