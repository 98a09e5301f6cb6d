"""Small files for the tests of reading: the same rows as CSV in any encoding and as a workbook."""

from __future__ import annotations

import csv
import io

import openpyxl

ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16", "utf-16-le", "utf-16-be")


def as_csv(rows, encoding="utf-8", delimiter=",", newline="\r\n"):
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if newline == "\r" else csv.QUOTE_MINIMAL  # it would leave \n bare
    csv.writer(text, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows, *, title="Sheet1", merged=()):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    return saved(book)


def saved(book):
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()
