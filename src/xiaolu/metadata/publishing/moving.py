"""Takes records that still run on a former version of their process to the one that holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import Invalid, NotFound
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.model.process import Process
from xiaolu.metadata.model.running import KeptVersion
from xiaolu.metadata.model.workspace import table_of
from xiaolu.metadata.planner import rows
from xiaolu.metadata.planner.computing import compute, fields_to_fill
from xiaolu.metadata.planner.model import JobDraft, MoveStages
from xiaolu.metadata.planner.runner import SMALL_ROWS
from xiaolu.metadata.publishing.model import Author
from xiaolu.metadata.publishing.store import jobs, publications, versions
from xiaolu.metadata.publishing.store import running as store


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionMove:
    """Which records are to go on in the version that holds, and why."""

    number: int
    """Of the version that they run on."""
    stages: Sequence[str] = ()
    """Only records in these stages; none named: all."""
    moves: Mapping[str, str]
    """Stage that the present version lacks → the stage that its records go to."""
    remark: str


@dataclass(frozen=True, slots=True)
class Moving:
    """What came of it."""

    records: int
    is_queued: bool
    """True where there are so many that they are moved in the background."""


async def move_version(
    uow: UnitOfWork,
    process: Process,
    wanted: VersionMove,
    *,
    author: Author,
    now: datetime,
    small_rows: int = SMALL_ROWS,
) -> Moving:
    """Move records of a kept version; each leaves an event with who moved it and why.

    Raises:
        NotFound: no record runs on such a version.
        Invalid: a stage is unknown, or the present version lacks it and nobody said where its records go.
    """
    await publications.lock_definitions(uow)
    current = await versions.read_current(uow)
    present = next((each for each in current.definitions.processes if each.key == process.key), None)
    running = current.running
    version = next((each for each in running.of(process.entity) if each.number == wanted.number), None)
    if present is None or version is None:
        raise NotFound("process.version_unknown", number=wanted.number)
    problems = _problems(present, version, wanted)
    if problems:
        raise Invalid("process.version_move", problems)
    operation = MoveStages(
        table_of(process.entity),
        process.entity,
        tuple(wanted.moves.items()),
        apart=running.apart(process.entity),
        only=wanted.number,
        stages=tuple(wanted.stages) or tuple(each.key for each in version.process.stages),
        number=running.number(process.entity),
        author=author.id,
        remark=wanted.remark.strip(),
    )
    counted = await store.count_version(uow, version, running)
    total = sum(counted.get(each, 0) for each in operation.stages)
    is_queued = total > small_rows
    drafts = [JobDraft("stages", operation.table, operation, operation.entity)] if is_queued else []
    computed = compute(current.definitions, running)
    stale = fields_to_fill(computed, computed, [operation])
    drafts.extend(JobDraft("fill", each.table, each, each.entity, each.field) for each in stale)
    if not is_queued:
        await uow.write(rows.move_stages(operation, now=now))
    await jobs.add_jobs(uow, drafts, now, publication=None)
    return Moving(total, is_queued=is_queued)


def _problems(present: Process, version: KeptVersion, wanted: VersionMove) -> list[Problem]:
    kept = {each.key for each in present.stages}
    known = {each.key: each for each in version.process.stages}
    found: list[Problem] = []
    for key in wanted.stages or known:
        stage = known.get(key)
        if stage is None:
            found.append(problem("publish.running_unknown_stage", "stages", key, stage=key))
        elif key not in kept and wanted.moves.get(key) not in kept:
            label = stage.label
            found.append(problem("publish.stage_needs_target", "moves", key, label=label.zh, label_en=label.text("en")))
    if not wanted.remark.strip():
        found.append(problem("process.version_reason", "reason"))
    return found
