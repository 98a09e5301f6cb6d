"""The program's manners: help, exit codes, and one sentence instead of a traceback."""

from __future__ import annotations

import io
import os
import sys

import pytest
from django.utils import translation

from kakehashi.base.errors import Unreadable
from kakehashi.house import cli
from kakehashi.house.errors import HouseError
from kakehashi.house.home import Home
from tests.house import kakehashi


@pytest.mark.parametrize("command", ["up", "init", "migrate", "worker"])
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit, match="0"):
        cli.main([command, "--help"])

    assert f"usage: kakehashi {command}" in capsys.readouterr().out


def test_every_registered_command_says_what_it_does_and_as_whom():
    commands = next(a for a in cli.parser()._actions if a.dest != "help" and a.choices)

    for name, parser in commands.choices.items():
        assert parser.get_default("run"), name
        assert parser.get_default("db_role") in {None, "worker", "owner"}, name
        assert parser.description.endswith("."), name
    assert len(commands._choices_actions) == len(commands.choices), "a command lacks its help line"


def test_a_package_without_commands_is_skipped():
    assert cli._import("kakehashi.base.commands") is None


def test_a_package_whose_commands_are_broken_is_not(tmp_path, monkeypatch):
    (tmp_path / "broken_commands.py").write_text("import something_that_is_missing")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(ModuleNotFoundError, match="something_that_is_missing"):
        cli._import("broken_commands")


@pytest.mark.parametrize(
    ("problem", "code"), [(HouseError("No room."), 1), (Unreadable("No table."), 2)]
)
def test_what_goes_wrong_is_one_sentence(problem, code, monkeypatch, capsys):
    def fail(_arguments):
        raise problem

    monkeypatch.setattr(cli, "_init", fail)

    assert cli.main(["init"]) == code
    assert capsys.readouterr().err == f"kakehashi: {problem}\n"


def test_what_the_terminal_cannot_show_is_written_as_its_code(monkeypatch):
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", narrow)
    monkeypatch.setattr(cli, "_init", lambda _arguments: print("架け橋", flush=True) or 0)

    assert cli.main(["init"]) == 0
    assert narrow.buffer.getvalue() == b"\\u67b6\\u3051\\u6a4b\n"


def test_a_file_that_cannot_be_written_is_named(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(cli, "_init", lambda _arguments: (tmp_path / "no" / "file").write_text(""))

    assert cli.main(["init"]) == 1
    told = capsys.readouterr().err
    assert told == f"kakehashi: {tmp_path / 'no' / 'file'}: No such file or directory.\n"


def test_a_fault_of_our_own_is_not_hidden(monkeypatch):
    def fail(_arguments):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(cli, "_init", fail)

    with pytest.raises(OSError, match="Input/output error"):
        cli.main(["init"])


def test_a_reader_who_went_away_ends_a_command_quietly(monkeypatch, capfd):
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w", closefd=True) as gone:
        monkeypatch.setattr(sys, "stdout", gone)
        monkeypatch.setattr(cli, "_init", lambda _arguments: print("a table") or 0)

        assert cli.main(["init"]) == 1

    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "C"}, "en"),
        ({"LC_ALL": "en_GB"}, "en"),
        ({}, "en"),
    ],
)
def test_commands_speak_the_terminals_language(environ, language, monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    with cli._speaking_the_terminals_language():
        assert translation.get_language() == language


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (["up", "--port", "0"], "'0' is not a whole number, 1 to 65535"),
        (["up", "--port", "70000"], "'70000' is not a whole number, 1 to 65535"),
        (["up", "--workers", "two"], "'two' is not a whole number, 1 or more"),
        (["worker", "--concurrency", "-1"], "'-1' is not a whole number, 1 or more"),
        (["up", "--host", "no.such.host.invalid"], "no.such.host.invalid: "),
        (["demo", "--scale", "many"], "'many' is not a number of accounts, 1 or more"),
        (["fly"], "invalid choice: 'fly'"),
        ([], "required: COMMAND"),
    ],
)
def test_a_wrong_argument_is_told_in_words(wrong, told, capsys):
    with pytest.raises(SystemExit, match="2"):
        cli.main(wrong)

    assert told in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql://nobody@127.0.0.1:1/agency", "Cannot connect to the database server"),
        ("postgresql://[nobody/agency", "DATABASE_URL cannot be read"),
    ],
)
def test_a_database_that_is_not_there_is_told_without_a_traceback(tmp_path, url, sentence):
    told = kakehashi(Home(tmp_path), "init", DATABASE_URL=url)

    assert told.returncode == 1
    assert told.stderr.startswith("kakehashi: ")
    assert sentence in told.stderr
    assert "Traceback" not in told.stderr
