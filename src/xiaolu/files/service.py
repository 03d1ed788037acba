"""Use cases of files: take an upload in, hand it out, tie it to records, clean up."""

import asyncio
import re
import unicodedata
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import IO
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.files import store
from xiaolu.files.archives import Unreadable
from xiaolu.files.content_types import PREVIEW_TYPES, UNKNOWN
from xiaolu.files.documents import read_document_time
from xiaolu.files.images import UnreadableImage, preview_width, read_image, write_preview
from xiaolu.files.model import FileText, ImageFacts, StoredContent, StoredFile
from xiaolu.files.storage import ContentTooLarge, FileStorage, NoRoom
from xiaolu.files.texts import read_text
from xiaolu.kit.errors import Invalid, NotFound, Unauthenticated, Unavailable
from xiaolu.kit.ids import new_id
from xiaolu.kit.problems import problem

ORPHAN_AGE = timedelta(hours=24)
"""How long an upload may wait for the record that it was made for."""
ORPHAN_BATCH = 200
LONGEST_NAME = 200

_IMAGE_WORKERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="images")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')


async def store_file(ctx: Context, storage: FileStorage, name: str, stream: IO[bytes]) -> StoredFile:
    """Take an upload in and return it; until a record holds it, only its uploader may read it.

    Raises:
        Invalid: nothing was sent, or more than the platform takes.
        Unavailable: the disk has no room for it.
    """
    if ctx.actor.id is None and not ctx.actor.is_system:
        raise Unauthenticated("session.required")
    try:
        content = await asyncio.to_thread(storage.add, stream)
    except ContentTooLarge as error:
        limit = f"{storage.max_bytes // (1024 * 1024)} MB"
        raise Invalid("file.too_large", [problem("file.too_large", "file", limit=limit)], limit=limit) from error
    except NoRoom as error:
        raise Unavailable("file.no_room") from error
    if content.size == 0:
        raise Invalid("file.empty", [problem("file.empty", "file")])
    file = await asyncio.get_running_loop().run_in_executor(_IMAGE_WORKERS, _describe, ctx, storage, name, content)
    await store.insert_file(ctx.uow, file)
    return file


def _describe(ctx: Context, storage: FileStorage, name: str, content: StoredContent) -> StoredFile:
    path = storage.path(content.sha256)
    content_type = storage.sniff(content.sha256)
    image: ImageFacts | None = None
    if content_type in PREVIEW_TYPES:
        try:
            image = read_image(path, ctx.time_zone)
        except UnreadableImage:
            content_type = UNKNOWN
    taken_at = image.taken_at if image else read_document_time(path, content_type, ctx.time_zone)
    return StoredFile(
        id=new_id(),
        name=safe_name(name),
        size=content.size,
        content_type=content_type,
        sha256=content.sha256,
        created_at=ctx.now,
        created_by=ctx.actor.id,
        width=image.width if image else None,
        height=image.height if image else None,
        taken_at=taken_at,
        place=image.place if image else None,
    )


