"""What a changed process means for the records that run in it: which change concerns them, and where they go on. Pure."""

from collections.abc import Iterator, Mapping

import msgspec

from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.model.essence import concerns_records
from xiaolu.metadata.model.running import KeptVersion, Running, RunningChange, RunningChoice, StageAccess, open_stages
from xiaolu.metadata.model.workspace import Definitions, table_of
from xiaolu.metadata.planner.model import MoveStages, Probe, Step

Choices = Mapping[str, RunningChoice]
"""Process → what its running records do."""
Moves = Mapping[str, Mapping[str, str]]
"""Process → stage that is gone → the stage that its records go to."""


def running_changes(
    current: Definitions, wanted: Definitions, running: Running, choices: Choices, moves: Moves
) -> tuple[RunningChange, ...]:
    """Return the processes whose change concerns records; moves without a choice mean that all of them move."""
    becomes = {each.entity: each for each in wanted.processes}
    found = []
    for before in current.processes:
        after = becomes.get(before.entity)
        if after is None or not concerns_records(before, after):
            continue
        chosen = choices.get(after.key) or (RunningChoice(choice="move") if moves.get(after.key) else None)
        found.append(
            RunningChange(
                before=before,
                after=after,
                choice=chosen or RunningChoice(),
                is_chosen=chosen is not None,
                number=running.number(before.entity),
                apart=running.apart(before.entity),
            )
        )
    return tuple(found)


def stage_moves(change: RunningChange, pairs: Mapping[str, str]) -> MoveStages | None:
    """Return the operation that takes records to the new version; None where no row has to be written for it."""
    if change.choice.choice == "finish":
        return None
    table, entity = table_of(change.after.entity), change.after.entity
    stages = change.choice.stages
    if stages:
        chosen = tuple((old, new) for old, new in pairs.items() if old in stages)
        return MoveStages(table, entity, chosen, apart=change.apart, stages=stages, number=change.number + 1)
    return MoveStages(table, entity, tuple(pairs.items()), apart=change.apart) if pairs else None


def running_steps(changes: tuple[RunningChange, ...]) -> Iterator[Step]:
    """Say for each process what its running records do."""
    for change in changes:
        kind = "running_finish"
        if change.choice.choice == "move":
            kind = "running_move_some" if change.choice.stages else "running_move"
        yield Step(
            kind=kind,
            code=f"planner.{kind}",
            entity=change.after.entity,
            params={"label": change.after.label, "number": change.number},
            probe=Probe(
                "running",
                table_of(change.after.entity),
                values=open_stages(change.before, change.after),
                apart=change.apart,
            ),
        )


def wrong_choices(changes: tuple[RunningChange, ...], moves: Moves) -> list[Problem]:
    """Return what is wrong with choices: unknown stages, deleted ones without a successor."""
    found: list[Problem] = []
    for change in changes:
        kept = {each.key for each in change.after.stages}
        known = {each.key for each in change.before.stages}
        pairs = moves.get(change.after.key, {})
        for stage in change.choice.stages:
            place = ("running", change.after.key, "stages", stage)
            if stage not in known:
                found.append(problem("publish.running_unknown_stage", *place, stage=stage))
            elif stage not in kept and stage not in pairs and change.choice.choice == "move":
                label = next(each.label for each in change.before.stages if each.key == stage)
                found.append(problem("publish.stage_needs_target", *place, label=label.zh, label_en=label.text("en")))
    return found


def kept_of(change: RunningChange, current: Definitions) -> KeptVersion:
    """Return the former version of a changed process as it is kept."""
    entity = change.before.entity
    access: dict[str, StageAccess] = {
        role.key: grant.stages
        for role in current.roles
        for grant in role.grants
        if grant.entity == entity and grant.stages
    }
    return KeptVersion(entity, change.number, change.before, access)


def running_after(current: Definitions, kept: Running, changes: tuple[RunningChange, ...]) -> Running:
    """Return the versions that records may run on once the changes hold."""
    numbers = {**kept.numbers, **{each.after.entity: each.number + 1 for each in changes}}
    return Running(numbers, (*kept.kept, *(kept_of(each, current) for each in changes if each.keeps)))


def with_version(definitions: Definitions, kept: KeptVersion) -> Definitions:
    """Return the definitions with a kept version in the place of the process that holds."""
    processes = tuple(kept.process if each.entity == kept.entity else each for each in definitions.processes)
    return msgspec.structs.replace(definitions, processes=processes)
