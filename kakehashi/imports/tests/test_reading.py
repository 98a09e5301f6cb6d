"""The same table comes out of every kind of file, and a faulty file says what is wrong with it."""

from __future__ import annotations

import csv
import gc
import io
import random
import time
from collections import deque
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from kakehashi.base.errors import Unreadable
from kakehashi.imports.reading import BadRow, Problem, limits, read, workbook
from kakehashi.imports.tests.sheets import ENCODINGS, as_csv, as_xlsx, saved

COMPANIES = Path(__file__).parents[4] / "shared/data/companies/japan_companies.csv"
HEADER = ["コード", "name", "備考"]
ROWS = [
    ["A1", "株式会社電通", "改行\nあり"],
    ["A2", "㈱博報堂ＤＹ", "ｶﾀｶﾅ ①"],
    ["A3", "サカタのタネ", 'かぎ「」と"引用符"'],
    ["A4", "Dentsu, Inc.", ""],
    ["A5", "日本銀行", "１２３"],
]
ANY = settings(deadline=None, max_examples=150)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def encoded(rows, encoding, **ways):
    """As CSV; ㈱ and ① in EUC-JP as other systems write them, which Python alone does not."""
    codec = "euc_jis_2004" if encoding == "euc_jp" else encoding
    return as_csv(rows, codec, **ways)


def taken(source, name="file"):
    with read(source, name) as sheet:
        return [sheet.header, *sheet.rows]


def refusal(source, name="file"):
    with pytest.raises(Unreadable) as refused:
        taken(source, name)
    return refused.value.reason


def problems(source):
    return [
        problem for row in taken(source)[1:] if isinstance(row, BadRow) for problem in row.problems
    ]


# The same table from every kind of file


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_one_table_in_every_encoding_delimiter_and_line_break(encoding, delimiter, newline):
    assert taken(encoded([HEADER, *ROWS], encoding, delimiter=delimiter, newline=newline)) == [
        HEADER,
        *ROWS,
    ]


def test_the_same_table_as_a_workbook():
    assert taken(as_xlsx([HEADER, *ROWS])) == [HEADER, *ROWS]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8-sig", "utf-8"), ("cp932", "cp932"), ("euc_jp", "euc_jp"), ("utf-16", "utf-16-le")],
)
def test_the_sheet_tells_how_it_was_read(encoding, name):
    with read(encoded([HEADER, *ROWS], encoding, delimiter=";")) as sheet:
        assert (sheet.encoding, sheet.delimiter) == (name, ";")
    with read(as_xlsx([HEADER, *ROWS])) as sheet:
        assert (sheet.encoding, sheet.delimiter) == ("xlsx", "")


@pytest.mark.parametrize("name", ["table.csv", "table.xlsx", "table.pdf", ""])
def test_a_file_is_known_by_its_content_and_not_by_its_name(name):
    assert taken(as_csv([HEADER, *ROWS]), name) == taken(as_xlsx([HEADER, *ROWS]), name)


def test_a_file_is_read_from_disk_as_from_memory(tmp_path):
    for name, data in {
        "a.csv": as_csv([HEADER, *ROWS], "cp932"),
        "b.xlsx": as_xlsx([HEADER, *ROWS]),
    }.items():
        path = tmp_path / name
        path.write_bytes(data)

        assert taken(path) == taken(str(path)) == taken(data)


WRITTEN = st.text("電通博報堂株式会社サカタのタネabcXYZ0189 ,;\t\"'\n・ー（）①", max_size=12)


@ANY
@given(st.lists(st.tuples(WRITTEN, WRITTEN), max_size=8), st.sampled_from(ENCODINGS))
def test_whatever_is_written_is_read_back(cells, encoding):
    rows = [
        ["取引先コード", "会社の名前と備考"],
        *(["A1", *pair][1:] for pair in cells if any(pair)),
    ]

    assert taken(encoded(rows, encoding)) == rows


@settings(deadline=None, max_examples=15)
@given(st.lists(st.tuples(WRITTEN, WRITTEN), max_size=8))
def test_whatever_is_written_into_a_workbook_is_read_back(cells):
    stripped = [[cell.strip() for cell in pair] for pair in cells]
    rows = [["取引先コード", "会社の名前と備考"], *(pair for pair in stripped if any(pair))]

    assert taken(as_xlsx(rows)) == rows


