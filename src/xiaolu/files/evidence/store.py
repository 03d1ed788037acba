"""SQL of evidence."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.model import Decision
from xiaolu.files.evidence.model import Evidence
from xiaolu.files.model import Place
from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import Sql, any_of, compose, ident, join, param, raw, uuids
from xiaolu.metadata.snapshot import EntityModel, Snapshot

COLUMNS = (
    "id, entity, record_id, position, stage, slot, kind, file_id, sha256, text, link_entity, link_id, taken_at, latitude, "
    "longitude, replaces, at, by, previous_hash, hash"
)


async def select_subject(
    ctx: Context, model: EntityModel, record_id: UUID, read: Decision, *, change: Sequence[Decision]
) -> Row | None:
    """Return the stage of a record that the actor may read, and as ``may_add`` whether they may change or move it."""
    return await ctx.uow.fetch_one(
        compose(
            "SELECT r.stage, r.stage_since, r.process_version, {may} AS may_add FROM {table} r "
            "WHERE r.id = {id} AND r.deleted_at IS NULL AND {seen}",
            may=any_of(each.predicate for each in change if each.allowed),
            table=ident(model.table),
            id=param(record_id, "uuid"),
            seen=read.predicate,
        )
    )


async def select_places(
    uow: UnitOfWork, snapshot: Snapshot, model: EntityModel, record_id: UUID, paths: Sequence[str]
) -> dict[str, Place]:
    """Return the location fields of a record by path (one step through a relation at most), where they are filled."""
    columns = {path: column for path in paths if (column := _place_column(snapshot, model, path)) is not None}
    if not columns:
        return {}
    row = await uow.fetch_one(
        compose(
            "SELECT {columns} FROM {table} r WHERE r.id = {id}",
            columns=join(", ", (raw("(") + each + raw(")::text") for each in columns.values())),
            table=ident(model.table),
            id=param(record_id, "uuid"),
        )
    )
    found = {} if row is None else {path: _place_of(row[index]) for index, path in enumerate(columns)}
    return {path: place for path, place in found.items() if place is not None}


def _place_column(snapshot: Snapshot, model: EntityModel, path: str) -> Sql | None:
    first, _, rest = path.partition(".")
    field = model.fields.get(first)
    if field is None or field.storage is None:
        return None
    if not rest:
        return ident("r", first) if field.definition.type == "location" else None
    target = snapshot.entities.get(field.storage.references or "")
    if target is None or rest not in target.fields or target.fields[rest].definition.type != "location":
        return None
    return compose(
        "SELECT t.{column} FROM {table} t WHERE t.id = r.{link}",
        column=ident(rest),
        table=ident(target.table),
        link=ident(first),
    )


def _place_of(text: str | None) -> Place | None:
    if text is None:
        return None
    value: Mapping[str, Any] = msgspec.json.decode(text)
    return Place(float(value["lat"]), float(value["lng"]))


async def lock_chain(uow: UnitOfWork, entity: str, record_id: UUID) -> Row | None:
    """Keep other additions to a record's proofs out until the transaction ends; return position and hash of the last."""
    key = param(f"evidence:{entity}:{record_id}", "text")
    await uow.write(compose("SELECT pg_advisory_xact_lock(hashtextextended({key}, 0))", key=key))
    return await uow.fetch_one(
        compose(
            "SELECT position, hash FROM evidence WHERE entity = {entity} AND record_id = {id} ORDER BY position DESC LIMIT 1",
            entity=param(entity),
            id=param(record_id, "uuid"),
        )
    )


async def insert_evidence(uow: UnitOfWork, proof: Evidence) -> None:
    """Write a proof."""
    cells = [
        param(proof.id),
        param(proof.entity),
        param(proof.record_id),
        param(proof.position, "integer"),
        param(proof.stage),
        param(proof.slot),
        param(proof.kind),
        param(proof.file_id, "uuid"),
        param(proof.sha256),
        param(proof.text),
        param(proof.link_entity),
        param(proof.link_id, "uuid"),
        param(proof.taken_at, "timestamptz"),
        param(proof.place.latitude if proof.place else None, "double precision"),
        param(proof.place.longitude if proof.place else None, "double precision"),
        param(proof.replaces, "uuid"),
        param(proof.at),
        param(proof.by, "uuid"),
        param(proof.previous_hash),
        param(proof.hash),
    ]
    await uow.write(compose("INSERT INTO evidence (" + COLUMNS + ") VALUES ({cells})", cells=join(", ", cells)))


async def select_evidence(uow: UnitOfWork, entity: str, record_id: UUID) -> list[Evidence]:
    """Return a record's proofs in order."""
    rows = await uow.fetch(
        compose(
            "SELECT " + COLUMNS + " FROM evidence WHERE entity = {entity} AND record_id = {id} ORDER BY position",
            entity=param(entity),
            id=param(record_id, "uuid"),
        )
    )
    return [evidence_of(row) for row in rows]


def evidence_of(row: Row) -> Evidence:
    """Return a result row as a proof."""
    place = None if row["latitude"] is None else Place(row["latitude"], row["longitude"])
    plain = (
        "id", "entity", "record_id", "position", "stage", "slot", "kind", "file_id", "sha256", "text", "link_entity", "link_id",
        "taken_at", "replaces", "at", "by", "previous_hash", "hash",
    )  # fmt: skip
    return Evidence(place=place, **{key: row[key] for key in plain})


async def count_slots(
    uow: UnitOfWork, entity: str, record_id: UUID, *, events: Mapping[str, str], since: datetime | None
) -> dict[str, int]:
    """Return how many proofs count for each slot.

    ``events`` maps slots that wait for system events to the kind they wait for (``task.done``, or ``task.done:todo`` to
    look at the kind inside as well); only events since ``since`` count.
    """
    counts = compose(
        "SELECT e.slot, count(*) AS have FROM evidence e WHERE e.entity = {entity} AND e.record_id = {id} "
        "AND e.slot IS NOT NULL AND NOT EXISTS (SELECT FROM evidence n WHERE n.replaces = e.id) GROUP BY e.slot",
        entity=param(entity),
        id=param(record_id, "uuid"),
    )
    for slot, event in events.items():
        counts += raw(" UNION ALL ") + _count_events(entity, record_id, slot, event=event, since=since)
    return {row["slot"]: row["have"] for row in await uow.fetch(counts)}


def _count_events(entity: str, record_id: UUID, slot: str, *, event: str, since: datetime | None) -> Sql:
    kind, _, inner = event.partition(":")
    return compose(
        "SELECT {slot}, count(*) FROM event v WHERE v.record_id = {id} AND v.entity = {entity} AND v.kind = {kind} "
        "AND ({inner} = '' OR v.after ->> 'kind' = {inner}) AND ({since} IS NULL OR v.at >= {since})",
        slot=param(slot, "text"),
        id=param(record_id, "uuid"),
        entity=param(entity, "text"),
        kind=param(kind, "text"),
        inner=param(inner, "text"),
        since=param(since, "timestamptz"),
    )


async def select_members(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of members."""
    if not ids:
        return {}
    rows = await uow.fetch(compose("SELECT id, name FROM member WHERE id = ANY({ids})", ids=uuids(ids)))
    return {row["id"]: row["name"] for row in rows}
