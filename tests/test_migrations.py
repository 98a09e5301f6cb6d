"""A migration that would stop a live agency is refused, and says what to do instead."""

from __future__ import annotations

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState

from tools import migrations as linter

LIVE = {("shop", "order")}


def field(**more):
    return models.CharField(max_length=20, **more)


def add(name="note", **more):
    return migrations.AddField("order", name, field(**more))


def alter(name, changed):
    return migrations.AlterField("order", name, changed)


CHECKED = models.CheckConstraint(condition=models.Q(size__gt=0), name="size_positive")
ONCE = models.UniqueConstraint(fields=["code"], name="code_once")
INDEX = models.Index(fields=["code"], name="by_code")
NOTHING = None


def objections_to(*operations, **attributes):
    state = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("code", field(null=True)),
        ("size", models.IntegerField()),
    ]
    state.add_model(ModelState("shop", "Order", fields))
    state.add_model(ModelState("shop", "Draft", fields))
    body = {"operations": list(operations), "dependencies": [], **attributes}
    migration = type("Migration", (migrations.Migration,), body)("0002_more", "shop")
    return list(linter.objections(migration, state, LIVE))


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        (add(null=True), NOTHING),
        (add(db_default=""), NOTHING),
        (add(default=""), linter.NOT_NULL),
        (add(null=True, unique=True), linter.UNIQUE),
        (add(null=True, db_index=True), linter.CONCURRENTLY),
        (alter("code", models.CharField(max_length=40, null=True)), NOTHING),
        (alter("code", models.TextField(null=True)), NOTHING),
        (alter("code", models.CharField(max_length=5, null=True)), linter.REWRITES),
        (alter("code", models.IntegerField(null=True)), linter.REWRITES),
        (alter("code", field()), linter.REWRITES),
        (alter("size", models.BigIntegerField()), linter.REWRITES),
        (alter("size", models.IntegerField(db_index=True)), linter.CONCURRENTLY),
        (migrations.RemoveField("order", "size"), linter.TAKES_AWAY),
        (migrations.RenameField("order", "size", "amount"), linter.TAKES_AWAY),
        (migrations.DeleteModel("Order"), linter.TAKES_AWAY),
        (migrations.RenameModel("Order", "Sale"), linter.TAKES_AWAY),
        (migrations.AddIndex("order", INDEX), linter.CONCURRENTLY),
        (AddIndexConcurrently("order", INDEX), NOTHING),
        (migrations.AddConstraint("order", CHECKED), linter.VALIDATES),
        (AddConstraintNotValid("order", CHECKED), NOTHING),
        (migrations.AddConstraint("order", ONCE), linter.UNIQUE),
        (migrations.RunSQL("LOCK TABLE shop_order"), linter.UNREADABLE),
        (migrations.CreateModel("Line", [("id", models.BigAutoField(primary_key=True))]), NOTHING),
    ],
)
def test_what_is_done_to_a_live_table_is_judged(operation, why):
    found = objections_to(operation)

    assert len(found) == bool(why)
    assert not found or found[0].endswith(why)


def test_a_table_that_no_release_has_is_nobodys_yet():
    assert objections_to(migrations.AddIndex("draft", INDEX)) == []


def test_a_reason_is_heard_for_that_operation_only():
    taken = migrations.RemoveField("order", "size")
    told = "RemoveField shop.order.size"

    assert objections_to(taken, safe_because={told: "not read since 1.2"}) == []
    assert objections_to(taken, safe_because={"RemoveField shop.order.code": "no"}) != []


def test_the_migrations_that_stand_are_fit_for_a_live_agency(monkeypatch, tmp_path):
    assert linter.check() == []

    released = tmp_path / "released.txt"
    released.write_text("people.0001_initial people.0999_gone")
    monkeypatch.setattr(linter, "RELEASED", released)
    assert linter.check() == ["people.0999_gone: a release has it, and it is gone"]
