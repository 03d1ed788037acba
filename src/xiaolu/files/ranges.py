"""Parts of a content: players of sound and pictures ask for the piece that they are about to play. Pure but for reading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHUNK_BYTES = 1 << 18
_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a content: from ``start`` to before ``stop``."""

    start: int
    stop: int
    size: int

    @property
    def headers(self) -> dict[str, str]:
        """What tells the browser which piece it gets."""
        return {
            "Content-Range": f"bytes {self.start}-{self.stop - 1}/{self.size}",
            "Content-Length": str(self.stop - self.start),
            "Accept-Ranges": "bytes",
        }


class RangeNotSatisfiable(ValueError):
    """The piece that is asked for lies behind the end."""


def read_range(header: str, size: int) -> Part | None:
    """Return the piece that a ``Range`` header asks for; None where the whole is the right answer.

    Several ranges at once, and what is no range of bytes, are answered with the whole, as HTTP allows.

    Raises:
        RangeNotSatisfiable: nothing of the piece exists.
    """
    match = _ONE_RANGE.fullmatch(header.strip().replace(" ", ""))
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if first == "":
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(size, int(last) + 1 if last else size)
        if last and int(last) < start:
            return None
    if start >= stop:
        raise RangeNotSatisfiable
    return Part(start, stop, size)


def read_part(path: Path, part: Part) -> Iterator[bytes]:
    """Read a piece in chunks."""
    left = part.stop - part.start
    with path.open("rb") as stream:
        stream.seek(part.start)
        while left > 0 and (chunk := stream.read(min(CHUNK_BYTES, left))):
            left -= len(chunk)
            yield chunk
