"""Which locks operations need: pure."""

from collections.abc import Iterable, Iterator

from xiaolu.metadata.planner.model import (
    AddColumn,
    AddReference,
    BringColumnBack,
    CastColumn,
    Column,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropIndex,
    Operation,
    SetColumnAside,
    SetTableAside,
)

NO_CHANGES = "SHARE"
NO_WRITERS = "SHARE ROW EXCLUSIVE"
EXCLUSIVE = "ACCESS EXCLUSIVE"
MODES = (NO_CHANGES, NO_WRITERS, EXCLUSIVE)
"""From the weakest to the strongest."""


def locks_of(operations: Iterable[Operation], existing: Iterable[str]) -> dict[str, str]:
    """Return table → lock mode for the tables that exist already; new ones are nobody else's."""
    known = set(existing)
    found: dict[str, str] = {}
    for operation in operations:
        for table, mode in _locks(operation):
            if table in known:
                found[table] = max(found.get(table, mode), mode, key=MODES.index)
    return found


def _locks(operation: Operation) -> Iterator[tuple[str, str]]:
    match operation:
        case CreateTable(table):
            for column in table.columns.values():
                yield from _target(column, NO_WRITERS)
        case SetTableAside(table):
            yield table.name, EXCLUSIVE
            for column in table.columns.values():
                yield from _target(column, EXCLUSIVE)
        case AddColumn(table, column) | AddReference(table, column):
            yield table, EXCLUSIVE
            yield from _target(column, NO_WRITERS)
        case SetColumnAside(table, column):
            yield table, EXCLUSIVE
            yield from _target(column, EXCLUSIVE)
        case CastColumn(table=table, old=old, new=new):
            yield table, EXCLUSIVE
            yield from _target(old, EXCLUSIVE)
            yield from _target(new, NO_WRITERS)
        case DropColumn(table) | BringColumnBack(table):
            yield table, EXCLUSIVE
        case CreateIndex(index):
            yield index.table, NO_CHANGES
        case DropIndex(index):
            yield index.table, EXCLUSIVE
        case _:
            return


def _target(column: Column, mode: str) -> Iterator[tuple[str, str]]:
    if column.references is not None:
        yield column.references, mode
