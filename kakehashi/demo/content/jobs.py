"""Jobs of the agency today: how far each is, who works on it; and what their tasks are made from."""

from __future__ import annotations

from typing import NamedTuple


class JobRow(NamedTuple):
    """A job opened so many days ago, live in so many, where it is on both lines, who works on it."""

    account: str
    title: str
    kind: str
    assigned: str
    opened: int
    live: int
    production: str
    billing: str


class TemplateRow(NamedTuple):
    """A template and its tasks: title, in English, role, working days, what each waits for."""

    name: str
    name_en: str
    kind: str
    tasks: tuple[tuple[str, str, str, int, tuple[int, ...]], ...]


TEMPLATES = (
    TemplateRow("テレビCM 15秒・30秒", "TV commercial", "television", (
        ("企画コンテ", "Storyboard", "creative", 5, ()),
        ("考査の事前相談", "Advance clearance", "media", 3, (1,)),
        ("演出プラン", "Director's treatment", "creative_director", 4, (1,)),
        ("撮影", "Shoot", "production", 3, (2, 3)),
        ("編集・MA", "Edit and sound", "production", 6, (4,)),
        ("CMコード取得と素材入稿", "CM code and delivery", "media", 3, (5,)),
    )),
    TemplateRow("新聞・雑誌広告", "Press advertisement", "newspaper", (
        ("ラフ案", "Layouts", "creative", 4, ()),
        ("コピー", "Copy", "creative", 3, ()),
        ("版下", "Artwork", "production", 3, (1, 2)),
        ("色校", "Colour proof", "production", 3, (3,)),
        ("入稿", "Delivery to the paper", "media", 1, (4,)),
    )),
    TemplateRow("WEB動画・サイト", "Web film or site", "web", (
        ("構成案", "Outline", "creative", 4, ()),
        ("コピー", "Copy", "creative", 3, (1,)),
        ("制作", "Production", "production", 8, (1,)),
        ("表示確認", "Testing", "production", 2, (2, 3)),
        ("配信設定", "Trafficking", "media", 2, (4,)),
    )),
    TemplateRow("店頭・交通", "Outdoor and point of sale", "outdoor", (
        ("デザイン", "Design", "creative", 5, ()),
        ("掲出審査", "Site approval", "media", 4, (1,)),
        ("印刷", "Printing", "production", 6, (1,)),
        ("設営", "Installation", "production", 2, (2, 3)),
    )),
)  # fmt: skip
SHOWN = "初校のPDFを本日メールでお送りしました。表記と色をご覧ください。"
SAID = ("初校の赤字を反映", "素材の差し替え", "掲出位置の確認", "撮影の立ち会い", "仕様書のまとめ")
"""Tasks of jobs that are not made from a template."""
CHANGES = ("ロゴを左上に、一回り大きく。", "価格表記を税込に。", "背景の色を昨年より淡く。")
"""What clients wanted changed."""

