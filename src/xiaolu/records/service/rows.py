"""Rows of sub-tables: read, checked and written with the record that they belong to, by the rules of their own entity."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Decision, Operation
from xiaolu.access.policy import decide
from xiaolu.kit.problems import Problem, problem
from xiaolu.records.blueprint import Blueprint, Part, blueprint_of, rights_of
from xiaolu.records.candidate import Candidate, RowChanges, RowInput
from xiaolu.records.model import Draft
from xiaolu.records.reading import read_input
from xiaolu.records.service.candidates import candidate_from, new_candidate
from xiaolu.records.service.checking import check_many
from xiaolu.records.service.completing import complete
from xiaolu.records.service.surroundings import load_names
from xiaolu.records.store.links import read_rows
from xiaolu.records.titles import Titles


async def prepare_rows(ctx: Context, candidates: Sequence[Candidate]) -> None:
    """Work out what the input does to the sub-tables of candidates of one entity; what is wrong with a row goes into the problems.

    Sub-tables that stay as they are are dropped from the candidates' changes.
    """
    for part in candidates[0].blueprint.rows if candidates else ():
        giving = [each for each in candidates if part.key in each.rows]
        if giving:
            await _prepare(ctx, part, giving)


async def _prepare(ctx: Context, part: Part, candidates: Sequence[Candidate]) -> None:
    child = blueprint_of(ctx.snapshot, part.target or "")
    old = [each.id for each in candidates if not each.is_new]
    there = await read_rows(ctx, child, old) if old else {}
    read: list[tuple[Candidate, RowChanges, dict[UUID, int]]] = []
    for candidate in candidates:
        known = {each["id"]: each for each in there.get(candidate.id, ())}
        read.append((candidate, *await _read_rows(ctx, child, candidate, part, known)))
    written = [one for _, changes, _ in read for one in (*changes.new, *changes.changed)]
    if written:
        await check_many(ctx, child, written)
    may_remove = _decision(ctx, child, Operation.DELETE).allowed
    for candidate, changes, places in read:
        if changes.gone and not may_remove:
            changes.gone[0].problems.append(problem("access.denied.delete"))
        for one in (*changes.new, *changes.changed):
            candidate.problems.extend(_placed(each, part, places[one.id]) for each in one.problems)
        if not changes.is_empty:
            candidate.row_changes[part.key] = changes


async def _read_rows(
    ctx: Context, child: Blueprint, candidate: Candidate, part: Part, there: Mapping[UUID, Mapping[str, Any]]
) -> tuple[RowChanges, dict[UUID, int]]:
    """Return what the input does to the rows that are there, and where each row stands in the input."""
    changes = RowChanges()
    places: dict[UUID, int] = {}
    for index, row in enumerate(candidate.rows[part.key]):
        one = _row_candidate(ctx, child, row, there, parent=candidate.id, position=index)
        if one is None:
            candidate.problems.append(problem("rows.unknown_row", "values", part.key, index, "id"))
            continue
        names = await load_names(ctx, child, row.values)
        await _read_row(ctx, one, row, names)
        places[one.id] = index
        if one.is_new:
            changes.new.append(one)
        elif one.changed_parts() or one.changed_system() or one.row_changes or one.problems:
            changes.changed.append(one)
    changes.gone = [candidate_from(ctx, child, values) for key, values in there.items() if key not in places]
    return changes, places


def _row_candidate(
    ctx: Context,
    child: Blueprint,
    row: RowInput,
    there: Mapping[UUID, Mapping[str, Any]],
    *,
    parent: UUID,
    position: int,
) -> Candidate | None:
    if row.id is None:
        one = new_candidate(ctx, child, Draft(values=row.values))
        one.values.update(parent_id=parent, parent=parent)
    elif row.id in there:
        one = candidate_from(ctx, child, there[row.id])
    else:
        return None
    one.values["position"] = position
    return one


async def _read_row(ctx: Context, one: Candidate, row: RowInput, names: Titles) -> None:
    decision = _decision(ctx, one.blueprint, Operation.CREATE if one.is_new else Operation.UPDATE)
    if not decision.allowed:
        one.problems.append(problem("access.denied.update", entity=one.blueprint.model.definition.label.zh))
        return
    read_input(one, row.values, rights_of(one.blueprint, decision, None), names)
    if one.rows:
        await prepare_rows(ctx, [one])
    await complete(ctx, one, names)


def _decision(ctx: Context, blueprint: Blueprint, operation: Operation) -> Decision:
    return decide(ctx.actor, ctx.snapshot, blueprint.key, operation, now=ctx.now, time_zone=ctx.time_zone)


def _placed(found: Problem, part: Part, index: int) -> Problem:
    path = found.path[1:] if found.path[:1] == ("values",) else found.path
    return Problem(code=found.code, path=("values", part.key, index, *path), params=found.params, message=found.message)
