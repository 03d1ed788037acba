"""Writing many candidates of one entity set-wise; where the database refuses the whole, each is tried by itself."""

import asyncio
from asyncio import to_thread
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg

from xiaolu.access.context import Context
from xiaolu.files.service import attach_files
from xiaolu.kit.errors import AppError, Conflict
from xiaolu.kit.problems import problem
from xiaolu.metadata.numbering import form_of
from xiaolu.records.blueprint import Blueprint
from xiaolu.records.candidate import Candidate, leads_to
from xiaolu.records.service.filling import change_rows
from xiaolu.records.service.refusing import refusal_of
from xiaolu.records.service.ripple import EVERYTHING, Ripple
from xiaolu.records.service.surroundings import new_files
from xiaolu.records.store.links import replace_links
from xiaolu.records.store.many import change_many, reserve_numbers
from xiaolu.records.store.many_new import copy_new, is_current, write_out
from xiaolu.records.store.pointing import mark_rows, row_ids

BATCH = 1_000
"""Records that one statement changes at most."""
TURN = 500
"""Records that are written out and copied together."""
FEW = 32
"""Records that are written out sooner than a thread takes over."""


async def insert_all(ctx: Context, blueprint: Blueprint, candidates: Sequence[Candidate], ripple: Ripple) -> None:
    """Write new records that were checked, with their rows and pairs; ``ripple`` is settled by the caller.

    Raises:
        Conflict: the definitions were published anew.
        asyncpg.PostgresError: the database refused; nothing is known of which record it was.
    """
    if not candidates:
        return
    await _attach(ctx, candidates)
    ids = [each.id for each in candidates]
    await ripple.announce(blueprint.key, ids, EVERYTHING, leads_to=leads_to(candidates), is_new=True)
    await _give_numbers(ctx, blueprint, candidates)
    await _insert_in_turns(ctx, blueprint, candidates)
    await write_belongings(ctx, candidates, ripple)


async def _insert_in_turns(ctx: Context, blueprint: Blueprint, candidates: Sequence[Candidate]) -> None:
    """Write records a turn at a time: while the database writes one, the next is written out."""
    running: asyncio.Task[None] | None = None
    try:
        for start in range(0, len(candidates), TURN):
            turn = candidates[start : start + TURN]
            is_quick = len(turn) <= FEW
            rows = write_out(ctx, blueprint, turn) if is_quick else await to_thread(write_out, ctx, blueprint, turn)
            if running is not None:
                await running
            running = asyncio.create_task(copy_new(ctx, rows))
        if running is not None:
            await running
    finally:
        if running is not None and not running.done():
            await asyncio.wait([running])
    if not await is_current(ctx):
        raise Conflict("definitions.changed")


async def change_all(
    ctx: Context, blueprint: Blueprint, candidates: Sequence[Candidate], ripple: Ripple, *, kind: str = "record.updated"
) -> list[Candidate]:
    """Write changed records that were checked; return those that somebody else changed or froze in the meantime."""
    if not candidates:
        return []
    await _attach(ctx, candidates)
    fields = {"version", "updated_at", "updated_by"}
    for each in candidates:
        fields.update(part.key for part in each.changed_parts())
        fields.update(part.key for part in each.changed_links())
        fields.update(part.link_table for part in each.changed_links())
        fields.update(each.changed_system())
    await ripple.announce(blueprint.key, [each.id for each in candidates], fields, leads_to=leads_to(candidates))
    missed: list[Candidate] = []
    for start in range(0, len(candidates), BATCH):
        chunk = candidates[start : start + BATCH]
        shape, rows = change_rows(ctx, chunk, kind)
        written = await change_many(ctx, blueprint, shape, rows)
        if written is None:
            raise Conflict("definitions.changed")
        missed.extend(each for each in chunk if each.id not in written)
    unwritten = {each.id for each in missed}
    await write_belongings(ctx, [each for each in candidates if each.id not in unwritten], ripple)
    return missed


