"""What bench/pages.py measured, on disk after every row: JSON, and a table in a page of ours."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from pages import Result

BEGIN, END = "<!-- measured: written by bench/pages.py -->", "<!-- end of what is measured -->"
HEAD = (
    "| page | who sees | clients | p50 | p95 | aim | processor | HTML | wall |",
    "|---|---|---|---|---|---|---|---|---|",
)


class Written:
    """Rows by page, reader and number of clients; kept in a file, if one is named."""

    def __init__(self, page: Path | None, accounts: int, rounds: int) -> None:
        self.page = page
        self.about = {"accounts": accounts, "rounds": rounds}
        self.rows: dict[tuple[str, str, int], Result] = {}

    @property
    def data(self) -> Path:
        assert self.page is not None
        return self.page.with_suffix(".json")

    def read(self) -> None:
        """What an earlier run has measured in an agency of the same size."""
        from pages import Result

        if self.page is None or not self.data.exists():
            return
        known = json.loads(self.data.read_text(encoding="utf-8"))
        if known["accounts"] != self.about["accounts"]:
            raise SystemExit(f"{self.data} tells of {known['accounts']:,} accounts.")
        fields = Result.__dataclass_fields__
        for row in known["rows"]:
            result = Result(**{name: value for name, value in row.items() if name in fields})
            self.rows[result.key] = result

    def add(self, result: Result) -> None:
        self.rows[result.key] = result
        if self.page is None:
            return
        self._replace(self.data, json.dumps(self._as_data(), ensure_ascii=False, indent=1) + "\n")
        before, _begin, rest = self.page.read_text(encoding="utf-8").partition(BEGIN)
        _old, end, after = rest.partition(END)
        if not end:
            raise SystemExit(f"{self.page} has no place for a table: {BEGIN} … {END}")
        table = "\n".join(self._table())
        self._replace(self.page, f"{before}{BEGIN}\n\n{table}\n\n{END}{after}")

    def _as_data(self) -> dict[str, Any]:
        return {**self.about, **machine(), "rows": [as_data(one) for one in self.rows.values()]}

    def _table(self) -> list[str]:
        there = machine()
        about = (
            f"{there['on']}, {self.about['accounts']:,} accounts, {self.about['rounds']} rounds a"
            f" client, {there['processors']} processors, load {there['load']}, version"
            f" {there['version']}. Milliseconds; *processor* is Python and PostgreSQL together."
        )
        return [about, "", *HEAD, *(_row(one) for one in self.rows.values())]

    @staticmethod
    def _replace(file: Path, text: str) -> None:
        """All or nothing: a run may be cut while it writes."""
        fresh = file.with_name(f".{file.name}.new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(file)


def _row(one: Result) -> str:
    late = "**" if one.p95 > one.budget else ""
    wall = f"{one.ratio:.2f}" if one.open else ""
    cpu = f"{one.cpu:.0f}" if one.cpu else ""
    return (
        f"| {one.page} | {one.reader} | {one.clients} | {one.p50:.0f} | {late}{one.p95:.0f}{late}"
        f" | {one.budget} | {cpu} | {one.size / 1024:.0f} KB | {wall} |"
    )


def as_data(one: Result) -> dict[str, Any]:
    fields = {k: round(v, 1) if isinstance(v, float) else v for k, v in asdict(one).items()}
    return {**fields, "may_cost": one.may_cost, "ratio": round(one.ratio, 2),
            "complaints": one.complaints}  # fmt: skip


def machine() -> dict[str, Any]:
    said = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return {
        "on": f"{dt.date.today():%-d %B %Y}",  # noqa: DTZ011 - of the machine
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "version": said.stdout.strip() or "unknown",
    }
