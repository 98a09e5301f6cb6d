"""Invented companies with invented brands. No company of these names or numbers exists."""

from __future__ import annotations

from typing import NamedTuple


class CompanyRow(NamedTuple):
    """A company; Japanese ones get a corporate number, others an LEI, neither of them real."""

    code: str
    name: str
    kana: str
    name_en: str
    industry: str
    address: str
    year_end: str = "03-31"
    above: str = ""
    country: str = "JP"
    aliases: tuple[str, ...] = ()


class BrandRow(NamedTuple):
    """A brand of a company and the account that handles it."""

    company: str
    name: str
    kana: str
    name_en: str
    categories: tuple[str, ...]
    countries: tuple[str, ...]
    account: str


COMPANIES = (
    CompanyRow("RAICHO", "雷鳥自動車株式会社", "らいちょうじどうしゃ", "Raicho Motor Corporation", "輸送用機器", "愛知県架空市雷鳥町1番地", aliases=("雷鳥", "Raicho")),
    CompanyRow("RAICHO-SG", "Raicho Motor Asia Pte. Ltd.", "", "Raicho Motor Asia Pte. Ltd.", "輸送用機器", "1 Nowhere Quay, Singapore", "12-31", "RAICHO", "SG"),
    CompanyRow("RAICHO-UK", "Raicho Motor (UK) Ltd", "", "Raicho Motor (UK) Ltd", "輸送用機器", "2 Nowhere Street, London", "12-31", "RAICHO", "GB"),
    CompanyRow("RAICHO-KS", "雷鳥カーズ関西株式会社", "らいちょうかーずかんさい", "Raicho Cars Kansai Co., Ltd.", "小売業", "大阪府架空市つばめ通3番地", "03-31", "RAICHO"),
    CompanyRow("TSUKI", "月影モータース株式会社", "つきかげもーたーす", "Tsukikage Motors Co., Ltd.", "輸送用機器", "静岡県架空市月影1丁目1番", aliases=("月影", "Tsukikage")),
    CompanyRow("TSUKI-SG", "Tsukikage Motors Asia Pte. Ltd.", "", "Tsukikage Motors Asia Pte. Ltd.", "輸送用機器", "8 Nowhere Quay, Singapore", "03-31", "TSUKI", "SG"),
    CompanyRow("SHIRAITO", "白糸飲料株式会社", "しらいといんりょう", "Shiraito Beverages Co., Ltd.", "食料品", "東京都架空区白糸坂2番地", "12-31"),
    CompanyRow("KOHAKU", "琥珀ビバレッジ株式会社", "こはくびばれっじ", "Kohaku Beverage Co., Ltd.", "食料品", "大阪府架空市琥珀台5番地", "12-31"),
    CompanyRow("HANA", "花筏化粧品株式会社", "はないかだけしょうひん", "Hanaikada Cosmetics Co., Ltd.", "化学", "東京都架空区花筏3丁目", "12-31", aliases=("花筏", "HANAIKADA")),
    CompanyRow("HANA-UK", "Hanaikada Beauty UK Ltd", "", "Hanaikada Beauty UK Ltd", "化学", "5 Nowhere Street, London", "12-31", "HANA", "GB"),
    CompanyRow("SETSU", "株式会社雪月花粧", "せつげつかしょう", "Setsugetsu Kasho Inc.", "化学", "京都府架空市雪月町7番地"),
    CompanyRow("YAMA", "山鳩食品株式会社", "やまばとしょくひん", "Yamabato Foods Co., Ltd.", "食料品", "愛知県架空市山鳩4番地"),
    CompanyRow("KODAMA", "株式会社谺製菓", "こだませいか", "Kodama Seika Inc.", "食料品", "東京都架空区谺町9番地", aliases=("こだま製菓",)),
    CompanyRow("AMATSU", "天津風通信株式会社", "あまつかぜつうしん", "Amatsukaze Telecom Co., Ltd.", "情報・通信業", "東京都架空区天津風1丁目"),
    CompanyRow("OTORI", "鴻航空株式会社", "おおとりこうくう", "Otori Airways Co., Ltd.", "空運業", "千葉県架空市鴻1番地", aliases=("Otori Air",)),
    CompanyRow("YAE", "八重垣生命保険株式会社", "やえがきせいめいほけん", "Yaegaki Life Insurance Co., Ltd.", "保険業", "東京都架空区八重垣8番地"),
    CompanyRow("SHIOMI", "株式会社汐見台銀行", "しおみだいぎんこう", "Shiomidai Bank, Ltd.", "銀行業", "福岡県架空市汐見台2番地"),
    CompanyRow("WAKA", "若竹野薬品工業株式会社", "わかたけのやくひんこうぎょう", "Wakatakeno Pharmaceutical Co., Ltd.", "医薬品", "大阪府架空市若竹野6番地"),
    CompanyRow("CHIGI", "千木ハウス株式会社", "ちぎはうす", "Chigi House Co., Ltd.", "建設業", "愛知県架空市千木3番地", "01-31"),
    CompanyRow("HOTARU", "螢火電機株式会社", "ほたるびでんき", "Hotarubi Electric Co., Ltd.", "電気機器", "神奈川県架空市螢火1番地"),
    CompanyRow("HOTARU-UK", "Hotarubi Electronics UK Ltd", "", "Hotarubi Electronics UK Ltd", "電気機器", "9 Nowhere Street, London", "03-31", "HOTARU", "GB"),
    CompanyRow("KITSUNE", "株式会社狐火遊戯", "きつねびゆうぎ", "Kitsunebi Games Inc.", "情報・通信業", "東京都架空区狐火5丁目", "12-31"),
    CompanyRow("AWA", "泡雪石鹸株式会社", "あわゆきせっけん", "Awayuki Soap Co., Ltd.", "化学", "東京都架空区泡雪4番地", "12-31"),
    CompanyRow("MOMIJI", "株式会社もみじ野百貨店", "もみじのひゃっかてん", "Momijino Department Store Co., Ltd.", "小売業", "大阪府架空市もみじ野1番地", "02-28"),
    CompanyRow("SAZA", "さざなみ湾岸鉄道株式会社", "さざなみわんがんてつどう", "Sazanami Bay Railway Co., Ltd.", "陸運業", "福岡県架空市さざなみ2番地"),
    CompanyRow("TSURUGI", "つるぎ岳スポーツ株式会社", "つるぎだけすぽーつ", "Tsurugidake Sports Co., Ltd.", "その他製品", "東京都架空区つるぎ岳1番地", "08-31"),
    CompanyRow("KENKO", "一般社団法人架空県観光連盟", "かくうけんかんこうれんめい", "Kaku Prefecture Tourism Association", "サービス業", "架空県架空市県庁前1番地"),
    CompanyRow("HERON", "Straits Heron Bank Ltd", "", "Straits Heron Bank Ltd", "銀行業", "20 Nowhere Quay, Singapore", "12-31", "", "SG"),
    CompanyRow("BANYAN", "Banyan & Pearl Stays Pte. Ltd.", "", "Banyan & Pearl Stays Pte. Ltd.", "サービス業", "31 Nowhere Quay, Singapore", "06-30", "", "SG"),
    CompanyRow("BANYAN-UK", "Banyan & Pearl Stays (UK) Ltd", "", "Banyan & Pearl Stays (UK) Ltd", "サービス業", "14 Nowhere Street, London", "06-30", "BANYAN", "GB"),
    CompanyRow("THISTLE", "Thistledown Leaf Tea Company Ltd", "", "Thistledown Leaf Tea Company Ltd", "食料品", "17 Nowhere Street, London", "09-30", "", "GB"),
    CompanyRow("THISTLE-JP", "シスルダウン・リーフ・ジャパン株式会社", "しするだうんりーふじゃぱん", "Thistledown Leaf Japan K.K.", "食料品", "東京都架空区薊町3番地", "09-30", "THISTLE"),
    CompanyRow("HARROW", "Harrowmere Cycles Ltd", "", "Harrowmere Cycles Ltd", "その他製品", "22 Nowhere Street, Leeds", "12-31", "", "GB"),
)  # fmt: skip

