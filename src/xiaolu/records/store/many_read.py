"""Many records as they lie in the table, with what the actor may do with each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import decide
from xiaolu.kit.sql import Sql, Template, abstract, compose, ident, param, slot
from xiaolu.metadata.model.workspace import table_of
from xiaolu.records.blueprint import Blueprint
from xiaolu.records.store.insert import FLAGS, flag, flags_as_columns
from xiaolu.records.store.links import read_links
from xiaolu.records.store.pieces import comma
from xiaolu.records.store.read import canonical_values, columns_of


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A live record: canonical values by column and many-to-many field, and ``can_update``, ``can_delete``, ``can_move``."""

    values: dict[str, Any]
    flags: Mapping[str, bool]


async def read_many(ctx: Context, blueprint: Blueprint, ids: Sequence[UUID]) -> dict[UUID, StoredRow]:
    """Return those of the live records that the actor may read."""
    reading = decide(ctx.actor, ctx.snapshot, blueprint.key, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    if not reading.allowed:
        return {}
    values: dict[str, Any] = {"ids": list(ids)}
    reached = abstract(reading.predicate, "read:", values)
    flags = [flag(ctx, blueprint, operation, values) for operation in FLAGS]
    template = blueprint.statement(
        ("read-many", reached, tuple(flags)),
        lambda: Template(
            compose(
                "SELECT {columns}, {flags} FROM {table} r WHERE r.id = ANY({ids}) AND r.deleted_at IS NULL AND {reached}",
                columns=columns_of(blueprint),
                flags=comma(flags_as_columns(flags)),
                table=ident(table_of(blueprint.key)),
                ids=slot("ids", "uuid[]"),
                reached=reached,
            )
        ),
    )
    rows = await ctx.uow.run_text(template.text, template.bind(values))
    found = {
        row["id"]: StoredRow(
            canonical_values(blueprint, row), {f"can_{each.value}": bool(row[f"can_{each.value}"]) for each in FLAGS}
        )
        for row in rows
    }
    for part in blueprint.links:
        links = await read_links(ctx, part, list(found))
        for identifier, row in found.items():
            row.values[part.key] = links.get(identifier)
    return found


async def select_ids(ctx: Context, relation: Sql, where: Sql, limit: int) -> list[UUID]:
    """Return the ids of what a selection (``queries.scope``) chooses, oldest first."""
    statement = compose(
        "SELECT r.id FROM {relation} WHERE {where} ORDER BY r.id LIMIT {limit}",
        relation=relation,
        where=where,
        limit=param(limit, "integer"),
    )
    return [row["id"] for row in await ctx.uow.fetch(statement)]
