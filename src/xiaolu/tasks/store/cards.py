"""SQL of what task cards show of their records, under the reader's permissions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import decide, masked
from xiaolu.access.store.titles import select_titles
from xiaolu.kit.sql import Sql, all_of, compose, ident, join, raw, uuids
from xiaolu.metadata.model.access import FieldAccess
from xiaolu.metadata.snapshot import EntityModel, FieldModel

NAMED = ("member", "department")


@dataclass(frozen=True, slots=True)
class CardField:
    """One field of a card: how it is called, and where it lies."""

    path: str
    trail: tuple[FieldModel, ...]
    """The fields of the path, the relation first where there is one."""
    column: Sql


def card_field(ctx: Context, model: EntityModel, path: str) -> CardField | None:
    """Find a field by its path; None where it is unknown, not stored or hidden from the reader."""
    first, _, rest = path.partition(".")
    field = model.find(first)
    decision = decide(ctx.actor, ctx.snapshot, model.key, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    is_hidden = decision.fields.get(first, FieldAccess.HIDDEN) is FieldAccess.HIDDEN
    if field is None or is_hidden or (field.storage is None and first not in model.system):
        return None
    column = masked(decision, first, ident("r", first))
    if not rest:
        return CardField(path, (field,), column)
    target = ctx.snapshot.entities.get(field.type.target(field.definition) or "")
    inner = target.fields.get(rest) if target else None
    if target is None or inner is None or inner.storage is None:
        return None
    seen = decide(ctx.actor, ctx.snapshot, target.key, Operation.READ, now=ctx.now, time_zone=ctx.time_zone, alias="t")
    if not seen.allowed or seen.fields.get(rest, FieldAccess.HIDDEN) is FieldAccess.HIDDEN:
        return None
    value = compose(
        "(SELECT {value} FROM {table} t WHERE t.id = {link} AND {seen})",
        value=masked(seen, rest, ident("t", rest), alias="t"),
        table=ident(target.table),
        link=column,
        seen=all_of([raw("t.deleted_at IS NULL"), seen.predicate]),
    )
    return CardField(path, (field, inner), value)


async def select_card_values(
    ctx: Context, model: EntityModel, fields: Collection[CardField], ids: Collection[UUID]
) -> dict[UUID, Mapping[str, Any]]:
    """Return the fields' values by record, for records that the reader may see."""
    decision = decide(ctx.actor, ctx.snapshot, model.key, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    if not decision.allowed or not fields:
        return {}
    rows = await ctx.uow.fetch(
        compose(
            "SELECT r.id, {columns} FROM {table} r WHERE r.id = ANY({ids}) AND r.deleted_at IS NULL AND {seen}",
            columns=join(", ", (each.column for each in fields)),
            table=ident(model.table),
            ids=uuids(ids),
            seen=decision.predicate,
        )
    )
    return {
        row[0]: {each.path: _canonical(row[index], each.trail[-1]) for index, each in enumerate(fields, start=1)}
        for row in rows
    }


async def select_names(ctx: Context, target: str, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return what members, departments or records (those that the reader may see) are called."""
    if not ids:
        return {}
    if target not in NAMED:
        return await select_titles(ctx, target, ids)
    rows = await ctx.uow.fetch(
        compose("SELECT id, name FROM {table} WHERE id = ANY({ids})", table=ident(target), ids=uuids(ids))
    )
    return {row["id"]: row["name"] for row in rows}


def _canonical(value: Any, field: FieldModel) -> Any:
    is_json = field.storage is not None and field.storage.type == "jsonb"
    return msgspec.json.decode(value) if is_json and isinstance(value, str) else value
