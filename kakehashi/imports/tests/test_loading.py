"""What holds for every kind of file: all or nothing, rehearsal, counting, out and in again."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import connection

from kakehashi.base.errors import Unreadable
from kakehashi.imports.columns import NOTHING
from kakehashi.imports.exporting import Export
from kakehashi.imports.kinds import KINDS
from kakehashi.imports.layouts import lay_out
from kakehashi.imports.loading import Overtaken, load
from kakehashi.imports.reading import read
from kakehashi.imports.staging import Stage
from kakehashi.imports.tests.moving import FILES, counts, load_file, standing
from kakehashi.imports.tests.sheets import ENCODINGS, as_xlsx
from kakehashi.people.models import Office
from kakehashi.policy.acting import acting_as_system

MIDNIGHT = dt.datetime.combine(dt.date(2025, 4, 1), dt.time())
HALF_PAST_NINE = dt.datetime.combine(dt.date(2019, 5, 1), dt.time(9, 30))
BAD = {
    "offices": "Q,Quiet,,NOWHERE,,,",
    "people": "zoe,Zoe,,,,NOWHERE,,,,,,,,",
    "companies": "C9,123,Numberless,,,,,,,,,",
    "accounts": "A9,NOBODY,Orphan,,,,,T1,,",
    "contacts": "lee@sora.example,NOWHERE,Lee,,,,,,,",
    "seats": "A1,nobody,account_executive,2024-01-01,,,",
    "revenue": "NOWHERE,2025-04,media,1,1,,JPY",
    "walls": "W,A1,nobody,,,",
}
"""For each kind a row in the order of its columns that cannot be taken."""


def before(kind):
    """Load what a kind needs."""
    for earlier in FILES:
        if earlier == kind:
            return
        load_file(earlier, FILES[earlier])


def rows_of(kind):
    return len(FILES[kind].splitlines()) - 1


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_created_then_unchanged(db, kind):
    before(kind)
    n = rows_of(kind)

    assert counts(load_file(kind, FILES[kind])) == (n, 0, 0, 0)
    after = standing()
    assert counts(load_file(kind, FILES[kind])) == (0, 0, n, 0)
    assert standing() == after


@pytest.mark.parametrize("kind", FILES)
def test_a_rehearsal_changes_nothing_and_tells_what_the_real_run_does(db, kind):
    before(kind)
    untouched = standing()

    rehearsal = load_file(kind, FILES[kind], rehearse=True)

    assert standing() == untouched
    assert (rehearsal.rehearsed, rehearsal.loaded) == (True, False)
    real = load_file(kind, FILES[kind])
    assert (real.rows, real.counts, real.problems) == (
        rehearsal.rows,
        rehearsal.counts,
        rehearsal.problems,
    )
    assert standing() != untouched


@pytest.mark.parametrize("kind", FILES)
def test_with_a_rejected_row_nothing_is_loaded_and_the_rehearsal_says_so(db, kind):
    before(kind)
    untouched = standing()
    data = FILES[kind] + BAD[kind] + "\n"

    rehearsal = load_file(kind, data, rehearse=True)
    real = load_file(kind, data)

    assert standing() == untouched
    assert not real.loaded
    assert counts(rehearsal) == counts(real) == (0, 0, 0, 1)
    assert [problem.row for problem in real.problems] == [rows_of(kind)]
    assert rehearsal.problems == real.problems


@pytest.mark.parametrize("kind", FILES)
def test_partial_loads_the_good_rows_and_the_rehearsal_of_it_says_the_same(db, kind):
    before(kind)
    data = FILES[kind] + BAD[kind] + "\n"

    rehearsal = load_file(kind, data, rehearse=True, partial=True)
    real = load_file(kind, data, partial=True)

    n = rows_of(kind)
    assert real.loaded
    assert counts(rehearsal) == counts(real) == (n, 0, 0, 1)
    assert rehearsal.problems == real.problems
    assert counts(load_file(kind, FILES[kind])) == (0, 0, n, 0)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("labels", [False, True], ids=["names", "labels"])
def test_what_comes_out_goes_back_in_unchanged(moved_in, form, labels):
    for kind in FILES:
        file = io.BytesIO()
        with acting_as_system("command"):
            Export(KINDS[kind], labels=labels).write(file, form)

        assert counts(load_file(kind, file.getvalue())) == (0, 0, rows_of(kind), 0), kind


@pytest.mark.parametrize("kind", FILES)
def test_japanese_labels_need_no_map(db, kind):
    before(kind)
    header, rest = FILES[kind].split("\n", 1)
    japanese = ",".join(KINDS[kind].column(name).japanese for name in header.split(","))

    outcome = load_file(kind, f"{japanese}\n{rest}")

    assert counts(outcome) == (rows_of(kind), 0, 0, 0)
    assert outcome.ignored == []


@pytest.mark.parametrize("kind", FILES)
def test_without_its_optional_columns_a_file_leaves_what_stands(moved_in, kind):
    required = [column.name for column in KINDS[kind].columns if column.required]
    required += KINDS[kind].one_of[:1]
    file = io.BytesIO()
    with acting_as_system("command"):
        Export(KINDS[kind]).write(file, "csv")
    kept = standing()

    header, *rows = [line.split(",") for line in file.getvalue().decode().splitlines()]
    chosen = [header.index(name) for name in required]
    assert all(len(row) == len(header) for row in rows), "a comma within a cell would shift columns"
    lines = [",".join(row[at] for at in chosen) for row in (header, *rows)]

    assert counts(load_file(kind, "\n".join(lines))) == (0, 0, rows_of(kind), 0)
    assert standing() == kept


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_loads_the_same(moved_in, encoding):
    text = FILES["people"].replace("\u3000", " ")

    assert counts(load_file("people", text.encode(encoding))) == (0, 0, 4, 0)


def test_a_workbook_loads_as_csv_does(moved_in):
    for kind in FILES:
        with read(FILES[kind].encode()) as sheet:
            book = as_xlsx([sheet.header, *sheet.rows])

        assert counts(load_file(kind, book)) == (0, 0, rows_of(kind), 0), kind


def test_rows_are_counted_from_0_without_the_header_and_blank_rows(db):
    data = "code,name,kind\nA,One,agency\n\n,,\nB,Two,castle\nC,,agency\n"

    outcome = load_file("offices", data)

    assert outcome.rows == 3
    assert [(p.row, p.column, p.value) for p in outcome.problems] == [
        (1, "kind", "castle"),
        (2, "name", ""),
    ]


def test_every_problem_of_a_row_is_told_but_the_row_is_rejected_once(db):
    data = "code,name,kind,country,timezone\nA,One,castle,Atlantis,Mars/Base\n"

    outcome = load_file("offices", data)

    assert [p.column for p in outcome.problems] == ["kind", "country", "timezone"]
    assert (outcome.rows, outcome.counts.rejected) == (1, 1)


def test_a_row_of_the_wrong_width_is_a_problem_of_the_whole_row(db):
    outcome = load_file("offices", "code,name\nA,One\nB\nC,Three,more\n", partial=True)

    assert [(p.row, p.column) for p in outcome.problems] == [(1, ""), (2, "")]
    assert list(Office.objects.values_list("code", flat=True)) == ["A"]


def test_a_character_nobody_can_read_is_told_by_the_columns_own_name(db):
    outcome = load_file("offices", "組織コード,組織名\nA,O\x02e\n")

    assert [(p.row, p.column) for p in outcome.problems] == [(0, "name")]


def test_the_marks_of_the_staging_table_cannot_be_smuggled_in(db):
    """What COPY takes for nothing, a tab or an end of data is a problem or text, no command."""
    outcome = load_file("offices", f"code,name\nA,{NOTHING}\n", partial=True)
    assert outcome.counts.rejected == 1

    for name in ("\\N", "\\.", "back\\slash", "a\\tb", "'; DROP TABLE people_office; --"):
        load_file("offices", f'code,name\nA,"{name}"\n')
        assert Office.objects.get().name == name


def test_more_problems_than_anybody_reads_are_counted_and_not_kept(db, monkeypatch):
    monkeypatch.setattr("kakehashi.imports.outcome.MOST_PROBLEMS", 2)

    outcome = load_file("offices", "code,name\n" + "A,\n" * 5)

    assert (len(outcome.problems), outcome.left_out, outcome.counts.rejected) == (2, 3, 5)


def test_columns_nobody_reads_are_named(db):
    assert load_file("offices", "code,name,floor\nA,One,3\n").ignored == ["floor"]


@pytest.mark.parametrize(
    ("kind", "data", "why"),
    [
        ("offices", "code\nA\n", "lacks the column name"),
        ("offices", "code,name,コード\nA,One,B\n", "Several headings mean code"),
        ("revenue", "account,month,service_line,currency\nA,2025-04,m,JPY\n", "lacks every one"),
    ],
)
def test_a_file_that_cannot_be_that_kind_is_refused(db, kind, data, why):
    with pytest.raises(Unreadable, match=why):
        load_file(kind, data)


def test_progress_is_told_in_order(db):
    said = []
    with read(b"code,name\nA,One\nB,Two\n") as sheet, acting_as_system("command"):
        load(
            sheet,
            lay_out(KINDS["offices"], sheet.header),
            say=lambda stage, done: said.append((stage, done)),
        )

    assert said == [("reading", 2), ("comparing", 2), ("writing", 2)]


def test_a_change_saved_meanwhile_is_not_overwritten_but_stops_the_file(db, monkeypatch):
    """Somebody takes the code after the file was compared with what stands."""
    counted = Stage.counts

    def overtaken(stage):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO people_office "
                "(id, version, code, name, name_en, kind, country, timezone) VALUES "
                "(gen_random_uuid(), 1, 'A', 'Theirs', '', 'agency', '', 'Asia/Tokyo')"
            )
        return counted(stage)

    monkeypatch.setattr(Stage, "counts", overtaken)
    with pytest.raises(Overtaken, match="run it again"):
        load_file("offices", "code,name\nB,Ours\nA,Ours\n")

    assert not Office.objects.exists()


def test_nothing_stays_behind_of_a_run(db):
    load_file("offices", FILES["offices"])
    load_file("offices", FILES["offices"] + BAD["offices"])

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'import\\_%%'", [])
        assert cursor.fetchone() == (0,)
        cursor.execute("SHOW enable_nestloop")
        assert cursor.fetchone() == ("on",)


def test_a_workbook_typed_by_hand_has_days_numbers_shares_and_truths(moved_in):
    """Cells of Excel's own types mean the same as the text of a CSV."""
    files = {
        "companies": [
            ["code", "corporate_number", "name", "country"],
            ["C1", 6020001008662, "株式会社ソラ", "JP"],
        ],
        "seats": [
            ["account", "person", "role", "starts_on", "share", "lead"],
            ["A1", "aki", "account_executive", dt.date(2019, 5, 1), 0.5, True],
        ],
        "revenue": [
            ["account", "month", "service_line", "billings", "net_revenue", "currency"],
            ["A1", MIDNIGHT, "media", 1000000, 150000.0, "JPY"],
            ["R", "2025-04", "media", 5.55, 1.25, "USD"],
        ],
    }
    for kind, rows in files.items():
        assert counts(load_file(kind, as_xlsx(rows))) == (0, 0, len(rows) - 1, 0), kind


def test_a_day_with_a_time_is_no_day(moved_in):
    rows = [
        ["account", "person", "role", "starts_on"],
        ["A1", "aki", "traffic", HALF_PAST_NINE],
    ]

    (problem,) = load_file("seats", as_xlsx(rows)).problems

    assert (problem.column, problem.value) == ("starts_on", "2019-05-01 09:30:00")
    assert "has a time of day" in problem.reason
