"""The rows of a sheet, kept beside the workbook while an import is about it: reading cells again costs a tenth of parsing it again."""

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec

Line = tuple[int, list[Any]]
"""Number of the line as the spreadsheet counts it, and its cells."""
CHUNK = 500
_LENGTH = 4
_TICK = timedelta(microseconds=1)
_KINDS: dict[type, str] = {datetime: "datetime", date: "date", time: "time", timedelta: "span"}


class _Chunk(msgspec.Struct, array_like=True):
    """Some lines in a row; ``moments`` says which cells are no plain values: row, column, kind."""

    line: int
    rows: list[list[Any]]
    moments: list[tuple[int, int, str]]


def kept_place(path: Path, sheet: str | None) -> Path:
    """Return where the rows of a sheet are kept (or would be)."""
    name = hashlib.blake2b((sheet or "").encode(), digest_size=12).hexdigest()
    return path.with_name(f"{path.name}-{name}.rows")


def keep_lines(place: Path, lines: Iterable[Line]) -> None:
    """Write lines that follow each other; whoever reads sees all of them or none."""
    part = place.with_name(f"{place.name}.{uuid4().hex}")
    encode = msgspec.msgpack.Encoder().encode
    source = iter(lines)
    try:
        with part.open("wb") as target:
            while found := list(islice(source, CHUNK)):
                data = encode(_frozen(found[0][0], [cells for _, cells in found]))
                target.write(len(data).to_bytes(_LENGTH))
                target.write(data)
            target.flush()
            os.fsync(target.fileno())
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)


def kept_lines(place: Path) -> Iterator[Line]:
    """Yield the lines that were kept."""
    decode = msgspec.msgpack.Decoder(_Chunk).decode
    with place.open("rb") as stream:
        while head := stream.read(_LENGTH):
            chunk = decode(stream.read(int.from_bytes(head)))
            _thaw(chunk)
            yield from enumerate(chunk.rows, chunk.line)


def drop_kept(path: Path) -> None:
    """Forget the rows of all sheets of a workbook."""
    for place in path.parent.glob(f"{path.name}-*.rows"):
        with contextlib.suppress(OSError):
            place.unlink()


def _frozen(line: int, rows: list[list[Any]]) -> _Chunk:
    moments: list[tuple[int, int, str]] = []
    for at, row in enumerate(rows):
        for where, cell in enumerate(row):
            kind = _KINDS.get(cell.__class__)
            if kind is not None:
                moments.append((at, where, kind))
                row[where] = cell // _TICK if kind == "span" else cell.isoformat()
    return _Chunk(line, rows, moments)


def _thaw(chunk: _Chunk) -> None:
    for at, where, kind in chunk.moments:
        cell = chunk.rows[at][where]
        chunk.rows[at][where] = _READERS[kind](cell)


_READERS: dict[str, Callable[[Any], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "span": lambda ticks: ticks * _TICK,
}
