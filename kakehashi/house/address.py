"""Where the database is, and who we are there: the embedded one, or DATABASE_URL's."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from kakehashi.house import cluster
from kakehashi.house.errors import HouseError
from kakehashi.house.home import Home

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_NAME = "kakehashi"
STANDBY = "DATABASE_REPLICA_URL"
ROLE_NAMES = re.compile(r"[a-z_][a-z0-9_]{0,50}")  # plus _worker, within PostgreSQL's 63 bytes


@dataclass(frozen=True)
class Address:
    """One database: how to reach it, and the names and passwords of our roles there."""

    home: Home
    name: str
    given: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_environment(cls) -> Self:
        """Read DATABASE_URL; without it, the home's own server is meant."""
        home = Home.from_environment()
        given = _parts(os.environ.get("DATABASE_URL", ""))
        name = given.get("dbname") or DEFAULT_NAME
        if not ROLE_NAMES.fullmatch(name):
            message = f"The database's name, {name!r}, must be small letters, digits and _ only."
            raise HouseError(message)
        return cls(home, name, given)

    @property
    def is_outside(self) -> bool:
        """Whether somebody else keeps the server."""
        return bool(self.given)

    @property
    def server(self) -> dict[str, Any]:
        """Where the server is, and how to talk to it; neither user nor database."""
        if not self.is_outside:
            return {"host": str(self.home.socket_dir), "port": cluster.PORT}
        return {k: v for k, v in self.given.items() if k not in {"user", "password", "dbname"}}

    @property
    def standby(self) -> dict[str, Any] | None:
        """Where a standby of the server is that pages are read from, if DATABASE_REPLICA_URL says.

        It has the same database, roles and passwords: only where it is differs.
        """
        given = _parts(os.environ.get(STANDBY, ""), STANDBY)
        place = {k: v for k, v in given.items() if k not in {"user", "password", "dbname"}}
        return place or None

    def role(self, kind: str) -> str:
        """Return the name of one of our roles: roles are the cluster's, so it starts with ours."""
        return f"{self.name}_{kind}"

    def password(self, kind: str) -> str:
        """Derive a role's password, so that machines that share the secret agree on it."""
        message = f"postgresql:{self.role(kind)}".encode()
        return hmac.new(self.home.secret_key.encode(), message, hashlib.sha256).hexdigest()

    def as_role(
        self, kind: str, *, dbname: str | None = None, at: Mapping[str, Any] | None = None
    ) -> str:
        """Return how to connect as one of our roles, to the server or to its standby."""
        return make_conninfo(
            **(at or self.server),
            user=self.role(kind),
            password=self.password(kind),
            dbname=dbname or self.name,
        )

    def as_administrator(self) -> list[str]:
        """Return how to connect as who may make roles: to the server's own database, or ours."""
        if not self.is_outside:
            return [cluster.conninfo(self.home)]
        return [make_conninfo(**{**self.given, "dbname": n}) for n in ("postgres", self.name)]


def _parts(url: str, variable: str = "DATABASE_URL") -> dict[str, Any]:
    if not url:
        return {}
    try:
        return {k: v for k, v in conninfo_to_dict(url).items() if v is not None}
    except psycopg.ProgrammingError as problem:
        message = f"{variable} cannot be read: {str(problem).strip()}"
        raise HouseError(message) from problem
