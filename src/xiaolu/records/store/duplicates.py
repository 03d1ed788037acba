"""Looking for records with equal values, whoever may see them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.kit.sql import Sql, all_of, any_of, compose, ident, param, raw
from xiaolu.metadata.model.workspace import table_of
from xiaolu.records.blueprint import Blueprint


async def find_equal(
    ctx: Context, blueprint: Blueprint, groups: Sequence[Mapping[str, Any]], *, except_for: UUID | None, limit: int
) -> list[UUID]:
    """Return the live records that agree with all values of any group; texts agree whatever their case."""
    conditions = [any_of(all_of(_equal(blueprint, key, value) for key, value in group.items()) for group in groups)]
    if except_for is not None:
        conditions.append(compose("r.id <> {id}", id=param(except_for, "uuid")))
    rows = await ctx.uow.fetch(
        compose(
            "SELECT r.id FROM {table} r WHERE r.deleted_at IS NULL AND {conditions} ORDER BY r.created_at, r.id LIMIT {limit}",
            table=ident(table_of(blueprint.key)),
            conditions=all_of(conditions),
            limit=param(limit, "integer"),
        )
    )
    return [row["id"] for row in rows]


def _equal(blueprint: Blueprint, key: str, value: Any) -> Sql:
    part = blueprint.parts[key]
    column = ident("r", key)
    if part.column_type == "text" and part.model.type.is_text:
        return compose("lower({column}) = lower({value})", column=column, value=param(value, "text"))
    return column + raw(" = ") + param(value, part.column_type)
