"""Codes of accounts tell the name and nothing of how many accounts there are."""

import re

import pytest

from kakehashi.clients.codes import new_account_code, new_username

CODE = re.compile(r"([A-Z0-9]+)-[23456789ABCDEFGHJKMNPQRSTVWXYZ]{4}")


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (("空野製茶", "ソラノセイチャ", ""), "SORANOSE"),
        (("空野製茶", "ソラノセイチャ", "Sorano Tea Co., Ltd."), "SORANOTE"),
        (("Müller & Söhne", "", ""), "MULLERSO"),
        (("トヨタ", "", ""), "TOYOTA"),
        (("電通", "", ""), "AC"),
    ],
)
def test_a_code_begins_with_what_the_name_sounds_like(names, word):
    assert CODE.fullmatch(new_account_code(*names))[1] == word


def test_no_two_codes_of_one_name_are_neighbours():
    assert len({new_account_code("Sora") for _ in range(200)}) > 190


def test_a_login_is_the_name_and_part_of_an_id():
    assert new_username("清水 由紀", "シミズ ユキ", "", "9cbb96") == "shimizuy-9cbb96"
