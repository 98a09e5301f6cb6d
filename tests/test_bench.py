"""What the benches make of their figures: sums, tables, charts. No bench is run here."""

from __future__ import annotations

import html.parser
import importlib.util
import sys
from itertools import pairwise

import pytest

from tests.architecture.source import ROOT

BENCH = ROOT / "bench"
MACHINE = {"on": "1 April 2026", "processors": 2, "load": 0.1, "version": "abc1234"}
ROLLUP = """5590d8 ---p 00000000 00:00 0   [rollup]
Rss:               90000 kB
Pss:               30618 kB
Pss_Anon:            241 kB
Pss_Shmem:         30041 kB
"""
MARKED = "# Ours\n\n{}\n\nold\n\n{}\n\nAfter.\n"


@pytest.fixture(scope="module")
def bench():
    """The benches' own modules, as their commands see them."""
    sys.path.insert(0, str(BENCH))
    try:
        import _chart
        import _memory
        import _sums
        import _tables
        import _written
        import growth
        import pages

        yield {m.__name__: m for m in (_chart, _memory, _sums, _tables, _written, growth, pages)}
    finally:
        sys.path.remove(str(BENCH))


def row(page="home", reader="200 accounts", **more):
    return {
        "page": page, "reader": reader, "clients": 1, "budget": 50, "may_cost": 1.2, "p50": 40.0,
        "p95": 45.0, "cpu": 30.0, "statements": 21, "size": 20480, "walled": 6.0, "open": 3.0,
        "kind": "lists", "statuses": [200], "ratio": 2.0, "complaints": [], **more,
    }  # fmt: skip


def grown(accounts, p50, cpu, **more):
    return row(accounts=accounts, p50=p50, cpu=cpu, **more)


def everything():
    memory = [
        {"process": "web worker", "number": [2, 2], "at_rest": 130 << 20, "after": 186 << 20},
        {"process": "PostgreSQL: connection", "number": [7, 9], "at_rest": 2 << 20,
         "after": 4 << 20},
    ]  # fmt: skip
    taken = {"bare": 2.0, "rehearsal": 8.0, "real": 10.0, "unchanged": 4.0}
    return {
        "pages": {**MACHINE, "accounts": 1000, "rounds": 3, "rows": [
            row(), row("account", kind="single things", p95=90.0), row(clients=8, open=0, cpu=0),
        ]},
        "memory": {**MACHINE, "accounts": 1000, "asked": 1234, "rows": memory},
        "growth": {**MACHINE, "rounds": 3, "rows": [grown(1000, 20.0, 8.0), grown(100, 10.0, 8.0)]},
        "import": {**MACHINE, "rows": 200_000, "accounts": 20, "times_bare": 5.0, **taken,
                   **{f"{name}_processor": took / 2 for name, took in taken.items()}},
        "search": {**MACHINE, "accounts": 1000, "rounds": 3, "pages": [row("palette", p95=61.0)],
                   "index": [{"what": "a slip", "reader": "all", "rows": 7, "p50": 8.0, "p95": 9.0,
                              "cpu": 4.0, "like": 2.0}]},
    }  # fmt: skip


def test_memory_is_read_as_the_kernel_writes_it(bench):
    told = bench["_memory"].parts(ROLLUP)

    assert (told["Pss"], told["Pss_Shmem"]) == (30618 * 1024, 30041 * 1024)


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("postgres: checkpointer      ", "PostgreSQL: checkpointer"),
        ("postgres: io worker 2", "PostgreSQL: io worker"),
        ("postgres: kakehashi_login kakehashi [local] idle", "PostgreSQL: connection"),
        ("postgres: kakehashi_app kakehashi 10.0.0.7(5102) SELECT", "PostgreSQL: connection"),
    ],
)
def test_a_process_of_postgresql_is_named_by_what_it_does(bench, command, name):
    assert bench["_memory"].title(command) == name


def test_the_price_of_the_wall_weighs_pages_by_their_work(bench):
    rows = [
        row("a", walled=30.0, open=20.0), row("b", walled=3.0, open=1.0),
        row("sum", walled=9.0, open=3.0, kind="sums", may_cost=2.0),
        row("at eight", walled=0, open=0, clients=8),
    ]  # fmt: skip

    lists, sums = bench["_sums"].prices(rows)

    assert (lists.kind, len(lists.rows), round(lists.ratio, 2)) == ("lists", 2, round(33 / 21, 2))
    assert (lists.more, lists.dearest["page"], lists.aim) == (6.0, "a", 1.2)
    assert (sums.kind, sums.ratio, sums.aim) == ("sums", 3.0, 2.0)


def test_growth_is_told_against_the_smallest_agency(bench):
    (one,) = bench["_sums"].growths([grown(1000, 30.0, 12.0), grown(100, 20.0, 12.0)])

    assert one.accounts == [100, 1000]
    assert (one.times("p50"), one.times("cpu")) == ([1.0, 1.5], [1.0, 1.0])


def test_a_group_knows_what_misses_and_what_most(bench):
    rows = [row(), row("late", p95=80.0), row("slow", p95=210.0, budget=200)]

    (group,) = bench["_sums"].groups(rows)

    assert (group.misses, group.worst["page"]) == (2, "late")


def test_tables_stand_between_their_marks_and_the_rest_stays(bench):
    tables = bench["_tables"]
    page = MARKED.format(tables.begin("pages"), tables.end("pages"))

    drawn = tables.filled(page, everything())

    assert "| account | 200 accounts | 1 | 40 | **90** | 50 | 30 | 21 | 20 KB | 2.00 |" in drawn
    assert "| home | 200 accounts | 8 | 40 | 45 | 50 |  | 21 | 20 KB |  |" in drawn
    assert drawn.startswith("# Ours")
    assert drawn.endswith("\n\nAfter.\n")
    assert "old" not in drawn
    assert tables.filled(drawn, everything()) == drawn


