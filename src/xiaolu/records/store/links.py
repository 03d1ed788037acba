"""Pairs of many-to-many fields, and the rows of sub-tables."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.kit.sql import compose, ident, param, uuids
from xiaolu.metadata.model.workspace import link_table_of, table_of
from xiaolu.records.blueprint import Blueprint, Part
from xiaolu.records.store.read import canonical_values, columns_of


async def replace_links(ctx: Context, part: Part, source: UUID, targets: Sequence[UUID]) -> None:
    """Make the pairs of one record's many-to-many field exactly these, in this order."""
    table = ident(link_table_of(part.owner, part.key))
    ids = uuids(targets)
    await ctx.uow.write(
        compose(
            "WITH gone AS (DELETE FROM {table} WHERE source = {source} AND NOT target = ANY({ids})) "
            "INSERT INTO {table} (source, target, position) SELECT {source}, t.id, t.n FROM unnest({ids}) WITH ORDINALITY AS t(id, n) "
            "ON CONFLICT (source, target) DO UPDATE SET position = excluded.position",
            table=table,
            source=param(source, "uuid"),
            ids=ids,
        )
    )


async def read_links(ctx: Context, part: Part, sources: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """Return the targets of a many-to-many field by record, in order."""
    rows = await ctx.uow.fetch(
        compose(
            "SELECT source, target FROM {table} WHERE source = ANY({sources}) ORDER BY source, position, target",
            table=ident(link_table_of(part.owner, part.key)),
            sources=uuids(sources),
        )
    )
    found: dict[UUID, list[UUID]] = {}
    for row in rows:
        found.setdefault(row["source"], []).append(row["target"])
    return found


async def read_rows(ctx: Context, child: Blueprint, parents: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Return the live rows of a sub-table by the record that they belong to, in order, as canonical values."""
    rows = await ctx.uow.fetch(
        compose(
            "SELECT {columns} FROM {table} r WHERE r.parent_id = ANY({parents}) AND r.deleted_at IS NULL "
            "ORDER BY r.parent_id, r.position, r.id",
            columns=columns_of(child),
            table=ident(table_of(child.key)),
            parents=uuids(parents),
        )
    )
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["parent_id"], []).append(canonical_values(child, row))
    return found
