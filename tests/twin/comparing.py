"""Two worlds beside each other: where the same question got another answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import unified_diff

from tests.twin.asking import Notes, Told, Viewer, viewer
from tests.twin.visiting import Hit, route_of
from tests.twin.world import World, world

Walk = Callable[[Viewer], Notes]
Hunt = Callable[[Viewer, World], dict[str, Hit]]
LINES = 12
SERVER_ERROR = 500
GOES = re.compile(r'(?:href|action|hx-get|hx-post)="(/[^"]*)"')


def leaks(
    name: str, walk: Walk, language: str = "ja", *, hunt: Hunt | None = None, chain: bool = False
) -> list[str]:
    """Everything by which a viewer could tell the two worlds apart, put into words."""
    with world(hidden=False, chain=chain) as without:
        expected = walk(viewer(name, without.viewers, language))
    with world(hidden=True, chain=chain) as with_it:
        who = viewer(name, with_it.viewers, language)
        found = walk(who)
        told = told_by_an_id(hunt(who, with_it)) if hunt else []
    return broken(found) + differences(expected, found) + told


def told_by_an_id(found: dict[str, Hit]) -> list[str]:
    """Where an id that exists out of sight is answered otherwise than one that does not exist."""
    return [
        f"{where}\n{_difference(hit.nothing.told(), hit.as_nothing())}"
        f"  statements {hit.nothing.cost}, with it {hit.hidden.cost}"
        for where, hit in found.items()
        if hit.tells
    ]


def broken(found: Notes) -> list[str]:
    """Pages that fail, and what leads nowhere: what they would say cannot be compared."""
    failing = [where for where, answer in found.items() if answer.status >= SERVER_ERROR]
    goes = {path for answer in found.values() for path in GOES.findall(answer.raw)}
    ours = {path.partition("?")[0] for path in goes if not path.startswith("/static/")}
    return failing + [f"leads nowhere: {path}" for path in sorted(ours) if not route_of(path)]


def differences(expected: Notes, found: Notes) -> list[str]:
    only = [f"only in one world: {key}" for key in sorted(expected.keys() ^ found.keys())]
    changed = [
        f"{key}\n{_difference(expected[key].told(), found[key].told())}"
        for key in expected.keys() & found.keys()
        if expected[key].told() != found[key].told()
    ]
    return only + sorted(changed)


def _difference(expected: Told, found: Told) -> str:
    (status, headers, body, left), (status2, headers2, body2, left2) = expected, found
    lines = [f"  status {status}, with it {status2}"] if status != status2 else []
    lines += [f"  header {h}" for h in sorted(set(headers) ^ set(headers2))]
    lines += [f"  left behind {one}" for one in sorted(set(left) ^ set(left2))]
    changed = unified_diff(body.splitlines(), body2.splitlines(), lineterm="", n=0)
    return "\n".join(lines + [f"  {line[:200]}" for line in list(changed)[2 : 2 + LINES]])