@pytest.mark.skipif(
    not COMPANIES.exists(), reason="the real list of companies is not on this machine"
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16", "xlsx"])
def test_the_real_list_of_companies_is_the_same_in_every_form(encoding):
    text = COMPANIES.read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    data = as_xlsx(rows) if encoding == "xlsx" else text.encode(encoding)

    assert taken(data) == rows


@pytest.mark.skipif(
    not COMPANIES.exists(), reason="the real list of companies is not on this machine"
)
def test_any_part_of_the_real_list_shows_its_encoding():
    lines = COMPANIES.read_text(encoding="utf-8-sig").replace("－", "-").splitlines()
    chosen = random.Random(7)
    for encoding in ("utf-8", "cp932", "euc_jis_2004", "utf-16-le", "utf-16-be"):
        for _ in range(150):
            part = [lines[0], *chosen.sample(lines[1:], chosen.randrange(1, 6))]
            data = "\n".join(part).encode(encoding)

            assert taken(data) == list(csv.reader(part))


# Wrong readings are noticed


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Société Générale"),
        ("iso8859-2", "Škoda Příbram"),
        ("cp1251", "Газпром"),
        ("koi8-r", "Газпром"),
        ("big5", "國立臺灣大學"),
        ("gb18030", "中国银行"),
        ("gb18030", "东京电力公司"),
        ("euc_kr", "삼성전자"),
        ("utf-32", "東京電力"),
        ("cp500", "Dentsu"),
    ],
)
def test_another_encoding_is_refused_and_not_read_wrongly(encoding, text):
    assert "Save it as" in refusal(f"code,name\nA1,{text}\nA2,x\n".encode(encoding))


@pytest.mark.parametrize(
    "text", ["中国银行", "삼성전자", "Газпром", "Αθήνα", "ไทย", "Příští", "é", "🍣", "5 °C – €"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_brings_the_worlds_letters(encoding, text):
    assert taken(f"code,name\nA1,{text}\n".encode(encoding))[1] == ["A1", text]


def test_the_seven_bits_of_iso_2022_are_problems():
    assert problems("code,name\nA1,東京\n".encode("iso2022_jp"))


JAPANESE_BYTES = b'\xa4\xad\xb1\xc3\xf9\xfc\x8e\x8f\x82\x95\xe3\x81\xff\x40,\n"a\0'


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(JAPANESE_BYTES)).map(bytes))
def test_no_bytes_bring_anything_but_rows_or_unreadable(data):
    with suppress(Unreadable):
        taken(b"code,name\n" + data)


@pytest.mark.parametrize(
    "text", ["ÉCOLE", "Nestlé SA", "Société", "Zürich", "Málaga", "Ångström", "5 £", "±5"]
)
def test_western_letters_are_never_taken_for_japanese(text):
    assert "no text in UTF-8" in refusal(f"code,name\nA1,{text}\n".encode("cp1252"))
    assert taken(f"code,name\nA1,{text}\n".encode()) == [["code", "name"], ["A1", text]]


@pytest.mark.parametrize("text", ["ｱｲｳｴ", "者"])
def test_bytes_that_are_two_different_words_are_refused(text):
    assert refusal(f"code,name\nA1,{text}\n".encode("cp932")) == (
        "The file could be in euc_jp or in cp932. Save it as UTF-8 to make sure."
    )


@pytest.mark.parametrize(
    "text", ["電通", "媒体", "制作", "営業", "博報堂", "東京本社", "第一営業局"]
)
@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_a_file_whose_only_japanese_are_common_kanji_is_read(encoding, text):
    assert taken(f"code,name\nA1,{text}\n".encode(encoding))[1] == ["A1", text]


def test_half_width_kana_are_read_where_they_cannot_be_kanji():
    rows = [["code", "name"], ["A1", "ｱｲｳ"], ["A2", "ｶﾌﾞｼｷｶﾞｲｼｬ"]]

    assert taken(as_csv(rows, "cp932")) == taken(as_csv(rows, "euc_jp")) == rows


