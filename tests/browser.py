"""A real browser for stories, and what to ask of every page in it.

One Chromium serves the whole run of a worker; the root conftest makes `browser` a fixture.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from kakehashi.people.models import Login

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE = 60  # seconds to wait for what must come, on a slow machine as well
# Nothing is drawn for anybody to see, and no processor of graphics is played by the others.
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-gpu-rasterization")
NAMES = ("chromium", "chromium-browser", "google-chrome")
STICKING_OUT = """() => [...document.body.querySelectorAll("*")]
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
  .map((element) => element.outerHTML.slice(0, 120))
  .slice(0, 5)"""

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; skips, saying how to get it, where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=[*ARGUMENTS])
        yield chromium
        chromium.close()


def sign_in(context: BrowserContext, server: str, login: Login) -> None:
    """Signed in without the door, which has stories of its own."""
    client = Client()
    client.force_login(login)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": server}])


def until(page: Page, true: Callable[[], object]) -> None:
    """Return once it is true; fails where it does not become true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never came"
        page.wait_for_timeout(20)  # the page's events arrive meanwhile


def problems(page: Page, *rules: str, but: tuple[str, ...] = ()) -> list[str]:
    """What axe finds wrong with the page as it stands, by all rules or some; one line a finding.

    `but` are selectors of what was looked at before.

    Open its context with bypass_csp=True: axe measures with inline styles of its own.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    # Only violations are reported, and style sheets are not fetched once more for one rule.
    options: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
    if rules:
        options["runOnly"] = rules
    looked_at = {"include": [["html"]], "exclude": [[selector] for selector in but]}
    found: dict[str, Any] = page.evaluate(
        "([where, options]) => axe.run(where, options)", [looked_at, options]
    )
    return [
        f"{rule['id']}: {node['html'][:120]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def sticks_out(page: Page) -> bool:
    """Whether the page must be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def what_sticks_out(page: Page) -> list[str]:
    """The elements that make it so, outermost first; nothing when the page fits."""
    return page.evaluate(STICKING_OUT) if sticks_out(page) else []
