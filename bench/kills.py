"""Kill every part of a running house under a writing load; no acknowledged write may be missing.

    python bench/kills.py [--kills 100] [--writers 3] [--write MODULE:CLASS] [--json]

`kill -9` goes to database, web server, web worker, worker and supervisor in turn, while writers
post through HTTP and remember which of their writes were answered with 2xx or 3xx. At the end the
database is asked for each of them. Exits 1 if one is missing, or if too few were written to tell.
"""

from __future__ import annotations

import argparse
import http.client
import importlib
import itertools
import json
import os
import random
import shutil
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kakehashi.house import prepare
from kakehashi.house.home import Home
from tests.house import House, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = ("database", "web", "web worker", "worker", "supervisor")
SIGN_IN = "/auth/login/"
PATIENCE = 60  # seconds for the house to take a write again after a kill


class Write(Protocol):
    """What the writers write: something that leaves its mark in the database."""

    def arrange(self) -> None:
        """Make what is needed, as the database's owner, before the house starts."""

    def sign_in(self, browser: Browser) -> None:
        """Become somebody who may write."""

    def send(self, browser: Browser, mark: str) -> int:
        """Write once; return the status."""

    def kept(self) -> set[str]:
        """Return the marks that are in the database, as its owner."""


class Facts:
    """An account executive writes into the account book."""

    login = "writer"

    def arrange(self) -> None:
        from tests import factories as make

        office = make.office("Bureau")
        person = make.staff("Writer", office, "account_executive", handle=self.login)
        self.account = make.account("Sora", office)
        make.seat(person, self.account)

    def sign_in(self, browser: Browser) -> None:
        from tests.factories import PASSWORD

        browser.get(SIGN_IN)
        status = browser.post(SIGN_IN, login=self.login, password=PASSWORD)
        if status != http.client.FOUND or "sessionid" not in browser.cookies:
            message = f"Signing in was answered with {status}."
            raise http.client.HTTPException(message)

    def send(self, browser: Browser, mark: str) -> int:
        return browser.post(
            f"/accounts/{self.account.pk}/book/new/",
            topic="calendar",
            text=mark,
            source="Meeting",
            as_of="2026-04-01",
        )

    def kept(self) -> set[str]:
        from kakehashi.clients.models import Fact

        return set(Fact.objects.values_list("text", flat=True))


@dataclass
class Browser:
    """Just enough of one: cookies, the token of forms, no redirects followed."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    location: str = ""
    size: int = 0
    patience: int = 20  # seconds

    def get(self, path: str) -> int:
        return self._ask("GET", path, None)

    def post(self, path: str, **fields: str) -> int:
        token = self.cookies.get("csrftoken", "")
        return self._ask("POST", path, {"csrfmiddlewaretoken": token, **fields})

    def _ask(self, method: str, path: str, fields: dict[str, str] | None) -> int:
        asked = http.client.HTTPConnection("localhost", self.port, timeout=self.patience)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            asked.request(method, path, urllib.parse.urlencode(fields or {}), headers)
            answer = asked.getresponse()
            self.size = len(answer.read())
        finally:
            asked.close()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.location = answer.headers.get("Location", "")
        return answer.status


@dataclass
class Load:
    """Writers that never stop, and what they were told."""

    write: Write
    port: int
    acknowledged: list[str] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    stopping: threading.Event = field(default_factory=threading.Event)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def run(self) -> None:
        """Write until told to stop; sign in again whenever that is asked for."""
        browser = Browser(self.port)
        while not self.stopping.is_set():
            try:
                if "sessionid" not in browser.cookies:
                    self.write.sign_in(browser)
                self._write(browser)
            except (OSError, http.client.HTTPException) as problem:
                self.outcomes[f"no answer: {type(problem).__name__}"] += 1
                time.sleep(0.1)

    def _write(self, browser: Browser) -> None:
        mark = f"mark {next(self.numbers)}"
        status = self.write.send(browser, mark)
        self.outcomes[str(status)] += 1
        if browser.location.startswith(SIGN_IN):
            browser.cookies.clear()  # asked to sign in: nothing was acknowledged
        elif status < http.client.BAD_REQUEST:
            self.acknowledged.append(mark)
        else:
            time.sleep(0.05)


def main() -> int:
    """Kill, compare, report."""
    arguments = parse()
    home = Home(Path(tempfile.mkdtemp(prefix="kakehashi-kills-")))
    os.environ["KAKEHASHI_HOME"] = str(home.path)
    module, _, name = arguments.write.partition(":")
    write = getattr(importlib.import_module(module), name)()
    with prepare.ready("owner"):
        write.arrange()
    house = House(home, free_port())
    house.start()
    load = Load(write, house.port)
    writers = [threading.Thread(target=load.run, daemon=True) for _ in range(arguments.writers)]
    for writer in writers:
        writer.start()
    try:
        pauses, killed = kill(house, load, arguments.kills)
    finally:
        load.stopping.set()
        for writer in writers:
            writer.join()
        house.stop()
    with prepare.ready("owner"):
        kept = write.kept()
    code = report(load, kept, pauses, killed, as_json=arguments.json)
    if code == 0:
        shutil.rmtree(home.path)
    else:
        print(f"kept for a look: {home.path}", file=sys.stderr)
    return code


def kill(house: House, load: Load, kills: int) -> tuple[list[float], Counter[str]]:
    """Kill the parts in turn, each time once writes are acknowledged again."""
    pauses, killed = [], Counter[str]()
    wait_for_a_write(load)
    for part in itertools.islice(itertools.cycle(PARTS), kills):
        time.sleep(random.uniform(0.2, 1.2))
        house.kill(part)
        killed[part] += 1
        began = time.monotonic()
        if part == "supervisor":
            house.start()
        wait_for_a_write(load)
        pauses.append(time.monotonic() - began)
        print(f"\r{sum(killed.values())} of {kills} kills", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return pauses, killed


def wait_for_a_write(load: Load) -> None:
    """Wait for an acknowledgement newer than now."""
    before, end = len(load.acknowledged), time.monotonic() + PATIENCE
    while len(load.acknowledged) == before:
        if time.monotonic() > end:
            message = f"No write was taken for {PATIENCE} s: {dict(load.outcomes)}"
            raise TimeoutError(message)
        time.sleep(0.02)


def report(
    load: Load, kept: set[str], pauses: list[float], killed: Counter[str], *, as_json: bool
) -> int:
    """Print what was found; 1 if an acknowledged write is missing."""
    missing = sorted(set(load.acknowledged) - kept)
    found = {
        "kills": dict(killed),
        "acknowledged": len(load.acknowledged),
        "missing": missing,
        "answers": dict(load.outcomes),
        "longest_pause_s": round(max(pauses), 2),
        "median_pause_s": round(sorted(pauses)[len(pauses) // 2], 2),
    }
    if as_json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name:16} {value}")
    return 1 if missing or len(load.acknowledged) < sum(killed.values()) else 0


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--writers", type=int, default=3)
    parser.add_argument("--write", default="kills:Facts", help="MODULE:CLASS of what is written")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
