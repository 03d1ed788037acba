"""SQL of timers and schedules."""

from datetime import datetime
from uuid import UUID

import msgspec

from xiaolu.events.model import Schedule, Timer
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import compose, param


async def upsert_timer(uow: UnitOfWork, timer: Timer, now: datetime) -> UUID:
    """Write a timer, or move the one with the same key."""
    rows = await uow.write(
        compose(
            "INSERT INTO timer (id, key, kind, due_at, payload, created_at) VALUES ({id}, {key}, {kind}, {due}, {payload}, {now}) "
            "ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at, payload = excluded.payload, kind = excluded.kind, "
            "attempts = 0, error = NULL, failed_at = NULL RETURNING id",
            id=param(timer.id),
            key=param(timer.key),
            kind=param(timer.kind),
            due=param(timer.due_at),
            payload=param(msgspec.json.encode(timer.payload).decode(), "jsonb"),
            now=param(now),
        )
    )
    identifier: UUID = rows[0]["id"]
    return identifier


async def delete_timer(uow: UnitOfWork, key: str) -> bool:
    """Delete the timer with this key."""
    return bool(await uow.write(compose("DELETE FROM timer WHERE key = {key} RETURNING id", key=param(key))))


async def claim_due(uow: UnitOfWork, now: datetime) -> Timer | None:
    """Lock the timer that is due longest; other workers pass it over until this transaction ends."""
    rows = await uow.write(
        compose(
            "SELECT id, key, kind, due_at, payload, attempts FROM timer WHERE due_at <= {now} AND failed_at IS NULL "
            "ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED",
            now=param(now),
        )
    )
    if not rows:
        return None
    row = rows[0]
    return Timer(
        id=row["id"],
        key=row["key"],
        kind=row["kind"],
        due_at=row["due_at"],
        payload=msgspec.json.decode(row["payload"], type=dict),
        attempts=row["attempts"],
    )


async def finish_timer(uow: UnitOfWork, identifier: UUID) -> None:
    """Delete a timer whose work is done in this transaction."""
    await uow.write(compose("DELETE FROM timer WHERE id = {id}", id=param(identifier)))


async def put_off(
    uow: UnitOfWork, identifier: UUID, *, attempts: int, due_at: datetime, error: str, failed_at: datetime | None
) -> None:
    """Note a failed attempt."""
    await uow.write(
        compose(
            "UPDATE timer SET attempts = {attempts}, due_at = {due}, error = {error}, failed_at = {failed} WHERE id = {id}",
            attempts=param(attempts, "integer"),
            due=param(due_at),
            error=param(error[:2000]),
            failed=param(failed_at, "timestamptz"),
            id=param(identifier),
        )
    )


async def upsert_schedule(uow: UnitOfWork, schedule: Schedule, next_at: datetime) -> None:
    """Write a schedule with its next fire time."""
    await uow.write(
        compose(
            "INSERT INTO schedule (key, kind, cron, working_days_only, payload, next_at) "
            "VALUES ({key}, {kind}, {cron}, {working}, {payload}, {next}) "
            "ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, cron = excluded.cron, payload = excluded.payload, "
            "working_days_only = excluded.working_days_only, next_at = excluded.next_at",
            key=param(schedule.key),
            kind=param(schedule.kind),
            cron=param(schedule.cron),
            working=param(schedule.working_days_only),
            payload=param(msgspec.json.encode(schedule.payload).decode(), "jsonb"),
            next=param(next_at),
        )
    )


async def claim_schedules(uow: UnitOfWork, now: datetime) -> list[Schedule]:
    """Lock the schedules that are due."""
    rows = await uow.write(
        compose(
            "SELECT key, kind, cron, working_days_only, payload, next_at FROM schedule "
            "WHERE enabled AND next_at <= {now} ORDER BY next_at FOR UPDATE SKIP LOCKED",
            now=param(now),
        )
    )
    return [
        Schedule(
            key=row["key"],
            kind=row["kind"],
            cron=row["cron"],
            working_days_only=row["working_days_only"],
            payload=msgspec.json.decode(row["payload"], type=dict),
            next_at=row["next_at"],
        )
        for row in rows
    ]
