"""Reads from PostgreSQL's own catalogue what the tables are like, to compare with what definitions mean."""

from typing import Any

import asyncpg

from xiaolu.metadata.planner.model import Column, Layout, Table

_TYPES = {"timestamptz": "timestamp with time zone", 'text COLLATE "C"': "text C"}

Shape = dict[str, Any]


async def read_shapes(connection: "asyncpg.Connection[Any]") -> dict[str, Shape]:
    """Return columns, indexes and references of every table of records, those set aside left out."""
    tables = await connection.fetch(
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
        " AND relname ~ '^[rl]_'"
    )
    return {each["relname"]: await _shape(connection, each["relname"]) for each in tables}


def expected_shapes(layout: Layout) -> dict[str, Shape]:
    """Return the same for a layout."""
    return {name: _expected(table) for name, table in layout.tables.items()}


async def _shape(connection: "asyncpg.Connection[Any]", table: str) -> Shape:
    columns = await connection.fetch(
        "SELECT attname, format_type(atttypid, atttypmod) || CASE WHEN c.collname = 'C' THEN ' C' ELSE '' END AS type,"
        " attnotnull, pg_get_expr(d.adbin, d.adrelid) AS init FROM pg_attribute a"
        " LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
        " LEFT JOIN pg_collation c ON c.oid = a.attcollation"
        " WHERE a.attrelid = to_regclass(quote_ident($1)) AND attnum > 0 AND NOT attisdropped AND attname !~ '^_'",
        table,
    )
    indexes = await connection.fetch(
        "SELECT i.relname, x.indisunique, x.indisvalid FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid"
        " WHERE x.indrelid = to_regclass(quote_ident($1)) AND NOT x.indisprimary",
        table,
    )
    references = await connection.fetch(
        "SELECT conname, confrelid::regclass::text AS target, confdeltype::text AS rule, convalidated FROM pg_constraint"
        " WHERE conrelid = to_regclass(quote_ident($1)) AND contype = 'f'",
        table,
    )
    assert all(each["indisvalid"] for each in indexes), table
    assert all(each["convalidated"] for each in references), table
    return {
        "columns": {each["attname"]: (each["type"], each["attnotnull"], each["init"]) for each in columns},
        "indexes": {each["relname"]: each["indisunique"] for each in indexes},
        "references": {each["conname"]: (each["target"].strip('"'), each["rule"]) for each in references},
    }


def _expected(table: Table) -> Shape:
    return {
        "columns": {name: _column(column) for name, column in table.columns.items()},
        "indexes": {name: index.is_unique for name, index in table.indexes.items()},
        "references": {
            f"fk_{column.name}": (column.references, "c" if column.cascades else "a")
            for column in table.columns.values()
            if column.references
        },
    }


def _column(column: Column) -> tuple[str, bool, str | None]:
    return _TYPES.get(column.type, column.type), column.is_required, column.default
