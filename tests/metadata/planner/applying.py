"""Applies operations to a layout in memory: what the database looks like afterwards. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from xiaolu.metadata.planner.model import (
    AddColumn,
    AddReference,
    BringColumnBack,
    BringTableBack,
    CastColumn,
    Column,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropIndex,
    Layout,
    Operation,
    SetColumnAside,
    SetTableAside,
    Table,
)


def apply_operations(layout: Layout, operations: Iterable[Operation]) -> Layout:
    """Return the layout after ``operations``; operations on data alone change nothing here."""
    tables = dict(layout.tables)
    for operation in operations:
        _apply(tables, operation)
    return Layout(tables)


def _apply(tables: dict[str, Table], operation: Operation) -> None:
    match operation:
        case CreateTable(table) | BringTableBack(table):
            tables[table.name] = table
        case SetTableAside(table):
            del tables[table.name]
        case AddColumn(name, column) | BringColumnBack(name, column) | AddReference(name, column):
            _put(tables, name, column)
        case CastColumn(table=name, new=column):
            _put(tables, name, column)
        case SetColumnAside(name, column) | DropColumn(name, column):
            kept = {key: each for key, each in tables[name].columns.items() if key != column.name}
            tables[name] = replace(tables[name], columns=kept)
        case CreateIndex(index):
            table = tables[index.table]
            tables[table.name] = replace(table, indexes={**table.indexes, index.name: index})
        case DropIndex(index):
            table = tables[index.table]
            left = {key: each for key, each in table.indexes.items() if key != index.name}
            tables[table.name] = replace(table, indexes=left)
        case _:
            return


def _put(tables: dict[str, Table], name: str, column: Column) -> None:
    table = tables[name]
    tables[name] = replace(table, columns={**table.columns, column.name: column})
