"""The agency's accounts in their trees, how they became what they are, and who serves them."""

from __future__ import annotations

from typing import NamedTuple


class AccountRow(NamedTuple):
    """An account; `years` since the client came, which may be long before these records begin."""

    code: str
    company: str
    name: str
    kana: str
    name_en: str
    above: str
    level: str
    office: str
    categories: tuple[str, ...]
    years: int


ACCOUNTS = (
    AccountRow("RAICHO", "RAICHO", "雷鳥自動車 グローバル", "らいちょうじどうしゃ ぐろーばる", "Raicho Global", "", "global", "TYO1", ("自動車",), 17),
    AccountRow("RAICHO-JP", "RAICHO", "雷鳥自動車 日本", "らいちょうじどうしゃ にほん", "Raicho Japan", "RAICHO", "national", "TYO1-1", ("自動車",), 17),
    AccountRow("RAICHO-JP-TSUBAME", "RAICHO", "雷鳥自動車 つばめ", "らいちょうじどうしゃ つばめ", "Raicho Tsubame", "RAICHO-JP", "brand", "TYO1-1", (), 9),
    AccountRow("RAICHO-JP-MINE", "RAICHO", "雷鳥自動車 ミネ", "らいちょうじどうしゃ みね", "Raicho Mine", "RAICHO-JP", "brand", "TYO1-1", (), 5),
    AccountRow("RAICHO-JP-KANSAI", "RAICHO-KS", "雷鳥カーズ関西", "らいちょうかーずかんさい", "Raicho Cars Kansai", "RAICHO-JP", "regional", "OSA1", ("自動車販売",), 8),
    AccountRow("RAICHO-SG", "RAICHO-SG", "雷鳥自動車 シンガポール", "らいちょうじどうしゃ しんがぽーる", "Raicho Singapore", "RAICHO", "national", "SIN-AM", (), 6),
    AccountRow("RAICHO-UK", "RAICHO-UK", "雷鳥自動車 英国", "らいちょうじどうしゃ えいこく", "Raicho UK", "RAICHO", "national", "LON-AM", (), 5),
    AccountRow("TSUKI", "TSUKI", "月影モータース グローバル", "つきかげもーたーす ぐろーばる", "Tsukikage Global", "", "global", "TYO3", ("自動車",), 7),
    AccountRow("TSUKI-JP", "TSUKI", "月影モータース 日本", "つきかげもーたーす にほん", "Tsukikage Japan", "TSUKI", "national", "TYO3-1", ("自動車",), 7),
    AccountRow("TSUKI-JP-OBORO", "TSUKI", "月影モータース おぼろ", "つきかげもーたーす おぼろ", "Tsukikage Oboro", "TSUKI-JP", "brand", "TYO3-1", (), 4),
    AccountRow("TSUKI-JP-KOYOI", "TSUKI", "月影モータース こよい", "つきかげもーたーす こよい", "Tsukikage Koyoi", "TSUKI-JP", "brand", "TYO3-1", (), 6),
    AccountRow("TSUKI-SG", "TSUKI-SG", "月影モータース シンガポール", "つきかげもーたーす しんがぽーる", "Tsukikage Singapore", "TSUKI", "national", "SIN-AM", (), 4),
    AccountRow("SHIRAITO", "SHIRAITO", "白糸飲料", "しらいといんりょう", "Shiraito Beverages", "", "national", "TYO2-1", ("清涼飲料",), 12),
    AccountRow("SHIRAITO-CHA", "SHIRAITO", "白糸飲料 白糸の茶", "しらいといんりょう しらいとのちゃ", "Shiraito Tea", "SHIRAITO", "brand", "TYO2-1", (), 12),
    AccountRow("SHIRAITO-MIZU", "SHIRAITO", "白糸飲料 白糸の水", "しらいといんりょう しらいとのみず", "Shiraito Water", "SHIRAITO", "brand", "TYO2-1", (), 7),
    AccountRow("SHIRAITO-COFFEE", "SHIRAITO", "白糸飲料 朝霧コーヒー", "しらいといんりょう あさぎりこーひー", "Asagiri Coffee", "SHIRAITO", "brand", "TYO2-1", (), 4),
    AccountRow("KOHAKU", "KOHAKU", "琥珀ビバレッジ", "こはくびばれっじ", "Kohaku Beverage", "", "national", "OSA1", ("清涼飲料",), 10),
    AccountRow("KOHAKU-SODA", "KOHAKU", "琥珀ビバレッジ 琥珀サイダー", "こはくびばれっじ こはくさいだー", "Kohaku Cider", "KOHAKU", "brand", "OSA1", (), 10),
    AccountRow("KOHAKU-CHA", "KOHAKU", "琥珀ビバレッジ 夕映え緑茶", "こはくびばれっじ ゆうばえりょくちゃ", "Yubae Green Tea", "KOHAKU", "brand", "OSA1", (), 4),
    AccountRow("HANA", "HANA", "花筏化粧品 グローバル", "はないかだけしょうひん ぐろーばる", "Hanaikada Global", "", "global", "TYO1", ("化粧品",), 6),
    AccountRow("HANA-JP", "HANA", "花筏化粧品 日本", "はないかだけしょうひん にほん", "Hanaikada Japan", "HANA", "national", "TYO1-2", ("化粧品",), 11),
    AccountRow("HANA-JP-SHIZUKU", "HANA", "花筏化粧品 しずく", "はないかだけしょうひん しずく", "Hanaikada Shizuku", "HANA-JP", "brand", "TYO1-2", (), 11),
    AccountRow("HANA-JP-KURENAI", "HANA", "花筏化粧品 くれない", "はないかだけしょうひん くれない", "Hanaikada Kurenai", "HANA-JP", "brand", "TYO1-2", (), 5),
    AccountRow("HANA-UK", "HANA-UK", "花筏化粧品 英国", "はないかだけしょうひん えいこく", "Hanaikada UK", "HANA", "national", "LON-AM", (), 4),
    AccountRow("SETSU", "SETSU", "雪月花粧", "せつげつかしょう", "Setsugetsu Kasho", "", "national", "TYO2-2", ("化粧品",), 6),
    AccountRow("SETSU-SHIROTAE", "SETSU", "雪月花粧 白妙", "せつげつかしょう しろたえ", "Setsugetsu Shirotae", "SETSU", "brand", "TYO2-2", (), 6),
    AccountRow("YAMA", "YAMA", "山鳩食品", "やまばとしょくひん", "Yamabato Foods", "", "national", "NGO", ("食品",), 14),
    AccountRow("YAMA-CURRY", "YAMA", "山鳩食品 山鳩カレー", "やまばとしょくひん やまばとかれー", "Yamabato Curry", "YAMA", "brand", "NGO", (), 14),
    AccountRow("KODAMA", "KODAMA", "谺製菓", "こだませいか", "Kodama Confectionery", "", "national", "TYO2-1", ("菓子",), 8),
    AccountRow("KODAMA-CHOCO", "KODAMA", "谺製菓 こだまチョコ", "こだませいか こだまちょこ", "Kodama Choco", "KODAMA", "brand", "TYO2-1", (), 8),
    AccountRow("AMATSU", "AMATSU", "天津風通信", "あまつかぜつうしん", "Amatsukaze Telecom", "", "national", "TYO3-2", ("通信",), 9),
    AccountRow("AMATSU-MOBILE", "AMATSU", "天津風通信 そよかぜモバイル", "あまつかぜつうしん そよかぜもばいる", "Soyokaze Mobile", "AMATSU", "brand", "TYO3-2", (), 5),
    AccountRow("AMATSU-BIZ", "AMATSU", "天津風通信 法人", "あまつかぜつうしん ほうじん", "Amatsukaze Biz", "AMATSU", "brand", "TYO3-2", (), 4),
    AccountRow("OTORI", "OTORI", "鴻航空 グローバル", "おおとりこうくう ぐろーばる", "Otori Airways Global", "", "global", "TYO1", ("航空",), 5),
    AccountRow("OTORI-JP", "OTORI", "鴻航空 日本", "おおとりこうくう にほん", "Otori Airways Japan", "OTORI", "national", "TYO1-2", (), 9),
    AccountRow("OTORI-SG", "OTORI", "鴻航空 シンガポール", "おおとりこうくう しんがぽーる", "Otori Airways Singapore", "OTORI", "national", "SIN-AM", (), 4),
    AccountRow("YAE", "YAE", "八重垣生命保険", "やえがきせいめいほけん", "Yaegaki Life", "", "national", "TYO2-2", ("保険",), 13),
    AccountRow("SHIOMI", "SHIOMI", "汐見台銀行", "しおみだいぎんこう", "Shiomidai Bank", "", "national", "FUK", ("金融",), 7),
    AccountRow("WAKA", "WAKA", "若竹野薬品工業", "わかたけのやくひんこうぎょう", "Wakatakeno Pharmaceutical", "", "national", "OSA1", ("医薬品",), 15),
    AccountRow("WAKA-ICHO", "WAKA", "若竹野薬品 すこやか丸", "わかたけのやくひん すこやかがん", "Sukoyaka-gan", "WAKA", "brand", "OSA1", (), 15),
    AccountRow("WAKA-GENKI", "WAKA", "若竹野薬品 若竹の力", "わかたけのやくひん わかたけのちから", "Wakatake no Chikara", "WAKA", "brand", "OSA1", (), 6),
    AccountRow("CHIGI", "CHIGI", "千木ハウス", "ちぎはうす", "Chigi House", "", "national", "NGO", ("住宅",), 5),
    AccountRow("HOTARU", "HOTARU", "螢火電機 グローバル", "ほたるびでんき ぐろーばる", "Hotarubi Global", "", "global", "TYO3", ("家電",), 4),
    AccountRow("HOTARU-JP", "HOTARU", "螢火電機 日本", "ほたるびでんき にほん", "Hotarubi Japan", "HOTARU", "national", "TYO3-2", (), 6),
    AccountRow("HOTARU-UK", "HOTARU-UK", "螢火電機 英国", "ほたるびでんき えいこく", "Hotarubi UK", "HOTARU", "national", "LON-AM", (), 4),
    AccountRow("KITSUNE", "KITSUNE", "狐火遊戯", "きつねびゆうぎ", "Kitsunebi Games", "", "national", "TYO3-2", ("ゲーム",), 2),
    AccountRow("AWA", "AWA", "泡雪石鹸", "あわゆきせっけん", "Awayuki Soap", "", "national", "TYO2-2", ("日用品",), 10),
    AccountRow("AWA-SENZAI", "AWA", "泡雪石鹸 あわゆき", "あわゆきせっけん あわゆき", "Awayuki Detergent", "AWA", "brand", "TYO2-2", (), 10),
    AccountRow("AWA-KAMI", "AWA", "泡雪石鹸 かみゆい", "あわゆきせっけん かみゆい", "Kamiyui Hair Care", "AWA", "brand", "TYO2-2", (), 6),
    AccountRow("MOMIJI", "MOMIJI", "もみじ野百貨店", "もみじのひゃっかてん", "Momijino Department Store", "", "national", "OSA1", ("小売",), 9),
    AccountRow("SAZA", "SAZA", "さざなみ湾岸鉄道", "さざなみわんがんてつどう", "Sazanami Bay Railway", "", "national", "FUK", ("交通",), 6),
    AccountRow("TSURUGI", "TSURUGI", "つるぎ岳スポーツ", "つるぎだけすぽーつ", "Tsurugidake Sports", "", "national", "TYO2-1", ("スポーツ用品",), 0),
    AccountRow("KENKO", "KENKO", "架空県観光連盟", "かくうけんかんこうれんめい", "Kaku Tourism", "", "national", "FUK", ("観光",), 0),
    AccountRow("HERON", "HERON", "Straits Heron Bank", "すとれいつ へろん ばんく", "Straits Heron Bank", "", "national", "SIN-AM", ("金融",), 2),
    AccountRow("BANYAN", "BANYAN", "Banyan & Pearl グローバル", "ばんやん あんど ぱーる ぐろーばる", "Banyan & Pearl Global", "", "global", "SIN-AM", ("旅行",), 4),
    AccountRow("BANYAN-SG", "BANYAN", "Banyan & Pearl シンガポール", "ばんやん あんど ぱーる しんがぽーる", "Banyan & Pearl Singapore", "BANYAN", "national", "SIN-AM", (), 4),
    AccountRow("BANYAN-UK", "BANYAN-UK", "Banyan & Pearl 英国", "ばんやん あんど ぱーる えいこく", "Banyan & Pearl UK", "BANYAN", "national", "LON-AM", (), 4),
    AccountRow("THISTLE", "THISTLE", "Thistledown Leaf Tea", "しするだうん りーふ てぃー", "Thistledown Leaf Tea", "", "national", "LON-AM", ("食品",), 5),
    AccountRow("THISTLE-JP", "THISTLE-JP", "シスルダウン 日本", "しするだうん にほん", "Thistledown Japan", "THISTLE", "national", "TYO3-2", (), 0),
    AccountRow("HARROW", "HARROW", "Harrowmere Cycles", "はろうみあ さいくるず", "Harrowmere Cycles", "", "national", "LON-AM", ("スポーツ用品",), 4),
)  # fmt: skip

