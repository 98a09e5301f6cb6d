"""What an agency has on its first day: a head office, an administrator, and files of its own.

The files are as such files are: headings in Japanese or English, written by whatever program the
agency had, one of them a workbook.
"""

from __future__ import annotations

import io
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from openpyxl import Workbook

from kakehashi.base.periods import last_twelve_months
from tests.house import PROGRAM, environment, kakehashi

if TYPE_CHECKING:
    from kakehashi.house.home import Home
    from tests.stories.visitor import Visitor

ADMINISTRATOR, PASSWORD = "soumu", "first-day-of-an-agency"
REVENUE_LINES = 12_000  # of the revenue file: enough to see it under way
EARNED = 1_000  # yen a line
PATIENCE = 120  # seconds for a mail to go out

HEAD_OFFICE = "code,name,kind,country,timezone\nHQ,株式会社はじめ,agency,JP,Asia/Tokyo\n"
FIRST_PEOPLE = (
    "login,name,email,office,roles,language\n"
    f"{ADMINISTRATOR},総務 太郎,soumu@hajime.example,HQ,administrator,ja\n"
    "kei,Kei Sample,kei@hajime.example,HQ,media,en\n"
)


@dataclass(frozen=True)
class File:
    """One file to load: what kind of thing is in it, and how many rows."""

    kind: str
    name: str
    content: bytes
    rows: int


def found(home: Home) -> None:
    """What the operator does before the pages can be used: the first office, the first login."""
    for kind, text in (("offices", HEAD_OFFICE), ("people", FIRST_PEOPLE)):
        file = home.path / f"{kind}.csv"
        file.write_text(text, encoding="utf-8")
        made = kakehashi(home, "import", kind, str(file))
        assert made.returncode == 0, made.stdout + made.stderr
    chosen = subprocess.run(
        [*PROGRAM, "password", ADMINISTRATOR],
        env=environment(home),
        input=f"{PASSWORD}\n",
        text=True,
        capture_output=True,
        check=False,
    )
    assert chosen.returncode == 0, chosen.stderr


def opens_mail(who: Visitor, about: str, *, but_not: str = "") -> None:
    """Look into the outbox until the worker has sent it, and open it."""
    entry = who.main.locator("li", has_text=who.words(about))
    if but_not:
        entry = entry.filter(has_not_text=who.words(but_not))
    who.opens("/auth/outbox/")
    end = time.monotonic() + PATIENCE
    while entry.count() == 0 and time.monotonic() < end:
        who.page.wait_for_timeout(200)
        who.page.reload()
    entry.first.locator("a").click()


def files() -> list[File]:
    """In the order in which they go in."""
    return [
        _csv("offices", "組織コード,組織名,英語名,上位組織\nEI1,第1営業局,Account Service 1,HQ\n"),
        _csv("people", _PEOPLE, "cp932"),
        _csv("companies", _COMPANIES, "utf-8-sig"),
        _workbook("accounts", _ACCOUNTS),
        _csv("contacts", _CONTACTS, "utf-16"),
        _csv("seats", _SEATS),
        _csv("revenue", _revenue()),
    ]


def _csv(kind: str, text: str, encoding: str = "utf-8") -> File:
    return File(kind, f"{kind}.csv", text.encode(encoding), text.count("\n") - 1)


def _workbook(kind: str, rows: list[list[str]]) -> File:
    book, written = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(written)
    return File(kind, f"{kind}.xlsx", written.getvalue(), len(rows) - 1)


def _revenue() -> str:
    """Small lines without end in the last twelve months, as an accounting program writes them."""
    months = [str(month)[:7] for month in last_twelve_months(localdate())]
    lines = (
        f'SORA,{months[n % 12]},運用 {n // 12:05},"¥5,000",{EARNED},JPY\n'
        for n in range(REVENUE_LINES)
    )
    return "account,month,service_line,billings,net_revenue,currency\n" + "".join(lines)


_PEOPLE = """\
ログイン名,氏名,フリガナ,メールアドレス,所属組織,役割,役職,上司,開始日
akino,秋野 葵,アキノ アオイ,akino@hajime.example,EI1,営業担当（AE）,主任,bando,令和7年4月1日
bando,坂東 仁,バンドウ ジン,bando@hajime.example,EI1,account_director,局長,,平成20年4月1日
"""
_COMPANIES = """\
会社コード,会社名,フリガナ,英語名,国,決算日
C1,ソラ飲料株式会社,ソラインリョウ,Sora Beverages,JP,3月末日
C2,株式会社リバル,リバル,Rival,JP,12月31日
"""
_ACCOUNTS = [
    ["コード", "会社", "アカウント名", "英語名", "親アカウント", "主管部署", "状態", "取引開始日"],
    ["SORA", "C1", "ソラ飲料", "Sora", "", "EI1", "取引中", "２０１６年４月１日"],
    ["SORA-TEA", "C1", "ソラの茶", "Sora Tea", "SORA", "EI1", "active", "2020/4/1"],
    ["RIVAL", "C2", "リバル", "Rival", "", "EI1", "見込み", ""],
]  # fmt: skip
_CONTACTS = """\
メールアドレス,アカウント,氏名,フリガナ,部署,役職,ポータル利用
mado@sora.example,SORA,窓口 円,マドグチ マドカ,宣伝部,課長,はい
"""
_SEATS = """\
account,person,role,starts_on,share,lead
SORA,akino,account_executive,2025-04-01,50%,yes
"""
