"""The rows that were refused, as a spreadsheet: what stood in the file, and why it was not taken in.

Where files came along, those that the rows name come along again, so that the mended zip can be imported by itself.
"""

import asyncio
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from xiaolu.access.context import Context
from xiaolu.files.model import StoredFile
from xiaolu.files.service import load_files
from xiaolu.files.storage import FileStorage
from xiaolu.kit.errors import NotFound
from xiaolu.kit.i18n import Language, describe
from xiaolu.kit.problems import Problem
from xiaolu.metadata.fields.model import FieldModel
from xiaolu.metadata.fields.protocol import Cell
from xiaolu.metadata.fields.uploads import possible_names
from xiaolu.metadata.snapshot import EntityModel
from xiaolu.records.exports.model import CONTENT_TYPES, ExportFile
from xiaolu.records.exports.sheets import SheetWriter, open_sheet
from xiaolu.records.imports.along import DAMAGED
from xiaolu.records.imports.model import ImportJob, RefusedRow, SourceRow
from xiaolu.records.imports.parcel import open_parcel
from xiaolu.records.imports.rows import field_of, holds_files
from xiaolu.records.imports.sheets import import_rows
from xiaolu.records.imports.sources import cell_text
from xiaolu.records.imports.store import jobs

_HEADINGS: dict[Language, tuple[str, str]] = {"zh": ("行", "原因"), "en": ("Line", "Reason")}
PAGE = 2_000


async def write_refused(ctx: Context, storage: FileStorage, job: ImportJob) -> ExportFile:
    """Write the refused rows of an import into a file; mended, it can be imported again (its first and last column are left out)."""
    files = await load_files(ctx, [each for each in (job.file_id, job.archive_id) if each is not None])
    if job.file_id not in files:
        raise NotFound("import.file_gone")
    archive = files.get(job.archive_id) if job.archive_id is not None else None
    folder = Path(tempfile.mkdtemp(prefix="xiaolu-import-"))
    path = folder / "refused.xlsx"
    line, reason = _HEADINGS[ctx.language]
    try:
        sheet = open_sheet("xlsx", path, [line, *(each.name for each in job.columns), reason])
        source = import_rows(storage.path(files[job.file_id].sha256), job)
        count, after = 0, 0
        wording = Wording(ctx, job)
        try:
            while refused := await jobs.list_refusals(ctx.uow, job.id, after=after, limit=PAGE):
                await asyncio.to_thread(_write, sheet, source, refused, wording)
                count, after = count + len(refused), refused[-1].number
        finally:
            await asyncio.to_thread(sheet.close)
        name = f"{Path(job.file_name).stem}-{reason}"
        if archive is None:
            return ExportFile(path, f"{name}.xlsx", CONTENT_TYPES["xlsx"], count)
        packed = folder / "refused.zip"
        await asyncio.to_thread(_pack, packed, path, (storage, archive), wording.files)
        return ExportFile(packed, f"{name}.zip", CONTENT_TYPES["zip"], count)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _pack(target: Path, book: Path, original: tuple[FileStorage, StoredFile], names: Iterable[str]) -> None:
    """Put the spreadsheet and the files that it names into a zip; one that cannot be unpacked is left out."""
    storage, archive = original
    parcel = open_parcel(storage.path(archive.sha256), storage.max_bytes)
    with zipfile.ZipFile(target, "w") as made:
        made.write(book, book.name)
        if parcel is None:
            return
        wanted = {each.name: each for name in names for each in parcel.find(name)}
        for name, entry in wanted.items():
            with tempfile.TemporaryFile(dir=target.parent) as whole:
                try:
                    with parcel.open(entry) as stream:
                        shutil.copyfileobj(stream, whole)
                except DAMAGED:
                    continue
                whole.seek(0)
                with made.open(name, "w") as inside:
                    shutil.copyfileobj(whole, inside)
        parcel.close()


class Wording:
    """How problems are told: in the person's language, with the names of the fields."""

    def __init__(self, ctx: Context, job: ImportJob) -> None:
        self.language = ctx.language
        self.width = len(job.columns)
        self._snapshot = ctx.snapshot
        self._model: EntityModel | None = ctx.snapshot.entities.get(job.entity)
        mapped = job.mapping.columns if job.mapping is not None else {}
        self._of_files = [
            at
            for at, each in enumerate(job.columns)
            if (field := self._field(mapped.get(each.name))) and holds_files(field)
        ]
        self.files: set[str] = set()
        """What the cells told so far name of the files that came along."""

    def note_files(self, row: SourceRow) -> None:
        """Note which files a row names."""
        for at in self._of_files:
            if at < len(row.cells):
                self.files |= possible_names(cell_text(row.cells[at]))

    def _field(self, key: str | None) -> FieldModel | None:
        return field_of(self._snapshot, self._model, key) if self._model is not None and key else None

    def tell(self, found: Problem) -> str:
        """Return a problem as a sentence that begins with the name of its field."""
        text = describe(found, self.language)
        key = str(found.path[1]) if len(found.path) > 1 else ""
        field = self._field(key)
        return text if field is None else f"{field.definition.label.text(self.language)}: {text}"


def _write(sheet: SheetWriter, source: Iterator[SourceRow], refused: list[RefusedRow], wording: Wording) -> None:
    rows = [(_find(source, each.number), each) for each in refused]
    for row, _ in rows:
        wording.note_files(row)
    sheet.write([_cells(row, each, wording) for row, each in rows])


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