BRANDS = (
    BrandRow("RAICHO", "つばめ", "つばめ", "Tsubame", ("自動車", "小型車"), ("JP",), "RAICHO-JP-TSUBAME"),
    BrandRow("RAICHO", "ミネ", "みね", "Mine", ("自動車", "SUV"), ("JP", "SG", "GB"), "RAICHO-JP-MINE"),
    BrandRow("RAICHO", "雷鳥コネクト", "らいちょうこねくと", "Raicho Connect", ("自動車", "車載サービス"), ("JP",), "RAICHO-JP"),
    BrandRow("RAICHO-SG", "Mine Asia", "", "Mine Asia", ("自動車", "SUV"), ("SG",), "RAICHO-SG"),
    BrandRow("RAICHO-UK", "Mine Europe", "", "Mine Europe", ("自動車", "SUV"), ("GB",), "RAICHO-UK"),
    BrandRow("TSUKI", "おぼろ", "おぼろ", "Oboro", ("自動車", "電気自動車"), ("JP", "SG"), "TSUKI-JP-OBORO"),
    BrandRow("TSUKI", "こよい", "こよい", "Koyoi", ("自動車", "軽自動車"), ("JP",), "TSUKI-JP-KOYOI"),
    BrandRow("TSUKI-SG", "Oboro Asia", "", "Oboro Asia", ("自動車", "電気自動車"), ("SG",), "TSUKI-SG"),
    BrandRow("SHIRAITO", "白糸の茶", "しらいとのちゃ", "Shiraito Tea", ("清涼飲料", "緑茶飲料"), ("JP",), "SHIRAITO-CHA"),
    BrandRow("SHIRAITO", "白糸の水", "しらいとのみず", "Shiraito Water", ("清涼飲料", "ミネラルウォーター"), ("JP",), "SHIRAITO-MIZU"),
    BrandRow("SHIRAITO", "朝霧コーヒー", "あさぎりこーひー", "Asagiri Coffee", ("清涼飲料", "コーヒー飲料"), ("JP",), "SHIRAITO-COFFEE"),
    BrandRow("KOHAKU", "琥珀サイダー", "こはくさいだー", "Kohaku Cider", ("清涼飲料", "炭酸飲料"), ("JP",), "KOHAKU-SODA"),
    BrandRow("KOHAKU", "夕映え緑茶", "ゆうばえりょくちゃ", "Yubae Green Tea", ("清涼飲料", "緑茶飲料"), ("JP",), "KOHAKU-CHA"),
    BrandRow("HANA", "しずく", "しずく", "Shizuku", ("化粧品", "スキンケア"), ("JP", "GB"), "HANA-JP-SHIZUKU"),
    BrandRow("HANA", "くれない", "くれない", "Kurenai", ("化粧品", "メイクアップ"), ("JP",), "HANA-JP-KURENAI"),
    BrandRow("HANA-UK", "Shizuku Europe", "", "Shizuku Europe", ("化粧品", "スキンケア"), ("GB",), "HANA-UK"),
    BrandRow("SETSU", "白妙", "しろたえ", "Shirotae", ("化粧品", "スキンケア"), ("JP",), "SETSU-SHIROTAE"),
    BrandRow("YAMA", "山鳩カレー", "やまばとかれー", "Yamabato Curry", ("食品", "レトルト食品"), ("JP",), "YAMA-CURRY"),
    BrandRow("KODAMA", "こだまチョコ", "こだまちょこ", "Kodama Choco", ("菓子", "チョコレート"), ("JP",), "KODAMA-CHOCO"),
    BrandRow("KODAMA", "やまびこ飴", "やまびこあめ", "Yamabiko Candy", ("菓子", "キャンディ"), ("JP",), "KODAMA"),
    BrandRow("AMATSU", "そよかぜモバイル", "そよかぜもばいる", "Soyokaze Mobile", ("通信", "携帯電話"), ("JP",), "AMATSU-MOBILE"),
    BrandRow("AMATSU", "天津風ビズ", "あまつかぜびず", "Amatsukaze Biz", ("通信", "法人サービス"), ("JP",), "AMATSU-BIZ"),
    BrandRow("OTORI", "鴻マイル", "おおとりまいる", "Otori Miles", ("航空", "会員サービス"), ("JP", "SG"), "OTORI-JP"),
    BrandRow("YAE", "八重の備え", "やえのそなえ", "Yae no Sonae", ("保険", "医療保険"), ("JP",), "YAE"),
    BrandRow("SHIOMI", "汐見アプリ", "しおみあぷり", "Shiomi App", ("金融", "銀行"), ("JP",), "SHIOMI"),
    BrandRow("WAKA", "すこやか丸", "すこやかがん", "Sukoyaka-gan", ("医薬品", "胃腸薬"), ("JP",), "WAKA-ICHO"),
    BrandRow("WAKA", "若竹の力", "わかたけのちから", "Wakatake no Chikara", ("医薬部外品", "栄養ドリンク"), ("JP",), "WAKA-GENKI"),
    BrandRow("CHIGI", "千木の家", "ちぎのいえ", "Chigi no Ie", ("住宅", "注文住宅"), ("JP",), "CHIGI"),
    BrandRow("HOTARU", "ともしび", "ともしび", "Tomoshibi", ("家電", "照明"), ("JP", "GB"), "HOTARU-JP"),
    BrandRow("KITSUNE", "狐の嫁入り", "きつねのよめいり", "Fox's Wedding", ("ゲーム", "スマートフォンゲーム"), ("JP",), "KITSUNE"),
    BrandRow("AWA", "あわゆき", "あわゆき", "Awayuki", ("日用品", "衣料用洗剤"), ("JP",), "AWA-SENZAI"),
    BrandRow("AWA", "かみゆい", "かみゆい", "Kamiyui", ("日用品", "ヘアケア"), ("JP",), "AWA-KAMI"),
    BrandRow("SAZA", "さざなみきっぷ", "さざなみきっぷ", "Sazanami Pass", ("交通", "鉄道"), ("JP",), "SAZA"),
    BrandRow("HERON", "Heron Everyday", "", "Heron Everyday", ("金融", "銀行"), ("SG",), "HERON"),
    BrandRow("BANYAN", "Banyan & Pearl", "", "Banyan & Pearl", ("旅行", "ホテル"), ("SG", "GB"), "BANYAN-SG"),
    BrandRow("THISTLE", "Thistledown", "", "Thistledown", ("食品", "紅茶"), ("GB", "JP"), "THISTLE"),
    BrandRow("HARROW", "Harrowmere One", "", "Harrowmere One", ("スポーツ用品", "自転車"), ("GB",), "HARROW"),
)  # fmt: skip
