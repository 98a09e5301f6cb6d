"""The first day of an agency, on a real `kakehashi up`: empty, files, home."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kakehashi.ui.formats import money_text
from tests.stories import first_day
from tests.stories.first_day import (
    ADMINISTRATOR,
    EARNED,
    PASSWORD,
    REVENUE_LINES,
    opens_mail,
)

if TYPE_CHECKING:
    from tests.stories.first_day import File
    from tests.stories.visitor import Visitor

pytestmark = pytest.mark.slow

INVITATION = "Your sign-in to Kakehashi"
CHOSEN = "a-password-of-her-own"
HEADINGS = {
    "code": "取引先番号",
    "name": "相手先",
    "corporate_number": "法人番号",
    "country": "お国",
}


def sends(who: Visitor, kind: str, name: str, content: bytes) -> None:
    """From the page of files to the question which column is which."""
    who.opens("/imports/")
    who.main.locator(f"a[href='/imports/{kind}/new/']").click()
    who.page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content}]
    )
    who.presses("Upload")
    who.sees("Which column is which")


def count_of(who: Visitor, label: str) -> str:
    """The number above a label, once the run has ended."""
    stat = who.main.locator(".stat", has_text=who.words(label))
    return stat.locator("strong").inner_text()


def loads(who: Visitor, file: File) -> None:
    """Rehearse a file and load it for real; both tell the same."""
    sends(who, file.kind, file.name, file.content)
    who.presses("Rehearse")
    who.sees("This was a rehearsal: nothing was changed.")
    told = [count_of(who, label) for label in ("Rows", "Rejected")]
    assert told == [f"{file.rows:,}", "0"], file.kind
    who.presses("Load for real")
    who.sees("Loaded.")
    assert [count_of(who, label) for label in ("Rows", "Rejected")] == told


def test_an_agency_moves_in_and_an_account_executive_finds_her_accounts(newcomer):
    # Nobody but the administrator is there, and the first page says what to do.
    administrator = newcomer()
    administrator.signs_in(ADMINISTRATOR, PASSWORD)
    administrator.sees("Moving in")
    administrator.follows("Import")
    administrator.sees("Nothing was imported yet")

    for file in first_day.files():
        loads(administrator, file)

    # He invites the account executive, whose login came with the file.
    administrator.opens("/people/list/")
    administrator.follows("秋野 葵")
    administrator.presses("Send an invitation to sign in")
    administrator.sees("akino@hajime.example")

    # She finds two mails: the invitation, and the link she asked for with it.
    akino = newcomer()
    opens_mail(akino, INVITATION)
    akino.page.locator("main a[href$='/password/reset/']").click()
    akino.page.fill("[name=email]", "akino@hajime.example")
    akino.presses("Send the link")
    akino.sees("Look in your mail")
    opens_mail(akino, "akino@hajime.example", but_not=INVITATION)
    akino.page.locator("main a[href*='/password/reset/']").click()
    akino.page.fill("[name=password1]", CHOSEN)
    akino.page.fill("[name=password2]", CHOSEN)
    akino.main.locator("form [data-kind=primary]").click()
    akino.signs_in("akino", CHOSEN)

    # Her first page: her accounts, their team and status, and what they brought.
    akino.sees("My accounts", "ソラ飲料", "秋野 葵", "取引中")
    akino.sees(money_text(REVENUE_LINES * EARNED, "JPY"))
    akino.does_not_see("リバル")
    akino.follows("ソラ飲料")
    akino.sees("窓口 円", "ソラ飲料株式会社", "ソラの茶")


def test_a_file_with_mistakes_is_told_cell_by_cell_and_goes_in_corrected(newcomer):
    wrong = (
        "取引先番号,相手先,法人番号,お国\n"
        "K1,風見商店,6020001008662,日本\n"
        "K2,凪工業,6020001008663,JP\n"
        "K3,,,XX\n"
    )
    right = wrong.replace("6020001008663", "").replace("K3,,,XX", "K3,Nagi Pte. Ltd.,,SG")
    administrator = newcomer()
    administrator.signs_in(ADMINISTRATOR, PASSWORD)

    # Headings nobody knows are told apart by hand.
    sends(administrator, "companies", "取引先.csv", wrong.encode("cp932"))
    for column, heading in HEADINGS.items():
        administrator.page.select_option(f"[name=column_{column}]", heading)
    administrator.presses("Rehearse")

    # Each problem: which row, which column, what stands there, and why it cannot stay.
    administrator.sees("Problems")
    assert problems(administrator) == [
        ("行 1", "法人番号", "6020001008663"),
        ("行 2", "会社名", "–"),
        ("行 2", "国", "XX"),
    ]
    administrator.sees("「XX」は国として読み取れません。")
    assert count_of(administrator, "Rejected") == "2"

    # The corrected file needs no second explanation of its headings, and goes in.
    sends(administrator, "companies", "取引先.csv", right.encode("cp932"))
    for column, heading in HEADINGS.items():
        assert administrator.page.input_value(f"[name=column_{column}]") == heading
    administrator.presses("Rehearse")
    administrator.presses("Load for real")
    administrator.sees("Loaded.")
    administrator.opens("/companies/?q=凪工業")
    administrator.sees("凪工業")


def problems(who: Visitor) -> list[tuple[str, ...]]:
    rows = who.main.locator("table tbody tr").all()
    return [tuple(cell.inner_text() for cell in row.locator("th, td").all()[:3]) for row in rows]
