"""What memory each process of a running house holds, as the kernel counts it.

Of a page that several processes share each has its part (PSS), so that the parts add up to what the
house takes of the machine. PostgreSQL's shared memory, of which a process has what it touched last,
stands by itself.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.house import House

SHARED = "PostgreSQL: shared memory"
POSTGRES = "PostgreSQL: "


def held(house: House) -> tuple[Counter[str], Counter[str]]:
    """Bytes by name of process, and how many processes have the name."""
    size, number = Counter[str](), Counter[str]()
    for pid, name in named(house).items():
        with suppress(FileNotFoundError, ProcessLookupError):  # a connection that just ended
            told = parts(Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii"))
            shared = told["Pss_Shmem"] if name.startswith(POSTGRES) else 0
            size[name] += told["Pss"] - shared
            size[SHARED] += shared
            number[name] += 1
    return size, number


def parts(rollup: str) -> dict[str, int]:
    """Bytes by the names that /proc/PID/smaps_rollup has for them."""
    found = {}
    for line in rollup.splitlines()[1:]:
        name, _, rest = line.partition(":")
        found[name] = int(rest.split()[0]) * 1024
    return found


def named(house: House) -> dict[int, str]:
    """Every process of the house by what it does."""
    from tests.house import command, everybody, parent_of

    server, web = house.pid("database"), house.pid("web")
    ours = {house.pid("supervisor"): "supervisor", web: "web server", server: f"{POSTGRES}server",
            house.pid("worker"): "worker"}  # fmt: skip
    for pid in everybody():
        if parent_of(pid) == server:
            ours[pid] = title(command(pid))
        elif parent_of(pid) == web:
            ours[pid] = "web worker"
    return ours


def title(command: str) -> str:
    """What a process of PostgreSQL says it does; who is connected is told by the others' words."""
    said = command.partition("postgres: ")[2].strip()
    if "[local]" in said or "(" in said:  # user, database, where from, what it does just now
        return f"{POSTGRES}connection"
    return POSTGRES + said.rstrip("0123456789 ")


def rows(
    at_rest: tuple[Counter[str], Counter[str]], after: tuple[Counter[str], Counter[str]]
) -> list[dict[str, Any]]:
    """What was held before pages were asked for and what after, largest first, in bytes."""
    names = sorted(after[0] | at_rest[0], key=lambda name: (-after[0][name], name))
    return [
        {
            "process": name, "number": [at_rest[1][name], after[1][name]],
            "at_rest": at_rest[0][name], "after": after[0][name],
        }
        for name in names
    ]  # fmt: skip