async def write_belongings(ctx: Context, candidates: Sequence[Candidate], ripple: Ripple) -> None:
    """Write the pairs and rows of records that were written themselves."""
    for candidate in candidates:
        for part in candidate.changed_links():
            await replace_links(ctx, part, candidate.id, candidate.values.get(part.key) or [])
    for key in dict.fromkeys(key for each in candidates for key in each.row_changes):
        changes = [each.row_changes[key] for each in candidates if key in each.row_changes]
        for write, rows in (
            (insert_all, [one for each in changes for one in each.new]),
            (change_all, [one for each in changes for one in each.changed]),
            (remove_all, [one for each in changes for one in each.gone]),
        ):
            if rows:
                await write(ctx, rows[0].blueprint, rows, ripple)


async def remove_all(
    ctx: Context, blueprint: Blueprint, candidates: Sequence[Candidate], ripple: Ripple
) -> list[Candidate]:
    """Put records into the recycle bin; return those that somebody else changed or froze in the meantime."""
    for each in candidates:
        each.values["deleted_at"] = ctx.now
    await ripple.announce(blueprint.key, [each.id for each in candidates], EVERYTHING, leads_to={})
    shape, rows = change_rows(ctx, candidates, "record.deleted")
    written = await change_many(ctx, blueprint, shape, rows)
    if written is None:
        raise Conflict("definitions.changed")
    await switch_rows(ctx, blueprint, sorted(written), ripple, was=None, becomes=ctx.now)
    return [each for each in candidates if each.id not in written]


async def switch_rows(
    ctx: Context,
    blueprint: Blueprint,
    parents: Sequence[UUID],
    ripple: Ripple,
    *,
    was: datetime | None,
    becomes: datetime | None,
) -> None:
    """Let the rows of sub-tables go into the bin with their records, or come out of it with them."""
    for part in blueprint.rows:
        child = part.target or ""
        ids = await row_ids(ctx, child, parents, deleted_at=was)
        if ids:
            await ripple.announce(child, ids, EVERYTHING, leads_to={})
            await mark_rows(ctx, child, ids, becomes)


async def each_alone(
    ctx: Context, candidates: Sequence[Candidate], write: Callable[[Candidate], Awaitable[None]]
) -> list[Candidate]:
    """Try each candidate in a savepoint of its own; return those that were written, the others have their problems."""
    written: list[Candidate] = []
    for candidate in candidates:
        try:
            async with ctx.uow.savepoint():
                await write(candidate)
        except AppError as error:
            if error.code == "definitions.changed":
                raise
            candidate.problems.extend(error.problems or [problem(error.code, **error.params)])
        except asyncpg.PostgresError as error:
            refused = refusal_of(error, candidate.blueprint)
            if refused is None:
                raise
            candidate.problems.extend(refused.problems or [problem(refused.code)])
        else:
            written.append(candidate)
    return written


async def _attach(ctx: Context, candidates: Sequence[Candidate]) -> None:
    files = [file for each in candidates for file in new_files(each)] if candidates[0].blueprint.files else []
    if files:
        await attach_files(ctx, files)


async def _give_numbers(ctx: Context, blueprint: Blueprint, candidates: Sequence[Candidate]) -> None:
    """Give each new record its automatic numbers, in order; one that an import brought along is kept."""
    today = ctx.now.astimezone(ZoneInfo(ctx.time_zone)).date()
    for part in blueprint.numbers:
        if part.numbering is None:
            continue
        bare = [each for each in candidates if each.values.get(part.key) is None]
        if not bare:
            continue
        form = form_of(part.numbering, today)
        first = await reserve_numbers(
            ctx, numbering=form.numbering, period=form.period, start=form.start, count=len(bare)
        )
        for count, candidate in enumerate(bare, first):
            candidate.values[part.key] = f"{form.prefix}{count:0{form.width}d}{form.suffix}"
