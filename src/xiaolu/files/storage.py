"""Bytes on disk, named by their SHA-256, one folder per workspace. Blocking; call it in a thread."""

import hashlib
import os
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import uuid4

from xiaolu.files.content_types import HEAD_BYTES, sniff
from xiaolu.files.model import StoredContent
from xiaolu.files.room import has_room

CHUNK_BYTES = 1 << 20
MOST_ARCHIVE_MEMBERS = 10_000
CHUNKS_BETWEEN_LOOKS = 64
"""Written before the disk is asked again whether there is room."""


class ContentTooLarge(ValueError):
    """More bytes than the storage takes."""


class NoRoom(ValueError):
    """The disk is nearly full."""


@dataclass(frozen=True, slots=True)
class FileStorage:
    """Where contents lie: ``<root>/content/ab/cd/<sha256>`` and their previews."""

    root: Path
    max_bytes: int = 100 * 1024 * 1024
    settle_seconds: float = 3600
    """A content younger than this is not removed: an upload of the same bytes may be about to be recorded."""

    def add(self, source: IO[bytes]) -> StoredContent:
        """Copy a stream in, hashing on the way; durable on return. The same content is kept once.

        Raises:
            ContentTooLarge: the stream is longer than ``max_bytes``; nothing is kept.
            NoRoom: the disk runs full; nothing is kept.
        """
        incoming = self.root / "incoming"
        incoming.mkdir(parents=True, exist_ok=True)
        part = incoming / uuid4().hex
        try:
            content = self._copy(source, part)
            target = self.path(content.sha256)
            target.parent.mkdir(parents=True, exist_ok=True)
            part.replace(target)
            _sync_folder(target.parent)
        finally:
            part.unlink(missing_ok=True)
        return content

    def path(self, sha256: str) -> Path:
        """Return where a content lies (or would lie)."""
        return self.root / "content" / sha256[:2] / sha256[2:4] / sha256

    def preview_path(self, sha256: str, width: int) -> Path:
        """Return where a preview of a content lies (or would lie)."""
        return self.root / "previews" / sha256[:2] / f"{sha256}-{width}.webp"

    def sniff(self, sha256: str) -> str:
        """Return the content type of a stored content."""
        path = self.path(sha256)
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
        return sniff(head, _archive_members(path) if head.startswith(b"PK\x03\x04") else ())

    def digest(self, sha256: str) -> str | None:
        """Read a stored content again and return its hash; None when it is gone."""
        try:
            with self.path(sha256).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError:
            return None

    def remove(self, sha256: str) -> bool:
        """Delete a content and what was made of it, unless it was written a moment ago; tell whether it is gone."""
        path = self.path(sha256)
        aside = self.root / "incoming" / uuid4().hex
        aside.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.rename(aside)
        except FileNotFoundError:
            return True
        if time.time() - aside.stat().st_mtime < self.settle_seconds:
            aside.replace(path)
            return False
        aside.unlink()
        for preview in (self.root / "previews" / sha256[:2]).glob(f"{sha256}-*.webp"):
            preview.unlink(missing_ok=True)
        for rows in path.parent.glob(f"{sha256}-*.rows"):
            rows.unlink(missing_ok=True)
        return True

    def _copy(self, source: IO[bytes], part: Path) -> StoredContent:
        digest = hashlib.sha256()
        size, chunks = 0, 0
        with part.open("wb") as target:
            while chunk := source.read(CHUNK_BYTES):
                size, chunks = size + len(chunk), chunks + 1
                if size > self.max_bytes:
                    raise ContentTooLarge
                if chunks % CHUNKS_BETWEEN_LOOKS == 0 and not has_room(self.root):
                    raise NoRoom
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        return StoredContent(digest.hexdigest(), size)


def _archive_members(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()[:MOST_ARCHIVE_MEMBERS]
    except (zipfile.BadZipFile, OSError, ValueError):
        return []


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
