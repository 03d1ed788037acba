"""Files that came along with a spreadsheet: each becomes an upload of the importing person when a row first names it."""

import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.files.content_types import UNKNOWN
from xiaolu.files.model import StoredFile
from xiaolu.files.service import load_files, repeat_files, store_file
from xiaolu.files.storage import FileStorage
from xiaolu.kit.ids import new_id
from xiaolu.metadata.fields.protocol import FileInfo
from xiaolu.metadata.fields.uploads import possible_names
from xiaolu.records.imports.naming import ImportNames
from xiaolu.records.imports.parcel import Entry, Parcel
from xiaolu.records.imports.rows import MappedColumn, ReadRow
from xiaolu.records.imports.store.lookups import find_held
from xiaolu.records.imports.subrows import sub_table_of

SameFiles: TypeAlias = Callable[[Any, Any], bool]
"""Whether files that a record holds are those that a row brings: same names, same contents."""
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""How a zip tells, while an entry is read, that it cannot be unpacked."""


class FilesAlong:
    """The files of a zip while an import is at work."""

    def __init__(self, parcel: Parcel, storage: FileStorage) -> None:
        self._parcel = parcel
        self._storage = storage
        self._taken: dict[str, FileInfo] = {}
        self._stored: dict[UUID, StoredFile] = {}
        self._unused: set[UUID] = set()

    async def learn(self, ctx: Context, names: ImportNames, texts: Iterable[str]) -> None:
        """Take in what cells name, by the way of every upload; what cannot be unpacked counts as empty."""
        for text in texts:
            entries = self._parcel.find(text)
            if len(entries) == 1:
                names.learn_files(text, [await self._take(ctx, entries[0])])
            else:
                names.learn_files(text, [_unread(each) for each in entries])

    async def _take(self, ctx: Context, entry: Entry) -> FileInfo:
        known = self._taken.get(entry.name)
        if known is not None:
            return known
        info = _unread(entry)
        if entry.size:
            try:
                with self._parcel.open(entry) as stream:
                    file = await store_file(ctx, self._storage, entry.name, stream)
            except DAMAGED:
                pass
            else:
                info = FileInfo(file.id, file.name, file.size, file.content_type)
                self._stored[file.id] = file
                self._unused.add(file.id)
        self._taken[entry.name] = info
        return info

    async def keep_same(
        self, ctx: Context, entity: str, columns: Sequence[MappedColumn], chosen: Sequence[tuple[UUID, ReadRow]]
    ) -> None:
        """Leave the files that a record has, where the row brings the same ones: same names, same contents."""
        keys = [each.key for each in columns if each.is_of_files and sub_table_of(each.key) is None]
        if not keys:
            return
        held = await find_held(ctx, entity, keys, [identifier for identifier, _ in chosen])
        is_same = await self.comparison(ctx, (value for each in held.values() for value in each.values()))
        for identifier, row in chosen:
            for key, value in held.get(identifier, {}).items():
                if key in row.values and is_same(value, row.values[key]):
                    row.values[key] = value

    async def comparison(self, ctx: Context, held: Iterable[Any]) -> SameFiles:
        """Return what tells whether a value that is held, one of ``held``, is the same files as one that a row brings."""
        files = await load_files(ctx, {one for each in held for one in ids_of(each)})
        return lambda before, brought: _marks(before, files) == _marks(brought, self._stored)

    async def give_own(self, ctx: Context, columns: Sequence[MappedColumn], rows: Iterable[ReadRow]) -> None:
        """Give every record uploads of its own: a file that several rows name is repeated, its content is not."""
        repeated: list[tuple[UUID, UUID]] = []
        for values, key in _places(columns, rows):
            value = values[key]
            own = [self._own(each, repeated) for each in ids_of(value)]
            values[key] = own if isinstance(value, list) else own[0]
        await repeat_files(ctx, repeated)

    def _own(self, identifier: UUID, repeated: list[tuple[UUID, UUID]]) -> UUID:
        if identifier not in self._stored:
            return identifier  # the record had it before
        if identifier in self._unused:
            self._unused.discard(identifier)
            return identifier
        repeated.append((identifier, new_id()))
        return repeated[-1][1]


def know_names(parcel: Parcel, names: ImportNames, cells: Iterable[Any]) -> None:
    """Tell which texts of some cells name files of a zip, for the guess which columns hold files."""
    for text in {one for each in cells if isinstance(each, str) for one in possible_names(each)}:
        names.learn_files(text, [_unread(each) for each in parcel.find(text)])


def _unread(entry: Entry) -> FileInfo:
    return FileInfo(new_id(), entry.name.rpartition("/")[2], 0, UNKNOWN)


def ids_of(value: Any) -> Collection[UUID]:
    """Return the files of a field's value."""
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


def _marks(value: Any, files: Mapping[UUID, StoredFile]) -> list[tuple[str, str] | None]:
    found = [files.get(each) for each in ids_of(value)]
    return [(each.name, each.sha256) if each is not None else None for each in found]


def _places(columns: Sequence[MappedColumn], rows: Iterable[ReadRow]) -> Iterable[tuple[dict[str, Any], str]]:
    """Yield where files stand in rows and in the rows of their sub-tables."""
    keys = [each.key for each in columns if each.is_of_files]
    for row in rows:
        for key in keys:
            sub, inner = sub_table_of(key), key.rpartition(".")[2]
            for values in [row.values] if sub is None else row.values.get(sub, ()):
                if values.get(inner) is not None:
                    yield values, inner
