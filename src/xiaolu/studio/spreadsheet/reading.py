"""Reading uploaded spreadsheets, all sheets of a workbook. Blocking."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from xiaolu.kit.errors import Invalid
from xiaolu.records.imports.sources import inspect_sheets, read_rows
from xiaolu.studio.spreadsheet.kinds import Column

MOST_SHEETS = 20
MOST_COLUMNS = 200
LOOKED_AT = 20_000
"""Rows of a sheet that guesses rest on."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file and where its content lies."""

    id: UUID
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet with the values of its columns, as far as they were looked at."""

    id: str
    file: UUID
    file_name: str
    sheet: str | None
    """None where the file has one sheet only."""
    rows: int
    looked_at: int
    columns: dict[str, Column]


def read_sheets(uploads: Sequence[Upload]) -> list[ReadSheet]:
    """Read every sheet that holds a table.

    Raises:
        Invalid: a file is no table, or there is too much.
    """
    found: list[ReadSheet] = []
    for upload in uploads:
        tables = inspect_sheets(upload.path, upload.name)
        for table in tables:
            if len(table.header) > MOST_COLUMNS:
                raise Invalid("import.too_many_columns", most=MOST_COLUMNS)
            cells: list[list[object]] = [[] for _ in table.header]
            looked_at = 0
            for row in read_rows(upload.path, table.shape):
                if looked_at >= LOOKED_AT:
                    break
                looked_at += 1
                for at, column in enumerate(cells):
                    column.append(row.cells[at] if at < len(row.cells) else None)
            found.append(
                ReadSheet(
                    id=f"s{len(found) + 1}",
                    file=upload.id,
                    file_name=upload.name,
                    sheet=table.shape.sheet if len(tables) > 1 else None,
                    rows=table.total,
                    looked_at=looked_at,
                    columns={name: Column(name, each) for name, each in zip(table.header, cells, strict=True)},
                )
            )
    if len(found) > MOST_SHEETS:
        raise Invalid("spreadsheet.too_many_sheets", most=MOST_SHEETS)
    return found
