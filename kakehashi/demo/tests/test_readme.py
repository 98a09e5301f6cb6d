"""The README lists one sign-in for each role, the same as the program tells."""

from __future__ import annotations

from pathlib import Path

from kakehashi.demo.signin import PASSWORD, SignIn, everybody, sign_ins
from kakehashi.policy.roles import RoleCode

README = Path(__file__).resolve().parents[3] / "README.md"
HEADING = "### Who can sign in"


def section():
    """The lines of that section."""
    text = README.read_text(encoding="utf-8").partition(HEADING)[2]
    return text.partition("\n#")[0].splitlines()


def row(one: SignIn) -> str:
    shown = (one.label("en"), one.label("ja"), f"`{one.login}`", one.name, one.language)
    return f"| {' | '.join(shown)} |"


def test_the_readme_lists_those_who_can_sign_in():
    rows = [line for line in section() if line.startswith("| ") and "`" in line]

    assert rows == [row(one) for one in sign_ins()]


def test_the_readme_tells_the_password():
    assert any(f"`{PASSWORD}`" in line for line in section())


def test_there_is_one_sign_in_for_each_role_and_the_client_has_one_in_each_language():
    told = sign_ins()

    assert [one.role for one in told if one.role] == list(RoleCode)
    assert [one.language for one in told if not one.role] == ["ja", "en"]
    assert len({one.login for one in told}) == len(told)
    assert {one.login for one in told} <= set(everybody())
