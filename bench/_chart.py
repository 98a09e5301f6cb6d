"""A page of charts of the figures, whole in one file: no script, nothing fetched.

Every chart stands in or above the table of its figures; colour says nothing that is not also said
by length, shape or word.
"""

from __future__ import annotations

import math
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import _sums
import _tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Figures = dict[str, Any]
STYLE = Path(__file__).with_name("_chart.css")
TITLE = "Pages of a large agency, measured"
ABOUT = (
    'Drawn from <a href="bench.json">bench.json</a>; what is measured, and why some of it misses'
    ' its aim, is told in <a href="bench.md">bench.md</a>.'
)
OF_THE_AIM = 4  # times the aim is as far as a bar goes
OF_THE_WALL = 6.0  # as is this ratio
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 320, 190, 12, 66, 22, 26  # of a small chart of growth
LETTER = 13  # between two labels at the ends of lines
READER = ("one", "two", "three")  # how the lines of readers are drawn


def page(figures: Figures) -> str:
    """All of it; what is not measured yet says so."""
    parts = [
        section(name, title, draw(figures) or [paragraph(_tables.missing(name))])
        for name, (title, draw) in SECTIONS.items()
    ]
    links = [f'<li><a href="#{name}">{title}</a></li>' for name, (title, _) in SECTIONS.items()]
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            '<head><meta charset="utf-8"><title>' + TITLE + "</title>",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<style>\n{STYLE.read_text(encoding='utf-8')}</style></head>",
            "<body>",
            f"<header><h1>{TITLE}</h1>",
            f"<p>{ABOUT}</p>",
            '<nav aria-label="On this page"><ul>', *links, "</ul></nav></header>",
            "<main>", *parts, "</main>",
            "</body></html>", "",
        ]
    )  # fmt: skip


def section(name: str, title: str, parts: Sequence[str]) -> str:
    return "\n".join(
        [f'<section id="{name}" aria-labelledby="{name}-title">',
         f'<h2 id="{name}-title">{title}</h2>', *parts, "</section>"]
    )  # fmt: skip


# Pages against their aims


def pages(figures: Figures) -> list[str]:
    measured = figures.get("pages")
    if not measured:
        return []
    groups = _sums.groups(measured["rows"])
    about = f"{measured['accounts']:,} accounts, {measured['rounds']} rounds a client"
    heads = "who sees, by how many at once | pages | miss | p50 | p95 | furthest from its aim"
    lines = [
        *_tables.head(heads),
        *(
            _tables.line(
                called(one), len(one.rows), one.misses, f"{one.p50:.0f}", f"{one.p95:.0f}",
                f"{one.worst['page']} ({one.worst['p95']:.0f} of {one.worst['budget']})",
            )
            for one in groups
        ),
    ]  # fmt: skip
    bars = [share(len(one.rows) - one.misses, len(one.rows)) for one in groups]
    return [
        paragraph(f"{_tables.where(measured, about)} Milliseconds over HTTP."),
        table(lines, "The middle page of each reader; the bar is the share within the aim", bars),
        paragraph(
            "Below, each page against its own aim, which is the upright line: the bar is p50, the"
            f" thin line ends at p95. Both end at {OF_THE_AIM} times the aim, with an arrow."
        ),
        *(_of_a_group(one, is_open=at == 0) for at, one in enumerate(groups)),
    ]


def _of_a_group(group: _sums.Group, *, is_open: bool) -> str:
    heads = "page | p50 | p95 | aim | processor | statements | HTML | wall"
    lines = [*_tables.head(heads), *(_tables.page_line(row) for row in group.rows)]
    bars = [against(row["p50"], row["p95"], row["budget"]) for row in group.rows]
    told = f"{called(group)}: {group.misses} of {len(group.rows)} miss"
    name = escape(told)
    opened = " open" if is_open else ""
    shown = table(lines, f"Pages of who sees {called(group)}", bars)
    return f"<details{opened}><summary>{name}</summary>\n{shown}\n</details>"


def called(group: _sums.Group) -> str:
    return f"{group.reader}, {group.clients} at once" if group.clients > 1 else group.reader


def against(p50: float, p95: float, aim: float) -> str:
    """A bar to p50 and a thin line to p95, where the aim is always at the same place."""
    full = aim * OF_THE_AIM
    late = " late" if p95 > aim else ""
    middle, far = percent(p50, full), percent(p95, full)
    arrow = '<svg x="100%" overflow="visible"><path d="M-7 1 L0 7 L-7 13 Z"/></svg>'
    return svg(
        f'<g class="bar{late}"><rect y="3" height="8" width="{middle}"/>'
        f'<rect y="6" height="2" width="{far}"/>{arrow if p95 > full else ""}</g>'
        f'<rect class="aim" x="{percent(aim, full)}" width="2" height="14"/>'
    )


