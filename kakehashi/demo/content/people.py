"""The agency's people, from the president to the newest assistant."""

from __future__ import annotations

from typing import NamedTuple


class StaffRow(NamedTuple):
    """One of ours. `roles` are `role` (in the own office) or `role@OFFICE`; `years` with us."""

    login: str
    name: str
    kana: str
    name_en: str
    office: str
    title: str
    rank: int
    roles: str
    years: float
    above: str = ""
    language: str = "ja"


# Who sets the agency up: the first administrator, who makes everybody else known.
FOUNDER = StaffRow(
    "domoto",
    "堂本 直樹",
    "どうもと なおき",
    "Naoki Domoto",
    "SYS",
    "情報システム部長",
    60,
    "administrator@KKD",
    12,
    "kujo",
)

STAFF = (
    StaffRow("kujo", "九条 雅臣", "くじょう まさおみ", "Masaomi Kujo", "KKD", "代表取締役社長", 100, "agency_director", 24),
    FOUNDER,
    StaffRow("tachibana", "橘 志乃", "たちばな しの", "Shino Tachibana", "KKD", "専務執行役員 国際営業統括", 95, "group_account_director", 21, "kujo"),
    StaffRow("mikami", "三上 泰輔", "みかみ たいすけ", "Taisuke Mikami", "TYO", "執行役員 東京営業統括", 90, "group_account_director", 20, "kujo"),
    # 経理・法務・システム
    StaffRow("hayakawa", "早川 律子", "はやかわ りつこ", "Ritsuko Hayakawa", "FIN", "経理財務局長", 80, "finance@KKD", 15, "kujo"),
    StaffRow("kotani", "小谷 誠", "こたに まこと", "Makoto Kotani", "FIN", "経理課長", 50, "finance@JP", 9, "hayakawa"),
    StaffRow("ichinose", "一ノ瀬 薫", "いちのせ かおる", "Kaoru Ichinose", "LGL", "法務・競合管理室長", 80, "conflicts_officer@KKD", 11, "kujo"),
    StaffRow("sera", "世良 光", "せら ひかる", "Hikaru Sera", "LGL", "競合管理担当 主任", 30, "conflicts_officer@KKD", 4, "ichinose"),
    StaffRow("nagase", "長瀬 美緒", "ながせ みお", "Mio Nagase", "SYS", "システム運用 主任", 30, "administrator@JP", 5, "domoto"),
    # 国際営業のマトリクス
    StaffRow("saionji", "西園寺 遼", "さいおんじ りょう", "Ryo Saionji", "KKD", "グローバルアカウント統括部長", 70, "global_account_manager", 13, "tachibana"),
    StaffRow("shirakawa", "白川 慧音", "しらかわ けいと", "Kate Shirakawa", "KKD", "グローバルアカウント統括部長", 70, "global_account_manager", 8, "tachibana"),
    StaffRow("kuze", "久世 隼人", "くぜ はやと", "Hayato Kuze", "KKD", "グローバルアカウント統括担当部長", 65, "global_account_manager", 7, "tachibana"),
    # 第1営業局
    StaffRow("arisugawa", "有栖川 健吾", "ありすがわ けんご", "Kengo Arisugawa", "TYO1", "第1営業局長", 80, "account_director", 18, "mikami"),
    StaffRow("oba", "大場 健", "おおば たけし", "Takeshi Oba", "TYO1-1", "第1営業部長", 60, "key_account_manager", 14, "arisugawa"),
    StaffRow("shindo", "進藤 恵", "しんどう めぐみ", "Megumi Shindo", "TYO1-1", "課長 アカウントスーパーバイザー", 50, "account_supervisor", 10, "oba"),
    StaffRow("kadokura", "門倉 悠", "かどくら ゆう", "Yu Kadokura", "TYO1-1", "チーフAE", 40, "account_executive", 7, "shindo"),
    StaffRow("ninomiya", "二宮 彩", "にのみや あや", "Aya Ninomiya", "TYO1-1", "AE", 20, "account_executive", 4, "shindo"),
    StaffRow("miki", "三木 亮", "みき りょう", "Ryo Miki", "TYO1-1", "アシスタントAE", 10, "coordinator", 1.5, "shindo"),
    StaffRow("hatano", "波多野 剛", "はたの つよし", "Tsuyoshi Hatano", "TYO1-2", "第2営業部長", 60, "account_manager", 13, "arisugawa"),
    StaffRow("utsumi", "内海 圭一", "うつみ けいいち", "Keiichi Utsumi", "TYO1-2", "課長", 50, "account_supervisor", 9, "hatano"),
    StaffRow("nishina", "仁科 玲", "にしな れい", "Rei Nishina", "TYO1-2", "主任 AE", 30, "account_executive", 5, "utsumi"),
    StaffRow("kanzaki", "神崎 透", "かんざき とおる", "Toru Kanzaki", "TYO1-2", "AE", 20, "account_executive", 4, "utsumi"),
    StaffRow("asakura", "朝倉 ゆい", "あさくら ゆい", "Yui Asakura", "TYO1-2", "アシスタントAE", 10, "coordinator", 2, "utsumi"),
    # 第2営業局
    StaffRow("makabe", "真壁 昭", "まかべ あきら", "Akira Makabe", "TYO2", "第2営業局長", 80, "account_director", 17, "mikami"),
    StaffRow("onodera", "小野寺 実", "おのでら みのる", "Minoru Onodera", "TYO2-1", "第1営業部長", 60, "account_manager", 12, "makabe"),
    StaffRow("sawaki", "沢木 大地", "さわき だいち", "Daichi Sawaki", "TYO2-1", "課長", 50, "account_supervisor", 9, "onodera"),
    StaffRow("tokiwa", "常盤 航", "ときわ わたる", "Wataru Tokiwa", "TYO2-1", "主任 AE", 30, "account_executive", 6, "sawaki"),
    StaffRow("himeno", "姫野 さくら", "ひめの さくら", "Sakura Himeno", "TYO2-1", "AE", 20, "account_executive", 4, "sawaki"),
    StaffRow("kisaragi", "如月 一花", "きさらぎ いちか", "Ichika Kisaragi", "TYO2-1", "AE", 20, "account_executive", 5, "sawaki"),
    StaffRow("ikoma", "生駒 みのり", "いこま みのり", "Minori Ikoma", "TYO2-1", "アシスタントAE", 10, "coordinator", 1, "sawaki"),
    StaffRow("fuwa", "不破 千尋", "ふわ ちひろ", "Chihiro Fuwa", "TYO2-2", "第2営業部長", 60, "account_manager", 12, "makabe"),
    StaffRow("tsuge", "柘植 英二", "つげ えいじ", "Eiji Tsuge", "TYO2-2", "課長", 50, "account_supervisor", 10, "fuwa"),
    StaffRow("kusunoki", "楠 真帆", "くすのき まほ", "Maho Kusunoki", "TYO2-2", "チーフAE", 40, "account_executive", 7, "tsuge"),
    StaffRow("ebihara", "海老原 駿", "えびはら しゅん", "Shun Ebihara", "TYO2-2", "AE", 20, "account_executive", 4, "tsuge"),
    StaffRow("mizuki", "水木 礼", "みずき れい", "Rei Mizuki", "TYO2-2", "アシスタントAE", 10, "coordinator", 0.8, "tsuge"),
    # 第3営業局
    StaffRow("jinnai", "陣内 隆", "じんない たかし", "Takashi Jinnai", "TYO3", "第3営業局長", 80, "account_director", 16, "mikami"),
    StaffRow("kirishima", "霧島 涼", "きりしま りょう", "Ryo Kirishima", "TYO3-1", "第1営業部長", 60, "key_account_manager", 11, "jinnai"),
    StaffRow("aragaki", "新垣 陸", "あらがき りく", "Riku Aragaki", "TYO3-1", "課長", 50, "account_supervisor", 9, "kirishima"),
    StaffRow("toyama", "遠山 葵", "とおやま あおい", "Aoi Toyama", "TYO3-1", "主任 AE", 30, "account_executive", 5, "aragaki"),
    StaffRow("kazama", "風間 蓮", "かざま れん", "Ren Kazama", "TYO3-1", "AE", 20, "account_executive", 4, "aragaki"),
    StaffRow("minase", "水無瀬 凪", "みなせ なぎ", "Nagi Minase", "TYO3-1", "アシスタントAE", 10, "coordinator", 1.2, "aragaki"),
    StaffRow("yashiro", "八代 和也", "やしろ かずや", "Kazuya Yashiro", "TYO3-2", "第2営業部長", 60, "account_manager", 12, "jinnai"),
    StaffRow("kurusu", "来栖 一真", "くるす かずま", "Kazuma Kurusu", "TYO3-2", "課長", 50, "account_supervisor", 8, "yashiro"),
    StaffRow("kitami", "北見 果歩", "きたみ かほ", "Kaho Kitami", "TYO3-2", "AE", 20, "account_executive", 4, "kurusu"),
    StaffRow("sugawara", "菅原 拓", "すがわら たく", "Taku Sugawara", "TYO3-2", "AE", 20, "account_executive", 3.8, "kurusu"),
    StaffRow("momose", "百瀬 ひな", "ももせ ひな", "Hina Momose", "TYO3-2", "アシスタントAE", 10, "coordinator", 0.6, "kurusu"),
    # ストラテジックプランニング局
    StaffRow("yukimura", "雪村 文", "ゆきむら ふみ", "Fumi Yukimura", "TYO-SP", "ストラテジックプランニング局長", 80, "account_planner", 16, "kujo"),
    StaffRow("mori", "森 ひかり", "もり ひかり", "Hikari Mori", "TYO-SP", "シニアプランナー 課長", 50, "account_planner", 8, "yukimura"),
    StaffRow("chigira", "千明 颯", "ちぎら はやて", "Hayate Chigira", "TYO-SP", "プランナー 主任", 30, "account_planner", 5, "yukimura"),
    StaffRow("otowa", "音羽 詩織", "おとわ しおり", "Shiori Otowa", "TYO-SP", "プランナー", 20, "account_planner", 4, "yukimura"),
    # クリエイティブ局
    StaffRow("kamiya", "神谷 玄", "かみや げん", "Gen Kamiya", "TYO-CR", "クリエイティブ局長 ECD", 80, "creative_director", 19, "kujo"),
    StaffRow("ayase", "綾瀬 迅", "あやせ じん", "Jin Ayase", "TYO-CRA", "クリエイティブディレクター 部長", 60, "creative_director", 12, "kamiya"),
    StaffRow("asahina", "朝比奈 翠", "あさひな みどり", "Midori Asahina", "TYO-CRA", "アートディレクター", 40, "creative", 7, "ayase"),
    StaffRow("kurose", "黒瀬 匠", "くろせ たくみ", "Takumi Kurose", "TYO-CRA", "コピーライター", 30, "creative", 6, "ayase"),
    StaffRow("hoshino", "星野 瑠衣", "ほしの るい", "Rui Hoshino", "TYO-CRA", "デザイナー", 20, "creative", 3, "ayase"),
    StaffRow("tsubaki", "椿 環", "つばき たまき", "Tamaki Tsubaki", "TYO-CRB", "クリエイティブディレクター 部長", 60, "creative_director", 11, "kamiya"),
    StaffRow("nanami", "七海 慧", "ななみ けい", "Kei Nanami", "TYO-CRB", "アートディレクター", 40, "creative", 8, "tsubaki"),
    StaffRow("matoba", "的場 千夏", "まとば ちなつ", "Chinatsu Matoba", "TYO-CRB", "コピーライター", 30, "creative", 5, "tsubaki"),
    StaffRow("iwato", "岩戸 湊", "いわと みなと", "Minato Iwato", "TYO-CRB", "デザイナー", 20, "creative", 2, "tsubaki"),
    # メディア局
    StaffRow("kagami", "加賀美 恒", "かがみ ひさし", "Hisashi Kagami", "TYO-MD", "メディア局長", 80, "media", 17, "kujo"),
    StaffRow("tadokoro", "田所 勉", "たどころ つとむ", "Tsutomu Tadokoro", "TYO-MD", "テレビ部長 局担", 60, "media", 14, "kagami"),
    StaffRow("segawa", "瀬川 あかね", "せがわ あかね", "Akane Segawa", "TYO-MD", "メディアプランナー 主任", 30, "media", 6, "kagami"),
    StaffRow("wakui", "和久井 直", "わくい なお", "Nao Wakui", "TYO-MD", "デジタルメディアプランナー", 20, "media", 3, "kagami"),
    # 制作管理局
    StaffRow("nogami", "野上 豊", "のがみ ゆたか", "Yutaka Nogami", "TYO-PM", "制作管理局長", 80, "production", 18, "kujo"),
    StaffRow("hoshi", "保志 啓子", "ほし けいこ", "Keiko Hoshi", "TYO-PM", "進行管理部長", 60, "traffic@TYO", 13, "nogami"),
    StaffRow("kuramochi", "倉持 歩", "くらもち あゆむ", "Ayumu Kuramochi", "TYO-PM", "進行管理", 20, "traffic@TYO", 3, "hoshi"),
    StaffRow("tsukuda", "佃 美咲", "つくだ みさき", "Misaki Tsukuda", "TYO-PM", "プロデューサー 課長", 50, "production", 9, "nogami"),
    StaffRow("amamiya", "雨宮 修司", "あまみや しゅうじ", "Shuji Amamiya", "TYO-PM", "プロダクションマネージャー", 30, "production", 5, "tsukuda"),
    # 関西
    StaffRow("dojima", "堂島 晃", "どうじま あきら", "Akira Dojima", "OSA", "関西支社長", 85, "account_director", 19, "kujo"),
    StaffRow("nakatsu", "中津 浩二", "なかつ こうじ", "Koji Nakatsu", "OSA1", "営業部長", 60, "account_manager", 12, "dojima"),
    StaffRow("temma", "天満 咲", "てんま さき", "Saki Temma", "OSA1", "主任 AE", 30, "account_executive", 6, "nakatsu"),
    StaffRow("sumiyoshi", "住吉 樹", "すみよし いつき", "Itsuki Sumiyoshi", "OSA1", "AE", 20, "account_executive", 4, "nakatsu"),
    StaffRow("uemachi", "上町 奈々", "うえまち なな", "Nana Uemachi", "OSA1", "アシスタントAE", 10, "coordinator", 1, "nakatsu"),
    StaffRow("momotani", "桃谷 清", "ももたに きよし", "Kiyoshi Momotani", "OSA2", "制作進行部長", 60, "production;traffic@OSA", 13, "dojima"),
    # 中部と九州では一人が何役もこなす
    StaffRow("atsuta", "熱田 正樹", "あつた まさき", "Masaki Atsuta", "NGO", "中部支社長", 75, "account_director;account_manager", 15, "kujo"),
    StaffRow("sakae", "栄 智子", "さかえ ともこ", "Tomoko Sakae", "NGO", "チーフAE", 40, "account_executive;media", 8, "atsuta"),
    StaffRow("kanayama", "金山 翔", "かなやま しょう", "Sho Kanayama", "NGO", "アシスタントAE", 10, "coordinator", 2, "sakae"),
    StaffRow("chikushi", "筑紫 大輔", "ちくし だいすけ", "Daisuke Chikushi", "FUK", "九州支社長", 75, "account_director;account_supervisor", 14, "kujo"),
    StaffRow("tenjin", "天神 舞", "てんじん まい", "Mai Tenjin", "FUK", "AE", 20, "account_executive;account_planner", 5, "chikushi"),
    # Singapore
    StaffRow("tan", "Tan Wei Ming", "", "Tan Wei Ming", "SIN", "Managing Director", 85, "account_director@SG", 10, "tachibana", "en"),
    StaffRow("priya", "Priya Raman", "", "Priya Raman", "SIN-AM", "Group Account Manager", 60, "national_account_manager", 6, "tan", "en"),
    StaffRow("marcus", "Marcus Lee", "", "Marcus Lee", "SIN-AM", "Account Manager", 50, "account_manager;national_account_manager", 5, "tan", "en"),
    StaffRow("aisyah", "Nur Aisyah", "", "Nur Aisyah", "SIN-AM", "Account Executive", 20, "account_executive", 3.5, "priya", "en"),
    StaffRow("jolene", "Jolene Goh", "", "Jolene Goh", "SIN", "Finance and Office Manager", 50, "finance@SG;administrator@SG", 7, "tan", "en"),
    # London
    StaffRow("eleanor", "Eleanor Whitcombe", "", "Eleanor Whitcombe", "LON", "Managing Director", 85, "account_director@GB", 9, "tachibana", "en"),
    StaffRow("oliver", "Oliver Penhale", "", "Oliver Penhale", "LON-AM", "Senior Account Manager", 50, "national_account_manager", 5, "eleanor", "en"),
    StaffRow("freya", "Freya Kendrick", "", "Freya Kendrick", "LON-AM", "Account Executive", 20, "account_executive", 3.5, "oliver", "en"),
    StaffRow("idris", "Idris Bowen", "", "Idris Bowen", "LON-CR", "Creative Lead", 50, "creative;production", 6, "eleanor", "en"),
)  # fmt: skip

