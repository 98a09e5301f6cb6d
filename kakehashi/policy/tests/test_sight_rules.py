"""The seven rules of who sees an account, each alone and each against a denial."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.db.models import F
from django.utils.timezone import localdate, now

from kakehashi.clients.models import Account, Contact, Fact, Seat
from kakehashi.conflicts.models import Denial
from kakehashi.money.models import Revenue, RevenueCost
from kakehashi.people.models import Employment, Person, ReportingLine, Role
from kakehashi.policy.acting import Scope, acting_as
from kakehashi.traffic.models import Assignment, Job
from tests import factories as make

TODAY = localdate()  # in Tokyo, where the offices of these tests are
LAST_WEEK = TODAY - dt.timedelta(days=7)
NEXT_WEEK = TODAY + dt.timedelta(days=7)


def sees(person, scope=None) -> set[str]:
    with acting_as(person, scope):
        return set(Account.objects.values_list("name", flat=True))


def sees_facts(person, scope=None) -> set[str]:
    """Accounts whose rows, not only whose names, the person sees."""
    with acting_as(person, scope):
        return set(Fact.objects.values_list("account__name", flat=True))


@pytest.fixture
def facts(cast):
    for account in (cast.sora, cast.sora_tea, cast.rival):
        make.fact(account, cast.aki)


class TestRule1Seat:
    def test_a_seat_shows_the_account_and_those_below(self, cast, facts):
        assert sees_facts(cast.aki) == sees(cast.aki) == {"Sora", "Sora Tea"}

    def test_a_seat_below_does_not_show_the_account_above(self, cast):
        ivo = make.staff("Ivo", cast.osaka)
        make.seat(ivo, cast.sora_tea)

        assert sees(ivo) == {"Sora Tea"}

    @pytest.mark.parametrize(
        ("dates", "seen"),
        [
            ({"starts_on": NEXT_WEEK}, set()),
            ({"ends_on": LAST_WEEK}, set()),
            ({"starts_on": LAST_WEEK, "ends_on": NEXT_WEEK}, {"Rival"}),
        ],
    )
    def test_a_seat_counts_from_its_first_day_to_its_last(self, cast, dates, seen):
        ivo = make.staff("Ivo", cast.osaka)
        make.seat(ivo, cast.rival, **dates)

        assert sees(ivo) == seen

    def test_a_seat_counts_only_while_employed(self, cast):
        Employment.objects.filter(person=cast.aki).update(ends_on=LAST_WEEK)

        assert sees(cast.aki) == set()

    def test_ending_a_seat_ends_the_sight_in_the_same_transaction(self, cast):
        Seat.objects.filter(person=cast.aki).update(ends_on=LAST_WEEK)

        assert sees(cast.aki) == set()


class TestRule2Line:
    def test_a_director_sees_accounts_led_by_their_office(self, cast):
        assert sees(cast.dan) == {"Sora", "Sora Tea"}

    def test_a_director_sees_accounts_led_by_offices_below(self, cast):
        ivo = make.staff("Ivo", cast.tokyo, "group_account_director")

        assert sees(ivo) == {"Sora", "Sora Tea", "Rival"}

    def test_the_agency_director_sees_all(self, cast, facts):
        assert sees_facts(cast.emi) == sees(cast.emi) == {"Sora", "Sora Tea", "Rival"}

    def test_a_director_of_another_region_sees_nothing_here(self, cast):
        ivo = make.staff("Ivo", cast.osaka, "account_director")

        assert sees(ivo) == set()

    def test_an_office_that_moves_takes_its_accounts_along(self, cast):
        ivo = make.staff("Ivo", cast.osaka, "account_director")
        cast.bureau2.parent = cast.osaka
        cast.bureau2.save()

        assert sees(ivo) == {"Rival"}

    def test_a_superior_sees_what_a_subordinate_is_seated_on(self, cast):
        assert sees(cast.ben) == {"Sora", "Sora Tea"}

    def test_so_does_the_superior_of_a_superior(self, cast):
        top = make.staff("Top", cast.osaka)
        make.reports(cast.dan, top)

        assert sees(top) == {"Sora", "Sora Tea"}

    def test_a_dotted_line_shows_nothing(self, cast):
        ivo = make.staff("Ivo", cast.osaka)
        make.reports(cast.aki, ivo, kind="dotted")

        assert sees(ivo) == set()

    def test_a_line_counts_on_its_days_only(self, cast):
        ReportingLine.objects.filter(person=cast.aki).update(ends_on=LAST_WEEK)

        assert sees(cast.ben) == set()

    def test_a_role_that_ended_shows_nothing(self, cast):
        Role.objects.filter(person=cast.emi).update(ends_on=LAST_WEEK)

        assert sees(cast.emi) == set()

    def test_with_a_second_agency_a_director_sees_their_own_only(self, cast):
        other = make.office("Other Agency")
        make.account("Elsewhere", other)

        assert sees(cast.emi) == {"Sora", "Sora Tea", "Rival"}


class TestRule3FunctionAndJob:
    @pytest.mark.parametrize("role", ["finance", "traffic", "conflicts_officer", "administrator"])
    def test_a_function_sees_the_accounts_of_its_office_scope(self, cast, role):
        ivo = make.staff("Ivo", cast.bureau2, role)

        assert sees(ivo) == {"Rival"}

    @pytest.mark.parametrize("role", ["creative", "media", "production", "account_executive"])
    def test_other_roles_alone_show_nothing(self, cast, role):
        ivo = make.staff("Ivo", cast.hq, role)

        assert sees(ivo) == set()

    def test_an_assignment_shows_the_name_of_the_account_and_the_job(self, cast, facts):
        film, other = make.job(cast.sora, "Film"), make.job(cast.sora, "Poster")
        make.assignment(cast.lena, film)

        assert sees(cast.lena) == {"Sora"}
        assert sees_facts(cast.lena) == set()
        with acting_as(cast.lena):
            assert list(Job.objects.all()) == [film]
            assert Assignment.objects.count() == 1
        assert other.account == cast.sora

    def test_who_left_for_the_client_sees_no_job_any_more(self, cast):
        make.assignment(cast.lena, make.job(cast.sora, "Film"))
        make.contact("Lena", cast.sora, person=cast.lena)
        Employment.objects.filter(person=cast.lena).update(ends_on=LAST_WEEK)

        assert sees(cast.lena) == {"Sora"}
        with acting_as(cast.lena):
            assert not Job.objects.exists()

    @pytest.mark.parametrize(("days_ago", "seen"), [(30, {"Sora"}), (32, set())])
    def test_an_assignment_is_remembered_for_thirty_days(self, cast, days_ago, seen):
        ended = TODAY - dt.timedelta(days=days_ago)
        make.assignment(cast.lena, make.job(cast.sora), ends_on=ended)

        assert sees(cast.lena) == seen


class TestRule4Contact:
    def test_a_contact_sees_the_name_and_the_people_seated(self, cast, facts):
        with acting_as(cast.ken):
            assert set(Account.objects.values_list("name", flat=True)) == {"Sora"}
            assert list(Seat.objects.values_list("person__name", flat=True)) == ["Aki"]
            assert set(Person.objects.values_list("name", flat=True)) == {"Ken", "Aki"}
            assert not Fact.objects.exists()
            assert not Revenue.objects.exists()

    def test_a_contact_sees_rows_that_were_shared(self, cast):
        make.contact("Kei", cast.sora, shared_at=now())
        make.contact("Kay", cast.sora)

        with acting_as(cast.ken):
            assert list(Contact.objects.values_list("person__name", flat=True)) == ["Kei"]

    def test_a_contact_sees_nothing_of_ours_besides(self, cast):
        with acting_as(cast.ken), connection.cursor() as cursor:
            for table in ("people_office", "people_role", "people_employment", "clients_brand"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,), table

    def test_a_contact_who_left_or_has_no_portal_sees_nothing(self, cast):
        Contact.objects.filter(pk=cast.ken_contact.pk).update(left_on=LAST_WEEK)
        kei = make.contact("Kei", cast.sora, portal=False)

        assert sees(cast.ken) == sees(kei.person) == set()


class TestRule5Token:
    def test_a_token_is_cut_down_to_its_accounts_and_those_below(self, cast, facts):
        scope = Scope(accounts=frozenset({cast.sora.pk}))

        assert sees_facts(cast.emi, scope) == {"Sora", "Sora Tea"}

    def test_a_token_never_sees_more_than_its_person(self, cast, facts):
        scope = Scope(accounts=frozenset({cast.rival.pk}))

        assert sees_facts(cast.aki, scope) == set()

    def test_a_token_without_money_sees_no_cost(self, cast):
        make.revenue(cast.sora, dt.date(2026, 1, 1), 100, cost=60)

        with acting_as(cast.fumi):
            assert RevenueCost.objects.count() == 1
        with acting_as(cast.fumi, Scope(cost=False)):
            assert RevenueCost.objects.count() == 0

    def test_a_denial_beats_a_token(self, cast, facts):
        make.denial(cast.emi, cast.rival)
        scope = Scope(accounts=frozenset({cast.rival.pk}))

        assert sees_facts(cast.emi, scope) == set()


def _grants(cast):
    """Somebody for each rule who sees Rival by that rule alone."""
    subordinate = make.staff("Sub", cast.osaka)
    make.seat(subordinate, cast.rival, role="account_planner")
    superior = make.staff("Sup", cast.osaka)
    make.reports(subordinate, superior)
    assigned = make.staff("Job", cast.osaka)
    make.assignment(assigned, make.job(cast.rival))
    return {
        "seat": cast.chie,
        "line by office": make.staff("Dir", cast.bureau2, "account_director"),
        "line at the top": cast.emi,
        "line by superior": superior,
        "function": make.staff("Fin", cast.bureau2, "finance"),
        "function at the top": cast.fumi,
        "officer": cast.go,
        "job": assigned,
        "contact": make.contact("Kou", cast.rival).person,
    }


RULES = [
    "seat",
    "line by office",
    "line at the top",
    "line by superior",
    "function",
    "function at the top",
    "officer",
    "job",
    "contact",
]


class TestRule6Wall:
    @pytest.mark.parametrize("rule", RULES)
    def test_a_denial_beats_the_grant(self, cast, rule):
        person = _grants(cast)[rule]
        assert "Rival" in sees(person)

        make.denial(person, cast.rival)

        assert "Rival" not in sees(person)

    @pytest.mark.parametrize("rule", RULES)
    def test_a_denial_made_first_beats_the_grant_made_later(self, cast, rule):
        """Everything that grants is written anew after the denial, and then all is rebuilt."""
        person = _grants(cast)[rule]
        make.denial(person, cast.rival)
        for model in (Seat, Role, ReportingLine, Assignment, Contact, Employment):
            model.objects.update(version=F("version") + 1)
        assert "Rival" not in sees(person)

        with connection.cursor() as cursor:
            cursor.execute("SELECT policy_rebuild()")
        assert "Rival" not in sees(person)

    @pytest.mark.parametrize("rule", RULES)
    def test_a_denial_of_the_account_above_beats_the_grant_below(self, cast, rule):
        person = _grants(cast)[rule]
        above = make.account("Rival Global", cast.bureau2)
        Account.objects.filter(pk=cast.rival.pk).update(parent=above)
        assert "Rival" in sees(person)

        make.denial(person, above)

        assert "Rival" not in sees(person)

    @pytest.mark.parametrize("rule", RULES)
    def test_a_denial_that_is_lifted_gives_back_the_grant(self, cast, rule):
        person = _grants(cast)[rule]
        before = sees(person)
        denial = make.denial(person, cast.rival)
        Denial.objects.filter(pk=denial.pk).update(lifted_at=now(), lift_reason="Over.")

        assert sees(person) == before

    def test_a_denial_covers_the_accounts_below_but_not_above(self, cast):
        make.denial(cast.aki, cast.sora_tea)
        assert sees(cast.aki) == {"Sora"}

        make.denial(cast.emi, cast.sora)
        assert sees(cast.emi) == {"Rival"}

    def test_a_denial_made_first_beats_a_grant_made_later(self, cast):
        ivo = make.staff("Ivo", cast.osaka)
        make.denial(ivo, cast.rival)
        make.seat(ivo, cast.rival)

        assert sees(ivo) == set()

    def test_a_denial_covers_an_account_put_below_later(self, cast):
        make.denial(cast.emi, cast.rival)
        make.account("Rival Juice", cast.bureau2, parent=cast.rival)

        assert sees(cast.emi) == {"Sora", "Sora Tea"}

    def test_a_denial_begins_on_its_day(self, cast):
        make.denial(cast.emi, cast.rival, starts_on=NEXT_WEEK)

        assert "Rival" in sees(cast.emi)

    def test_a_denial_does_not_fall_by_date(self, cast):
        make.denial(cast.emi, cast.rival, review_on=LAST_WEEK)

        assert "Rival" not in sees(cast.emi)

    def test_one_of_two_denials_lifted_leaves_the_other(self, cast):
        make.denial(cast.emi, cast.rival, wall="First")
        second = make.denial(cast.emi, cast.rival, wall="Second")
        Denial.objects.filter(pk=second.pk).update(lifted_at=now(), lift_reason="Over.")

        assert "Rival" not in sees(cast.emi)

    def test_only_officers_read_denials(self, cast):
        make.denial(cast.aki, cast.rival)

        for person in (cast.aki, cast.emi, cast.hana, cast.ken):
            with acting_as(person):
                assert not Denial.objects.exists()
        with acting_as(cast.go):
            assert Denial.objects.count() == 1


class TestRule7NobodyElse:
    def test_staff_without_a_grant_see_nothing(self, cast):
        assert sees(cast.lena) == set()

    def test_with_no_acting_person_every_walled_table_is_empty(self, cast, facts):
        from kakehashi.policy.acting import become
        from kakehashi.policy.visibility import FINANCE, OFFICERS, SHARED, WALLED, role

        make.revenue(cast.sora, dt.date(2026, 1, 1), 100, cost=60)
        become((role("app"), "", "", "", ""))
        with connection.cursor() as cursor:
            for table in (*WALLED, *FINANCE, *OFFICERS, *SHARED):
                cursor.execute(f"SELECT count(*) FROM {table.name}")
                assert cursor.fetchone() == (0,), table.name
            cursor.execute("RESET ROLE")


class TestMoney:
    def test_who_sees_the_account_does_not_thereby_see_its_cost(self, cast):
        make.revenue(cast.sora, dt.date(2026, 1, 1), 100, cost=60)

        def counts(person):
            with acting_as(person):
                return Revenue.objects.count(), RevenueCost.objects.count()

        assert counts(cast.aki) == (1, 0)
        assert counts(cast.ben) == (1, 0)
        assert counts(cast.hana) == (1, 0)
        assert counts(cast.fumi) == (1, 1)
        assert counts(cast.dan) == (1, 1)
        assert counts(cast.chie) == (0, 0)

    def test_a_denial_beats_finance(self, cast):
        make.revenue(cast.rival, dt.date(2026, 1, 1), 100, cost=60)
        make.denial(cast.fumi, cast.rival)

        with acting_as(cast.fumi):
            assert not RevenueCost.objects.exists()
