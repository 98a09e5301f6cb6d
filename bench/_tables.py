"""Tables of figures, as they stand between two marks of a page in docs/."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import _sums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Figures = dict[str, Any]
COMMANDS = {
    "pages": "bench/pages.py --home /somewhere/large --write docs/bench.md",
    "wall": "bench/pages.py --home /somewhere/large --write docs/bench.md",
    "memory": "bench/pages.py --home /somewhere/large --write docs/bench.md",
    "growth": "bench/growth.py --home-of-largest /somewhere/large --write docs/bench.md",
    "import": "bench/import_revenue.py --write docs/bench.md",
    "search": "bench/search.py --home /somewhere/large --write docs/bench.md",
    "conflicts": "bench/conflicts.py --write docs/bench-conflicts.md",
}
MEGABYTE = 1024 * 1024


def begin(section: str) -> str:
    return f"<!-- {section}: what is measured stands here -->"


def end(section: str) -> str:
    return f"<!-- end of {section} -->"


def filled(page: str, figures: Figures) -> str:
    """A page with the tables of its marks; without figures they say how to measure."""
    for section, lines in SECTIONS.items():
        if begin(section) not in page:
            continue
        before, _begin, rest = page.partition(begin(section))
        _old, mark, after = rest.partition(end(section))
        if not mark:
            raise SystemExit(f"{begin(section)} has no {end(section)}")
        table = "\n".join(lines(figures) or [missing(section)])
        page = f"{before}{begin(section)}\n\n{table}\n\n{mark}{after}"
    return page


def missing(section: str) -> str:
    return f"Not measured yet: `python {COMMANDS[section]}`."


def pages(figures: Figures) -> list[str]:
    measured = figures.get("pages")
    if not measured:
        return []
    about = f"{measured['accounts']:,} accounts, {measured['rounds']} rounds a client"
    heads = "page | who sees | clients | p50 | p95 | aim | processor | statements | HTML | wall"
    return [
        f"{where(measured, about)} Milliseconds; *processor* is Python and PostgreSQL together.",
        "",
        *head(heads),
        *(page_line(row, row["reader"], row["clients"]) for row in measured["rows"]),
    ]


def page_line(row: Figures, *whose: object) -> str:
    """One page, and whose it is where a table has several readers."""
    return line(
        row["page"], *whose, f"{row['p50']:.0f}",
        bold(f"{row['p95']:.0f}", when=_sums.is_late(row)), row["budget"],
        f"{row['cpu']:.0f}" if row["cpu"] else "", row.get("statements") or "",
        f"{row['size'] / 1024:.0f} KB", f"{row['ratio']:.2f}" if row["open"] else "",
    )  # fmt: skip


def wall(figures: Figures) -> list[str]:
    prices = _sums.prices(figures.get("pages", {}).get("rows", ()))
    if not prices:
        return []
    heads = "kind of page | who sees | ratio | aim | pages | without | with | more | dearest"
    about = (
        "Milliseconds of PostgreSQL's processor on the middle page, from the same run as the pages;"
        " *ratio* is the time of all pages with the wall over that without it."
    )
    return [
        about,
        "",
        *head(heads),
        *(
            line(
                one.kind, one.reader, bold(f"{one.ratio:.2f}", when=one.ratio > one.aim),
                f"{one.aim:.1f}", len(one.rows), f"{one.open:,.1f}", f"{one.walled:,.1f}",
                f"{one.more:,.1f}", f"{one.dearest['page']} ({extra(one.dearest):+,.1f})",
            )
            for one in prices
        ),
    ]  # fmt: skip


def extra(row: Figures) -> float:
    """Milliseconds that the wall adds."""
    found: float = row["walled"] - row["open"]
    return found


def memory(figures: Figures) -> list[str]:
    measured = figures.get("memory")
    if not measured:
        return []
    about = f"{measured['accounts']:,} accounts, {measured['asked']:,} pages asked for in between"
    rows = measured["rows"]
    return [
        f"{where(measured, about)} Megabytes, shared pages in equal parts (PSS).",
        "",
        *head("process | how many | at rest | after the pages"),
        *(
            line(row["process"], _number(*row["number"]), _megabytes([row], "at_rest"),
                 _megabytes([row], "after"))
            for row in rows
        ),
        line("all together", "", _megabytes(rows, "at_rest"), _megabytes(rows, "after")),
    ]  # fmt: skip


def _number(at_rest: int, after: int) -> str:
    """How many there are; nothing of what is no process."""
    return "" if not after else str(after) if at_rest == after else f"{at_rest}, then {after}"


def _megabytes(rows: list[Figures], when: str) -> str:
    found = sum(row[when] for row in rows) / MEGABYTE
    return f"{found:,.0f}" if found >= 10 else f"{found:.1f}"


def growth(figures: Figures) -> list[str]:
    measured = figures.get("growth")
    if not measured:
        return []
    found = _sums.growths(measured["rows"])
    scales = sorted({size for one in found for size in one.accounts})
    about = where(measured, f"one client, {measured['rounds']} rounds a page")
    about += (
        " Milliseconds at p50 for so many accounts, the processor's beside it; then how many times"
        " the smallest the largest is."
    )
    heads = ["page", "who sees", *(f"{size:,}" for size in scales), "p50", "processor"]
    return [
        about,
        "",
        *head(" | ".join(heads)),
        *(
            line(one.page, one.reader, *_sizes(one, scales), f"{one.times('p50')[-1]:.1f}×",
                 f"{one.times('cpu')[-1]:.1f}×")
            for one in found
        ),
    ]  # fmt: skip


def _sizes(one: _sums.Growth, scales: list[int]) -> Iterator[str]:
    rows = {row["accounts"]: row for row in one.rows}
    for size in scales:
        row = rows.get(size)
        yield f"{row['p50']:.0f} ({row['cpu']:.0f})" if row else ""


def imported(figures: Figures) -> list[str]:
    measured = figures.get("import")
    if not measured:
        return []
    about = where(measured, f"{measured['rows']:,} rows over {measured['accounts']:,} accounts")
    about += (
        " From the file to the commit; for real it takes"
        f" {measured['times_bare']:.1f} times a bare COPY and INSERT."
    )
    kinds = {
        "bare": "COPY and INSERT alone",
        "rehearsal": "rehearsed",
        "real": "for real",
        "unchanged": "for real, nothing changed",
    }
    return [
        about,
        "",
        *head("how | seconds | of processor | rows a second | a second of processor"),
        *(
            line(said, f"{measured[name]:.1f}", f"{measured[f'{name}_processor']:.1f}",
                 f"{measured['rows'] / measured[name]:,.0f}",
                 f"{measured['rows'] / measured[f'{name}_processor']:,.0f}")
            for name, said in kinds.items()
        ),
    ]  # fmt: skip


def search(figures: Figures) -> list[str]:
    measured = figures.get("search")
    if not measured:
        return []
    about = where(measured, f"{measured['accounts']:,} accounts, {measured['rounds']} rounds")
    about += (
        " Milliseconds; beside the index stands the processor's time of a plain LIKE over the same"
        " names, asked by their owner."
    )
    return [
        about,
        "",
        *head("page | who sees | p50 | p95 | aim | processor"),
        *(
            line(row["page"], row["reader"], f"{row['p50']:.0f}",
                 bold(f"{row['p95']:.0f}", when=_sums.is_late(row)), row["budget"],
                 f"{row['cpu']:.0f}")
            for row in measured["pages"]
        ),
        "",
        *head("looked for in the index | who sees | p50 | p95 | processor | LIKE | found at most"),
        *(
            line(row["what"], row["reader"], f"{row['p50']:.1f}", f"{row['p95']:.1f}",
                 f"{row['cpu']:.1f}", f"{row['like']:.1f}", f"{row['rows']:,}")
            for row in measured["index"]
        ),
    ]  # fmt: skip


def conflicts(figures: Figures) -> list[str]:
    measured = figures.get("conflicts")
    if not measured:
        return []
    about = (
        f"{measured['accounts']:,} accounts, {measured['commitments']:,} commitments,"
        f" {measured['rounds']} rounds"
    )
    return [
        f"{where(measured, about)} Milliseconds; *processor* is Python and PostgreSQL together.",
        "",
        *conflict_rows(measured["rows"]),
    ]


def conflict_rows(rows: list[Figures]) -> list[str]:
    heads = head("what | p50 | p95 | processor | budget | found | ratio")
    return [*heads, *map(_conflict, rows)]


def _conflict(row: Figures) -> str:
    late = bool(row["budget"] and row["p50"] > row["budget"])
    return line(
        row["kind"], bold(f"{row['p50']:,.1f}", when=late), f"{row['p95']:,.1f}",
        f"{row['cpu']:,.1f}", row["budget"] or "",
        "" if row["found"] is None else f"{row['found']:,.0f}",
        f"{row['ratio']:.2f}" if row["ratio"] else "",
    )  # fmt: skip


def where(measured: Figures, about: str) -> str:
    """When something was measured, and on what."""
    version = f", version {measured['version']}" if "version" in measured else ""
    return (
        f"{measured['on']}, {about}, {measured['processors']} processors, load"
        f" {measured['load']}{version}."
    )


def head(names: str) -> tuple[str, str]:
    return f"| {names} |", "|---" * len(names.split(" | ")) + "|"


def line(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def bold(text: str, *, when: bool) -> str:
    return f"**{text}**" if when else text


SECTIONS: dict[str, Callable[[Figures], list[str]]] = {
    "pages": pages, "wall": wall, "memory": memory, "growth": growth, "import": imported,
    "search": search, "conflicts": conflicts,
}  # fmt: skip
