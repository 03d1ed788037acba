"""Making a record: read, check, write with its event in one statement."""

from collections.abc import Mapping
from typing import Any

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import decide, require
from xiaolu.formula import RecordValues
from xiaolu.kit.errors import Invalid
from xiaolu.kit.ids import new_id
from xiaolu.records.blueprint import Blueprint, rights_of
from xiaolu.records.candidate import Candidate
from xiaolu.records.model import Draft, Record
from xiaolu.records.reading import read_input
from xiaolu.records.service.completing import complete
from xiaolu.records.service.surroundings import find_blueprint, load_names, settle_owner
from xiaolu.records.service.writing import write_new
from xiaolu.records.shaping import Shaper


async def create_record(ctx: Context, entity: str, values: Mapping[str, Any], *, alone: bool = False) -> Record:
    """Create a record from JSON values and return it as its creator sees it.

    With ``alone`` the caller promises that the request writes nothing else: the record and its event then need no
    transaction around their statement.

    Raises:
        Denied, NotFound: the actor may not create such records, or not know of them.
        Invalid: ``problems`` name every field and rule that stands against it.
        Conflict: the definitions were published anew meanwhile.
    """
    return await create_draft(ctx, entity, Draft(values=values), alone=alone)


async def create_draft(ctx: Context, entity: str, draft: Draft, *, alone: bool = False) -> Record:
    """Create a record as ``create_record`` does, with what only imports and installations may say of its past."""
    blueprint = find_blueprint(ctx, entity)
    decision = require(ctx, entity, Operation.CREATE)
    names = await load_names(ctx, blueprint, draft.values)
    candidate = new_candidate(ctx, blueprint, draft)
    read_input(candidate, draft.values, rights_of(blueprint, decision, candidate.values["stage"]), names)
    await settle_owner(ctx, candidate)
    await complete(ctx, candidate, names)
    if candidate.problems:
        raise Invalid("record.invalid", candidate.problems)
    can = await write_new(ctx, candidate, names, alone=alone)
    reading = decide(ctx.actor, ctx.snapshot, entity, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    return Shaper(blueprint, reading, ctx.language).shape(candidate.values, names, can)


def new_candidate(ctx: Context, blueprint: Blueprint, draft: Draft) -> Candidate:
    """Return an empty record owned by the actor, in the first stage of its process."""
    process = blueprint.model.process
    identifier = draft.id or new_id()
    created_by = draft.created_by or ctx.actor.id
    values = RecordValues(
        {
            **dict.fromkeys(blueprint.parts),
            "id": identifier,
            "version": 1,
            "created_at": draft.created_at or ctx.now,
            "created_by": created_by,
            "updated_at": ctx.now,
            "updated_by": ctx.actor.id,
            "owner": ctx.actor.id,
            "department": ctx.actor.department_id,
            "deleted_at": None,
            "stage": process.initial if process else None,
            "stage_since": ctx.now if process else None,
            "frozen_until": None,
        }
    )
    return Candidate(blueprint=blueprint, id=identifier, version=0, before={}, values=values)
