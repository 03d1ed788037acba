"""Use cases of imports: begin, map, check, run, look, undo. The worker does the work (``running``)."""

import asyncio
from collections.abc import Iterable
from collections.abc import Mapping as MappingType
from dataclasses import replace
from pathlib import Path
from typing import IO
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.model import Decision, Operation
from xiaolu.access.policy import decide, may, require
from xiaolu.access.service.audit import record_audit
from xiaolu.files.model import StoredFile
from xiaolu.files.service import attach_files, load_files, read_file, store_file
from xiaolu.files.storage import FileStorage
from xiaolu.kit.errors import Conflict, Denied, Invalid, NotFound
from xiaolu.kit.ids import new_id
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.model import FieldModel
from xiaolu.metadata.model.access import FieldAccess
from xiaolu.metadata.snapshot import EntityModel
from xiaolu.records.imports.along import DAMAGED, know_names
from xiaolu.records.imports.columns import OWNER_OF_ROW, TOGETHER, Looking, read_columns, suggested_key
from xiaolu.records.imports.model import Counts, ImportColumn, ImportJob, Mapping, RefusedRow, State, UndoReport
from xiaolu.records.imports.naming import ImportNames
from xiaolu.records.imports.parcel import LARGEST, Parcel, open_parcel
from xiaolu.records.imports.row_mapping import row_problems
from xiaolu.records.imports.rows import holds_files
from xiaolu.records.imports.running import run_due_imports
from xiaolu.records.imports.sheets import mapped_shape
from xiaolu.records.imports.sources import Table, inspect_file, inspect_sheets
from xiaolu.records.imports.store import jobs
from xiaolu.records.imports.subrows import RECORD, sub_table_of

__all__ = [
    "create_import", "importable_fields", "likely_key", "list_imports", "list_refused", "map_import", "read_import", "request_check", "request_run",
    "request_undo", "run_due_imports", "store_import_file",
]  # fmt: skip

MOST_SHEETS = 8
MOST_LISTED = 100
_KEEPABLE = ("created_at", "created_by")
"""System columns that a file may fill where the import keeps them."""


async def store_import_file(
    ctx: Context, storage: FileStorage, entity: str, name: str, stream: IO[bytes]
) -> StoredFile:
    """Take in a file that is to be imported; it may be as large as the largest export.

    Raises:
        Denied: the person's roles do not allow imports.
        Invalid: nothing was sent, or more than that.
    """
    require(ctx, entity, Operation.IMPORT)
    return await store_file(ctx, replace(storage, max_bytes=LARGEST), name, stream)


async def create_import(
    ctx: Context,
    storage: FileStorage,
    entity: str,
    file_id: UUID,
    *,
    sheet: str | None = None,
    is_checked: bool = False,
) -> ImportJob:
    """Begin an import of an uploaded file: read its columns and guess what they hold.

    Without ``sheet`` the first sheet of a workbook that holds something is taken. ``is_checked``: the caller has made
    sure that the person may read the file.

    Raises:
        Denied: the person's roles do not allow imports.
        Invalid: the file cannot be read as a table.
    """
    require(ctx, entity, Operation.IMPORT)
    require(ctx, entity, Operation.CREATE)
    if ctx.actor.id is None:
        raise Denied("import.needs_member")
    file = (await load_files(ctx, [file_id]))[file_id] if is_checked else await read_file(ctx, file_id)
    fields = importable_fields(ctx, entity)
    names = ImportNames(ctx.snapshot, ZoneInfo(ctx.time_zone))
    parcel = await asyncio.to_thread(open_parcel, storage.path(file.sha256), storage.max_bytes)
    book = file if parcel is None else await _unpacked(ctx, storage, parcel)
    has_rows = any(sub_table_of(key) for key in fields) and sheet is None
    table, others = await asyncio.to_thread(_inspect, storage.path(book.sha256), book.name, sheet, with_others=has_rows)
    if parcel is not None:
        know_names(parcel, names, (cell for each in (table, *others) for row in each.rows for cell in row.cells))
        parcel.close()
    looking = Looking(ctx.snapshot.entities[entity], fields, names)
    columns = await asyncio.to_thread(read_columns, looking, table, others)
    if parcel is None:
        columns = [_without_files(each, fields) for each in columns]
    shape = msgspec.structs.replace(
        table.shape, rows=table.total, others=[msgspec.structs.replace(each.shape, rows=each.total) for each in others]
    )
    job = ImportJob(
        id=new_id(), entity=entity, file_id=book.id, archive_id=None if parcel is None else file.id, file_name=file.name, shape=shape, columns=columns, mapping=None,
        state=State.UPLOADED, total=table.total, counts=Counts(), suggestions=[], undo=None, failure=None, definitions=None,
        correlation=new_id(), created_by=ctx.actor.id, created_at=ctx.now, started_at=None, finished_at=None,
    )  # fmt: skip
    await attach_files(ctx, {file.id, book.id}, is_checked=is_checked)
    await jobs.insert_job(ctx.uow, job)
    return job


