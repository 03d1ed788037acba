"""Jobs on large tables: queued by a publication, taken one piece at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import Sql, compose, ident, join, param, raw
from xiaolu.metadata.planner.model import (
    AddReference,
    CastColumn,
    CreateIndex,
    FillField,
    FillNumbers,
    FillText,
    JobDraft,
    MoveStages,
    Operation,
)
from xiaolu.metadata.publishing.model import Job, Progress

_OPERATIONS: dict[str, type[Operation]] = {
    "index": CreateIndex,
    "cast": CastColumn,
    "fill": FillField,
    "numbers": FillNumbers,
    "text": FillText,
    "reference": AddReference,
    "stages": MoveStages,
}
_JOB = (
    "id, publication, kind, entity, field, table_name, spec::text AS spec, state, waits_for, last_id, rows_done, batch,"
    " attempts, created_at"
)
JOB_LOCK = "hashtext('xiaolu.job' || current_schema())"
"""First key of the advisory lock that whoever works on a job holds; the second is the job's number."""


async def add_jobs(uow: UnitOfWork, drafts: Sequence[JobDraft], now: datetime, *, publication: int | None) -> None:
    """Queue jobs, in order."""
    for draft in drafts:
        await uow.write(
            compose(
                "INSERT INTO definition_job (publication, kind, entity, field, table_name, spec, created_at)"
                " VALUES ({publication}, {kind}, {entity}, {field}, {table}, {spec}, {now})",
                publication=param(publication, "bigint"),
                kind=param(draft.kind),
                entity=param(draft.entity),
                field=param(draft.field),
                table=param(draft.table),
                spec=param(msgspec.json.encode(draft.operation).decode(), "json"),
                now=param(now),
            )
        )


async def next_jobs(uow: UnitOfWork, now: datetime) -> list[Job]:
    """Return the jobs that can be worked on now, in order: one that reads computed values waits for those before it."""
    found = await uow.fetch(
        compose(
            """
            SELECT {job} FROM definition_job AS j
            WHERE state = 'waiting' AND (not_before IS NULL OR not_before <= {now})
                AND (kind NOT IN ('fill', 'text') OR NOT EXISTS (
                    SELECT FROM definition_job AS earlier
                    WHERE earlier.state = 'waiting' AND earlier.kind IN ('fill', 'reference', 'numbers', 'stages') AND earlier.id < j.id
                ))
            ORDER BY id
            """,
            job=raw(_JOB),
            now=param(now),
        )
    )
    return [_job(row) for row in found]


async def open_jobs(uow: UnitOfWork) -> list[Job]:
    """Return every job that is not finished, in order."""
    found = await uow.fetch(raw(f"SELECT {_JOB} FROM definition_job WHERE state = 'waiting' ORDER BY id"))
    return [_job(row) for row in found]


async def list_progress(uow: UnitOfWork, limit: int = 100) -> list[Progress]:
    """Return how far jobs are, the newest first."""
    found = await uow.fetch(
        compose(
            "SELECT id, kind, entity, field, state, rows_done, attempts, problem FROM definition_job"
            " ORDER BY (state = 'waiting') DESC, id DESC LIMIT {limit}",
            limit=param(limit, "bigint"),
        )
    )
    return [Progress(**dict(row.items())) for row in found]


async def has_waiting(uow: UnitOfWork, publication: int) -> bool:
    """Tell whether a publication still waits for jobs."""
    return bool(
        await uow.fetch_value(
            compose(
                "SELECT EXISTS (SELECT FROM definition_job WHERE publication = {id} AND state = 'waiting')",
                id=param(publication, "bigint"),
            )
        )
    )


async def list_of_publication(uow: UnitOfWork, publication: int) -> list[Job]:
    """Return the jobs that prepare a publication, in order."""
    found = await uow.fetch(
        compose(
            "SELECT {job} FROM definition_job WHERE publication = {id} ORDER BY id",
            job=raw(_JOB),
            id=param(publication, "bigint"),
        )
    )
    return [_job(row) for row in found]


async def update_job(uow: UnitOfWork, job: int, **changes: Any) -> None:
    """Change columns of a job: ``last_id``, ``rows_done``, ``batch``, ``waits_for``, ``attempts``, ``not_before``, …"""
    casts = {"last_id": "uuid", "waits_for": "text[]", "rows_done": "bigint", "batch": "integer", "attempts": "integer"}
    sets = [ident(name) + raw(" = ") + param(value, casts.get(name)) for name, value in changes.items()]
    await uow.write(
        compose("UPDATE definition_job SET {sets} WHERE id = {id}", sets=join(", ", sets), id=param(job, "bigint"))
    )


async def end_job(uow: UnitOfWork, job: int, state: str, now: datetime, problem: str | None = None) -> None:
    """Note how a job ended: done, failed or cancelled."""
    await uow.write(
        compose(
            "UPDATE definition_job SET state = {state}, finished_at = {now}, problem = {problem}"
            " WHERE id = {id} AND state = 'waiting'",
            state=param(state),
            now=param(now),
            problem=param(problem, "text"),
            id=param(job, "bigint"),
        )
    )


async def hold_job(uow: UnitOfWork, job: int) -> Job | None:
    """Take a job until the transaction ends; None: it is finished, or somebody else works on it."""
    rows = await uow.write(
        compose(
            "SELECT {job} FROM definition_job WHERE id = {id} AND state = 'waiting' FOR UPDATE SKIP LOCKED",
            job=raw(_JOB),
            id=param(job, "bigint"),
        )
    )
    return _job(rows[0]) if rows else None


async def is_free(uow: UnitOfWork, job: int) -> bool:
    """Tell whether nobody works on a job's rows at this moment."""
    return bool(
        await uow.fetch(
            compose(
                "SELECT FROM definition_job WHERE id = {id} AND state = 'waiting' FOR UPDATE SKIP LOCKED",
                id=param(job, "bigint"),
            )
        )
    )


async def take_job(uow: UnitOfWork, job: int) -> bool:
    """Take a job for the session, for work that no transaction may surround; False: somebody else works on it."""
    return bool(await uow.fetch_value(_lock("pg_try_advisory_lock", job)))


async def give_back(uow: UnitOfWork, job: int) -> None:
    """Give a job back that was taken for the session."""
    await uow.fetch_value(_lock("pg_advisory_unlock", job))


async def interrupt(uow: UnitOfWork, job: int) -> None:
    """Cancel the statement of whoever works on a job right now."""
    await uow.fetch(
        compose(
            "SELECT pg_cancel_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND classid = ({key})::bigint::bit(32)::bigint::oid AND objid = {job}::oid AND pid <> pg_backend_pid()",
            key=raw(JOB_LOCK),
            job=param(job, "bigint"),
        )
    )


def _lock(function: str, job: int) -> Sql:
    return compose("SELECT {call}", call=raw(f"{function}({JOB_LOCK}, ") + param(job, "integer") + raw(")"))


def _job(row: Row) -> Job:
    waits: list[str] | None = row["waits_for"]
    last: UUID | None = row["last_id"]
    return Job(
        id=row["id"],
        publication=row["publication"],
        kind=row["kind"],
        entity=row["entity"],
        field=row["field"],
        table=row["table_name"],
        operation=msgspec.json.decode(row["spec"], type=_OPERATIONS[row["kind"]]),
        state=row["state"],
        waits_for=None if waits is None else tuple(waits),
        last_id=last,
        rows_done=row["rows_done"],
        batch=row["batch"],
        attempts=row["attempts"],
        created_at=row["created_at"],
    )
