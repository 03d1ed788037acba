"""The rows that were refused, as a spreadsheet: what stood in the file, and why it was not taken in."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from xiaolu.access.context import Context
from xiaolu.files.service import load_files
from xiaolu.files.storage import FileStorage
from xiaolu.kit.errors import NotFound
from xiaolu.kit.i18n import Language, describe
from xiaolu.kit.problems import Problem
from xiaolu.metadata.fields.protocol import Cell
from xiaolu.metadata.snapshot import EntityModel
from xiaolu.records.exports.model import CONTENT_TYPES, ExportFile
from xiaolu.records.exports.sheets import SheetWriter, open_sheet
from xiaolu.records.imports.model import ImportJob, RefusedRow, SourceRow
from xiaolu.records.imports.rows import field_of
from xiaolu.records.imports.sheets import import_rows
from xiaolu.records.imports.sources import cell_text
from xiaolu.records.imports.store import jobs

_HEADINGS: dict[Language, tuple[str, str]] = {"zh": ("行", "原因"), "en": ("Line", "Reason")}
PAGE = 2_000


async def write_refused(ctx: Context, storage: FileStorage, job: ImportJob) -> ExportFile:
    """Write the refused rows of an import into a file; mended, it can be imported again (its first and last column are left out)."""
    files = await load_files(ctx, [job.file_id])
    if job.file_id not in files:
        raise NotFound("import.file_gone")
    folder = Path(tempfile.mkdtemp(prefix="xiaolu-import-"))
    path = folder / "refused.xlsx"
    line, reason = _HEADINGS[ctx.language]
    try:
        sheet = open_sheet("xlsx", path, [line, *(each.name for each in job.columns), reason])
        source = import_rows(storage.path(files[job.file_id].sha256), job)
        count, after = 0, 0
        try:
            while refused := await jobs.list_refusals(ctx.uow, job.id, after=after, limit=PAGE):
                await asyncio.to_thread(_write, sheet, source, refused, Wording(ctx, job))
                count, after = count + len(refused), refused[-1].number
        finally:
            await asyncio.to_thread(sheet.close)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    name = f"{Path(job.file_name).stem}-{reason}.xlsx"
    return ExportFile(path, name, CONTENT_TYPES["xlsx"], count)


class Wording:
    """How problems are told: in the person's language, with the names of the fields."""

    def __init__(self, ctx: Context, job: ImportJob) -> None:
        self.language = ctx.language
        self.width = len(job.columns)
        self._snapshot = ctx.snapshot
        self._model: EntityModel | None = ctx.snapshot.entities.get(job.entity)

    def tell(self, found: Problem) -> str:
        """Return a problem as a sentence that begins with the name of its field."""
        text = describe(found, self.language)
        key = str(found.path[1]) if len(found.path) > 1 else ""
        field = field_of(self._snapshot, self._model, key) if self._model is not None and key else None
        return text if field is None else f"{field.definition.label.text(self.language)}: {text}"


def _write(sheet: SheetWriter, source: Iterator[SourceRow], refused: list[RefusedRow], wording: Wording) -> None:
    sheet.write([_cells(_find(source, each.number), each, wording) for each in refused])


def _find(source: Iterator[SourceRow], number: int) -> SourceRow:
    return next((row for row in source if row.number == number), SourceRow(number, 0, []))


def _cells(row: SourceRow, refused: RefusedRow, wording: Wording) -> list[Cell]:
    shown: list[Cell] = [cell_text(each) or None for each in row.cells[: wording.width]]
    shown += [None] * (wording.width - len(shown))
    return [
        refused.line if refused.sheet is None else f"{refused.sheet} {refused.line}",
        *shown,
        "\n".join(wording.tell(each) for each in refused.problems),
    ]
