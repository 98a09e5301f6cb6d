"""What a load balancer and a monitor ask. Answered without any person."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.db import Error, connection

from kakehashi.house import metrics, schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger(__name__)

Answer = tuple[HTTPStatus, str]


def healthz() -> Answer:
    """Tell that this process serves requests, whatever the database does."""
    return HTTPStatus.OK, "alive"


def readyz() -> Answer:
    """Tell whether the database answers, and has the schema this program was written for."""
    try:
        current = schema.is_current()
    except Error as problem:
        logger.warning("readyz: %s", problem)
        return HTTPStatus.SERVICE_UNAVAILABLE, "the database does not answer"
    finally:
        connection.close()
    if not current:
        return HTTPStatus.SERVICE_UNAVAILABLE, "the database waits for kakehashi migrate"
    return HTTPStatus.OK, "ready"


METRICS = "/metrics"  # with the operator's token; to everybody else there is no such page
PLAIN = "text/plain; charset=utf-8"
PROBES: dict[str, Callable[[], Answer]] = {"/healthz": healthz, "/readyz": readyz}


class Probes:
    """Answers the probes outside Django's middleware: they need no transaction and no session."""

    def __init__(self, application: WSGIApplication) -> None:
        """Wrap the application that answers everything else."""
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a probe, or pass the request on."""
        if environ["PATH_INFO"] == METRICS and metrics.may_read(
            environ.get("HTTP_AUTHORIZATION", "")
        ):
            kind, told = metrics.text()
            return _answer(start_response, HTTPStatus.OK, kind, told)
        probe = PROBES.get(environ["PATH_INFO"])
        if probe is None:
            return self.application(environ, start_response)
        status, text = probe()
        return _answer(start_response, status, PLAIN, f"{text}\n".encode())


def _answer(
    start_response: StartResponse, status: HTTPStatus, kind: str, body: bytes
) -> Iterable[bytes]:
    headers = [
        ("Content-Type", kind),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
    ]
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]
