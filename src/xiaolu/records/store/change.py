"""Any change of one record in one statement: guarded by its version, freeze and the definitions, with its event."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xiaolu.access.context import Context
from xiaolu.kit.db import Row
from xiaolu.kit.sql import Sql, Template, compose, ident, raw, slot
from xiaolu.metadata.columns import sort_column
from xiaolu.metadata.model.workspace import table_of
from xiaolu.records.blueprint import Blueprint, Part
from xiaolu.records.store.insert import FLAGS, flag, flags_as_columns, needs_row
from xiaolu.records.store.pieces import Checks, bound_statement, checks_of, comma, event_insert, value_slot

SYSTEM_TYPES = {
    "owner": "uuid", "department": "uuid", "stage": "text", "stage_since": "timestamptz", "frozen_until": "timestamptz",
    "deleted_at": "timestamptz", "position": "integer",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChangeShape:
    """What a changing statement touches: its text depends on nothing else."""

    kind: str
    """Kind of the event: record.updated, record.moved, record.deleted, record.restored, record.merged."""
    parts: tuple[Part, ...] = ()
    """Fields that take a new value."""
    system: tuple[str, ...] = ()
    """System columns that take a new value."""
    probed: tuple[Part, ...] = ()
    """Further fields whose uniqueness must hold (a record that comes back from the bin)."""
    with_search: bool = False
    is_deleted: bool = False
    """Where the record lies before the change: in the recycle bin or not."""


async def change_record(ctx: Context, blueprint: Blueprint, shape: ChangeShape, values: dict[str, Any]) -> Row:
    """Write the change if the version is still ``values["version"]`` and nothing forbids it.

    Returns one row, as ``insert_record`` does; ``written`` is false where any check failed or the record was changed,
    deleted or frozen in the meantime. ``values["ignores_freeze"]`` lets a change pass that a freeze permits.
    """
    names = (shape.kind, _names(shape))

    def build(reader: dict[str, Any]) -> Template:
        checks = checks_of(ctx, blueprint, (*shape.parts, *shape.probed), reader)
        flags = [flag(ctx, blueprint, operation, reader) for operation in FLAGS]
        return blueprint.statement(
            (names, checks.columns, tuple(flags)), lambda: _build(blueprint, shape, checks, flags)
        )

    bound = bound_statement(ctx, blueprint, names, build)
    rows = await ctx.uow.run_text(bound.template.text, bound.template.bind({**values, **bound.values}))
    return rows[0]


def _names(shape: ChangeShape) -> tuple[Any, ...]:
    parts, probed = tuple(each.key for each in shape.parts), tuple(each.key for each in shape.probed)
    return parts, probed, shape.system, shape.with_search, shape.is_deleted


def _build(blueprint: Blueprint, shape: ChangeShape, checks: Checks, flags: list[Sql]) -> Template:
    return Template(
        compose(
            "WITH c AS MATERIALIZED (SELECT {checks}), "
            "w AS (UPDATE {table} AS w SET {sets} FROM c WHERE w.id = {id} AND w.version = {version} "
            "AND w.deleted_at IS {place} AND ({ignores} OR w.frozen_until IS NULL OR w.frozen_until <= {now}) "
            "AND {holds} RETURNING {returned}), "
            "e AS ({event}) "
            "SELECT c.*, r.id IS NOT NULL AS written, {flags} FROM c LEFT JOIN w r ON TRUE",
            checks=comma(list(checks.columns)),
            table=ident(table_of(blueprint.key)),
            sets=comma(_sets(shape)),
            id=slot("id", "uuid"),
            version=slot("version", "integer"),
            place=raw("NOT NULL" if shape.is_deleted else "NULL"),
            ignores=slot("ignores_freeze", "boolean"),
            now=slot("now", "timestamptz"),
            holds=checks.all_hold,
            returned=raw("w.*" if needs_row(flags) else "w.id, w.version"),
            event=event_insert(
                "w",
                kind=shape.kind,
                version=raw("w.version"),
                before=slot("before", "jsonb"),
                after=slot("after", "jsonb"),
            ),
            flags=comma(flags_as_columns(flags)),
        )
    )


def _sets(shape: ChangeShape) -> list[Sql]:
    sets: Sequence[tuple[str, Sql]] = [
        ("version", raw("w.version + 1")),
        ("updated_at", slot("now", "timestamptz")),
        ("updated_by", slot("actor", "uuid")),
        *((name, slot(f"s:{name}", SYSTEM_TYPES[name])) for name in shape.system),
        *((part.key, value_slot(part)) for part in shape.parts),
        *((sort_column(part.key), slot(part.sort_slot, "text")) for part in shape.parts if part.has_sort_key),
    ]
    pieces = [compose("{name} = {value}", name=ident(name), value=value) for name, value in sets]
    if shape.with_search:
        pieces.append(
            compose("search = array_to_tsvector(string_to_array({tokens}, ' '))", tokens=slot("tokens", "text"))
        )
    return pieces
