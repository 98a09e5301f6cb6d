"""Files as people have them, read as a header and rows: CSV in any usual encoding, and XLSX.

A file is recognised by its content, whatever its name says. What cannot be read at all raises
`Unreadable` with a sentence for whoever sent it, at once or, where a fault lies far below, from the
iterator of rows. A row with a fault of its own comes as a `BadRow` in its place, so that counting
the items counts the data rows. Nothing is guessed, nothing grows without bound.
"""

from kakehashi.imports.reading.opening import read
from kakehashi.imports.reading.sheet import BadRow, Cell, Problem, Row, Sheet

__all__ = ["BadRow", "Cell", "Problem", "Row", "Sheet", "read"]
