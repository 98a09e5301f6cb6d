"""What the benches measured: one file of figures, from which tables and charts are drawn.

`--write docs/bench.md` keeps figures in docs/bench.json as soon as there are any, and draws from it
what stands between two marks of docs/bench.md, and the whole of docs/bench.html where there is one.
`tools/bench.py` draws the same again.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import _chart
import _tables

if TYPE_CHECKING:
    from pathlib import Path

    from pages import Result

Figures = dict[str, Any]


class Kept:
    """The figures beside a page of ours; of nothing, and kept nowhere, where none is named."""

    def __init__(self, page: Path | None) -> None:
        self.page = page
        if page is not None and not page.exists():
            raise SystemExit(f"There is no {page} to write into.")

    def known(self, section: str) -> Figures:
        """What a bench has measured before; empty if it has not."""
        found: Figures = read(self.page).get(section, {}) if self.page else {}
        return found

    def keep(self, section: str, figures: Figures) -> None:
        """What a bench has measured, and on what machine."""
        if self.page is None:
            return
        if _tables.begin(section) not in self.page.read_text(encoding="utf-8"):
            raise SystemExit(f"{self.page} has no place for it: {_tables.begin(section)}")
        everything = read(self.page) | {section: {**machine(), **figures}}
        text = json.dumps(everything, ensure_ascii=False, indent=1) + "\n"
        replace(self.page.with_suffix(".json"), text)
        for file, drawn in drawings(self.page).items():
            replace(file, drawn)


class Rows:
    """Rows of a section by their keys, kept after every one, so that a run may be cut."""

    def __init__(self, page: Path | None, section: str, noun: type[Result], **about: Any) -> None:
        self.kept, self.section, self.noun = Kept(page), section, noun
        self.about = about
        self.rows: dict[Any, Result] = {}

    def read(self) -> None:
        """What an earlier run has measured in an agency of the same size."""
        known = self.kept.known(self.section)
        size = self.about.get("accounts")
        if size and known.get("accounts", size) != size:
            raise SystemExit(f"{self.kept.page} tells of {known['accounts']:,} accounts.")
        fields = self.noun.__dataclass_fields__
        for row in known.get("rows", ()):
            result = self.noun(**{name: value for name, value in row.items() if name in fields})
            self.rows[result.key] = result

    def add(self, result: Result) -> None:
        self.rows[result.key] = result
        rows = [as_data(one) for one in self.rows.values()]
        self.kept.keep(self.section, {**self.about, "rows": rows})


def read(page: Path) -> Figures:
    """The figures beside a page."""
    file = page.with_suffix(".json")
    if not file.exists():
        return {}
    found: Figures = json.loads(file.read_text(encoding="utf-8"))
    return found


def drawings(page: Path) -> dict[Path, str]:
    """What the figures beside a page make of it, and of the charts beside it if there are any."""
    figures = read(page)
    drawn = {page: _tables.filled(page.read_text(encoding="utf-8"), figures)}
    charts = page.with_suffix(".html")
    if charts.exists():
        drawn[charts] = _chart.page(figures)
    return drawn


def replace(file: Path, text: str) -> None:
    """All or nothing: a run may be cut while it writes."""
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)


def as_data(one: Result) -> Figures:
    fields = {k: round(v, 1) if isinstance(v, float) else v for k, v in asdict(one).items()}
    return {**fields, "may_cost": one.may_cost, "ratio": round(one.ratio, 2),
            "complaints": one.complaints}  # fmt: skip


def machine() -> Figures:
    said = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return {
        "on": f"{dt.datetime.now(dt.UTC):%-d %B %Y}",
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "version": said.stdout.strip() or "unknown",
    }
