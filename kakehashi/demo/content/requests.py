"""What the clients have asked of the agency lately, and the mail that came in."""

from __future__ import annotations

from typing import NamedTuple


class RequestRow(NamedTuple):
    """A request: who of the client asked so many days ago, how it came, and what became of it.

    `steps` are what whoever looks after it did since: verb, days ago, words; `brief` is what was
    begun from it.
    """

    account: str
    who: str
    asked: int
    title: str
    text: str
    needed: int | None = None
    how: str = "portal"
    evidence: str = ""
    file: str = ""
    steps: tuple[tuple[str, int, str], ...] = ()
    notes: tuple[str, ...] = ()
    brief: str = ""


REQUESTS = (
    RequestRow("RAICHO-JP", "shimizu", -1, "試乗会の看板 3枚", "来月の試乗会で入口に立てる看板を3枚お願いします。サイズは前回と同じです。", 24, file="会場図.pdf"),
    RequestRow("RAICHO-JP", "shimizu", -3, "販売店向けポスターの増刷", "B2で200枚、全国の販売店に直送できますか。", 18, steps=(("ask_back", -2, "送り先の一覧はいつ頃いただけますか。掲出開始日も教えてください。"),)),
    RequestRow("RAICHO-JP", "shimizu", -8, "春キャンペーンの特設ページ", "試乗予約ができるページを、春のキャンペーンに合わせて開きたいです。", 60, steps=(("ask_back", -7, "予約は販売店のシステムにつなぎますか。"), ("answer", -6, "はい。仕様書をお送りします。"), ("accept", -5, "承りました。ブリーフを一緒に作らせてください。")), notes=("予約システムは他社製。つなぎ込みは早めに制作と話す。",)),
    RequestRow("RAICHO-JP", "oka", -12, "部長会用の出稿実績 1枚", "今期の媒体別の実績を1枚にまとめてほしい。", -6, "phone", "11時頃の電話", steps=(("finish", -10, "メールでお送りしました。"),)),
    RequestRow("RAICHO-SG", "ong", -2, "Banners: EN · ZH · MS", "English, Simplified Chinese and Malay. The master is the Tokyo key visual.", 21),
    RequestRow("SHIRAITO-CHA", "shiraito.cha", -4, "新パッケージの店頭POP", "切り替えは三週間後です。什器の図面を添えます。", 20, file="什器図面.pdf", steps=(("accept", -3, "承りました。"),)),
    RequestRow("AMATSU-MOBILE", "amatsu.mobile", -9, "料金改定の先行バナー", "発表前ですが、先に作り始められますか。", 10, steps=(("decline", -8, "発表前の料金は社内でもお預かりできません。発表の翌日から最短3日でお作りします。"),)),
    RequestRow("HANA-JP-SHIZUKU", "hana.shizuku", -2, "口コミ動画の二次利用", "店頭のサイネージでも流したいです。権利の範囲を確認してください。"),
    RequestRow("KOHAKU", "kohaku.head", -5, "年末ギフトの新聞広告", "例年の枠。今年は写真を替えたい。", 35, "phone", "本社からの電話、9時半", steps=(("accept", -4, ""),), brief="年末ギフト 新聞"),
    RequestRow("HANA-JP", "hana.yakuji", -6, "表示の直し 2か所", "赤字の2か所だけ。", -1, "email", "10/2 のメール", steps=(("finish", -3, "直したものをお送りしました。"),)),
)  # fmt: skip


class MailRow(NamedTuple):
    """A mail that came in so many days ago: from a contact, or from an address."""

    account: str
    sender: str
    came: int
    subject: str
    text: str
    proven: bool = True
    more: tuple[tuple[str, str], ...] = ()


MAILS = (
    MailRow("RAICHO-JP", "murai", -1, "見積書の宛名変更のお願い", "購買部の村井です。\n\n来月より社名表記が変わります。見積書の宛名を「雷鳥自動車株式会社 購買統括部」に変更してください。"),
    MailRow("RAICHO-JP", "yuki.shimizu@freemail.example", -1, "Re: 試乗会の看板", "自宅から失礼します。看板は4枚に変更してください。清水"),
    MailRow("RAICHO-JP", "oka", -2, "自動応答: 不在のお知らせ", "本日は終日外出しております。", more=(("Auto-Submitted", "auto-replied"),)),
    MailRow("RAICHO-JP", "oka", -2, "至急の振込先変更", "下記の口座に変更をお願いします。", proven=False),
    MailRow("RAICHO-SG", "sg.digital", -1, "Tracking tags", "Could you send the tag sheet for the October flight?"),
)  # fmt: skip
