"""Events of one record: its history, and what happened since somebody looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.access.context import Context
from xiaolu.kit.db import Row
from xiaolu.kit.sql import TRUE, compose, param, raw


@dataclass(frozen=True, slots=True)
class PastEvent:
    """Something that happened to a record."""

    id: int
    at: datetime
    kind: str
    version: int | None
    actor_id: UUID | None
    actor_kind: str
    cause_kind: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    action: str | None
    remark: str | None


_COLUMNS = "id, at, kind, version, actor_id, actor_kind, cause_kind, before, after, action, remark"


async def read_since(ctx: Context, identifier: UUID, version: int) -> list[PastEvent]:
    """Return what happened to a record after it had ``version``, oldest first."""
    statement = compose(
        "SELECT " + _COLUMNS + " FROM event WHERE record_id = {id} AND version > {version} ORDER BY id",
        id=param(identifier, "uuid"),
        version=param(version, "integer"),
    )
    return [_event(row) for row in await ctx.uow.fetch(statement)]


async def read_before(ctx: Context, identifier: UUID, before: int | None, limit: int) -> list[PastEvent]:
    """Return a page of a record's events, newest first, older than the event numbered ``before``; comments speak for themselves."""
    statement = compose(
        "SELECT "
        + _COLUMNS
        + " FROM event WHERE record_id = {id} AND kind NOT LIKE 'comment.%' AND {older} ORDER BY id DESC LIMIT {limit}",
        id=param(identifier, "uuid"),
        older=TRUE if before is None else raw("id < ") + param(before, "bigint"),
        limit=param(limit, "integer"),
    )
    return [_event(row) for row in await ctx.uow.fetch(statement)]


async def read_stage_after(ctx: Context, identifier: UUID, event_id: int) -> str | None:
    """Return the stage that a record was in just before its first change of stage after an event; None without one."""
    statement = compose(
        "SELECT before ->> 'stage' FROM event WHERE record_id = {id} AND id > {event} AND before ? 'stage' ORDER BY id LIMIT 1",
        id=param(identifier, "uuid"),
        event=param(event_id, "bigint"),
    )
    found: str | None = await ctx.uow.fetch_value(statement)
    return found


def _event(row: Row) -> PastEvent:
    return PastEvent(
        id=row["id"],
        at=row["at"],
        kind=row["kind"],
        version=row["version"],
        actor_id=row["actor_id"],
        actor_kind=row["actor_kind"],
        cause_kind=row["cause_kind"],
        before=_object(row["before"]),
        after=_object(row["after"]),
        action=row["action"],
        remark=row["remark"],
    )


def _object(text: str | None) -> dict[str, Any]:
    return {} if text is None else msgspec.json.decode(text, type=dict[str, Any])
