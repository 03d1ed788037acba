"""Small tables as CSV that spreadsheet programs open in the right encoding and without running anything."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV with a byte order mark; text that a spreadsheet would take for a formula gets an apostrophe."""
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + stream.getvalue()


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
