"""The list of accounts: what fits the filters, of what the reader sees and of nothing else."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from kakehashi.base.periods import last_twelve_months
from kakehashi.clients.models import Account
from kakehashi.clients.queries import listing
from kakehashi.clients.queries.listing import Filters, listed
from kakehashi.policy.acting import acting_as
from tests import factories as make

TODAY = localdate()
LAST_MONTH = last_twelve_months(TODAY).last


def rows(reader, **asked):
    pages = {name: asked.pop(name) for name in ("after", "before") if name in asked}
    with acting_as(reader):
        return listed(reader, replace(Filters(), **asked), TODAY, **pages)[0]


def names(reader, **asked):
    return [row.account.name for row in rows(reader, **asked)]


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("aki", ["Sora", "Sora Tea"]),
        ("ben", ["Sora", "Sora Tea"]),
        ("chie", ["Rival"]),
        ("dan", ["Sora", "Sora Tea"]),
        ("emi", ["Rival", "Sora", "Sora Tea"]),
        ("fumi", ["Rival", "Sora", "Sora Tea"]),
        ("lena", []),
        ("ken", []),
    ],
)
def test_everybody_lists_what_they_see(cast, name, seen):
    assert names(getattr(cast, name)) == seen


def test_a_wall_leaves_no_gap_in_a_directors_list(cast):
    make.denial(cast.emi, cast.sora)

    assert names(cast.emi) == ["Rival"]
    assert names(cast.emi, sort="revenue", descending=True, currency="JPY") == ["Rival"]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("空", ["空 日本"]),
        ("ソラ", ["空 日本"]),
        ("ｿﾗ", ["空 日本"]),
        ("そら", ["空 日本"]),
        ("sky jap", ["空 日本"]),
        ("Rival", ["Rival"]),
        ("AC-77", ["空 日本"]),
        ("77", ["空 日本"]),
        ("nobody", []),
    ],
)
def test_accounts_are_found_by_name_reading_english_and_code(cast, q, found):
    Account.objects.filter(pk=cast.sora.pk).update(
        name="空 日本", name_en="Sky Japan", sort_key="そらにほん そらにほん", code="AC-77"
    )
    Account.objects.filter(pk=cast.sora_tea.pk).delete()

    assert names(cast.emi, q=q) == found


NAMED = ("月影自動車・販売", "株式会社 齋藤 商店", "Café Luna, Inc.", "O'Neil & Sons", "TEA 2000")
TYPED = """月影 月影自動車販売 影・自 自動車_販売 斉藤 齋藤_商店 つき
cafe Café CAFÉ_L lunainc neil O'N oneil l_&_s lsons ea_20 2000 - S0 %"""


@pytest.mark.parametrize("most", [1_000, 1])
def test_looked_up_in_the_index_of_names_they_are_those_that_hold_the_words(
    cast, monkeypatch, most
):
    """Who sees very many accounts finds by words what they would find by reading each of them."""
    monkeypatch.setattr(listing, "LOOKED_UP", most)
    for at, name in enumerate(NAMED):
        make.account(name, cast.bureau1, code=f"S00{at}")
    hidden = make.account("月影商事 2000", cast.bureau1)
    make.denial(cast.emi, hidden)

    for reader in (cast.emi, cast.dan, cast.chie, cast.ken):
        for q in (typed.replace("_", " ") for typed in TYPED.split()):
            with acting_as(reader):
                every = Account.objects.filter(listing.called(q)).order_by("sort_key", "pk")
                meant = list(every.values_list("name", flat=True))
            with monkeypatch.context() as many:
                many.setattr("kakehashi.policy.acting.FEW", 0)
                assert names(reader, q=q) == meant, (reader, q)


def test_filters_of_status_level_category_and_what_is_below(cast):
    Account.objects.filter(pk=cast.rival.pk).update(status="dormant", categories=["cars", "茶"])

    assert names(cast.emi, status="dormant") == ["Rival"]
    assert names(cast.emi, level="brand") == ["Sora Tea"]
    assert names(cast.emi, category="茶") == ["Rival"]
    assert names(cast.emi, category="car") == []
    assert names(cast.emi, below=cast.sora.pk) == ["Sora Tea"]


def test_an_office_is_meant_with_those_below_it(cast):
    make.account("Kyoto", cast.osaka)

    assert names(cast.emi, office=cast.tokyo.pk) == ["Rival", "Sora", "Sora Tea"]
    assert names(cast.emi, office=cast.bureau2.pk) == ["Rival"]
    assert names(cast.emi, office=cast.osaka.pk) == ["Kyoto"]
    assert len(names(cast.emi, office=cast.hq.pk)) == 4


def test_mine_are_those_i_have_a_seat_on_and_my_teams_those_of_who_reports_to_me(cast):
    assert names(cast.aki, team="mine") == ["Sora"]
    assert names(cast.ben, team="mine") == []
    assert names(cast.ben, team="team") == ["Sora"]
    assert names(cast.dan, team="team") == ["Sora"]
    assert names(cast.emi, team="team") == []


def test_a_seat_that_ended_makes_an_account_mine_no_more(cast):
    cast.sora.seats.update(ends_on=TODAY - dt.timedelta(days=1))
    make.seat(cast.aki, cast.sora_tea)

    assert names(cast.aki, team="mine") == ["Sora Tea"]


def test_names_sort_by_reading_both_ways(cast):
    for name, kana in (("葵", "アオイ"), ("井上", "イノウエ"), ("上田", "ウエダ")):
        make.account(name, cast.bureau1, name_kana=kana)

    found = names(cast.emi)
    assert found[-3:] == ["葵", "井上", "上田"]
    assert names(cast.emi, descending=True) == found[::-1]


