"""Taking records away: into the recycle bin, back out of it, and for good."""

from collections.abc import Sequence
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import decide, require
from xiaolu.access.service.shares import drop_shares
from xiaolu.comments.service import erase_comments
from xiaolu.events.model import EventDraft
from xiaolu.events.service import append_event
from xiaolu.files.service import release_files
from xiaolu.kit.errors import Conflict, Denied, NotFound
from xiaolu.kit.problems import problem
from xiaolu.process.rules import check_edit
from xiaolu.records.blueprint import Blueprint, Part
from xiaolu.records.candidate import Candidate
from xiaolu.records.model import Record
from xiaolu.records.service.candidates import candidate_from
from xiaolu.records.service.change import facts_of, process_of
from xiaolu.records.service.clashes import clash_of
from xiaolu.records.service.many import switch_rows
from xiaolu.records.service.refusing import check_problems, refusal_for, require_current
from xiaolu.records.service.ripple import EVERYTHING, Ripple
from xiaolu.records.service.surroundings import find_writable
from xiaolu.records.service.writing import run_statement
from xiaolu.records.shaping import Shaper
from xiaolu.records.store.change import ChangeShape, change_record
from xiaolu.records.store.merging import forget_merge
from xiaolu.records.store.pieces import event_values, to_json
from xiaolu.records.store.pointing import (
    count_pointing,
    erase,
    find_pointing,
    pointers_to,
    repoint,
)
from xiaolu.records.store.read import Stored, read_stored


