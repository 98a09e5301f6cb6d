"""The database connection of this process's role: the web's login unless told otherwise."""

from __future__ import annotations

import os
from typing import Any

from kakehashi.house.address import Address
from kakehashi.house.errors import HouseError

ADDRESS = Address.from_environment()
DB_NAME = ADDRESS.name  # also the prefix of the roles' names

PREPARED = {"server_side_binding": True, "prepare_threshold": 3}  # policies are costly to plan
POOLED = {
    "pool": {"min_size": 1, "max_size": 4, "timeout": 3, "reconnect_timeout": 1},
    **PREPARED,
}
BY_ROLE: dict[str, dict[str, Any]] = {
    "login": {"OPTIONS": POOLED, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True},
    "owner": {"OPTIONS": {}},
    "worker": {"OPTIONS": {}, "CONN_HEALTH_CHECKS": True},
}


def database(role: str) -> dict[str, Any]:
    """Return Django's settings for a connection as one of the roles that may sign in."""
    if role not in BY_ROLE:
        problem = f"KAKEHASHI_DB_ROLE is {role!r}; it must be one of {', '.join(BY_ROLE)}."
        raise HouseError(problem)
    return _settings(role, dict(ADDRESS.server), ATOMIC_REQUESTS=True)


def standby() -> dict[str, Any] | None:
    """Django's settings for a standby that pages are read from, if DATABASE_REPLICA_URL names one.

    It is a copy of the same database: names and passwords of roles are the same there. It is
    asked by the web alone, and given up quickly: the primary answers instead.
    """
    if ADDRESS.standby is None:
        return None
    settings = _settings("login", {"connect_timeout": "2", **ADDRESS.standby})
    settings["OPTIONS"]["pool"] = {"min_size": 0, "max_size": 4, "timeout": 1}
    return settings


def _settings(role: str, server: dict[str, Any], **others: Any) -> dict[str, Any]:
    settings = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DB_NAME,
        "USER": ADDRESS.role(role),
        "PASSWORD": ADDRESS.password(role),
        "HOST": server.pop("host", ""),
        "PORT": server.pop("port", ""),
        **others,
        **BY_ROLE[role],
    }
    return {**settings, "OPTIONS": {**server, **settings["OPTIONS"]}}


ROLE = os.environ.get("KAKEHASHI_DB_ROLE", "login")
DATABASES = {"default": database(ROLE)}
if ROLE == "login" and (read_from := standby()) is not None:
    DATABASES["standby"] = read_from
