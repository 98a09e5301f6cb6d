"""Passwords and a person's data on the command line."""

from __future__ import annotations

import io
import json

import pytest

from kakehashi.base.errors import Unreadable
from kakehashi.house.cli import parser
from kakehashi.people import commands
from kakehashi.people.models import Login
from tests import factories as make


class Terminal(io.StringIO):
    def isatty(self):
        return True


def run(*words):
    arguments = parser().parse_args(words)
    return arguments.run(arguments)


def password_from(monkeypatch, line):
    monkeypatch.setattr("sys.stdin", io.StringIO(line))


def test_a_password_comes_from_standard_input(cast, monkeypatch, client, capsys):
    password_from(monkeypatch, "a-quiet-harbour-9\n")

    assert run("password", cast.aki.handle) == 0

    assert client.login(username=cast.aki.handle, password="a-quiet-harbour-9")
    assert cast.aki.handle in capsys.readouterr().out


def test_a_password_is_typed_twice_at_a_terminal(cast, monkeypatch):
    monkeypatch.setattr("sys.stdin", Terminal())
    answers = iter(["a-quiet-harbour-9", "a-quiet-harbor-9"])
    monkeypatch.setattr(commands.getpass, "getpass", lambda _prompt: next(answers))

    with pytest.raises(Unreadable, match="differ"):
        run("password", cast.aki.handle)

    monkeypatch.setattr(commands.getpass, "getpass", lambda _prompt: "a-quiet-harbour-9")
    assert run("password", cast.aki.handle) == 0
    assert Login.objects.get(person=cast.aki).check_password("a-quiet-harbour-9")


def test_somebody_who_never_could_sign_in_now_can(cast, monkeypatch):
    person = make.person("Mio", handle="mio", email="mio@agency.example")
    password_from(monkeypatch, "a-quiet-harbour-9\n")

    run("password", "mio")

    login = Login.objects.get(person=person)
    assert (login.username, login.email) == ("mio", "mio@agency.example")


def test_a_closed_sign_in_opens_again(cast, monkeypatch):
    Login.objects.filter(person=cast.aki).update(is_active=False)
    password_from(monkeypatch, "a-quiet-harbour-9\n")

    run("password", cast.aki.handle)

    assert Login.objects.get(person=cast.aki).is_active


@pytest.mark.parametrize("line", ["", "short\n", "12345678901\n", "password\n"])
def test_a_weak_password_is_refused(cast, monkeypatch, line):
    password_from(monkeypatch, line)

    with pytest.raises(Unreadable, match="password"):
        run("password", cast.aki.handle)

    assert Login.objects.get(person=cast.aki).check_password(make.PASSWORD)


def test_nobody_by_that_name(cast, monkeypatch):
    password_from(monkeypatch, "a-quiet-harbour-9\n")

    with pytest.raises(Unreadable, match="Nobody signs in as 'nobody'"):
        run("password", "nobody")


def test_a_persons_data_is_printed_or_written(cast, capsys, tmp_path):
    assert run("export-person", cast.aki.handle) == 0
    printed = json.loads(capsys.readouterr().out)

    file = tmp_path / "aki.json"
    run("export-person", str(cast.aki.pk), "--output", str(file))

    assert printed["person"]["name"] == "Aki"
    assert json.loads(file.read_text(encoding="utf-8"))["person"] == printed["person"]


@pytest.mark.parametrize("told", ["nobody", "00000000-0000-0000-0000-000000000000"])
def test_a_person_who_is_not_there(cast, told):
    with pytest.raises(Unreadable, match="no person"):
        run("export-person", told)
