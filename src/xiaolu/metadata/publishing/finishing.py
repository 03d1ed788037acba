"""How a publication that had to be prepared ends: it takes effect, fails, or is called off."""

from collections.abc import Sequence
from datetime import datetime

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import AppError, Conflict, Unavailable
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.sql import Sql
from xiaolu.metadata.planner import ddl
from xiaolu.metadata.planner.locking import Patience, with_locks
from xiaolu.metadata.planner.locks import EXCLUSIVE
from xiaolu.metadata.planner.model import CastColumn, CreateIndex
from xiaolu.metadata.planner.runner import Run
from xiaolu.metadata.planner.shadows import drop_statements
from xiaolu.metadata.publishing.model import Job, Pending, Published
from xiaolu.metadata.publishing.service import carry_out, plan_publication
from xiaolu.metadata.publishing.store import jobs, publications, versions


async def finish_pending(uow: UnitOfWork, pending: Pending, now: datetime, patience: Patience) -> bool:
    """Let a prepared publication take effect; True when it ended, one way or the other."""
    await publications.lock_definitions(uow)
    again = await publications.read_pending(uow, pending.id)
    if again is None:
        return True
    try:
        async with uow.savepoint():
            published = await _take_effect(uow, again, now, patience)
    except Unavailable:
        return False
    except AppError as error:
        await _give_up(uow, again.id, now, [problem(error.code, **error.params), *error.problems])
        return True
    await publications.end_pending(uow, again.id, "published", now, version=published.version)
    return True


async def _take_effect(uow: UnitOfWork, pending: Pending, now: datetime, patience: Patience) -> Published:
    current = await versions.read_current(uow)
    publication = pending.publication
    if publication.base_version != current.version:
        raise Conflict("publish.conflict", version=current.version, author="", base_version=publication.base_version)
    plan, problems = await plan_publication(uow, publication, now=now)
    if problems:
        raise Conflict("publish.impossible", problems)
    done = await jobs.list_of_publication(uow, pending.id)
    run = Run(
        wanted=publication.definitions,
        version=current.version + 1,
        now=now,
        time_zone=current.time_zone,
        author=publication.author.id,
        patience=patience,
        prepared=prepared_names(done),
    )
    return await carry_out(uow, publication, plan, run, current)


def prepared_names(done: Sequence[Job]) -> frozenset[str]:
    """Return what jobs have prepared: indexes by name, cast columns as ``table.column``."""
    names: set[str] = set()
    for job in done:
        if isinstance(job.operation, CastColumn):
            names.add(f"{job.table}.{job.operation.new.name}")
        elif isinstance(job.operation, CreateIndex):
            names.add(job.operation.index.name)
    return frozenset(names)


async def fail_pending(uow: UnitOfWork, job: Job, reason: str, now: datetime) -> None:
    """Give a publication up because one of its jobs failed for good."""
    if job.publication is not None:
        found = problem("publish.preparation_failed", reason=reason, entity=job.entity)
        await _give_up(uow, job.publication, now, [found])


async def cancel_publication(uow: UnitOfWork, now: datetime) -> int | None:
    """Call off the publication that is being prepared, and return its id; None: there is none."""
    await publications.lock_definitions(uow)
    pending = await publications.read_pending(uow)
    if pending is None:
        return None
    for job in await jobs.list_of_publication(uow, pending.id):
        await jobs.interrupt(uow, job.id)
        await jobs.end_job(uow, job.id, "cancelled", now)
    await _clear(uow, pending.id)
    await publications.end_pending(uow, pending.id, "cancelled", now)
    return pending.id


async def _give_up(uow: UnitOfWork, publication: int, now: datetime, problems: list[Problem]) -> None:
    for job in await jobs.list_of_publication(uow, publication):
        await jobs.end_job(uow, job.id, "cancelled", now)
    await _clear(uow, publication)
    await publications.end_pending(uow, publication, "failed", now, problems=problems)


async def _clear(uow: UnitOfWork, publication: int) -> None:
    """Drop the shadows and indexes that were prepared for nothing."""
    for job in await jobs.list_of_publication(uow, publication):
        operation = job.operation
        statements: list[Sql] = []
        if isinstance(operation, CastColumn):
            statements = list(drop_statements(operation))
        elif isinstance(operation, CreateIndex):
            statements = [ddl.drop_index(operation.index.name)]

        async def drop(these: list[Sql] = statements) -> None:
            for statement in these:
                await uow.write(statement)

        await with_locks(uow, {job.table: EXCLUSIVE}, drop, Patience())
