"""The check, written again from its text alone, as plainly as can be: tests compare the two.

Nothing here is shared with the product. Categories are paths such as ("food", "drinks", "tea").
"""

from __future__ import annotations

import calendar
import datetime as dt


def after_months(day: dt.date, months: int) -> dt.date:
    """Calendar months, clipped to the month's end."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, min(day.day, last))


def severity_of_category(new: tuple, promised: tuple) -> str | None:
    """The clause's category equal to or above the new one: direct. The new one above the clause's,
    or nearest common ancestor at depth 2 or more: adjacent; at depth 1: indirect; else none."""
    if new[: len(promised)] == promised:
        return "direct"
    if promised[: len(new)] == new:
        return "adjacent"
    depth = 0
    while depth < min(len(new), len(promised)) and new[depth] == promised[depth]:
        depth += 1
    return "adjacent" if depth >= 2 else "indirect" if depth == 1 else None


def worst(severities: list) -> str | None:
    for severity in ("direct", "adjacent", "indirect"):
        if severity in severities:
            return severity
    return None


def units_bound(offices: dict, lead: str, scope: str) -> set:
    """Office → (parent, kind). The top of what is bound, and all below it."""
    wanted = {"team": None, "office": {"region", "country"}, "agency_brand": {"agency"}}
    if scope == "network":
        return set(offices)
    top = lead
    if wanted[scope]:
        while offices[top][1] not in wanted[scope] and offices[top][0]:
            top = offices[top][0]
    return {one for one in offices if top in chain(offices, one)}


def chain(offices: dict, one: str) -> list:
    found = [one]
    while offices[found[-1]][0]:
        found.append(offices[found[-1]][0])
    return found


def hit(new: dict, clause: dict, offices: dict, today: dt.date) -> str | None:  # noqa: C901, PLR0911 - six conditions, one after the other
    """The severity with which a clause is hit, or nothing. Six conditions."""
    if new["family"] == clause["family"]:
        return None  # its own corporate family never hits its own clause
    # 1. time: from start to end plus cooling-off, both days included
    if clause["end"] and new["start"] > after_months(clause["end"], clause["cooling"]):
        return None
    if new["end"] is not None and new["end"] < clause["start"]:
        return None
    # 2. countries, 3. disciplines: empty is all
    for name in ("countries", "disciplines"):
        if new[name] and clause[name] and not set(new[name]) & set(clause[name]):
            return None
    # 4. a new account led elsewhere is no hit
    if new["office"] not in units_bound(offices, clause["lead"], clause["scope"]):
        return None
    # 6. an unexpired consent that covers the case takes its hit away
    for consent in clause["consents"]:
        if consent["given"] <= max(today, new["start"]) and (
            consent["until"] is None or consent["until"] >= max(today, new["start"])
        ):
            return None
    # 5. the subject; a named competitor is direct
    if new["company"] in clause["names"] or (new["brand"] and new["brand"] in clause["names"]):
        return "direct"
    if clause["level"] == "brand":
        return None
    return worst(
        [
            severity_of_category(ours, theirs)
            for ours in new["categories"]
            for theirs in clause["categories"]
        ]
    )


STRICT = {"direct": "blocked", "adjacent": "consent", "indirect": "safeguards"}
SPLIT = {"direct": "safeguards", "adjacent": "safeguards", "indirect": "clear"}
RESULTS = ["clear", "safeguards", "consent", "blocked"]


def overall(hits: list[tuple[str, bool, bool]], mode: str) -> str:
    """Of hits as (severity, on a clause, the clause names safeguards): the worst."""
    found = ["clear"]
    for severity, on_clause, safeguards in hits:
        if on_clause and safeguards:
            found.append("safeguards")
        elif on_clause or mode == "strict":
            found.append(STRICT[severity])
        else:
            found.append(SPLIT[severity])
    return max(found, key=RESULTS.index)
