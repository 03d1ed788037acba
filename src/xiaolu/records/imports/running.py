"""The worker's part: each call takes one batch of one import in and notes the progress, in one transaction.

A file stays open between batches. Where what is open does not fit what the database says (another process went on with
the import, or a transaction was lost), the file is opened anew and read up to the place that was reached.
"""

import asyncio
import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from xiaolu.access.authenticate import load_actor
from xiaolu.access.context import Cause, Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import require
from xiaolu.files.service import load_files
from xiaolu.files.storage import FileStorage
from xiaolu.kit.errors import AppError
from xiaolu.records.imports.along import FilesAlong
from xiaolu.records.imports.batches import Plan, take_batch
from xiaolu.records.imports.kept import drop_kept
from xiaolu.records.imports.model import ImportJob, SourceRow, State
from xiaolu.records.imports.naming import ImportNames
from xiaolu.records.imports.parcel import open_parcel
from xiaolu.records.imports.progress import Outcome, add_suggestions
from xiaolu.records.imports.rows import ReadRow, RowReader, fields_of, mapped_columns
from xiaolu.records.imports.sheets import keep_sheets, mapped_shape, row_batches
from xiaolu.records.imports.store import jobs
from xiaolu.records.imports.subrows import grouping_of
from xiaolu.records.imports.undoing import undo_batch

logger = logging.getLogger("xiaolu.imports")

BATCH = 2_000
"""Rows that one transaction takes in."""
BATCH_WITH_FILES = 100
"""Fewer where each row may bring files, which take longer."""
_MOST_OPEN = 4


@dataclass(slots=True)
class _Open:
    """A file that is being read."""

    path: Path
    batches: Iterator[list[SourceRow]]
    position: int
    state: State
    definitions: int
    plan: Plan
    size: int
    """Rows of a batch."""
    ahead: asyncio.Future[list[ReadRow]] | None = None
    """The next batch, read in a thread while PostgreSQL writes this one."""

    def read_ahead(self) -> asyncio.Future[list[ReadRow]]:
        """Begin to read the next batch."""
        reader = self.plan.reader
        return asyncio.ensure_future(
            asyncio.to_thread(lambda: [reader.read_plain(each) for each in next(self.batches, [])])
        )


_open: dict[UUID, _Open] = {}


async def run_due_imports(ctx: Context, storage: FileStorage) -> int:
    """Do one batch of the oldest import that waits; return 0 when none does.

    ``ctx`` is the platform's; the work is done in the name of whoever began the import, with that person's rights.
    """
    job = await jobs.claim_due(ctx.uow)
    if job is None:
        return 0
    try:
        async with ctx.uow.savepoint():
            changed = await _advance(ctx, storage, job)
    except AppError as error:
        if error.kind == "conflict":
            raise
        changed = _failed(ctx, job, error.code)
    except FileNotFoundError:
        changed = _failed(ctx, job, "import.file_gone")
    except Exception:  # one file that nobody foresaw must not stop the imports behind it
        logger.exception("import %s stopped", job.id)
        changed = _failed(ctx, job, "import.crashed")
    if changed.state is not job.state:
        _open.pop(job.id, None)
    await jobs.update_job(ctx.uow, changed)
    return 1


def _failed(ctx: Context, job: ImportJob, code: str) -> ImportJob:
    return msgspec.structs.replace(job, state=State.FAILED, failure=code, finished_at=ctx.now)


async def _advance(ctx: Context, storage: FileStorage, job: ImportJob) -> ImportJob:
    actor = await load_actor(ctx.uow, job.created_by, snapshot=ctx.snapshot)
    if actor is None:
        return _failed(ctx, job, "import.author_gone")
    cause = Cause(kind="import", id=job.id, correlation=job.correlation)
    acting = replace(ctx, actor=actor, language=actor.language or ctx.language, cause=cause)
    require(acting, job.entity, Operation.IMPORT)
    if job.state is State.UNDOING:
        return await undo_batch(acting, job)
    opened = await _reopen(acting, storage, job)
    rows = await (opened.ahead or opened.read_ahead())
    opened.ahead = opened.read_ahead() if len(rows) >= opened.size else None
    if job.state is State.RUNNING and job.started_at is None:
        job = msgspec.structs.replace(job, started_at=ctx.now, definitions=ctx.snapshot.version)
    if rows:
        with _without_collecting():
            outcome = await take_batch(acting, opened.plan, rows)
        opened.position += len(rows)
        job = await _note(acting, job, opened.plan, outcome, position=opened.position)
    _open[job.id] = opened
    if len(rows) >= opened.size:
        return job
    done = State.DONE if job.state is State.RUNNING else State.CHECKED
    if done is State.DONE:
        drop_kept(opened.path)
    return msgspec.structs.replace(job, state=done, finished_at=ctx.now)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let the collector of cycles rest: the objects of a batch are many, hold no cycles and live to its end."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


async def _note(ctx: Context, job: ImportJob, plan: Plan, outcome: Outcome, *, position: int) -> ImportJob:
    if outcome.refused:
        await jobs.insert_refusals(ctx.uow, job.id, outcome.refused)
    counts = msgspec.structs.replace(job.counts.plus(outcome.counts()), position=position)
    columns = {each.key: each.name for each in plan.columns}
    return msgspec.structs.replace(
        job, counts=counts, suggestions=add_suggestions(job.suggestions, outcome.refused, columns)
    )


async def _reopen(ctx: Context, storage: FileStorage, job: ImportJob) -> _Open:
    """Take out the open file of an import, at the place that it has reached; a batch that fails is read again from the file."""
    found = _open.pop(job.id, None)
    if (
        found is not None
        and found.position == job.counts.position
        and found.state is job.state
        and found.definitions == ctx.snapshot.version
    ):
        return found
    files = await load_files(ctx, [each for each in (job.file_id, job.archive_id) if each is not None])
    if job.file_id not in files or (job.archive_id is not None and job.archive_id not in files):
        raise FileNotFoundError
    path = storage.path(files[job.file_id].sha256)
    await asyncio.to_thread(keep_sheets, path, mapped_shape(job.shape, job.columns, job.mapping))
    while len(_open) >= _MOST_OPEN:
        _open.pop(next(iter(_open)))
    parcel = None
    if job.archive_id is not None:
        archive = storage.path(files[job.archive_id].sha256)
        parcel = await asyncio.to_thread(open_parcel, archive, storage.max_bytes)
    size = BATCH if parcel is None else BATCH_WITH_FILES
    return _Open(
        path=path,
        batches=row_batches(path, job, size),
        position=job.counts.position,
        state=job.state,
        definitions=ctx.snapshot.version,
        plan=_plan(ctx, job, None if parcel is None else FilesAlong(parcel, storage)),
        size=size,
    )


def _plan(ctx: Context, job: ImportJob, along: FilesAlong | None) -> Plan:
    model = ctx.snapshot.entities[job.entity]
    mapping = job.mapping
    if mapping is None:
        raise LookupError("an import without a mapping was started")
    fields = fields_of(ctx.snapshot, model, mapping)
    columns = mapped_columns(job.columns, mapping, fields)
    names = ImportNames(ctx.snapshot, ZoneInfo(ctx.time_zone))
    return Plan(
        entity=job.entity,
        mapping=mapping,
        columns=columns,
        names=names,
        reader=RowReader(columns, names),
        key=fields.get(mapping.key) if mapping.key else None,
        grouping=grouping_of(job.columns, mapping),
        is_dry_run=job.state is State.CHECKING,
        along=along,
    )
