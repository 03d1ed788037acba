"""One piece of a job that visits the rows of a large table: a range of ids, in a transaction of its own.

A piece holds its rows for a fraction of a second. Its waits are shorter than PostgreSQL's deadlock check, so that it
gives way to everybody else and never makes another transaction fail.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import Sql, compose, ident, param, raw
from xiaolu.metadata.computed import Computed
from xiaolu.metadata.planner import rows
from xiaolu.metadata.planner.computing import compute, source_tables, sql_environment
from xiaolu.metadata.planner.filling import fill_fields
from xiaolu.metadata.planner.model import AddReference, CastColumn, FillField, FillNumbers, FillText, MoveStages
from xiaolu.metadata.planner.numbers import fill_numbers
from xiaolu.metadata.planner.shadows import shadow_name
from xiaolu.metadata.planner.texts import fill_texts
from xiaolu.metadata.publishing.model import Current, Job

GIVE_WAY_MS = 300
"""Longest wait for a row that somebody else holds; below ``deadlock_timeout``, which is a second."""
GOAL_SECONDS = 0.2
"""How long a piece should take: nobody waits longer for a row."""
SMALLEST, LARGEST = 50, 20_000
"""Bounds of the number of rows in a piece."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a piece came to."""

    last_id: UUID | None
    """None: no row was left."""
    visited: int
    batch: int
    """How many rows the next piece should have."""


async def do_piece(uow: UnitOfWork, job: Job, current: Current, now: datetime) -> Piece:
    """Do the next range of a job in the open transaction.

    Raises:
        asyncpg.LockNotAvailableError: somebody holds a row of the range; try again later.
    """
    loop = asyncio.get_running_loop()
    start = loop.time()
    await uow.write(raw(f"SET LOCAL lock_timeout = {GIVE_WAY_MS}"))
    if isinstance(job.operation, FillField) and not _is_computed(job.operation, current):
        return Piece(None, 0, job.batch)
    key = "source" if _is_link(job) else "id"
    ids = await _range(uow, job, key, is_locking=_reads_others(job, current))
    if not ids:
        return Piece(None, 0, job.batch)
    scope = compose(
        "{key} > {after} AND {key} <= {last}",
        key=ident(key),
        after=param(job.last_id or UUID(int=0), "uuid"),
        last=param(ids[-1], "uuid"),
    )
    await _visit(uow, job, current, now=now, scope=scope, ids=ids)
    taken = max(loop.time() - start, 0.001)
    fitting = int(len(ids) * min(4.0, max(0.25, GOAL_SECONDS / taken)))
    return Piece(ids[-1], len(ids), min(LARGEST, max(SMALLEST, fitting)))


def source_tables_of(job: Job, current: Current) -> list[str]:
    """Return the tables whose writers, if they still work with the former definitions, a job must wait for."""
    if job.kind == "cast":
        return []
    tables = {job.table}
    if isinstance(job.operation, FillField):
        tables |= source_tables(_computed(current), (job.operation.entity, job.operation.field))
    return sorted(tables)


async def writers_of(uow: UnitOfWork, tables: Sequence[str]) -> list[str]:
    """Return the transactions that write to ``tables`` right now."""
    found = await uow.fetch(
        compose(
            "SELECT DISTINCT virtualtransaction AS name FROM pg_locks"
            " WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND relation = ANY(SELECT to_regclass(quote_ident(name)) FROM unnest({tables}) AS name)",
            tables=param(list(tables), "text[]"),
        )
    )
    return [row["name"] for row in found]


async def still_writing(uow: UnitOfWork, transactions: Sequence[str]) -> list[str]:
    """Return those of ``transactions`` that have not ended."""
    found = await uow.fetch(
        compose(
            "SELECT DISTINCT virtualtransaction AS name FROM pg_locks WHERE virtualtransaction = ANY({names})",
            names=param(list(transactions), "text[]"),
        )
    )
    return [row["name"] for row in found]


def _is_computed(operation: FillField, current: Current) -> bool:
    return (operation.entity, operation.field) in _computed(current).formulas


def _computed(current: Current) -> Computed:
    return compute(current.definitions, current.running)


def _reads_others(job: Job, current: Current) -> bool:
    """Tell whether rows must be locked before their values are worked out, for values that other tables decide."""
    return isinstance(job.operation, FillField) and len(source_tables_of(job, current)) > 1


def _is_link(job: Job) -> bool:
    return job.table.startswith("l_")


async def _range(uow: UnitOfWork, job: Job, key: str, *, is_locking: bool) -> list[UUID]:
    found = await uow.write(
        compose(
            "SELECT {key} AS id FROM {table} WHERE {key} > {after} ORDER BY {key} LIMIT {batch}"
            + (" FOR NO KEY UPDATE" if is_locking else ""),
            key=ident(key),
            table=ident(job.table),
            after=param(job.last_id or UUID(int=0), "uuid"),
            batch=param(job.batch, "bigint"),
        )
    )
    return [row["id"] for row in found]


async def _visit(
    uow: UnitOfWork, job: Job, current: Current, *, now: datetime, scope: Sql, ids: Sequence[UUID]
) -> None:
    match job.operation:
        case CastColumn() as operation:
            source, target = operation.old.name, shadow_name(operation.new.name)
            await uow.write(rows.fill_cast(operation, source=source, target=target, scope=scope))
        case FillField() as operation:
            env = sql_environment(now, current.time_zone)
            await fill_fields(uow, current.definitions, operation, env, running=current.running, scope=scope)
        case FillNumbers() as operation:
            await fill_numbers(uow, current.definitions, operation, current.time_zone, scope=scope)
        case FillText(_, entity):
            await fill_texts(uow, current.definitions, entity, ids)
        case MoveStages() as operation:
            await uow.write(rows.move_stages(operation, now=now, scope=scope))
        case AddReference(table, column):
            await uow.write(rows.clear_dangling(table, column, scope=scope))
        case _:
            raise TypeError(f"{job.kind} has no pieces")
