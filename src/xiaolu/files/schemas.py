"""Shapes of files over HTTP."""

from dataclasses import dataclass
from uuid import UUID

import msgspec
from litestar.datastructures import UploadFile

from xiaolu.files.model import FileText, StoredFile


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


class TextPartOut(msgspec.Struct, frozen=True):
    """A sheet, a slide, or the whole text."""

    title: str
    text: str
    rows: list[list[str]]


class FileTextOut(msgspec.Struct, frozen=True):
    """A file's text to look at; ``cut`` where there is more than is shown."""

    parts: list[TextPartOut]
    cut: bool


def text_out(found: FileText) -> FileTextOut:
    """Shape a file's text."""
    parts = [TextPartOut(each.title, each.text, [list(row) for row in each.rows]) for each in found.parts]
    return FileTextOut(parts, found.is_cut)
