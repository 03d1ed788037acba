"""Where absorbed records went."""

from collections.abc import Collection
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.kit.sql import compose, param, uuids


async def note_merge(ctx: Context, entity: str, absorbed: Collection[UUID], kept: UUID) -> None:
    """Remember that records were merged into another; what was merged into one of them follows."""
    values = {
        "entity": param(entity, "text"),
        "absorbed": uuids(absorbed),
        "kept": param(kept, "uuid"),
        "now": param(ctx.now, "timestamptz"),
        "actor": param(ctx.actor.id, "uuid"),
    }
    await ctx.uow.write(
        compose(
            "UPDATE record_merge SET kept_id = {kept} WHERE entity = {entity} AND kept_id = ANY({absorbed})", **values
        )
    )
    await ctx.uow.write(
        compose(
            "INSERT INTO record_merge (entity, absorbed_id, kept_id, merged_at, merged_by) "
            "SELECT {entity}, id, {kept}, {now}, {actor} FROM unnest({absorbed}) AS a(id) "
            "ON CONFLICT (entity, absorbed_id) DO UPDATE SET kept_id = excluded.kept_id, merged_at = excluded.merged_at, "
            "merged_by = excluded.merged_by",
            **values,
        )
    )


async def find_kept(ctx: Context, entity: str, absorbed: UUID) -> UUID | None:
    """Return the record that a record was merged into, if it was."""
    found: UUID | None = await ctx.uow.fetch_value(
        compose(
            "SELECT kept_id FROM record_merge WHERE entity = {entity} AND absorbed_id = {id}",
            entity=param(entity, "text"),
            id=param(absorbed, "uuid"),
        )
    )
    return found


async def forget_merge(ctx: Context, entity: str, absorbed: UUID) -> None:
    """Forget that a record was merged: it came back from the bin, or was deleted for good."""
    await ctx.uow.write(
        compose(
            "DELETE FROM record_merge WHERE entity = {entity} AND absorbed_id = {id}",
            entity=param(entity, "text"),
            id=param(absorbed, "uuid"),
        )
    )
