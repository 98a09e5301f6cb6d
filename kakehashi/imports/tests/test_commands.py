"""`kakehashi import` and `kakehashi export` as a script or a person at a terminal uses them."""

from __future__ import annotations

import io
import json

import pytest
from django.utils import translation

from kakehashi.house.cli import parser
from kakehashi.imports import commands
from kakehashi.imports.kinds import KINDS
from kakehashi.imports.tests.moving import FILES, standing
from kakehashi.people.models import Office
from tests import factories as make

KEYS = ["kind", "rows", "created", "updated", "unchanged", "rejected", "problems"]


@pytest.fixture
def file(tmp_path):
    """Makes a file and gives its path."""

    def write(content, name="file.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def run(*words):
    arguments = parser().parse_args(words)
    return arguments.run(arguments)


GOOD = "code,name\nA,One\nB,Two\n"
BAD = "code,name,kind\nA,One,\nB,Two,castle\n"


def test_a_file_without_faults_is_loaded_and_exits_with_0(db, file, capsys):
    assert run("import", "offices", file(GOOD)) == 0

    assert Office.objects.count() == 2
    assert capsys.readouterr().out == (
        "offices: 2 rows\n  created 2, updated 0, unchanged 0, rejected 0\nLoaded.\n"
    )


def test_a_rejected_row_exits_with_1_and_nothing_is_loaded(db, file, capsys):
    assert run("import", "offices", file(BAD)) == 1

    assert not Office.objects.exists()
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "  created 0, updated 0, unchanged 0, rejected 1"
    assert lines[2].startswith("  row 1, kind: “castle” This is none of: agency, country")
    assert lines[3] == (
        "Nothing was changed. With --partial: created 1, updated 0, unchanged 0, rejected 1."
    )


def test_partial_loads_the_rest_and_still_exits_with_1(db, file):
    assert run("import", "offices", file(BAD), "--partial") == 1

    assert list(Office.objects.values_list("code", flat=True)) == ["A"]


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01", b"PK\x03\x04...", b"code\nA\n", b"a,a\n1,2\n"]
)
@pytest.mark.parametrize("as_json", [[], ["--json"]], ids=["text", "json"])
def test_an_unreadable_file_exits_with_2_and_one_sentence(db, file, capsys, content, as_json):
    assert run("import", "offices", file(content), *as_json) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1


def test_a_file_or_map_that_is_not_there_exits_with_2(db, file, tmp_path):
    assert run("import", "offices", str(tmp_path / "nowhere.csv")) == 2
    assert run("import", "offices", str(tmp_path)) == 2
    assert run("import", "offices", file(GOOD), "--map", str(tmp_path / "nowhere.toml")) == 2


def test_json_is_what_is_documented_and_nothing_else(db, file, capsys):
    assert run("import", "offices", file(BAD), "--json") == 1

    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == KEYS
    assert answer | {"problems": []} == {
        "kind": "offices",
        "rows": 2,
        "created": 0,
        "updated": 0,
        "unchanged": 0,
        "rejected": 1,
        "problems": [],
    }
    (problem,) = answer["problems"]
    assert list(problem) == ["row", "column", "value", "reason"]
    assert (problem["row"], problem["column"], problem["value"]) == (1, "kind", "castle")


def test_json_of_a_rehearsal_and_of_the_real_run_are_the_same(db, file, capsys):
    for kind in FILES:
        path = file(FILES[kind])
        before = standing()
        assert run("import", kind, path, "--dry-run", "--json") == 0
        rehearsed = capsys.readouterr().out
        assert standing() == before
        assert run("import", kind, path, "--json") == 0

        assert rehearsed == capsys.readouterr().out


def test_json_is_json_on_a_terminal_that_knows_only_ascii(db, file, monkeypatch):
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", narrow)

    run("import", "offices", file("code,name,kind\nA,One,城😀\n"), "--json")

    narrow.flush()
    assert json.loads(narrow.buffer.getvalue())["problems"][0]["value"] == "城😀"