# account → months ago, status, reason: how it began and what it became. All others are active
# since before these records begin.
HISTORY: dict[str, tuple[tuple[int, str, str], ...]] = {
    "RAICHO-JP-KANSAI": (
        (40, "active", ""),
        (
            7,
            "dormant",
            "販売会社の統合が終わるまで地域広告の発注が止まっている。再開は来期の見込み。",
        ),
    ),
    "KODAMA-CHOCO": (
        (40, "active", ""),
        (
            9,
            "lost",
            "競合プレで敗れた。企画は評価されたが、メディアの条件で他社に届かなかった。やまびこ飴の扱いは続く。",
        ),
    ),
    "AWA-KAMI": (
        (40, "active", ""),
        (29, "lost", "先方の方針で広告会社を一社に絞ることになり、扱いが他社に移った。"),
        (17, "active", "移った先で売上が落ち、一年で戻った。店頭の提案が決め手になった。"),
    ),
    "MOMIJI": (
        (40, "active", ""),
        (14, "dormant", "本館の改装休業に入った。再開店の広告は改めてオリエンを受ける。"),
    ),
    "OTORI-SG": (
        (40, "active", ""),
        (30, "dormant", "Routes to Singapore suspended; the client stopped all local media."),
        (22, "active", "Daily flights resumed."),
    ),
    "KITSUNE": ((26, "prospect", ""), (24, "active", "新作の発表に合わせて指名を受けた。")),
    "HERON": (
        (33, "prospect", ""),
        (29, "active", "Won in a three-way pitch with the Everyday account idea."),
    ),
    "THISTLE-JP": (
        (11, "prospect", ""),
        (6, "active", "日本法人の設立に合わせ、ロンドンの紹介で受注した。"),
    ),
    "TSURUGI": ((3, "prospect", ""),),
    "KENKO": ((2, "prospect", ""),),
    "HARROW": (
        (40, "active", ""),
        (
            5,
            "lost",
            "New marketing director took the work in-house. We were told late: nobody above the brand manager knew us.",
        ),
    ),
}