async def delete_record(ctx: Context, entity: str, identifier: UUID, version: int | None = None) -> None:
    """Put a record, with its rows, into the recycle bin.

    Raises:
        NotFound: there is no such record, or the actor may not see it.
        Denied: the actor may not delete it.
        Conflict: it was changed since ``version`` (``record.changed``), or it is frozen (``record.frozen``).
    """
    blueprint = find_writable(ctx, entity)
    require(ctx, entity, Operation.DELETE)
    reading = decide(ctx.actor, ctx.snapshot, entity, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    stored = await _find(ctx, blueprint, identifier, is_deleted=False)
    if version is not None and version != stored.version:
        raise await clash_of(ctx, blueprint, reading, stored.values, seen=version, mine=set())
    candidate = candidate_from(ctx, blueprint, stored.values)
    problems = check_edit(process_of(candidate), facts_of(candidate), (), now=ctx.now)
    if problems:
        raise refusal_for(problems)
    candidate.values["deleted_at"] = ctx.now
    await _switch(ctx, candidate, kind="record.deleted", was_deleted=False)


async def restore_record(ctx: Context, entity: str, identifier: UUID) -> Record:
    """Take a record out of the recycle bin, with the rows that went there with it.

    Raises:
        NotFound, Denied: as for ``delete_record``.
        Invalid: another record meanwhile has a value that only one may have.
        Conflict: somebody else restored or purged it at the same moment.
    """
    blueprint = find_writable(ctx, entity)
    require(ctx, entity, Operation.DELETE)
    stored = await _find(ctx, blueprint, identifier, is_deleted=True)
    candidate = candidate_from(ctx, blueprint, stored.values)
    candidate.values["deleted_at"] = None
    await _switch(ctx, candidate, kind="record.restored", was_deleted=True)
    await forget_merge(ctx, entity, identifier)
    reading = decide(ctx.actor, ctx.snapshot, entity, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    return Shaper(blueprint, reading, ctx.language).shape(candidate.values, stored.titles, stored.can)


async def purge_record(ctx: Context, entity: str, identifier: UUID) -> None:
    """Delete a record of the recycle bin for good, with its rows and pairs; its events stay.

    Raises:
        NotFound, Denied: as for ``delete_record``.
        Conflict: other records lead to it through relations that forbid this (``record.still_used``).
    """
    blueprint = find_writable(ctx, entity)
    require(ctx, entity, Operation.DELETE)
    stored = await _find(ctx, blueprint, identifier, is_deleted=True)
    await ctx.uow.begin()
    pointers = [each for each in pointers_to(ctx.snapshot, entity) if not each.is_links]
    used = await count_pointing(ctx, [each for each in pointers if not each.is_cleared], [identifier])
    if used:
        problems = [
            problem("record.still_used_by", entity=label.zh, entity_en=label.text("en"), count=count)
            for label, count in ((ctx.snapshot.entities[each.entity].definition.label, count) for each, count in used)
        ]
        raise Conflict("record.still_used", problems)
    ripple = Ripple(ctx)
    for pointer in pointers:
        records = await find_pointing(ctx, pointer, [identifier])
        if records:
            await ripple.announce(pointer.entity, records, {pointer.field}, leads_to={}, in_sql=True)
            await repoint(ctx, pointer, records, None)
    await ripple.announce(entity, [identifier], EVERYTHING, leads_to={})
    await append_event(
        ctx,
        EventDraft(
            kind="record.purged", entity=entity, record_id=identifier, version=stored.version + 1,
            before={"title": str(stored.values.get(blueprint.title_key) or "")},
        ),
    )  # fmt: skip
    await erase(ctx, entity, [identifier])
    await forget_merge(ctx, entity, identifier)
    await drop_shares(ctx, entity, [identifier])
    await erase_comments(ctx, entity, identifier)
    await ripple.settle()
    await release_files(ctx, _files(blueprint, stored))


async def _find(ctx: Context, blueprint: Blueprint, identifier: UUID, *, is_deleted: bool) -> Stored:
    reading = decide(ctx.actor, ctx.snapshot, blueprint.key, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    stored = await read_stored(ctx, blueprint, identifier, reading) if reading.allowed else None
    if stored is None or (stored.values["deleted_at"] is not None) != is_deleted:
        raise NotFound("record.not_found")
    if not stored.can.delete:
        raise Denied("access.denied.delete", entity=blueprint.model.definition.label.text(ctx.language))
    return stored


async def _switch(ctx: Context, candidate: Candidate, *, kind: str, was_deleted: bool) -> None:
    """Write a record's passage into or out of the bin, its rows with it, and what follows for formulas."""
    blueprint = candidate.blueprint
    await ctx.uow.begin()
    ripple = Ripple(ctx)
    await ripple.announce(blueprint.key, [candidate.id], EVERYTHING, leads_to={})
    shape = ChangeShape(
        kind=kind, system=("deleted_at",), probed=_unique(blueprint) if was_deleted else (), is_deleted=was_deleted
    )
    values = _switch_values(ctx, candidate, shape)
    row = await run_statement(ctx, blueprint, lambda: change_record(ctx, blueprint, shape, values))
    require_current(row)
    if not row["written"]:
        problems = await check_problems(ctx, candidate, row, shape.probed)
        raise refusal_for(problems) if problems else Conflict("record.busy")
    was, becomes = candidate.before["deleted_at"], candidate.values["deleted_at"]
    await switch_rows(ctx, candidate.blueprint, [candidate.id], ripple, was=was, becomes=becomes)
    await ripple.settle()


def _unique(blueprint: Blueprint) -> tuple[Part, ...]:
    return tuple(each for each in blueprint.unique if each.target is None)


def _switch_values(ctx: Context, candidate: Candidate, shape: ChangeShape) -> dict[str, object]:
    was, becomes = candidate.before["deleted_at"], candidate.values["deleted_at"]
    values = {
        **event_values(ctx, candidate.blueprint.key),
        "id": candidate.id,
        "version": candidate.version,
        "ignores_freeze": shape.is_deleted,
        "s:deleted_at": becomes,
        "before": to_json({"deleted_at": was}),
        "after": to_json({"deleted_at": becomes, **candidate.remarks}),
    }
    for part in shape.probed:
        values[part.slot] = candidate.values.get(part.key)
    return values


def _files(blueprint: Blueprint, stored: Stored) -> Sequence[UUID]:
    found: list[UUID] = []
    for part in blueprint.files:
        value = stored.values.get(part.key)
        found.extend(value if isinstance(value, list) else [value] if value else [])
    return found
