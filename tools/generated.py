"""What is printed from the code: who may do what, and the states of things. `write` or `check`.

`make check` fails when a page of docs/generated/ says something else than the code.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from types import ModuleType

    from kakehashi.policy.engine import Ability

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "generated"
MADE = "<!-- Printed by tools/generated.py from {source}; `make fix` prints it anew. -->\n"
SHORT = {
    "coordinator": "CO", "account_executive": "AE", "account_supervisor": "AS",
    "account_manager": "AM", "key_account_manager": "KAM", "account_planner": "AP",
    "account_director": "AD", "group_account_director": "GAD", "agency_director": "AGD",
    "global_account_manager": "GAM", "national_account_manager": "NAM", "traffic": "TR",
    "creative": "CR", "creative_director": "CD", "media": "ME", "production": "PR",
    "finance": "FI", "conflicts_officer": "OF", "administrator": "ADM",
}  # fmt: skip
SEAT, FUNCTION, BOTH = "●", "○", "◉"
EXPLAINED = """# Who may do what

● with a seat of that role on the account or above it · ○ with the role in the scope of its office ·
◉ either. Roles without a mark are left out of a table.

*Also* may: superiors (solid line, at any height) of somebody seated, contacts of the client, all
our staff who see the thing, or whom a rule names. *Unless* names the rules that may object, in the
order in which they are asked. Behind a wall nobody may do anything: there the thing is not.
"""


def main() -> None:
    """Write the pages, or compare them with what is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["write", "check"])
    wanted = parser.parse_args().what
    prepare()
    pages = {"abilities.md": abilities_page(), "states.md": states_page()}
    if wanted == "write":
        PAGES.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            (PAGES / name).write_text(text, encoding="utf-8")
        return
    drifted = [name for name, text in pages.items() if kept(PAGES / name) != text]
    for name in drifted:
        print(f"docs/generated/{name} is not what the code says: make fix", file=sys.stderr)
    sys.exit(bool(drifted))


def prepare() -> None:
    """Have Django know the models; no database is asked."""
    import django

    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("KAKEHASHI_HOME", str(ROOT / "var" / "check"))
    os.environ.setdefault("KAKEHASHI_DB_ROLE", "owner")
    django.setup()


def kept(page: Path) -> str:
    return page.read_text(encoding="utf-8") if page.exists() else ""


def abilities_page() -> str:
    """One table for each package: verbs down, roles across."""
    from django.utils import translation

    from kakehashi.policy.abilities import ABILITIES
    from kakehashi.policy.roles import RoleCode

    with translation.override("en"):
        legend = " · ".join(f"{SHORT[role]} {role.label.lower()}" for role in RoleCode)
    packages = sorted({name.partition(".")[0] for name in ABILITIES})
    parts = [MADE.format(source="kakehashi/policy/abilities.py"), EXPLAINED, legend + "\n"]
    for package in packages:
        chosen = {n: a for n, a in sorted(ABILITIES.items()) if n.startswith(f"{package}.")}
        marked = [r for r in RoleCode if any(mark(ability, r) for ability in chosen.values())]
        parts += [f"## {package}\n", "\n".join(table(chosen, marked)) + "\n"]
    return "\n".join(parts)


def table(abilities: dict[str, Ability], roles: Sequence[str]) -> Iterator[str]:
    heads = ["Ability", *(SHORT[role] for role in roles), "Also", "Unless"]
    yield row(heads)
    yield row(["---", *([":-:"] * len(roles)), "---", "---"])
    for name, ability in abilities.items():
        marks = [mark(ability, role) for role in roles]
        verb = name.partition(".")[2]
        yield row([f"`{verb}`", *marks, ", ".join(also(ability)), named(ability.unless)])


def row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def mark(ability: Ability, role: str) -> str:
    by_seat, by_function = role in ability.seats, role in ability.functions
    if by_seat and by_function:
        return BOTH
    return SEAT if by_seat else FUNCTION if by_function else ""


def also(ability: Ability) -> Iterator[str]:
    if ability.superiors:
        yield "superiors"
    if ability.contacts:
        yield "contacts"
    if ability.anyone:
        yield "all our staff"
    if ability.oneself is not None:
        yield f"`{ability.oneself.__name__}`"


def named(rules: Iterable[object]) -> str:
    return ", ".join(f"`{getattr(rule, '__name__', rule)}`" for rule in rules)


def states_page() -> str:
    """A diagram for each package that has states."""
    parts = [MADE.format(source="each package's states.py"), "# States\n"]
    for path in sorted((ROOT / "kakehashi").glob("*/states.py")):
        module = importlib.import_module(f"kakehashi.{path.parent.name}.states")
        parts += [f"## {path.parent.name}\n", (module.__doc__ or "").strip() + "\n"]
        parts += machines(module)
    return "\n".join(parts)


def machines(module: ModuleType) -> Iterator[str]:
    """One machine, or several beside each other, whose moves name the ability they take."""
    if not hasattr(module, "LINES"):
        yield diagram(module.MOVES)
        return
    for line, moves in module.LINES.items():
        yield f"### {line}\n"
        yield diagram(
            moves, {(old, new): verb for old, news in moves.items() for new, verb in news.items()}
        )


def diagram(
    moves: Mapping[str, Collection[str]], verbs: dict[tuple[str, str], str] | None = None
) -> str:
    entered = {new for news in moves.values() for new in news}
    said = {move: f": {verb}" for move, verb in (verbs or {}).items()}
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    [*] --> {state}" for state in beginnings(moves, entered)]
    lines += [
        f"    {old} --> {new}{said.get((old, new), '')}"
        for old, news in moves.items()
        for new in sorted(news)
    ]
    lines += [f"    {state} --> [*]" for state, news in moves.items() if not news]
    return "\n".join([*lines, "```\n"])


def beginnings(moves: Mapping[str, Collection[str]], entered: set[str]) -> list[str]:
    """States that nothing leads to; where all can be come back to, the first."""
    return [state for state in moves if state not in entered] or list(moves)[:1]


if __name__ == "__main__":
    main()
