"""Jobs in the departments and who is assigned to them."""

from __future__ import annotations

from typing import NamedTuple


class JobRow(NamedTuple):
    """A job, its number within the account and year, and who works on it for how many days."""

    account: str
    number: int
    title: str
    assigned: str
    starts: int
    ends: int | None


JOBS = (
    JobRow("RAICHO-JP", 11, "店頭POP 追加3種", "asahina hoshino tsukuda", -50, 20),
    JobRow("RAICHO-JP", 14, "春キャンペーン WEB動画", "ayase kurose asahina tsukuda segawa", -25, 60),
    JobRow("RAICHO-JP-TSUBAME", 4, "年次改良 新聞15段", "kurose hoshino", -12, 30),
    JobRow("RAICHO-JP-TSUBAME", 5, "交通広告 駅貼り", "asahina segawa", -30, 12),
    JobRow("RAICHO-JP-MINE", 7, "キャンプ場 体験会", "tsukuda hoshino", -70, -12),
    JobRow("RAICHO-SG", 3, "Mine Asia outdoor, bidding weeks", "ayase", -20, 40),
    JobRow("RAICHO-UK", 2, "Dealer toolkit", "idris", -15, 25),
    JobRow("TSUKI-JP", 9, "企業広告 静けさ篇 30秒", "tsubaki nanami matoba amamiya", -35, 45),
    JobRow("TSUKI-JP-OBORO", 5, "航続距離 新表示への差し替え", "iwato matoba", -10, 9),
    JobRow("TSUKI-JP-OBORO", 6, "集合住宅向け ランディングページ", "nanami wakui", -5, 55),
    JobRow("TSUKI-JP-KOYOI", 3, "地方紙シリーズ 12紙", "matoba iwato", -60, 5),
    JobRow("SHIRAITO-CHA", 8, "茶葉切り替え ティザー", "asahina kurose tadokoro", -8, 80),
    JobRow("SHIRAITO-MIZU", 3, "備蓄 箱売り 店頭", "hoshino", -90, -40),
    JobRow("SHIRAITO-COFFEE", 2, "無糖 自販機ラッピング", "hoshino tsukuda", -45, 15),
    JobRow("KOHAKU-SODA", 6, "復刻瓶 ラジオ20秒", "momotani", -18, 22),
    JobRow("HANA-JP-SHIZUKU", 10, "詰替え 雑誌4色2ページ", "nanami iwato", -22, 35),
    JobRow("HANA-JP-KURENAI", 4, "試し塗り 店頭動画", "tsubaki nanami amamiya", -14, 50),
    JobRow("HANA-UK", 3, "Shizuku launch film, subtitles", "idris", -9, 28),
    JobRow("SETSU-SHIROTAE", 5, "冬の限定 同梱冊子", "asahina hoshino", -16, 18),
    JobRow("YAMA-CURRY", 3, "中辛 テレビ15秒", "matoba", -40, 10),
    JobRow("AMATSU", 12, "春商戦 三案並行", "tsubaki matoba iwato wakui", -6, 90),
    JobRow("AMATSU-MOBILE", 7, "料金表 全店差し替え", "iwato amamiya", -28, 6),
    JobRow("OTORI-JP", 6, "早割 デジタル", "kurose segawa", -19, 33),
    JobRow("YAE", 4, "医療保険 募集冊子", "hoshino", -55, 14),
    JobRow("KITSUNE", 8, "発表会 演出", "nanami amamiya", -65, 2),
    JobRow("AWA-SENZAI", 5, "部屋干し テレビ15秒", "kurose tadokoro", -33, 44),
    JobRow("HERON", 4, "Heron Everyday, branch posters", "idris", -11, 21),
    JobRow("THISTLE-JP", 1, "贈答缶 店頭", "iwato", -24, 31),
)  # fmt: skip
