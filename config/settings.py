"""One settings file for laptop, tests and production: what differs comes from the environment."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config.db import DATABASES, DB_NAME  # noqa: F401 - settings by their names
from kakehashi.house.home import Home

HOME = Home.from_environment()
ROOT = Path(__file__).resolve().parent.parent

SECRET_KEY = HOME.secret_key
DEBUG = False
ALLOWED_HOSTS = os.environ.get("KAKEHASHI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("KAKEHASHI_ORIGINS", "").split(",") if o]
BEHIND_TLS = os.environ.get("KAKEHASHI_TLS", "") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "template_partials",
    "procrastinate.contrib.django",
    "kakehashi.ui",  # before allauth: its templates and words win
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "kakehashi.base",
    "kakehashi.policy",
    "kakehashi.history",
    "kakehashi.notify",
    "kakehashi.people",
    "kakehashi.clients",
    "kakehashi.handoffs",
    "kakehashi.approvals",
    "kakehashi.requests",
    "kakehashi.conflicts",
    "kakehashi.briefs",
    "kakehashi.traffic",
    "kakehashi.money",
    "kakehashi.imports",
    "kakehashi.search",
    "kakehashi.api",
    "kakehashi.home",
    "kakehashi.demo",
]

MIDDLEWARE = [
    "kakehashi.house.watching.Watched",
    "kakehashi.conflicts.attempts.NoteAttempts",
    "kakehashi.policy.middleware.OneTransaction",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kakehashi.ui.csp.ContentSecurityPolicy",
    "kakehashi.ui.signing_in_again.SignInAgain",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "kakehashi.policy.middleware.ActingPerson",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"i18n": "kakehashi.ui.said"},  # Django's own, which keeps what is said
            "builtins": ["kakehashi.ui.addresses"],  # the same of the way to a page
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kakehashi.ui.context.shell",
                "kakehashi.notify.web.context.bell",
                "kakehashi.search.web.context.pins",
            ],
        },
    }
]

AUTH_USER_MODEL = "people.Login"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "kakehashi.people.web.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}
USERSESSIONS_TRACK_ACTIVITY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
CSRF_FAILURE_VIEW = "kakehashi.ui.web.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "policy_cache",
    }
}

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("Japanese")), ("en", _("English"))]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = HOME.path / "static"
STYLES = HOME.path / "styles"  # the one style sheet, made of many
STATICFILES_FINDERS = [
    "kakehashi.ui.styles.OneSheet",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME.files},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

SITE_URL = os.environ.get("KAKEHASHI_URL", "http://localhost:8000").rstrip("/")  # in mails
EMAIL_BACKEND = "kakehashi.notify.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = os.environ.get("KAKEHASHI_MAIL_FROM", "kakehashi@localhost")
SMTP_URL = os.environ.get("KAKEHASHI_SMTP_URL", "")
OUTBOX = HOME.path / "outbox"  # where mail goes without an SMTP server
SHOW_OUTBOX = os.environ.get("KAKEHASHI_SHOW_OUTBOX", "") == "1"  # for trying things out only
KEEP_MAIL = dt.timedelta(days=int(os.environ.get("KAKEHASHI_KEEP_MAIL_DAYS", "180")))
KEEP_NOTICES = dt.timedelta(days=int(os.environ.get("KAKEHASHI_KEEP_NOTICES_DAYS", "365")))
MAILIN_ADDRESS = os.environ.get("KAKEHASHI_MAILIN_ADDRESS", "")  # "{token}@in.agency.example"
MAILIN_TRUST = os.environ.get("KAKEHASHI_MAILIN_TRUST", "")  # who writes Authentication-Results
MAILIN_MAILDIR = os.environ.get("KAKEHASHI_MAILIN_MAILDIR", "")
MAILIN_IMAP_URL = os.environ.get("KAKEHASHI_MAILIN_IMAP_URL", "")
MAILIN_MOST_MB = int(os.environ.get("KAKEHASHI_MAILIN_MOST_MB", "25"))
NEWS_SECONDS = 30  # between two questions of one browser whether there is something new

SLOW_STATEMENT = int(os.environ.get("KAKEHASHI_SLOW_MS", "500")) / 1000  # seconds
LOG_AS = os.environ.get("KAKEHASHI_LOG", "line")  # or json
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "kakehashi.house.logs.AsLine",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        },
        "json": {"()": "kakehashi.house.logs.AsJson"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json" if LOG_AS == "json" else "line",
        }
    },
    "loggers": {"kakehashi.requests": {"level": "INFO" if LOG_AS == "json" else "WARNING"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # our i18n stands in the place of Django's on purpose