@pytest.mark.parametrize("wrong", ["latin-1", "cp437", "cp1252"])
def test_text_encoded_twice_is_noticed(wrong):
    once = as_csv([HEADER, *ROWS[2:]])
    twice = "".join(bytes((byte,)).decode(wrong, "replace") for byte in once)
    as_browsers = "".join(
        chr(byte) if read_as == "\ufffd" else read_as
        for byte, read_as in zip(once, twice, strict=True)
    )

    assert "into UTF-8 twice" in refusal(as_browsers.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp", "utf-16"])
def test_one_damaged_byte_far_below_is_noticed_and_where(encoding):
    rows = [HEADER, *(ROWS[2:] * 400)]
    data = bytearray(encoded(rows, encoding))
    data[-6:-4] = b"\x00\xd8" if encoding == "utf-16" else b"\xd8\xff"

    try:
        assert problems(bytes(data))
    except Unreadable as refused:
        assert "damaged or cut off after line 1" in refused.reason  # noqa: PT017 (either is right)


def test_a_file_cut_within_a_character_is_noticed():
    for encoding, bytes_lost in (
        ("utf-8", 1),
        ("utf-8", 2),
        ("cp932", 1),
        ("euc_jp", 1),
        ("utf-16", 1),
    ):
        data = encoded(
            [HEADER, *ROWS[:3], ["A9", "電通", "最後の行は途中で切れた"]], encoding, newline="\n"
        ).rstrip(b"\n\0")

        assert "damaged or cut off" in refusal(data[:-bytes_lost])


def test_zero_bytes_are_no_text():
    assert "NUL" in refusal(b"code,name\nA1,\0x\n")
    assert "NUL" in refusal("code,名前\nA1,\0x\n".encode("utf-8-sig"))


@pytest.mark.parametrize(
    ("form", "character", "why"),
    [
        (as_csv, "\x01", "U+0001"),
        (as_csv, "\x85", "U+0085"),
        (as_csv, "\ufffd", "U+FFFD"),
        (as_csv, "\ue000", "only on the sender's computer"),
        (as_xlsx, "\x85", "U+0085"),
        (as_xlsx, "\ufffd", "U+FFFD"),
        (as_xlsx, "\ue000", "only on the sender's computer"),
    ],
)
def test_a_character_nobody_can_read_is_a_problem_of_its_row(form, character, why):
    rows = taken(form([["a", "b"], ["1", "x"], ["2", f"y{character}"], ["3", "z"]]))

    assert rows[1] == ["1", "x"]
    assert rows[3] == ["3", "z"]
    [problem] = rows[2].problems
    assert (problem.row, problem.column, problem.value) == (1, "b", "y\ufffd")
    assert why in problem.reason


# Rows and headers that do not fit


def test_a_row_of_another_width_is_a_problem_of_that_row_alone():
    rows = taken(b"a,b\n1,2,3\n4\n5,6\n7,8,\n")

    assert rows[0] == ["a", "b"]
    assert rows[1] == BadRow(
        (Problem(0, "", "3", "The row has a cell beyond the last column of the header."),)
    )
    assert rows[2] == BadRow(
        (Problem(1, "", "", "The row has too few cells: 1, where the header has 2."),)
    )
    assert rows[3:] == [["5", "6"], ["7", "8"]]


def test_blank_rows_are_left_out_and_not_counted():
    rows = [["a", "b"], ["1", "2"], ["", ""], ["3", ""], ["", ""], ["", "x", "y"]]

    assert taken(as_csv(rows)) == [["a", "b"], ["1", "2"], ["3", ""], problem_at(2, "y")]
    assert taken(as_xlsx([["", ""], *rows[:5]])) == [["a", "b"], ["1", "2"], ["3", ""]]
    assert taken(b"\n\na,b\n\n1,2\n\n\n") == [["a", "b"], ["1", "2"]]


def problem_at(row, value):
    return BadRow(
        (Problem(row, "", value, "The row has a cell beyond the last column of the header."),)
    )


def test_a_header_alone_is_a_table_without_rows():
    assert (
        taken(b"code,name\n")
        == taken(b"code,name")
        == taken(as_xlsx([["code", "name"]]))
        == [["code", "name"]]
    )


def test_names_of_columns_are_normalised():
    assert taken("ｺｰﾄﾞ, 名 称 ,Name\n1,2,3\n".encode())[0] == ["コード", "名 称", "Name"]


def test_a_header_that_ends_in_empty_cells_is_as_wide_as_its_names():
    assert taken(b"a,b,,\n1,2,,\n1,2\n1,2,,x\n") == [
        ["a", "b"],
        ["1", "2"],
        ["1", "2"],
        problem_at(2, "x"),
    ]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([["a", "", "c"]], "Column 2 has no name"),
        ([["a", "b", "ａ"]], "Two columns have the same name: a"),
        ([["x" * 201, "b"]], "The name of column 1 cannot be read"),
    ],
)
@pytest.mark.parametrize("form", [as_csv, as_xlsx])
def test_a_header_that_does_not_name_its_columns_is_refused(rows, why, form):
    assert why in refusal(form([*rows, ["1", "2", "3"]]))


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"\n\n\r\n", b",,,\n,,\n", b"\xef\xbb\xbf", "\ufeff\n".encode("utf-16-le")]
)
def test_an_empty_file_is_refused(data):
    assert refusal(data) == "The file is empty."


