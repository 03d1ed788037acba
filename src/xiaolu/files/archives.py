"""Reading office archives that strangers made: bounded in entries, bytes and depth, and without entities. Blocking."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.parsers import expat

MOST_DIRECTORY_BYTES = 1024 * 1024
"""Of the archive's table of contents; an honest document has a few hundred entries."""
MOST_PART_BYTES = 8 * 1024 * 1024
"""Unpacked, of one part; what lies beyond is not read."""
MOST_BYTES = 24 * 1024 * 1024
"""Unpacked, of one document."""
MOST_DEPTH = 200
_END = b"PK\x05\x06"
_LARGE = b"PK\x06\x07"
_CHUNK = 64 * 1024


class Unreadable(Exception):
    """The archive is damaged, disguised or more than it may be."""


class Enough(Exception):
    """The reader has what it wants."""


class BoundedArchive:
    """An office document whose parts are read up to a bound."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = MOST_BYTES
        self.names = archive.namelist()
        self.is_cut = False
        """Something was left out because it was too much."""

    def parse(self, name: str, *, on_start: Callable[[str, dict[str, str]], None], **handlers: Any) -> None:
        """Read an XML part event by event; ``on_end`` and ``on_text`` beside ``on_start``. Local names alone are told.

        Raises:
            Unreadable: it is no XML, or brings declarations of its own.
        """
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        depth = 0

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > MOST_DEPTH:
                raise Unreadable(name)
            on_start(tag.rpartition("}")[2], attributes)

        def end(tag: str) -> None:
            nonlocal depth
            depth -= 1
            if "on_end" in handlers:
                handlers["on_end"](tag.rpartition("}")[2])

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        if "on_text" in handlers:
            parser.CharacterDataHandler = handlers["on_text"]
        parser.StartDoctypeDeclHandler = _refuse
        try:
            for chunk in self._chunks(name):
                parser.Parse(chunk, False)  # noqa: FBT003 - expat takes no names
        except Enough:
            self.is_cut = True
        except expat.ExpatError as error:
            raise Unreadable(name) from error

    def _chunks(self, name: str) -> Iterator[bytes]:
        allowed = min(MOST_PART_BYTES, self._left)
        with self._archive.open(name) as stream:
            while allowed > 0 and (chunk := stream.read(min(_CHUNK, allowed))):
                allowed -= len(chunk)
                self._left -= len(chunk)
                yield chunk
            if allowed <= 0:
                self.is_cut = True


@contextmanager
def open_archive(path: Path) -> Iterator[BoundedArchive]:
    """Open a document; what is wrong with it, at any point, comes out as ``Unreadable``."""
    try:
        check_directory(path, MOST_DIRECTORY_BYTES)
        with zipfile.ZipFile(path) as archive:
            yield BoundedArchive(archive)
    except (OSError, ValueError, KeyError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile) as error:
        raise Unreadable(str(path)) from error


def check_directory(path: Path, most: int) -> None:
    """Look at the size of a zip's table of contents before the whole of it is read into memory.

    Raises:
        Unreadable: there is none, or it has more than ``most`` bytes.
    """
    with path.open("rb") as stream:
        size = path.stat().st_size
        stream.seek(max(0, size - 65_557))
        tail = stream.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) < at + 22:
            raise Unreadable(str(path))
        found = int.from_bytes(tail[at + 12 : at + 16], "little")
        if at >= 20 and tail[at - 20 : at - 16] == _LARGE:  # a second, larger entry that readers prefer
            stream.seek(min(size, int.from_bytes(tail[at - 12 : at - 4], "little")))
            found = int.from_bytes(stream.read(56)[40:48], "little")
    if found > most:
        raise Unreadable(str(path))


def _refuse(*_: Any) -> None:
    raise Unreadable("doctype")
