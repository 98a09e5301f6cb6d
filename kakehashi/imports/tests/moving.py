"""A small agency as files, what comes of loading one, and how the database stands."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

from django.db import connection

from kakehashi.imports.kinds import KINDS
from kakehashi.imports.layouts import lay_out
from kakehashi.imports.loading import load
from kakehashi.imports.maps import FileMap
from kakehashi.imports.reading import read
from kakehashi.policy.acting import acting_as, acting_as_system

if TYPE_CHECKING:
    from kakehashi.imports.outcome import Outcome

FILES = {
    "offices": """\
code,name,name_en,parent,kind,country,timezone
HQ,本社,Head office,,agency,JP,Asia/Tokyo
T1,第一営業局,Bureau 1,HQ,department,JP,
T2,第二営業局,,HQ,,,
""",
    "people": """\
login,name,name_kana,name_en,email,office,roles,rank,title,\
reports_to,dotted_to,language,starts_on,ends_on
boss,山田　太郎,ヤマダ　タロウ,Taro Yamada,boss@x.example,HQ,\
agency_director;administrator,90,局長,,,ja,2016-04-01,
aki,秋,アキ,Aki,aki@x.example,T1,account_executive; traffic@T2,10,,ben,boss;eve,en,令和元年5月1日,
ben,弁,ベン,Ben,ben@x.example,T1,account supervisor,,,boss,,ja,2018/4/1,
eve,Eve,,,,T2,,,,boss,,,2020-04-01,
""",
    "companies": """\
code,corporate_number,name,name_kana,name_en,aliases,\
parent,lei,country,address,industry,fiscal_year_end
C2,,ソラ飲料㈱,,,,C1,,,,,
C1,6020001008662,株式会社ソラ,ソラ,Sora,空; Sky\\;Blue,,,日本,東京,食品,3月末日
,,Rival Inc.,,,,,,,,,
""",
    "accounts": """\
code,company,name,name_en,parent,level,status,lead_office,categories,starts_on
A2,C2,ソラ茶,Sora Tea,A1,brand,active,T1,茶; 飲料,
A1,6020001008662,ソラ,Sora,,national,active,T1,,2016-04-01
R,RIVAL,Rival,,,,,T2,,
""",
    "contacts": """\
email,account,name,name_kana,title,department,buying_role,reports_to,language,portal
ken@sora.example,A1,Ken,ケン,部長,宣伝部,decider,,ja,yes
may@sora.example,A1,May,,,,,ken@sora.example,en,no
ken@sora.example,A2,Ken,ケン,部長,宣伝部,decider,,ja,
""",
    "seats": """\
account,person,role,starts_on,ends_on,share,lead
A1,aki,account_executive,2019-05-01,,50%,yes
R,ben,account_supervisor,2020-01-01,2020-12-31,,
""",
    "revenue": """\
account,month,service_line,billings,net_revenue,cost,currency
A1,2025-04,media,"1,000,000",150000,120000,JPY
A1,2025年5月,media,¥1000,1,,円
R,2025-04,media,5.55,1.25,,USD
""",
    "walls": """\
name,account,person,starts_on,review_on,reason
W,R,aki,2020-01-01,2030-01-01,競合のため
""",
}
WRITTEN = (
    "people_office", "people_person", "people_employment", "people_role", "people_reportingline",
    "people_login", "clients_company", "clients_companyname", "clients_account",
    "clients_statuschange", "clients_contact", "clients_seat", "money_revenue",
    "money_revenuecost", "conflicts_wall", "conflicts_denial", "policy_sight", "policy_change",
)  # fmt: skip


def load_file(kind, data, *, by=None, maps=None, **how) -> Outcome:
    """Load text, bytes or a path as somebody, or as the command does."""
    source = data.encode() if isinstance(data, str) else data
    acting = acting_as_system("command") if by is None else acting_as(by)
    with read(source) as sheet, acting:
        return load(sheet, lay_out(KINDS[kind], sheet.header, FileMap.of(maps or {})), **how)


def counts(outcome):
    """Created, updated, unchanged, rejected."""
    return astuple(outcome.counts)


def told(outcome):
    """Each problem's place and reason."""
    return [(problem.row, problem.column, problem.reason) for problem in outcome.problems]


def standing():
    """Every table that files write to, as text: the same before and after means untouched."""
    with connection.cursor() as cursor:
        found = {}
        for table in WRITTEN:
            cursor.execute(
                f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t"
            )
            found[table] = cursor.fetchone()
        return found
