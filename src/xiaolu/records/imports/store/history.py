"""The events that an import wrote, last first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.access.context import Context
from xiaolu.kit.sql import compose, ident, param, raw, uuids
from xiaolu.metadata.model.workspace import table_of
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


async def select_holders(ctx: Context, entity: str, made: Collection[UUID], parent: str) -> dict[UUID, list[UUID]]:
    """Return the live records, not made by the same import, that hold some of the rows: each with all its live rows in order."""
    rows = await ctx.uow.fetch(
        compose(
            "SELECT r.parent_id, r.id FROM {rows} r JOIN {parents} p ON p.id = r.parent_id WHERE r.deleted_at IS NULL "
            "AND p.deleted_at IS NULL AND r.parent_id IN (SELECT m.parent_id FROM {rows} m WHERE m.id = ANY({made})) "
            "AND NOT EXISTS (SELECT FROM event e WHERE e.record_id = p.id AND e.kind = 'record.created' "
            "AND e.correlation = {correlation}) ORDER BY r.parent_id, r.position, r.id",
            rows=ident(table_of(entity)),
            parents=ident(table_of(parent)),
            made=uuids(list(made)),
            correlation=param(ctx.cause.correlation, "uuid"),
        )
    )
    found: dict[UUID, list[UUID]] = {}
    for row in rows:
        found.setdefault(row["parent_id"], []).append(row["id"])
    return found
