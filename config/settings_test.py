"""Settings of the tests: the owner arranges, a request steps down, passwords are cheap."""

from __future__ import annotations

from config.settings import *
from config.settings import DATABASES, DB_NAME, MIDDLEWARE

DATABASES["default"]["TEST"] = {"TEMPLATE": DB_NAME}  # migrated once, then cloned
MIDDLEWARE = ["tests.cluster.StepsDown", *MIDDLEWARE]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of an absent one
