"""Search over all entities that the person may read, and which of some records the person may read."""

from collections.abc import Collection
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import decide, may
from xiaolu.kit.db import Row
from xiaolu.records.queries.model import Hit
from xiaolu.records.queries.store.columns import Source
from xiaolu.records.queries.store.finding import select_hits, select_readable
from xiaolu.records.store.titles import load_titles

HITS_PER_ENTITY = 8
MOST_HITS = 50


async def search_records(ctx: Context, text: str, entity: str | None = None) -> list[Hit]:
    """Return the records that match ``text``, the entities by turns, each with those first whose title begins with it."""
    wanted = (
        [entity]
        if entity is not None
        else [key for key, each in ctx.snapshot.entities.items() if not each.definition.parent]
    )
    sources = [
        _source(ctx, key)
        for key in wanted
        if key in ctx.snapshot.entities and may(ctx.actor, ctx.snapshot, key, Operation.READ)
    ]
    limit = MOST_HITS if entity is not None else HITS_PER_ENTITY
    statement = select_hits(sources, text.replace("\0", " ").strip(), limit)
    if statement is None:
        return []
    rows = await ctx.uow.fetch(statement)
    names = await load_titles(ctx, {"member": {row["owner"] for row in rows if row["owner"] is not None}})
    return [
        Hit(row["entity"], str(row["id"]), row["title"] or "", _subtitle(ctx, row, names.title("member", row["owner"])))
        for row in rows[:MOST_HITS]
    ]


async def readable_ids(ctx: Context, entity: str, ids: Collection[UUID]) -> set[UUID]:
    """Return those of ``ids`` that are records which the person may read, the recycle bin included."""
    if entity not in ctx.snapshot.entities or not may(ctx.actor, ctx.snapshot, entity, Operation.READ):
        return set()
    return {row["id"] for row in await ctx.uow.fetch(select_readable(_source(ctx, entity), ids))}


def _source(ctx: Context, entity: str) -> Source:
    decision = decide(ctx.actor, ctx.snapshot, entity, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    return Source(ctx, ctx.snapshot.entities[entity], decision)


def _subtitle(ctx: Context, row: Row, owner: str | None) -> str:
    model = ctx.snapshot.entities[row["entity"]]
    stage = model.versions.stage(row["stage"])
    parts = [model.definition.label.text(ctx.language), stage.label.text(ctx.language) if stage else "", owner or ""]
    return " · ".join(each for each in parts if each)
