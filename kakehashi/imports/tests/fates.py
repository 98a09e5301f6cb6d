"""What becomes of a broken file at the importer, and that nothing else becomes of it."""

from __future__ import annotations

from django.db import transaction

from kakehashi.base.errors import Unreadable
from kakehashi.imports.tests.malformed import malformed, way
from kakehashi.imports.tests.moving import load_file, standing

FATES = ("unreadable", "problems", "loaded")


def fate(seed: int) -> str:
    """Load the file of a seed for real, take it back, and say what it came to.

    Raises AssertionError where a reason is missing, a count is wrong or anything is half-loaded.
    """
    _name, data = malformed(seed)
    kind, maps = way(seed)
    before = standing()
    with transaction.atomic():
        outcome = _outcome(kind, data, maps)
        came_to = _unreadable(outcome) if isinstance(outcome, str) else _checked(outcome, before)
        if came_to == "unreadable":
            assert standing() == before, "unreadable, and something is loaded"
        transaction.set_rollback(True)
    return came_to


def _outcome(kind, data, maps):
    """The outcome, or the reason why the file is not read."""
    try:
        return load_file(kind, data, maps=maps)
    except Unreadable as refused:
        return refused.reason


def _unreadable(reason) -> str:
    assert reason.strip(), "no reason"
    return "unreadable"


def _checked(outcome, before) -> str:
    counts = outcome.counts
    for problem in outcome.problems:
        assert 0 <= problem.row < outcome.rows, problem
        assert problem.reason.strip(), problem
    assert counts.rejected == len({problem.row for problem in outcome.problems})
    if outcome.problems:
        assert not outcome.loaded
        assert (counts.created, counts.updated) == (0, 0)
        assert standing() == before, "rejected rows, and something is loaded"
        return "problems"
    assert outcome.loaded
    assert counts.created + counts.updated + counts.unchanged == outcome.rows
    assert (standing() != before) == bool(counts.created or counts.updated)
    return "loaded"
