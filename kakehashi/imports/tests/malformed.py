"""Broken files by the thousand: each seed gives one, always the same.

Everything an importer is sent sooner or later, by accident or on purpose: cut, mis-encoded, of the
wrong type, with a million columns, bombs, entities, formulas without results, random bytes.
"""

from __future__ import annotations

import gzip
import io
import json
import warnings
import zipfile
from collections.abc import Callable
from random import Random

Maker = Callable[[Random], bytes]

NAMES = (
    "株式会社電通",
    "㈱博報堂",
    "サカタのタネ",
    "Dentsu Inc.",
    "髙島屋",
    "ｷﾔﾉﾝ",
    "Nestlé S.A.",
    "日本銀行",
)
HEADER = ("code", "name", "name_kana", "starts_on", "net_revenue", "lead")
ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16", "utf-16-le", "utf-16-be")
WRONG = (
    "NaN",
    "令和99年13月40日",
    '=HYPERLINK("x")',
    "1e999",
    "-",
    "\u202e",
    "０",
    "#REF!",
    "' OR 1=1",
    "9" * 400,
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def malformed(seed: int) -> tuple[str, bytes]:
    """A file's name and its bytes. The name's ending often lies."""
    random = Random(seed)
    maker = MAKERS[seed % len(MAKERS)]
    ending = random.choice(("csv", "xlsx", "txt", "tsv", "CSV", "xls", ""))
    return f"{maker.__name__.strip('_')}-{seed}.{ending}", maker(random)


def way(seed: int) -> tuple[str, dict[str, dict[str, str]]]:
    """As which kind of file a seed's file is loaded, and by which map."""
    return WAYS[(seed + seed // len(MAKERS)) % len(WAYS)]


WAYS: tuple[tuple[str, dict[str, dict[str, str]]], ...] = (
    ("companies", {}),
    ("people", {"columns": {"login": "code"}, "constants": {"office": "HQ"}}),
    (
        "revenue",
        {
            "columns": {"service_line": "code", "month": "starts_on"},
            "constants": {"account": "A1", "currency": "JPY"},
        },
    ),
    ("offices", {"columns": {"parent": "name_kana"}}),
    ("seats", {"columns": {"person": "code"}, "constants": {"account": "A1", "role": "media"}}),
    ("accounts", {"columns": {"company": "name"}, "constants": {"lead_office": "HQ"}}),
    ("contacts", {"columns": {"email": "code"}, "constants": {"account": "A1"}}),
    ("walls", {"columns": {"person": "code"}, "constants": {"account": "A1"}}),
)
"""Every kind, at an agency with the office HQ and the account A1."""


# Text ---------------------------------------------------------------------------------------------


def _rows(random: Random, count: int | None = None) -> list[list[str]]:
    return [
        [
            f"A{random.randrange(10**6):06}",
            random.choice(NAMES),
            "サカタノタネ",
            f"20{random.randrange(100):02}-0{random.randrange(1, 10)}-01",
            str(random.randrange(10**9)),
            random.choice(("yes", "no", "○", "×")),
        ]
        for _ in range(count or random.randrange(1, 40))
    ]


def _text(random: Random, rows: list[list[str]] | None = None, delimiter: str = ",") -> str:
    return "\n".join(delimiter.join(row) for row in [list(HEADER), *(rows or _rows(random))]) + "\n"


def _encoded(random: Random, text: str) -> bytes:
    return text.encode(random.choice(ENCODINGS), "replace")


def cut(random: Random) -> bytes:
    whole = _encoded(random, _text(random))
    return whole[: random.randrange(1, len(whole))]


def cut_in_quotes(random: Random) -> bytes:
    return _encoded(random, _text(random) + f'A9,"{random.choice(NAMES)}\n' + _text(random))


def text_after_quotes(random: Random) -> bytes:
    return _encoded(random, _text(random) + f'A9,"{random.choice(NAMES)}"x{random.random()},1\n')


def quotes_anywhere(random: Random) -> bytes:
    text = list(_text(random))
    for _ in range(random.randrange(1, 30)):
        text.insert(random.randrange(len(text)), '"')
    return _encoded(random, "".join(text))


def line_by_line_another_encoding(random: Random) -> bytes:
    return b"".join(
        line.encode(random.choice(("utf-8", "cp932", "euc_jp")), "replace")
        for line in _text(random).splitlines(keepends=True)
    )


def encoded_twice(random: Random) -> bytes:
    return _text(random).encode().decode(random.choice(("latin-1", "cp437"))).encode()


def another_encoding(random: Random) -> bytes:
    encoding = random.choice(
        ("utf-32", "utf-7", "iso2022_jp_2", "cp500", "cp1252", "big5", "gb18030", "koi8-r")
    )
    return _text(random).encode(encoding, "replace")


def wrong_mark(random: Random) -> bytes:
    mark = random.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\xef\xbb"))
    return mark + _text(random).encode(random.choice(("cp932", "euc_jp", "utf-8")), "replace")


def zero_bytes(random: Random) -> bytes:
    data = bytearray(_encoded(random, _text(random)))
    for _ in range(random.randrange(1, 20)):
        data.insert(random.randrange(len(data)), 0)
    return bytes(data)


def control_characters(random: Random) -> bytes:
    text = _text(random)
    at = random.randrange(len(text))
    return (
        text[:at] + random.choice("\x01\x07\x0b\x0c\x1a\x1b\x7f\x85\ue000\ufffe") + text[at:]
    ).encode()


def flipped_bits(random: Random) -> bytes:
    data = bytearray(_encoded(random, _text(random)))
    for _ in range(random.randrange(1, 10)):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(data)


def half_surrogates(random: Random) -> bytes:
    return (
        _text(random).encode()
        + "A9,\ud83d,x\n".encode("utf-8", "surrogatepass")
        + _text(random).encode()
    )


def random_bytes(random: Random) -> bytes:
    data = random.randbytes(random.randrange(1, 10 ** random.randrange(1, 5)))
    return data if random.random() < 0.5 else data.replace(b"\0", b"\xa5")


def random_bytes_under_a_header(random: Random) -> bytes:
    return (
        ",".join(HEADER).encode()
        + b"\n"
        + random.randbytes(random.randrange(1, 10 ** random.randrange(1, 4)))
    )


def half_width_only(random: Random) -> bytes:
    return bytes(random.choice(b"\xb1\xb2\xc3\xd4\xde,\n") for _ in range(random.randrange(1, 400)))


def bytes_of_japanese(random: Random) -> bytes:
    """Lead, trail and shift bytes of every Japanese encoding in disorder."""
    some = b"\xa4\xa5\xad\xb1\xc3\xf9\xfc\x8e\x8f\x82\x83\x95\xe3\x81\xff\x40\x7e,,\n\nab"
    return b"code,name\n" + bytes(random.choice(some) for _ in range(random.randrange(1, 300)))


def blank(random: Random) -> bytes:
    return random.choice(
        (" ", "\n", "\r\n", ",", ",\n", "\t", '""\n', "\ufeff")
    ).encode() * random.randrange(1, 50)


def empty(_random: Random) -> bytes:
    return b""


def a_header_and_nothing(random: Random) -> bytes:
    return _encoded(random, ",".join(random.sample(HEADER, random.randrange(1, 6))))


def names_twice_or_none(random: Random) -> bytes:
    header = [random.choice((*HEADER[:3], "", " ")) for _ in range(6)]
    return _encoded(random, _text(random).replace(",".join(HEADER), ",".join(header)))


def ragged(random: Random) -> bytes:
    rows = [row[: random.randrange(7)] + ["x"] * random.randrange(4) for row in _rows(random)]
    return _encoded(random, _text(random, rows))


def wrong_types(random: Random) -> bytes:
    rows = [[random.choice((*row, *WRONG)) for _ in row] for row in _rows(random)]
    return _encoded(random, _text(random, rows))


def another_delimiter(random: Random) -> bytes:
    return _encoded(random, _text(random, delimiter=random.choice("|:^ \x1f")))


def a_million_columns(random: Random) -> bytes:
    line = random.choice(("x,", ",", '"x",', "x\t", "x;")) * random.randrange(1_000_000, 1_100_000)
    return (random.choice(("", "code,name\n")) + line + "\n").encode()


def one_endless_cell(random: Random) -> bytes:
    quote = random.choice(('"', ""))
    return (
        f"code,name\n1,{quote}" + "あ" * random.randrange(200_000, 900_000) + f"{quote}\n"
    ).encode()


def a_row_of_endless_lines(random: Random) -> bytes:
    return b"code,name\n" + b'"a\nb",' * random.randrange(600_000, 700_000)


def another_kind_of_file(random: Random) -> bytes:
    text = _text(random)
    return random.choice(
        (
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + random.randbytes(400),
            b"\x89PNG\r\n\x1a\n" + random.randbytes(400),
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.randbytes(4_000),
            gzip.compress(text.encode(), mtime=0),
            f"<html><table><tr><td>{text}</td></tr></table></html>".encode(),
            json.dumps(_rows(random), ensure_ascii=False, indent=1).encode(),
            b"\x7fELF" + random.randbytes(400),
            f"<?xml version='1.0'?><rows>{text}</rows>".encode(),
        )
    )


# Workbooks ----------------------------------------------------------------------------------------


def _cell(reference: str, value: str, kind: str = "inlineStr", style: str = "") -> str:
    inner = f"<is><t>{value}</t></is>" if kind == "inlineStr" else f"<v>{value}</v>"
    return f'<c r="{reference}" t="{kind}"{style}>{inner}</c>'


def _sheet(random: Random, more: str = "", after: str = "") -> str:
    lines = [
        f'<row r="{at}">'
        + "".join(_cell(f"{'ABCDEF'[column]}{at}", value) for column, value in enumerate(row))
        + "</row>"
        for at, row in enumerate([list(HEADER), *_rows(random)], start=1)
    ]
    data = "".join(lines) + more
    return f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{after}</worksheet>'


def _parts(sheet: str, **changed: str | bytes | None) -> dict[str, str | bytes]:
    parts: dict[str, str | bytes | None] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(worksheet="worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
    } | changed  # type: ignore[operator]
    return {name: content for name, content in parts.items() if content is not None}


def _relations(**targets: str) -> str:
    lines = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def _zipped(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=compression)
    return packed.getvalue()


def _workbook(
    random: Random, more: str = "", after: str = "", **changed: str | bytes | None
) -> bytes:
    return _zipped(_parts(_sheet(random, more, after), **changed))


def workbook_cut(random: Random) -> bytes:
    whole = _workbook(random)
    return whole[: random.randrange(4, len(whole))]


def workbook_flipped(random: Random) -> bytes:
    data = bytearray(_workbook(random))
    for _ in range(random.randrange(1, 12)):
        data[random.randrange(4, len(data))] ^= 1 << random.randrange(8)
    return bytes(data)


def workbook_markup_flipped(random: Random) -> bytes:
    sheet = bytearray(_sheet(random).encode())
    for _ in range(random.randrange(1, 6)):
        sheet[random.randrange(len(sheet))] ^= 1 << random.randrange(8)
    return _zipped(_parts(bytes(sheet)))  # type: ignore[arg-type]


def workbook_bomb(random: Random) -> bytes:
    size = random.randrange(20, 60) * 1024 * 1024
    where = random.choice(
        (
            "xl/sharedStrings.xml",
            "xl/worksheets/sheet1.xml",
            "xl/media/image1.png",
            "docProps/app.xml",
        )
    )
    return _workbook(random, **{where: b"<x>" + b" " * size})


def workbook_that_lies_about_its_size(random: Random) -> bytes:
    bomb = _workbook(
        random, **{"xl/sharedStrings.xml": b"<sst>" + b" " * random.randrange(10**6, 4 * 10**6)}
    )
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        size = archive.getinfo("xl/sharedStrings.xml").file_size
    return bomb.replace(size.to_bytes(4, "little"), random.randrange(1, 900).to_bytes(4, "little"))


def workbook_of_many_parts(random: Random) -> bytes:
    return _workbook(
        random, **{f"xl/part{at}.xml": "<x/>" for at in range(random.randrange(2_000, 2_600))}
    )


def workbook_in_a_workbook(random: Random) -> bytes:
    inner = _workbook(random)
    for _ in range(random.randrange(1, 5)):
        inner = _zipped({random.choice(("book.xlsx", "xl/workbook.xml")): inner})
    return inner


def workbook_with_entities(random: Random) -> bytes:
    laughs = "".join(
        f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, random.randrange(3, 12))
    )
    outside = f'<!ENTITY x SYSTEM "file:///etc/{random.choice(("passwd", "hostname"))}">'
    declared = random.choice(
        (f'<!DOCTYPE s [<!ENTITY l0 "ha">{laughs}]>', f"<!DOCTYPE s [{outside}]>")
    )
    where = random.choice(("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"))
    content = _sheet(random, "<row><c t='inlineStr'><is><t>&l1;&x;</t></is></c></row>")
    return _workbook(random, **{where: declared + content})


def workbook_of_a_million_columns(random: Random) -> bytes:
    cells = "".join('<c t="n"><v>1</v></c>' for _ in range(random.randrange(1_001, 60_000)))
    return _zipped(
        _parts(f'<worksheet xmlns="{MAIN}"><sheetData><row>{cells}</row></sheetData></worksheet>')
    )


def workbook_with_a_far_corner(random: Random) -> bytes:
    corner = random.choice(
        ("XFD1048576", "XFD2", "A1048576", "ZZZZ99", "XFE1", "A4294967295", "FXSHRXX1")
    )
    return _workbook(random, f'<row r="99">{_cell(corner, "far")}</row>')


def workbook_with_odd_places(random: Random) -> bytes:
    place = random.choice(
        (
            "A0",
            "0",
            "@1",
            "1A",
            "",
            "A-1",
            "AAAAAAAAAAAAAA1",
            "A99999999999999999999",
            "あ1",
            "A1:B2",
        )
    )
    return _workbook(
        random, f'<row r="{random.choice(("99", "-1", "x", "0", "1"))}">{_cell(place, "odd")}</row>'
    )


def workbook_with_formulas(random: Random) -> bytes:
    kinds = (
        "<c r='B90'><f>1+1</f></c>",
        "<c r='A90'><f>NOW()</f><v/></c>",
        "<c r='C90' t='e'><f>1/0</f><v>#DIV/0!</v></c>",
    )
    return _workbook(random, f'<row r="90">{random.choice(kinds)}</row>')


def workbook_with_errors(random: Random) -> bytes:
    errors = ("#N/A", "#REF!", "#NAME?", "#NULL!", "#NUM!", "nonsense", "")
    rows = "".join(
        f'<row r="{at}">{_cell(f"B{at}", random.choice(errors), "e")}</row>'
        for at in range(60, 60 + random.randrange(1, 40))
    )
    return _workbook(random, rows)


def workbook_with_merged_cells(random: Random) -> bytes:
    top = random.randrange(1, 20)
    corner = f"{random.choice('ABCXZ')}{top + random.randrange(40)}"
    return _workbook(random, "", f'<mergeCells><mergeCell ref="A{top}:{corner}"/></mergeCells>')


def workbook_with_odd_values(random: Random) -> bytes:
    kind = random.choice(("n", "s", "b", "d", "str", "z", ""))
    value = random.choice(("abc", "-1", "99999999999", "1e400", "", "NaN", "2025-99-99", "0x10"))
    cell = _cell("B70", value, kind, random.choice(("", ' s="999"')))
    return _workbook(random, f'<row r="70">{cell}</row>')


def workbook_with_odd_dates(random: Random) -> bytes:
    formats = '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs>{formats}</cellXfs></styleSheet>'
    value = random.choice(
        ("-1", "0", "0.5", "60", "2958466", "1e15", "-1e300", "1e300", "45748.9999999999")
    )
    cell = _cell("B70", value, "n", ' s="1"')
    relations = _relations(worksheet="worksheets/sheet1.xml", styles="styles.xml")
    more = {"xl/styles.xml": styles, "xl/_rels/workbook.xml.rels": relations}
    return _workbook(random, f'<row r="70">{cell}</row>', **more)


def workbook_with_parts_missing(random: Random) -> bytes:
    gone = random.choice(
        (
            "[Content_Types].xml",
            "_rels/.rels",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/worksheets/sheet1.xml",
        )
    )
    return _workbook(random, **{gone: None})


def workbook_with_parts_twice(random: Random) -> bytes:
    packed = io.BytesIO(_workbook(random))
    with zipfile.ZipFile(packed, "a") as archive, warnings.catch_warnings(action="ignore"):
        archive.writestr("xl/worksheets/sheet1.xml", _sheet(random))
    return packed.getvalue()


def workbook_whose_sheet_is_elsewhere(random: Random) -> bytes:
    target = random.choice(
        (
            "../../../etc/passwd",
            "/xl/nowhere.xml",
            "http://example.com/",
            "",
            "worksheets",
            "workbook.xml",
        )
    )
    return _workbook(random, **{"xl/_rels/workbook.xml.rels": _relations(worksheet=target)})


def workbook_without_visible_sheets(random: Random) -> bytes:
    sheets = random.choice(
        (
            "",
            '<sheet name="x" sheetId="1" r:id="r1" state="hidden"/>',
            '<sheet name="x" r:id="r7"/>',
            "<sheet/>",
        )
    )
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
    return _workbook(random, **{"xl/workbook.xml": book})


def workbook_in_another_encoding(random: Random) -> bytes:
    encoding = random.choice(("utf-16", "cp932", "latin-1", "utf-7"))
    sheet = f'<?xml version="1.0" encoding="{encoding}"?>' + _sheet(random)
    return _zipped(_parts(sheet.encode(encoding, "replace")))  # type: ignore[arg-type]


def workbook_nested_deep(random: Random) -> bytes:
    depth = random.randrange(1_000, 200_000)
    return _workbook(random, "<row><c><is>" + "<r>" * depth + "</r>" * depth + "</is></c></row>")


def workbook_with_an_endless_cell(random: Random) -> bytes:
    return _workbook(
        random, f'<row r="80">{_cell("B80", "あ" * random.randrange(140_000, 400_000))}</row>'
    )


def workbook_that_repeats_a_long_text(random: Random) -> bytes:
    text = "x" * random.randrange(20_000, 100_000)
    strings = f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'
    rows = "".join(
        "<row>" + '<c t="s"><v>0</v></c>' * 900 + "</row>" for _ in range(random.randrange(2, 60))
    )
    relations = _relations(worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml")
    return _workbook(
        random, rows, **{"xl/sharedStrings.xml": strings, "xl/_rels/workbook.xml.rels": relations}
    )


def workbook_packed_otherwise(random: Random) -> bytes:
    return _zipped(_parts(_sheet(random)), random.choice((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)))


def workbook_with_a_password(random: Random) -> bytes:
    data = bytearray(_workbook(random))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    return bytes(data)


def another_zip(random: Random) -> bytes:
    return _zipped(
        random.choice(
            (
                {
                    "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                    "content.xml": "<x/>",
                },
                {"xl/workbook.bin": random.randbytes(300), "[Content_Types].xml": "<x/>"},
                {"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"},
                {f"{random.random()}.csv": _text(random)},
                {},
            )
        )
    )


def zip_of_random_bytes(random: Random) -> bytes:
    return b"PK\x03\x04" + random.randbytes(random.randrange(1, 5_000))


MAKERS: tuple[Maker, ...] = (
    cut, cut, cut_in_quotes, text_after_quotes, quotes_anywhere, line_by_line_another_encoding,
    encoded_twice, another_encoding, wrong_mark, zero_bytes, control_characters, flipped_bits,
    half_surrogates, random_bytes, random_bytes_under_a_header, half_width_only, bytes_of_japanese,
    blank, empty,
    a_header_and_nothing, names_twice_or_none, ragged, wrong_types, another_delimiter,
    a_million_columns, one_endless_cell, a_row_of_endless_lines, another_kind_of_file,
    workbook_cut, workbook_flipped, workbook_markup_flipped, workbook_bomb,
    workbook_that_lies_about_its_size, workbook_of_many_parts, workbook_in_a_workbook,
    workbook_with_entities, workbook_of_a_million_columns, workbook_with_a_far_corner,
    workbook_with_odd_places, workbook_with_formulas, workbook_with_errors,
    workbook_with_merged_cells, workbook_with_odd_values, workbook_with_odd_dates,
    workbook_with_parts_missing, workbook_with_parts_twice, workbook_whose_sheet_is_elsewhere,
    workbook_without_visible_sheets, workbook_in_another_encoding, workbook_nested_deep,
    workbook_with_an_endless_cell, workbook_that_repeats_a_long_text, workbook_packed_otherwise,
    workbook_with_a_password, another_zip, zip_of_random_bytes,
)  # fmt: skip
"""One for each way to be broken; a seed chooses by its remainder."""
