"""The clients' people: who asks, who decides, who pays, and how each likes to be dealt with."""

from __future__ import annotations

from typing import NamedTuple


class ContactRow(NamedTuple):
    """A contact. `who` names the same human on several accounts; the name is drawn unless given.

    `above` is the `who` of the contact they report to on the same account; `login` opens the portal.
    """

    account: str
    who: str
    department: str
    title: str
    buying_role: str
    above: str = ""
    channel: str = ""
    preferences: str = ""
    name: tuple[str, str, str] | None = None
    login: str = ""


SHIMIZU = ("清水 由紀", "しみず ゆき", "Yuki Shimizu")
OKA = ("岡 正人", "おか まさと", "Masato Oka")
MURAI = ("村井 翔", "むらい しょう", "Sho Murai")

CONTACTS = (
    # 雷鳥自動車
    ContactRow("RAICHO", "raicho.cmo", "マーケティング本部", "執行役員 CMO", "decider", "", "meeting", "四半期に一度、本人に直接報告する。資料は10枚まで。"),
    ContactRow("RAICHO", "raicho.global", "グローバルブランド室", "室長", "approver", "raicho.cmo", "email", "英文と和文の両方を送る。"),
    ContactRow("RAICHO-JP", "oka", "国内宣伝部", "部長", "decider", "", "meeting", "承認は木曜の部内会議。水曜17時までに資料を届ける。", OKA),
    ContactRow("RAICHO-JP", "shimizu", "国内宣伝部", "課長", "user", "oka", "email", "メールで要点3行。夕方は電話に出られない。", SHIMIZU, "shimizu"),
    ContactRow("RAICHO-JP", "murai", "購買部", "主任", "buyer", "", "email", "見積は項目別。相見積の有無を必ず書いてくる。", MURAI),
    ContactRow("RAICHO-JP", "raicho.legal", "法務部", "担当課長", "gatekeeper", "", "email", "燃費と安全の表現は事前に根拠資料を付ける。"),
    ContactRow("RAICHO-JP-TSUBAME", "shimizu", "国内宣伝部", "課長", "user", "", "email", "", SHIMIZU, "shimizu"),
    ContactRow("RAICHO-JP-TSUBAME", "raicho.tsubame", "商品企画部", "つばめ主査", "influencer", "", "meeting", "試作車を見ながら話すと早い。"),
    ContactRow("RAICHO-JP-MINE", "shimizu", "国内宣伝部", "課長", "user", "", "email", "", SHIMIZU, "shimizu"),
    ContactRow("RAICHO-JP-MINE", "raicho.mine", "商品企画部", "ミネ主査", "initiator", "", "phone", "思いついたら電話をくれる。要件は必ず書面で返す。"),
    ContactRow("RAICHO-JP-KANSAI", "kansai.boss", "営業本部", "本部長", "decider", "", "phone", "統合の話は本人以外にしない。"),
    ContactRow("RAICHO-SG", "ong", "Marketing", "Head of Marketing", "decider", "", "email", "Wants options with prices, never a single route.", ("Grace Ong", "", "Grace Ong"), "grace.ong"),
    ContactRow("RAICHO-SG", "sg.digital", "Marketing", "Digital Manager", "user", "ong", "portal", "Reads the portal every morning.", ("Faizal Rahman", "", "Faizal Rahman")),
    ContactRow("RAICHO-UK", "uk.brand", "Brand and Communications", "Brand Manager", "user", "", "email", "On site in Leeds on Tuesdays.", ("Harriet Lowe", "", "Harriet Lowe")),
    # 月影モータース
    ContactRow("TSUKI-JP", "tsuki.head", "マーケティング部", "部長", "decider", "", "meeting", "結論から。数字の出どころを必ず聞かれる。"),
    ContactRow("TSUKI-JP", "tsuki.aki", "マーケティング部", "マネージャー", "user", "tsuki.head", "portal", "校正はポータルで返す。赤字は一度にまとめる。", ("有馬 秋穂", "ありま あきほ", "Akiho Arima"), "arima"),
    ContactRow("TSUKI-JP", "tsuki.buy", "調達部", "課長代理", "buyer", "", "email", "支払サイトの交渉は年に一度、2月。"),
    ContactRow("TSUKI-JP-OBORO", "tsuki.ev", "EV事業部", "プロダクトオーナー", "influencer", "", "email", "技術用語の言い換えを嫌う。"),
    ContactRow("TSUKI-JP-OBORO", "tsuki.aki", "マーケティング部", "マネージャー", "user", "", "portal", "", ("有馬 秋穂", "ありま あきほ", "Akiho Arima"), "arima"),
    ContactRow("TSUKI-JP-KOYOI", "tsuki.kei", "軽商品部", "主任", "initiator", "", "phone", "販売店の声をよく知っている。"),
    ContactRow("TSUKI-SG", "tsukisg.md", "Management", "Managing Director", "approver", "", "meeting", "Decides alone, and quickly.", ("Desmond Koh", "", "Desmond Koh")),
    # 白糸飲料
    ContactRow("SHIRAITO", "shiraito.head", "マーケティング本部", "本部長", "decider", "", "meeting", "社長同席の回は月初に分かる。"),
    ContactRow("SHIRAITO", "shiraito.media", "宣伝部 媒体課", "課長", "buyer", "shiraito.head", "email", "スポットの線引きは自分で確認する。"),
    ContactRow("SHIRAITO-CHA", "shiraito.cha", "お茶ブランド室", "ブランドマネージャー", "user", "", "portal", "コンタクトレポートの確認が早い。", ("木戸 葵", "きど あおい", "Aoi Kido"), "kido"),
    ContactRow("SHIRAITO-CHA", "shiraito.rd", "商品開発部", "主任研究員", "influencer", "", "email", "味の表現は研究所の用語集に合わせる。"),
    ContactRow("SHIRAITO-MIZU", "shiraito.mizu", "水ブランド室", "ブランドマネージャー", "user", "", "email"),
    ContactRow("SHIRAITO-COFFEE", "shiraito.coffee", "コーヒーブランド室", "主任", "initiator", "", "phone"),
    # 琥珀ビバレッジ
    ContactRow("KOHAKU", "kohaku.head", "宣伝部", "部長", "decider", "", "phone", "大阪の本社に来ること。オンラインでは決めない。"),
    ContactRow("KOHAKU", "kohaku.sub", "宣伝部", "課長", "user", "kohaku.head", "email", "", None, "kohaku"),
    ContactRow("KOHAKU-SODA", "kohaku.soda", "炭酸事業部", "ブランド担当", "user", "", "email"),
    ContactRow("KOHAKU-CHA", "kohaku.cha", "茶系飲料事業部", "ブランド担当", "initiator", "", "email"),
    # 花筏化粧品
    ContactRow("HANA", "hana.cdo", "ブランド戦略本部", "本部長", "decider", "", "meeting", "パリと東京を往復している。日程は二週間前に押さえる。"),
    ContactRow("HANA-JP", "hana.pr", "宣伝部", "部長", "approver", "", "email", "薬機法の確認は先方薬事部を必ず通す。"),
    ContactRow("HANA-JP", "hana.yakuji", "薬事部", "課長", "gatekeeper", "", "email", "確認に5営業日。至急でも3営業日。"),
    ContactRow("HANA-JP-SHIZUKU", "hana.shizuku", "スキンケア部", "ブランドマネージャー", "user", "", "portal", "", ("小早川 鈴", "こばやかわ すず", "Suzu Kobayakawa"), "kobayakawa"),
    ContactRow("HANA-JP-KURENAI", "hana.kurenai", "メイクアップ部", "ブランドマネージャー", "user", "", "email"),
    ContactRow("HANA-UK", "hanauk.gm", "Management", "General Manager", "decider", "", "email", "Copy Tokyo on everything.", ("Isla Pemberton", "", "Isla Pemberton")),
    # そのほか
    ContactRow("SETSU", "setsu.owner", "", "代表取締役", "decider", "", "meeting", "創業家。広告表現は最後に自分で見る。"),
    ContactRow("SETSU-SHIROTAE", "setsu.brand", "白妙事業部", "部長", "approver", "", "email"),
    ContactRow("YAMA", "yama.head", "宣伝課", "課長", "decider", "", "phone", "名古屋の朝は早い。8時台がつながりやすい。"),
    ContactRow("YAMA-CURRY", "yama.curry", "商品部", "主任", "user", "", "email"),
    ContactRow("AMATSU", "amatsu.head", "コミュニケーション本部", "本部長", "decider", "", "meeting", "料金の発表前は電話もメールも控え、対面だけ。"),
    ContactRow("AMATSU", "amatsu.buy", "調達本部", "担当課長", "buyer", "", "email", "年間契約の単価表以外では発注できない。"),
    ContactRow("AMATSU-MOBILE", "amatsu.mobile", "モバイル事業部", "宣伝担当", "user", "", "portal", "", ("早瀬 湊人", "はやせ みなと", "Minato Hayase"), "hayase"),
    ContactRow("OTORI-JP", "otori.head", "宣伝部", "部長", "decider", "", "email", "運航に関わる事故があれば広告は即日停止。連絡網を毎月更新する。"),
    ContactRow("OTORI-JP", "otori.sub", "宣伝部", "主任", "user", "otori.head", "portal"),
    ContactRow("OTORI-SG", "otorisg.mgr", "Marketing", "Country Marketing Manager", "user", "", "email", "", ("Chen Li Hua", "", "Chen Li Hua")),
    ContactRow("YAE", "yae.head", "広報部", "部長", "decider", "", "email", "募集文書の登録番号がないものは出せない。"),
    ContactRow("YAE", "yae.check", "コンプライアンス部", "審査役", "gatekeeper", "yae.head", "email", "審査に10営業日。"),
    ContactRow("SHIOMI", "shiomi.head", "営業企画部", "次長", "approver", "", "phone"),
    ContactRow("WAKA", "waka.head", "宣伝部", "部長", "decider", "", "meeting", "医薬品等適正広告基準の表を持参する。"),
    ContactRow("WAKA-ICHO", "waka.icho", "一般薬事業部", "課長", "user", "", "email"),
    ContactRow("CHIGI", "chigi.head", "販売促進部", "部長", "decider", "", "phone", "展示場の集客数で話す。"),
    ContactRow("HOTARU-JP", "hotaru.head", "国内宣伝課", "課長", "user", "", "email"),
    ContactRow("HOTARU-UK", "hotaruuk.mgr", "Marketing", "Marketing Manager", "user", "", "email", "", ("Owen Radley", "", "Owen Radley")),
    ContactRow("KITSUNE", "kitsune.prod", "第一開発部", "プロデューサー", "decider", "", "portal", "夜に連絡が来る。返事は翌朝でよい。"),
    ContactRow("AWA", "awa.head", "宣伝部", "部長", "decider", "", "meeting"),
    ContactRow("AWA-SENZAI", "awa.senzai", "洗剤事業部", "ブランドマネージャー", "user", "", "email"),
    ContactRow("AWA-KAMI", "awa.kami", "ヘアケア事業部", "ブランドマネージャー", "user", "", "email", "一度離れた経緯がある。小さな遅れも先に知らせる。"),
    ContactRow("SAZA", "saza.head", "営業部", "課長", "decider", "", "phone"),
    ContactRow("TSURUGI", "tsurugi.head", "ブランド推進部", "部長", "initiator", "", "meeting", "登山の話から入る。"),
    ContactRow("KENKO", "kenko.head", "企画課", "課長", "initiator", "", "email", "公募前は個別の相談を受けられない。"),
    ContactRow("HERON", "heron.cmo", "Group Marketing", "Chief Marketing Officer", "decider", "", "meeting", "Regulator's checklist first, idea second.", ("Vanessa Teo", "", "Vanessa Teo")),
    ContactRow("BANYAN", "banyan.vp", "Brand", "VP Brand", "decider", "", "email", "", ("Rohan Mehta", "", "Rohan Mehta")),
    ContactRow("BANYAN-UK", "banyanuk.mgr", "Marketing", "Marketing Manager", "user", "", "email", "", ("Beatrix Hale", "", "Beatrix Hale")),
    ContactRow("THISTLE", "thistle.md", "Management", "Managing Director", "decider", "", "phone", "Family firm; decisions over tea, in person.", ("Alistair Croft", "", "Alistair Croft")),
    ContactRow("THISTLE-JP", "thistle.jp", "マーケティング", "マネージャー", "user", "", "email"),
    ContactRow("HARROW", "harrow.brand", "Brand", "Brand Manager", "user", "", "phone", "Told us of the loss only after the fact.", ("Toby Garrick", "", "Toby Garrick")),
)  # fmt: skip

