"""Two worlds beside each other: where the same question got another answer."""

from __future__ import annotations

from collections.abc import Callable
from difflib import unified_diff

from tests.twin.reading import Page
from tests.twin.visiting import Answer, Hit, Notes, Viewer, route_of, viewer
from tests.twin.world import World, world

Walk = Callable[[Viewer], Notes]
LINES = 12
SERVER_ERROR = 500


def leaks(name: str, walk: Walk, language: str = "ja") -> list[str]:
    """Everything by which a viewer could tell the two worlds apart, put into words."""
    with world(hidden=False) as without:
        expected = walk(viewer(name, without.viewers, language))
    with world(hidden=True) as with_it:
        found = walk(viewer(name, with_it.viewers, language))
    return broken(found) + differences(expected, found)


def told_by_an_id(name: str, walk: Callable[[Viewer, World], dict[str, Hit]]) -> list[str]:
    """Where an id that exists out of sight is answered otherwise than one that does not exist."""
    with world(hidden=True) as made:
        found = walk(viewer(name, made.viewers, "ja"), made)
    return [
        f"{where}\n{_difference(hit.nothing.told(), hit.as_nothing())}"
        f"  statements {hit.nothing.cost}, with it {hit.hidden.cost}"
        for where, hit in found.items()
        if hit.tells
    ]


def broken(found: Notes) -> list[str]:
    """Pages that fail, and what leads nowhere: what they would say cannot be compared."""
    failing = [where for where, answer in found.items() if answer.status >= SERVER_ERROR]
    return failing + sorted({dead for answer in found.values() for dead in dead_ends(answer)})


def dead_ends(answer: Answer) -> list[str]:
    """Links and forms of a page that lead to no route of ours."""
    page = Page(answer.body)
    goes = [*page.links, *(form.action for form in page.forms)]
    ours = [path for path in goes if path.startswith("/") and not path.startswith("/static/")]
    return [f"leads nowhere: {path}" for path in ours if not route_of(path)]


def differences(expected: Notes, found: Notes) -> list[str]:
    only = [f"only in one world: {key}" for key in sorted(expected.keys() ^ found.keys())]
    changed = [
        f"{key}\n{_difference(expected[key].told(), found[key].told())}"
        for key in expected.keys() & found.keys()
        if expected[key].told() != found[key].told()
    ]
    return only + sorted(changed)


def _difference(expected: tuple, found: tuple) -> str:
    (status, headers, body), (status2, headers2, body2) = expected, found
    lines = [f"  status {status}, with it {status2}"] if status != status2 else []
    lines += [f"  header {h}" for h in sorted(set(headers) ^ set(headers2))]
    changed = unified_diff(body.splitlines(), body2.splitlines(), lineterm="", n=0)
    return "\n".join(lines + [f"  {line[:200]}" for line in list(changed)[2 : 2 + LINES]])
