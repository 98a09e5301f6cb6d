"""Roles that do not overlap, and the database they share. Roles belong to the whole cluster."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from kakehashi.house.errors import HouseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakehashi.house.address import Address

OLDEST = 170000
SEARCH_PATH = "public, ext"
EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")
KINDS = ("owner", "login", "gate", "app", "worker", "search")
MAY_LOG_IN = ("owner", "login", "worker")
MAY_BECOME = {"owner": ("search",), "login": ("gate", "app"), "worker": ("app",)}
OWNER_IN_TESTS = ("login", "gate", "app", "worker", "search")  # the owner steps down in tests
LOCALES = {("b", "C.UTF-8"), ("c", "C.UTF-8"), ("c", "C.utf8")}
LOCK = 0x6B616B65  # any number, as long as it is ours


class NotAllowed(HouseError):
    """The user of DATABASE_URL may not prepare the server: carries the SQL for who may."""

    def __init__(self, user: str, statements: list[str]) -> None:
        super().__init__(
            f"{user} may not prepare the database server. An administrator must run:\n\n"
            + "\n".join(f"{statement};" for statement in statements)
            + "\n"
        )


def ensure(address: Address, *, testing: bool = False) -> None:
    """Make what is missing: roles, memberships, passwords, database, schema of extensions."""
    with closing(administrator(address)) as connection:
        _refuse_old(connection)
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        _make(Plan(connection, address, testing))
        _refuse_strange_locale(connection, address)
    prepare_database(address)


def prepare_database(address: Address) -> None:
    """As the database's owner: close the public schema, put extensions in one of their own."""
    app, login, worker = (sql.Identifier(address.role(k)) for k in ("app", "login", "worker"))
    everybody = sql.SQL(", ").join(sql.Identifier(address.role(k)) for k in KINDS if k != "owner")
    owner, name = sql.Identifier(address.role("owner")), sql.Identifier(address.name)
    statements: list[sql.Composed | sql.SQL] = [
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name),
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(name, login, worker),
        sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}, {}").format(name, app, worker),
        sql.SQL("CREATE SCHEMA IF NOT EXISTS ext"),
        sql.SQL("ALTER SCHEMA public OWNER TO {}").format(owner),
        sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC"),
        sql.SQL("GRANT USAGE ON SCHEMA public, ext TO {}").format(everybody),
        *(
            sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA ext").format(sql.Identifier(e))
            for e in EXTENSIONS
        ),
    ]
    with psycopg.connect(address.as_role("owner")) as connection:
        connection.execute("SET LOCAL client_min_messages = warning")
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        for statement in statements:
            connection.execute(statement)


