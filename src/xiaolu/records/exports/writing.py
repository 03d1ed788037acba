"""Writing the rows of an export: cells worked out in another thread, titles and files fetched a batch at a time."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.access.context import Context
from xiaolu.kit.db import Row
from xiaolu.kit.i18n import Language
from xiaolu.metadata.fields.protocol import Cell, Names
from xiaolu.records.exports.attachments import Attachments
from xiaolu.records.exports.sheets import CsvSheet, SheetWriter, XlsxBook, XlsxSheet
from xiaolu.records.exports.tables import RECORD_NUMBER, Part, Tables, heading
from xiaolu.records.queries.scope import Scope
from xiaolu.records.queries.store.columns import Column
from xiaolu.records.store.titles import load_titles, new_titles

BATCH = 1_000
"""Rows of a sub-table in memory at a time."""
TITLES_KEPT = 20_000
"""Rows after which the titles met so far are forgotten, to bound the memory."""
_PLAIN = ("text", "long_text", "email", "phone", "url", "barcode", "auto_number")


class TableWriter:
    """Writes the rows of a list, and those of its sub-tables, into one file."""

    def __init__(self, ctx: Context, scope: Scope, tables: Tables, path: Path, files: Attachments | None) -> None:
        self._ctx = ctx
        self._tables = tables
        self._files = files
        self._titles = new_titles(ctx)
        self._titled = 0
        self.count = 0
        header = [heading(scope.source, each.path, ctx.language) for each in tables.columns]
        number = RECORD_NUMBER.text(ctx.language)
        if tables.is_counted:
            header.insert(0, number)
        self._parts: list[XlsxSheet] = []
        self._sheet: SheetWriter
        if path.suffix == ".csv":
            self._sheet = CsvSheet(path, header)
            return
        book = XlsxBook(path)
        self._sheet = book.sheet(header, scope.model.definition.label.text(ctx.language) if tables.parts else None)
        mark = number if tables.mark is None else header[tables.mark]
        for each in tables.parts:
            own = [one.field.definition.label.text(ctx.language) for one in each.columns]
            name = each.column.field.definition.label.text(ctx.language)
            self._parts.append(book.sheet([mark, *own], name))

    async def write(self, rows: Sequence[Row]) -> None:
        """Write some rows of the list, with what belongs to them."""
        columns = self._tables.columns
        cells = await self._cells(columns, [[row[at] for at in range(len(columns))] for row in rows])
        numbers = range(self.count + 1, self.count + len(rows) + 1)
        self.count += len(rows)
        counted = list(zip(numbers, cells, strict=True))
        lines = [[number, *line] for number, line in counted] if self._tables.is_counted else cells
        await asyncio.to_thread(self._sheet.write, lines)
        marks = [self._mark(number, line) for number, line in counted]
        for at, part in enumerate(self._tables.parts):
            owners = {row[len(columns) + at]: mark for row, mark in zip(rows, marks, strict=True)}
            owners.pop(None, None)  # records whose rows the person may not see
            await self._write_part(part, self._parts[at], owners)

    def _mark(self, number: int, line: Sequence[Cell]) -> Cell:
        """Return what tells a record on the sheets of its sub-tables; never nothing, which would mean the record above."""
        if self._tables.mark is None:
            return number
        cell = line[self._tables.mark]
        return cell if cell is not None else f"#{number}"

    async def _write_part(self, part: Part, sheet: XlsxSheet, owners: dict[UUID, Cell]) -> None:
        if not owners:
            return
        async for rows in self._ctx.uow.stream(part.select(list(owners)), BATCH):
            cells = await self._cells(part.columns, [[row[at + 1] for at in range(len(part.columns))] for row in rows])
            lines = [[owners[row[0]], *line] for row, line in zip(rows, cells, strict=True)]
            await asyncio.to_thread(sheet.write, lines)

    async def _cells(self, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> list[list[Cell]]:
        """Return the cells of rows, with the titles of what they point to."""
        if self._titled > TITLES_KEPT:
            self._titles, self._titled = new_titles(self._ctx), 0
        self._titled += len(rows)
        wanted = _wanted(columns, rows)
        await load_titles(self._ctx, wanted, self._titles)
        if self._files is not None and (ids := wanted.get("file")):
            await self._files.take(self._ctx, ids)
            for each in ids:
                if (name := self._files.name(each)) is not None:
                    self._titles.add("file", each, name)
        return await asyncio.to_thread(_written, columns, rows, Speech(self._titles, self._ctx.language))

    def close(self) -> None:
        """Finish the file."""
        self._sheet.close()


@dataclass(frozen=True, slots=True)
class Speech:
    """In what words values are written."""

    names: Names
    language: Language


def _wanted(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> dict[str, set[UUID]]:
    """Collect the ids whose titles the cells need, by target."""
    wanted: dict[str, set[UUID]] = {}
    for at, column in enumerate(columns):
        target = column.target or (column.field.storage.references if column.field.storage else None)
        if target is None or column.children is not None:
            continue
        wanted.setdefault(target, set()).update(_ids(row[at] for row in rows))
    return wanted


def _ids(values: Iterable[Any]) -> Iterable[UUID]:
    for value in values:
        if value is not None:
            yield from value if isinstance(value, list) else (value,)


def _written(columns: Sequence[Column], rows: Sequence[Sequence[Any]], speech: Speech) -> list[list[Cell]]:
    writers = [_cell_writer(each, speech) for each in columns]
    return [[write(row[at]) for at, write in enumerate(writers)] for row in rows]


def _cell_writer(column: Column, speech: Speech) -> Callable[[Any], Cell]:
    field, kind = column.field.definition, column.field.type
    if kind.key in _PLAIN:
        return _same
    if column.children is not None:
        return lambda count: kind.export(range(count), field, speech.names, speech.language)
    is_document = column.cast == "jsonb"

    def write(value: Any) -> Cell:
        if value is None:
            return None
        if is_document and isinstance(value, str):
            value = msgspec.json.decode(value)
        return kind.export(value, field, speech.names, speech.language)

    return write


def _same(value: Any) -> Cell:
    found: Cell = value
    return found