async def _unpacked(ctx: Context, storage: FileStorage, parcel: Parcel) -> StoredFile:
    """Take the spreadsheet out of its zip."""
    try:
        with parcel.open(parcel.table) as stream:
            return await store_file(ctx, replace(storage, max_bytes=LARGEST), parcel.table.name, stream)
    except DAMAGED as error:
        raise Invalid("import.archive_broken") from error


def _without_files(column: ImportColumn, fields: MappingType[str, FieldModel]) -> ImportColumn:
    """Leave a column out that names files which did not come along, and say so."""
    if column.field is None or not holds_files(fields[column.field]):
        return column
    return msgspec.structs.replace(column, field=None, confidence=0.0, wants_files=column.field)


def _inspect(path: Path, name: str, sheet: str | None, *, with_others: bool) -> tuple[Table, list[Table]]:
    """Read the beginning of the sheet that is imported, and of those beside it."""
    table = inspect_file(path, name, sheet=sheet)
    if not with_others or table.shape.format != "xlsx":
        return table, []
    return table, inspect_sheets(path, name, beside=table.shape.sheet)[:MOST_SHEETS]


def importable_fields(ctx: Context, entity: str) -> dict[str, FieldModel]:
    """Return the fields that the person may fill from a file: writable ones, the owner, creator and time of creation.

    Whoever may move records may also say in which stage new ones stand.
    """
    decision = require(ctx, entity, Operation.CREATE)
    model = ctx.snapshot.entities[entity]
    found = {
        key: field
        for key, field in model.fields.items()
        if not field.type.is_computed
        and field.type.key not in WITHOUT_CELL
        and decision.fields.get(key) is FieldAccess.WRITE
    }
    for key in ("owner", *_KEEPABLE):
        system = model.find(key)
        if system is not None and (key in _KEEPABLE or decision.fields.get(key) is FieldAccess.WRITE):
            found[key] = system
    if model.process is not None and may(ctx.actor, ctx.snapshot, entity, Operation.MOVE):
        found["stage"] = model.system["stage"]
    return found | _row_fields(ctx, model, decision)


def _row_fields(ctx: Context, model: EntityModel, decision: Decision) -> dict[str, FieldModel]:
    """Return the fields of rows of sub-tables that the person may write, as ``lines.product``."""
    found: dict[str, FieldModel] = {}
    for key, field in model.fields.items():
        if field.type.key != "sub_table" or decision.fields.get(key) is not FieldAccess.WRITE:
            continue
        child = ctx.snapshot.entities[str(field.type.target(field.definition))]
        rights = decide(ctx.actor, ctx.snapshot, child.key, Operation.CREATE, now=ctx.now, time_zone=ctx.time_zone)
        if not rights.allowed:
            continue
        found[f"{key}.{RECORD}"] = OWNER_OF_ROW
        for inner, each in child.fields.items():
            readable = not each.type.is_computed and each.type.key not in WITHOUT_CELL
            if readable and rights.fields.get(inner) is FieldAccess.WRITE:
                found[f"{key}.{inner}"] = each
    return {RECORD: TOGETHER} | found if found else found


WITHOUT_CELL = frozenset({"sub_table"})
"""Types that no cell can hold: their rows stand on lines of their own."""


async def map_import(ctx: Context, identifier: UUID, mapping: Mapping) -> ImportJob:
    """Say what the columns mean and what is done with the rows; earlier checks are forgotten.

    Raises:
        Invalid: a column, field or option that makes no sense, with a problem for each.
        Conflict: the import is at work or over.
    """
    job = await _own(ctx, identifier, lock=True)
    _require_state(job, State.UPLOADED, State.MAPPED, State.CHECKED, State.FAILED)
    if job.started_at is not None:
        raise Conflict("import.already_run")
    shape = mapped_shape(job.shape, job.columns, mapping)
    total = sum(each.rows for each in (shape, *shape.others)) or job.total
    fields = importable_fields(ctx, job.entity)
    problems = [*_mapping_problems(job, mapping, fields), *row_problems(job, mapping, total)]
    if problems:
        raise Invalid("import.mapping_invalid", problems)
    changed = _changed(
        job, mapping=mapping, total=total, state=State.MAPPED, counts=Counts(), suggestions=[], failure=None
    )
    await jobs.clear_refusals(ctx.uow, job.id)
    await jobs.update_job(ctx.uow, changed)
    return changed


def _mapping_problems(job: ImportJob, mapping: Mapping, fields: MappingType[str, FieldModel]) -> list[Problem]:
    known = {each.name for each in job.columns}
    problems = [
        problem("import.unknown_column", "columns", name, column=name) for name in mapping.columns if name not in known
    ]
    taken: dict[str, str] = {}
    for name, key in mapping.columns.items():
        if key is None:
            continue
        if key not in fields or (key in _KEEPABLE and not mapping.keep_created):
            problems.append(problem("import.unknown_field", "columns", name, field=key, column=name))
        elif job.archive_id is None and holds_files(fields[key]):
            problems.append(problem("import.needs_archive", "columns", name, field=key, column=name))
        elif key in taken:
            problems.append(problem("import.field_twice", "columns", name, column=name, other=taken[key]))
        taken[key] = name
    if not taken:
        problems.append(problem("import.nothing_mapped", "columns"))
    if mapping.mode != "create" and mapping.key is None:
        problems.append(problem("import.key_needed", "key"))
    if mapping.key is not None:
        problems.extend(_key_problems(mapping, mapping.key, taken, fields))
    return problems