# Who serves which account: role=login:share in per cent, * for who leads in that role. Who stands
# first opened the account.
SEATS = {
    "RAICHO": "global_account_manager*=saionji:50 account_planner=yukimura:10",
    "RAICHO-JP": "key_account_manager*=oba:60 account_supervisor*=shindo:40 account_executive*=ninomiya:50"
    " coordinator=miki:60 account_planner*=mori:60 creative_director=ayase:40 media=segawa:30",
    "RAICHO-JP-TSUBAME": "account_supervisor*=shindo:20 account_executive*=ninomiya:20 production=tsukuda:20",
    "RAICHO-JP-MINE": "account_supervisor*=shindo:20 account_executive*=kadokura:30 coordinator=miki:30",
    "RAICHO-JP-KANSAI": "account_executive*=temma:5",
    "RAICHO-SG": "national_account_manager*=priya:60 account_executive*=aisyah:60",
    "RAICHO-UK": "national_account_manager*=oliver:25 account_executive=freya:20",
    "TSUKI": "global_account_manager*=kuze:40",
    "TSUKI-JP": "key_account_manager*=kirishima:70 account_supervisor*=aragaki:50 account_executive*=toyama:50"
    " coordinator=minase:50 account_planner*=chigira:60 creative_director=tsubaki:40 media=wakui:30",
    "TSUKI-JP-OBORO": "account_executive*=kazama:80 account_supervisor=aragaki:20",
    "TSUKI-JP-KOYOI": "account_executive*=toyama:40 coordinator=minase:30",
    "TSUKI-SG": "account_manager*=marcus:40",
    "SHIRAITO": "account_manager*=onodera:60 account_supervisor*=sawaki:50 account_planner*=otowa:40"
    " coordinator=ikoma:60 media=tadokoro:20",
    "SHIRAITO-CHA": "account_executive*=tokiwa:70",
    "SHIRAITO-MIZU": "account_executive*=himeno:50",
    "SHIRAITO-COFFEE": "account_executive*=kisaragi:30",
    "KOHAKU": "account_manager*=nakatsu:40 account_executive*=temma:40 coordinator=uemachi:40",
    "KOHAKU-SODA": "account_executive*=temma:40",
    "KOHAKU-CHA": "account_executive*=sumiyoshi:30",
    "HANA": "global_account_manager*=shirakawa:60",
    "HANA-JP": "account_manager*=hatano:60 account_supervisor*=utsumi:50 coordinator=asakura:50"
    " account_planner*=yukimura:10 creative_director=tsubaki:20",
    "HANA-JP-SHIZUKU": "account_executive*=nishina:60",
    "HANA-JP-KURENAI": "account_executive*=nishina:30",
    "HANA-UK": "national_account_manager*=oliver:40 account_executive*=freya:40",
    "SETSU": "account_manager*=fuwa:40 account_supervisor*=tsuge:30 account_executive*=kusunoki:40",
    "SETSU-SHIROTAE": "account_executive*=kusunoki:30 coordinator=mizuki:30",
    "YAMA": "account_manager*=atsuta:20 account_executive*=sakae:30 coordinator=kanayama:40",
    "YAMA-CURRY": "account_executive*=sakae:20 media=sakae:10",
    "KODAMA": "account_supervisor*=sawaki:20 account_executive*=himeno:10",
    "KODAMA-CHOCO": "account_executive*=himeno:20",
    "AMATSU": "account_manager*=yashiro:60 account_supervisor*=kurusu:50 coordinator=momose:50",
    "AMATSU-MOBILE": "account_executive*=kitami:70",
    "AMATSU-BIZ": "account_executive*=sugawara:40",
    "OTORI": "global_account_manager*=kuze:30",
    "OTORI-JP": "account_manager*=hatano:20 account_executive*=kanzaki:70 account_supervisor=utsumi:20"
    " coordinator=asakura:30",
    "OTORI-SG": "account_manager*=marcus:30",
    "YAE": "account_manager*=fuwa:20 account_executive*=ebihara:60 account_supervisor=tsuge:20",
    "SHIOMI": "account_supervisor*=chikushi:30 account_executive*=tenjin:40",
    "WAKA": "account_manager*=nakatsu:30 account_executive*=sumiyoshi:30",
    "WAKA-ICHO": "account_executive*=sumiyoshi:20",
    "WAKA-GENKI": "account_executive*=temma:10 coordinator=uemachi:20",
    "CHIGI": "account_manager*=atsuta:20 account_executive=sakae:30",
    "HOTARU": "global_account_manager*=kuze:10",
    "HOTARU-JP": "account_manager*=yashiro:20 account_executive*=sugawara:30 account_supervisor=kurusu:20",
    "HOTARU-UK": "national_account_manager*=oliver:10 account_executive=freya:20",
    "KITSUNE": "account_supervisor*=kurusu:20 account_executive*=kitami:30",
    "AWA": "account_manager*=fuwa:20 account_supervisor=tsuge:30 account_planner=otowa:20",
    "AWA-SENZAI": "account_executive*=ebihara:30 coordinator=mizuki:30",
    "AWA-KAMI": "account_executive*=kusunoki:20",
    "MOMIJI": "account_executive*=temma:5",
    "SAZA": "account_executive*=tenjin:30 account_supervisor=chikushi:20",
    "TSURUGI": "account_manager*=onodera:10 account_planner=otowa:10",
    "KENKO": "account_executive*=tenjin:20",
    "HERON": "account_manager*=marcus:20 account_director=tan:10",
    "BANYAN": "account_director*=tan:20",
    "BANYAN-SG": "account_executive*=aisyah:30 national_account_manager=priya:20",
    "BANYAN-UK": "account_executive*=freya:10",
    "THISTLE": "account_director*=eleanor:20 national_account_manager=oliver:10",
    "THISTLE-JP": "account_executive*=sugawara:20 account_supervisor=kurusu:10",
    "HARROW": "national_account_manager*=oliver:10",
}


class HandoverRow(NamedTuple):
    """A seat that moves: proposed some days ago, to begin so many days from today."""

    account: str
    role: str
    giver: str
    receiver: str
    proposed: int
    on: int
    confirmed: tuple[str, ...]
    note: str


HANDOVERS = (
    HandoverRow(
        "SHIRAITO-COFFEE", "account_executive", "kisaragi", "himeno", -150, -135, ("kisaragi", "himeno"),
        "退職に伴い、夏の無糖の新商品から姫野さんに引き継ぐ。自販機チームとの週次定例(火曜)は続けてください。",
    ),
    HandoverRow(
        "RAICHO-JP-MINE", "account_executive", "kadokura", "ninomiya", -3, 21, ("kadokura",),
        "年次改良の発表までは門倉が同席する。店頭POPは関西の販売会社と先に握ること。清水様は電話より"
        "メールがお好みです。",
    ),
)  # fmt: skip
