"""What the names of a generated agency are made of, and who signs in to measure it."""

from __future__ import annotations

OWN, DENIED = 200, 40  # accounts of the executive, and denials of the director

WORDS = (
    ("雷鳥", "らいちょう"), ("月影", "つきかげ"), ("白糸", "しらいと"), ("琥珀", "こはく"), ("花筏", "はないかだ"),
    ("雪月", "せつげつ"), ("山鳩", "やまばと"), ("天津風", "あまつかぜ"), ("鴻", "おおとり"), ("八重垣", "やえがき"),
    ("若竹", "わかたけ"), ("千木", "ちぎ"), ("螢火", "ほたるび"), ("狐火", "きつねび"), ("泡雪", "あわゆき"), ("汐見", "しおみ"),
)  # fmt: skip
TRADES = (
    ("自動車", "じどうしゃ"), ("飲料", "いんりょう"), ("化粧品", "けしょうひん"), ("食品", "しょくひん"), ("通信", "つうしん"),
    ("航空", "こうくう"), ("生命", "せいめい"), ("銀行", "ぎんこう"), ("薬品", "やくひん"), ("電機", "でんき"), ("遊戯", "ゆうぎ"),
)  # fmt: skip
SIGN_INS = (
    ("account_executive", "bench.ae", f"{OWN} accounts"),
    ("group_account_director", "bench.manager", "three tenths of all"),
    ("agency_director", "bench.director", f"all but {DENIED}"),
    ("finance", "bench.finance", "all, with cost"),
    ("conflicts_officer", "bench.officer", "all"),
    ("administrator", "bench.admin", "all"),
)
