"""SQL of the event log, its consumers' cursors, and its monthly partitions."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from xiaolu.access.context import Context
from xiaolu.events.model import Event, EventDraft, Position
from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import Sql, compose, ident, join, param, raw

COLUMNS = "at, kind, entity, record_id, version, actor_id, actor_kind, cause_kind, cause_id, correlation, before, after, action, remark"


def insert_events(ctx: Context, drafts: Sequence[EventDraft]) -> Sql:
    """Return the statement that writes ``drafts`` in the name of the context's actor."""
    rows = [_values(ctx, draft) for draft in drafts]
    return compose("INSERT INTO event (" + COLUMNS + ") VALUES {rows}", rows=join(", ", rows))


def _values(ctx: Context, draft: EventDraft) -> Sql:
    cells = [
        param(ctx.now),
        param(draft.kind),
        param(draft.entity),
        param(draft.record_id),
        param(draft.version, "integer"),
        param(ctx.actor.id),
        param(ctx.actor.kind),
        param(ctx.cause.kind),
        param(ctx.cause.id),
        param(ctx.cause.correlation),
        param(_json(draft.before), "jsonb"),
        param(_json(draft.after), "jsonb"),
        param(draft.action),
        param(draft.remark),
    ]
    return raw("(") + join(", ", cells) + raw(")")


def _json(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def select_after(position: Position, limit: int, whole: Collection[str] | None = None) -> Sql:
    """Return the statement that reads events behind ``position`` in order, up to the oldest running transaction.

    ``whole``: kinds whose values before and after are read; None for all.

    An event is taken only when no transaction with a lower number can still commit, so a reader that keeps its position
    never passes over one. The order names the table: the selected ``xid`` is text, and would put 10000 before 9999.
    """
    columns = COLUMNS
    if whole is not None:
        for name in ("before", "after"):
            columns = columns.replace(f", {name},", f", CASE WHEN kind = ANY({{whole}}) THEN {name} END AS {name},")
    return compose(
        "SELECT xid::text AS xid, id, " + columns + " FROM event "
        "WHERE (xid, id) > ({xid}, {id}) AND xid < pg_snapshot_xmin(pg_current_snapshot()) "
        "ORDER BY event.xid, event.id LIMIT {limit}",
        xid=param(str(position.xid), "text") + raw("::xid8"),
        id=param(position.id, "bigint"),
        limit=param(limit, "integer"),
        **({} if whole is None else {"whole": param(sorted(whole), "text[]")}),
    )


def event_of(row: Row) -> Event:
    """Return a result row as an event."""
    return Event(
        position=Position(int(row["xid"]), row["id"]),
        at=row["at"],
        kind=row["kind"],
        entity=row["entity"],
        record_id=row["record_id"],
        version=row["version"],
        actor_id=row["actor_id"],
        actor_kind=row["actor_kind"],
        cause_kind=row["cause_kind"],
        cause_id=row["cause_id"],
        correlation=row["correlation"],
        before=_object(row["before"]),
        after=_object(row["after"]),
        action=row["action"],
        remark=row["remark"],
    )


def _object(text: str | None) -> dict[str, Any] | None:
    return None if text is None else msgspec.json.decode(text, type=dict[str, Any])


async def claim_cursor(uow: UnitOfWork, consumer: str, now: datetime) -> Position | None:
    """Lock the consumer's cursor for this transaction and return it; None while another process holds it."""
    await uow.begin()
    free = await uow.fetch_value(
        compose(
            "SELECT pg_try_advisory_xact_lock(hashtext(current_schema() || '.cursor'), hashtext({consumer}))",
            consumer=param(consumer),
        )
    )
    if not free:
        return None
    row = await uow.fetch_one(
        compose("SELECT xid::text AS xid, id FROM event_cursor WHERE consumer = {consumer}", consumer=param(consumer))
    )
    if row is not None:
        return Position(int(row["xid"]), row["id"])
    await uow.write(
        compose(
            "INSERT INTO event_cursor (consumer, xid, id, moved_at) VALUES ({consumer}, '0', 0, {now})",
            consumer=param(consumer),
            now=param(now),
        )
    )
    return Position(0, 0)


async def move_cursor(uow: UnitOfWork, consumer: str, position: Position, now: datetime) -> None:
    """Keep how far the consumer has read."""
    await uow.write(
        compose(
            "UPDATE event_cursor SET xid = {xid}, id = {id}, moved_at = {now} WHERE consumer = {consumer}",
            xid=param(str(position.xid), "text") + raw("::xid8"),
            id=param(position.id, "bigint"),
            now=param(now),
            consumer=param(consumer),
        )
    )


async def read_after(
    uow: UnitOfWork, position: Position, limit: int, whole: Collection[str] | None = None
) -> list[Event]:
    """Return up to ``limit`` events behind ``position``, in order; those of kinds outside ``whole`` without their values."""
    return [event_of(row) for row in await uow.fetch(select_after(position, limit, whole))]


async def last_position(uow: UnitOfWork) -> Position:
    """Return the position of the newest event that a reader may take now."""
    row = await uow.fetch_one(
        raw(
            "SELECT xid::text AS xid, id FROM event WHERE xid < pg_snapshot_xmin(pg_current_snapshot()) "
            "ORDER BY event.xid DESC, event.id DESC LIMIT 1"
        )
    )
    return Position(0, 0) if row is None else Position(int(row["xid"]), row["id"])


async def make_partition(uow: UnitOfWork, month: date) -> bool:
    """Make the partition of a month unless it exists; rows that waited in the default partition move in. True if made."""
    name = f"event_{month:%Y_%m}"
    if await uow.fetch_value(compose("SELECT to_regclass({name})", name=param(name))) is not None:
        return False
    first = datetime(month.year, month.month, 1, tzinfo=UTC)
    following = datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=UTC)
    table = ident(name)
    bounds = {"first": raw(f"'{first.isoformat()}'"), "next": raw(f"'{following.isoformat()}'")}
    await uow.write(raw("LOCK TABLE event IN SHARE ROW EXCLUSIVE MODE"))
    await uow.write(compose("CREATE TABLE {t} (LIKE event INCLUDING DEFAULTS INCLUDING STORAGE)", t=table))
    await uow.write(
        compose(
            "WITH moved AS (DELETE FROM event_default WHERE at >= {first} AND at < {next} RETURNING *) "
            "INSERT INTO {t} SELECT * FROM moved",
            t=table,
            **bounds,
        )
    )
    await uow.write(
        compose("ALTER TABLE event ATTACH PARTITION {t} FOR VALUES FROM ({first}) TO ({next})", t=table, **bounds)
    )
    return True
