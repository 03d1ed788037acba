"""Office documents as text: paragraphs, slides and the first rows of sheets. Blocking; call it in a thread."""

import re
from pathlib import Path

from xiaolu.files.archives import BoundedArchive, Enough, Unreadable, open_archive
from xiaolu.files.model import FileText, TextPart

MOST_CHARACTERS = 100_000
MOST_SHEETS = 20
MOST_SLIDES = 200
MOST_ROWS = 200
MOST_COLUMNS = 40
LONGEST_CELL = 500
MOST_STRINGS = 100_000
_OFFICE = "application/vnd.openxmlformats-officedocument."
_CELL = re.compile(r"([A-Z]{1,3})[0-9]+")


def read_office(path: Path, content_type: str) -> FileText | None:
    """Return the text of a document; None where the type is no office document.

    Raises:
        Unreadable: it is damaged, encrypted, or made to do harm.
    """
    reader = {
        f"{_OFFICE}wordprocessingml.document": _read_document,
        f"{_OFFICE}presentationml.presentation": _read_slides,
        f"{_OFFICE}spreadsheetml.sheet": _read_workbook,
    }.get(content_type)
    if reader is None:
        return None
    with open_archive(path) as archive:
        parts = reader(archive)
        return FileText(tuple(parts), archive.is_cut)


class _Paragraphs:
    """Collects the text of runs, a line for each paragraph; table cells are divided by tabs."""

    def __init__(self, room: int = MOST_CHARACTERS) -> None:
        self.pieces: list[str] = []
        self._room = room
        self._in_text = False
        self._cells = 0

    @property
    def text(self) -> str:
        return re.sub(r"\n{3,}", "\n\n", "".join(self.pieces)).strip()

    def start(self, tag: str, _: dict[str, str]) -> None:
        if tag == "t":
            self._in_text = True
        elif tag == "tab":
            self._add("\t")
        elif tag in {"br", "cr"}:
            self._add("\n")
        elif tag == "tc":
            self._cells += 1

    def end(self, tag: str) -> None:
        if tag == "t":
            self._in_text = False
        elif tag == "p":
            self._add(" " if self._cells else "\n")
        elif tag == "tc":
            self._cells -= 1
            self._add("\t")
        elif tag == "tr":
            self._add("\n")

    def put(self, text: str) -> None:
        if self._in_text:
            self._add(text)

    def _add(self, text: str) -> None:
        self.pieces.append(text[: self._room])
        self._room -= len(text)
        if self._room <= 0:
            raise Enough


def _read_document(archive: BoundedArchive) -> list[TextPart]:
    found = _Paragraphs()
    archive.parse("word/document.xml", on_start=found.start, on_end=found.end, on_text=found.put)
    return [TextPart(text=found.text)]


def _read_slides(archive: BoundedArchive) -> list[TextPart]:
    parts = []
    room = MOST_CHARACTERS
    for number, name in enumerate(_numbered(archive, r"ppt/slides/slide(\d+)\.xml"), 1):
        if number > MOST_SLIDES or room <= 0:
            archive.is_cut = True
            break
        found = _Paragraphs(room)
        archive.parse(name, on_start=found.start, on_end=found.end, on_text=found.put)
        room -= len(found.text)
        parts.append(TextPart(title=str(number), text=found.text))
    return parts


def _read_workbook(archive: BoundedArchive) -> list[TextPart]:
    strings = _read_strings(archive)
    names: list[str] = []

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            names.append(attributes.get("name", ""))

    archive.parse("xl/workbook.xml", on_start=sheet)
    parts = []
    for index, name in enumerate(_numbered(archive, r"xl/worksheets/sheet(\d+)\.xml")):
        if index >= MOST_SHEETS:
            archive.is_cut = True
            break
        rows = _Rows(strings)
        archive.parse(name, on_start=rows.start, on_end=rows.end, on_text=rows.put)
        title = names[index] if index < len(names) else ""
        parts.append(TextPart(title=title, rows=tuple(tuple(row) for row in rows.rows)))
    return parts


def _read_strings(archive: BoundedArchive) -> list[str]:
    found: list[str] = []
    piece: list[str] = []
    inside = False

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal inside
        inside = tag == "t"
        if tag == "si":
            piece.clear()

    def end(tag: str) -> None:
        nonlocal inside
        inside = False
        if tag == "si":
            found.append("".join(piece)[:LONGEST_CELL])
            if len(found) >= MOST_STRINGS:
                raise Enough

    def put(text: str) -> None:
        if inside:
            piece.append(text[:LONGEST_CELL])

    if "xl/sharedStrings.xml" in archive.names:
        archive.parse("xl/sharedStrings.xml", on_start=start, on_end=end, on_text=put)
    return found


class _Rows:
    """Collects the first rows of a sheet, each cell at its column."""

    def __init__(self, strings: list[str]) -> None:
        self.rows: list[list[str]] = []
        self._strings = strings
        self._kind = ""
        self._column = 0
        self._piece: list[str] = []
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            if len(self.rows) >= MOST_ROWS:
                raise Enough
            self.rows.append([])
        elif tag == "c":
            self._kind = attributes.get("t", "")
            self._column = _column(attributes.get("r", ""), len(self.rows[-1]) if self.rows else 0)
            self._piece.clear()
        self._inside = tag in {"v", "t"}

    def end(self, tag: str) -> None:
        self._inside = False
        if tag == "c" and self.rows and self._column < MOST_COLUMNS:
            row = self.rows[-1]
            row.extend("" for _ in range(self._column - len(row) + 1))
            row[self._column] = self._value()

    def put(self, text: str) -> None:
        if self._inside:
            self._piece.append(text[:LONGEST_CELL])

    def _value(self) -> str:
        text = "".join(self._piece)[:LONGEST_CELL]
        if self._kind != "s":
            return text
        at = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else len(self._strings)
        return self._strings[at] if at < len(self._strings) else ""


def _column(reference: str, otherwise: int) -> int:
    found = _CELL.fullmatch(reference)
    if found is None:
        return otherwise
    number = 0
    for letter in found.group(1):
        number = number * 26 + ord(letter) - 64
    return number - 1


def _numbered(archive: BoundedArchive, pattern: str) -> list[str]:
    found = [(int(match.group(1)[:9]), name) for name in archive.names if (match := re.fullmatch(pattern, name))]
    if not found:
        raise Unreadable(pattern)
    return [name for _, name in sorted(found)]
