"""HTTP of imports."""

import shutil
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post, put
from litestar.background_tasks import BackgroundTask
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, MultipartBody
from litestar.response import File

from xiaolu.access.context import Context
from xiaolu.files.room import require_room
from xiaolu.files.schemas import FileOut, UploadForm, file_out
from xiaolu.files.storage import FileStorage
from xiaolu.kit.errors import AppError
from xiaolu.kit.i18n import describe, message
from xiaolu.metadata.fields.model import FieldModel
from xiaolu.metadata.snapshot import EntityModel
from xiaolu.records.imports import service
from xiaolu.records.imports.model import ImportJob, Mapping, RefusedRow, State
from xiaolu.records.imports.parcel import LARGEST
from xiaolu.records.imports.refused_file import write_refused
from xiaolu.records.imports.rows import holds_files
from xiaolu.records.imports.schemas import (
    FieldAnswer,
    ImportAnswer,
    ImportBody,
    ImportsAnswer,
    MappingBody,
    RefusalAnswer,
)
from xiaolu.records.imports.subrows import sub_table_of

PROBLEMS_SHOWN = 100
FORM_BYTES = 64 * 1024
"""Of an upload besides its file."""


async def _require_room(request: Request[Any, Any, Any]) -> None:
    """Refuse an upload that the disk cannot take, before it is read: it is put aside first, then where files lie."""
    announced = int(request.headers.get("content-length") or 0)
    folders = (tempfile.gettempdir(), request.app.state.get("data_dir") or tempfile.gettempdir())
    require_room(announced, *map(Path, folders))


@post(
    "/imports/files",
    operation_id="uploadImportFile",
    summary="Upload a file to import; it may be as large as the largest export",
    tags=["imports"],
    request_max_body_size=LARGEST + FORM_BYTES,
    before_request=_require_room,
)
async def upload_import_file(
    ctx: NamedDependency[Context],
    file_storage: NamedDependency[FileStorage],
    data: MultipartBody[UploadForm],
    entity: FromQuery[str],
) -> FileOut:
    """Store a spreadsheet, or a zip of one with its files, that only its uploader may read."""
    upload: UploadFile = data.file
    try:
        return file_out(await service.store_import_file(ctx, file_storage, entity, upload.filename, upload.file))
    finally:
        await upload.close()


@post("/imports", operation_id="createImport", summary="Begin an import of an uploaded file", tags=["imports"])
async def create_import(
    ctx: NamedDependency[Context], file_storage: NamedDependency[FileStorage], data: JSONBody[ImportBody]
) -> ImportAnswer:
    """Read the columns of a file and guess what they hold."""
    return await _answer(ctx, await service.create_import(ctx, file_storage, data.entity, data.file))


@get("/imports", operation_id="listImports", summary="List imports", tags=["imports"])
async def list_imports(ctx: NamedDependency[Context]) -> ImportsAnswer:
    """Return one's own imports, newest first."""
    return ImportsAnswer(imports=[await _answer(ctx, each, is_brief=True) for each in await service.list_imports(ctx)])


@get("/imports/{import_id:uuid}", operation_id="readImport", summary="See how far an import has come", tags=["imports"])
async def read_import(ctx: NamedDependency[Context], import_id: FromPath[UUID]) -> ImportAnswer:
    """Return one import."""
    return await _answer(ctx, await service.read_import(ctx, import_id))


@put("/imports/{import_id:uuid}/mapping", operation_id="mapImport", summary="Map columns to fields", tags=["imports"])
async def map_import(
    ctx: NamedDependency[Context], import_id: FromPath[UUID], data: JSONBody[MappingBody]
) -> ImportAnswer:
    """Say what the columns mean and what is done with the rows."""
    mapping = msgspec.convert(data, Mapping, from_attributes=True)
    return await _answer(ctx, await service.map_import(ctx, import_id, mapping))


@post(
    "/imports/{import_id:uuid}/check", status_code=202, operation_id="checkImport", summary="Dry run", tags=["imports"]
)
async def check_import(ctx: NamedDependency[Context], import_id: FromPath[UUID]) -> ImportAnswer:
    """Let all rows be checked without writing any."""
    return await _answer(ctx, await service.request_check(ctx, import_id))


