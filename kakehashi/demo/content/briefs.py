"""Briefs of the demo agency: one accepted, one going round, one with gaps, one overtaken."""

from __future__ import annotations

from typing import Any, NamedTuple


class BriefRow(NamedTuple):
    """A brief: who began and leads it so many days ago, and what stands in it by topic."""

    key: str
    account: str
    kind: str
    title: str
    begun: int
    by: str
    lead: str
    texts: dict[str, str]
    details: Any
    language: str = "ja"
    answers: str = ""


TSUBAME = {
    "management": "つばめ 春の店頭キャンペーン。窓口は国内宣伝部 清水様、当社は二宮。",
    "background": "つばめは発売9年目の小型車。店頭で最後に比べられるのは他社の軽自動車。\n値引きの話から始まる商談が増え、試乗まで進む割合が下がっている。",
    "objective": "3月の店頭で、試乗を申し込む人を増やす。",
    "approach": "年次改良と同時に、店頭、交通広告、WEB動画を同じ言葉でそろえる。",
    "audience": "子どもの送り迎えに毎日乗る30代から40代の親。いまは10年前の車を、壊れるまで乗るつもりでいる。",
    "measure": "来店アンケートと試乗受付の件数。4月第1週に集計。",
    "deliverables": "店頭POP 3種、駅貼り B1 2種、WEB動画 15秒と30秒。",
    "mandatories": "燃費の表記は国土交通省審査値。価格は税込み。",
}
TSUBAME_DETAILS = {
    "objective": {
        "sort": "business",
        "metric": "試乗申込件数",
        "baseline": "月 1,240件",
        "target": "月 1,600件",
        "by_on": 120,
    },
    "measure": {"metric": "試乗申込件数"},
    "budget": {
        "least": "38000000",
        "most": "45000000",
        "currency": "JPY",
        "covers": "制作費と媒体費。店頭施工は含まない。",
    },
    "timing": {"present_on": 14, "live_on": 75},
    "mandatories": {"legal": "法務部 三輪様が事前に確認"},
}
CREATIVE = {
    "why": "買い替えを考えていない人に、店へ来る理由を一つ渡す。",
    "objective": "「乗ってみようかな」と言わせる。",
    "audience": "朝7時50分、園の門の前で車を停めている母親。",
    "insight": "車が好きなのではない。静かな5分が好きなのだ。",
    "proposition": "一日で、ひとりになれる5分。",
    "response": "わかる。送った帰りの5分が、いちばん静か。",
    "tone": "声を張らない。晴れの日だけを描かない。",
    "mandatories": "年次改良の2色を必ず見せる。",
    "deliverables": "店頭POP、駅貼り、WEB動画 15秒と30秒。",
}
CREATIVE_DETAILS = {
    "objective": {
        "sort": "communication",
        "metric": "試乗意向",
        "baseline": "11%",
        "target": "16%",
        "by_on": 120,
    },
    "budget": {"most": "18000000", "currency": "JPY", "covers": "制作費"},
    "timing": {"present_on": 6, "live_on": 75},
}
BRIEFS = (
    BriefRow("tsubame", "RAICHO-JP", "client", "つばめ 春の店頭キャンペーン", -21, "miki", "ninomiya", TSUBAME, TSUBAME_DETAILS),
    BriefRow("tsubame-cr", "RAICHO-JP", "creative", "つばめ 春 クリエイティブ", -6, "ninomiya", "ninomiya", CREATIVE, CREATIVE_DETAILS, answers="tsubame"),
    BriefRow("camp", "RAICHO-JP", "client", "ミネ 夏の体験会", -3, "miki", "ninomiya",
        {"management": "夏のキャンプ場での体験会。昨年に続き2回目。", "background": "昨年は4会場 612組。成約は31台。", "objective": "昨年より多くの家族に乗ってもらう。", "audience": "老若男女、みんなに来てほしい。"},
        {"timing": {"live_on": 210}}),
    BriefRow("connect", "RAICHO-JP", "client", "雷鳥コネクト 認知", -30, "ninomiya", "ninomiya",
        {"background": "車載サービスの契約は新車の4割。", "objective": "納車時の説明だけに頼らず、名前を知ってもらう。", "audience": "1年以内に新車を買った人。", "measure": "指名検索の件数。"},
        {"objective": {"sort": "communication", "metric": "指名検索件数", "baseline": "週 820件", "target": "週 1,500件", "by_on": 150}, "measure": {"metric": "指名検索件数"}, "budget": {"most": "12000000", "currency": "JPY", "covers": "WEB媒体費"}, "timing": {"live_on": 60}}),
    BriefRow("outdoor", "RAICHO-SG", "client", "Mine Asia outdoor, first half", -5, "priya", "priya",
        {"background": "Mine Asia leads its class in enquiries, not in test drives.", "objective": "Have more of those who enquire sit in the car.", "audience": "Families who moved to the north-east in the last two years."},
        {"objective": {"sort": "business", "metric": "Test drives", "baseline": "310 a month", "target": "400 a month", "by_on": 150}, "timing": {"live_on": 50}}, language="en"),
)  # fmt: skip
DIRECTION = (
    "つばめ 2026",
    "値引きの話になる前に、乗る理由を一つ持って店に来てもらう。語るのは性能ではなく、送り迎えの車内の静けさ。",
)
NOTES = (
    ("tsubame", "mori", 25, "最後に比べられるのは軽自動車。決め手は車内の静かさと荷室。", "販売店10店 聞き取り"),
    ("tsubame", "mori", 60, "買い替えを考えていない人の62%が、直近1年に一度も試乗していない。", "自主調査 n=800"),
)  # fmt: skip
OFF_STRATEGY = "「老若男女」では、昨年来なかった人に届かない。誰に先に来てほしいのか。"
INSIDE = ("budget", "上限の内示は4,500万円だが、岡部長は4,200万円までと見ている。")
SAID = ("timing", "開始日は年次改良の発表日に合わせていただけますか。")
CHANGED = ("audience", "1年以内に新車を買った人、と家族。")
OPENED = "つばめ 春 店頭POPと駅貼り"
