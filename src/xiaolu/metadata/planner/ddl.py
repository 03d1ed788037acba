"""Writes operations on tables as SQL. Every statement here is quick: none visits the rows of a table that has any."""

from collections.abc import Iterator

from xiaolu.kit.answers import watch
from xiaolu.kit.sql import Sql, compose, ident, join, raw
from xiaolu.metadata.planner.model import (
    AddColumn,
    BringColumnBack,
    BringTableBack,
    Column,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropIndex,
    Index,
    Operation,
    SetColumnAside,
    SetTableAside,
    Table,
)

FILLFACTOR = 90
"""Part of each page that inserts fill; the rest lets an update stay on its page without touching indexes."""


def column_sql(column: Column) -> Sql:
    """Return a column as CREATE TABLE and ADD COLUMN write it, without its foreign key."""
    required = " NOT NULL" if column.is_required else ""
    default = f" DEFAULT {column.default}" if column.default is not None else ""
    return ident(column.name) + raw(f" {column.type}{required}{default}")


def reference_name(column: str) -> str:
    """Return the name of a column's foreign key."""
    return f"fk_{column}"


def reference_sql(column: Column) -> Sql:
    """Return the foreign key of a column as a column constraint; nothing where it has none."""
    if column.references is None:
        return Sql(())
    return compose(
        " CONSTRAINT {name} REFERENCES {target}" + (" ON DELETE CASCADE" if column.cascades else ""),
        name=ident(reference_name(column.name)),
        target=ident(column.references),
    )


def add_reference(table: str, column: Column, *, is_valid: bool) -> Sql:
    """Add a column's foreign key; with ``is_valid`` false the rows that exist are not looked at."""
    return compose(
        "ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}) REFERENCES {target}"
        + (" ON DELETE CASCADE" if column.cascades else "")
        + ("" if is_valid else " NOT VALID"),
        table=ident(table),
        name=ident(reference_name(column.name)),
        column=ident(column.name),
        target=ident(str(column.references)),
    )


def drop_reference(table: str, column: str) -> Sql:
    """Drop a column's foreign key, if it has one."""
    return compose(
        "ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}", table=ident(table), name=ident(reference_name(column))
    )


def validate_reference(table: str, column: str) -> Sql:
    """Check the rows that a foreign key has not looked at yet; others keep writing."""
    return compose(
        "ALTER TABLE {table} VALIDATE CONSTRAINT {name}", table=ident(table), name=ident(reference_name(column))
    )


def drop_index(name: str) -> Sql:
    """Drop an index, if it is there."""
    return compose("DROP INDEX IF EXISTS {name}", name=ident(name))


def drop_index_concurrently(name: str) -> Sql:
    """Drop an index, if it is there, without making anybody wait; not inside a transaction."""
    return compose("DROP INDEX CONCURRENTLY IF EXISTS {name}", name=ident(name))


def create_index(index: Index, *, name: str | None = None, is_concurrent: bool = False) -> Sql:
    """Build an index, optionally under another name."""
    unique = "UNIQUE " if index.is_unique else ""
    concurrently = "CONCURRENTLY " if is_concurrent else ""
    where = f" WHERE {index.where}" if index.where else ""
    return compose(
        f"CREATE {unique}INDEX {concurrently}"
        "{name} ON {table} "
        f"USING {index.method} ({', '.join(index.keys)}){where}",
        name=ident(name or index.name),
        table=ident(index.table),
    )


def rename_index(before: str, after: str) -> Sql:
    """Rename an index."""
    return compose("ALTER INDEX {before} RENAME TO {after}", before=ident(before), after=ident(after))


def create_table(table: Table) -> Sql:
    """Make a table without indexes and foreign keys."""
    options = "" if table.kind == "link" else (
        f" WITH (fillfactor = {FILLFACTOR}, autovacuum_vacuum_scale_factor = 0.05,"
        " autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02)"
    )  # fmt: skip
    return compose(
        "CREATE TABLE {table} ({columns}, CONSTRAINT {name} PRIMARY KEY ({keys}))" + options,
        table=ident(table.name),
        columns=join(", ", [column_sql(column) for column in table.columns.values()]),
        name=ident(primary_name(table.name)),
        keys=join(", ", [ident(each) for each in table.primary]),
    )


def primary_name(table: str) -> str:
    """Return the name of a table's primary key."""
    return f"pk_{table}"


def table_references(table: Table) -> Iterator[Sql]:
    """Return the statements that add the foreign keys of a new, empty table."""
    for column in table.columns.values():
        if column.references is not None:
            yield add_reference(table.name, column, is_valid=True)


def statements(operation: Operation) -> Iterator[Sql]:
    """Return the statements of an operation on structure; operations on rows give none."""
    match operation:
        case CreateTable() | SetTableAside() | BringTableBack():
            yield from _table_statements(operation)
        case AddColumn(table, column):
            yield _alter(table, "ADD COLUMN {column}", column=column_sql(column) + reference_sql(column))
        case SetColumnAside(table, column, aside):
            yield from set_column_aside(table, column, aside)
        case BringColumnBack(table, column, aside):
            yield rename_column(table, aside, column.name)
        case DropColumn(table, column):
            yield _alter(table, "DROP COLUMN {column}", column=ident(column.name))
        case CreateIndex(index):
            yield create_index(index)
        case DropIndex(index):
            yield drop_index(index.name)
        case _:
            return


def _table_statements(operation: CreateTable | SetTableAside | BringTableBack) -> Iterator[Sql]:
    table = operation.table
    match operation:
        case CreateTable():
            yield create_table(table)
            yield watch(table.name)
            for index in table.indexes.values():
                yield create_index(index)
        case SetTableAside():
            for column in table.columns.values():
                if column.references is not None:
                    yield drop_reference(table.name, column.name)
            yield from _rename_table(table.name, operation.aside)
        case BringTableBack():
            yield from _rename_table(operation.aside, table.name)


def set_column_aside(table: str, column: Column, aside: str) -> Iterator[Sql]:
    """Rename a column out of the way; what it pointed to may be purged from now on."""
    if column.references is not None:
        yield drop_reference(table, column.name)
    yield rename_column(table, column.name, aside)


def rename_column(table: str, before: str, after: str) -> Sql:
    """Rename a column."""
    return _alter(table, "RENAME COLUMN {before} TO {after}", before=ident(before), after=ident(after))


def _rename_table(before: str, after: str) -> Iterator[Sql]:
    yield compose("ALTER TABLE {before} RENAME TO {after}", before=ident(before), after=ident(after))
    yield _alter(
        after,
        "RENAME CONSTRAINT {before} TO {after}",
        before=ident(primary_name(before)),
        after=ident(primary_name(after)),
    )


def _alter(table: str, template: str, **pieces: Sql) -> Sql:
    return compose("ALTER TABLE {table} " + template, table=ident(table), **pieces)