def safe_name(name: str) -> str:
    """Return a file name without folders, control characters and the characters that file systems refuse."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    clean = "".join(each for each in _UNSAFE.sub("_", last) if unicodedata.category(each) != "Cf").strip(". ")
    if len(clean) <= LONGEST_NAME:
        return clean or "file"
    stem, dot, suffix = clean.rpartition(".")
    return stem[: LONGEST_NAME - len(suffix) - 1] + dot + suffix if dot and len(suffix) <= 10 else clean[:LONGEST_NAME]


async def load_files(ctx: Context, ids: Collection[UUID]) -> dict[UUID, StoredFile]:
    """Return uploads by id, without asking who may read them: for names in records that were read under permission."""
    return {each.id: each for each in await store.select_files(ctx.uow, list(ids))} if ids else {}


async def read_file(ctx: Context, file_id: UUID) -> StoredFile:
    """Return an upload that the actor may read.

    Raises:
        NotFound: there is none, or the actor may not know of it.
    """
    files = await store.select_files(ctx.uow, [file_id])
    if not files or not await store.select_readable(ctx, [file_id]):
        raise NotFound("file.not_found")
    return files[0]


async def make_preview(storage: FileStorage, file: StoredFile, width: int) -> Path:
    """Return the path of a WebP of the image, at most about ``width`` pixels wide; made once and kept.

    Raises:
        NotFound: the file is no image, or cannot be decoded.
    """
    if not file.is_image:
        raise NotFound("file.no_preview")
    size = preview_width(width)
    target = storage.preview_path(file.sha256, size)
    if not target.exists():
        source = storage.path(file.sha256)
        try:
            await asyncio.get_running_loop().run_in_executor(_IMAGE_WORKERS, write_preview, source, target, size)
        except UnreadableImage as error:
            raise NotFound("file.no_preview") from error
    return target


async def read_file_text(storage: FileStorage, file: StoredFile) -> FileText:
    """Return what a document says.

    Raises:
        NotFound: the file is no text, or cannot be read as what it claims to be.
    """
    path = storage.path(file.sha256)
    try:
        found = await asyncio.get_running_loop().run_in_executor(
            _IMAGE_WORKERS, read_text, path, file.content_type, file.name
        )
    except Unreadable as error:
        raise NotFound("file.no_text") from error
    if found is None:
        raise NotFound("file.no_text")
    return found


async def find_unreadable(ctx: Context, ids: Collection[UUID]) -> set[UUID]:
    """Return which of the files do not exist for the actor."""
    return set(ids) - await store.select_readable(ctx, list(ids)) if ids else set()


async def attach_files(ctx: Context, ids: Collection[UUID], *, is_checked: bool = False) -> None:
    """Tie files to what the current transaction writes: from now on whoever reads that may read them.

    Call it with the ids that are new to a record's file fields; only files that the actor may read can be attached
    (``is_checked``: the caller has made sure of that).

    Raises:
        Invalid: some file does not exist for the actor.
    """
    if not ids:
        return
    unreadable = set() if is_checked or ctx.actor.is_system else await find_unreadable(ctx, ids)
    if unreadable:
        raise Invalid("record.invalid", [problem("file.not_found", "values")])
    await store.mark_attached(ctx.uow, list(ids), ctx.now)


async def repeat_files(ctx: Context, wanted: Sequence[tuple[UUID, UUID]]) -> None:
    """Make uploads of the actor with the contents of known ones: (known, new); the contents lie once."""
    if wanted:
        await store.copy_files(ctx.uow, wanted, ctx.actor.id, ctx.now)


async def attach_beside(ctx: Context, entity: str, record_id: UUID, holder_id: UUID, ids: Sequence[UUID]) -> None:
    """Tie files to a record beside its fields and proofs: whoever may read the record may read them.

    ``holder_id`` names what ties them (a comment). The caller has checked that the actor may read the record.

    Raises:
        Invalid: some file does not exist for the actor.
    """
    if ids:
        await attach_files(ctx, ids)
        await store.insert_attachments(ctx.uow, entity, record_id, holder_id, ids)


async def detach_beside(ctx: Context, holder_id: UUID, ids: Sequence[UUID] | None) -> None:
    """Untie some (None: all) files that a holder tied to its record."""
    if ids is None or ids:
        await release_files(ctx, await store.delete_attachments(ctx.uow, holder_id, ids))


async def load_beside(ctx: Context, holder_ids: Sequence[UUID]) -> dict[UUID, tuple[StoredFile, ...]]:
    """Return files by what ties them to a record, without asking who may read them: the record was read under permission."""
    found: dict[UUID, list[StoredFile]] = {}
    for holder, file in await store.select_attachments(ctx.uow, holder_ids) if holder_ids else ():
        found.setdefault(holder, []).append(file)
    return {holder: tuple(files) for holder, files in found.items()}


async def release_files(ctx: Context, ids: Sequence[UUID]) -> None:
    """Give files up whose record is purged; the clean-up deletes those that nothing else holds."""
    if ids:
        await store.mark_released(ctx.uow, ids, ctx.now)


async def remove_orphans(ctx: Context, storage: FileStorage) -> int:
    """Delete some uploads that nothing has held for a day, and their contents after the commit; return how many."""
    held, orphans = await store.select_orphans(ctx, ctx.now - ORPHAN_AGE, ORPHAN_BATCH)
    if held:
        await store.mark_attached(ctx.uow, held, ctx.now)
    if orphans:
        for sha256 in await store.delete_files(ctx.uow, orphans):
            ctx.uow.after_commit(partial(_remove, storage, sha256))
    return len(orphans)


def _remove(storage: FileStorage, sha256: str) -> None:
    storage.remove(sha256)