def test_what_is_not_measured_says_how_to(bench):
    tables = bench["_tables"]
    page = "".join(MARKED.format(tables.begin(s), tables.end(s)) for s in tables.SECTIONS)

    drawn = tables.filled(page, {})

    assert drawn.count("Not measured yet: `python bench/") == len(tables.SECTIONS)


def test_the_other_tables_say_what_they_add_up(bench):
    tables, figures = bench["_tables"], everything()

    assert "| lists | 200 accounts | **2.00** | 1.2 | 1 | 3.0 | 6.0 | 3.0 | home (+3.0) |" in (
        tables.wall(figures)
    )
    assert "| PostgreSQL: connection | 7, then 9 | 2.0 | 4.0 |" in tables.memory(figures)
    assert "| all together |  | 132 | 190 |" in tables.memory(figures)
    assert "| home | 200 accounts | 10 (8) | 20 (8) | 2.0× | 1.0× |" in tables.growth(figures)
    assert "| for real | 10.0 | 5.0 | 20,000 | 40,000 |" in tables.imported(figures)
    assert "| palette | 200 accounts | 40 | **61** | 50 | 30 |" in tables.search(figures)


class Page(html.parser.HTMLParser):
    """Which elements stand open at the end, and what was fetched or run."""

    VOID = ("meta", "rect", "path", "circle")

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.words = [], [], []

    def handle_starttag(self, tag, attributes):
        self.seen.append(tag)
        assert not {name for name, _value in attributes} & {"src", "srcset", "style", "onclick"}
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.seen.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


@pytest.mark.parametrize("measured", [True, False])
def test_the_charts_are_one_whole_page_that_fetches_nothing(bench, measured):
    page = Page()
    page.feed(bench["_chart"].page(everything() if measured else {}))
    words = " ".join(page.words)

    assert not page.open
    assert not {"script", "link", "img", "iframe"} & set(page.seen)
    assert ("figure" in page.seen) is measured
    assert words.count("Not measured yet:") == (0 if measured else 6)


def test_a_bar_past_the_end_has_an_arrow_and_one_that_misses_looks_it(bench):
    against = bench["_chart"].against

    assert 'class="bar"' in against(20, 49, 50)
    assert 'class="bar late"' in against(20, 51, 50)
    assert "<path" not in against(20, 199, 50)
    assert "<path" in against(20, 201, 50)
    assert 'width="10.0%"' in against(20, 51, 50)


def test_labels_of_lines_that_meet_do_not_lie_on_each_other(bench):
    placed = bench["_chart"].apart([(0, 50, "a"), (0, 52, "b"), (0, 120, "c")])

    assert [text for _x, _y, text in placed] == ["c", "b", "a"]
    heights = [y for _x, y, _text in placed]
    assert all(lower - upper >= 13 for lower, upper in pairwise(heights))


def test_rows_that_were_kept_are_known_again(bench, tmp_path):
    tables, written, pages = bench["_tables"], bench["_written"], bench["pages"]
    page = tmp_path / "bench.md"
    page.write_text(MARKED.format(tables.begin("pages"), tables.end("pages")), "utf-8")
    result = pages.Result("home", "200 accounts", 1, 50, 1.2, p50=40.0, p95=61.0, statements=9)
    rows = written.Rows(page, "pages", pages.Result, accounts=1000, rounds=3)
    rows.add(result)

    again = written.Rows(page, "pages", pages.Result, accounts=1000, rounds=3)
    again.read()

    assert again.rows == {result.key: result}
    assert "| home | 200 accounts | 1 | 40 | **61** | 50 |" in page.read_text("utf-8")
    with pytest.raises(SystemExit, match="tells of 1,000 accounts"):
        written.Rows(page, "pages", pages.Result, accounts=5, rounds=3).read()


def test_a_page_without_a_place_is_not_written_into(bench, tmp_path):
    page = tmp_path / "bench.md"
    page.write_text("# Ours\n", "utf-8")

    with pytest.raises(SystemExit, match="has no place"):
        bench["_written"].Kept(page).keep("memory", {"rows": []})

    assert not page.with_suffix(".json").exists()


def test_growth_goes_on_with_the_sizes_that_are_missing(bench):
    growth, pages = bench["growth"], bench["pages"]
    written = bench["_written"].Rows(None, "growth", growth.Grown, rounds=3)
    readers = type("Arguments", (), {"readers": ["bench.ae"]})
    for page in growth.TELLING:
        written.add(growth.Grown(page, pages.READERS["bench.ae"], 1, 50, 1.2, accounts=100))

    assert growth.is_done(100, readers, written)
    assert not growth.is_done(1000, readers, written)


def test_all_benches_of_a_size_share_one_agency_and_keep_their_figures():
    spec = importlib.util.spec_from_file_location("bench_all", BENCH / "__main__.py")
    everyone = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(everyone)

    small, large = (
        dict(everyone.steps(scale, "/a/home", write=write))
        for scale, write in ((1000, False), (100_000, True))
    )

    assert all(BENCH.joinpath(f"{name}.py").exists() for name in small | large)
    assert not any("--write" in options for options in small.values())
    assert all("--write" in options for options in large.values())
    assert {"kills", "malformed"} == small.keys() - large.keys()
    assert "1000,10000,100000" in large["growth"]
    assert all("/a/home" in large[name] for name in ("pages", "growth", "search"))


def test_what_is_growing_is_measured_elsewhere_as_well(bench):
    names = {look.name for look in bench["pages"].LOOK}

    assert names >= set(bench["growth"].TELLING)
