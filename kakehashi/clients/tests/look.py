"""Temporary: screenshots."""

import datetime as dt, sys, os
import pytest
from django.utils.timezone import now
from kakehashi.clients import actions
from kakehashi.clients.models import *
from kakehashi.policy.acting import acting_as
from tests import factories as make

OUT = "/tmp/clients_look"


@pytest.fixture
def world(cast):
    def name(row, ja, kana, en):
        row.name, row.name_kana, row.name_en = ja, kana, en
        if hasattr(row, "sort_key"):
            from kakehashi.base.text import sort_key

            row.sort_key = sort_key(ja, kana)
        row.save()

    name(cast.aki, "二宮 彩", "ニノミヤ アヤ", "Aya Ninomiya")
    name(cast.ben, "大場 健", "オオバ ケン", "Ken Oba")
    name(cast.lena, "森 ひかり", "モリ ヒカリ", "Hikari Mori")
    name(cast.dan, "三木 亮", "ミキ リョウ", "Ryo Miki")
    name(cast.ken, "清水 由紀", "シミズ ユキ", "Yuki Shimizu")
    name(cast.sora, "空野 日本", "ソラノ ニホン", "Sorano Japan")
    name(cast.sora_tea, "空野ティー", "ソラノティー", "Sorano Tea")
    name(
        cast.sora.company,
        "株式会社空野ホールディングス",
        "ソラノホールディングス",
        "Sorano Holdings Inc.",
    )
    Account.objects.filter(pk=cast.sora.pk).update(
        starts_on=dt.date(2016, 4, 1), categories=["飲料", "菓子"]
    )
    for o, ja in (
        (cast.hq, "架け橋広告"),
        (cast.tokyo, "東京本社"),
        (cast.bureau1, "第1営業局"),
        (cast.bureau2, "第2営業局"),
        (cast.osaka, "関西支社"),
    ):
        en = o.name
        o.name = ja
        o.name_en = en
        o.country = "JP"
        o.save()
    glob = make.account(
        "空野グローバル",
        cast.hq,
        name_en="Sorano Global",
        level="global",
        company=cast.sora.company,
        name_kana="ソラノグローバル",
    )
    asia = make.account(
        "空野アジア",
        cast.hq,
        name_en="Sorano Asia",
        level="regional",
        company=cast.sora.company,
        parent=glob,
        name_kana="ソラノアジア",
    )
    make.account(
        "空野 韓国", cast.hq, name_en="Sorano Korea", company=cast.sora.company, parent=asia
    )
    make.account(
        "空野 タイ",
        cast.hq,
        name_en="Sorano Thailand",
        company=cast.sora.company,
        parent=asia,
        status="prospect",
    )
    Account.objects.filter(pk=cast.sora.pk).update(parent=asia)
    make.account(
        "空野スナック",
        cast.bureau1,
        name_en="Sorano Snacks",
        company=cast.sora.company,
        parent=cast.sora,
        level="brand",
        status="dormant",
    )
    make.seat(cast.ben, glob, "global_account_manager", lead=True)
    make.seat(cast.ben, cast.sora, "account_manager", lead=True, share=None)
    make.seat(cast.lena, cast.sora, "creative")
    oka = make.contact(
        "岡 正人",
        cast.sora,
        title="宣伝部長",
        department="宣伝部",
        buying_role="approver",
        portal=False,
    )
    mur = make.contact(
        "村井 翔", cast.sora, title="", department="調達部", buying_role="buyer", portal=False
    )
    Contact.objects.filter(pk=cast.ken_contact.pk).update(
        title="主任",
        department="宣伝部",
        buying_role="decider",
        reports_to=oka,
        channel="email",
        preferences="午前中は会議が多い。急ぎは電話で。",
    )
    import calendar

    m = dt.date(2024, 12, 1)
    i = 0
    while m <= dt.date(2026, 10, 1):
        make.revenue(
            cast.sora, m, 21000000 + (i * 7919 * 13 % 17000000), 9000000 + (i * 3571 % 4000000)
        )
        i += 1
        m = (m.replace(day=28) + dt.timedelta(days=5)).replace(day=1)
    for t, x, s in (
        (
            "product",
            "主力は緑茶飲料「そら茶」。秋に限定の焙じ茶を出す。",
            "決算説明会資料 2026年5月",
        ),
        (
            "calendar",
            "来期の予算は1月中旬に固まり、2月第1週に取締役会。提案は12月中に。",
            "清水様 定例 2026/10/29",
        ),
        ("working", "初校は紙で見る。赤字は調達ではなく宣伝部が束ねる。", "引き継ぎ面談"),
        ("rival", "競合は北極飲料と三日月製茶。比較広告は社内規程で不可。", "岡部長"),
    ):
        make.fact(cast.sora, cast.aki, x, topic=t, source=s, as_of=dt.date(2026, 10, 29))
    for b in ("そら茶", "そらほうじ茶", "ソラスナック"):
        AccountBrand.objects.create(
            account=cast.sora,
            brand=make.brand(cast.sora.company, b, categories=["飲料"], countries=["JP"]),
            starts_on=dt.date(2020, 4, 1),
        )
    sub = make.company(
        "空野フーズ株式会社", parent=cast.sora.company, name_en="Sorano Foods", country="JP"
    )
    make.company("空野フーズ九州", parent=sub, country="JP")
    Company.objects.filter(pk=cast.sora.company_id).update(
        corporate_number="7000012050002",
        registration_number="T7000012050002",
        address="東京都港区芝浦1-2-3",
        industry="飲料製造",
        fiscal_year_end="03-31",
        country="JP",
    )
    CompanyName.objects.create(
        company=cast.sora.company,
        kind="former",
        name="空野製茶株式会社",
        folded="空野製茶",
        until=dt.date(2009, 10, 1),
    )
    StatusChange.objects.create(
        account=cast.sora, status="active", on=dt.date(2016, 4, 1), by=cast.ben, at=now()
    )
    with acting_as(cast.aki):
        f = cast.sora.facts.first()
        actions.edit_fact(
            fact=f,
            version=1,
            by=cast.aki,
            at=now(),
            topic=f.topic,
            text=f.text + "店頭展開は9月から。",
            source=f.source,
            as_of=f.as_of,
        )
        cast.handover = actions.propose_handover(
            seat=cast.sora.seats.get(person=cast.aki),
            receiver=cast.lena,
            on=dt.date(2027, 1, 5),
            by=cast.aki,
            at=now(),
            note="清水様は数字から入ると話が早い。春の動画の初校は12/1に返事をもらう約束。",
        )
        actions.confirm_handover(handover=cast.handover, by=cast.aki, at=now())
    return cast


