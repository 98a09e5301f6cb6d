"""Rivals the agency serves side by side, and who is kept from which."""

from __future__ import annotations

from typing import NamedTuple


class WallRow(NamedTuple):
    """A wall: for each account, who is denied it. Days are counted from today.

    Between `sides` it was put up here, each account's side being those denied the other; the rest
    came in with a file, denial by denial.
    """

    name: str
    denied: dict[str, str]
    starts: int
    review: int
    reason: str
    sides: tuple[str, ...] = ()
    exempt: str = ""
    why: str = ""


WALLS = (
    WallRow(
        "雷鳥自動車 × 月影モータース",
        {
            "TSUKI": "mikami arisugawa oba shindo kadokura ninomiya miki saionji mori ayase asahina"
            " kurose hoshino segawa tsukuda priya aisyah",
            "RAICHO": "jinnai kirishima aragaki toyama kazama minase chigira tsubaki nanami matoba"
            " iwato wakui amamiya kuze marcus",
        },
        -1100,
        45,
        "基本契約の排他条項(自動車・国内)。両社の担当は局・フロア・サーバーを分け、同じ人が両方を扱わない。",
    ),
    WallRow(
        "白糸飲料 × 琥珀ビバレッジ",
        {
            "SHIRAITO": "dojima nakatsu temma sumiyoshi uemachi momotani",
            "KOHAKU": "makabe onodera sawaki tokiwa himeno ikoma otowa tadokoro",
        },
        -800,
        -10,
        "緑茶飲料で正面から競合する。東京と関西で担当を分けることを両社に説明し、承諾を得ている。",
    ),
    WallRow(
        "花筏化粧品 × 雪月花粧",
        {
            "HANA": "makabe fuwa tsuge kusunoki mizuki asahina hoshino",
            "SETSU": "arisugawa hatano utsumi nishina asakura shirakawa oliver freya nanami iwato",
        },
        -600,
        120,
        "スキンケアで競合する。新製品の発表時期を互いに知り得ないようにする。",
        ("花筏担当", "雪月花担当"),
        "hoshino",
        "花筏の新店に出す映像の色校正。立ち会う間だけ閲覧を認める。",
    ),
)
