"""From the cells of a row to the values of a record, with the reasons where a cell cannot be read. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xiaolu.kit.problems import Problem
from xiaolu.metadata.fields.model import FieldModel
from xiaolu.metadata.fields.protocol import Names, Parsed, Refusal
from xiaolu.metadata.fields.uploads import possible_names
from xiaolu.metadata.snapshot import EntityModel, Snapshot
from xiaolu.records.imports.model import DateOrder, ImportColumn, SourceRow
from xiaolu.records.imports.model import Mapping as ColumnMapping
from xiaolu.records.imports.naming import FILES
from xiaolu.records.imports.sources import cell_text
from xiaolu.records.imports.spelling import in_order

REMEMBERED = 20_000
"""Different cells of a column whose reading is remembered."""
SEPARATORS = "、,，;；|\n"


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column that is taken in: where it stands, which field it holds, what is to be read in place of what."""

    at: int
    name: str
    key: str
    """Key of the field; ``lines.product`` for one of a sub-table."""
    field: FieldModel
    replacements: Mapping[str, str]
    order: DateOrder | None = None

    @property
    def target(self) -> str | None:
        """Return the entity, ``member``, ``department`` or ``file`` that cells name."""
        return self.field.type.target(self.field.definition)

    @property
    def is_of_files(self) -> bool:
        """Tell whether cells name files."""
        return holds_files(self.field)


def holds_files(field: FieldModel) -> bool:
    """Tell whether a field's value is files, which no cell can hold by itself."""
    return field.type.target(field.definition) == FILES


@dataclass(slots=True)
class ReadRow:
    """A row as far as its cells go; ``values`` by field key."""

    source: SourceRow
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    members: list["ReadRow"] = field(default_factory=list)
    """The rows of the file that the record is put together from, where rows fill sub-tables."""
    origins: dict[str, list[int | None]] = field(default_factory=dict)
    """Sub-table → which member each of its rows comes from; None for a row that was there before."""


def fields_of(snapshot: Snapshot, model: EntityModel, mapping: ColumnMapping) -> dict[str, FieldModel]:
    """Return the fields that a mapping fills, by what columns lead to."""
    targets = [each for each in mapping.columns.values() if each]
    return {each: field for each in targets if (field := field_of(snapshot, model, each)) is not None}


def field_of(snapshot: Snapshot, model: EntityModel, target: str) -> FieldModel | None:
    """Return the field that a column leads to; ``lines.product`` is one of the rows of the sub-table ``lines``."""
    head, dot, inner = target.partition(".")
    field = model.find(head)
    if field is None or not dot:
        return field
    child = snapshot.entities.get(str(field.type.target(field.definition)))
    return child.fields.get(inner) if child is not None else None


def mapped_columns(
    columns: Sequence[ImportColumn], mapping: ColumnMapping, fields: Mapping[str, FieldModel]
) -> list[MappedColumn]:
    """Return the columns that are taken in, in the file's order."""
    found = []
    for at, column in enumerate(columns):
        key = mapping.columns.get(column.name)
        if key is not None and key in fields:
            replacements = mapping.replacements.get(column.name, {})
            order = mapping.orders.get(column.name)
            found.append(MappedColumn(at, column.name, key, fields[key], replacements, order))
    return found


class RowReader:
    """Reads rows; what a repeated cell means is worked out once."""

    def __init__(self, columns: Sequence[MappedColumn], names: Names) -> None:
        self.columns = columns
        read = [(each, (each.at, each.key, _cell_reader(each, names))) for each in columns]
        self._plain = [cell for column, cell in read if column.target is None]
        self._naming = [cell for column, cell in read if column.target is not None]

    def read(self, row: SourceRow) -> ReadRow:
        """Read one row whole, its names being known."""
        return self.read_naming(self.read_plain(row))

    def read_plain(self, row: SourceRow) -> ReadRow:
        """Read the cells that name nothing elsewhere; needs no database, and may run ahead in a thread."""
        return _read_cells(ReadRow(row, {}), self._plain)

    def read_naming(self, read: ReadRow) -> ReadRow:
        """Read the cells that name records, members or departments, once the names are known."""
        return _read_cells(read, self._naming) if self._naming else read


def _read_cells(read: ReadRow, cells_of: Sequence[tuple[int, str, Callable[[Any], Any]]]) -> ReadRow:
    cells = read.source.cells
    width = len(cells)
    for at, key, read_cell in cells_of:
        cell = cells[at] if at < width else None
        if cell is None or cell == "":
            continue
        outcome = read_cell(cell)
        if outcome.__class__ is Refusal:
            read.problems.extend(each.under("values", key) for each in outcome.problems)
        elif outcome is not None:
            read.values[key] = outcome
    return read


def _cell_reader(column: MappedColumn, names: Names) -> Callable[[Any], Any]:
    """Return a function from a cell to a canonical value, None, or a ``Refusal``."""
    kind, definition = column.field.type, column.field.definition
    replacements, order = column.replacements, column.order
    if kind.is_text and not kind.is_computed and not replacements and kind.key in ("text", "long_text", "barcode"):
        read_text = kind.reader(definition)
        return lambda cell: read_text(cell if cell.__class__ is str else cell_text(cell), names)
    is_reference = column.target is not None

    def understand(cell: Any) -> Any:
        if replacements:
            cell = replacements.get(cell_text(cell).strip(), cell)
        return _outcome(kind.read_cell(cell if is_reference else in_order(cell, order), definition, names))

    return understand if is_reference else _remembering(understand)


def _remembering(understand: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a reader that works out once what a cell means: 1, 1.0 and TRUE are equal, and not the same."""
    known: dict[Any, Any] = {}

    def read(cell: Any) -> Any:
        mark = cell if cell.__class__ is str else (cell.__class__, cell)
        found = known.get(mark, _UNKNOWN)
        if found is _UNKNOWN:
            if len(known) >= REMEMBERED:
                known.clear()
            found = known[mark] = understand(cell)
        return found

    return read


_UNKNOWN = object()


def _outcome(parsed: Parsed) -> Any:
    return Refusal(*parsed.problems) if parsed.problems else parsed.value


def named_texts(rows: Sequence[SourceRow], columns: Sequence[MappedColumn]) -> dict[str, set[str]]:
    """Collect what the cells of reference columns name, by target; a list is collected whole and in parts."""
    wanted: dict[str, set[str]] = {}
    for column in columns:
        if column.target is None:
            continue
        texts = wanted.setdefault(column.target, set())
        for row in rows:
            cell = row.cells[column.at] if column.at < len(row.cells) else None
            if cell is None or cell == "":
                continue
            text = cell_text(cell).strip()
            text = column.replacements.get(text, text)
            if text:
                texts.update(possible_names(text) if column.is_of_files else (text, *parts(text)))
    return wanted


def parts(text: str) -> list[str]:
    """Split a cell that lists names."""
    for separator in SEPARATORS[1:]:
        text = text.replace(separator, SEPARATORS[0])
    return [each.strip() for each in text.split(SEPARATORS[0]) if each.strip()]
