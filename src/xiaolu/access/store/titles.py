"""What records are called, for those who may read them."""

from collections.abc import Collection
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import decide, masked
from xiaolu.kit.sql import compose, ident, uuids


async def select_titles(ctx: Context, entity: str, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the titles of those of the records that exist, are not deleted and may be read by the context's actor.

    A record whose title field is empty or hidden is there with an empty title.
    """
    model = ctx.snapshot.entities.get(entity)
    if model is None or not ids:
        return {}
    decision = decide(ctx.actor, ctx.snapshot, entity, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    if not decision.allowed:
        return {}
    title = model.definition.title
    rows = await ctx.uow.fetch(
        compose(
            "SELECT r.id, ({title})::text AS title FROM {table} r "
            "WHERE r.id = ANY({ids}) AND r.deleted_at IS NULL AND {seen}",
            title=masked(decision, title, ident("r", title)),
            table=ident(model.table),
            ids=uuids(ids),
            seen=decision.predicate,
        )
    )
    return {row["id"]: row["title"] or "" for row in rows}
