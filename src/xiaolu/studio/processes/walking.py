"""Walks a record through a process as the draft has it: the same decisions as real moves, and nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from xiaolu.access.context import Context
from xiaolu.access.model import ADMIN_ROLE, SYSTEM, Actor, Operation
from xiaolu.access.policy import decide, may, require, require_ability
from xiaolu.files.evidence.service import count_evidence
from xiaolu.formula import RecordValues
from xiaolu.kit.errors import Invalid, NotFound
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.model.process import Process
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.process.effects import roles_of
from xiaolu.process.hours import hours_after
from xiaolu.process.model import AvailableMove, Move, MoveFacts, MoveInput, RecordFacts, Refused
from xiaolu.process.people import ROLE, People, load_people
from xiaolu.process.rules import available_moves, decide_move
from xiaolu.records.blueprint import Blueprint, blueprint_of, rights_of
from xiaolu.records.candidate import Candidate
from xiaolu.records.model import Draft
from xiaolu.records.reading import read_input
from xiaolu.records.rules import Evaluation, compute_locals, fill_defaults
from xiaolu.records.service.candidates import new_candidate
from xiaolu.records.service.change import find_stored
from xiaolu.records.service.evaluating import evaluator, remote_formulas, take_move
from xiaolu.records.service.narrowing import check_narrowed
from xiaolu.records.service.surroundings import environment_of, find_blueprint, load_names
from xiaolu.records.store.facts import compute_facts
from xiaolu.studio.processes.walk_schemas import WalkBody, WalkStep
from xiaolu.studio.wanted import wanted_definitions


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one step of a walk."""

    at: datetime
    step: WalkStep
    source: str | None
    move: Move | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """A follow-up window that a move of the walk opened."""

    opened_at: datetime
    due_at: datetime


@dataclass(slots=True, kw_only=True)
class Walk:
    """A record on its way."""

    ctx: Context
    """As the walker sees it: the draft's definitions, the walk's clock."""
    blueprint: Blueprint
    process: Process
    candidate: Candidate
    people: People
    is_real: bool
    began_at: datetime
    pretended: dict[str, int] = field(default_factory=dict)
    windows: list[Window] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    moves: tuple[AvailableMove, ...] = ()

    @property
    def now(self) -> datetime:
        """Return the instant at which the walk is."""
        return self.ctx.now

    def facts(self) -> RecordFacts:
        """Return the record as decisions see it."""
        values = self.candidate.values
        return RecordFacts(
            entity=self.blueprint.key,
            id=self.candidate.id,
            version=self.candidate.version,
            title=str(values.get(self.blueprint.title_key) or ""),
            values=values,
            owner=values["owner"],
            department=values["department"],
            stage=values["stage"],
            stage_since=values["stage_since"],
            frozen_until=values["frozen_until"],
        )


async def walk_process(ctx: Context, key: str, body: WalkBody) -> Walk:
    """Take a record through the steps, as the role, at the time, and say where it then stands.

    Raises:
        NotFound: there is no such process, role or record.
        Invalid: the draft cannot be read as it stands.
    """
    require_ability(ctx, "build")
    wanted = (await wanted_definitions(ctx)).definitions
    process = next((each for each in wanted.processes if each.key == key), None)
    if process is None:
        raise NotFound("process.unknown", process=key)
    snapshot = Snapshot(ctx.snapshot.version, wanted)
    if process.entity not in snapshot.entities:
        raise Invalid("process.walk_unready", [problem("process.walk_unready", "entity")])
    walk = await _begin(ctx, snapshot, process, body)
    for step in body.steps:
        await _take(walk, step)
    await _look_around(walk)
    return walk


async def _begin(ctx: Context, snapshot: Snapshot, process: Process, body: WalkBody) -> Walk:
    if body.role != ADMIN_ROLE and body.role not in snapshot.roles:
        raise NotFound("process.walk_role", role=body.role)
    blueprint = blueprint_of(snapshot, process.entity)
    began_at = body.at or ctx.now
    inside = replace(ctx, snapshot=snapshot, now=began_at)
    candidate = new_candidate(inside, blueprint, Draft(values={}))
    if body.record is not None:
        await _borrow(ctx, candidate, process.entity, body.record)
    if body.stage is not None and process.stage(body.stage) is not None and body.stage != candidate.values["stage"]:
        candidate.values.update(stage=body.stage, stage_since=began_at, frozen_until=None)
    walker = Actor(
        id=ctx.actor.id,
        kind="member",
        name=ctx.actor.name,
        roles=(body.role,),
        department_id=candidate.values["department"],
        language=ctx.language,
    )
    effects = [each for one in process.transitions for each in one.effects]
    roles = roles_of([*process.on_create, *effects]) | _told(process)
    walk = Walk(
        ctx=replace(inside, actor=walker),
        blueprint=blueprint,
        process=process,
        candidate=candidate,
        people=await load_people(ctx, roles),
        is_real=body.record is not None,
        began_at=began_at,
    )
    await _fill(walk, body.values, is_first=True)
    return walk


def _told(process: Process) -> set[str]:
    steps = [step for each in process.stages if each.limit for step in each.limit.escalate]
    return {step.removeprefix(ROLE) for step in steps if step.startswith(ROLE)}


async def _borrow(ctx: Context, candidate: Candidate, entity: str, identifier: UUID) -> None:
    """Take over the values of a real record, as far as the draft still knows its fields."""
    published = find_blueprint(ctx, entity)
    stored = await find_stored(ctx, published, identifier, require(ctx, entity, Operation.READ))
    for key, value in stored.values.items():
        part, known = candidate.blueprint.parts.get(key), published.parts.get(key)
        if (part is None and known is None) or (
            part is not None and known is not None and part.definition.type == known.definition.type
        ):
            candidate.values[key] = value
    candidate.id, candidate.version, candidate.before = stored.id, stored.version, dict(candidate.values)
    process = candidate.blueprint.model.process
    if process is not None and process.stage(candidate.values["stage"] or "") is None:
        candidate.values["stage"] = process.initial


