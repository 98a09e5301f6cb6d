"""Refuse migrations that would stop a live agency: `python tools/migrations.py`.

`docs/released.txt` names the migrations that live agencies have. A table those have made is live:
people work on it, with the previous version of the program, while a later migration runs. What a
later one does to a live table must neither hold a lock while it reads the table nor take away what
the previous version uses. A table that no release has made is nobody's yet.

A migration may say why something is harmless all the same, by the operation as it is told here:

    safe_because = {"RemoveField people.person.fax": "not read since 1.4, the release before"}
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.migrations import Migration
    from django.db.migrations.operations.base import Operation
    from django.db.migrations.state import ProjectState
    from django.db.models import Field

RELEASED = ROOT / "docs" / "released.txt"
TAKES_AWAY = "the previous version, which still runs, uses it"
CONCURRENTLY = "builds an index under a lock: use AddIndexConcurrently, with atomic = False"
VALIDATES = "reads the whole table under a lock: use AddConstraintNotValid, then ValidateConstraint"
UNIQUE = "builds an index under a lock: make a unique index concurrently first, then attach it"
NOT_NULL = "the previous version adds rows without it: allow null, or give it a db_default"
REWRITES = "rewrites or reads the whole table under a lock: add another column and move over"
UNREADABLE = "nobody can tell what it locks: say so in safe_because"
HARMLESS = {
    "AddIndexConcurrently", "RemoveIndexConcurrently", "AddConstraintNotValid",
    "ValidateConstraint", "RemoveConstraint", "AlterConstraint", "AlterModelOptions",
    "AlterModelManagers", "AlterModelTableComment", "RenameIndex", "CreateModel",
}  # fmt: skip
GONE = {
    "RemoveField", "RenameField", "DeleteModel", "RenameModel", "AlterModelTable",
    "AlterOrderWithRespectTo",
}  # fmt: skip


def objections(
    migration: Migration, state: ProjectState, live: set[tuple[str, str]]
) -> Iterator[str]:
    """What a migration would do to live tables; `state` is what stood before it, and moves on."""
    app = migration.app_label
    harmless = getattr(migration, "safe_because", {})
    for operation in migration.operations:
        told = _told(app, operation)
        why = _objection(app, operation, state, live)
        if why and told not in harmless:
            yield f"{app}.{migration.name}: {told}: {why}"
        operation.state_forwards(app, state)


def _told(app: str, operation: Operation) -> str:
    model = getattr(operation, "model_name", None) or getattr(operation, "name", "")
    names = [app, str(model).lower()]
    if hasattr(operation, "model_name") and hasattr(operation, "name"):
        names.append(str(operation.name))
    return f"{type(operation).__name__} {'.'.join(name for name in names if name)}"


def _objection(
    app: str, operation: Operation, state: ProjectState, live: set[tuple[str, str]]
) -> str | None:
    kind = type(operation).__name__
    if kind in {"RunSQL", "RunPython", "SeparateDatabaseAndState"}:
        return UNREADABLE if any(a == app for a, _model in live) else None
    model = getattr(operation, "model_name", None) or getattr(
        operation, "old_name", getattr(operation, "name", "")
    )
    if (app, str(model).lower()) not in live or kind in HARMLESS:
        return None
    if kind in GONE:
        return TAKES_AWAY
    judge = JUDGES.get(kind)
    if judge is None:
        return UNREADABLE
    return judge(app, operation, state)


def _add_field(_app: str, operation: Operation, _state: ProjectState) -> str | None:
    field = operation.field  # type: ignore[attr-defined]
    if field.many_to_many:
        return None
    if field.unique:
        return UNIQUE
    if field.db_index:
        return CONCURRENTLY
    return None if field.null or field.has_db_default() else NOT_NULL


def _alter_field(app: str, operation: Operation, state: ProjectState) -> str | None:
    after = operation.field  # type: ignore[attr-defined]
    model = state.models[app, operation.model_name_lower]  # type: ignore[attr-defined]
    before = model.get_field(operation.name)  # type: ignore[attr-defined]
    if after.unique and not before.unique:
        return UNIQUE
    if after.db_index and not before.db_index:
        return CONCURRENTLY
    if before.null and not after.null:
        return REWRITES
    return None if _same_column(before, after) else REWRITES


def _same_column(before: Field, after: Field) -> bool:
    """A text may become longer without being touched; everything else stays what it was."""
    if before.remote_field is not None or after.remote_field is not None:
        points = [f.remote_field and f.remote_field.model for f in (before, after)]
        return points[0] == points[1]
    texts = {"CharField", "TextField", "EmailField", "URLField", "SlugField"}
    kinds = {before.get_internal_type(), after.get_internal_type()}
    if kinds <= texts:
        return after.max_length is None or (before.max_length or 10**9) <= after.max_length
    sizes = [(f.max_length, getattr(f, "max_digits", 0)) for f in (before, after)]
    return len(kinds) == 1 and sizes[0] == sizes[1]


def _add_constraint(_app: str, operation: Operation, _state: ProjectState) -> str:
    kind = type(operation.constraint).__name__  # type: ignore[attr-defined]
    return UNIQUE if kind in {"UniqueConstraint", "ExclusionConstraint"} else VALIDATES


JUDGES = {
    "AddField": _add_field,
    "AlterField": _alter_field,
    "AddIndex": lambda *_: CONCURRENTLY,
    "RemoveIndex": lambda *_: "takes a lock: use RemoveIndexConcurrently, with atomic = False",
    "AddConstraint": _add_constraint,
    "AlterUniqueTogether": lambda *_: UNIQUE,
    "AlterIndexTogether": lambda *_: CONCURRENTLY,
}


def check() -> list[str]:
    """Every objection to the migrations that no release has yet."""
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState

    loader = MigrationLoader(None, ignore_no_migrations=True)
    released = set(RELEASED.read_text(encoding="utf-8").split())
    ours = {config for config in loader.disk_migrations if _is_ours(config[0])}
    known = {f"{app}.{name}" for app, name in ours}
    found = [f"{name}: a release has it, and it is gone" for name in sorted(released - known)]
    state, live = ProjectState(), set[tuple[str, str]]()
    for key in _in_order(loader):
        migration = loader.disk_migrations[key]
        if f"{key[0]}.{key[1]}" in released or key not in ours:
            migration.mutate_state(state, preserve=False)
            live |= {model for model in state.models if _is_ours(model[0])}
        else:
            found += objections(migration, state, live)
    return found


def _in_order(loader: object) -> list[tuple[str, str]]:
    order: list[tuple[str, str]] = []
    graph = loader.graph  # type: ignore[attr-defined]
    for leaf in sorted(graph.leaf_nodes()):
        order += [key for key in graph.forwards_plan(leaf) if key not in order]
    return order


def _is_ours(app: str) -> bool:
    from django.apps import apps

    return apps.get_app_config(app).name.startswith("kakehashi.")


def main() -> int:
    """Print every objection; exit with 1 if there is one."""
    os.environ.setdefault("KAKEHASHI_HOME", str(ROOT / "var" / "check"))
    os.environ.setdefault("KAKEHASHI_DB_ROLE", "owner")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    warnings.simplefilter("ignore", RuntimeWarning)
    import django

    django.setup()
    found = check()
    for objection in found:
        print(objection)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
