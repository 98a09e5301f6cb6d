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
    server = dict(ADDRESS.server)
    settings = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DB_NAME,
        "USER": ADDRESS.role(role),
        "PASSWORD": ADDRESS.password(role),
        "HOST": server.pop("host", ""),
        "PORT": server.pop("port", ""),
        "ATOMIC_REQUESTS": True,
        **BY_ROLE[role],
    }
    return {**settings, "OPTIONS": {**server, **settings["OPTIONS"]}}


DATABASES = {"default": database(os.environ.get("KAKEHASHI_DB_ROLE", "login"))}
