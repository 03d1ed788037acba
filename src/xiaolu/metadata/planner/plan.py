"""Makes a plan: what publishing wanted definitions over current ones would do, and what that touches. Pure."""

from collections.abc import Sequence

from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.model.running import Running, RunningChange
from xiaolu.metadata.model.workspace import Definitions, table_of
from xiaolu.metadata.planner.computing import compute, fields_to_fill
from xiaolu.metadata.planner.difference import Surroundings, compare
from xiaolu.metadata.planner.entity_steps import entity_steps, leftover_steps
from xiaolu.metadata.planner.layout import layout
from xiaolu.metadata.planner.model import RANK, Aside, MoveStages, Operation, Plan
from xiaolu.metadata.planner.numbers import numbers_to_fill
from xiaolu.metadata.planner.other_steps import other_steps
from xiaolu.metadata.planner.pool import Pool
from xiaolu.metadata.planner.rebuilding import texts_to_fill
from xiaolu.metadata.planner.running import Choices, Moves, running_after, running_changes, stage_moves, wrong_choices
from xiaolu.metadata.planner.touches import touches_of


def plan_change(
    current: Definitions,
    wanted: Definitions,
    *,
    version: int = 1,
    asides: Sequence[Aside] = (),
    moves: Moves | None = None,
    running: Running | None = None,
    choices: Choices | None = None,
) -> Plan:
    """Return the plan that leads from ``current`` to ``wanted``.

    Args:
        current: definitions as they are published.
        wanted: definitions that passed ``check_definitions``.
        version: the version that publishing would make.
        asides: tables and columns that can be brought back.
        moves: where records of deleted stages go.
        running: versions of processes that records run on.
        choices: by process, what its running records do.
    """
    kept, chosen = running or Running(), choices or {}
    changes = running_changes(current, wanted, kept, chosen, moves or {})
    before, after = layout(current), layout(wanted)
    operations = compare(before, after, Surroundings(version, asides))
    operations.extend(_stage_moves(current, wanted, moves or {}, changes))
    operations.extend(numbers_to_fill(wanted, operations))
    remaining = running_after(current, kept, changes)
    operations.extend(fields_to_fill(compute(current, kept), compute(wanted, remaining), operations))
    operations.extend(texts_to_fill(current, wanted, operations))
    operations.sort(key=lambda operation: RANK[type(operation)])
    pool = Pool(operations, before, after)
    steps = [
        *entity_steps(current, wanted, pool),
        *other_steps(current, wanted, changes),
        *leftover_steps(wanted, pool),
    ]
    return Plan(
        steps=tuple(steps),
        operations=tuple(operations),
        touches=touches_of(current, wanted, steps),
        problems=(*_wrong_moves(wanted, moves or {}), *wrong_choices(changes, moves or {})),
        running=changes,
        kept=kept,
        remaining=remaining,
    )


def _stage_moves(
    current: Definitions, wanted: Definitions, moves: Moves, changes: tuple[RunningChange, ...]
) -> list[Operation]:
    found: list[Operation] = []
    staged = {process.entity: process for process in current.processes}
    known = {entity.key for entity in current.entities}
    for process in wanted.processes:
        if process.entity not in known:
            continue
        before = staged.get(process.entity)
        table, pairs = table_of(process.entity), tuple(moves.get(process.key, {}).items())
        if before is None:
            kept = tuple(each.key for each in process.stages)
            found.append(MoveStages(table, process.entity, ((None, process.initial), *pairs), kept, process.initial))
    for change in changes:
        operation = stage_moves(change, moves.get(change.after.key, {}))
        if operation is not None:
            found.append(operation)
    return found


def _wrong_moves(wanted: Definitions, moves: Moves) -> list[Problem]:
    found: list[Problem] = []
    processes = {each.key: each for each in wanted.processes}
    for key, pairs in moves.items():
        process = processes.get(key)
        if process is None:
            found.append(problem("publish.move_of_unknown_process", "moves", key, process=key))
            continue
        stages = {each.key for each in process.stages}
        for old, new in pairs.items():
            if new not in stages:
                found.append(problem("publish.move_to_unknown_stage", "moves", key, old, stage=new))
            if old in stages:
                found.append(problem("publish.move_from_kept_stage", "moves", key, old, stage=old))
    return found
