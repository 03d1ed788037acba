"""The events that an import wrote, last first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.access.context import Context
from xiaolu.kit.sql import compose, param, raw
from xiaolu.records.imports.model import ImportJob


@dataclass(frozen=True, slots=True)
class Past:
    """One event of an import; ``place`` is where the next batch goes on."""

    entity: str
    record_id: UUID
    is_creation: bool
    before: dict[str, Any]
    is_changed_since: bool
    """Somebody else wrote the record after this event."""
    place: str


async def select_events(ctx: Context, job: ImportJob, *, before: str | None, limit: int) -> list[Past]:
    """Return the events of an import in front of ``before``, the last one first; changes of what it made itself are left out."""
    place = raw("")
    if before is not None:
        at, _, number = before.partition("|")
        place = compose(
            " AND (e.at, e.id) < ({at}, {id})",
            at=param(datetime.fromisoformat(at), "timestamptz"),
            id=param(int(number), "bigint"),
        )
    rows = await ctx.uow.fetch(
        compose(
            "SELECT e.at, e.id, e.entity, e.record_id, e.kind, e.before, "
            "EXISTS (SELECT FROM event l WHERE l.record_id = e.record_id AND l.id > e.id AND l.correlation <> {correlation}) AS since "
            "FROM event e WHERE e.at BETWEEN {first} AND {last} AND e.cause_kind = 'import' AND e.cause_id = {job}{place} "
            "AND (e.kind = 'record.created' OR e.kind = 'record.updated' AND NOT EXISTS (SELECT FROM event f "
            "WHERE f.record_id = e.record_id AND f.kind = 'record.created' AND f.cause_id = e.cause_id)) ORDER BY e.at DESC, e.id DESC LIMIT {limit}",
            correlation=param(job.correlation, "uuid"),
            first=param(job.started_at, "timestamptz"),
            last=param(ctx.now, "timestamptz"),
            job=param(job.id, "uuid"),
            place=place,
            limit=param(limit, "bigint"),
        )
    )
    return [
        Past(
            entity=row["entity"],
            record_id=row["record_id"],
            is_creation=row["kind"] == "record.created",
            before=msgspec.json.decode(row["before"]) if row["before"] else {},
            is_changed_since=row["since"],
            place=f"{row['at'].isoformat()}|{row['id']}",
        )
        for row in rows
    ]
