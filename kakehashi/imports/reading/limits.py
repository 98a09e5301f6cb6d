"""How much of a file is read. Beyond these it is refused, not tried."""

MEGABYTE = 1024 * 1024

FILE_BYTES = 512 * MEGABYTE
"""The file as it lies there. A million rows of revenue have some 70 MB."""

COLUMNS = 1_000
COLUMN_NAME = 200
CELL = 131_072
"""Characters in one cell: four times what Excel allows."""

RECORD = 2 * MEGABYTE
"""Characters in one row, line breaks within cells included."""

WORKBOOK_ENTRIES = 2_000
WORKBOOK_UNPACKED = 2_048 * MEGABYTE
WORKBOOK_RATIO = 200
"""Unpacked to packed, past `WORKBOOK_RATIO_FROM`. What Excel writes stays below 50."""

WORKBOOK_RATIO_FROM = 16 * MEGABYTE
WORKBOOK_STRUCTURE = 16 * MEGABYTE
"""The parts that only list the sheets."""

WORKBOOK_MEMORY = 2_048 * MEGABYTE
WORKBOOK_SECONDS = 180
"""Processor time for one workbook."""

WORKBOOK_FAULTS = 10_000
"""Cells that hold an error or a formula without a result."""

WORKBOOK_TEXT = 2_048 * MEGABYTE
"""All that a workbook's rows come to, written out."""
