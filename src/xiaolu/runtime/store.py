"""SQL of the health page: facts, defects, back-ups, workers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.ids import new_id
from xiaolu.kit.sql import compose, param, raw


@dataclass(frozen=True, slots=True)
class Instants:
    """From when on things count."""

    late: datetime
    """What was due before this is late."""
    recent: datetime
    """Defects since then are recent."""


async def read_facts(uow: UnitOfWork, since: Instants) -> Mapping[str, Any]:
    """Read the figures in one statement; events are counted up to a bound only."""
    row = await uow.fetch_one(
        compose(
            "SELECT current_setting('server_version') AS server, pg_database_size(current_database()) AS bytes, "
            "(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS connections, "
            "current_setting('max_connections')::integer AS most_connections, "
            "(SELECT count(*) FROM timer WHERE due_at < {late} AND failed_at IS NULL) AS late, "
            "(SELECT count(*) FROM timer WHERE failed_at IS NOT NULL) AS failed, "
            "(SELECT count(*) FROM import_job WHERE state IN ('checking', 'running', 'undoing')) "
            "+ (SELECT count(*) FROM definition_job WHERE state = 'waiting') AS working, "
            "(SELECT count(*) FROM import_job WHERE state = 'failed' AND coalesce(started_at, created_at) >= {recent}) "
            "+ (SELECT count(*) FROM definition_job WHERE state = 'failed' AND created_at >= {recent}) AS broken, "
            "(SELECT coalesce(sum(count), 0)::bigint FROM incident WHERE last_at >= {recent}) AS incidents, "
            "(SELECT max(at) FROM worker_seen) AS worker, b.at AS backup, b.bytes AS backup_bytes "
            "FROM (SELECT) AS one LEFT JOIN LATERAL (SELECT at, bytes FROM backup_made ORDER BY at DESC LIMIT 1) b ON true",
            late=param(since.late),
            recent=param(since.recent),
        )
    )
    if row is None:
        raise AssertionError("the statement always gives one row")
    return dict(row)


async def list_lags(uow: UnitOfWork) -> Sequence[Row]:
    """Return each consumer of events with how much it has not read (up to a bound), and since when."""
    return await uow.fetch(
        raw(
            "SELECT c.consumer, u.unread, u.oldest FROM event_cursor c CROSS JOIN LATERAL (SELECT count(*) AS unread, min(at) AS oldest "
            "FROM (SELECT e.at FROM event e WHERE (e.xid, e.id) > (c.xid, c.id) ORDER BY e.xid, e.id LIMIT 20000) AS rest) u "
            "ORDER BY u.unread DESC, c.consumer"
        )
    )


async def list_failed_timers(uow: UnitOfWork, limit: int) -> Sequence[Row]:
    """Return timers that were given up, the latest first."""
    return await uow.fetch(
        compose(
            "SELECT id, kind, due_at, attempts, error, failed_at FROM timer WHERE failed_at IS NOT NULL "
            "ORDER BY failed_at DESC LIMIT {limit}",
            limit=param(limit, "integer"),
        )
    )


async def list_incidents(uow: UnitOfWork, since: datetime, limit: int) -> Sequence[Row]:
    """Return defects that were met since an instant, the latest first."""
    return await uow.fetch(
        compose(
            "SELECT kind, place, error, first_at, last_at, count FROM incident WHERE last_at >= {since} "
            "ORDER BY last_at DESC LIMIT {limit}",
            since=param(since),
            limit=param(limit, "integer"),
        )
    )


async def write_incident(uow: UnitOfWork, kind: str, place: str, error: str, now: datetime) -> None:
    """Count a defect; those that have not been met for long are forgotten."""
    await uow.write(
        compose(
            "INSERT INTO incident AS i (kind, place, error, first_at, last_at) VALUES ({kind}, {place}, {error}, {now}, {now}) "
            "ON CONFLICT (kind, place, error) DO UPDATE SET last_at = excluded.last_at, count = i.count + 1",
            kind=param(kind, "text"),
            place=param(place, "text"),
            error=param(error, "text"),
            now=param(now, "timestamptz"),
        )
    )


async def forget_incidents(uow: UnitOfWork, before: datetime) -> None:
    """Forget defects that have not been met since an instant."""
    await uow.write(compose("DELETE FROM incident WHERE last_at < {before}", before=param(before)))


async def write_backup_made(uow: UnitOfWork, name: str, size: int, now: datetime) -> None:
    """Note that a back-up was made."""
    await uow.write(
        compose(
            "INSERT INTO backup_made (id, at, name, bytes) VALUES ({id}, {now}, {name}, {bytes})",
            id=param(new_id(), "uuid"),
            now=param(now, "timestamptz"),
            name=param(name, "text"),
            bytes=param(size, "bigint"),
        )
    )


async def write_worker_seen(uow: UnitOfWork, name: str, now: datetime, *, forget: datetime) -> None:
    """Note that a worker is at work, and forget those that have not been for long."""
    await uow.write(
        compose(
            "INSERT INTO worker_seen (name, at) VALUES ({name}, {now}) ON CONFLICT (name) DO UPDATE SET at = excluded.at",
            name=param(name, "text"),
            now=param(now, "timestamptz"),
        )
    )
    await uow.write(compose("DELETE FROM worker_seen WHERE at < {forget}", forget=param(forget)))


async def revive_timers(uow: UnitOfWork, identifier: UUID | None, now: datetime) -> int:
    """Make a timer that was given up (None: all of them) due again; return how many."""
    rows = await uow.write(
        compose(
            "UPDATE timer SET failed_at = NULL, attempts = 0, error = NULL, due_at = {now} "
            "WHERE failed_at IS NOT NULL AND ({id} IS NULL OR id = {id}) RETURNING id",
            now=param(now),
            id=param(identifier, "uuid"),
        )
    )
    return len(rows)
