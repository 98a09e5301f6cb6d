"""The small agency of the twin worlds. Rows of the hidden accounts come last of their kind."""

from __future__ import annotations

MARK = "極秘"  # stands in every text of the hidden rows

OFFICES = (  # code, name, name in English, part of, kind, country, time zone
    ("AKEBONO", "あけぼの広告社", "Akebono Advertising", "", "agency", "", "Asia/Tokyo"),
    ("JP", "日本", "Japan", "AKEBONO", "country", "JP", "Asia/Tokyo"),
    ("TYO", "東京本社", "Tokyo", "JP", "region", "JP", "Asia/Tokyo"),
    ("TYO1", "第1営業局", "Account Service 1", "TYO", "department", "JP", "Asia/Tokyo"),
    ("TYO2", "第2営業局", "Account Service 2", "TYO", "department", "JP", "Asia/Tokyo"),
    ("SIN", "シンガポール", "Singapore", "AKEBONO", "country", "SG", "Asia/Singapore"),
)
STAFF = (  # role, login, name, reading, name in English, office, title, rank, reports to
    ("agency_director", "small.arai", "荒井 泰造", "あらい たいぞう", "Taizo Arai", "AKEBONO", "代表取締役", 90, None),
    ("group_account_director", "small.ban", "伴 千鶴", "ばん ちづる", "Chizuru Ban", "TYO", "執行役員", 80, "agency_director"),
    ("account_director", "small.chino", "千野 宏", "ちの ひろし", "Hiroshi Chino", "TYO1", "局長", 70, "group_account_director"),
    ("account_supervisor", "small.doi", "土居 奈緒", "どい なお", "Nao Doi", "TYO1", "部長", 60, "account_director"),
    ("account_manager", "small.endo", "遠藤 修", "えんどう おさむ", "Osamu Endo", "TYO2", "課長", 50, "group_account_director"),
    ("account_executive", "small.fukui", "福井 凛", "ふくい りん", "Rin Fukui", "TYO1", "", 20, "account_supervisor"),
    ("coordinator", "small.goto", "後藤 花", "ごとう はな", "Hana Goto", "TYO1", "", 10, "account_supervisor"),
    ("key_account_manager", "small.honda", "本多 圭", "ほんだ けい", "Kei Honda", "TYO1", "担当部長", 60, "account_director"),
    ("account_planner", "small.imai", "今井 楓", "いまい かえで", "Kaede Imai", "TYO", "シニアプランナー", 40, "group_account_director"),
    ("global_account_manager", "small.jo", "城 真人", "じょう まさと", "Masato Jo", "AKEBONO", "グローバル統括", 70, "agency_director"),
    ("national_account_manager", "small.lim", "Lim Wei", "", "Lim Wei", "SIN", "Account Director", 60, "agency_director"),
    ("traffic", "small.kondo", "近藤 進", "こんどう すすむ", "Susumu Kondo", "TYO", "進行管理部長", 60, "group_account_director"),
    ("creative", "small.mori", "森 彩花", "もり あやか", "Ayaka Mori", "TYO", "アートディレクター", 40, "creative_director"),
    ("creative_director", "small.nagai", "永井 仁", "ながい じん", "Jin Nagai", "TYO", "クリエイティブ局長", 70, "agency_director"),
    ("media", "small.ota", "太田 実", "おおた みのる", "Minoru Ota", "TYO", "メディア担当", 30, "group_account_director"),
    ("production", "small.ogawa", "小川 匠", "おがわ たくみ", "Takumi Ogawa", "TYO", "プロデューサー", 40, "group_account_director"),
    ("finance", "small.sato", "佐藤 理", "さとう おさむ", "Osamu Sato", "AKEBONO", "経理部長", 60, "agency_director"),
    ("conflicts_officer", "small.tani", "谷 静", "たに しずか", "Shizuka Tani", "AKEBONO", "法務室長", 70, "agency_director"),
    ("administrator", "small.ueno", "上野 直", "うえの なお", "Nao Ueno", "AKEBONO", "情報システム部長", 60, "agency_director"),
)  # fmt: skip
DENIED = (
    "account_director",
    "agency_director",
    "finance",
    "administrator",
    "traffic",
    "creative",
    "media",
)
COMPANIES = (  # code, name, reading, name in English, above
    ("C1", "株式会社ヒカリ自動車", "ひかりじどうしゃ", "Hikari Motor Co., Ltd.", ""),
    ("C2", "ヒカリ・モビリティ株式会社", "ひかりもびりてぃ", "Hikari Mobility K.K.", "C1"),
    ("C3", "沢野飲料株式会社", "さわのいんりょう", "Sawano Beverages Co., Ltd.", ""),
    ("C4", "このえ化粧品株式会社", "このえけしょうひん", "Konoe Cosmetics Inc.", ""),
    ("C5", "株式会社みおマート", "みおまーと", "Mio Mart Co., Ltd.", ""),
    ("C6", "ながれ電機株式会社", "ながれでんき", "Nagare Electric Co., Ltd.", ""),
)
BRANDS = (  # company, name, name in English, category
    ("C1", "ヒカリ ソレイユ", "Hikari Soleil", "自動車"),
    ("C2", "ヒカリ ゼロ", "Hikari Zero", "電気自動車"),
    ("C3", "さわのお茶", "Sawano Tea", "清涼飲料"),
    ("C4", "このえ 白", "Konoe Shiro", "化粧品"),
)
HIDDEN, HIDDEN_BELOW = "HIKARI-EV", "HIKARI-EV-ZERO"
PROMISED = ("HIKARI-JP", HIDDEN)
ACCOUNTS = (  # code, company, name, name in English, above, level, status, led by
    ("HIKARI", "C1", "ヒカリ自動車 グローバル", "Hikari Global", None, "global", "active", "TYO1"),
    ("HIKARI-JP", "C1", "ヒカリ自動車 日本", "Hikari Japan", "HIKARI", "national", "active", "TYO1"),
    ("HIKARI-SG", "C1", "ヒカリ自動車 シンガポール", "Hikari Singapore", "HIKARI", "national", "active", "SIN"),
    ("SAWANO", "C3", "沢野飲料", "Sawano Beverages", None, "national", "active", "TYO2"),
    ("SAWANO-TEA", "C3", "沢野飲料 お茶", "Sawano Tea", "SAWANO", "brand", "active", "TYO2"),
    ("KONOE", "C4", "このえ化粧品", "Konoe Cosmetics", None, "national", "active", "TYO1"),
    ("MIO", "C5", "みおマート", "Mio Mart", None, "national", "dormant", "TYO2"),
    ("NAGARE", "C6", "ながれ電機", "Nagare Electric", None, "national", "prospect", "TYO1"),
    (HIDDEN, "C1", f"ヒカリ {MARK}EV", "Hikari Secret EV", "HIKARI-JP", "national", "active", "TYO1"),
    (HIDDEN_BELOW, "C2", f"ヒカリ {MARK}ゼロ", "Hikari Secret Zero", HIDDEN, "brand", "active", "TYO1"),
)  # fmt: skip
SEATS = (  # account, role seated, as (None: the same), lead, share
    ("HIKARI", "global_account_manager", None, True, "0.5"),
    ("HIKARI-JP", "key_account_manager", None, True, "0.6"),
    ("HIKARI-JP", "account_executive", None, True, "0.4"),
    ("HIKARI-JP", "coordinator", None, False, "0.5"),
    ("HIKARI-SG", "national_account_manager", None, True, "0.8"),
    ("SAWANO", "account_manager", None, True, "0.7"),
    ("SAWANO-TEA", "account_executive", None, True, "0.2"),
    ("KONOE", "account_supervisor", None, True, "0.3"),
    ("KONOE", "account_planner", None, False, "0.2"),
    ("MIO", "account_manager", None, True, None),
    ("NAGARE", "account_supervisor", "account_executive", True, None),
    (HIDDEN, "account_executive", None, True, "0.2"),
    (HIDDEN, "key_account_manager", None, True, "0.1"),
    (HIDDEN, "account_planner", None, False, "0.1"),
    (HIDDEN_BELOW, "coordinator", None, False, "0.2"),
)
CONTACTS = (  # account, login, name, reading, title, department, buying role, reports to, portal
    ("HIKARI-JP", "small.client", "清水 由紀", "しみず ゆき", "課長", "宣伝部", "user", "oka", True),
    ("HIKARI-JP", "oka", "岡 正人", "おか まさと", "宣伝部長", "宣伝部", "decider", None, False),
    ("SAWANO", "takanashi", "高梨 学", "たかなし まなぶ", "部長", "マーケティング部", "approver", None, False),
    ("KONOE", "kido", "木戸 葵", "きど あおい", "主任", "広報室", "influencer", None, True),
    (HIDDEN, "small.client", "清水 由紀", "しみず ゆき", f"{MARK}課長", f"{MARK}準備室", "user", "himuro", True),
    (HIDDEN, "himuro", f"氷室 {MARK}", "ひむろ ごくひ", f"{MARK}室長", f"{MARK}準備室", "decider", None, True),
    (HIDDEN_BELOW, "himuro", f"氷室 {MARK}", "ひむろ ごくひ", f"{MARK}室長", f"{MARK}準備室", "approver", None, False),
)  # fmt: skip
FACTS = (  # account, topic, text, source
    ("HIKARI-JP", "calendar", "予算は毎年1月に内示、3月の取締役会で確定する。", "2025年度オリエン"),
    ("HIKARI-JP", "rival", "小型車では他社2ブランドと店頭で比較される。", "販売店ヒアリング"),
    ("SAWANO", "market", "無糖茶は前年比で伸び、緑茶は横ばい。", "先方会議資料"),
    ("KONOE", "working", "社内審査に5営業日かかる。色校は2回まで。", "定例会"),
    (HIDDEN, "product", f"{MARK}: 新型EVは来春発表。", f"{MARK}の会議"),
    (HIDDEN_BELOW, "market", f"{MARK}: 法人向けを先に売る。", f"{MARK}の会議"),
)
JOBS = (  # account, number, title, assigned
    ("HIKARI-JP", "26-001", "春キャンペーン WEB動画", ("creative", "production")),
    ("SAWANO", "26-001", "新パッケージ 交通広告", ("creative", "media")),
    (HIDDEN, "26-001", f"{MARK} ティザーサイト", ("creative", "media")),
)
HANDOVERS = (  # account, role of the seat, giver, receiver
    ("KONOE", "account_supervisor", "account_supervisor", "account_manager"),
    (HIDDEN, "account_executive", "account_executive", "account_director"),
)
BALLS = (  # account, asked by, asked of (a role, or a contact), private, what, outcome
    ("HIKARI-JP", "account_executive", "contact", False, "ロゴ入稿データ", ""),
    ("HIKARI-JP", "account_executive", "coordinator", False, "議事録の下書き", ""),
    ("HIKARI-JP", "key_account_manager", "account_executive", True, "先方の異動の噂", ""),
    ("HIKARI-JP", "account_executive", "creative", False, "ラフ案 3点", "answered"),
    ("SAWANO", "account_manager", "creative", False, "交通広告のラフ", ""),
    ("KONOE", "account_supervisor", "account_planner", False, "調査の要約", ""),
    ("", "account_director", "agency_director", False, "上期の表彰の推薦", ""),
    ("", "administrator", "finance", False, "端末の入れ替え", ""),
    (HIDDEN, "account_executive", "contact", False, f"{MARK} 試作車の写真", ""),
    (HIDDEN, "account_director", "agency_director", False, f"{MARK} 役員への説明", ""),
    (HIDDEN, "account_executive", "account_director", True, f"{MARK} 発表の日", ""),
    (HIDDEN, "agency_director", "finance", False, f"{MARK} の予算", "answered"),
    (HIDDEN, "account_planner", "creative", False, f"{MARK} のラフ", ""),
    (HIDDEN_BELOW, "coordinator", "account_executive", False, f"{MARK} の議事録", ""),
)
BRIEFS = (  # account, kind, title, text
    ("HIKARI-JP", "client", "春キャンペーン", "試乗の申し込みを増やす。"),
    ("SAWANO", "creative", "新パッケージ", "棚で最初に手に取られる。"),
    (HIDDEN, "client", f"{MARK} 発表", f"{MARK}の発表を知らせる。"),
    (HIDDEN_BELOW, "creative", f"{MARK} 法人向け", f"{MARK}を先に売る。"),
)
REQUESTS = (  # account, what, state, who looks after it
    ("HIKARI-JP", "夏の店頭幕", "waiting", "account_executive"),
    ("HIKARI-JP", "営業車のステッカー", "asked", "account_executive"),
    ("HIKARI-JP", "試乗会の案内状", "accepted", "key_account_manager"),
    ("HIKARI-JP", "名刺の増刷", "declined", "account_executive"),
    ("HIKARI-JP", "春キャンペーンの相談", "begun", "account_executive"),
    ("SAWANO", "売場の写真", "waiting", "account_manager"),
    (HIDDEN, f"{MARK} 発表会の垂れ幕", "waiting", "account_executive"),
    (HIDDEN, f"{MARK} 試作車の写真集", "asked", "account_director"),
    (HIDDEN, f"{MARK} の招待状", "done", "account_executive"),
    (HIDDEN, f"{MARK} 発表の相談", "begun", "account_executive"),
)
MAILS = (  # account, from, subject, what became of it, why
    ("HIKARI-JP", "oka@elsewhere.example", "来週の件", "held", "unknown"),
    ("HIKARI-JP", "news@list.example", "メールマガジン", "refused", "list"),
    ("", "someone@elsewhere.example", "宛先の誤り", "refused", "no_account"),
    (HIDDEN, "himuro@client.example", f"{MARK} の件", "held", "unproven"),
    (HIDDEN, "himuro@client.example", f"{MARK} 不在", "refused", "automatic"),
)
DENIALS = (  # wall, account, roles denied
    ("沢野飲料・このえ化粧品", "SAWANO", ("account_planner",)),
    (f"ヒカリ{MARK}", HIDDEN, DENIED),
)
CHECKS = (  # account, asked by, account whose client is asked for consent
    ("NAGARE", "account_supervisor", "HIKARI-JP"),
    (HIDDEN, "account_executive", HIDDEN),
)
REVENUE = {  # net revenue of an ordinary month, in the account's own currency
    "HIKARI-JP": 34_000_000, "HIKARI-SG": 85_000, "SAWANO": 21_000_000,
    "SAWANO-TEA": 6_000_000, "KONOE": 12_000_000, HIDDEN: 55_000_000, HIDDEN_BELOW: 7_000_000,
}  # fmt: skip
