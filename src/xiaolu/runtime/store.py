"""SQL of the health page."""

from dataclasses import dataclass
from datetime import datetime

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import compose, param


@dataclass(frozen=True, slots=True)
class Facts:
    """Raw figures about a workspace."""

    server_version: str
    database_bytes: int
    unread_events: int
    late_timers: int
    failed_timers: int


async def read_facts(uow: UnitOfWork, *, late_before: datetime) -> Facts:
    """Read the figures in one statement; events are counted up to a bound only."""
    row = await uow.fetch_one(
        compose(
            "SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS size, "
            "(SELECT coalesce(max(n), 0) FROM (SELECT (SELECT count(*) FROM (SELECT FROM event e WHERE (e.xid, e.id) > (c.xid, c.id) "
            "LIMIT 20000) AS unread) AS n FROM event_cursor c) AS lag) AS unread, "
            "(SELECT count(*) FROM timer WHERE due_at < {late} AND failed_at IS NULL) AS late, "
            "(SELECT count(*) FROM timer WHERE failed_at IS NOT NULL) AS failed",
            late=param(late_before),
        )
    )
    if row is None:
        raise AssertionError("the statement always gives one row")
    return Facts(row["version"], row["size"], row["unread"], row["late"], row["failed"])
