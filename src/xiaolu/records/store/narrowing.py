"""What the records that a narrowed relation leads to hold in the field that narrows it."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.kit.sql import compose, ident, uuids
from xiaolu.metadata.model.workspace import table_of
from xiaolu.records.blueprint import Narrowed


async def find_suiting(ctx: Context, narrowed: Narrowed, ids: Collection[UUID]) -> Mapping[UUID, Any]:
    """Return, by record, what stands in the field that narrows, whoever asks."""
    rows = await ctx.uow.fetch(
        compose(
            "SELECT r.id, {by} AS found FROM {table} r WHERE r.id = ANY({ids})",
            by=ident("r", narrowed.by.key),
            table=ident(table_of(narrowed.target.key)),
            ids=uuids(ids),
        )
    )
    return {row["id"]: row["found"] for row in rows}