def _key_problems(
    mapping: Mapping, key: str, taken: MappingType[str, str], fields: MappingType[str, FieldModel]
) -> list[Problem]:
    field = fields.get(key)
    if key not in taken or field is None:
        return [problem("import.key_not_mapped", "key", field=key)]
    if key == RECORD and mapping.mode != "create":
        return [problem("import.key_not_kept", "key")]
    if (
        field.storage is None
        or holds_files(field)
        or field.storage.type.endswith("[]")
        or field.storage.type == "jsonb"
    ):
        return [problem("import.key_unsuitable", "key", field=key)]
    return []


def likely_key(ctx: Context, entity: str, mapped: Iterable[str | None]) -> str | None:
    """Return the field that most likely tells which record a row is about, of those that columns lead to."""
    model = ctx.snapshot.entities.get(entity)
    return suggested_key(model, {each for each in mapped if each is not None}) if model is not None else None


async def request_check(ctx: Context, identifier: UUID) -> ImportJob:
    """Let the worker read all rows through the full validation without writing any."""
    return await _start(ctx, identifier, State.CHECKING)


async def request_run(ctx: Context, identifier: UUID) -> ImportJob:
    """Let the worker take the rows in; rows that are refused are left out and can be downloaded with the reasons."""
    job = await _start(ctx, identifier, State.RUNNING)
    await record_audit(
        ctx,
        "import.run",
        subject_kind="entity",
        subject_id=job.entity,
        detail={"import": str(job.id), "file": job.file_name},
    )
    return job


async def _start(ctx: Context, identifier: UUID, state: State) -> ImportJob:
    job = await _own(ctx, identifier, lock=True)
    _require_state(job, State.MAPPED, State.CHECKED, State.FAILED)
    if job.mapping is None:
        raise Conflict("import.not_mapped")
    is_resumed = job.started_at is not None
    if is_resumed and state is State.CHECKING:
        raise Conflict("import.already_run")
    require(ctx, job.entity, Operation.IMPORT)
    changed = _changed(job, state=state, failure=None, finished_at=None)
    if not is_resumed:
        changed = _changed(changed, counts=Counts(), suggestions=[])
        await jobs.clear_refusals(ctx.uow, job.id)
    await jobs.update_job(ctx.uow, changed)
    return changed


async def request_undo(ctx: Context, identifier: UUID) -> ImportJob:
    """Let the worker take an import back: what it made goes to the recycle bin, what it changed gets its old values."""
    job = await _own(ctx, identifier, lock=True)
    _require_state(job, State.DONE, State.FAILED)
    if job.started_at is None:
        raise Conflict("import.nothing_to_undo")
    require(ctx, job.entity, Operation.IMPORT)
    changed = _changed(job, state=State.UNDOING, undo=UndoReport(), failure=None)
    await jobs.update_job(ctx.uow, changed)
    await record_audit(
        ctx,
        "import.undone",
        subject_kind="entity",
        subject_id=job.entity,
        detail={"import": str(job.id), "file": job.file_name},
    )
    return changed


async def read_import(ctx: Context, identifier: UUID) -> ImportJob:
    """Return an import of one's own; whoever may see the audit log sees all."""
    return await _own(ctx, identifier)


async def list_refused(ctx: Context, job: ImportJob, limit: int) -> list[RefusedRow]:
    """Return the first refused rows of an import that the person was given."""
    return await jobs.list_refusals(ctx.uow, job.id, after=0, limit=limit)


async def list_imports(ctx: Context) -> list[ImportJob]:
    """Return the newest imports: one's own, or all for whoever may see the audit log."""
    if ctx.actor.id is None and not ctx.actor.is_system:
        return []
    author = None if _sees_all(ctx) else ctx.actor.id
    return await jobs.list_jobs(ctx.uow, author, MOST_LISTED)


def _sees_all(ctx: Context) -> bool:
    return ctx.actor.is_system or "audit" in ctx.actor.abilities


async def _own(ctx: Context, identifier: UUID, *, lock: bool = False) -> ImportJob:
    job = await jobs.find_job(ctx.uow, identifier, lock=lock)
    if job is None or not (job.created_by == ctx.actor.id or _sees_all(ctx)):
        raise NotFound("import.unknown")
    return job


def _require_state(job: ImportJob, *states: State) -> None:
    if job.state not in states:
        raise Conflict("import.wrong_state", state=job.state.value)


def _changed(job: ImportJob, **changes: object) -> ImportJob:
    return msgspec.structs.replace(job, **changes)
