"""Six people sign in to the same agency, and each finds a different first page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from django.utils.timezone import localdate

from kakehashi.base.periods import last_twelve_months
from kakehashi.clients.models import Account
from kakehashi.conflicts.models import Denial
from kakehashi.money.models import Revenue
from kakehashi.policy.models import AccountAbove
from kakehashi.ui.formats import money_text
from tests.stage import speak_english

if TYPE_CHECKING:
    from tests.stories.visitor import Visitor

pytestmark = pytest.mark.slow

SIX = ("ninomiya", "jinnai", "kujo", "hayakawa", "ichinose", "grace.ong")


def earned(*, compact: bool = False, **whose: object) -> str:
    """Yen of the last twelve months as a home writes them, added up here and not by the product."""
    months = last_twelve_months(localdate())
    lines = Revenue.objects.filter(
        currency="JPY", month__gte=months.first, month__lte=months.last, **whose
    )
    total = sum(lines.values_list("net_revenue", flat=True))
    with translation.override("en"):
        return money_text(total, "JPY", compact=compact)


def test_six_people_each_find_their_own_first_page(visitor):
    speak_english(*SIX)
    homes = {login: visitor(login) for login in SIX}

    # The account executive: her accounts, each with its lead, team, status and revenue.
    hers = homes["ninomiya"]
    hers.sees("You serve 2 accounts.", "My accounts")
    hers.sees("Raicho Tsubame", "Raicho Japan", "Takeshi Oba", "Hikari Mori", "Active")
    hers.sees(earned(account__code="RAICHO-JP-TSUBAME"), earned(account__code="RAICHO-JP"))

    # The account director: what his bureau leads, and how concentrated it is.
    his = homes["jinnai"]
    his.sees("Portfolio of the accounts you see (JPY)", "Largest five", "Tsukikage Japan")

    # The agency director: the whole agency, what it earns and what that costs.
    whole = homes["kujo"]
    whole.sees(f"You see {Account.objects.count()} accounts.", earned(compact=True), "Margin")
    whole.sees("Portfolio of the accounts you see (GBP)", "Portfolio of the accounts you see (SGD)")
    whole.sees("key accounts", "in the literature, 1975", "23%", "60%")

    # Finance: how far revenue is loaded.
    homes["hayakawa"].sees("Revenue loaded", "Last month loaded", "Margin")

    # The conflicts officer: walls, and those due for review.
    officer = homes["ichinose"]
    officer.sees("Walls standing", "Due for review", "白糸飲料 × 琥珀ビバレッジ")
    officer.does_not_see("Margin")

    # The client's contact: the people who serve them, and nothing of the house.
    contact = homes["grace.ong"]
    contact.sees("Welcome, Grace Ong", "Raicho Singapore", "Nur Aisyah")
    assert contact.page.locator("nav.nav").count() == 0

    read = {login: who.reads() for login, who in homes.items()}
    assert len(set(read.values())) == len(SIX)
    for login in ("ninomiya", "jinnai", "hayakawa", "grace.ong"):
        assert "Walls standing" not in read[login], login
    for login in ("ninomiya", "jinnai", "grace.ong"):
        assert "Revenue loaded" not in read[login], login


def test_who_is_walled_off_finds_nothing_of_it_anywhere(visitor):
    """Jinnai directs the bureau of one car maker and is denied the other, with all below it."""
    jinnai = visitor("jinnai")
    denied = Denial.objects.filter(person__handle="jinnai").values("account_id")
    below = AccountAbove.objects.filter(above_id__in=denied).values("account_id")
    hidden = Account.objects.filter(pk__in=below)
    assert hidden.count() > 3

    seen = pages_within(jinnai, reach=60)

    assert len(seen) > 50
    for account in hidden:
        assert not jinnai.can_open(f"/accounts/{account.pk}/")
        found = {path for path, html in seen.items() if str(account.pk) in html}
        assert found == set(), account.code
    jinnai.opens(f"/accounts/{hidden[0].pk}/", status=404)
    jinnai.sees("404")


def pages_within(who: Visitor, *, reach: int) -> dict[str, str]:
    """What one finds by following links from the first page, nearest first."""
    found: dict[str, str] = {}
    waiting = ["/", "/accounts/?q=雷鳥", "/accounts/?view=tree", "/imports/accounts/export/csv/"]
    while waiting and len(found) < reach:
        path = waiting.pop(0)
        if path in found:
            continue
        answer = who.page.request.get(path)
        found[path] = answer.text() if answer.ok else ""
        waiting += re.findall(r'<a [^>]*href="(/(?!auth/|static/|imports/)[^"#]*)"', found[path])
    return found
