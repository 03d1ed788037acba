"""Shapes of files over HTTP."""

from dataclasses import dataclass
from uuid import UUID

import msgspec
from litestar.datastructures import UploadFile

from xiaolu.files.model import StoredFile


@dataclass
class UploadForm:
    """A multipart form with one file."""

    file: UploadFile


class FileOut(msgspec.Struct, frozen=True):
    """An upload, without its content."""

    id: UUID
    name: str
    size: int
    content_type: str
    sha256: str
    is_image: bool


def file_out(file: StoredFile) -> FileOut:
    """Return an upload as the client sees it."""
    return FileOut(
        id=file.id,
        name=file.name,
        size=file.size,
        content_type=file.content_type,
        sha256=file.sha256,
        is_image=file.is_image,
    )
