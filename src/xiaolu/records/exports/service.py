"""Exporting a list into a file."""

import asyncio
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.service.audit import record_audit
from xiaolu.kit.db import Row
from xiaolu.kit.errors import Invalid
from xiaolu.kit.i18n import Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.sql import Sql
from xiaolu.metadata.fields.protocol import Cell, Names
from xiaolu.records.exports.model import CONTENT_TYPES, ExportFile, ExportQuery
from xiaolu.records.exports.sheets import SheetWriter, open_sheet
from xiaolu.records.queries.listing import order_of
from xiaolu.records.queries.scope import Scope, open_scope
from xiaolu.records.queries.store.columns import Column
from xiaolu.records.queries.store.rows import select_cells
from xiaolu.records.store.titles import load_titles, new_titles

BATCH = 1_000
"""Rows in memory at a time."""
MOST_COLUMNS = 300
TITLES_KEPT = 20_000
"""Rows after which the titles met so far are forgotten, to bound the memory."""
_SYSTEM_COLUMNS = ("stage", "owner", "department", "created_at", "created_by", "updated_at")
_UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


async def export_records(ctx: Context, entity: str, query: ExportQuery) -> ExportFile:
    """Write the records that the person may export into a file, as one consistent state, and note it in the audit log.

    Raises:
        Denied: the person's roles do not allow exports.
        Invalid: a filter, sort key or field that makes no sense.
    """
    scope = open_scope(ctx, entity, query.selection, operation=Operation.EXPORT)
    columns = _columns(scope, query)
    order = order_of(scope, query.sort)
    folder = Path(tempfile.mkdtemp(prefix="xiaolu-export-"))
    path = folder / f"export.{query.format}"
    try:
        sheet = open_sheet(query.format, path, [_heading(ctx, scope, each.path) for each in columns])
        count = await _fill(ctx, sheet, columns, select_cells(scope.ordered(), [each.value for each in columns], order))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    await record_audit(
        ctx,
        "export.made",
        subject_kind="entity",
        subject_id=entity,
        detail={
            "rows": count,
            "format": query.format,
            "fields": [each.path for each in columns],
            "filter": msgspec.to_builtins(query.selection.filter),
            "search": query.selection.search,
        },
    )
    return ExportFile(path, _file_name(ctx, scope, query.format), CONTENT_TYPES[query.format], count)


def _columns(scope: Scope, query: ExportQuery) -> list[Column]:
    """Return the wanted columns; without any, all that the person sees, the entity's own first."""
    fields = query.fields
    if fields is None:
        keys = [*scope.model.fields, *(each for each in _SYSTEM_COLUMNS if each != "stage" or scope.model.process)]
        found = [scope.source.column(each) for each in keys]
        return [each for each in found if isinstance(each, Column)]
    if not fields or len(fields) > MOST_COLUMNS:
        raise Invalid("query.invalid", [problem("export.columns_count", "fields", most=MOST_COLUMNS)])
    wanted = [scope.source.column(each) for each in fields]
    problems = [each.under("fields", at) for at, each in enumerate(wanted) if isinstance(each, Problem)]
    if problems and not query.is_lenient:
        raise Invalid("query.invalid", problems)
    return [each for each in wanted if isinstance(each, Column)]


def _heading(ctx: Context, scope: Scope, path: str) -> str:
    """Return the labels along a path: ``客户 · 区域``."""
    segments = path.split(".")
    steps = [scope.source.column(".".join(segments[: at + 1])) for at in range(len(segments))]
    return " · ".join(each.field.definition.label.text(ctx.language) for each in steps if isinstance(each, Column))


async def _fill(ctx: Context, sheet: SheetWriter, columns: Sequence[Column], statement: Sql) -> int:
    """Write all rows; building cells is work of another thread, so that other requests are answered meanwhile."""
    count = 0
    titles = new_titles(ctx)
    try:
        async for rows in ctx.uow.stream(statement, BATCH):
            if count % TITLES_KEPT == 0:
                titles = new_titles(ctx)
            await load_titles(ctx, _wanted(columns, rows), titles)
            await asyncio.to_thread(_write, sheet, columns, rows, Speech(titles, ctx.language))
            count += len(rows)
    finally:
        await asyncio.to_thread(sheet.close)
    return count


def _wanted(columns: Sequence[Column], rows: Sequence[Row]) -> dict[str, set[UUID]]:
    """Collect the ids whose titles the cells need, by target."""
    wanted: dict[str, set[UUID]] = {}
    for at, column in enumerate(columns):
        target = column.target or (column.field.storage.references if column.field.storage else None)
        if target is None or column.children is not None:
            continue
        ids = wanted.setdefault(target, set())
        for row in rows:
            value = row[at]
            if value is not None:
                ids.update(value if isinstance(value, list) else (value,))
    return wanted


@dataclass(frozen=True, slots=True)
class Speech:
    """In what words values are written."""

    names: Names
    language: Language


def _write(sheet: SheetWriter, columns: Sequence[Column], rows: Sequence[Row], speech: Speech) -> None:
    writers = [_cell_writer(each, speech) for each in columns]
    sheet.write([[write(row[at]) for at, write in enumerate(writers)] for row in rows])


def _cell_writer(column: Column, speech: Speech) -> Callable[[Any], Cell]:
    field, kind = column.field.definition, column.field.type
    if kind.key in ("text", "long_text", "email", "phone", "url", "barcode", "auto_number"):
        return _same
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


def _file_name(ctx: Context, scope: Scope, file_format: str) -> str:
    label = _UNSAFE_IN_NAMES.sub("_", scope.model.definition.label.text(ctx.language))
    local = ctx.now.astimezone(ZoneInfo(ctx.time_zone))
    return f"{label}-{local:%Y%m%d-%H%M}.{file_format}"
