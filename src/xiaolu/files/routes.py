"""HTTP of files: upload, content, preview."""

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from litestar import Request, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, MultipartBody, QueryParameter
from litestar.response import File, Stream

from xiaolu.access.context import Context
from xiaolu.files import service
from xiaolu.files.content_types import may_show_inline, served_type
from xiaolu.files.evidence.routes import ROUTES as EVIDENCE
from xiaolu.files.images import PREVIEW_WIDTHS
from xiaolu.files.ranges import RangeNotSatisfiable, read_part, read_range
from xiaolu.files.schemas import FileOut, FileTextOut, UploadForm, file_out, text_out
from xiaolu.files.storage import FileStorage

MAX_BODY = 128 * 1024 * 1024
"""Bytes of a request that uploads; the storage's own limit is checked on the file itself."""

_SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=600",
}


@post(
    "/files",
    operation_id="uploadFile",
    summary="Upload one file; its type is found by looking at the content",
    tags=["Files"],
    request_max_body_size=MAX_BODY,
)
async def upload_file(
    ctx: NamedDependency[Context],
    file_storage: NamedDependency[FileStorage],
    data: MultipartBody[UploadForm],
) -> FileOut:
    """Store an upload that only its uploader may read until a record holds it."""
    upload: UploadFile = data.file
    try:
        return file_out(await service.store_file(ctx, file_storage, upload.filename, upload.file))
    finally:
        await upload.close()


@get(
    "/files/{file_id:uuid}",
    operation_id="getFile",
    summary="Content of a file, or a piece of it",
    tags=["Files"],
    responses={
        200: ResponseSpec(
            bytes, media_type="application/octet-stream", description="The whole", generate_examples=False
        ),
        206: ResponseSpec(
            bytes, media_type="application/octet-stream", description="The piece", generate_examples=False
        ),
    },
)
async def get_file(
    request: Request[Any, Any, Any],
    ctx: NamedDependency[Context],
    file_storage: NamedDependency[FileStorage],
    file_id: FromPath[UUID],
    *,
    download: Annotated[
        bool, QueryParameter(description="Offer the content for saving even where it could be shown")
    ] = False,
) -> File | Stream:
    """Return the content, or the piece of it that ``Range`` asks for.

    Types that a browser could run or cannot show are offered for saving.
    """
    file = await service.read_file(ctx, file_id)
    is_inline = may_show_inline(file.content_type) and not download
    path, shown_type = file_storage.path(file.sha256), served_type(file.content_type)
    wanted = request.headers.get("range")
    if wanted:
        try:
            part = read_range(wanted, file.size)
        except RangeNotSatisfiable:
            return Stream(iter(()), status_code=416, headers={"Content-Range": f"bytes */{file.size}"})
        if part is not None:
            shown = "inline" if is_inline else "attachment"
            headers = _SAFE_HEADERS | part.headers
            headers["Content-Disposition"] = f"{shown}; filename*=UTF-8''{quote(file.name, safe='')}"
            return Stream(read_part(path, part), status_code=206, media_type=shown_type, headers=headers)
    return _serve(path, shown_type, file.name, is_inline=is_inline)


@get(
    "/files/{file_id:uuid}/preview",
    operation_id="getFilePreview",
    summary="Smaller picture of an image",
    tags=["Files"],
)
async def get_preview(
    ctx: NamedDependency[Context],
    file_storage: NamedDependency[FileStorage],
    file_id: FromPath[UUID],
    width: Annotated[
        int, QueryParameter(ge=1, le=PREVIEW_WIDTHS[-1], description="Pixels; the next offered width is given")
    ] = 640,
) -> File:
    """Return an upright WebP without the place and time that the original may carry."""
    file = await service.read_file(ctx, file_id)
    path = await service.make_preview(file_storage, file, width)
    return _serve(path, "image/webp", f"{file.name}.webp", is_inline=True)


@get(
    "/files/{file_id:uuid}/text",
    operation_id="getFileText",
    summary="What an office document, a text or a table says",
    tags=["Files"],
)
async def get_text(
    ctx: NamedDependency[Context], file_storage: NamedDependency[FileStorage], file_id: FromPath[UUID]
) -> FileTextOut:
    """Return the text of a document, of a long one its beginning."""
    file = await service.read_file(ctx, file_id)
    return text_out(await service.read_file_text(file_storage, file))


def _serve(path: Path, content_type: str, name: str, *, is_inline: bool) -> File:
    return File(
        path,
        filename=name,
        media_type=content_type,
        content_disposition_type="inline" if is_inline else "attachment",
        headers=_SAFE_HEADERS | {"Accept-Ranges": "bytes"},
    )


ROUTES: list[Any] = [upload_file, get_file, get_preview, get_text, *EVIDENCE]
