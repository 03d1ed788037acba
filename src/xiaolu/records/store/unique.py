"""Who has a value that only one record may have."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.kit.sql import compose, ident, param
from xiaolu.metadata.model.workspace import table_of
from xiaolu.records.blueprint import Blueprint, Part


async def find_taken(ctx: Context, blueprint: Blueprint, part: Part, values: Sequence[Any]) -> dict[Any, UUID]:
    """Return the live record that has each value already, whether or not the actor may see it."""
    rows = await ctx.uow.fetch(
        compose(
            "SELECT r.id, r.{column} AS value FROM {table} r WHERE r.{column} = ANY({values}) AND r.deleted_at IS NULL",
            column=ident(part.key),
            table=ident(table_of(blueprint.key)),
            values=param(list(values), f"{part.column_type}[]"),
        )
    )
    return {row["value"]: row["id"] for row in rows}
