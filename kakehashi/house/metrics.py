"""Figures for Prometheus: requests and what they cost, over all server processes of a machine."""

from __future__ import annotations

import hmac
import os
import shutil
from typing import TYPE_CHECKING

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

if TYPE_CHECKING:
    from pathlib import Path

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # the library's own variable
TOKEN = "KAKEHASHI_METRICS_TOKEN"  # noqa: S105 - the name of a variable
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)  # seconds

REQUESTS = Counter("kakehashi_requests", "Requests answered", ["method", "page", "status"])
SECONDS = Histogram("kakehashi_request_seconds", "Time until the answer", ["page"], buckets=BUCKETS)
DATABASE = Counter("kakehashi_database_seconds", "Time spent in the database", ["page"])
STATEMENTS = Counter("kakehashi_statements", "Statements run", ["page"])
READ = Counter("kakehashi_pages_read", "Pages read, by the database that answered", ["database"])


def observe(
    method: str, page: str, status: int, took: float, in_database: float, statements: int
) -> None:
    """Count a request; times in seconds."""
    REQUESTS.labels(method, page, f"{status // 100}xx").inc()
    SECONDS.labels(page).observe(took)
    DATABASE.labels(page).inc(in_database)
    STATEMENTS.labels(page).inc(statements)


def may_read(authorization: str) -> bool:
    """Whether a header `Authorization` carries the operator's token; without one, nobody may."""
    token = os.environ.get(TOKEN, "")
    return bool(token) and hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode())


def text() -> tuple[str, bytes]:
    """Content type and text of all figures, of all processes where they share a folder."""
    if os.environ.get(SHARED):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
        return CONTENT_TYPE_LATEST, generate_latest(registry)
    return CONTENT_TYPE_LATEST, generate_latest(REGISTRY)


def share(folder: Path) -> dict[str, str]:
    """Make an empty folder in which the server's processes count together."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    return {SHARED: str(folder)}
