"""Use cases of those who build processes: where records run, and taking them to the present version."""

from collections import Counter

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.access.service.audit import record_audit
from xiaolu.kit.errors import NotFound
from xiaolu.metadata.model.process import Process
from xiaolu.metadata.model.running import open_stages
from xiaolu.metadata.planner.store import count_stages
from xiaolu.metadata.publishing.model import Author
from xiaolu.metadata.publishing.moving import Moving, VersionMove, move_version
from xiaolu.metadata.publishing.store.running import list_history
from xiaolu.metadata.snapshot import EntityModel
from xiaolu.metadata.versions import runs_on
from xiaolu.studio.processes.schemas import RunningOut, RunningStageOut, RunningVersionOut


async def count_running(ctx: Context, key: str) -> RunningOut:
    """Return the versions of a published process that records run on, with the records in each stage.

    A kept version that means what the present one means, after a roll-back, counts as the present one.
    """
    require_ability(ctx, "build")
    model, process = find_process(ctx, key)
    versions = model.versions
    begun = {row["number"]: (row["at"], row["by_name"]) for row in await list_history(ctx.uow, model.key)}
    found = []
    kept = [each.number for each in versions.kept]
    present: list[int | None] = [None, *(each for each in kept if each not in versions.different)]
    former = [(each.number, each.process) for each in versions.kept if each.number in versions.different]
    for number, each in ((None, process), *former):
        counted: Counter[str] = Counter()
        for one in present if number is None else [number]:
            counted.update(await count_stages(ctx.uow, model.table, runs_on(one, kept)))
        since, by = begun.get(versions.number if number is None else number, (None, ""))
        alive = open_stages(each, process)
        found.append(
            RunningVersionOut(
                number=versions.number if number is None else number,
                current=number is None,
                since=since,
                by=by,
                records=sum(counted.get(stage, 0) for stage in alive),
                stages=[
                    RunningStageOut(
                        key=stage.key,
                        label=stage.label.text(ctx.language),
                        colour=stage.colour,
                        kind=stage.kind,
                        records=counted.get(stage.key, 0),
                        gone=process.stage(stage.key) is None,
                    )
                    for stage in each.stages
                ],
            )
        )
    return RunningOut(process=key, entity=model.key, versions=found)


async def move_running(ctx: Context, key: str, wanted: VersionMove) -> Moving:
    """Move records from a former version to the present one."""
    require_ability(ctx, "build")
    _, process = find_process(ctx, key)
    moved = await move_version(ctx.uow, process, wanted, author=Author(ctx.actor.id, ctx.actor.name), now=ctx.now)
    await record_audit(
        ctx,
        "process.records_moved",
        subject_kind="process",
        subject_id=key,
        detail={"version": wanted.number, "records": moved.records, "reason": wanted.remark},
    )
    return moved


def find_process(ctx: Context, key: str) -> tuple[EntityModel, Process]:
    """Return a published process with its entity, or refuse where there is none."""
    for model in ctx.snapshot.entities.values():
        if model.process is not None and model.process.key == key:
            return model, model.process
    raise NotFound("process.unknown", process=key)
