"""Needles in the haystack: what people type, and what they must find among the first few.

The demo agency, with the real companies of Japan's EDINET list beside its own where that list is
there. Spelling habits, readings, romaji of every school, slips of the finger, parts of codes.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import translation

from kakehashi.base.text import folded_name, one_line, sort_key
from kakehashi.clients.models import Company
from kakehashi.people.models import Person
from kakehashi.policy.acting import acting_as
from kakehashi.search.offers import everything
from tests import stage

pytestmark = pytest.mark.slow

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "companies" / "japan_companies.csv"
FIRST = 5
DIRECTOR, EXECUTIVE = "tachibana", "ninomiya"

PEOPLE = """
三木 | みき | ミキ | ﾐｷ | miki | mkii > 三木 亮
二宮 | にのみや | ninomiya | ninomyia | nimomiya > 二宮 彩
大場 | おおば | oba | ohba > 大場 健
進藤 | しんどう | shindo | sindou | shidno > 進藤 恵
門倉 | かどくら | kadokrua > 門倉 悠
波多野 | hatano | haatno > 波多野 剛
内海 | utsumi | utumi > 内海 圭一
仁科 | nishina | nisina > 仁科 玲
神崎 | 神﨑 | kanzaki | kanzkai > 神崎 透
有栖川 | ありすがわ | arisugawa | arisugwaa > 有栖川 健吾
小野寺 | onodera | ondoera > 小野寺 実
沢木 | 澤木 | さわき > 沢木 大地
常盤 | tokiwa > 常盤 航
如月 | kisaragi | kisargi > 如月 一花
不破 | fuwa | huwa > 不破 千尋
楠 > 楠 真帆
黒瀬 | 黑瀨 | kurose > 黒瀬 匠
瀬川 | 瀨川 | segawa > 瀬川 あかね
陣内 | じんない | jinnai | zinnai > 陣内 隆
遠山 | toyama | とおやま > 遠山 葵
八代 | yashiro | yasiro > 八代 和也
千明 | chigira | tigira > 千明 颯
一ノ瀬 | ichinose | itinose > 一ノ瀬 薫
堂島 | doujima | dojima > 堂島 晃
筑紫 | chikushi | tikusi > 筑紫 大輔
ryo miki | 三木 亮 | miki ryo > 三木 亮
raman | priya | pirya > Priya Raman
whitcombe | elenaor > Eleanor Whitcombe
"""
COMPANIES = """
雷鳥自動車 | ㈱雷鳥自動車 | らいちょう > 雷鳥自動車株式会社
raicho motor | raicho moter > 雷鳥自動車 グローバル
こだま製菓 | 谺 > 株式会社谺製菓
蛍火 | 螢火電機 | ほたるび | hotarubi electric > 螢火電機株式会社
狐火 | kitsunebi | kitunebi | kitsnuebi > 株式会社狐火遊戯
thistledown leaf | thistledonw > Thistledown Leaf Tea Company Ltd
"""
BRANDS = """
おぼろ | oboro > おぼろ
白妙 | しろたえ | shirotae > 白妙
すこやか丸 | sukoyaka > すこやか丸
やまびこ飴 | yamabiko | yambaiko > やまびこ飴
"""
OFFICES = """
第1営業局 | 第１営業局 | TYO1 > 第1営業局
関西 | kansai > 関西
OSA | 関西支社 > 関西支社(大阪)
"""
ACCOUNTS = """
RAICHO-JP | raicho-jp | ＲＡＩＣＨＯ－ＪＰ | 雷鳥自動車 日本 > 雷鳥自動車 日本
TSUBAME | raicho つばめ > 雷鳥自動車 つばめ
汐見 | shiomidai | SHIOMI > 汐見台銀行
sazanami | さざなみ湾岸 | szaanami > さざなみ湾岸鉄道
chigi | 千木 > 千木ハウス
setsugetsu | 雪月 | setugetu > 雪月花粧
"""
REAL_COMPANIES = """
電通 | でんつう | デンツウ | dentsu | dentu | dnetsu > 株式会社電通グループ
トヨタ自動車 | とよたじどうしゃ | toyota jidosha | toyota jidousya > トヨタ自動車株式会社
キヤノン | キャノン | ｷﾔﾉﾝ | canon | kyanon > キヤノン電子株式会社
ブリヂストン | ブリジストン | bridgestone | brigdestone > 株式会社ブリヂストン
バルミューダ | balmuda | barumyuda | balmdua > バルミューダ株式会社
1012701010928 | １０１２７０１０１０９２８ | 1012-7010-10928 > バルミューダ株式会社
101270101 > バルミューダ株式会社
ニッスイ | にっすい | nissui | nisui | nissiu | 1010001016860 > 株式会社ニッスイ
任天堂 | nintendo | nintnedo > 任天堂株式会社
資生堂 | shiseido | siseidou > 株式会社資生堂
横浜丸魚 | yokohama maruuo | よこはままるうお > 横浜丸魚株式会社
くら寿司 | kura sushi | kurazushi | 4120101002846 > くら寿司株式会社
高島 | 髙島 | takashima > 高島株式会社
酉島 | torishima > 株式会社酉島製作所
阪和興業 | 阪和工業 | はんわこうぎょう | hanwa > 阪和興業株式会社
萬世電機 | 万世電機 | mansei > 萬世電機株式会社
中国銀行 | chugoku bank | chuugoku ginkou > 株式会社中国銀行
東北電力 | 東北電気 | touhoku denryoku > 東北電力株式会社
南海放送 | nankai > 南海放送株式会社
タキヒヨー | takihyo > タキヒヨー株式会社
ライフネット | lifenet | raifunetto > ライフネット生命保険株式会社
光ハイツ | hikari heights > 株式会社光ハイツ・ヴェラス
ＧＡＵＤＩ | gaudi | ガウディ > GAUDI株式会社
UBE | ube | ユービーイー > UBE株式会社
8128 | ８１２８ > 株式会社8128
玉光堂 | ぎょっこうどう | gyokkodo | gyokodo > 株式会社玉光堂
須原屋 | すはらや | suharaya > 株式会社須原屋
ノジマ | nojima | nozima | nojmia > 株式会社ノジマ
livesense | livesesne > 株式会社リブセンス
skiyaki | スキヤキ > 株式会社SKIYAKI
プラップ | prap japan > 株式会社プラップジャパン
"""
NOT_ALIKE = (
    "qqqqqq", "xylophone", "むにゃむにゃ", "鬱蒼", "9999999999999", "zzz-zzz", "ぬぬぬ", "電蚊",
    "strawberry fields", "みきもとまさはる", "にのみやきんじろう", "!!!", "様さん",
)  # fmt: skip


def needles(*tables):
    """Each typed word with what it means."""
    return [
        (typed.strip(), meant.strip())
        for table in tables
        for line in table.strip().splitlines()
        for meant in [line.rpartition(">")[2]]
        for typed in line.rpartition(">")[0].split("|")
    ]


OURS = needles(PEOPLE, COMPANIES, BRANDS, OFFICES, ACCOUNTS)
THEIRS = needles(REAL_COMPANIES)


@pytest.fixture(scope="module")
def agency(demo, django_db_blocker):
    """The demo agency, and the real companies beside it."""
    with django_db_blocker.unblock(), stage.copy_of_demo(), transaction.atomic():
        _enter_real_companies()
        yield
        transaction.set_rollback(True)


def _enter_real_companies():
    if not REAL.exists():
        return
    with REAL.open(encoding="utf-8") as file:
        rows = {row["houjin_bangou"]: row for row in csv.DictReader(file)}
    Company.objects.bulk_create(
        Company(
            corporate_number=number,
            name=one_line(row["name"]),
            name_kana=one_line(row["name_kana"]),
            name_en=one_line(row["name_en"]),
            folded=folded_name(row["name"]),
            sort_key=sort_key(row["name"], row["name_kana"]),
        )
        for number, row in rows.items()
        if number
    )


def first(login, typed):
    who = Person.objects.get(handle=login)
    with acting_as(who), translation.override("ja"):
        return [row.title for row in everything(who, typed, most=20)]


def test_there_are_two_hundred_of_them():
    assert len({typed for typed, _meant in OURS + THEIRS}) >= 200


@pytest.mark.parametrize(("typed", "meant"), OURS)
def test_a_needle_is_found_in_the_agency(agency, typed, meant):
    assert meant in first(DIRECTOR, typed)[:FIRST]


@pytest.mark.skipif(not REAL.exists(), reason=f"the list of real companies is not at {REAL}")
@pytest.mark.parametrize(("typed", "meant"), THEIRS)
def test_a_needle_is_found_among_the_real_companies(agency, typed, meant):
    assert meant in first(DIRECTOR, typed)[:FIRST]


@pytest.mark.parametrize("typed", NOT_ALIKE)
def test_what_is_not_alike_is_not_found(agency, typed):
    assert first(DIRECTOR, typed) == []
