"""The palette keeps its promises: text 4.5 to 1, edges of inputs 3 to 1, by day and by night."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kakehashi.ui import apps

TOKENS = Path(apps.__file__).parent / "static/ui/css/tokens.css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);")
PALETTE = {name: (day, night) for name, day, night in PAIR.findall(TOKENS.read_text("utf-8"))}

TEXT = [
    *[(ink, ground) for ink in ("ink", "soft") for ground in ("paper", "card", "sunk")],
    *[(ink, wash) for ink in ("ink", "soft") for wash in ("ai-wash", "shu-wash", "kin-wash")],
    *[(hue, g) for hue in ("ai", "shu", "kin", "matsu") for g in ("paper", "card", f"{hue}-wash")],
    ("ai", "sunk"),
    ("ai-strong", "paper"),
    ("ai-strong", "card"),
    ("ink", "matsu-wash"),
    ("on-ai", "ai"),
    ("on-ai", "ai-strong"),
]
EDGES = [("edge", ground) for ground in ("paper", "card")]
THEMES = pytest.mark.parametrize("theme", [0, 1], ids=["day", "night"])


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@THEMES
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(ink: str, ground: str, theme: int) -> None:
    assert contrast(PALETTE[ink][theme], PALETTE[ground][theme]) >= 4.5


@THEMES
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_the_edge_of_an_input_can_be_seen(edge: str, ground: str, theme: int) -> None:
    assert contrast(PALETTE[edge][theme], PALETTE[ground][theme]) >= 3


def test_no_style_sheet_names_a_colour_of_its_own() -> None:
    """Colours come from the tokens; print is black on white, a code to scan is white."""
    sheets = TOKENS.parent.parent.rglob("*.css")
    strays = {
        f"{sheet.name}: {found}"
        for sheet in sheets
        if sheet.name not in {"tokens.css", "print.css"}
        for found in re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,) ])|\brgb\([^)]*\)", sheet.read_text())
    }

    assert strays == {"entrance.css: #fff", "entrance.css: #000"}