@post(
    "/imports/{import_id:uuid}/run",
    status_code=202,
    operation_id="runImport",
    summary="Take the rows in",
    tags=["imports"],
)
async def run_import(ctx: NamedDependency[Context], import_id: FromPath[UUID]) -> ImportAnswer:
    """Let the rows be taken in."""
    return await _answer(ctx, await service.request_run(ctx, import_id))


@post(
    "/imports/{import_id:uuid}/undo",
    status_code=202,
    operation_id="undoImport",
    summary="Take an import back",
    tags=["imports"],
)
async def undo_import(ctx: NamedDependency[Context], import_id: FromPath[UUID]) -> ImportAnswer:
    """Let the import be taken back."""
    return await _answer(ctx, await service.request_undo(ctx, import_id))


@get(
    "/imports/{import_id:uuid}/errors",
    operation_id="readImportErrors",
    summary="Download refused rows",
    tags=["imports"],
)
async def read_errors(
    ctx: NamedDependency[Context], file_storage: NamedDependency[FileStorage], import_id: FromPath[UUID]
) -> File:
    """Return the refused rows with the reasons as xlsx."""
    made = await write_refused(ctx, file_storage, await service.read_import(ctx, import_id))
    return File(
        path=made.path,
        filename=made.name,
        media_type=made.content_type,
        background=BackgroundTask(_remove, made.path.parent),
    )


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


async def _answer(ctx: Context, job: ImportJob, *, is_brief: bool = False) -> ImportAnswer:
    refused = [] if is_brief or not job.counts.bad else await service.list_refused(ctx, job, PROBLEMS_SHOWN)
    return ImportAnswer(
        id=job.id,
        entity=job.entity,
        file_name=job.file_name,
        state=job.state.value,
        created_at=job.created_at,
        finished_at=job.finished_at,
        created_by=job.created_by,
        rows=job.total,
        total=job.total,
        done=job.counts.position,
        good=job.counts.good,
        bad=job.counts.bad,
        created=job.counts.created,
        updated=job.counts.updated,
        unchanged=job.counts.unchanged,
        child_rows=job.counts.child_rows,
        can_undo=job.started_at is not None and job.state in (State.DONE, State.FAILED),
        undo=job.undo,
        failure=message(job.failure, {}, ctx.language) if job.failure else None,
        columns=[] if is_brief else job.columns,
        fields=[] if is_brief else _fields(ctx, job),
        has_files=job.archive_id is not None,
        mapping=None if is_brief else job.mapping,
        key=None if is_brief else service.likely_key(ctx, job.entity, _mapped(job)),
        problems=_problems(ctx, job, refused),
        suggestions=[] if is_brief else job.suggestions,
    )


def _mapped(job: ImportJob) -> list[str | None]:
    return list(job.mapping.columns.values()) if job.mapping is not None else [each.field for each in job.columns]


def _fields(ctx: Context, job: ImportJob) -> list[FieldAnswer]:
    try:
        fields = service.importable_fields(ctx, job.entity)
    except AppError:
        return []
    model = ctx.snapshot.entities[job.entity]
    return [_field(ctx, model, key, field) for key, field in fields.items()]


def _field(ctx: Context, model: EntityModel, key: str, field: FieldModel) -> FieldAnswer:
    sub = sub_table_of(key)
    return FieldAnswer(
        key=key,
        label=field.definition.label.text(ctx.language),
        type=field.type.key,
        required=field.definition.required,
        part_of=sub,
        of_files=holds_files(field),
        part_label=model.fields[sub].definition.label.text(ctx.language) if sub is not None else None,
    )


def _problems(ctx: Context, job: ImportJob, refused: list[RefusedRow]) -> list[RefusalAnswer]:
    columns: dict[Any, str] = {}
    if job.mapping is not None:
        columns = {key: name for name, key in job.mapping.columns.items() if key}
    return [
        RefusalAnswer(
            row=row.line,
            sheet=row.sheet,
            column=columns.get(each.path[1]) if len(each.path) > 1 else None,
            value=str(each.params["value"]) if "value" in each.params else None,
            message=describe(each, ctx.language),
            code=each.code,
            path=list(each.path),
            params=dict(each.params),
        )
        for row in refused
        for each in row.problems
    ][:PROBLEMS_SHOWN]


ROUTES = [
    upload_import_file, create_import, list_imports, read_import, map_import, check_import, run_import, undo_import, read_errors,
]  # fmt: skip