def test_revenue_sorts_in_one_currency_and_shows_all(cast):
    make.revenue(cast.sora, LAST_MONTH, 100)
    make.revenue(cast.sora, LAST_MONTH, 900, currency="USD")
    make.revenue(cast.rival, LAST_MONTH, 300)
    make.revenue(cast.rival, LAST_MONTH.replace(year=LAST_MONTH.year - 2), 9_000_000)

    def order(currency):
        return names(cast.emi, sort="revenue", descending=True, currency=currency)[:2]

    assert order("JPY") == ["Rival", "Sora"]
    assert order("USD")[0] == "Sora"
    (sora,) = [r for r in rows(cast.emi) if r.account == cast.sora]
    assert {(a.currency, int(a.net_revenue)) for a in sora.amounts} == {("USD", 900), ("JPY", 100)}


def test_those_without_a_first_day_come_last_whichever_way(cast):
    Account.objects.filter(pk=cast.rival.pk).update(starts_on=dt.date(2010, 4, 1))
    Account.objects.filter(pk=cast.sora.pk).update(starts_on=dt.date(2020, 4, 1))

    assert names(cast.emi, sort="since") == ["Rival", "Sora", "Sora Tea"]
    assert names(cast.emi, sort="since", descending=True) == ["Sora", "Rival", "Sora Tea"]


def test_a_row_tells_its_lead_and_team_of_today(cast):
    make.seat(cast.ben, cast.sora, "account_manager", lead=True)
    make.seat(cast.lena, cast.sora, "creative")
    make.seat(cast.chie, cast.sora, "media", ends_on=TODAY - dt.timedelta(days=9))

    row = rows(cast.aki)[0]

    assert row.lead.person == cast.ben
    assert [seat.person.name for seat in row.others] == ["Aki", "Lena"]


def test_as_a_tree_each_stands_below_the_one_above_it(cast):
    make.account("Leaf", cast.bureau1, parent=cast.sora_tea)
    make.account("Aaa", cast.bureau1, parent=cast.sora)

    found = [(r.account.name, r.depth) for r in rows(cast.emi, tree=True)]

    assert found == [("Rival", 0), ("Sora", 0), ("Aaa", 1), ("Sora Tea", 1), ("Leaf", 2)]


def test_a_tree_shows_as_much_as_a_page_has_room_for_and_says_where_there_is_more(
    cast, monkeypatch
):
    monkeypatch.setattr(listing, "ROOM", 3)
    for at in range(4):
        make.account(f"Under Sora {at}", cast.bureau1, parent=cast.sora)
    make.account("Leaf", cast.bureau1, parent=cast.sora_tea)

    found = [(r.account.name, r.depth, r.is_cut) for r in rows(cast.emi, tree=True)]

    assert found == [
        ("Rival", 0, False),
        ("Sora", 0, True),
        ("Sora Tea", 1, True),
        ("Under Sora 0", 1, False),
        ("Under Sora 1", 1, False),
    ]
    assert len(rows(cast.emi, below=cast.sora.pk)) == 5


def test_a_page_of_a_tree_holds_fewer_tops_than_a_list_holds_rows(cast, monkeypatch):
    monkeypatch.setattr(listing, "TOPS", 1)

    with acting_as(cast.emi):
        found, at = listed(cast.emi, Filters(tree=True), TODAY)
        then, _ = listed(cast.emi, Filters(tree=True), TODAY, after=at.next)

    assert [row.account.name for row in found] == ["Rival"]
    assert [row.account.name for row in then] == ["Sora", "Sora Tea"]


def test_in_a_filtered_tree_what_fits_stands_even_without_the_one_above(cast):
    Account.objects.filter(pk=cast.sora.pk).update(status="dormant")

    found = [(r.account.name, r.depth) for r in rows(cast.emi, tree=True, status="active")]

    assert found == [("Rival", 0), ("Sora Tea", 0)]


def test_who_sees_only_the_account_below_has_it_at_the_top_of_the_tree(cast):
    make.seat(cast.lena, cast.sora_tea, "creative")

    assert [(r.account.name, r.depth) for r in rows(cast.lena, tree=True)] == [("Sora Tea", 0)]


def test_pages_of_the_list_hold_every_account_once(cast):
    for at in range(5):
        make.account("Same", cast.bureau1, code=f"S{at}")
    seen, after, pages = [], "", 0
    with acting_as(cast.emi):
        for _page in range(9):
            found, at = listed(cast.emi, Filters(), TODAY, after=after, size=2)
            seen += [row.account.code for row in found]
            after, pages = at.next, pages + 1
            if not after:
                break

    assert pages == 4
    assert sorted(seen) == sorted(Account.objects.values_list("code", flat=True))


@pytest.mark.parametrize("asked", [{}, {"sort": "revenue", "currency": "JPY"}, {"q": "o"}])
@pytest.mark.parametrize("name", ["aki", "emi"])
def test_a_page_takes_as_many_queries_for_three_accounts_as_for_one(cast, name, asked):
    reader = getattr(cast, name)
    counted = []
    for more in (0, 2):
        for at in range(more):
            extra = make.account(f"Other {at}", cast.bureau1, parent=cast.sora)
            make.seat(cast.lena, extra, "creative")
            make.revenue(extra, LAST_MONTH, 5)
        with acting_as(reader), CaptureQueriesContext(connection) as seen:
            listed(reader, replace(Filters(), **asked), TODAY)
        counted.append(len(seen))

    assert counted[0] == counted[1]


def test_the_lead_one_asks_for_first_is_the_account_manager(cast):
    seats = [
        make.seat(cast.lena, cast.sora, "creative", lead=True),
        make.seat(cast.ben, cast.sora, "account_manager", lead=True),
    ]

    assert listing.lead_of(seats).person == cast.ben
    assert listing.lead_of([]) is None
