"""What is on its way between the agency and its clients today, and what was before."""

from __future__ import annotations

from typing import NamedTuple


class BallRow(NamedTuple):
    """A ball: who asked whom so many days ago, until when counted from today.

    `of` is a login of ours, the `who` of a contact of the account, or the name of a desk.
    """

    account: str
    by: str
    of: str
    asked: int
    due: int
    title: str
    note: str = ""
    private: bool = False
    reminded: int | None = None


class DeskRow(NamedTuple):
    """A desk and who keeps it."""

    office: str
    name: str
    name_en: str
    keeper: str


DESKS = (
    DeskRow("TYO-PM", "制作進行", "Production desk", "hoshi"),
    DeskRow("TYO-MD", "媒体デスク", "Media desk", "tadokoro"),
    DeskRow("FIN", "経理デスク", "Finance desk", "kotani"),
)

BALLS = (
    # 雷鳥自動車
    BallRow("RAICHO-JP", "ninomiya", "shimizu", -6, -1, "ロゴ入稿データ", "店頭POP 3種分。AI形式でお願いします。", reminded=-1),
    BallRow("RAICHO-JP", "ninomiya", "shimizu", -2, 2, "WEB動画 15秒 初校のお戻し"),
    BallRow("RAICHO-JP", "oba", "oka", -9, -2, "春キャンペーン見積 v2 の承認", "5,000万円未満なので部長承認まで。", reminded=-2),
    BallRow("RAICHO-JP", "oba", "murai", -3, 4, "来期の単価表の取り交わし"),
    BallRow("RAICHO-JP", "shindo", "ninomiya", -4, -1, "10/29 定例のコンタクトレポート", "清水様は当日中の確認を望まれます。"),
    BallRow("RAICHO-JP", "ninomiya", "mori", -1, 3, "店頭聞き取りの要約 1枚", "木曜の部内会議に添付します。"),
    BallRow("RAICHO-JP", "ninomiya", "ayase", -2, 1, "交通広告 再校の社内確認"),
    BallRow("RAICHO-JP", "shindo", "miki", -3, 1, "店頭展開の見積 下書き", "前回の単価を引いて作る。出すのは二宮さん。"),
    BallRow("RAICHO-JP", "oba", "ninomiya", 0, 2, "先方の異動の噂を確かめる", "岡部長の後任について。", private=True),
    BallRow("RAICHO-JP", "ninomiya", "経理デスク", -1, 3, "店頭POP 前回分の請求書の写し"),
    BallRow("RAICHO-JP-TSUBAME", "ninomiya", "shimizu", -1, 5, "年次改良の色見本 2色"),
    BallRow("RAICHO-JP-TSUBAME", "ninomiya", "tsukuda", -5, -1, "交通広告 駅貼りの校正紙"),
    BallRow("RAICHO-JP-TSUBAME", "shindo", "ninomiya", -1, 6, "商品説明会の議事録"),
    BallRow("RAICHO-JP-MINE", "kadokura", "raicho.mine", -7, 3, "ハイブリッドの発表時期"),
    BallRow("RAICHO-JP-MINE", "shindo", "kadokura", -2, 8, "夏のキャンプ場 体験会の実施報告"),
    BallRow("RAICHO", "saionji", "raicho.cmo", -12, 6, "四半期報告の日程"),
    BallRow("RAICHO-SG", "saionji", "priya", -4, 4, "シンガポールの来年度の媒体費", "英文で結構です。"),
    BallRow("RAICHO-SG", "priya", "ong", -8, -2, "Approval of the outdoor plan", "Two options with prices, as you asked.", reminded=-1),
    BallRow("RAICHO-SG", "priya", "aisyah", -3, 1, "Bidding-week calendar for the next quarter"),
    BallRow("RAICHO-SG", "aisyah", "sg.digital", -2, 3, "Access to the campaign analytics"),
    BallRow("RAICHO-UK", "oliver", "uk.brand", -5, 2, "Final dealer list"),
    BallRow("RAICHO-UK", "oliver", "freya", -6, -1, "Contact report of the Leeds visit"),
    # 月影モータース
    BallRow("TSUKI-JP", "toyama", "tsuki.aki", -3, 2, "企業広告 静けさ篇 初校のお戻し"),
    BallRow("TSUKI-JP", "kirishima", "tsuki.head", -10, -3, "上期の振り返りへのご意見", reminded=-2),
    BallRow("TSUKI-JP", "kirishima", "tsuki.buy", -4, 9, "支払サイトの確認"),
    BallRow("TSUKI-JP", "aragaki", "toyama", -3, -1, "調達部への見積の出し直し"),
    BallRow("TSUKI-JP", "toyama", "chigira", -2, 4, "ブランド想起の年代別の表"),
    BallRow("TSUKI-JP", "kirishima", "aragaki", -1, 3, "来月の人繰り", private=True),
    BallRow("TSUKI-JP-OBORO", "kazama", "tsuki.ev", -4, 1, "新基準の航続距離の確定値"),
    BallRow("TSUKI-JP-OBORO", "aragaki", "kazama", -5, -2, "旧表示の素材の棚卸し", "今月末で使えなくなる。"),
    # 飲料
    BallRow("SHIRAITO", "onodera", "sawaki", -2, 3, "2月の棚替え商談の広告案"),
    BallRow("SHIRAITO", "sawaki", "媒体デスク", -1, 4, "改編期のコの字の線引き"),
    BallRow("SHIRAITO-CHA", "tokiwa", "kurose", -3, 2, "淹れ方で語るコピー 5案"),
    BallRow("SHIRAITO-CHA", "sawaki", "tokiwa", -4, -1, "11/12 定例のコンタクトレポート", "木戸様に翌朝9時まで。"),
    BallRow("SHIRAITO-MIZU", "sawaki", "himeno", -2, 5, "防災月間の実施報告"),
    BallRow("KOHAKU", "nakatsu", "temma", -3, 2, "復刻瓶の店頭写真"),
    BallRow("KOHAKU-SODA", "temma", "momotani", -2, 3, "ラジオ20秒のスタジオ仮押さえ"),
    # 化粧品
    BallRow("HANA-JP", "hatano", "utsumi", -1, 4, "年間契約の更新の論点"),
    BallRow("HANA-JP-SHIZUKU", "nishina", "nanami", -4, -1, "詰替え 雑誌4色2ページの色校"),
    BallRow("HANA-JP-KURENAI", "utsumi", "nishina", -2, 3, "試し塗り動画の薬事確認の結果"),
    BallRow("SETSU", "fuwa", "tsuge", -3, 2, "冬の限定 同梱冊子の部数"),
    BallRow("SETSU-SHIROTAE", "tsuge", "kusunoki", -2, 1, "同梱冊子の校了確認"),
    # そのほか
    BallRow("YAMA", "atsuta", "sakae", -3, 3, "中辛 テレビ15秒の考査の結果"),
    BallRow("AMATSU", "yashiro", "kurusu", -2, 2, "春商戦 三案の優先順位"),
    BallRow("AMATSU-MOBILE", "kurusu", "kitami", -5, -1, "料金改定の注釈の文言"),
    BallRow("OTORI-JP", "hatano", "kanzaki", -1, 6, "冬ダイヤの差し替え一覧"),
    BallRow("YAE", "fuwa", "ebihara", -2, 4, "金融庁の新しい表示基準のまとめ"),
    BallRow("SHIOMI", "chikushi", "tenjin", -4, 1, "支店ポスターの掲出確認"),
    BallRow("", "mikami", "arisugawa", -2, 3, "上期の表彰の推薦"),
    BallRow("", "ninomiya", "miki", -1, 2, "議事録の書き方 相談"),
    BallRow("", "priya", "oliver", -3, 5, "Notes on the regional planning call"),
)  # fmt: skip

# What was asked and answered in the weeks before, by account at random: title and answer.
ASKED_OF_CLIENTS = (
    ("初校のお戻し", "一か所だけ直してください。あとはこのままで。"),
    ("ロゴの使用可否", "この大きさなら問題ありません。"),
    ("撮影日の確定", "19日でお願いします。"),
    ("媒体プランの承認", "承認します。テレビは4週目を厚く。"),
    ("原稿の事実確認", "価格の表記だけ最新のものに替えてください。"),
    ("オリエンの日程", "来週火曜の14時からでお願いします。"),
)
ASKED_OF_US = (
    ("見積の明細", "項目を三つに分けてお送りしました。"),
    ("掲出の確認写真", "12か所すべて撮ってあります。"),
    ("コンタクトレポート", "本日お送りしました。"),
    ("競合の出稿状況", "先週分までまとめました。"),
    ("再校", "赤字を反映しました。"),
)
