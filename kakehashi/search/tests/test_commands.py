"""`kakehashi search`, as a person and with their wall."""

from __future__ import annotations

import json

import pytest

from kakehashi.house.cli import parser
from kakehashi.people.models import Person


@pytest.fixture
def search(capsys):
    """search("sora", "--as", "aki") is the status and what was printed."""

    def ran(*words):
        arguments = parser().parse_args(["search", *words])
        status = arguments.run(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return ran


def results(printed):
    return [(row["kind"], row["title"], row["path"]) for row in json.loads(printed)["results"]]


def test_the_results_as_json(cast, search):
    status, out, _err = search("sora", "--as", cast.aki.handle, "--json")

    assert status == 0
    assert results(out) == [
        ("account", "Sora", f"/accounts/{cast.sora.pk}/"),
        ("account", "Sora Tea", f"/accounts/{cast.sora_tea.pk}/"),
        ("company", "Sora", f"/companies/{cast.sora.company_id}/"),
    ]


def test_another_sees_their_own(cast, search):
    _status, out, _err = search("sora", "--as", cast.chie.handle, "--json")

    assert results(out) == [("company", "Sora", f"/companies/{cast.sora.company_id}/")]


def test_pages_and_actions_are_found_in_the_persons_language(cast, search):
    Person.objects.filter(pk=cast.aki.pk).update(language="ja")

    _status, out, _err = search("portfolio", "--as", cast.aki.handle, "--json")

    assert ("page", "ポートフォリオ", "/portfolio/") in results(out)


def test_as_lines_for_a_reader(cast, search):
    status, out, _err = search("sora", "--as", cast.aki.handle)

    assert status == 0
    assert out.startswith("account  Sora  (")
    assert search("qqqq", "--as", cast.aki.handle)[1] == "Nothing was found.\n"
    assert json.loads(search("qqqq", "--as", cast.aki.handle, "--json")[1]) == {"results": []}


def test_a_client_by_their_address(cast, search):
    _status, out, _err = search("sora", "--as", cast.ken.email, "--json")

    assert results(out) == [("account", "Sora", f"/accounts/{cast.sora.pk}/")]


def test_as_nobody_known(cast, search):
    status, out, err = search("sora", "--as", "nobody")

    assert (status, out) == (2, "")
    assert err == "There is nobody with the login nobody.\n"
