"""Which browser on which device, from what a browser says of itself."""

from __future__ import annotations

import re

BROWSERS = (
    ("Edge", re.compile(r"Edg(?:e|A|iOS)?/(\d+)")),
    ("Opera", re.compile(r"OPR/(\d+)")),
    ("Firefox", re.compile(r"(?:Firefox|FxiOS)/(\d+)")),
    ("Chrome", re.compile(r"(?:Chrome|CriOS)/(\d+)")),
    ("Safari", re.compile(r"Version/(\d+).*Safari/")),
)
SYSTEMS = (
    ("iPhone", re.compile("iPhone")),
    ("iPad", re.compile("iPad")),
    ("Android", re.compile("Android")),
    ("Windows", re.compile("Windows")),
    ("macOS", re.compile("Macintosh")),
    ("ChromeOS", re.compile("CrOS")),
    ("Linux", re.compile("Linux")),
)


def device_name(user_agent: str) -> str:
    """Such as Chrome 140 · Windows; what cannot be told stays as it was sent."""
    browser = next(
        (f"{name} {found[1]}" for name, mark in BROWSERS if (found := mark.search(user_agent))), ""
    )
    system = next((name for name, mark in SYSTEMS if mark.search(user_agent)), "")
    return " · ".join(filter(None, (browser, system))) or user_agent