SURNAMES = (
    ("綿貫", "わたぬき", "Watanuki"), ("鳥飼", "とりかい", "Torikai"), ("香月", "かつき", "Katsuki"),
    ("日下部", "くさかべ", "Kusakabe"), ("御厨", "みくりや", "Mikuriya"), ("汐留", "しおどめ", "Shiodome"),
    ("梶原", "かじわら", "Kajiwara"), ("浅葱", "あさぎ", "Asagi"), ("結城", "ゆうき", "Yuki"),
    ("鏑木", "かぶらぎ", "Kaburagi"), ("速水", "はやみ", "Hayami"), ("五百蔵", "いおくら", "Iokura"),
    ("蓮見", "はすみ", "Hasumi"), ("真鍋", "まなべ", "Manabe"), ("篠崎", "しのざき", "Shinozaki"),
    ("若林", "わかばやし", "Wakabayashi"), ("藤堂", "とうどう", "Todo"), ("瑞原", "みずはら", "Mizuhara"),
    ("栗栖野", "くりすの", "Kurisuno"), ("氷川", "ひかわ", "Hikawa"), ("鷺沢", "さぎさわ", "Sagisawa"),
    ("葛城", "かつらぎ", "Katsuragi"), ("宇佐美", "うさみ", "Usami"), ("榊", "さかき", "Sakaki"),
)  # fmt: skip
GIVEN = (
    ("一樹", "かずき", "Kazuki"), ("和泉", "いずみ", "Izumi"), ("千景", "ちかげ", "Chikage"),
    ("正敏", "まさとし", "Masatoshi"), ("明日香", "あすか", "Asuka"), ("啓介", "けいすけ", "Keisuke"),
    ("知世", "ともよ", "Tomoyo"), ("倫子", "のりこ", "Noriko"), ("英明", "ひであき", "Hideaki"),
    ("純", "じゅん", "Jun"), ("智也", "ともや", "Tomoya"), ("佳乃", "よしの", "Yoshino"),
    ("克己", "かつみ", "Katsumi"), ("沙耶", "さや", "Saya"), ("義隆", "よしたか", "Yoshitaka"),
    ("美晴", "みはる", "Miharu"), ("慎吾", "しんご", "Shingo"), ("香澄", "かすみ", "Kasumi"),
    ("直人", "なおと", "Naoto"), ("絵里", "えり", "Eri"), ("遥", "はるか", "Haruka"),
    ("毅", "つよし", "Tsuyoshi"), ("千鶴", "ちづる", "Chizuru"), ("陽平", "ようへい", "Yohei"),
)  # fmt: skip

# The client's sign-ins that the README and the command tell: login, account.
SIGN_INS = (("shimizu", "RAICHO-JP"), ("grace.ong", "RAICHO-SG"))
