"""What the agency promised its clients, and who is known to compete."""

from __future__ import annotations

from typing import NamedTuple


class PromiseRow(NamedTuple):
    """A commitment. Days are counted from today."""

    code: str
    account: str
    level: str
    categories: tuple[str, ...]
    competitors: tuple[str, ...]
    countries: tuple[str, ...]
    scope: str
    starts: int
    ends: int | None
    cooling_off: int
    barrier: int
    safeguards: tuple[str, ...]
    clause: str
    file: str
    page: int | None


class RivalryRow(NamedTuple):
    """Two sides by name; `competing` false says that they do not compete."""

    kind: str
    one: str
    other: str
    competing: bool
    ground: str


class MediaRow(NamedTuple):
    """What is kept apart inside one programme."""

    account: str
    medium: str
    rule: str
    starts: int
    source: str


PROMISES = (
    PromiseRow("RAICHO-2023", "RAICHO-JP", "category", ("自動車",), ("月影モータース",), ("JP",), "office", -1100, 260, 6, 12,
               ("営業局・フロア・サーバーの分離", "担当者の兼務禁止"),
               "乙は、契約期間中および終了後6か月間、日本国内において、甲と競合する乗用車の広告業務を、甲の担当部署と人員・執務場所・情報システムを共にする部署に行わせない。",
               "雷鳥自動車_基本契約書.pdf", 7),
    PromiseRow("SHIRAITO-2024", "SHIRAITO", "category", ("緑茶飲料", "ミネラルウォーター"), (), ("JP",), "team", -800, 295, 3, 6, (),
               "乙は、甲の緑茶飲料およびミネラルウォーターと競合する商品の広告業務を、甲を担当する部署において受託しない。",
               "白糸飲料_業務委託契約書.pdf", 4),
    PromiseRow("HANA-2022", "HANA", "company", (), ("株式会社雪月花粧", "黒曜コスメティクス株式会社"), (), "agency_brand", -1500, -40, 6, 12,
               ("担当チームの分離",),
               "乙は、甲が別紙で名指しする会社のスキンケア製品の広告業務を受託するときは、あらかじめ担当チームを分離する。",
               "花筏化粧品_覚書.pdf", 2),
    PromiseRow("OTORI-2021", "OTORI", "category", ("航空",), (), (), "network", -1800, None, 12, 12, (),
               "The Agency shall not, in any country, provide advertising services to another passenger airline.",
               "Otori_master_services_agreement.pdf", 19),
    PromiseRow("KODAMA-2020", "KODAMA", "brand", (), ("森のひとくち",), ("JP",), "network", -2100, -700, 6, 0, (),
               "乙は「森のひとくち」の広告業務を受託しない。", "谺製菓_契約書.pdf", 3),
)  # fmt: skip

RIVALRIES = (
    RivalryRow(
        "company",
        "雷鳥自動車株式会社",
        "月影モータース株式会社",
        True,
        "乗用車で正面から競合する。",
    ),
    RivalryRow(
        "company", "白糸飲料株式会社", "琥珀ビバレッジ株式会社", True, "緑茶飲料で競合する。"
    ),
    RivalryRow("company", "花筏化粧品株式会社", "株式会社雪月花粧", True, "スキンケアで競合する。"),
    RivalryRow("brand", "こだまチョコ", "森のひとくち", True, "価格帯と棚が同じである。"),
    RivalryRow(
        "group",
        "株式会社汐見台銀行",
        "Straits Heron Bank Ltd",
        False,
        "営業する国が異なり、提携もしている。",
    ),
)

MEDIA_RULES = (
    MediaRow(
        "RAICHO-JP", "tv", "同一番組で他の自動車メーカーのCMを流さない。", -400, "年間提供契約"
    ),
    MediaRow("AWA", "tv", "前後のCMに他社の洗剤を置かない。", -200, "局との申し合わせ"),
)
