"""Making a record: read, check, write with its event in one statement."""

from collections.abc import Mapping
from typing import Any

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import decide, require
from xiaolu.kit.errors import Invalid
from xiaolu.process.service import apply_creation
from xiaolu.records.blueprint import rights_of
from xiaolu.records.model import Draft, Record
from xiaolu.records.reading import read_input
from xiaolu.records.service.candidates import new_candidate
from xiaolu.records.service.change import started
from xiaolu.records.service.checking import check_references
from xiaolu.records.service.completing import complete
from xiaolu.records.service.narrowing import check_narrowed
from xiaolu.records.service.rows import prepare_rows
from xiaolu.records.service.surroundings import find_writable, load_names, settle_owner
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
    blueprint = find_writable(ctx, entity)
    decision = require(ctx, entity, Operation.CREATE)
    names = await load_names(ctx, blueprint, draft.values)
    candidate = new_candidate(ctx, blueprint, draft)
    read_input(candidate, draft.values, rights_of(blueprint, decision, candidate.values["stage"]), names)
    await settle_owner(ctx, candidate, names)
    if candidate.rows:
        await prepare_rows(ctx, [candidate])
    await complete(ctx, candidate, names)
    await check_narrowed(ctx, blueprint, [candidate])
    if candidate.changed_links():
        await check_references(ctx, blueprint, [candidate], names)
    if candidate.problems:
        raise Invalid("record.invalid", candidate.problems)
    process = blueprint.model.process_of(None)
    can = await write_new(ctx, candidate, names, alone=alone and not (process and process.on_create))
    await apply_creation(ctx, blueprint.model, started(candidate))
    reading = decide(ctx.actor, ctx.snapshot, entity, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    return Shaper(blueprint, reading, ctx.language).shape(candidate.values, names, can)
