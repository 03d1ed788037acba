"""Moving records through their process: what is possible now, and the move itself with all that follows from it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Decision, Operation
from xiaolu.access.policy import decide, require
from xiaolu.kit.errors import AppError, Conflict, Denied, Invalid, NotFound
from xiaolu.kit.problems import Problem
from xiaolu.metadata.model.process import Transition
from xiaolu.process.model import AvailableMove, Freeze, Move, MoveInput, Refused
from xiaolu.process.rules import available_moves, decide_move, freeze_of
from xiaolu.process.service import apply_effects, load_move_facts
from xiaolu.records.blueprint import Blueprint, rights_of
from xiaolu.records.candidate import Candidate
from xiaolu.records.model import MoveOptions, MoveRequest, Record
from xiaolu.records.reading import read_input
from xiaolu.records.rules import Evaluation, compute_locals
from xiaolu.records.service.candidates import candidate_from
from xiaolu.records.service.change import facts_of, find_stored
from xiaolu.records.service.clashes import clash_of
from xiaolu.records.service.evaluating import evaluator, remote_formulas, take_move
from xiaolu.records.service.narrowing import check_narrowed
from xiaolu.records.service.rows import prepare_rows
from xiaolu.records.service.surroundings import environment_of, find_blueprint, load_names, settle_owner
from xiaolu.records.service.writing import write_change
from xiaolu.records.shaping import Shaper
from xiaolu.records.store.facts import compute_facts
from xiaolu.records.store.links import read_rows
from xiaolu.records.store.read import Stored


async def list_moves(ctx: Context, entity: str, identifier: UUID) -> MoveOptions:
    """Return the moves that lead on from a record's stage, each with what it still lacks.

    Raises:
        NotFound: there is no such record, or the actor may not see it.
    """
    blueprint = find_blueprint(ctx, entity)
    stored = await find_stored(ctx, blueprint, identifier, require(ctx, entity, Operation.READ))
    process = blueprint.model.process_of(stored.values["process_version"])
    moves: tuple[AvailableMove, ...] = ()
    freeze: Freeze | None = None
    if process is not None:
        evaluation = await _evaluation(ctx, blueprint, stored, process.transitions)
        record = facts_of(evaluation.candidate)
        facts = await load_move_facts(ctx, blueprint.model, record, None)
        moves = available_moves(
            blueprint.model, record, facts, actor=ctx.actor, now=ctx.now, evaluate=evaluator(evaluation)
        )
        freeze = freeze_of(process, record, work=facts.calendar, now=ctx.now)
    if not stored.can.move:
        moves = tuple(replace(each, allowed=False) for each in moves)
    values = stored.values
    return MoveOptions(values["stage"], values["stage_since"], values["frozen_until"], moves, freeze)


async def move_record(ctx: Context, entity: str, identifier: UUID, request: MoveRequest) -> Record:
    """Move a record to another stage, with values that come along, and return it as the actor sees it.

    Raises:
        NotFound: there is no such record, or the actor may not see it.
        Denied: the actor may not move it.
        Invalid: ``move.refused``; ``problems`` name everything that is missing or wrong.
        Conflict: it was changed since ``request.version`` (``record.changed``), or it is frozen (``record.frozen``).
    """
    blueprint = find_blueprint(ctx, entity)
    moving = require(ctx, entity, Operation.MOVE)
    reading = decide(ctx.actor, ctx.snapshot, entity, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    stored = await find_stored(ctx, blueprint, identifier, reading)
    if not stored.can.move:
        raise Denied("access.denied.move", entity=blueprint.model.definition.label.text(ctx.language))
    if request.version is not None and request.version != stored.version:
        raise await clash_of(ctx, blueprint, reading, stored.values, seen=request.version, mine=set(request.values))
    evaluation, move = await _decide(ctx, blueprint, stored, moving, request)
    candidate = evaluation.candidate
    await ctx.uow.begin()
    can = await write_change(
        ctx, candidate, stored.titles, alone=False, kind="record.moved", action=move.action, remark=move.remark
    )
    if can is None:
        now = await find_stored(ctx, blueprint, identifier, reading)
        raise await clash_of(ctx, blueprint, reading, now.values, seen=stored.version, mine=set(request.values))
    after = replace(
        facts_of(candidate),
        version=stored.version + 1,
        owner=candidate.values["owner"],
        department=candidate.values["department"],
        stage=move.stage,
        stage_since=move.stage_since,
        frozen_until=move.frozen_until,
    )
    await apply_effects(ctx, blueprint.model, after, move)
    return Shaper(blueprint, reading, ctx.language).shape(candidate.values, stored.titles, can)


async def check_move(ctx: Context, entity: str, identifier: UUID, request: MoveRequest) -> list[Problem]:
    """Return what would stand against a move with these values; writes nothing.

    Raises:
        NotFound: there is no such record, or the actor may not see it.
        Denied: the actor may not move it.
    """
    blueprint = find_blueprint(ctx, entity)
    moving = require(ctx, entity, Operation.MOVE)
    stored = await find_stored(ctx, blueprint, identifier, require(ctx, entity, Operation.READ))
    if not stored.can.move:
        raise Denied("access.denied.move", entity=blueprint.model.definition.label.text(ctx.language))
    try:
        await _decide(ctx, blueprint, stored, moving, request)
    except (Invalid, Conflict) as refused:
        return list(refused.problems)
    return []


async def _decide(
    ctx: Context, blueprint: Blueprint, stored: Stored, moving: Decision, request: MoveRequest
) -> tuple[Evaluation, Move]:
    """Return the record as it would be after the move, or refuse with everything that stands against it."""
    process = blueprint.model.process_of(stored.values["process_version"])
    transition = process.transition(request.transition) if process else None
    if process is None or transition is None:
        raise NotFound("move.unknown", transition=request.transition)
    rights = rights_of(blueprint, moving, stored.values["stage"])

    async def take_input(candidate: Candidate) -> None:
        read_input(candidate, request.values, rights, await load_names(ctx, blueprint, request.values, stored.titles))
        if candidate.rows:
            await prepare_rows(ctx, [candidate])
        await settle_owner(ctx, candidate, stored.titles)

    evaluation = await _evaluation(ctx, blueprint, stored, (transition,), take_input)
    candidate = evaluation.candidate
    record = facts_of(candidate)
    facts = await load_move_facts(ctx, blueprint.model, record, transition.key)
    given = MoveInput(transition.key, request.action, request.remark)
    outcome = decide_move(
        blueprint.model, record, given, facts, actor=ctx.actor, now=ctx.now, evaluate=evaluator(evaluation)
    )
    if isinstance(outcome, Refused):
        raise _refusal([*candidate.problems, *outcome.problems])
    take_move(evaluation, outcome)
    await check_narrowed(ctx, blueprint, [candidate])
    if candidate.problems:
        raise _refusal(candidate.problems)
    return evaluation, outcome


def _refusal(problems: list[Problem]) -> AppError:
    if problems and all(each.code == "record.frozen" for each in problems):
        return Conflict("record.frozen", problems, **problems[0].params)
    return Invalid("move.refused", problems)


async def _evaluation(
    ctx: Context,
    blueprint: Blueprint,
    stored: Stored,
    transitions: Iterable[Transition],
    take_input: Callable[[Candidate], Any] | None = None,
) -> Evaluation:
    """Return the record as a candidate, with the results of the transitions' formulas that the database computes."""
    candidate = candidate_from(ctx, blueprint, stored.values)
    evaluation = Evaluation(candidate, environment_of(ctx, candidate.before), stored.titles)
    if take_input is not None:
        await take_input(candidate)
        compute_locals(evaluation)
    await _add_rows(ctx, candidate)
    remote = remote_formulas(blueprint, transitions)
    evaluation.facts = await compute_facts(ctx, candidate, remote) if remote else {}
    return evaluation


async def _add_rows(ctx: Context, candidate: Candidate) -> None:
    """Let a process see whether sub-tables hold rows."""
    for part in candidate.blueprint.rows:
        if part.key in candidate.rows:
            candidate.values[part.key] = candidate.rows[part.key]
            continue
        child = find_blueprint(ctx, part.target or "")
        candidate.values[part.key] = (await read_rows(ctx, child, [candidate.id])).get(candidate.id)
