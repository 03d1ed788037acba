"""Reading tables out of files: xlsx, and csv in the encodings and with the separators that people have. Blocking.

Rows without any content are passed over; lines are counted as a spreadsheet shows them.
"""

import contextlib
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from xiaolu.kit.errors import Invalid
from xiaolu.records.imports.kept import Line, keep_lines, kept_lines, kept_place
from xiaolu.records.imports.model import FileShape, SourceRow

SEPARATORS = (",", "\t", ";", "|")
LOOKED_AT = 30
"""Lines at the top of a file that are searched for its header."""
MOST_COLUMNS = 500
_HEAD_BYTES = 256 * 1024
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class Table:
    """The beginning of a file: how it is read, the names of its columns, some rows and how many there are in all."""

    shape: FileShape
    header: list[str]
    rows: list[SourceRow]
    total: int


def inspect_file(path: Path, name: str, *, samples: int = 50, sheet: str | None = None) -> Table:
    """Find out how a file is read, and read its beginning; of a workbook the sheet, or the first that holds something.

    The rows of that sheet are kept (``kept``) for what follows.

    Raises:
        Invalid: the file is neither a spreadsheet nor text in columns, or holds no rows.
    """
    if not _is_workbook(path):
        return _inspect(path, name, _csv_shape(path, name), samples)
    shape = next(_xlsx_shapes(path, sheet), None)
    if shape is None:
        raise Invalid("import.empty", file=name)
    keep_rows(path, shape)
    return _inspect(path, name, shape, samples)


def inspect_sheets(path: Path, name: str, *, beside: str | None = None) -> list[Table]:
    """Read the beginning of every sheet that holds a table, or of those beside one.

    Raises:
        Invalid: the file is neither a spreadsheet nor text in columns, or no sheet holds rows.
    """
    if not _is_workbook(path):
        return [inspect_file(path, name)]
    found: list[Table] = []
    for shape in _xlsx_shapes(path):
        if shape.sheet == beside:
            continue
        with contextlib.suppress(Invalid):
            found.append(_inspect(path, name, shape, samples=50))
    if not found and beside is None:
        raise Invalid("import.empty", file=name)
    return found


def _inspect(path: Path, name: str, shape: FileShape, samples: int) -> Table:
    names = column_names(next(_lines(path, shape), (0, []))[1])
    found: list[SourceRow] = []
    total = 0
    for row in read_rows(path, shape):
        total += 1
        if len(found) < samples:
            found.append(row)
    if not names or not total:
        raise Invalid("import.empty", file=name)
    if len(names) > MOST_COLUMNS:
        raise Invalid("import.too_many_columns", most=MOST_COLUMNS)
    return Table(shape, names, found, total)


def keep_rows(path: Path, shape: FileShape) -> None:
    """Parse a sheet and keep its rows beside the workbook, unless they are there."""
    if shape.format == "xlsx":
        place = kept_place(path, shape.sheet)
        if not place.exists():
            keep_lines(place, _parsed_lines(path, shape))


def read_rows(path: Path, shape: FileShape, *, after: int = 0) -> Iterator[SourceRow]:
    """Yield the data rows behind row number ``after``."""
    lines = _lines(path, shape)
    next(lines, None)
    number = 0
    for line, cells in lines:
        if _is_blank(cells):
            continue
        number += 1
        if number > after:
            yield SourceRow(number, line, cells)


def column_names(cells: Sequence[Any]) -> list[str]:
    """Return the names of the columns: trimmed, those without one numbered, repeated ones told apart."""
    while cells and _is_empty(cells[-1]):
        cells = cells[:-1]
    names: list[str] = []
    for at, cell in enumerate(cells, start=1):
        name = " ".join(str(cell).split()) if not _is_empty(cell) else f"#{at}"
        repeated = 2
        unique = name
        while unique in names:
            unique, repeated = f"{name} ({repeated})", repeated + 1
        names.append(unique)
    return names


def _lines(path: Path, shape: FileShape) -> Iterator[Line]:
    """Yield (line, cells) from the header on."""
    source = _workbook_lines(path, shape) if shape.format == "xlsx" else _text_lines(path, shape)
    for line, cells in source:
        if line > shape.header:
            yield line, cells


def _workbook_lines(path: Path, shape: FileShape) -> Iterator[Line]:
    place = kept_place(path, shape.sheet)
    return kept_lines(place) if place.exists() else _parsed_lines(path, shape)