def test_an_empty_workbook_is_refused():
    assert refusal(as_xlsx([])) == "The workbook's first sheet is empty."


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'a,b\n1,"x\n2,y\n', "ends within quotation marks (line 3)"),
        (b'a,b\n1,"x"y\n', "Text follows a closing quotation mark (line 2)"),
        (b"a,b\n1," + b"x" * 200_000 + b"\n", "over 131072 characters"),
        (b'a,b\n1,"' + b"x\n" * 200_000, "over 131072 characters"),
        (b"a,b\n1," + b"x" * 3_000_000 + b"\n", "line 2 is too long"),
        (b"a,b\n" + b'"x\ny",' * 400_000, "is too long"),
        (b"x," * 1_000_000, "1000000 columns; at most 1000"),
        (b"a,b\n" + b"x," * 1_000_000 + b"\n", ""),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n", "web page, a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel file"),
        (b"\n <!DOCTYPE HTML><html>", "web page, a picture"),
        (b"<?xml version='1.0'?><rows/>", "web page, a picture"),
        (b"sep=|\na|b\n", "comma, a tab or a semicolon"),
    ],
)
def test_a_file_that_is_no_table_says_why(data, why):
    if why:
        assert why in refusal(data)
    else:
        [_header, row] = taken(data)
        assert isinstance(row, BadRow)


def test_a_declared_delimiter_is_believed():
    assert taken(b"sep=;\na,x;b\n1;2\n") == [["a,x", "b"], ["1", "2"]]


def test_lists_within_cells_do_not_change_the_delimiter():
    assert taken(b"code,aliases\nA1,one;two;three;four\n")[1] == ["A1", "one;two;three;four"]


def test_a_file_that_is_not_there_or_none_is_refused(tmp_path):
    assert "cannot be opened: No such file" in refusal(tmp_path / "missing.csv")
    assert "is not a file" in refusal(tmp_path)


def test_a_file_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(limits.FILE_BYTES + 1)

    assert "at most 512 MB" in refusal(path)


# Workbooks


def test_dates_numbers_and_truths_of_a_workbook():
    values = [
        (date(2025, 4, 1), date(2025, 4, 1)),
        (datetime(2025, 4, 1), date(2025, 4, 1)),  # noqa: DTZ001 (a workbook has no zones)
        (datetime(2025, 4, 1, 9, 30), datetime(2025, 4, 1, 9, 30)),  # noqa: DTZ001
        (1234, "1234"),
        (-5.0, "-5"),
        (7123456789012, "7123456789012"),
        (0.1 + 0.2, "0.3"),
        (1234.56, "1234.56"),
        (0.3, "0.3"),
        (True, "TRUE"),
        (False, "FALSE"),
        (timedelta(hours=30), "30:00:00"),
        ("0012", "0012"),
        (0, "0"),
        (None, ""),
    ]
    [row] = taken(
        as_xlsx(
            [
                [f"c{at}" for at in range(len(values))] + ["end"],
                [given for given, _ in values] + ["."],
            ]
        )
    )[1:]

    assert row == [*(expected for _, expected in values), "."]


def test_a_month_formatted_as_a_date_is_a_date():
    book = openpyxl.Workbook()
    book.active.append(["month"])
    book.active.append([45748])
    book.active["A2"].number_format = "yyyy年m月"

    assert taken(saved(book)) == [["month"], [date(2025, 4, 1)]]


def test_errors_and_formulas_without_result_are_problems_of_their_rows():
    data = as_xlsx([["a", "b"], ["1", "x"], ["=1+1", "#N/A"], ["2", "y"], ["", "=NOW()"]])

    assert [row for row in taken(data)[1:] if not isinstance(row, BadRow)] == [
        ["1", "x"],
        ["2", "y"],
    ]
    assert [(problem.row, problem.column) for problem in problems(data)] == [
        (1, "a"),
        (1, "b"),
        (3, "b"),
    ]
    assert "no stored result" in problems(data)[0].reason
    assert "error #N/A" in problems(data)[1].reason