JOBS = (
    JobRow("RAICHO-JP", "店頭POP 追加3種", "collateral", "asahina hoshino tsukuda", -50, 20, "client_review", "approved"),
    JobRow("RAICHO-JP", "春キャンペーン WEB動画", "web", "ayase kurose asahina tsukuda segawa", -25, 60, "in_production", "estimated"),
    JobRow("RAICHO-JP-TSUBAME", "年次改良 新聞15段", "newspaper", "kurose hoshino", -12, 30, "in_production", "estimated"),
    JobRow("RAICHO-JP-TSUBAME", "交通広告 駅貼り", "outdoor", "asahina segawa", -30, 12, "in_production", "approved"),
    JobRow("RAICHO-JP-MINE", "キャンプ場 体験会", "pr", "tsukuda hoshino", -70, -12, "delivered", "ready_to_bill"),
    JobRow("RAICHO-SG", "Mine Asia outdoor, bidding weeks", "outdoor", "ayase", -20, 40, "in_production", "estimated"),
    JobRow("RAICHO-UK", "Dealer toolkit", "collateral", "idris", -15, 25, "internal_review", "awaiting_approval"),
    JobRow("TSUKI-JP", "企業広告 静けさ篇 30秒", "television", "tsubaki nanami matoba amamiya", -35, 45, "client_review", "approved"),
    JobRow("TSUKI-JP-OBORO", "航続距離 新表示への差し替え", "web", "iwato matoba", -10, 9, "in_production", "estimated"),
    JobRow("TSUKI-JP-OBORO", "集合住宅向け ランディングページ", "web", "nanami wakui", -5, 55, "in_production", "not_estimated"),
    JobRow("TSUKI-JP-KOYOI", "地方紙シリーズ 12紙", "newspaper", "matoba iwato", -60, 5, "client_review", "estimated"),
    JobRow("SHIRAITO-CHA", "茶葉切り替え ティザー", "web", "asahina kurose tadokoro", -8, 80, "in_production", "estimated"),
    JobRow("SHIRAITO-MIZU", "備蓄 箱売り 店頭", "collateral", "hoshino", -90, -40, "delivered", "invoiced"),
    JobRow("SHIRAITO-COFFEE", "無糖 自販機ラッピング", "outdoor", "hoshino tsukuda", -45, 15, "released", "approved"),
    JobRow("KOHAKU-SODA", "復刻瓶 ラジオ20秒", "radio", "momotani", -18, 22, "on_hold", "estimated"),
    JobRow("HANA-JP-SHIZUKU", "詰替え 雑誌4色2ページ", "web", "nanami iwato", -22, 35, "in_production", "awaiting_approval"),
    JobRow("HANA-JP-KURENAI", "試し塗り 店頭動画", "web", "tsubaki nanami amamiya", -14, 50, "in_production", "approved"),
    JobRow("HANA-UK", "Shizuku launch film, subtitles", "web", "idris", -9, 28, "in_production", "estimated"),
    JobRow("SETSU-SHIROTAE", "冬の限定 同梱冊子", "collateral", "asahina hoshino", -16, 18, "in_production", "estimated"),
    JobRow("YAMA-CURRY", "中辛 テレビ15秒", "television", "matoba", -40, 10, "internal_review", "awaiting_approval"),
    JobRow("AMATSU", "春商戦 三案並行", "media", "tsubaki matoba iwato wakui", -6, 90, "client_review", "approved"),
    JobRow("AMATSU-MOBILE", "料金表 全店差し替え", "web", "iwato amamiya", -28, 6, "in_production", "estimated"),
    JobRow("OTORI-JP", "早割 デジタル", "web", "kurose segawa", -19, 33, "in_production", "not_estimated"),
    JobRow("YAE", "医療保険 募集冊子", "collateral", "hoshino", -55, 14, "client_review", "estimated"),
    JobRow("KITSUNE", "発表会 演出", "pr", "nanami amamiya", -65, 2, "released", "approved"),
    JobRow("AWA-SENZAI", "部屋干し テレビ15秒", "television", "kurose tadokoro", -33, 44, "in_production", "approved"),
    JobRow("HERON", "Heron Everyday, branch posters", "outdoor", "idris", -11, 21, "released", "approved"),
    JobRow("THISTLE-JP", "贈答缶 店頭", "collateral", "iwato", -24, 31, "on_hold", "estimated"),
    JobRow("RAICHO", "四半期ブランド調査の報告書", "other", "", -20, 25, "proposed", "estimated"),
    JobRow("RAICHO-JP", "年末年始 ラジオ20秒", "radio", "", -3, 38, "proposed", "not_estimated"),
    JobRow("RAICHO-JP", "新聞15段 初売り", "newspaper", "", -2, 40, "proposed", "not_estimated"),
    JobRow("RAICHO-JP-KANSAI", "折込チラシ 決算セール", "newspaper", "", -6, 18, "in_production", "estimated"),
    JobRow("RAICHO-JP-TSUBAME", "夏の試乗会 ノベルティ", "pr", "", -95, -55, "delivered", "ready_to_bill"),
    JobRow("TSUKI-JP", "秋の企業広告 新聞", "newspaper", "", -110, -60, "delivered", "ready_to_bill"),
    JobRow("TSUKI-JP-OBORO", "充電網の説明図", "collateral", "", -1, 30, "proposed", "not_estimated"),
    JobRow("TSUKI-SG", "Showroom screens", "outdoor", "", -8, 26, "proposed", "estimated"),
    JobRow("SHIRAITO", "棚替え 商談用資料", "collateral", "", -9, 15, "client_review", "approved"),
    JobRow("SHIRAITO-CHA", "夏の自販機 ステッカー", "outdoor", "", -120, -70, "delivered", "closed"),
    JobRow("SHIRAITO-COFFEE", "冬缶 交通広告", "outdoor", "", -4, 45, "proposed", "not_estimated"),
    JobRow("KOHAKU", "年賀 店頭什器", "collateral", "", -12, 20, "in_production", "estimated"),
    JobRow("KOHAKU-CHA", "試飲キャンペーン 応募サイト", "web", "", -30, -4, "in_production", "estimated"),
    JobRow("HANA-JP", "決算発表 企業サイト", "web", "", -7, 33, "internal_review", "estimated"),
    JobRow("HANA-JP-SHIZUKU", "美容誌タイアップ", "magazine", "", -60, -20, "delivered", "paid"),
    JobRow("SETSU", "会員誌 冬号", "magazine", "", -14, 22, "in_production", "approved"),
    JobRow("YAMA", "工場見学 案内動画", "web", "", -26, 40, "on_hold", "estimated"),
    JobRow("KODAMA-CHOCO", "受験応援 パッケージ", "collateral", "", -18, 30, "client_review", "awaiting_approval"),
    JobRow("KODAMA", "卒業シーズン テレビ15秒", "television", "", -5, 95, "proposed", "not_estimated"),
    JobRow("AMATSU-BIZ", "展示会ブース", "pr", "", -33, 12, "released", "approved"),
    JobRow("OTORI", "マイル会員 雑誌広告", "magazine", "", -3, 50, "proposed", "not_estimated"),
    JobRow("OTORI-SG", "Changi light boxes", "outdoor", "", -10, 35, "in_production", "estimated"),
    JobRow("YAE", "web契約 バナー", "web", "", -70, -30, "delivered", "invoiced"),
    JobRow("SHIOMI", "支店ポスター 春", "outdoor", "", -2, 60, "proposed", "not_estimated"),
    JobRow("WAKA", "花粉症シーズン テレビ15秒", "television", "", -15, 55, "in_production", "awaiting_approval"),
    JobRow("WAKA-ICHO", "中吊り 年末", "outdoor", "", -22, 9, "client_review", "approved"),
    JobRow("CHIGI", "住宅展示場 チラシ", "newspaper", "", -40, -10, "delivered", "ready_to_bill"),
    JobRow("HOTARU-JP", "新型掃除機 発表会", "pr", "", -11, 42, "cancelled", "unbillable"),
    JobRow("AWA", "敬老の日 ギフト", "collateral", "", -100, -45, "delivered", "closed"),
    JobRow("MOMIJI", "歳末セール 新聞", "newspaper", "", -13, 14, "internal_review", "approved"),
    JobRow("TSURUGI", "春山フェア 雑誌", "magazine", "", -1, 70, "proposed", "not_estimated"),
    JobRow("BANYAN-SG", "Lunar new year mailer", "collateral", "", -9, 48, "in_production", "estimated"),
    JobRow("THISTLE-JP", "試飲イベント", "pr", "", -80, -35, "cancelled", "unbillable"),
)  # fmt: skip