@dataclass(frozen=True)
class Plan:
    """What differs between the server as it is and as it should be, as statements."""

    connection: psycopg.Connection[Any]
    address: Address
    testing: bool

    def statements(self) -> list[str]:
        """Return the statements that are missing, in an order in which they work."""
        parts = (self._roles(), self._memberships(), self._passwords(), self._database())
        return [self._text(statement) for part in parts for statement in part]

    def _roles(self) -> Iterator[sql.Composable]:
        for kind in KINDS:
            wanted = {
                "LOGIN": kind in MAY_LOG_IN,
                "CREATEDB": kind == "owner" and self.testing,
                "SUPERUSER": False,
                "CREATEROLE": False,
                "REPLICATION": False,
                "BYPASSRLS": False,
            }
            found = self._attributes(kind)
            name = self._role(kind)
            if found is None:
                words = [word for word in wanted if wanted[word]] or ["NOLOGIN"]
                yield sql.SQL("CREATE ROLE {} {}").format(name, sql.SQL(" ".join(words)))
            elif different := [word for word in wanted if wanted[word] != found[word]]:
                words = [word if wanted[word] else f"NO{word}" for word in different]
                yield sql.SQL("ALTER ROLE {} {}").format(name, sql.SQL(" ".join(words)))
            if kind in MAY_LOG_IN and not self._has_search_path(kind):
                path = sql.SQL(SEARCH_PATH)
                yield sql.SQL("ALTER ROLE {} SET search_path = {}").format(name, path)

    def _memberships(self) -> Iterator[sql.Composable]:
        for kind in KINDS:
            wanted = {self.address.role(k) for k in self._may_become(kind)}
            found = self._granted(kind)
            for group in sorted(wanted - {g for g, safe in found.items() if safe}):
                yield sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(
                    sql.Identifier(group), self._role(kind)
                )
            for group in sorted(found.keys() - wanted):
                yield sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(group), self._role(kind))

    def _passwords(self) -> Iterator[sql.Composable]:
        """Send verifiers, not passwords: no log and no administrator's screen shows one."""
        for kind in MAY_LOG_IN:
            if self._attributes(kind) is None or self.refusal(kind):
                verifier = self.connection.pgconn.encrypt_password(
                    self.address.password(kind).encode(),
                    self.address.role(kind).encode(),
                    b"scram-sha-256",
                ).decode()
                yield sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                    self._role(kind), sql.Literal(verifier)
                )

    def _database(self) -> Iterator[sql.Composable]:
        name, owner = sql.Identifier(self.address.name), self._role("owner")
        found = self._one(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s",
            [self.address.name],
        )
        if found == (self.address.role("owner"),):
            return
        yield from self._become_owner(owner)
        if found is None:
            yield sql.SQL(
                "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' "
                "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
            ).format(name, owner)
        else:
            yield sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, owner)

    def _become_owner(self, owner: sql.Composable) -> Iterator[sql.Composable]:
        """Give a database away only to whom one may become; a superuser may become anybody."""
        superuser = self._one("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if superuser == (False,):
            yield sql.SQL("GRANT {} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE").format(owner)

    def refusal(self, kind: str) -> str | None:
        """Say why a role cannot sign in with its derived password, or None if it can."""
        try:
            dbname = self.connection.info.dbname
            psycopg.connect(self.address.as_role(kind, dbname=dbname)).close()
        except psycopg.OperationalError as problem:
            return str(problem).strip()
        return None

    def _may_become(self, kind: str) -> tuple[str, ...]:
        return OWNER_IN_TESTS if kind == "owner" and self.testing else MAY_BECOME.get(kind, ())

    def _attributes(self, kind: str) -> dict[str, bool] | None:
        found = self._one(
            "SELECT rolcanlogin, rolcreatedb, rolsuper, rolcreaterole, rolreplication, "
            "rolbypassrls FROM pg_roles WHERE rolname = %s",
            [self.address.role(kind)],
        )
        words = ("LOGIN", "CREATEDB", "SUPERUSER", "CREATEROLE", "REPLICATION", "BYPASSRLS")
        return None if found is None else dict(zip(words, found, strict=True))

    def _has_search_path(self, kind: str) -> bool:
        found = self._one(
            "SELECT %s = ANY (rolconfig) FROM pg_roles WHERE rolname = %s",
            [f"search_path={SEARCH_PATH}", self.address.role(kind)],
        )
        return found == (True,)

    def _granted(self, kind: str) -> dict[str, bool]:
        """Return what a role may become, and whether only by doing so: nothing is inherited."""
        rows = self.connection.execute(
            "SELECT g.rolname, bool_or(m.set_option) AND NOT bool_or(m.inherit_option) "
            "FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid "
            "JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = %s GROUP BY g.rolname",
            [self.address.role(kind)],
        )
        return dict(rows.fetchall())

    def _role(self, kind: str) -> sql.Identifier:
        return sql.Identifier(self.address.role(kind))

    def _one(self, query: str, values: list[Any] | None = None) -> tuple[Any, ...] | None:
        return self.connection.execute(query, values).fetchone()

    def _text(self, statement: sql.Composable) -> str:
        return statement.as_string(self.connection)


def _make(plan: Plan) -> None:
    try:
        for statement in plan.statements():
            plan.connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege as problem:
        raise NotAllowed(plan.connection.info.user, plan.statements()) from problem
    for kind in MAY_LOG_IN:
        if refusal := plan.refusal(kind):
            message = f"{plan.address.role(kind)} cannot sign in to the database: {refusal}"
            raise HouseError(message)


def administrator(address: Address) -> psycopg.Connection[Any]:
    problems = []
    for conninfo in address.as_administrator():
        try:
            return psycopg.connect(conninfo, autocommit=True, connect_timeout=10)
        except psycopg.OperationalError as problem:
            problems.append(str(problem).strip())
    message = f"Cannot connect to the database server: {problems[-1]}"
    raise HouseError(message)


def _refuse_old(connection: psycopg.Connection[Any]) -> None:
    if connection.info.server_version < OLDEST:
        found = connection.info.server_version // 10000
        message = f"DATABASE_URL is PostgreSQL {found}; kakehashi needs 17 or newer."
        raise HouseError(message)


def _refuse_strange_locale(connection: psycopg.Connection[Any], address: Address) -> None:
    """Readings sort, and small letters are found, the same on every installation."""
    found = connection.execute(
        "SELECT pg_encoding_to_char(encoding), datlocprovider, coalesce(datlocale, datctype) "
        "FROM pg_database WHERE datname = %s",
        [address.name],
    ).fetchone()
    if found and (found[0] != "UTF8" or found[1:] not in LOCALES):
        message = (
            f"Database {address.name} has encoding {found[0]} and locale {found[2]}; kakehashi "
            "needs UTF8 and C.UTF-8. Drop it if it is empty: kakehashi makes its own."
        )
        raise HouseError(message)
