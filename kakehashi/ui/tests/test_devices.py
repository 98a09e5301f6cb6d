"""A session is told apart by its browser and device, not by a line nobody reads."""

from __future__ import annotations

import pytest

from kakehashi.ui.devices import device_name

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"{WINDOWS}Chrome/140.0.0.0 Safari/537.36", "Chrome 140 · Windows"),
        (f"{WINDOWS}Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge 140 · Windows"),
        (f"{IPHONE}Version/18.5 Mobile/15E148 Safari/604.1", "Safari 18 · iPhone"),
        (f"{MAC}Version/18.5 Safari/605.1.15", "Safari 18 · macOS"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Firefox/143.0", "Firefox 143 · Linux"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_browser_is_named_with_its_device(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
