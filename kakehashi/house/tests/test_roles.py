"""Roles that do not overlap: asked of PostgreSQL, not of our own lists."""

from __future__ import annotations

from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection

from kakehashi.house import roles
from kakehashi.house.address import Address
from kakehashi.house.errors import HouseError

pytestmark = pytest.mark.django_db


def ask(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


@pytest.fixture
def address():
    return Address.from_environment()


def connect(address, kind):
    dbname = connection.settings_dict["NAME"]
    return psycopg.connect(address.as_role(kind, dbname=dbname), autocommit=True)


@pytest.mark.parametrize("kind", roles.KINDS)
def test_no_role_stands_above_the_wall(address, kind):
    found = ask(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolreplication, rolcanlogin "
        "FROM pg_roles WHERE rolname = %s",
        address.role(kind),
    )

    assert found == [(False, False, False, False, kind in {"owner", "login", "worker"})]


@pytest.mark.parametrize("kind", ["login", "gate", "app", "worker", "search"])
def test_only_the_owner_owns(address, kind):
    owned = ask(
        "SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = %s "
        "UNION ALL SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = %s",
        address.role(kind),
        address.role(kind),
    )

    assert owned == []


@pytest.mark.parametrize(
    ("kind", "others"), [("login", {"app", "gate"}), ("worker", {"app"}), ("app", set())]
)
def test_who_may_become_whom(address, kind, others):
    found = ask(
        "SELECT g.rolname, inherit_option, set_option, admin_option FROM pg_auth_members m "
        "JOIN pg_roles g ON g.oid = roleid JOIN pg_roles r ON r.oid = member "
        "WHERE r.rolname = %s",
        address.role(kind),
    )

    assert set(found) == {(address.role(other), False, True, False) for other in others}


@pytest.mark.parametrize(
    ("kind", "table"),
    [("login", "clients_account"), ("login", "django_session"), ("worker", "mfa_authenticator")],
)
def test_what_a_role_that_has_become_nobody_cannot_read(address, kind, table):
    with connect(address, kind) as own, pytest.raises(psycopg.errors.InsufficientPrivilege):
        own.execute(f"SELECT * FROM {table}")


@pytest.mark.parametrize("other", ["owner", "worker", "search"])
def test_the_web_login_cannot_become_more(address, other):
    with connect(address, "login") as own, pytest.raises(psycopg.errors.InsufficientPrivilege):
        own.execute(f"SET ROLE {address.role(other)}")


@pytest.mark.parametrize("kind", ["login", "worker"])
def test_no_role_of_a_process_makes_tables(address, kind):
    with connect(address, kind) as own, pytest.raises(psycopg.errors.InsufficientPrivilege):
        own.execute("CREATE TABLE public.mine ()")


def test_extensions_live_in_a_schema_of_their_own():
    found = ask(
        "SELECT extname, nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace "
        "WHERE extname <> 'plpgsql'"
    )

    assert dict(found) == dict.fromkeys(roles.EXTENSIONS, "ext")


def test_passwords_differ_by_role_by_database_and_by_secret(address, monkeypatch):
    other = Address(address.home, "other")

    passwords = {address.password(kind) for kind in roles.MAY_LOG_IN}
    assert len(passwords) == 3
    assert other.password("login") not in passwords
    monkeypatch.setitem(address.home.__dict__, "secret_key", "another")
    assert address.password("login") not in passwords


@pytest.mark.parametrize("url", ["postgresql://h/My-Agency", "postgresql://h/" + "a" * 60])
def test_a_database_name_that_cannot_start_a_role_is_refused(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(HouseError, match="small letters"):
        Address.from_environment()


def test_an_old_server_is_refused_by_its_number():
    old = SimpleNamespace(info=SimpleNamespace(server_version=160004))

    with pytest.raises(HouseError, match="PostgreSQL 16; kakehashi needs 17"):
        roles._refuse_old(old)
