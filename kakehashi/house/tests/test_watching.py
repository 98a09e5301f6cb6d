"""What operators see of requests, and what they never see."""

from __future__ import annotations

import json
import logging
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory

from kakehashi.house import metrics, watching
from kakehashi.house.logs import AsJson, AsLine
from kakehashi.house.web import Probes

SECRET = "tsubaki"


def last(caplog, name):
    (record,) = [r for r in caplog.records if r.name == name][-1:]
    return json.loads(AsJson().format(record))


@pytest.fixture
def told(caplog):
    caplog.set_level(logging.INFO, logger="kakehashi.requests")
    return lambda name="kakehashi.requests": last(caplog, name)


@pytest.mark.django_db
def test_a_request_is_told_by_its_pattern_its_person_and_its_cost(client, cast, told):
    client.force_login(cast.aki.login_row)

    client.get(f"/people/{cast.aki.pk}/")

    line = told()
    assert line["page"] == "people/<uuid:pk>/"
    assert (line["method"], line["status"]) == ("GET", 200)
    assert line["statements"] > 5
    assert 0 < line["database_ms"] < line["ms"]
    assert str(cast.aki.pk) not in json.dumps(line)


@pytest.mark.django_db
def test_a_request_keeps_the_id_that_a_proxy_gave_and_gets_one_otherwise(client):
    assert client.get("/auth/login/", headers={"X-Request-Id": "proxy-1234"})["X-Request-Id"] == (
        "proxy-1234"
    )
    for given in ("short", "with spaces in it", "line\nbreak1"):
        assert "X-Request-Id" not in client.get("/auth/login/", headers={"X-Request-Id": given})


@pytest.mark.django_db
def test_a_line_written_during_a_request_names_it_and_who_asks(cast):
    request = RequestFactory().get("/")
    request.person = cast.aki
    record = logging.makeLogRecord({"name": "kakehashi.people", "msg": "Something %s", "args": "x"})

    token = watching.current.set(watching.Watch(request, "abcd1234"))
    line = json.loads(AsJson().format(record))
    watching.current.reset(token)

    assert line["request"] == "abcd1234"
    assert line["person"] == str(cast.aki.pk)
    assert "request" not in json.loads(AsJson().format(record))


@pytest.mark.django_db
def test_a_slow_statement_is_told_with_its_page_and_without_its_values(
    client, cast, told, settings
):
    client.force_login(cast.aki.login_row)
    settings.SLOW_STATEMENT = 0

    client.get("/accounts/", {"q": "very secret"})

    line = told("kakehashi.slow")
    assert line["page"] == "accounts/"
    assert re.search("SELECT|SAVEPOINT|RESET", line["sql"])
    assert "very secret" not in json.dumps(line)


@pytest.mark.django_db
def test_what_postgresql_quotes_of_a_row_is_in_no_log(caplog):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE secret (word text CHECK (word = ''))")
            cursor.execute("INSERT INTO secret VALUES (%s)", [SECRET])
    except IntegrityError:
        logging.getLogger("kakehashi").exception("It failed")

    (record,) = caplog.records
    for formatter in (AsJson(), AsLine()):
        line = formatter.format(record)
        assert SECRET not in line
        assert "left out" in line


def scrape(authorization=""):
    heard = []
    environ = RequestFactory().get("/metrics").environ
    if authorization:
        environ["HTTP_AUTHORIZATION"] = authorization
    application = Probes(lambda _environ, start: (start("404 Not Found", []), [b""])[1])
    body = b"".join(application(environ, lambda status, _headers: heard.append(status)))
    return heard[0], body.decode()


def test_figures_are_read_with_the_operators_token_only(monkeypatch):
    metrics.observe("GET", "a/page/", 200, 0.03, 0.01, 12)

    assert scrape()[0] == scrape("Bearer ")[0] == "404 Not Found"
    monkeypatch.setenv("KAKEHASHI_METRICS_TOKEN", "of the operator")
    assert scrape("Bearer of nobody")[0] == "404 Not Found"
    status, told = scrape("Bearer of the operator")

    assert status == "200 OK"
    assert 'kakehashi_requests_total{method="GET",page="a/page/",status="2xx"} ' in told
    assert 'kakehashi_statements_total{page="a/page/"} 12.0' in told
    assert 'kakehashi_request_seconds_bucket{le="0.05",page="a/page/"}' in told
