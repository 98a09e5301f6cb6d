"""Somebody else's PostgreSQL: roles are made there, or the SQL is printed for who may."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from kakehashi.house import children, cluster, roles
from kakehashi.house.address import Address
from kakehashi.house.errors import HouseError
from kakehashi.house.home import Home
from tests.house import free_port, kakehashi

pytestmark = pytest.mark.slow

USERS = {
    "boss": "SUPERUSER",
    "manager": "CREATEROLE CREATEDB",  # what managed databases give
    "clerk": "NOSUPERUSER",
}
HBA = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    """A server on a TCP port, which asks for passwords; gives the URL of one of its users."""
    home = Home(tmp_path_factory.mktemp("outside"))
    port = free_port()
    with (
        cluster.running(home, settings=cluster.FORGETFUL),
        psycopg.connect(cluster.conninfo(home), autocommit=True) as connection,
    ):
        for user, rights in USERS.items():
            connection.execute(f"CREATE ROLE {user} LOGIN {rights} PASSWORD 'of {user}'")
    (home.postgres / "pg_hba.conf").write_text(HBA)
    with serving(home, port):
        yield lambda user, dbname: f"postgresql://{user}:of%20{user}@127.0.0.1:{port}/{dbname}"


@contextmanager
def serving(home, port):
    program = [*cluster._step_down(), cluster.bin_dir() / "postgres", "-D", home.postgres]
    settings = ["-k", home.run, "-p", str(port), "-c", "listen_addresses=127.0.0.1"]
    log = home.log / "outside.log"
    server = children.start([*program, *settings], dying=signal.SIGINT, log=log)
    try:
        while "ready to accept connections" not in log.read_text():
            assert server.poll() is None, log.read_text()
            time.sleep(0.02)
        yield
    finally:
        cluster.stop(server)


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


@pytest.fixture
def secret():
    """What several machines of one installation share."""
    return {"KAKEHASHI_SECRET_KEY": os.environ["KAKEHASHI_SECRET_KEY"]}


def address(home, url):
    given = conninfo_to_dict(url)
    return Address(home, given["dbname"], given)


def ask(conninfo, query):
    with psycopg.connect(conninfo) as connection:
        return connection.execute(query).fetchall()


def test_the_whole_program_runs_on_an_outside_server(outside, home, secret):
    url = outside("boss", "agency")

    made = kakehashi(home, "init", DATABASE_URL=url, **secret)

    assert made.returncode == 0, made.stderr
    assert not (home.path / "postgres").exists()
    login = address(home, url).as_role("login")
    assert ask(login, "SELECT current_user") == [("agency_login",)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(login, "SELECT * FROM clients_account")


@pytest.mark.parametrize("user", ["boss", "manager"])
def test_who_may_prepares_the_server_and_finds_nothing_to_do_again(outside, home, user):
    there = address(home, outside(user, f"by_{user}"))

    roles.ensure(there)

    with psycopg.connect(outside(user, "postgres")) as connection:
        assert roles.Plan(connection, there, testing=False).statements() == []
    owner = there.as_role("owner")
    assert ask(owner, "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user") == [(False,)]
    assert ask(owner, "SHOW search_path") == [("public, ext",)]
    becomes = "SELECT roleid::regrole::text FROM pg_auth_members"
    becomes += " WHERE member = current_user::regrole"
    assert ask(owner, becomes) == [(there.role("search"),)]  # whose function it restates


def test_who_may_not_is_given_the_sql_and_it_works(outside, home, secret):
    url = outside("clerk", "shy")

    refused = kakehashi(home, "init", DATABASE_URL=url, **secret)

    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert there_is_no_password_in(refused.stderr, address(home, url))
    statements = refused.stderr.partition("An administrator must run:\n\n")[2]
    with psycopg.connect(outside("boss", "postgres"), autocommit=True) as boss:
        for statement in statements.strip().splitlines():
            boss.execute(statement)
    roles.ensure(address(home, url))


def there_is_no_password_in(text, there):
    return not any(there.password(kind) in text for kind in roles.MAY_LOG_IN)


def test_a_role_that_became_too_powerful_is_put_right(outside, home):
    there = address(home, outside("boss", "strict"))
    roles.ensure(there)
    with psycopg.connect(outside("boss", "postgres"), autocommit=True) as boss:
        boss.execute("ALTER ROLE strict_login SUPERUSER BYPASSRLS")
        boss.execute("GRANT strict_owner TO strict_login")

        roles.ensure(there)

        found = boss.execute(
            "SELECT rolsuper, rolbypassrls, pg_has_role('strict_login', 'strict_owner', 'MEMBER') "
            "FROM pg_roles WHERE rolname = 'strict_login'"
        ).fetchall()
    assert found == [(False, False, False)]


def test_another_secret_changes_the_passwords(outside, tmp_path):
    url = outside("boss", "moved")
    roles.ensure(address(Home(tmp_path / "old"), url))
    moved = address(Home(tmp_path / "new"), url)
    moved.home.__dict__["secret_key"] = "another"

    roles.ensure(moved)

    assert ask(moved.as_role("worker"), "SELECT 1") == [(1,)]


def test_a_database_with_another_locale_is_refused(outside, home):
    with psycopg.connect(outside("boss", "postgres"), autocommit=True) as boss:
        boss.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")

    with pytest.raises(HouseError, match="has encoding LATIN1"):
        roles.ensure(address(home, outside("boss", "latin")))
