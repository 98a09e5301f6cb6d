"""Every table stands in one class, and PostgreSQL holds to it."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from kakehashi.clients.models import Account, StatusChange
from kakehashi.policy import visibility
from kakehashi.policy.acting import acting_as, acting_as_system, become, current
from kakehashi.policy.models import Change
from kakehashi.policy.visibility import CREDENTIALS, TABLES, Class, role
from tests import factories as make

PROGRAM = "kakehashi"


def query(text: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall()


def test_every_table_of_the_schema_stands_in_exactly_one_class(db):
    standing = query(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'm', 'f')"
        " AND relnamespace = 'public'::regnamespace"
    )

    assert {name for (name,) in standing} == set(TABLES)


def test_row_security_is_on_and_forced_everywhere(db):
    open_tables = query(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
        " AND relnamespace = 'public'::regnamespace"
        " AND NOT (relrowsecurity AND relforcerowsecurity)"
    )

    assert open_tables == []


def test_every_table_with_an_account_is_walled(db):
    with_account = query(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relkind = 'r' AND a.attname = 'account_id'"
        " AND c.relnamespace = 'public'::regnamespace"
    )
    kinds = {name: TABLES[name].kind for (name,) in with_account}
    unwalled = {n for n, k in kinds.items() if k not in {Class.WALLED, Class.FINANCE}}

    assert unwalled == {
        "conflicts_behind",  # officers
        "conflicts_check",  # officers
        "conflicts_commitment",  # officers
        "conflicts_consent",  # officers
        "conflicts_consentrequest",  # own
        "conflicts_denial",  # officers
        "conflicts_hit",  # officers
        "conflicts_mediaadjacency",  # officers
        "conflicts_seatpermit",  # officers
        "conflicts_siderule",  # officers
        "policy_accountabove",  # kept by the database
        "policy_change",  # history: as the row it tells of
        "policy_denied",  # own
        "policy_sight",  # own
        "search_entry",  # index: as the row it leads to
    }


def test_views_see_as_their_caller(db):
    views = query(
        "SELECT relname FROM pg_class WHERE relkind = 'v'"
        " AND relnamespace = 'public'::regnamespace"
        " AND NOT coalesce(reloptions @> ARRAY['security_invoker=true'], false)"
    )

    assert views == []


@pytest.mark.parametrize("table", [t.name for t in CREDENTIALS])
def test_the_application_cannot_read_credentials(cast, table):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting_as(cast.hana),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT 1 FROM {table}")


@pytest.mark.parametrize("name", sorted(n for n, t in TABLES.items() if t.kind is Class.SYSTEM))
def test_the_application_cannot_read_system_tables(cast, name):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting_as(cast.hana),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT 1 FROM {name}")


@pytest.mark.parametrize(
    "name", sorted(n for n, t in TABLES.items() if t.kind is not Class.CREDENTIALS)
)
def test_the_gate_reads_nothing_but_what_signing_in_takes(db, name):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        become((role("gate"), "", "gate", "", ""))
        query(f"SELECT 1 FROM {name}")


@pytest.mark.parametrize(
    "call",
    [
        "policy_grants(NULL, NULL, true)",
        "policy_refresh(NULL, NULL)",
        "policy_rebuild()",
        "policy_below(ARRAY[]::uuid[])",
    ],
)
def test_the_application_cannot_call_the_walls_own_functions(cast, call):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting_as(cast.hana),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT * FROM {call}")


def test_append_only_tables_cannot_be_rewritten(cast):
    with acting_as(cast.aki):
        StatusChange.objects.create(
            account=cast.sora,
            status="active",
            on=make.LONG_AGO,
            by=cast.aki,
            at="2026-01-01T00:00Z",
        )
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(cast.aki):
        StatusChange.objects.update(reason="Rewritten")


def test_nobody_writes_into_an_account_they_do_not_see(cast):
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(cast.aki):
        make.fact(cast.rival, cast.aki)


def test_stating_the_walls_again_changes_nothing(db):
    assert visibility.apply() == []


def test_a_policy_that_was_dropped_is_stated_again(db):
    with connection.cursor() as cursor:
        cursor.execute("DROP POLICY see ON clients_fact")

    assert visibility.apply() == ["clients_fact"]


def test_a_right_that_was_granted_by_hand_is_taken_back(db):
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT SELECT ON people_login TO {role('app')}")

    assert visibility.apply() == ["people_login"]


def test_acting_nests_and_gives_back_who_acted_before(cast):
    with acting_as(cast.aki):
        with acting_as(cast.chie):
            assert set(Account.objects.values_list("name", flat=True)) == {"Rival"}
        assert set(Account.objects.values_list("name", flat=True)) == {"Sora", "Sora Tea"}
        assert current().person_id == cast.aki.pk


def test_acting_ends_with_the_transaction(cast):
    with pytest.raises(ZeroDivisionError), acting_as(cast.aki):
        raise ZeroDivisionError
    assert query("SELECT current_setting('agency.person', true)")[0][0] in {"", None}
    with pytest.raises(LookupError):
        current()


def test_only_listed_tasks_act_as_the_system(db):
    with pytest.raises(LookupError, match="not listed"), acting_as_system("anything"):
        pass


def test_the_system_sees_accounts_but_no_credentials(cast):
    with acting_as_system("command"):
        assert Account.objects.count() == 3
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as_system("command"):
        query("SELECT 1 FROM people_login")


class TestHistory:
    def test_a_change_tells_who_what_before_and_after(self, cast):
        with acting_as(cast.aki):
            Account.objects.filter(pk=cast.sora.pk).update(name_en="Sora Inc.")
            change = Change.objects.latest("id")

        assert (change.source, change.row, change.op) == ("clients_account", str(cast.sora.pk), "U")
        assert (change.before, change.after) == ({"name_en": ""}, {"name_en": "Sora Inc."})
        assert (change.by_id, change.acting) == (cast.aki.pk, "person")

    def test_it_stands_behind_the_same_wall_as_its_row(self, cast):
        make.revenue(cast.rival, make.LONG_AGO, 100, cost=60)

        def sources(person):
            with acting_as(person):
                return set(
                    Change.objects.filter(account_id=cast.rival.pk).values_list("source", flat=True)
                )

        assert sources(cast.aki) == set()
        assert "money_revenue" in sources(cast.chie)
        assert "money_revenuecost" not in sources(cast.chie)
        assert "money_revenuecost" in sources(cast.fumi)

    def test_denials_are_in_the_officers_history_only(self, cast):
        make.denial(cast.aki, cast.rival)

        for person, seen in ((cast.chie, False), (cast.emi, False), (cast.go, True)):
            with acting_as(person):
                assert Change.objects.filter(source="conflicts_denial").exists() is seen

    def test_nobody_forges_or_edits_it(self, cast):
        for verb in ("UPDATE policy_change SET op = 'X'", "DELETE FROM policy_change"):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                acting_as(cast.hana),
                connection.cursor() as cursor,
            ):
                cursor.execute(verb)