def test_rows_with_merged_cells_are_problems():
    data = as_xlsx([["a", "b"], ["1", "x"], ["2", "y"], ["3", "z"]], merged=["A3:A4"])

    assert [problem.row for problem in problems(data)] == [1, 2]
    assert "merged" in problems(data)[0].reason
    assert "must name the columns. The row has merged cells" in refusal(
        as_xlsx([["a", "b"], ["1", "x"]], merged=["A1:B1"])
    )


def test_the_first_visible_sheet_is_read():
    book = openpyxl.Workbook()
    book.active.title = "hidden"
    book.active.append(["wrong"])
    book.active.sheet_state = "hidden"
    book.create_sheet("得意先").append(["right"])
    book.create_sheet("third").append(["wrong"])

    assert taken(saved(book)) == [["right"]]


def test_a_table_may_begin_below_and_to_the_right():
    book = openpyxl.Workbook()
    for place, value in {"C4": "a", "D4": "b", "C5": "1", "D6": "2", "D7": "=1"}.items():
        book.active[place] = value

    rows = taken(saved(book))

    assert rows[:3] == [["a", "b"], ["1", ""], ["", "2"]]
    assert [(problem.row, problem.column) for problem in rows[3].problems] == [(2, "b")]


def test_too_many_columns_in_a_workbook_are_refused():
    assert "1001 columns; at most 1000" in refusal(as_xlsx([["x"] * 1001]))


def test_the_process_that_unpacks_sees_no_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("KAKEHASHI_TEST_SECRET", "hush")
    spy = tmp_path / "spy.py"
    spy.write_text(
        "import json, os\n"
        "print(json.dumps({'row': [repr(sorted(os.environ))]}))\n"
        "print(json.dumps({'end': True}))\n"
    )
    monkeypatch.setattr(workbook, "_PROCESS", spy)
    monkeypatch.setattr(limits, "COLUMN_NAME", 10_000)

    [header] = taken(as_xlsx([["a"]]))

    assert "PATH" in header[0]
    assert "SECRET" not in header[0]


@pytest.mark.parametrize(
    "does",
    [
        "bytearray(10**10)",
        "b = []\nwhile True: b.append(bytearray(10**7))",
        "while True: pass",
        "import os; os.abort()",
        "raise SystemExit(3)",
    ],
)
def test_a_process_that_takes_too_much_or_dies_is_a_refusal(tmp_path, monkeypatch, does):
    process = workbook._PROCESS.read_text(encoding="utf-8")
    assert "    for answer in answers_of_file:\n" in process
    hostile = tmp_path / "hostile.py"
    hostile.write_text(
        process.replace(
            "    bounds = json.loads(sys.argv[1])\n    limit_self(bounds)\n",
            "    bounds = json.loads(sys.argv[1])\n    limit_self(bounds)\n    "
            + does.replace("\n", "\n    ")
            + "\n",
        ),
        encoding="utf-8",
    )
    monkeypatch.setattr(workbook, "_PROCESS", hostile)
    monkeypatch.setitem(workbook._BOUNDS, "seconds", 1)

    assert "more memory or time" in refusal(as_xlsx([["a"]]))


def test_rows_not_gone_through_leave_no_process_and_no_open_file(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(as_xlsx([["a"], *([str(at)] for at in range(5_000))]))
    other = tmp_path / "table.csv"
    other.write_bytes(b"a\n1\n2\n")
    before = open_files()

    with read(path) as book, read(other) as table:
        next(book.rows), next(table.rows)
    read(path).close()
    read(other)
    gc.collect()

    assert open_files() == before


def open_files():
    return len(list(Path("/proc/self/fd").iterdir()))


# Size


@pytest.mark.slow
def test_rows_are_split_not_much_slower_than_by_python_itself(tmp_path):
    path, count = tmp_path / "revenue.csv", 150_000
    with path.open("w", encoding="cp932") as file:
        file.write("account,month,service_line,billings,net_revenue,cost,currency\n")
        file.writelines(
            f"A{at % 5000:05},2025-{at % 12 + 1:02},メディア,{at * 100},{at * 90},{at * 50},JPY\n"
            for at in range(count)
        )

    assert sum(1 for _ in read(path).rows) == count

    ours = min(spent(lambda: deque(read(path).rows, 0)) for _ in range(3))
    plain = min(spent(lambda: deque(plainly(path), 0)) for _ in range(3))
    assert ours < 15 * plain


def plainly(path):
    with path.open(encoding="cp932", newline="") as file:
        yield from csv.reader(file)


def spent(what):
    started = time.process_time()
    what()
    return time.process_time() - started