# 点線: the matrix. National and local leads answer to the global account manager as well.
DOTTED = (
    ("oba", "saionji"),
    ("priya", "saionji"),
    ("oliver", "saionji"),
    ("saionji", "arisugawa"),
    ("hatano", "shirakawa"),
    ("oliver", "shirakawa"),
    ("marcus", "kuze"),
    ("yashiro", "kuze"),
    ("kirishima", "kuze"),
    ("mori", "oba"),
    ("chigira", "kirishima"),
    ("idris", "kamiya"),
    ("jolene", "hayakawa"),
    ("momotani", "hoshi"),
)

# person, deputy, first and last day, counted from today
ABSENCES = (
    ("miki", "ninomiya", -1, 3),
    ("kirishima", "aragaki", 6, 12),
    ("priya", "aisyah", 10, 20),
    ("eleanor", "oliver", -2, 2),
)

# who left, and on which day, counted from today
LEAVERS = (("kisaragi", -120),)

# One sign-in for each role, and the client's side: what the README and the command tell.
SIGN_INS = (
    ("coordinator", "miki"),
    ("account_executive", "ninomiya"),
    ("account_supervisor", "shindo"),
    ("account_manager", "hatano"),
    ("key_account_manager", "oba"),
    ("account_planner", "mori"),
    ("account_director", "jinnai"),
    ("group_account_director", "mikami"),
    ("agency_director", "kujo"),
    ("global_account_manager", "saionji"),
    ("national_account_manager", "priya"),
    ("traffic", "hoshi"),
    ("creative", "asahina"),
    ("creative_director", "ayase"),
    ("media", "segawa"),
    ("production", "tsukuda"),
    ("finance", "hayakawa"),
    ("conflicts_officer", "ichinose"),
    ("administrator", "domoto"),
)
