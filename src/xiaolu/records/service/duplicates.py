"""Records that are likely the same: equal in one of the groups of fields that the entity names."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import decide, require
from xiaolu.metadata.fields.protocol import Refusal
from xiaolu.records.blueprint import Blueprint, rights_of
from xiaolu.records.model import Matches
from xiaolu.records.service.surroundings import find_blueprint
from xiaolu.records.shaping import Shaper
from xiaolu.records.store.duplicates import find_equal
from xiaolu.records.store.read import Stored, read_stored
from xiaolu.records.store.titles import new_titles

MOST = 20
"""Matches that are shown at most."""


async def find_duplicates(
    ctx: Context, entity: str, values: Mapping[str, Any], identifier: UUID | None = None
) -> Matches:
    """Return the records that agree with ``values`` in one of the entity's groups, the record itself left out.

    With ``identifier`` the values of that record count where ``values`` names none. Only what the actor may read is
    shown; that there is more, is said. Fields that are hidden from the actor take no part.
    """
    blueprint = find_blueprint(ctx, entity)
    reading = require(ctx, entity, Operation.READ)
    known: dict[str, Any] = {}
    if identifier is not None:
        stored = await read_stored(ctx, blueprint, identifier, reading)
        known.update(stored.values if stored is not None else {})
    known.update(_read(ctx, blueprint, values))
    visible = rights_of(blueprint, reading, None).visible
    groups = [
        {key: known.get(key) for key in group}
        for group in blueprint.model.definition.duplicates
        if all(known.get(key) is not None and key in visible for key in group)
    ]
    if not groups:
        return Matches(matches=[], hidden=0)
    found = await find_equal(ctx, blueprint, groups, except_for=identifier, limit=MOST + 1)
    return await _shown(ctx, blueprint, found)


def _read(ctx: Context, blueprint: Blueprint, values: Mapping[str, Any]) -> dict[str, Any]:
    """Read those inputs that can be read; a form that is being filled in is not complained about here."""
    names = new_titles(ctx)
    found: dict[str, Any] = {}
    for key, raw in values.items():
        part = blueprint.parts.get(key)
        if part is not None and part.read is not None and part.place == "column":
            outcome = part.read(raw, names)
            found[key] = None if isinstance(outcome, Refusal) else outcome
    return found


async def _shown(ctx: Context, blueprint: Blueprint, ids: list[UUID]) -> Matches:
    reading = decide(ctx.actor, ctx.snapshot, blueprint.key, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    shaper = Shaper(blueprint, reading, ctx.language)
    stored: list[Stored | None] = [await read_stored(ctx, blueprint, each, reading) for each in ids[:MOST]]
    seen = [shaper.shape(each.values, each.titles, each.can) for each in stored if each is not None]
    return Matches(matches=seen, hidden=len(stored) - len(seen))
