"""Rows of a file that fill sub-tables: which belong together, and the record that they make. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

import msgspec

from xiaolu.kit.i18n import message
from xiaolu.kit.problems import Param, Problem, problem
from xiaolu.records.imports.model import ImportColumn, Mapping, SourceRow
from xiaolu.records.imports.naming import spoken
from xiaolu.records.imports.rows import ReadRow
from xiaolu.records.imports.sources import cell_text

RECORD = "$record"
"""In place of a field: the record that rows belong to. On the record's own sheet it tells rows apart and fills nothing."""


def sub_table_of(target: str) -> str | None:
    """Return the sub-table that a column's field belongs to; None for a field of the record itself."""
    head, dot, _ = target.partition(".")
    return head if dot else None


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which cells tell what record a row is about."""

    key: int
    """Where the record's own key stands."""
    named: tuple[int, ...]
    """Where rows say whose they are."""
    own: tuple[int, ...]
    """Where the other fields of the record stand."""

    def of(self, row: SourceRow) -> Any:
        """Return the cell that says what record the row is about; None where it does not say so."""
        return next((cell for at in (self.key, *self.named) if (cell := _cell(row, at)) is not None), None)


def grouping_of(columns: Sequence[ImportColumn], mapping: Mapping) -> Grouping | None:
    """Return how rows are grouped; None where each row is a record of its own."""
    targets = [mapping.columns.get(each.name) for each in columns]
    if mapping.key is None or not any(each and sub_table_of(each) for each in targets):
        return None
    own = [at for at, each in enumerate(targets) if each and sub_table_of(each) is None and each != mapping.key]
    named = [at for at, each in enumerate(targets) if each and each.endswith(f".{RECORD}")]
    return Grouping(targets.index(mapping.key), tuple(named), tuple(own))


def grouped(rows: Iterator[SourceRow], grouping: Grouping) -> Iterator[SourceRow]:
    """Yield the rows of each record together, records in the order in which they are first met.

    A row that says neither which record it is about nor anything of the record belongs to the one above it, as in sheets
    whose cells are merged.
    """
    groups: dict[str, list[SourceRow]] = {}
    above = ""
    for row in rows:
        cell = grouping.of(row)
        mark = spoken(cell_text(cell)) if cell is not None else ""
        if not mark:
            is_bare = all(_cell(row, at) is None for at in grouping.own)
            mark = above if above and is_bare else f"\n{row.number}"
        above = mark
        cells = [*row.cells, *[None] * (grouping.key + 1 - len(row.cells))]
        cells[grouping.key] = cell
        groups.setdefault(mark, []).append(msgspec.structs.replace(row, cells=cells, group=mark))
    for each in groups.values():
        yield from each


def in_batches(rows: Iterator[SourceRow], size: int) -> Iterator[list[SourceRow]]:
    """Yield ``size`` rows at a time, and more where a record's rows would be parted; only the last batch is shorter."""
    batch: list[SourceRow] = []
    for mark, members in groupby(rows, key=lambda each: each.group):
        if mark is None:
            while len(batch := [*batch, *islice(members, size - len(batch))]) == size:
                yield batch
                batch = []
        else:
            batch.extend(members)
        if len(batch) >= size:
            yield batch
            batch = []
    yield batch


def _cell(row: SourceRow, at: int) -> Any:
    cell = row.cells[at] if at < len(row.cells) else None
    return None if cell is None or (isinstance(cell, str) and not cell.strip()) else cell


def assembled(rows: Sequence[ReadRow]) -> list[ReadRow]:
    """Return one row for each record, with the rows of its sub-tables among its values."""
    return [_record(list(members)) for _, members in groupby(rows, key=lambda each: each.source.group)]


def _record(members: list[ReadRow]) -> ReadRow:
    record = ReadRow(members[0].source, {}, members=members)
    origins: dict[str, SourceRow] = {}
    for at, member in enumerate(members):
        parts: dict[str, dict[str, Any]] = {}
        for key, value in member.values.items():
            sub = sub_table_of(key)
            if sub is not None:
                parts.setdefault(sub, {})[key.partition(".")[2]] = value
            elif record.values.setdefault(key, value) != value:
                member.problems.append(problem("import.rows_disagree", "values", key, **place_of(origins[key])))
            else:
                origins.setdefault(key, member.source)
        for sub in {found for each in member.problems if (found := sub_table_of(str(each.path[1]))) is not None}:
            parts.setdefault(sub, {})
        for sub, values in parts.items():
            record.values.setdefault(sub, []).append(values)
            record.origins.setdefault(sub, []).append(at)
    record.problems = [each for member in members for each in member.problems]
    return record


def by_member(record: ReadRow, found: Sequence[Problem]) -> list[tuple[SourceRow, list[Problem]]]:
    """Share out what stands against a record among the rows of the file; rows in order wait for those with mistakes."""
    told: list[list[Problem]] = [list(each.problems) for each in record.members]
    for each in found:
        at, placed = _placed(record, each)
        unread = {one.path[1] for one in told[at] if len(one.path) > 1}
        if not (len(placed.path) > 1 and placed.path[1] in unread):
            told[at].append(placed)
    wrong = next((each.source for each, reasons in zip(record.members, told, strict=True) if reasons), record.source)
    held_back = problem("import.held_back", **place_of(wrong))
    return [(each.source, reasons or [held_back]) for each, reasons in zip(record.members, told, strict=True)]


def place_of(row: SourceRow) -> dict[str, str]:
    """Return where a row stands as a parameter of messages, with its sheet where several are read."""
    code = "import.place" if row.sheet is None else "import.place_in_sheet"
    params: dict[str, Param] = {"line": row.line, "sheet": row.sheet}
    return {"place": message(code, params, "zh"), "place_en": message(code, params, "en")}


def _placed(record: ReadRow, found: Problem) -> tuple[int, Problem]:
    """Return the member that a problem is about, and the problem at the member's column."""
    path = found.path
    origins = record.origins.get(str(path[1])) if len(path) > 2 and isinstance(path[2], int) else None
    if origins is None:
        return 0, found
    at = origins[int(path[2])]
    placed = (path[0], f"{path[1]}.{path[3]}" if len(path) > 3 else path[1], *path[4:])
    return at or 0, Problem(code=found.code, path=placed, params=found.params, message=found.message)
