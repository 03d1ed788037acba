"""HTTP of exports."""

import shutil
from pathlib import Path

from litestar import post
from litestar.background_tasks import BackgroundTask
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import File

from xiaolu.access.context import Context
from xiaolu.files.storage import FileStorage
from xiaolu.metadata.model.view import Condition
from xiaolu.records.exports.model import ExportQuery
from xiaolu.records.exports.schemas import ExportBody
from xiaolu.records.exports.service import export_records
from xiaolu.records.queries.model import Selection
from xiaolu.records.queries.service import find_view


@post(
    "/records/{entity:str}/export",
    status_code=200,
    operation_id="exportRecords",
    summary="Export a list as xlsx, csv, or a zip of the xlsx with its files",
    tags=["records"],
)
async def export(
    ctx: NamedDependency[Context],
    file_storage: NamedDependency[FileStorage],
    entity: FromPath[str],
    data: JSONBody[ExportBody],
) -> File:
    """Return the file of a list; it is finished before it is sent, so that an error never ends in half a file."""
    view = None if data.view is None else await find_view(ctx, data.view)
    given = [each for each in (view.filter if view else None, data.filter) if each is not None]
    query = ExportQuery(
        selection=Selection(filter=Condition(all_=tuple(given)) if given else None, search=data.search),
        sort=data.sort if data.sort is not None else (view.sort if view else ()),
        fields=data.fields or (view.columns if view and view.columns else None),
        format=data.format,
        is_lenient=data.fields is None,
    )
    made = await export_records(ctx, file_storage, entity, query)
    return File(
        path=made.path,
        filename=made.name,
        media_type=made.content_type,
        background=BackgroundTask(_remove, made.path.parent),
    )


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


ROUTES = [export]