def paths(c):
    a = f"/accounts/{c.sora.pk}/"
    return {
        "list": "/accounts/",
        "tree": "/accounts/?tree=1",
        "account": a,
        "empty": f"/accounts/{c.sora_tea.pk}/",
        "people": a + "people/",
        "book": a + "book/",
        "brands": a + "brands/",
        "money": a + "money/",
        "history": a + "history/",
        "status": a + "status/",
        "open": "/accounts/new/",
        "contact": a + f"contacts/{c.ken_contact.pk}/",
        "companies": "/companies/",
        "company": f"/companies/{c.sora.company_id}/",
        "handover": f"/handovers/{c.handover.pk}/",
        "handovers": "/handovers/",
        "handform": a + f"seats/{c.sora.seats.filter(person=c.ben).get().pk}/hand-over/",
    }


@pytest.mark.django_db(transaction=True)
def test_look(world, live_server, browser, client):
    from tests.browser import problems, sticks_out

    who = getattr(world, os.environ.get("WHO", "ben"))
    who.language = os.environ.get("LANG_", "ja")
    who.save()
    client.force_login(who.login_row)
    wanted = os.environ.get("PAGES", "").split(",") if os.environ.get("PAGES") else None
    widths = [int(w) for w in os.environ.get("WIDTHS", "1440,390").split(",")]
    dark = os.environ.get("DARK")
    for w in widths:
        ctx = browser.new_context(
            base_url=live_server.url,
            viewport={"width": w, "height": 900},
            bypass_csp=bool(os.environ.get("AXE")),
            color_scheme="dark" if dark else "light",
        )
        ctx.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": client.cookies["sessionid"].value,
                    "url": live_server.url,
                }
            ]
        )
        page = ctx.new_page()
        page.on("console", lambda m: print("console:", m.type, m.text))
        page.on("pageerror", lambda m: print("pageerror:", m))
        for n, u in paths(world).items():
            if wanted and n not in wanted:
                continue
            r = page.goto(u)
            if sticks_out(page):
                print("STICKS OUT", n, w)
            if os.environ.get("AXE"):
                for p in problems(page):
                    print("AXE", n, w, p)
            page.screenshot(path=f"{OUT}/{n}-{w}{'-dark' if dark else ''}.png", full_page=True)
            print(n, w, r.status)
        if os.environ.get("PDF"):
            page.goto(paths(world)["handover"])
            page.pdf(path=f"{OUT}/sheet.pdf", format="A4")
        ctx.close()
