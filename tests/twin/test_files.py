"""Files that name what is hidden, loaded and written by the tasks themselves: nothing is told."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.utils.timezone import localdate, now

from kakehashi.imports import actions
from kakehashi.imports.kinds import KINDS
from kakehashi.imports.layouts import guess
from kakehashi.imports.maps import FileMap
from kakehashi.imports.models import ExportRun, ImportRun
from kakehashi.imports.tasks import run_export, run_import
from kakehashi.money.actions import ask_for_tally
from kakehashi.money.asking import Asked
from kakehashi.money.models import Tally
from kakehashi.money.tasks import add_up
from tests.twin.asking import Answer, viewer
from tests.twin.comparing import leaks
from tests.twin.normal import normal
from tests.twin.world import ADDRESS, HIDDEN, NAME, world

FILES = {
    "companies": f"code,name,parent\nX1,{NAME},C1\nC2,ヒカリ・モビリティ,C1\n",
    "people": (
        "login,name,email,office,roles,reports_to,starts_on\n"
        f"himuro,氷室 極秘,{ADDRESS},TYO1,coordinator,small.chino,2026-01-01\n"
        f"small.new,新人,new@akebono.example,{HIDDEN},coordinator,himuro,2026-01-01\n"
    ),
    "accounts": (
        "code,company,name,parent,level,status,lead_office\n"
        f"NEW-1,C1,{NAME},,brand,active,TYO1\n"
        f"NEW-2,C1,ヒカリ新,{HIDDEN},brand,active,TYO1\n"
        f"NEW-3,C1,ヒカリ新々,{NAME},brand,active,TYO1\n"
    ),
    "contacts": (
        "email,account,name,buying_role,reports_to\n"
        f"{ADDRESS},HIKARI-JP,氷室 極秘,user,\n"
        f"new@client.example,{HIDDEN},新人,user,\n"
        f"other@client.example,HIKARI-JP,新々,user,{ADDRESS}\n"
    ),
    "seats": (
        "account,person,role,starts_on,lead\n"
        f"{HIDDEN},small.fukui,account_executive,2026-01-01,1\n"
        f"{NAME},small.fukui,account_executive,2026-01-01,\n"
        "HIKARI-JP,himuro,account_executive,2026-01-01,\n"
    ),
    "revenue": (
        "account,month,service_line,billings,net_revenue,cost,currency\n"
        f"{HIDDEN},2026-01,制作,5,1,1,JPY\n"
        f"{NAME},2026-01,制作,5,1,1,JPY\n"
    ),
}
TAKEN_CODE = f"code,company,name,lead_office\n{HIDDEN},C1,新規,TYO1\nMIO-2,C1,新規二,TYO1\n"


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def loaded(who, kind, text, *, partial):
    """What a run of a file came to, as its page tells it; nothing of it remains."""
    with undone():
        with who.seeing():
            chunks = [text.encode()]
            upload = actions.upload_file(
                kind=KINDS[kind], name="file.csv", chunks=chunks, by=who.person, at=now()
            )
            file_map = FileMap(columns=guess(upload.file_kind, upload.header))
            run = actions.rehearse(upload=upload, file_map=file_map, by=who.person, at=now())
        ImportRun.objects.filter(pk=run.pk).update(rehearsed=not partial, partial=partial)
        run_import(str(run.pk), str(who.person.pk))
        run.refresh_from_db()
        problems = list(run.problems.values_list("row", "column", "value", "reason"))
        upload.path.unlink()
    counts = (run.rows, run.created, run.updated, run.unchanged, run.rejected, run.error)
    return Answer(0, tuple(map(str, counts)), "\n".join(map(str, problems)))


def files_loaded(who):
    return {
        f"{kind} {partial}": loaded(who, kind, text, partial=partial)
        for kind, text in FILES.items()
        if (kind == "revenue") == (who.name == "finance")
        for partial in (False, True)
    }


def files_written(who):
    found = {}
    for kind in KINDS:
        with undone():
            with who.seeing():
                run = actions.ask_for_export(
                    kind=KINDS[kind], form="csv", by=who.person, at=now(), total=0
                )
            run_export(str(run.pk), str(who.person.pk))
            run = ExportRun.objects.get(pk=run.pk)
            found[kind] = Answer(0, (str(run.done), run.error), normal(run.path.read_bytes()))
            run.path.unlink()
    return found


def portfolios_added_up(who):
    found = {}
    for form, by in (("page", "client"), ("page", "account"), ("xlsx", "account")):
        given = {"by": by, "measure": "billings", "currency": "JPY"}
        with undone():
            with who.seeing():
                tally = ask_for_tally(
                    asked=Asked(given, who.person, localdate()), form=form, at=now()
                )
            add_up(str(tally.pk), str(who.person.pk))
            tally = Tally.objects.get(pk=tally.pk)
            made = bytes(tally.file) if tally.file else json.dumps(tally.found).encode()
            found[f"{form} {by}"] = Answer(0, (str(tally.done), tally.error), normal(made))
    return found


@pytest.mark.parametrize("name", ["administrator", "finance"])
def test_a_file_that_names_what_is_hidden_is_answered_as_if_it_did_not_exist(db, name):
    found = leaks(name, files_loaded)

    assert not found, "\n".join(found)


def test_files_that_are_loaded_reach_the_rows_they_name(db):
    """Else two worlds would agree in refusing everything."""
    with world(hidden=False) as made:
        told = files_loaded(viewer("administrator", made.viewers, "ja"))

    created = {where: int(answer.headers[1]) for where, answer in told.items()}
    assert all(created[f"{kind} True"] for kind in ("companies", "people", "accounts", "contacts"))
    assert not any(answer.headers[5] for answer in told.values())


@pytest.mark.parametrize("name", ["administrator", "finance", "account_director"])
def test_a_file_written_in_the_background_holds_nothing_hidden(db, name):
    found = leaks(name, files_written)

    assert not found, "\n".join(found)


def test_a_code_in_a_file_that_is_taken_says_no_more_than_that(db):
    with world(hidden=True) as made:
        answer = loaded(
            viewer("administrator", made.viewers, "en"), "accounts", TAKEN_CODE, partial=True
        )

    assert (answer.headers[1], answer.headers[4]) == ("1", "1")
    assert answer.body.startswith(f"(0, 'code', '{HIDDEN}'")
    assert NAME not in answer.body


@pytest.mark.parametrize("name", ["agency_director", "finance"])
def test_a_portfolio_added_up_in_the_background_holds_nothing_hidden(db, name):
    found = leaks(name, portfolios_added_up)

    assert not found, "\n".join(found)
