"""Many records at once: made, changed and removed set-wise, each one under every rule, the failures listed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from xiaolu.access.context import Context
from xiaolu.access.model import Decision, Operation
from xiaolu.access.policy import require
from xiaolu.kit.errors import Conflict, Invalid
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.model.view import Condition
from xiaolu.process.rules import check_edit
from xiaolu.records.blueprint import Blueprint, rights_of
from xiaolu.records.candidate import Candidate
from xiaolu.records.model import BulkResult, Draft, Failure
from xiaolu.records.queries.model import Selection
from xiaolu.records.queries.scope import open_scope
from xiaolu.records.reading import check_expected, read_input, take_read
from xiaolu.records.service.candidates import candidate_from, new_candidates
from xiaolu.records.service.change import edit_problems, facts_of, is_change, process_of
from xiaolu.records.service.checking import check_many
from xiaolu.records.service.completing import complete, complete_new
from xiaolu.records.service.many import change_all, each_alone, insert_all, remove_all
from xiaolu.records.service.refusing import refusal_of
from xiaolu.records.service.ripple import Ripple
from xiaolu.records.service.rows import prepare_rows
from xiaolu.records.service.surroundings import environment_of, find_writable, load_names_of, settle_owners
from xiaolu.records.service.writing import write_change, write_new
from xiaolu.records.store.many_read import StoredRow, read_many, select_ids
from xiaolu.records.titles import Titles

BATCH = 1_000
"""Records that are read, checked and written together."""
MOST = 10_000
"""Records that one bulk change may be about: it is one transaction, and others wait for it."""


async def create_many(
    ctx: Context, entity: str, drafts: Sequence[Draft], *, is_dry_run: bool = False
) -> list[UUID | list[Problem]]:
    """Create records, each under the rules of ``create_record``; return the id of each, or what stands against it.

    Values may be JSON or canonical. A dry run does everything but the write. The caller's transaction is joined.

    Raises:
        Denied, NotFound: the actor may not create such records at all.
        Conflict: the definitions were published anew meanwhile.
    """
    blueprint = find_writable(ctx, entity)
    decision = require(ctx, entity, Operation.CREATE)
    names = await load_names_of(ctx, blueprint, [each.values for each in drafts])
    env = environment_of(ctx, None)
    candidates = new_candidates(ctx, blueprint, drafts)
    process = blueprint.model.process
    rights = rights_of(blueprint, decision, process.initial if process else None)
    for candidate, draft in zip(candidates, drafts, strict=True):
        (take_read if draft.is_read else read_input)(candidate, draft.values, rights, names)
    await prepare_rows(ctx, candidates)
    await settle_owners(ctx, candidates)
    await complete_new(ctx, blueprint, candidates, names, env)
    await check_many(ctx, blueprint, candidates)
    good = [each for each in candidates if not each.problems]
    if good and not is_dry_run:
        await _insert(ctx, blueprint, good, names)
    return [each.problems or each.id for each in candidates]


async def update_many(
    ctx: Context,
    entity: str,
    changes: Sequence[tuple[UUID, Mapping[str, Any]]],
    *,
    expected: Mapping[UUID, Mapping[str, Any]] | None = None,
    is_dry_run: bool = False,
) -> list[bool | list[Problem]]:
    """Change records, each under the rules of ``update_record`` and whatever its version.

    ``expected`` says of some records what fields must still hold. Returns for each whether anything changed, or what
    stands against it. An id may occur once.
    """
    blueprint = find_writable(ctx, entity)
    decision = require(ctx, entity, Operation.UPDATE)
    outcomes: list[bool | list[Problem]] = []
    for start in range(0, len(changes), BATCH):
        reading = _Reading(ctx, blueprint, decision, expected or {})
        outcomes.extend(await _update(reading, changes[start : start + BATCH], is_dry_run=is_dry_run))
    return outcomes


async def bulk_update(
    ctx: Context,
    entity: str,
    chosen: Sequence[UUID] | Condition,
    values: Mapping[str, Any],
    *,
    expect_count: int | None = None,
) -> BulkResult:
    """Give many records the same values; those that cannot take them are listed and stay as they are.

    Raises:
        Invalid: too many records, or the filter makes no sense.
        Conflict: not ``expect_count`` records are chosen: what the person confirmed is no longer true.
    """
    require(ctx, entity, Operation.UPDATE)
    wanted = await _chosen(ctx, entity, chosen)
    if expect_count is not None and expect_count != len(wanted):
        raise Conflict("bulk.count_changed", count=len(wanted), expected=expect_count)
    outcomes = await update_many(ctx, entity, [(each, values) for each in wanted])
    return _result(wanted, outcomes)


async def bulk_delete(ctx: Context, entity: str, ids: Sequence[UUID]) -> BulkResult:
    """Put many records into the recycle bin; those that cannot go there are listed."""
    blueprint = find_writable(ctx, entity)
    require(ctx, entity, Operation.DELETE)
    wanted = await _chosen(ctx, entity, ids)
    outcomes: list[bool | list[Problem]] = []
    for start in range(0, len(wanted), BATCH):
        outcomes.extend(await _delete(ctx, blueprint, wanted[start : start + BATCH]))
    return _result(wanted, outcomes)


async def _chosen(ctx: Context, entity: str, chosen: Sequence[UUID] | Condition) -> list[UUID]:
    """Return the records that a bulk change is about, in a stable order; more than ``MOST`` are refused."""
    if isinstance(chosen, Condition):
        scope = open_scope(ctx, entity, Selection(filter=chosen))
        wanted = await select_ids(ctx, scope.target.relation, scope.target.where, MOST + 1)
    else:
        wanted = list(dict.fromkeys(chosen))
    if len(wanted) > MOST:
        raise Invalid(
            "bulk.too_many", [problem("bulk.too_many", most=MOST, count=len(wanted))], most=MOST, count=len(wanted)
        )
    return wanted


def _result(ids: Sequence[UUID], outcomes: Sequence[bool | list[Problem]]) -> BulkResult:
    failed = [
        Failure(identifier, each) for identifier, each in zip(ids, outcomes, strict=True) if isinstance(each, list)
    ]
    return BulkResult(changed=sum(each is True for each in outcomes), failed=failed)


async def _insert(ctx: Context, blueprint: Blueprint, good: list[Candidate], names: Titles) -> None:
    if not blueprint.remote_conditions:
        try:
            async with ctx.uow.savepoint():
                ripple = Ripple(ctx)
                await insert_all(ctx, blueprint, good, ripple)
                await ripple.settle()
        except asyncpg.PostgresError as error:
            if refusal_of(error, blueprint) is None:
                raise
        else:
            return

    async def write(candidate: Candidate) -> None:
        await write_new(ctx, candidate, names, alone=False)

    await each_alone(ctx, good, write)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the changes of a batch are read."""

    ctx: Context
    blueprint: Blueprint
    decision: Decision
    expected: Mapping[UUID, Mapping[str, Any]]

    def take(self, row: StoredRow, values: Mapping[str, Any], names: Titles) -> Candidate:
        """Return a record as it would be."""
        candidate = candidate_from(self.ctx, self.blueprint, row.values)
        rights = rights_of(self.blueprint, self.decision, row.values["stage"])
        check_expected(candidate, self.expected.get(candidate.id, {}), rights.visible)
        read_input(candidate, values, rights, names)
        return candidate