async def _fill(walk: Walk, values: Mapping[str, Any], *, is_first: bool = False) -> None:
    """Take values in as somebody with every right would write them."""
    ctx, candidate = walk.ctx, walk.candidate
    candidate.problems.clear()
    everything = decide(SYSTEM, ctx.snapshot, walk.blueprint.key, Operation.CREATE, now=ctx.now)
    names = await load_names(ctx, walk.blueprint, values)
    read_input(candidate, values, rights_of(walk.blueprint, everything, None), names)
    evaluation = Evaluation(candidate, environment_of(ctx, None), names)
    if is_first and not walk.is_real:
        fill_defaults(evaluation)
    compute_locals(evaluation)
    await _check_narrowed(walk)


async def _take(walk: Walk, step: WalkStep) -> None:
    walk.ctx = replace(walk.ctx, now=walk.now + timedelta(hours=step.hours))
    if step.values:
        await _fill(walk, step.values)
    walk.pretended.update(step.evidence)
    source: str | None = walk.candidate.values["stage"]
    found = tuple(walk.candidate.problems)
    walk.candidate.problems.clear()
    if step.transition is None:
        walk.taken.append(Taken(walk.now, step, source, None, found))
        return
    outcome, problems = await _try(walk, step)
    move = outcome if isinstance(outcome, Move) and not found and not problems else None
    walk.taken.append(Taken(walk.now, step, source, move, (*found, *problems)))
    if move is not None:
        walk.windows = [
            Window(walk.now, hours_after(walk.now, each.hours or 0, calendar=each.calendar, work=walk.ctx.calendar))
            for each in move.effects
            if each.do == "lock_window"
        ]


async def _try(walk: Walk, step: WalkStep) -> tuple[Move | Refused, list[Problem]]:
    """Decide one transition; what it would break is undone."""
    evaluation, unsure = await _evaluation(walk)
    given = MoveInput(step.transition or "", step.action, step.remark)
    outcome = decide_move(
        walk.blueprint.model,
        walk.facts(),
        given,
        await _move_facts(walk),
        actor=walk.ctx.actor,
        now=walk.now,
        evaluate=evaluator(evaluation),
    )
    problems = [*_not_allowed(walk), *unsure]
    if isinstance(outcome, Refused):
        return outcome, [*problems, *outcome.problems]
    before = RecordValues(walk.candidate.values)
    take_move(evaluation, outcome)
    await _check_narrowed(walk)
    problems += walk.candidate.problems
    walk.candidate.problems.clear()
    if problems:
        walk.candidate.values = before
    return outcome, problems


async def _check_narrowed(walk: Walk) -> None:
    """Put into the problems which relations lead to records that do not suit, as a write would refuse them."""
    try:
        async with walk.ctx.uow.savepoint():
            await check_narrowed(walk.ctx, walk.blueprint, [walk.candidate])
    except asyncpg.PostgresError:  # what narrows is not published yet
        walk.candidate.problems.append(problem("process.walk_unsure", "transition"))


async def _look_around(walk: Walk) -> None:
    evaluation, _ = await _evaluation(walk)
    moves = available_moves(
        walk.blueprint.model,
        walk.facts(),
        await _move_facts(walk),
        actor=walk.ctx.actor,
        now=walk.now,
        evaluate=evaluator(evaluation),
    )
    denied = tuple(_not_allowed(walk))
    walk.moves = tuple(
        replace(each, allowed=each.allowed and not denied, missing=(*denied, *each.missing)) for each in moves
    )


def _not_allowed(walk: Walk) -> list[Problem]:
    if may(walk.ctx.actor, walk.ctx.snapshot, walk.blueprint.key, Operation.MOVE):
        return []
    label = walk.blueprint.model.definition.label
    return [problem("process.walk_no_move", "role", entity=label.zh, entity_en=label.text("en"))]


async def _move_facts(walk: Walk) -> MoveFacts:
    values = walk.candidate.values
    counted: dict[str, int] = {}
    if walk.is_real:
        counted.update(await count_evidence(walk.ctx, walk.process, walk.candidate.id, since=values["stage_since"]))
    counted.update(walk.pretended)
    roles = {each.role for one in walk.process.transitions for each in one.effects if each.role and each.do == "task"}
    members = {role: walk.people.for_role(role, values["department"]) for role in roles}
    return MoveFacts(
        calendar=walk.ctx.calendar,
        evidence=counted,
        members={role: member for role, member in members.items() if member is not None},
        option_sets=walk.ctx.snapshot.option_sets,
    )


async def _evaluation(walk: Walk) -> tuple[Evaluation, list[Problem]]:
    """Return what evaluates formulas, and a problem where some read what is not published yet."""
    ctx, candidate = walk.ctx, walk.candidate
    evaluation = Evaluation(candidate, environment_of(ctx, None), await load_names(ctx, walk.blueprint, {}))
    stage = candidate.values["stage"]
    remote = remote_formulas(walk.blueprint, [each for each in walk.process.transitions if stage in each.source])
    evaluation.facts = {}
    if not remote:
        return evaluation, []
    try:
        async with ctx.uow.savepoint():
            evaluation.facts = await compute_facts(ctx, candidate, remote)
    except asyncpg.PostgresError:
        return evaluation, [problem("process.walk_unsure", "transition")]
    return evaluation, []
