"""One record as its reader may see it, with the rows of its sub-tables; and how many records lead to it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.model import Decision, Operation
from xiaolu.access.policy import decide, require
from xiaolu.kit.errors import NotFound
from xiaolu.records.blueprint import Blueprint, Part, blueprint_of, rights_of
from xiaolu.records.model import Record, Related
from xiaolu.records.service.surroundings import find_blueprint
from xiaolu.records.shaping import Shaper, wanted_titles
from xiaolu.records.store.links import read_rows
from xiaolu.records.store.merging import find_kept
from xiaolu.records.store.pointing import count_readable, pointers_to
from xiaolu.records.store.read import Stored, read_stored
from xiaolu.records.store.titles import load_titles
from xiaolu.records.titles import Titles


async def read_record(ctx: Context, entity: str, identifier: UUID) -> Record:
    """Return a record; one in the recycle bin has ``deleted_at``, and ``merged_into`` where it was absorbed.

    Raises:
        NotFound: there is no such record, or the actor may not see it.
    """
    blueprint, stored = await load_record(ctx, entity, identifier)
    rows = {part.key: await _rows(ctx, part, identifier, stored) for part in blueprint.rows}
    shaper = Shaper(blueprint, _reading(ctx, entity), ctx.language)
    record = shaper.shape(stored.values, stored.titles, stored.can)
    visible = rights_of(blueprint, shaper.decision, stored.values["stage"]).visible
    record.values.update((key, found) for key, found in rows.items() if key in visible)
    if record.deleted_at is None:
        return record
    return msgspec.structs.replace(record, merged_into=await find_kept(ctx, entity, identifier))


async def load_record(ctx: Context, entity: str, identifier: UUID) -> tuple[Blueprint, Stored]:
    """Return a record that the actor may read, or refuse."""
    blueprint = find_blueprint(ctx, entity)
    stored = await read_stored(ctx, blueprint, identifier, require(ctx, entity, Operation.READ))
    if stored is None:
        raise NotFound("record.not_found")
    return blueprint, stored


async def _rows(ctx: Context, part: Part, identifier: UUID, stored: Stored) -> list[dict[str, Any]] | None:
    child = blueprint_of(ctx.snapshot, part.target or "")
    decision = _reading(ctx, child.key)
    if not decision.allowed:
        return None
    rows = (await read_rows(ctx, child, [identifier])).get(identifier, [])
    visible = rights_of(child, decision, None).visible
    parts = [each for each in child.parts.values() if each.key in visible and each.place == "column"]
    await load_titles(ctx, wanted_titles(parts, rows), stored.titles)
    return [_row(ctx, parts, row, stored.titles) for row in rows]


def _row(ctx: Context, parts: list[Part], row: Mapping[str, Any], names: Titles) -> dict[str, Any]:
    """Return a row flat: its id, its version, its values, and under ``$display`` the texts that values need."""
    shaped: dict[str, Any] = {"id": str(row["id"]), "version": row["version"]}
    display = {}
    for part in parts:
        value = row[part.key]
        shaped[part.key] = part.dump(value)
        if value is not None and part.is_spoken:
            display[part.key] = part.model.type.display(value, part.model.definition, names, ctx.language)
    shaped["$display"] = display
    return shaped


async def count_related(ctx: Context, entity: str, identifier: UUID) -> list[Related]:
    """Return how many records that the actor may read lead to this one, by relation."""
    await load_record(ctx, entity, identifier)
    pointers = [each for each in pointers_to(ctx.snapshot, entity) if _is_seen(ctx, each.entity, each.field)]
    counts = await count_readable(ctx, pointers, identifier)
    return [
        Related(entity=each.entity, field=each.field, label=_label(ctx, each.entity, each.field), count=count)
        for each, count in counts
    ]


def _is_seen(ctx: Context, entity: str, field: str) -> bool:
    decision = _reading(ctx, entity)
    return decision.allowed and field in rights_of(blueprint_of(ctx.snapshot, entity), decision, None).visible


def _label(ctx: Context, entity: str, field: str) -> str:
    model = ctx.snapshot.entities[entity]
    reverse = model.fields[field].definition.options.get("reverse")
    if isinstance(reverse, Mapping):
        return str((reverse.get("en") if ctx.language == "en" else None) or reverse.get("zh") or "")
    return str(reverse) if isinstance(reverse, str) else model.definition.label.text(ctx.language)


def _reading(ctx: Context, entity: str) -> Decision:
    return decide(ctx.actor, ctx.snapshot, entity, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
