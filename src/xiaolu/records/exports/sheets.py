"""Writing rows into files of a bounded memory: xlsx and csv. Pure but for the file itself."""

import csv
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from xiaolu.metadata.fields.protocol import Cell
from xiaolu.records.exports.model import FileFormat
from xiaolu.records.exports.naming import free_name

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ROWS_PER_SHEET = 1_048_576
LONGEST_CELL = 32_767
"""What a spreadsheet holds: rows of a sheet, characters of a cell."""
LONGEST_SHEET = 31
_UNSAFE_IN_SHEETS = re.compile(r"[\[\]:*?/\\!\x00-\x1f]+")
_EXACT_DIGITS = 15
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class SheetWriter(Protocol):
    """A file that grows by rows."""

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Add rows."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


def open_sheet(file_format: FileFormat, path: Path, header: Sequence[str]) -> SheetWriter:
    """Begin a file of one sheet with its header."""
    return CsvSheet(path, header) if file_format == "csv" else XlsxBook(path).sheet(header)


class XlsxBook:
    """An xlsx file of sheets that grow side by side. Text stays text: nothing is taken for a formula or link."""

    def __init__(self, path: Path) -> None:
        import xlsxwriter  # takes long to load, and most processes never write a file

        self._book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_urls": False}
        )
        self._bold = self._book.add_format({"bold": True})
        self.day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._names: set[str] = set()

    def sheet(self, header: Sequence[str], name: str | None = None) -> "XlsxSheet":
        """Begin a sheet."""
        return XlsxSheet(self, header, name)

    def begin(self, header: Sequence[str], name: str | None) -> "Worksheet":
        """Add a page with its header; names are shortened and told apart as spreadsheets want it."""
        sheet = self._book.add_worksheet(None if name is None else self._free(name))
        sheet.freeze_panes(1, 0)
        for at, title in enumerate(header):
            sheet.set_column(at, at, min(max(10, 2 * len(title) + 2), 40))
            sheet.write_string(0, at, title, self._bold)
        return sheet

    def _free(self, name: str) -> str:
        plain = _UNSAFE_IN_SHEETS.sub(" ", name).strip(" '")[:LONGEST_SHEET] or "-"
        return free_name(
            self._names,
            lambda number: plain if number == 1 else f"{plain[: LONGEST_SHEET - len(str(number)) - 1]} {number}",
        )

    def close(self) -> None:
        """Finish the file."""
        self._book.close()


class XlsxSheet:
    """A sheet of a book; further pages are begun where one is full."""

    def __init__(self, book: XlsxBook, header: Sequence[str], name: str | None) -> None:
        self._book = book
        self._header = list(header)
        self._name = name
        self._sheet = self._begin()

    def _begin(self) -> "Worksheet":
        sheet = self._book.begin(self._header, self._name)
        self._next = 1
        return sheet

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Add rows."""
        for row in rows:
            if self._next >= ROWS_PER_SHEET:
                self._sheet = self._begin()
            number = self._next
            for at, value in enumerate(row):
                if value is not None:
                    self._put(number, at, value)
            self._next = number + 1

    def _put(self, row: int, column: int, value: Cell) -> None:
        sheet = self._sheet
        if isinstance(value, str):
            sheet.write_string(row, column, value[:LONGEST_CELL])
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, (int, float, Decimal)):
            self._put_number(row, column, value)
        elif isinstance(value, (date, datetime)):
            self._put_date(row, column, value, self._book.moment if isinstance(value, datetime) else self._book.day)

    def _put_number(self, row: int, column: int, value: float | Decimal) -> None:
        """A spreadsheet keeps 15 digits; a longer number is written as text, so that none is lost."""
        text = str(value)
        if sum(map(str.isdigit, text)) > _EXACT_DIGITS:
            self._sheet.write_string(row, column, text)
        else:
            self._sheet.write_number(row, column, value)

    def _put_date(self, row: int, column: int, value: date, form: "Format") -> None:
        if value.year < 1900:
            self._sheet.write_string(
                row, column, value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
            )
        else:
            self._sheet.write_datetime(row, column, value, form)

    def close(self) -> None:
        """Finish the whole file."""
        self._book.close()


class CsvSheet:
    """A csv file that spreadsheets open as UTF-8; text that they would run as a formula gets an apostrophe before it."""

    def __init__(self, path: Path, header: Sequence[str]) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow([_safe(each) for each in header])

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Add rows."""
        self._writer.writerows([[_csv_cell(each) for each in row] for row in rows])

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def _csv_cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _safe(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
