"""What a file says, as text to look at: office documents, plain text and tables. Blocking; call it in a thread."""

import csv
import io
from itertools import islice
from pathlib import Path

from xiaolu.files.model import FileText, TextPart
from xiaolu.files.office import LONGEST_CELL, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, read_office

MOST_BYTES = 512 * 1024
_TEXTS = frozenset({"text/plain", "text/html", "application/xml", "image/svg+xml", "text/x-script"})


def read_text(path: Path, content_type: str, name: str) -> FileText | None:
    """Return a file's text, its beginning where it is long; None for types that have none.

    Raises:
        Unreadable: an office document that cannot be read.
    """
    if content_type not in _TEXTS:
        return read_office(path, content_type)
    with path.open("rb") as stream:
        head = stream.read(MOST_BYTES)
        is_cut = bool(stream.read(1))
    text = _decode(head)
    if name.lower().endswith((".csv", ".tsv")):
        return _table(text, "\t" if name.lower().endswith(".tsv") else ",", is_cut=is_cut)
    return FileText((TextPart(text=text[:MOST_CHARACTERS]),), is_cut or len(text) > MOST_CHARACTERS)


def _decode(head: bytes) -> str:
    for cut in range(4):
        try:
            return head[: len(head) - cut].decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
    return head.decode("gb18030", "replace")


def _table(text: str, delimiter: str, *, is_cut: bool) -> FileText:
    try:
        rows = list(islice(csv.reader(io.StringIO(text), delimiter=delimiter), MOST_ROWS + 1))
    except csv.Error:
        return FileText((TextPart(text=text[:MOST_CHARACTERS]),), is_cut or len(text) > MOST_CHARACTERS)
    shown = tuple(tuple(cell[:LONGEST_CELL] for cell in row[:MOST_COLUMNS]) for row in rows[:MOST_ROWS])
    return FileText((TextPart(rows=shown),), is_cut or len(rows) > MOST_ROWS)