def _parsed_lines(path: Path, shape: FileShape) -> Iterator[Line]:
    with path.open("rb") as stream:
        book = CalamineWorkbook.from_filelike(stream)
        sheet = book.get_sheet_by_name(shape.sheet) if shape.sheet else book.get_sheet_by_index(0)
        first = sheet.start[0] if sheet.start else 0
        yield from enumerate(sheet.iter_rows(), start=first + 1)


def _text_lines(path: Path, shape: FileShape) -> Iterator[Line]:
    with path.open(encoding=shape.encoding, errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=shape.separator)
        before = 0
        for cells in reader:
            yield before + 1, [_text(each) for each in cells]
            before = reader.line_num


def _text(cell: str) -> str:
    """Undo the apostrophe that exports put before text which looks like a formula."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@" else cell


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(8)
    return head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def _xlsx_shapes(path: Path, wanted: str | None = None) -> Iterator[FileShape]:
    """Yield how the sheets are read that hold something: all, or the wanted one."""
    try:
        with path.open("rb") as stream:
            book = CalamineWorkbook.from_filelike(stream)
            for name in [each for each in book.sheet_names if wanted in (None, each)]:
                sheet = book.get_sheet_by_name(name)
                top = [cells for _, cells in zip(range(LOOKED_AT), sheet.iter_rows(), strict=False)]
                if any(not _is_blank(cells) for cells in top):
                    first = sheet.start[0] if sheet.start else 0
                    yield FileShape(format="xlsx", sheet=name, header=first + _header_at(top))
    except (CalamineError, OSError, ValueError) as error:
        raise Invalid("import.unreadable", detail=str(error)[:200]) from error


def _csv_shape(path: Path, name: str) -> FileShape:
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
        is_whole = not stream.read(1)
    encoding = _encoding_of(head, is_whole=is_whole)
    text = head.decode(encoding, errors="ignore") if encoding is not None else "\0"
    if encoding is None or "\0" in text:
        raise Invalid("import.unreadable", detail=name)
    if not is_whole and "\n" in text:
        text = text[: text.rindex("\n") + 1]
    separator = max(SEPARATORS, key=lambda each: _regularity(text, each))
    top = [
        cells for _, cells in zip(range(LOOKED_AT), csv.reader(io.StringIO(text), delimiter=separator), strict=False)
    ]
    at = _header_at(top)
    line = 0
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    for _ in range(at):
        next(reader)
        line = reader.line_num
    return FileShape(format="csv", encoding=encoding, separator=separator, header=line)


def _encoding_of(head: bytes, *, is_whole: bool) -> str | None:
    """Return the first encoding in which the bytes make sense; a character cut off at the end is no objection."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for encoding in _ENCODINGS:
        for cut in range(1 if is_whole else 4):
            try:
                head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return encoding
    return None


def _regularity(text: str, separator: str) -> tuple[int, int]:
    """Rate a separator: how many lines split into the same number of columns, and into how many."""
    widths = [
        len(cells)
        for _, cells in zip(range(LOOKED_AT), csv.reader(io.StringIO(text), delimiter=separator), strict=False)
        if cells
    ]
    common = max(set(widths), key=lambda each: (widths.count(each), each)) if widths else 1
    return (0, 0) if common < 2 else (widths.count(common), common)


def _header_at(top: Sequence[Sequence[Any]]) -> int:
    """Return the line that names the columns: the first one as wide as the table, all text, each name once.

    Titles and notes above a table fill one or two cells only, so they are passed over.
    """
    widths = [sum(not _is_empty(each) for each in cells) for cells in top]
    widest = max(widths, default=0)
    for at, cells in enumerate(top):
        filled = [each for each in cells if not _is_empty(each)]
        is_wide = len(filled) >= max(1, ceil(widest * 0.75))
        if is_wide and all(isinstance(each, str) for each in filled) and len(set(filled)) == len(filled):
            return at
    return next((at for at, width in enumerate(widths) if width), 0)


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _is_blank(cells: Sequence[Any]) -> bool:
    for cell in cells:  # the first cell of nearly every row ends it
        if cell is not None and cell != "" and not (cell.__class__ is str and not cell.strip()):
            return False
    return True


def cell_text(cell: Any) -> str:
    """Write a cell as a person sees it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, (date, time, timedelta)):
        return str(cell)
    return str(cell)