async def _update(
    reading: _Reading, changes: Sequence[tuple[UUID, Mapping[str, Any]]], *, is_dry_run: bool
) -> list[bool | list[Problem]]:
    ctx, blueprint = reading.ctx, reading.blueprint
    stored = await read_many(ctx, blueprint, [identifier for identifier, _ in changes])
    names = await load_names_of(ctx, blueprint, [values for _, values in changes])
    candidates: list[Candidate | None] = []
    for identifier, values in changes:
        row = stored.get(identifier)
        candidates.append(reading.take(row, values, names) if row is not None else None)
    found = [each for each in candidates if each is not None]
    await prepare_rows(ctx, found)
    await settle_owners(ctx, found)
    for each in found:
        await complete(ctx, each, names)
        each.problems.extend(edit_problems(ctx, each))
        each.problems.extend(_denied(ctx, blueprint, stored[each.id], Operation.UPDATE))
    await check_many(ctx, blueprint, found)
    good = [each for each in found if not each.problems and is_change(each)]
    if good and not is_dry_run:
        await _write_changes(ctx, blueprint, good, names)
    written = {each.id for each in good if not each.problems}
    missing = [problem("record.not_found")]
    return [missing if each is None else each.problems or each.id in written for each in candidates]


def _denied(ctx: Context, blueprint: Blueprint, row: StoredRow, operation: Operation) -> list[Problem]:
    if row.flags[f"can_{operation.value}"]:
        return []
    return [problem(f"access.denied.{operation.value}", entity=blueprint.model.definition.label.text(ctx.language))]


async def _write_changes(ctx: Context, blueprint: Blueprint, good: list[Candidate], names: Titles) -> None:
    """Write changes set-wise; what others changed meanwhile, and all after a refusal by the database, one by one."""
    left = good
    if not blueprint.remote_conditions:
        try:
            async with ctx.uow.savepoint():
                ripple = Ripple(ctx)
                left = await change_all(ctx, blueprint, good, ripple)
                await ripple.settle()
        except asyncpg.PostgresError as error:
            if refusal_of(error, blueprint) is None:
                raise

    async def write(candidate: Candidate) -> None:
        if await write_change(ctx, candidate, names, alone=False) is None:
            candidate.problems.append(problem("record.busy"))

    await each_alone(ctx, left, write)


async def _delete(ctx: Context, blueprint: Blueprint, ids: Sequence[UUID]) -> list[bool | list[Problem]]:
    stored = await read_many(ctx, blueprint, ids)
    candidates = {key: candidate_from(ctx, blueprint, row.values) for key, row in stored.items()}
    for key, each in candidates.items():
        each.problems.extend(check_edit(process_of(each), facts_of(each), (), now=ctx.now))
        each.problems.extend(_denied(ctx, blueprint, stored[key], Operation.DELETE))
    good = [each for each in candidates.values() if not each.problems]
    if good:
        ripple = Ripple(ctx)
        for each in await remove_all(ctx, blueprint, good, ripple):
            each.problems.append(problem("record.busy"))
        await ripple.settle()
    missing = [problem("record.not_found")]
    return [missing if key not in candidates else candidates[key].problems or True for key in ids]