def share(some: float, all_of_it: float) -> str:
    return svg(
        '<rect class="rest" y="3" height="8" width="100%"/>'
        f'<g class="bar"><rect y="3" height="8" width="{percent(some, all_of_it)}"/></g>'
    )


# The wall, growth, memory, import, search


def wall(figures: Figures) -> list[str]:
    prices = _sums.prices(figures.get("pages", {}).get("rows", ()))
    if not prices:
        return []
    bars = [
        svg(
            f'<g class="bar{" late" if one.ratio > one.aim else ""}">'
            f'<rect y="3" height="8" width="{percent(one.ratio, OF_THE_WALL)}"/></g>'
            f'<rect class="aim" x="{percent(one.aim, OF_THE_WALL)}" width="2" height="14"/>'
        )
        for one in prices
    ]
    about, _empty, *lines = _tables.wall(figures)
    return [
        paragraph(about),
        table(lines, "The bar is the ratio, the upright line its aim", bars),
    ]


def growth(figures: Figures) -> list[str]:
    measured = figures.get("growth")
    if not measured:
        return []
    found = _sums.growths(measured["rows"])
    readers = list(dict.fromkeys(one.reader for one in found))
    looks = list(dict.fromkeys(one.page for one in found))
    legend = [
        f'<li><svg class="key" width="34" height="12" aria-hidden="true">'
        f'<path class="line {READER[at]}" d="M0 6 H34"/></svg>{escape(reader)}</li>'
        for at, reader in enumerate(readers)
    ]
    about, _empty, *lines = _tables.growth(figures)
    return [
        paragraph(about),
        '<ul class="legend" aria-label="Lines, by who sees how much">', *legend, "</ul>",
        '<div class="small">',
        *(curves(look, [one for one in found if one.page == look], readers) for look in looks),
        "</div>",
        table(lines, "Growth, in figures"),
    ]  # fmt: skip


def curves(look: str, found: list[_sums.Growth], readers: list[str]) -> str:
    """One page: milliseconds at p50 upwards, accounts to the right, each ten times the last."""
    sizes = sorted({size for one in found for size in one.accounts})
    most = rounded_up(max(row["p50"] for one in found for row in one.rows))
    said = "; ".join(
        f"{one.reader} from {one.rows[0]['p50']:.0f} to {one.rows[-1]['p50']:.0f}" for one in found
    )
    drawn = list(_axes(sizes, most))
    ends = []
    for one in found:
        style = READER[readers.index(one.reader)]
        points = [(_across(row["accounts"], sizes), _up(row["p50"], most)) for row in one.rows]
        way = " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        drawn.append(f'<path class="line {style}" d="M{way}"/>')
        drawn += [f'<circle class="{style}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points]
        ends.append((*points[-1], f"{one.rows[-1]['p50']:.0f} ms"))
    drawn += [f'<text x="{x + 8:.1f}" y="{y + 4:.1f}">{text}</text>' for x, y, text in apart(ends)]
    label = escape(f"{look}, milliseconds at p50: {said}", quote=True)
    return (
        f"<figure><figcaption>{escape(look)}</figcaption>"
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">'
        f"{''.join(drawn)}</svg></figure>"
    )


def _axes(sizes: list[int], most: float) -> Iterator[str]:
    for part in (0, 0.5, 1):
        y = _up(most * part, most)
        yield f'<path class="grid" d="M{LEFT} {y:.1f} H{WIDTH - RIGHT}"/>'
    yield f'<text x="{LEFT}" y="{TOP - 7}">{most:g} ms</text>'
    for size in sizes:
        x = _across(size, sizes)
        where = "start" if size == sizes[0] else "middle"
        yield f'<text x="{x:.1f}" y="{HEIGHT - 8}" text-anchor="{where}">{size:,}</text>'


def _across(size: int, sizes: list[int]) -> float:
    """Where a size stands: equal factors are equally far."""
    least, most = math.log(sizes[0]), math.log(sizes[-1])
    part = (math.log(size) - least) / (most - least) if most > least else 0.0
    return LEFT + part * (WIDTH - LEFT - RIGHT)


def _up(value: float, most: float) -> float:
    return HEIGHT - BOTTOM - value / most * (HEIGHT - BOTTOM - TOP)


def rounded_up(value: float) -> float:
    """The next of 1, 2, 5, 10 and so on."""
    power = 10 ** math.floor(math.log10(value)) if value > 0 else 1
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value)


