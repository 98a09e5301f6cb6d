"""Documents on paper: what is to be said goes into a template of papers/, and comes out as PDF.

The same words give the same bytes on the same version of the program: nothing of the moment of
printing, of the machine or of its fonts goes in.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typst

if TYPE_CHECKING:
    import datetime as dt

HERE = Path(__file__).parent
PAPERS = HERE / "papers"
FONTS = HERE / "fonts"
STANDARD: Final = "a-2b"  # PDF/A: readable in ten years, with everything in it


class NoFonts(RuntimeError):
    """The typefaces are not installed: `make install` fetches them."""


def pdf(paper: str, words: dict[str, Any], *, dated: dt.datetime) -> bytes:
    """A document as PDF; `paper` names its template, `dated` is the moment it is of.

    Words are data and never markup: what somebody typed is set as it was typed.
    """
    if not any(FONTS.glob("*.ttf")):
        raise NoFonts("No typeface for documents: run `make install`.")
    made = typst.compile(
        PAPERS / f"{paper}.typ",
        root=PAPERS,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"words": json.dumps(words, ensure_ascii=False)},
        pdf_standards=[STANDARD],
        timestamp=int(dated.timestamp()),
    )
    return bytes(made)
