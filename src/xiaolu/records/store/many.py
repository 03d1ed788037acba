"""Change of many records of one entity in one statement, each with its event."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.access.context import Context
from xiaolu.kit.sql import Sql, Template, compose, ident, param, raw, slot
from xiaolu.metadata.columns import sort_column
from xiaolu.metadata.model.workspace import table_of
from xiaolu.records.blueprint import Blueprint, Part
from xiaolu.records.store.change import SYSTEM_TYPES, ChangeShape
from xiaolu.records.store.pieces import comma, event_insert, to_json

Column = tuple[str, str, str]
"""Name in the input, slot of the value, type of the column."""
_GUARD = "c AS MATERIALIZED (SELECT (SELECT definitions FROM state) = {definitions} AS current)"


async def change_many(
    ctx: Context, blueprint: Blueprint, shape: ChangeShape, rows: Sequence[dict[str, Any]]
) -> set[UUID] | None:
    """Write the same columns of many records, each if it still has its version and no freeze forbids it.

    Returns the ids that were written; None where the definitions were published anew.
    """
    columns = _change_columns(shape)
    key = ("change-many", shape.kind, tuple(each[0] for each in columns), shape.is_deleted)
    template = blueprint.statement(key, lambda: _build_change(blueprint, shape, columns))
    found = await ctx.uow.run_text(template.text, template.bind(_arguments(columns, rows)))
    if not found[0]["current"]:
        return None
    return {each["id"] for each in found if each["id"] is not None}


def _change_columns(shape: ChangeShape) -> list[Column]:
    columns: list[Column] = [
        ("id", "id", "uuid"),
        ("version:", "version", "integer"),
        ("ignores:", "ignores_freeze", "boolean"),
    ]
    columns += [(name, f"s:{name}", SYSTEM_TYPES[name]) for name in shape.system]
    for part in shape.parts:
        columns.extend(_field_columns(part))
    if shape.with_search:
        columns.append(("search", "tokens", "text"))
    return [*columns, ("before:", "before", "jsonb"), ("after:", "after", "jsonb")]


def _field_columns(part: Part) -> list[Column]:
    columns: list[Column] = [(part.key, part.slot, part.column_type)]
    if part.has_sort_key:
        columns.append((sort_column(part.key), part.sort_slot, "text"))
    return columns


def _build_change(blueprint: Blueprint, shape: ChangeShape, columns: list[Column]) -> Template:
    sets = [
        raw("version = w.version + 1"),
        compose("updated_at = {now}", now=slot("now", "timestamptz")),
        compose("updated_by = {actor}", actor=slot("actor", "uuid")),
        *(
            compose("{name} = {value}", name=ident(each[0]), value=_value(each))
            for each in columns
            if not each[0].endswith(":") and each[0] != "id"
        ),
    ]
    return Template(
        compose(
            "WITH " + _GUARD + ", {input}, "
            "w AS (UPDATE {table} AS w SET {sets} FROM i, c WHERE c.current AND w.id = i.id AND w.version = i.\"version:\" "
            "AND w.deleted_at IS {place} AND (i.\"ignores:\" OR w.frozen_until IS NULL OR w.frozen_until <= {now}) "
            "RETURNING w.id, w.version, i.\"before:\", i.\"after:\"), "
            "e AS ({event}) SELECT c.current, w.id FROM c LEFT JOIN w ON TRUE",
            definitions=slot("definitions", "bigint"),
            input=_input(columns),
            table=ident(table_of(blueprint.key)),
            sets=comma(sets),
            place=raw("NOT NULL" if shape.is_deleted else "NULL"),
            now=slot("now", "timestamptz"),
            event=event_insert(
                "w", kind=shape.kind, version=raw("w.version"), before=ident("w", "before:"), after=ident("w", "after:")
            ),
        )
    )  # fmt: skip


def _input(columns: list[Column]) -> Sql:
    """Read the rows from one JSON document: the driver's arrays cost more than the rest of an import's row."""
    return compose(
        "i AS MATERIALIZED (SELECT * FROM json_to_recordset({rows}) AS i({names}))",
        rows=slot("rows", "json"),
        names=comma([ident(name) + raw(f" {kind}") for name, _, kind in columns]),
    )


def _value(column: Column) -> Sql:
    name = column[0]
    value = ident("i", name)
    return compose("array_to_tsvector(string_to_array({value}, ' '))", value=value) if name == "search" else value


def _arguments(columns: list[Column], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    written = [(name, key, kind == "jsonb") for name, key, kind in columns]
    document = [
        {
            name: msgspec.Raw(value.encode()) if is_json else value
            for name, key, is_json in written
            if (value := row[key]) is not None
        }
        for row in rows
    ]
    return {**rows[0], "rows": to_json(document)}


async def reserve_numbers(ctx: Context, *, numbering: str, period: str, start: int, count: int) -> int:
    """Take ``count`` consecutive numbers and return the first of them."""
    statement = compose(
        "INSERT INTO numbering_counter AS k (numbering, period, value) VALUES ({numbering}, {period}, {last}) "
        "ON CONFLICT (numbering, period) DO UPDATE SET value = k.value + {count} RETURNING value",
        numbering=param(numbering, "text"),
        period=param(period, "text"),
        last=param(start + count - 1, "bigint"),
        count=param(count, "bigint"),
    )
    rows = await ctx.uow.write(statement)
    last: int = rows[0]["value"]
    return last - count + 1