def test_columns_nobody_reads_are_told_beside_the_json(db, file, capsys):
    run("import", "offices", file("code,name,floor\nA,One,3\n"), "--json")

    said = capsys.readouterr()
    assert json.loads(said.out)["created"] == 1
    assert said.err == "Columns nobody reads: floor\n"


def test_a_map_is_used(db, file):
    maps = file('[columns]\ncode = "no"\nname = "what"\n', "map.toml")

    assert run("import", "offices", file("no,what\nA,One\n"), "--map", maps) == 0
    assert Office.objects.get().name == "One"


def test_the_first_problems_are_shown_and_the_others_counted(db, file, capsys):
    run("import", "offices", file("code,name\n" + "A,\n" * 25))

    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("  row ") for line in lines) == commands.SHOWN
    assert "  … and 5 more problems (--json tells them all)" in lines


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_language_is_the_terminals(environment, language):
    assert commands.language_of_terminal(environment) == language


def test_a_japanese_terminal_is_told_in_japanese(db, file, capsys):
    with translation.override("ja"):
        run("import", "offices", file(GOOD), "--dry-run")

    assert capsys.readouterr().out.splitlines() == [
        "offices: 2 行",
        "  新規 2、変更 0、変更なし 0、取り込めない 0",
        "リハーサルなので、何も変更していません。",
    ]


def test_a_long_run_tells_a_terminal_how_far_it_is_and_a_script_nothing(capsys, monkeypatch):
    clock = iter([0.0, 0.5, 2.0, 2.0])
    monkeypatch.setattr(commands.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)

    teller = commands.Teller()
    teller.say("reading", 5_000)
    teller.say("reading", 10_000)

    assert capsys.readouterr().err == "reading: 10,000\n"
    teller.is_terminal = False
    teller.say("reading", 15_000)
    assert capsys.readouterr().err == ""


def test_every_kind_can_be_named(capsys):
    assert tuple(KINDS) == commands.KIND_NAMES
    with pytest.raises(SystemExit) as refused:
        parser().parse_args(["import", "bananas", "x.csv"])
    assert refused.value.code == 2


# Export


def test_an_export_goes_to_standard_output(db, capsysbinary):
    make.office("Tokyo", code="T", country="JP")

    assert run("export", "offices") == 0

    assert capsysbinary.readouterr().out.decode().splitlines() == [
        "code,name,name_en,parent,kind,country,timezone",
        "T,Tokyo,,,agency,JP,Asia/Tokyo",
    ]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_to_a_file_goes_back_in_unchanged(moved_in, tmp_path, capsys, form):
    for kind in FILES:
        path = str(tmp_path / f"{kind}.{form}")

        assert run("export", kind, "--format", form, "--output", path) == 0
        capsys.readouterr()
        assert run("import", kind, path, "--json") == 0
        answer = json.loads(capsys.readouterr().out)
        assert answer["unchanged"] == answer["rows"] > 0, kind


def test_an_export_as_somebody_is_what_they_see(cast, capsysbinary):
    run("export", "accounts", "--as", cast.aki.handle)

    codes = {line.split(",")[0] for line in capsysbinary.readouterr().out.decode().splitlines()[1:]}
    assert codes == {cast.sora.code, cast.sora_tea.code}


def test_an_export_as_nobody_we_know_is_refused(db, capsys):
    assert run("export", "offices", "--as", "nobody") == 2
    assert "nobody" in capsys.readouterr().err


def test_an_export_that_cannot_be_written_says_so(db, tmp_path, capsys):
    assert run("export", "offices", "--output", str(tmp_path / "no" / "file.csv")) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_a_workbook_that_would_be_too_long_is_refused(db, monkeypatch):
    from kakehashi.base.errors import Unreadable
    from kakehashi.imports import spreadsheet

    monkeypatch.setattr(spreadsheet, "SHEET_ROWS", 2)
    with spreadsheet.xlsx_file(io.BytesIO(), "x", ["code"], mark=False) as add:
        add([["A"]])
        with pytest.raises(Unreadable, match="Export CSV"):
            add([["B"]])
