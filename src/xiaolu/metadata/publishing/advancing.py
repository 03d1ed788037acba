"""What the worker calls, again and again: one piece of work on a large table at a time.

Each piece is a transaction that the caller commits; a worker that dies loses the piece at hand and nothing else. Only
indexes are built outside any transaction; a half-built one is dropped and built anew.
"""

from datetime import datetime, timedelta

import asyncpg

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import Unavailable
from xiaolu.kit.sql import raw
from xiaolu.metadata.planner import ddl
from xiaolu.metadata.planner.locking import Patience, with_locks
from xiaolu.metadata.planner.locks import EXCLUSIVE, NO_WRITERS
from xiaolu.metadata.planner.model import AddReference, CastColumn, CreateIndex
from xiaolu.metadata.planner.shadows import start_statements
from xiaolu.metadata.planner.store import is_valid_index
from xiaolu.metadata.publishing.batches import Piece, do_piece, source_tables_of, still_writing, writers_of
from xiaolu.metadata.publishing.finishing import fail_pending, finish_pending
from xiaolu.metadata.publishing.model import Current, Job
from xiaolu.metadata.publishing.store import jobs, publications, versions

RETRY = timedelta(seconds=1)
"""Pause before a piece that met somebody else's lock is tried again."""
MOST_ATTEMPTS = 20
"""Failures (not waits) after which a job is given up."""


async def advance_jobs(uow: UnitOfWork, now: datetime, *, patience: Patience | None = None) -> bool:
    """Do one piece of the oldest work that can be done; the caller commits and calls again while it returns True.

    Expects a unit of work without an open transaction. Safe to call from any number of processes.
    """
    patience = patience or Patience(tries=3)
    for job in await jobs.next_jobs(uow, now):
        if isinstance(job.operation, CreateIndex):
            if await _build_index(uow, job, now):
                return True
        elif await jobs.is_free(uow, job.id):
            await _advance(uow, job, now, patience)
            return True
    pending = await publications.read_pending(uow)
    if pending is not None and not await jobs.has_waiting(uow, pending.id):
        return await finish_pending(uow, pending, now, patience)
    return False


async def _advance(uow: UnitOfWork, given: Job, now: datetime, patience: Patience) -> None:
    job = await jobs.hold_job(uow, given.id)
    if job is None:
        return
    current = await versions.read_current(uow)
    try:
        async with uow.savepoint():
            await _work(uow, job, current, now, patience)
    except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError, Unavailable):
        await jobs.update_job(uow, job.id, not_before=now + RETRY, batch=max(50, job.batch // 2))
    except asyncpg.PostgresError as error:
        await _failed(uow, job, now, str(error))


async def _work(uow: UnitOfWork, job: Job, current: Current, now: datetime, patience: Patience) -> None:
    if job.waits_for is None:
        await _start(uow, job, current, patience)
        return
    if job.waits_for:
        left = await still_writing(uow, job.waits_for)
        await jobs.update_job(uow, job.id, waits_for=left, not_before=now + RETRY if left else None)
        return
    piece = await do_piece(uow, job, current, now)
    if piece.last_id is None:
        await _complete(uow, job, now, patience)
    else:
        await _keep(uow, job, piece)


async def _start(uow: UnitOfWork, job: Job, current: Current, patience: Patience) -> None:
    if isinstance(job.operation, CastColumn):
        operation = job.operation
        locks = {operation.table: EXCLUSIVE}
        if operation.new.references is not None:
            locks[operation.new.references] = NO_WRITERS

        async def start() -> None:
            for statement in start_statements(operation):
                await uow.write(statement)

        await with_locks(uow, locks, start, patience)
        await jobs.update_job(uow, job.id, waits_for=[])
    else:
        await jobs.update_job(uow, job.id, waits_for=await writers_of(uow, source_tables_of(job, current)))


async def _keep(uow: UnitOfWork, job: Job, piece: Piece) -> None:
    await jobs.update_job(
        uow, job.id, last_id=piece.last_id, rows_done=job.rows_done + piece.visited, batch=piece.batch, not_before=None
    )


async def _complete(uow: UnitOfWork, job: Job, now: datetime, patience: Patience) -> None:
    if isinstance(job.operation, AddReference):
        await uow.write(raw(f"SET LOCAL lock_timeout = {patience.budget_ms}"))
        await uow.write(ddl.validate_reference(job.operation.table, job.operation.column.name))
    await jobs.end_job(uow, job.id, "done", now)


async def _build_index(uow: UnitOfWork, job: Job, now: datetime) -> bool:
    if not isinstance(job.operation, CreateIndex) or not await jobs.take_job(uow, job.id):
        return False
    index = job.operation.index
    try:
        if await is_valid_index(uow, index.name):
            await jobs.end_job(uow, job.id, "done", now)
            return True
        await uow.fetch(ddl.drop_index_concurrently(index.name))
        await uow.fetch(ddl.create_index(index, is_concurrent=True))
        await jobs.end_job(uow, job.id, "done", now)
    except asyncpg.UniqueViolationError as error:
        await _failed(uow, job, now, error.detail or str(error), is_final=True)
    except asyncpg.PostgresError as error:
        await _failed(uow, job, now, str(error))
    finally:
        await jobs.give_back(uow, job.id)
    return True


async def _failed(uow: UnitOfWork, job: Job, now: datetime, text: str, *, is_final: bool = False) -> None:
    attempts = job.attempts + 1
    if not is_final and attempts < MOST_ATTEMPTS:
        wait = RETRY * 2 ** min(attempts, 8)
        await jobs.update_job(uow, job.id, attempts=attempts, not_before=now + wait, problem=text)
        return
    await jobs.end_job(uow, job.id, "failed", now, text)
    await fail_pending(uow, job, text, now)
