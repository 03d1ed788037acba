"""Writing one candidate with all that belongs to it: files, pairs, rows, formulas that read it; in one transaction."""

import contextlib
from collections.abc import Awaitable, Callable, Collection
from typing import Any

import asyncpg

from xiaolu.access.context import Context
from xiaolu.files.service import attach_files
from xiaolu.kit.db import Row
from xiaolu.kit.errors import Invalid
from xiaolu.records.blueprint import Blueprint, Part
from xiaolu.records.candidate import Candidate, leads_to
from xiaolu.records.dependents import dependents_of
from xiaolu.records.model import Can
from xiaolu.records.rules import Evaluation, check_record
from xiaolu.records.service.filling import change_values, insert_values
from xiaolu.records.service.many import write_belongings
from xiaolu.records.service.refusing import check_problems, refusals, require_current
from xiaolu.records.service.ripple import EVERYTHING, Ripple
from xiaolu.records.service.surroundings import environment_of, new_files
from xiaolu.records.store.change import change_record
from xiaolu.records.store.facts import compute_facts
from xiaolu.records.store.insert import insert_record
from xiaolu.records.store.read import can_of, read_columns, take_titles
from xiaolu.records.titles import Titles


async def write_new(ctx: Context, candidate: Candidate, names: Titles, *, alone: bool) -> Can:
    """Write a new record; ``names`` learns the titles of what it points to. Returns what the actor may do with it."""
    blueprint = candidate.blueprint
    has_more = _has_more(ctx, candidate, EVERYTHING)
    if has_more or not alone:
        await ctx.uow.begin()
    ripple = await _before(ctx, candidate, EVERYTHING) if has_more else None
    row = await run_statement(ctx, blueprint, lambda: insert_record(ctx, blueprint, insert_values(ctx, candidate)))
    require_current(row)
    if not row["written"]:
        probed = (*blueprint.references, *(each for each in blueprint.unique if each not in blueprint.references))
        raise Invalid("record.invalid", await check_problems(ctx, candidate, row, probed))
    for part in blueprint.numbers:
        candidate.values[part.key] = row[part.key]
    _take_names(candidate, row, blueprint.references, names)
    if row["title:department"] is not None:
        names.add("department", candidate.values["department"], row["title:department"])
    if ripple is not None:
        await _after(ctx, candidate, ripple, names)
    return can_of(row)


async def write_change(
    ctx: Context, candidate: Candidate, names: Titles, *, alone: bool, kind: str = "record.updated", **extra: Any
) -> Can | None:
    """Write a changed record; None where it was changed, deleted or frozen by somebody else in the meantime.

    ``alone``: the change ``is_simple``, and the request writes nothing else, so that it needs no transaction. ``extra`` fills slots of the statement: the trigger action and remark of a move.
    """
    blueprint = candidate.blueprint
    ripple = None if alone else await _begin_change(ctx, candidate)
    shape, values = change_values(ctx, candidate, kind)
    row = await run_statement(ctx, blueprint, lambda: change_record(ctx, blueprint, shape, {**values, **extra}))
    require_current(row)
    if not row["written"]:
        problems = await check_problems(ctx, candidate, row, shape.parts)
        if problems:
            raise Invalid("record.invalid", problems)
        return None
    _take_names(candidate, row, shape.parts, names)
    if ripple is not None:
        await _after(ctx, candidate, ripple, names)
    return can_of(row)


async def _begin_change(ctx: Context, candidate: Candidate) -> Ripple | None:
    """Open the transaction, and do what comes before a change that touches more than the record's own row."""
    await ctx.uow.begin()
    changed = _changed_fields(candidate)
    return await _before(ctx, candidate, changed) if _has_more(ctx, candidate, changed) else None


def _changed_fields(candidate: Candidate) -> set[str]:
    changed = {part.key for part in (*candidate.changed_parts(), *candidate.changed_links())}
    changed.update(part.link_table for part in candidate.changed_links())
    changed.update(candidate.changed_system(), candidate.row_changes, ("version", "updated_at", "updated_by"))
    return changed


def is_simple(ctx: Context, candidate: Candidate) -> bool:
    """Tell whether a change writes nothing but the record's own row and its event."""
    return not _has_more(ctx, candidate, _changed_fields(candidate))


async def run_statement(ctx: Context, blueprint: Blueprint, statement: Callable[[], Awaitable[Row]]) -> Row:
    """Run a writing statement; what the database refuses becomes a refusal that a person understands.

    A value that somebody else took at the same moment is looked up by running the statement again, which then finds it;
    within a transaction that is not possible.
    """
    if not ctx.uow.in_transaction:
        with refusals(blueprint), contextlib.suppress(asyncpg.UniqueViolationError):
            return await statement()
    with refusals(blueprint):
        return await statement()


def _take_names(candidate: Candidate, row: Row, parts: Collection[Part], names: Titles) -> None:
    for part in parts:
        if part.target is None or part.read is None:
            continue
        found, value = row[f"ref:{part.key}"], candidate.values.get(part.key)
        if found is not None and value is not None:
            take_titles(part, value, found, names)


def _has_more(ctx: Context, candidate: Candidate, changed: Collection[str]) -> bool:
    """Tell whether anything beyond the record's own row must be written or checked."""
    blueprint = candidate.blueprint
    dependents = dependents_of(ctx.snapshot)
    fields = dependents.fields_read(blueprint.key) if "*" in changed else changed
    return bool(
        candidate.row_changes
        or blueprint.remote_conditions
        or (candidate.is_new and blueprint.remote_formulas)
        or candidate.changed_links()
        or new_files(candidate)
        or dependents.is_read(blueprint.key, fields)
    )


async def _before(ctx: Context, candidate: Candidate, changed: Collection[str]) -> Ripple:
    files = new_files(candidate)
    if files:
        await attach_files(ctx, files)
    ripple = Ripple(ctx)
    await ripple.announce(
        candidate.blueprint.key, [candidate.id], changed, leads_to=leads_to([candidate]), is_new=candidate.is_new
    )
    return ripple


async def _after(ctx: Context, candidate: Candidate, ripple: Ripple, names: Titles) -> None:
    blueprint = candidate.blueprint
    await write_belongings(ctx, [candidate], ripple)
    await ripple.settle()
    if blueprint.remote_formulas:
        candidate.values.update(await read_columns(ctx, blueprint, candidate.id, blueprint.remote_formulas))
    if blueprint.remote_conditions:
        await check_remote(ctx, candidate, names)


async def check_remote(ctx: Context, candidate: Candidate, names: Titles) -> None:
    """Check the conditions that read other records, over the rows as the write has left them; refuse where one fails."""
    facts = await compute_facts(ctx, candidate, candidate.blueprint.remote_conditions, in_place=True)
    problems = check_record(Evaluation(candidate, environment_of(ctx, candidate.before), names, facts))
    if problems:
        raise Invalid("record.invalid", problems)
