"""What a load balancer is told."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import RequestFactory

from kakehashi.house import schema
from kakehashi.house.web import Probes


def application(environ, start_response):
    start_response("200 OK", [])
    return [b"a page"]


def ask(path):
    heard = []
    environ = RequestFactory().get(path).environ
    body = b"".join(Probes(application)(environ, lambda status, _headers: heard.append(status)))
    return heard[0], body.decode().strip()


def comment(text):
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON SCHEMA public IS '{text}'")


def test_a_living_process_says_so_without_a_database():
    assert ask("/healthz") == ("200 OK", "alive")


@pytest.mark.parametrize("path", ["/", "/healthz/", "/readyz.html"])
def test_everything_else_is_the_applications(path):
    assert ask(path) == ("200 OK", "a page")


@pytest.mark.django_db
def test_a_migrated_database_is_ready():
    assert ask("/readyz") == ("200 OK", "ready")


@pytest.mark.django_db(transaction=True)
def test_a_database_of_another_version_waits():
    was = schema.applied()
    comment("kakehashi of another version")
    try:
        status, told = ask("/readyz")
    finally:
        comment(was)

    assert status == "503 Service Unavailable"
    assert told == "the database waits for kakehashi migrate"


def test_a_database_that_is_away_is_not_ready(monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(schema, "applied", away)

    assert ask("/readyz") == ("503 Service Unavailable", "the database does not answer")
