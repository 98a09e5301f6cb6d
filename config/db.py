"""The database connection of this process's role: the web's login unless told otherwise."""

from __future__ import annotations

import os

from kakehashi.house.address import Address
from kakehashi.house.errors import HouseError

ADDRESS = Address.from_environment()
DB_NAME = ADDRESS.name  # also the prefix of the roles' names
DB_ROLE = os.environ.get("KAKEHASHI_DB_ROLE", "login")

POOLED = {
    "pool": {"min_size": 1, "max_size": 4, "timeout": 10},
    "server_side_binding": True,
    "prepare_threshold": 3,  # policies are costly to plan
}
EXTRA = {
    "login": {"OPTIONS": POOLED, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True},
    "owner": {"OPTIONS": {}},
    "worker": {"OPTIONS": {}, "CONN_HEALTH_CHECKS": True},
}
if DB_ROLE not in EXTRA:
    problem = f"KAKEHASHI_DB_ROLE is {DB_ROLE!r}; it must be one of {', '.join(EXTRA)}."
    raise HouseError(problem)

_server = dict(ADDRESS.server)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DB_NAME,
        "USER": ADDRESS.role(DB_ROLE),
        "PASSWORD": ADDRESS.password(DB_ROLE),
        "HOST": _server.pop("host", ""),
        "PORT": _server.pop("port", ""),
        "ATOMIC_REQUESTS": True,
        **EXTRA[DB_ROLE],
    }
}
DATABASES["default"]["OPTIONS"] = {**_server, **EXTRA[DB_ROLE]["OPTIONS"]}
