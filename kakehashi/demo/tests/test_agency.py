"""The demo agency as it stands: complete, explicable, nobody on the wrong side of a wall."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Count, F, Max, Min, Q, Sum

from kakehashi.base.hours import spans_text
from kakehashi.base.periods import month_after, month_of
from kakehashi.clients.models import (
    Account,
    AccountBrand,
    Brand,
    Company,
    Contact,
    Fact,
    Handover,
    Seat,
    StatusChange,
)
from kakehashi.conflicts import queries
from kakehashi.conflicts.models import Consent, Denial, Member
from kakehashi.demo.build import build
from kakehashi.demo.content.accounts import HISTORY
from kakehashi.demo.signin import PASSWORD, sign_ins
from kakehashi.money import queries as money
from kakehashi.money.analysis import NET_REVENUE
from kakehashi.money.models import Revenue, RevenueCost
from kakehashi.money.queries import book
from kakehashi.notify.models import Notification
from kakehashi.people.models import (
    Absence,
    DayOff,
    Login,
    Office,
    OfficeHours,
    Person,
    ReportingLine,
    Role,
    WorkingPattern,
)
from kakehashi.people.queries.calendars import calendars_of
from kakehashi.policy.acting import acting_as
from kakehashi.policy.models import Denied, Sight
from kakehashi.policy.roles import RoleCode
from kakehashi.traffic.models import Assignment

pytestmark = pytest.mark.slow
NOUNS = {"people", "clients", "conflicts", "traffic", "money"}
TABLES = (
    "people_office", "people_person", "clients_company", "conflicts_wall", "traffic_template",
    "conflicts_scheme", "briefs_template",
)  # fmt: skip
IDS = {  # and the time of the clock
    "sheet", "lineage", "password", "created_at", "last_login", "moved_at",
}  # fmt: skip
NAMES = {
    "person": "email", "office": "code", "account": "code", "company": "code", "wall": "name",
    "commitment": "code", "category": "code",
}  # fmt: skip


def test_offices_stand_in_a_tree_of_every_kind_in_six_cities(agency):
    assert set(Office.objects.values_list("kind", flat=True)) == set(Office.Kind)
    assert Office.objects.filter(parent=None).count() == 1
    cities = {"TYO", "OSA", "NGO", "FUK", "SIN", "LON"}
    assert cities <= set(Office.objects.values_list("code", flat=True))
    assert set(Office.objects.exclude(country="").values_list("country", "timezone")) == {
        ("JP", "Asia/Tokyo"),
        ("SG", "Asia/Singapore"),
        ("GB", "Europe/London"),
    }


def test_some_eighty_people_hold_every_role(agency):
    ours = Person.objects.filter(side="ours")

    assert 78 <= ours.count() <= 92
    assert set(Role.objects.values_list("role", flat=True)) == set(RoleCode)
    several = ours.annotate(held=Count("roles")).filter(held__gt=1)
    assert several.count() >= 5


def test_names_can_be_read_and_sorted_in_both_languages(agency):
    for person in Person.objects.filter(language="ja"):
        assert person.name_kana, person
        assert person.name_en, person
        assert person.sort_key[0] >= "ぁ", person
    abroad = Person.objects.filter(employments__office__country__in=["SG", "GB"])
    assert set(abroad.values_list("language", flat=True)) == {"en"}


def test_everybody_reports_upward_to_the_president_and_the_matrix_is_dotted(agency):
    above = dict(
        ReportingLine.objects.filter(kind="solid", ends_on=None).values_list(
            "person__handle", "superior__handle"
        )
    )
    working = Person.objects.filter(employments__ends_on=None, side="ours")
    for handle in working.values_list("handle", flat=True):
        at = handle
        while at in above:
            at = above[at]
        assert at == "kujo", handle
    assert ReportingLine.objects.filter(kind="dotted").count() >= 10


def test_some_are_away_today_and_somebody_stands_in(agency):
    away = Absence.objects.filter(starts_on__lte=agency.today, ends_on__gte=agency.today)

    assert {a.person.handle for a in away} == {"miki", "eleanor"}
    assert all(absence.deputy for absence in Absence.objects.all())


def test_sixty_accounts_stand_in_trees_in_every_state(agency):
    assert Account.objects.count() == 60
    assert set(Account.objects.values_list("status", flat=True)) == set(Account.Status)
    assert set(Account.objects.values_list("level", flat=True)) == set(Account.Level)
    brands = Account.objects.filter(parent__parent__level="global")
    assert brands.count() >= 5


def test_the_accounts_history_ends_in_the_state_they_are_in(agency):
    for account in Account.objects.all():
        last = StatusChange.objects.filter(account=account).latest("on", "at", "id")
        assert last.status == account.status
        assert last.on <= agency.today
    for code, changes in HISTORY.items():
        assert StatusChange.objects.filter(account__code=code).count() == len(changes)
    reasoned = StatusChange.objects.filter(status__in=["lost", "dormant"])
    assert not reasoned.filter(reason="").exists()


def test_every_account_has_somebody_who_leads_it_or_was_lost(agency):
    for account in Account.objects.exclude(status="lost"):
        assert account.seats.filter(lead=True, ends_on=None).exists(), account
    lost = Seat.objects.filter(account__status="lost", ends_on=None)
    assert not lost.exists()


def test_nobody_gives_more_time_than_they_have(agency):
    given = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gt=agency.today))
    for row in given.values("person__name").annotate(sum=Sum("share")):
        assert row["sum"] <= 1, row


def test_no_seat_no_line_and_no_job_crosses_a_wall(agency):
    denied = set(Denied.objects.values_list("person_id", "account_id"))

    assert len(denied) > 200
    for noun in (Seat, Assignment, Contact):
        assert not denied & set(noun.objects.values_list("person_id", "account_id")), noun
    seen = {pair: s for s in Sight.objects.all() for pair in [(s.person_id, s.account_id)]}
    for pair in denied & seen.keys():
        assert seen[pair].during.upper is not None  # what they saw before the wall, and no later


def test_a_director_is_denied_accounts_of_their_own_line(agency):
    mikami, tsuki = agency.people["mikami"], agency.accounts["TSUKI-JP"]
    standing = queries.explain(mikami, tsuki, reader=None)

    assert {ground.rule for ground in standing.because} == {"wall", "line"}
    assert not standing.sees
    with acting_as(mikami):
        assert not Account.objects.filter(code__startswith="TSUKI").exists()
        assert Account.objects.filter(code="RAICHO-JP").exists()


def test_rivals_are_served_by_people_who_do_not_see_each_other_s_client(agency):
    pairs = [("RAICHO-JP", "TSUKI-JP"), ("SHIRAITO", "KOHAKU"), ("HANA-JP", "SETSU")]
    for one, other in pairs:
        for here, there in ((one, other), (other, one)):
            for seat in Seat.objects.filter(account__code=here):
                with acting_as(seat.person):
                    assert not Account.objects.filter(code=there).exists(), (seat.person, there)


def test_why_everybody_sees_what_they_see_can_be_told(agency):
    account = agency.accounts["RAICHO-JP"]
    standings = queries.who_sees(account, reader=None)
    sight = set(
        Sight.objects.filter(
            account_id=account.pk,
            level__in=["rows", "name"],
            during__contains=agency.at(agency.today),
        ).values_list("person_id", flat=True)
    )

    told = {standing.person.pk for standing in standings if standing.sees}
    assert sight <= told
    assert all(standing.because for standing in standings if standing.sees)
    rules = {ground.rule for standing in standings for ground in standing.because}
    assert rules == {"seat", "line", "function", "job", "contact", "wall"}


def test_each_who_may_sign_in_has_the_password_and_sees_accounts(agency):
    for one in sign_ins():
        login = Login.objects.select_related("person").get(username=one.login)
        assert login.check_password(PASSWORD)
        assert login.person.language == one.language
        with acting_as(login.person):
            assert Account.objects.exists(), one.login


def test_the_clients_people_play_every_part_in_buying(agency):
    assert Contact.objects.count() >= 60
    assert set(Contact.objects.values_list("buying_role", flat=True)) == set(Contact.BuyingRole)
    assert Contact.objects.exclude(reports_to=None).count() >= 8
    assert Contact.objects.filter(portal=True).count() >= 8
    shared = Contact.objects.values("person").annotate(n=Count("id")).filter(n__gt=1)
    assert shared.exists()


def test_the_account_book_is_written_in_both_languages_with_source_and_day(agency):
    assert Fact.objects.count() >= 70
    assert set(Fact.objects.values_list("topic", flat=True)) == set(Fact.Topic)
    assert not Fact.objects.filter(Q(source="") | Q(as_of__gt=agency.today)).exists()
    texts = Fact.objects.values_list("text", flat=True)
    assert 10 <= sum(text.isascii() for text in texts) <= len(texts) / 3
    written = Fact.objects.values("account").distinct().count()
    assert written >= 40


def test_one_handover_waits_for_its_receiver_and_one_has_moved_a_seat(agency):
    waiting = Handover.objects.get(moved_at=None, withdrawn_at=None)

    assert waiting.receiver == agency.people["ninomiya"]
    assert [c.by for c in waiting.confirmations.all()] == [waiting.giver]
    assert waiting.sheet["facts"] is not None
    moved = Handover.objects.exclude(moved_at=None).get()
    assert Seat.objects.filter(account=moved.account, person=moved.receiver, ends_on=None).exists()
    assert moved.giver.departures.exists()


def test_companies_have_numbers_that_check_and_brands_that_are_handled(agency):
    for company in Company.objects.all():
        assert bool(company.corporate_number) == (company.country == "JP")
        assert bool(company.lei) == (company.country != "JP")
    handled = set(AccountBrand.objects.values_list("brand_id", flat=True))
    assert handled == set(Brand.objects.values_list("id", flat=True))
    for row in AccountBrand.objects.select_related("brand", "account"):
        assert row.brand.company_id == row.account.company_id


def test_three_years_of_revenue_to_last_month_in_three_currencies(agency):
    last = month_after(month_of(agency.today), -1)
    span = Revenue.objects.aggregate(first=Min("month"), last=Max("month"))

    assert span == {"first": month_after(last, -35), "last": last}
    assert set(Revenue.objects.values_list("currency", flat=True)) == {"JPY", "SGD", "GBP"}
    assert Revenue.objects.count() == RevenueCost.objects.count() > 6_000
    assert not Revenue.objects.filter(billings__lt=F("net_revenue")).exists()
    whole = Revenue.objects.filter(currency="JPY").values_list("net_revenue", flat=True)
    assert all(amount == amount.to_integral_value() for amount in whole)


def test_revenue_follows_the_states_of_the_account(agency):
    for code in ("KODAMA-CHOCO", "HARROW", "MOMIJI", "RAICHO-JP-KANSAI"):
        stopped = agency.month(HISTORY[code][-1][0])
        months = Revenue.objects.filter(account__code=code).values_list("month", flat=True)
        assert max(months) == month_after(stopped, -1), code
    assert not Revenue.objects.filter(account__status="prospect").exists()


def test_there_are_seasons_growth_and_a_loss(agency):
    by_month = defaultdict(int)
    for month, net in Revenue.objects.filter(account__code="SHIRAITO-CHA").values_list(
        "month", "net_revenue"
    ):
        by_month[month.month] += net
    assert by_month[7] > 2 * by_month[12]
    months = money.recent_months(agency.today)
    mine = Revenue.objects.filter(account__code="RAICHO-JP-MINE")
    assert _sum(mine, months) > _sum(mine, months.earlier(12)) > _sum(mine, months.earlier(24))
    margin = {
        code: net - cost
        for code, net, cost in Revenue.objects.values_list("account__code").annotate(
            net=Sum("net_revenue"), cost=Sum("cost_row__cost")
        )
    }
    assert [code for code, left in margin.items() if left < 0] == ["KITSUNE"]


def test_the_portfolio_is_spread_but_not_evenly(agency):
    with acting_as(agency.people["kujo"]):
        months = money.recent_months(agency.today)
        scope, by = book.Scope(), book.BY_ACCOUNT
        yen = book.books(book.Question(scope, months, None, by, NET_REVENUE, agency.today))[0]

    assert yen.currency == "JPY"
    assert 250 <= yen.spread.hhi <= 1_200
    assert 0.08 <= yen.spread.top1 <= 0.2
    assert 8 <= yen.spread.effective_number < yen.count


def test_the_departments_see_their_jobs_and_no_more(agency):
    assert Assignment.objects.values("job").distinct().count() >= 25
    hoshino = agency.people["hoshino"]
    with acting_as(hoshino):
        assert not Fact.objects.exists()
        assert Account.objects.exists()
    counts = Counter(Denial.objects.values_list("wall__name", flat=True))
    assert len(counts) == 2
    assert min(counts.values()) >= 10
    sides = Counter(Member.objects.values_list("side__name", flat=True))
    assert len(sides) == 4
    assert sorted(sides.values())[-2] >= 7


def test_a_client_has_consented_by_letter_and_the_two_are_kept_apart(agency):
    (consent,) = Consent.objects.all()
    assert (consent.account.code, consent.company.code) == ("THISTLE", "KODAMA")
    assert consent.document
    assert consent.given_on < agency.today < consent.expires_on
    for login, seen, kept_from in (
        ("eleanor", "THISTLE", "KODAMA"),
        ("himeno", "KODAMA", "THISTLE"),
    ):
        with acting_as(agency.people[login]):
            assert Account.objects.filter(code=seen).exists()
            assert not Account.objects.filter(code=kept_from).exists()


def _sum(rows, months):
    return rows.filter(month__gte=months.first, month__lte=months.last).aggregate(
        sum=Sum("net_revenue")
    )["sum"]


def test_nobody_finds_anything_new_that_was_told_before_yesterday(agency):
    until = agency.at(agency.day(-1))
    new = Notification.objects.filter(seen_at=None)
    assert new.filter(made_at__gte=until).exists()

    for person in Person.objects.filter(pk__in=new.values("person")):
        with acting_as(person):
            assert not new.filter(made_at__lt=until).exists(), person


def test_the_same_seed_gives_the_same_agency_again(agency):
    first = _told()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        build(agency.today, agency.seed, lambda _stage: None)
        second = _told()
        transaction.set_rollback(True)

    assert first == second


def _told():
    """Every value of every noun but ids, with codes and logins for what rows point at."""
    nouns = [m for m in apps.get_models() if m._meta.app_label in NOUNS]
    found = {}
    for noun in nouns:
        names = [f.name for f in noun._meta.concrete_fields if not f.primary_key]
        fields = [n for n in names if not noun._meta.get_field(n).is_relation and n not in IDS]
        points = [
            f"{f.name}__{NAMES[f.related_model._meta.model_name]}"
            for f in noun._meta.concrete_fields
            if f.is_relation and f.related_model._meta.model_name in NAMES
        ]
        found[noun.__name__] = Counter(map(repr, noun.objects.values_list(*fields, *points)))
    return found


def test_everybody_works_on_weekdays_of_their_own_country(agency):
    found = _calendars("oba", "priya", "oliver")

    zones = {handle: calendar.zone.key for handle, calendar in found.items()}
    assert zones == {"oba": "Asia/Tokyo", "priya": "Asia/Singapore", "oliver": "Europe/London"}
    assert all(any(calendar.week) for calendar in calendars_of(Person.objects.all()).values())


def test_the_agency_is_closed_at_new_year_in_japan_and_not_in_singapore(agency):
    found = _calendars("oba", "priya")
    year = agency.today.year

    assert not found["oba"].is_working_day(dt.date(year, 12, 30))
    assert not found["oba"].is_working_day(dt.date(year + 1, 1, 3))
    assert not found["priya"].is_off(dt.date(year, 12, 30))
    founding = dt.date(year + 1, 10, 1)
    assert found["oba"].is_off(founding)
    assert found["priya"].is_off(founding)


def test_one_works_short_hours_and_one_four_days(agency):
    found = _calendars("shindo", "freya", "ninomiya")

    assert spans_text(found["shindo"].week_on(agency.today)[0]) == "9:30–12:00, 13:00–16:30"
    assert found["freya"].week_on(agency.today)[4] == ()
    assert found["ninomiya"].patterns == ()


def test_all_of_it_was_entered_through_the_product(agency):
    assert OfficeHours.objects.count() == 4
    assert DayOff.objects.count() == 5
    assert WorkingPattern.objects.count() == 2
    assert all(day_off.name_en for day_off in DayOff.objects.all())


def _calendars(*handles):
    people = {person.handle: person for person in Person.objects.filter(handle__in=handles)}
    found = calendars_of(people.values())
    return {handle: found[person.pk] for handle, person in people.items()}
