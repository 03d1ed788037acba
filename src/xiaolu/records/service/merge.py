"""Several records that are one: one stays and takes chosen values, the others go to the bin and everything follows it."""

from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import decide, require
from xiaolu.kit.errors import Conflict, Denied, Invalid, NotFound
from xiaolu.kit.problems import problem
from xiaolu.metadata.model.workspace import link_table_of
from xiaolu.process.rules import check_edit
from xiaolu.process.service import follow_merge
from xiaolu.records.blueprint import Blueprint
from xiaolu.records.candidate import Candidate
from xiaolu.records.model import Merge, Record
from xiaolu.records.service.candidates import candidate_from
from xiaolu.records.service.change import candidate_for, facts_of, find_stored, process_of
from xiaolu.records.service.clashes import clash_of
from xiaolu.records.service.many import change_all
from xiaolu.records.service.narrowing import check_suited, find_suited
from xiaolu.records.service.read import read_record
from xiaolu.records.service.refusing import refusal_for
from xiaolu.records.service.ripple import EVERYTHING, Ripple
from xiaolu.records.service.surroundings import find_writable
from xiaolu.records.service.writing import write_change
from xiaolu.records.store.many_read import read_many
from xiaolu.records.store.merging import note_merge
from xiaolu.records.store.pointing import (
    adopt_rows,
    find_linking,
    find_pointing,
    pointers_to,
    repoint,
    repoint_links,
    row_ids,
)

MOST = 20
"""Records that one merge absorbs at most."""


async def merge_records(ctx: Context, entity: str, merge: Merge) -> Record:
    """Merge records and return the one that stays.

    Relations, pairs, rows, open tasks and proofs that led to the absorbed ones lead to the one that stays; the absorbed ones
    lie in the bin, know where they went, and keep their history.

    Raises:
        NotFound, Denied: as for a change of the record that stays and a deletion of the others.
        Invalid: the chosen values break a rule, the list of records makes no sense, or records that lead to an absorbed one
            would lead to one that their narrowed relation does not take.
        Conflict: the record that stays was changed since ``merge.version``, or one of them is frozen.
    """
    blueprint = find_writable(ctx, entity)
    writing = require(ctx, entity, Operation.UPDATE)
    require(ctx, entity, Operation.DELETE)
    absorbed_ids = _checked_ids(merge)
    reading = decide(ctx.actor, ctx.snapshot, entity, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    stored = await find_stored(ctx, blueprint, merge.keep, reading)
    if not stored.can.update:
        raise Denied("access.denied.update", entity=blueprint.model.definition.label.text(ctx.language))
    if merge.version is not None and merge.version != stored.version:
        raise await clash_of(ctx, blueprint, reading, stored.values, seen=merge.version, mine=set(merge.values))
    absorbed = await _absorbed(ctx, blueprint, absorbed_ids)
    await ctx.uow.begin()
    ripple = Ripple(ctx)
    suited = await find_suited(ctx, entity, absorbed_ids)
    await _absorb(ctx, blueprint, absorbed, merge.keep, ripple)
    await _point_here(ctx, blueprint, absorbed_ids, merge.keep, ripple)
    await ripple.settle()
    await note_merge(ctx, entity, absorbed_ids, merge.keep)
    await follow_merge(ctx, entity, absorbed_ids, merge.keep)
    candidate = await candidate_for(
        ctx, blueprint, await find_stored(ctx, blueprint, merge.keep, reading), writing, merge.values
    )
    candidate.remarks = {"absorbed": [str(each) for each in absorbed_ids]}
    if await write_change(ctx, candidate, stored.titles, alone=False, kind="record.merged") is None:
        raise Conflict("record.busy")
    await check_suited(ctx, suited, merge.keep)
    return await read_record(ctx, entity, merge.keep)


def _checked_ids(merge: Merge) -> list[UUID]:
    ids = list(dict.fromkeys(merge.absorb))
    if not ids or merge.keep in ids:
        raise Invalid("merge.needs_others", [problem("merge.needs_others", "absorb")])
    if len(ids) > MOST:
        raise Invalid("merge.too_many", [problem("merge.too_many", "absorb", most=MOST)], most=MOST)
    return ids


async def _absorbed(ctx: Context, blueprint: Blueprint, ids: list[UUID]) -> list[Candidate]:
    found = await read_many(ctx, blueprint, ids)
    if len(found) < len(ids):
        raise NotFound("record.not_found")
    candidates = []
    for each in ids:
        if not found[each].flags["can_delete"]:
            raise Denied("access.denied.delete", entity=blueprint.model.definition.label.text(ctx.language))
        candidate = candidate_from(ctx, blueprint, found[each].values)
        problems = check_edit(process_of(candidate), facts_of(candidate), (), now=ctx.now)
        if problems:
            raise refusal_for(problems)
        candidates.append(candidate)
    return candidates


async def _absorb(ctx: Context, blueprint: Blueprint, absorbed: list[Candidate], kept: UUID, ripple: Ripple) -> None:
    """Put the absorbed records into the bin, each with an event that says where it went."""
    for each in absorbed:
        each.values["deleted_at"] = ctx.now
        each.remarks = {"merged_into": str(kept)}
    await ripple.announce(blueprint.key, [each.id for each in absorbed], EVERYTHING, leads_to={})
    if await change_all(ctx, blueprint, absorbed, ripple, kind="record.merged"):
        raise Conflict("record.busy")


async def _point_here(ctx: Context, blueprint: Blueprint, absorbed: list[UUID], kept: UUID, ripple: Ripple) -> None:
    """Let everything that led to the absorbed records lead to the one that stays."""
    for pointer in pointers_to(ctx.snapshot, blueprint.key):
        if pointer.is_links:
            table = link_table_of(pointer.entity, pointer.field)
            sources = await find_linking(ctx, pointer, absorbed)
            if sources:
                await ripple.announce(
                    pointer.entity, sources, {pointer.field, table}, leads_to={table: {kept, *absorbed}}, in_sql=True
                )
                await repoint_links(ctx, pointer, absorbed, kept)
            continue
        records = await find_pointing(ctx, pointer, absorbed)
        if records:
            await ripple.announce(
                pointer.entity, records, {pointer.field, "version"}, leads_to={pointer.field: {kept}}, in_sql=True
            )
            await repoint(ctx, pointer, records, kept)
    for part in blueprint.rows:
        child = part.target or ""
        rows = await row_ids(ctx, child, absorbed)
        if rows:
            await ripple.announce(
                child, rows, {"parent", "parent_id", "position"}, leads_to={"parent_id": {kept}}, in_sql=True
            )
            await adopt_rows(ctx, child, absorbed, kept)
