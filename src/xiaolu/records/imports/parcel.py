"""Zips that carry a spreadsheet and the files that its cells name. Blocking.

Nothing is ever unpacked under a name of the zip. What a stranger's zip could do is bounded before anything is read: the size of
its table of contents, how many entries it has, and how large they say they are (no entry gives more than it says).
"""

import stat
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from xiaolu.files.archives import Unreadable, check_directory
from xiaolu.kit.errors import Invalid
from xiaolu.records.exports.attachments import MOST_BYTES as MOST_BYTES_OF_FILES

MOST_ENTRIES = 10_000
LARGEST = MOST_BYTES_OF_FILES + 256 * 1024**2
"""Bytes of a zip: the largest that an export makes, whose files are stored as they are, with its spreadsheet."""
MOST_BYTES = 2 * 1024**3
"""Of all entries together, unpacked."""
_MOST_DIRECTORY_BYTES = 8 * 1024 * 1024
_TABLES = (".xlsx", ".xlsm", ".xls", ".csv")
_OFFICE = frozenset({"[Content_Types].xml", "META-INF/manifest.xml"})
"""What the parts of an office document always have among them."""
_HEAD_BYTES = 4096
_LITTER = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
_UTF8 = 0x800
_ENCRYPTED = 0x1
_BROKEN = (Unreadable, zipfile.BadZipFile, OSError, ValueError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the zip; ``name`` is its path as seen from the spreadsheet."""

    name: str
    info: zipfile.ZipInfo

    @property
    def size(self) -> int:
        """Return the bytes that it unpacks to at most."""
        return self.info.file_size


class Parcel:
    """A spreadsheet with its files."""

    def __init__(self, archive: zipfile.ZipFile, table: Entry, files: Sequence[Entry]) -> None:
        self._archive = archive
        self.table = table
        self.files = files
        self._by_name: dict[str, list[Entry]] = {}
        for each in files:
            last = each.name.rpartition("/")[2]
            for name in dict.fromkeys((each.name, last, _loose(each.name), _loose(last))):
                self._by_name.setdefault(name, []).append(each)

    def find(self, text: str) -> Sequence[Entry]:
        """Return the entries that a cell may mean: by path or name, to the letter before anything else."""
        name = unicodedata.normalize("NFC", text.strip().replace("\\", "/")).removeprefix("./")
        found = self._by_name.get(name) or self._by_name.get(_loose(name), [])
        exact = [each for each in found if each.name == name]
        return exact or found

    def open(self, entry: Entry) -> IO[bytes]:
        """Open a file of the zip."""
        return self._archive.open(entry.info)

    def close(self) -> None:
        """Close the zip."""
        self._archive.close()


def open_parcel(path: Path, most_bytes: int) -> Parcel | None:
    """Open a zip that carries a spreadsheet; None where the file is something else, such as a spreadsheet itself.

    Raises:
        Invalid: the zip is damaged, locked, more than it may be, or holds no spreadsheet or several.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if not head.startswith(b"PK\x03\x04"):
        return None
    try:
        check_directory(path, _MOST_DIRECTORY_BYTES)
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        if any(each.encode() in head for each in _OFFICE):
            return None  # a damaged spreadsheet is told as one
        raise Invalid("import.archive_broken") from error
    try:
        if not _OFFICE.isdisjoint(archive.namelist()):
            archive.close()
            return None
        parcel = _sorted(archive, _entries(archive))
        for each in parcel.files:
            if each.size > most_bytes:
                raise Invalid("import.archive_file_too_large", name=each.name, limit=f"{most_bytes // 1024**2} MB")
        return parcel
    except BaseException:
        archive.close()
        raise


def _entries(archive: zipfile.ZipFile) -> list[Entry]:
    infos = archive.infolist()
    if len(infos) > MOST_ENTRIES:
        raise Invalid("import.archive_too_many", most=MOST_ENTRIES, count=len(infos))
    if sum(each.file_size for each in infos) > MOST_BYTES:
        raise Invalid("import.archive_too_large", limit=f"{MOST_BYTES // 1024**3} GB")
    found = [Entry(_safe_path(each), each) for each in infos if not each.is_dir()]
    kept = [each for each in found if not _is_litter(each.name)]
    for each in kept:
        if each.info.flag_bits & _ENCRYPTED:
            raise Invalid("import.archive_locked")
    return kept


def _safe_path(info: zipfile.ZipInfo) -> str:
    """Return the path of an entry, which must lie inside the zip."""
    name = unicodedata.normalize("NFC", _decoded(info).replace("\\", "/"))
    parts = name.split("/")
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    if is_link or ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        raise Invalid("import.archive_unsafe", name=name[:200])
    return "/".join(each for each in parts if each not in ("", "."))


def _decoded(info: zipfile.ZipInfo) -> str:
    """Return an entry's name: what is not marked as UTF-8 was written in UTF-8 anyway, or as Chinese Windows does."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        written = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _is_litter(name: str) -> bool:
    """Tell what systems put into zips by themselves."""
    return any(each in _LITTER or each.startswith((".", "~$")) for each in name.split("/"))


def _sorted(archive: zipfile.ZipFile, entries: Sequence[Entry]) -> Parcel:
    """Tell the spreadsheet, the one that lies highest, from the files beside and below it."""
    tables = [each for each in entries if each.name.lower().endswith(_TABLES)]
    if not tables:
        raise Invalid("import.archive_no_table")
    depth = min(each.name.count("/") for each in tables)
    highest = [each for each in tables if each.name.count("/") == depth]
    if len(highest) > 1:
        raise Invalid("import.archive_many_tables", names=[each.name for each in highest[:5]])
    table = highest[0]
    folder = str(PurePosixPath(table.name).parent)
    files = [Entry(_below(each.name, folder), each.info) for each in entries if each is not table]
    return Parcel(archive, Entry(table.name.rpartition("/")[2], table.info), files)


def _below(name: str, folder: str) -> str:
    return name.removeprefix(f"{folder}/") if folder != "." else name


def _loose(name: str) -> str:
    return " ".join(name.split()).casefold()