def apart(ends: list[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    """Labels from below upwards, none over another."""
    placed: list[tuple[float, float, str]] = []
    for x, y, text in sorted(ends, key=lambda end: -end[1]):
        below = placed[-1][1] if placed else math.inf
        placed.append((x, min(y, below - LETTER), text))
    return placed


def memory(figures: Figures) -> list[str]:
    measured = figures.get("memory")
    if not measured:
        return []
    rows = measured["rows"]
    most = max(max(row["at_rest"], row["after"]) for row in rows)
    bars = [
        svg(
            f'<rect class="rest" y="1" height="5" width="{percent(row["at_rest"], most)}"/>'
            f'<g class="bar"><rect y="7" height="6" width="{percent(row["after"], most)}"/></g>'
        )
        for row in rows
    ]
    about, _empty, *lines = _tables.memory(figures)
    caption = "The upper bar is what a process held at rest, the lower after the pages"
    return [paragraph(about), table(lines, caption, bars)]


def imported(figures: Figures) -> list[str]:
    if "import" not in figures:
        return []
    about, _empty, *lines = _tables.imported(figures)
    return [paragraph(about), table(lines, "A file of revenue, from the file to the commit")]


def search(figures: Figures) -> list[str]:
    measured = figures.get("search")
    if not measured:
        return []
    about, _empty, *lines = _tables.search(figures)
    between = lines.index("")
    bars = [against(row["p50"], row["p95"], row["budget"]) for row in measured["pages"]]
    most = max(max(row["cpu"], row["like"]) for row in measured["index"])
    beside = [
        svg(
            f'<g class="bar"><rect y="1" height="5" width="{percent(row["cpu"], most)}"/></g>'
            f'<rect class="rest" y="7" height="6" width="{percent(row["like"], most)}"/>'
        )
        for row in measured["index"]
    ]
    caption = "The index: the upper bar is its processor time, the lower that of LIKE"
    return [
        paragraph(about),
        table(lines[:between], "Pages against their aim", bars),
        table(lines[between + 1 :], caption, beside),
    ]


# Pieces


def svg(inside: str) -> str:
    """A bar under the name of its row, whose figures stand beside it."""
    return f'<svg class="bars" width="100%" height="14" aria-hidden="true">{inside}</svg>'


def percent(value: float, full: float) -> str:
    return f"{min(value / full, 1) * 100 if full else 0:.1f}%"


def table(lines: Sequence[str], caption: str, bars: Sequence[str] = ()) -> str:
    """A table of ours in HTML, with the bars of its rows."""
    heads, _rule, *rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in lines]
    numbers = [all(is_number(row[at]) for row in rows) for at in range(len(heads))]
    body = [
        _row(cells, numbers, bars[at] if at < len(bars) else "") for at, cells in enumerate(rows)
    ]
    named = escape(caption, quote=True)
    return "\n".join(
        [
            f'<p class="caption">{escape(caption)}</p>',
            f'<div class="wide" role="region" tabindex="0" aria-label="{named}"><table>',
            "<thead><tr>",
            *(
                f'<th scope="col"{aligned(is_right=right)}>{escape(name)}</th>'
                for name, right in zip(heads, numbers, strict=True)
            ),
            "</tr></thead><tbody>", *body, "</tbody></table></div>",
        ]
    )  # fmt: skip


def _row(cells: list[str], numbers: list[bool], bar: str) -> str:
    first, *others = (
        f"{aligned(is_right=right)}>{words(cell)}"
        for cell, right in zip(cells, numbers, strict=True)
    )
    return (
        f'<tr><th scope="row"{first}{bar}</th>' + "".join(f"<td{o}</td>" for o in others) + "</tr>"
    )


def aligned(*, is_right: bool) -> str:
    return "" if is_right else ' class="text"'


def is_number(cell: str) -> bool:
    return not cell or bool(re.fullmatch(r"(\*\*)?-?[\d,.]+(×| KB| \(\d+\))?(\*\*)?", cell))


def paragraph(text: str) -> str:
    return f"<p>{words(text)}</p>"


def words(text: str) -> str:
    """Markdown as our tables have it."""
    safe = escape(text)
    safe = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", safe)
    safe = re.sub(r"\*(.+?)\*", r"<em>\1</em>", safe)
    return re.sub(r"`(.+?)`", r"<code>\1</code>", safe)


SECTIONS = {
    "pages": ("Pages", pages),
    "wall": ("What the wall costs", wall),
    "growth": ("Growth", growth),
    "memory": ("Memory", memory),
    "import": ("Import", imported),
    "search": ("Finding", search),
}
