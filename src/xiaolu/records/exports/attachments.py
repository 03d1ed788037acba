"""The files of an export: put into its zip as rows name them, each under a name of its own."""

import asyncio
import zipfile
from collections.abc import Collection, Sequence
from pathlib import Path
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.files.model import StoredFile
from xiaolu.files.service import load_files
from xiaolu.files.storage import FileStorage
from xiaolu.kit.errors import Invalid
from xiaolu.records.exports.naming import free_name

MOST_FILES = 9_999
MOST_BYTES = 1024**3
_GIGABYTE = 1024**3


class Attachments:
    """A zip that grows by files; equal contents under one name are in it once."""

    def __init__(self, path: Path, storage: FileStorage, folder: str) -> None:
        self._zip = zipfile.ZipFile(path, "w")
        self._storage = storage
        self._folder = folder
        self._names: dict[UUID, str] = {}
        self._contents: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()
        self._bytes = 0

    @property
    def count(self) -> int:
        """Return how many files there are."""
        return len(self._contents)

    def name(self, identifier: UUID) -> str | None:
        """Return under which name a file lies in the zip."""
        return self._names.get(identifier)

    async def take(self, ctx: Context, ids: Collection[UUID]) -> None:
        """Put files into the zip, which the person has been found to see.

        Raises:
            Invalid: more files, or larger ones, than a zip is made of.
        """
        fresh = [each for each in ids if each not in self._names]
        if fresh:
            files = await load_files(ctx, fresh)
            await asyncio.to_thread(self._put_all, [files[each] for each in fresh if each in files])

    def _put_all(self, files: Sequence[StoredFile]) -> None:
        for each in files:
            if not self._storage.path(each.sha256).exists():
                continue  # its name stays in the cell
            known = self._contents.get((each.sha256, each.name))
            self._names[each.id] = known if known is not None else self._put(each)

    def _put(self, file: StoredFile) -> str:
        name = f"{self._folder}/{self._free(file.name)}"
        self._bytes += file.size
        if len(self._contents) >= MOST_FILES:
            raise Invalid("export.too_many_files", most=MOST_FILES)
        if self._bytes > MOST_BYTES:
            raise Invalid("export.files_too_large", limit=f"{MOST_BYTES / _GIGABYTE:g} GB")
        self._zip.write(self._storage.path(file.sha256), name)
        self._contents[file.sha256, file.name] = name
        return name

    def _free(self, name: str) -> str:
        """Return a name that nothing in the folder has: ``合同 (2).pdf``."""
        stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
        return free_name(self._taken, lambda number: name if number == 1 else f"{stem} ({number}){dot}{ending}")

    def finish(self, book: Path, name: str) -> None:
        """Add the workbook, and close the zip."""
        self._zip.write(book, name)
        self._zip.close()

    def abandon(self) -> None:
        """Let go of the zip, finished or not."""
        self._zip.close()
