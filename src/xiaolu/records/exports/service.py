"""Exporting a list into a file."""

import asyncio
import re
import shutil
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.service.audit import record_audit
from xiaolu.files.storage import FileStorage
from xiaolu.kit.i18n import Label
from xiaolu.records.exports.attachments import Attachments
from xiaolu.records.exports.model import CONTENT_TYPES, ExportFile, ExportQuery
from xiaolu.records.exports.tables import owners_of, tables_of
from xiaolu.records.exports.writing import TableWriter
from xiaolu.records.queries.listing import order_of
from xiaolu.records.queries.scope import Scope, open_scope
from xiaolu.records.queries.store.rows import select_cells

BATCH = 1_000
"""Rows in memory at a time."""
FOLDER = Label("附件", "files")
"""Where the files lie in a zip."""
_UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


async def export_records(ctx: Context, storage: FileStorage, entity: str, query: ExportQuery) -> ExportFile:
    """Write the records that the person may export into a file, as one consistent state, and note it in the audit log.

    Raises:
        Denied: the person's roles do not allow exports.
        Invalid: a filter, sort key or field that makes no sense; more files than a zip is made of.
    """
    scope = open_scope(ctx, entity, query.selection, operation=Operation.EXPORT)
    tables = tables_of(scope, query)
    order = order_of(scope, query.sort)
    values = [*(each.cell() for each in tables.columns), *owners_of(tables.parts)]
    name = _file_name(ctx, scope)
    folder = Path(tempfile.mkdtemp(prefix="xiaolu-export-"))
    path = folder / f"export.{query.format}"
    book = folder / "book.xlsx" if query.format == "zip" else path
    files = Attachments(path, storage, FOLDER.text(ctx.language)) if query.format == "zip" else None
    try:
        writer = TableWriter(ctx, scope, tables, book, files)
        try:
            async for rows in ctx.uow.stream(select_cells(scope.ordered(), values, order), BATCH):
                await writer.write(rows)
        finally:
            await asyncio.to_thread(writer.close)
        if files is not None:
            await asyncio.to_thread(files.finish, book, f"{name}.xlsx")
    except BaseException:
        if files is not None:
            files.abandon()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    await record_audit(
        ctx,
        "export.made",
        subject_kind="entity",
        subject_id=entity,
        detail={
            "rows": writer.count,
            "format": query.format,
            "fields": [each.path for each in (*tables.columns, *(part.column for part in tables.parts))],
            "filter": msgspec.to_builtins(query.selection.filter),
            "search": query.selection.search,
        }
        | ({"files": files.count} if files is not None else {}),
    )
    return ExportFile(path, f"{name}.{query.format}", CONTENT_TYPES[query.format], writer.count)


def _file_name(ctx: Context, scope: Scope) -> str:
    label = _UNSAFE_IN_NAMES.sub("_", scope.model.definition.label.text(ctx.language))
    local = ctx.now.astimezone(ZoneInfo(ctx.time_zone))
    return f"{label}-{local:%Y%m%d-%H%M}"
