"""SQL of files, and the question which records hold one."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import SYSTEM, Actor, Operation
from xiaolu.access.policy import decide, masked
from xiaolu.files.model import Place, StoredFile
from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import FALSE, TRUE, Sql, all_of, any_of, compose, ident, join, param, raw, uuids
from xiaolu.metadata.model.access import FieldAccess
from xiaolu.metadata.snapshot import EntityModel

COLUMNS = "id, name, size, content_type, sha256, created_at, created_by, width, height, taken_at, latitude, longitude, attached_at"
HOLDERS = ("file", "image", "audio", "video", "signature")
"""Field types whose values are files."""


async def insert_file(uow: UnitOfWork, file: StoredFile) -> None:
    """Record an upload."""
    cells = [
        param(file.id),
        param(file.name),
        param(file.size, "bigint"),
        param(file.content_type),
        param(file.sha256),
        param(file.created_at),
        param(file.created_by, "uuid"),
        param(file.width, "integer"),
        param(file.height, "integer"),
        param(file.taken_at, "timestamptz"),
        param(file.place.latitude if file.place else None, "double precision"),
        param(file.place.longitude if file.place else None, "double precision"),
        param(file.attached_at, "timestamptz"),
    ]
    await uow.write(compose("INSERT INTO file (" + COLUMNS + ") VALUES ({cells})", cells=join(", ", cells)))


async def copy_files(uow: UnitOfWork, wanted: Sequence[tuple[UUID, UUID]], by: UUID | None, now: datetime) -> None:
    """Record uploads again under new ids: (known, new)."""
    await uow.write(
        compose(
            "INSERT INTO file ("
            + COLUMNS
            + ") SELECT w.new, f.name, f.size, f.content_type, f.sha256, {now}, {by}, f.width, f.height, "
            "f.taken_at, f.latitude, f.longitude, NULL FROM unnest({known}, {fresh}) AS w(known, new) JOIN file f ON f.id = w.known",
            now=param(now),
            by=param(by, "uuid"),
            known=uuids([known for known, _ in wanted]),
            fresh=uuids([fresh for _, fresh in wanted]),
        )
    )


async def select_files(uow: UnitOfWork, ids: Sequence[UUID]) -> list[StoredFile]:
    """Return the uploads with these ids."""
    rows = await uow.fetch(compose("SELECT " + COLUMNS + " FROM file WHERE id = ANY({ids})", ids=uuids(ids)))
    return [file_of(row) for row in rows]


def file_of(row: Row) -> StoredFile:
    """Return a result row as a file."""
    place = None if row["latitude"] is None else Place(row["latitude"], row["longitude"])
    return StoredFile(
        id=row["id"],
        name=row["name"],
        size=row["size"],
        content_type=row["content_type"],
        sha256=row["sha256"],
        created_at=row["created_at"],
        created_by=row["created_by"],
        width=row["width"],
        height=row["height"],
        taken_at=row["taken_at"],
        place=place,
        attached_at=row["attached_at"],
    )


async def select_readable(ctx: Context, ids: Sequence[UUID]) -> set[UUID]:
    """Return which of the files the context's actor may read.

    A file that nothing has ever held belongs to its uploader; after that, whoever may read a record that holds it, in a
    field that they may see or as evidence, may read it. The records are asked only for files that are not the actor's
    own fresh uploads, which is the usual case.
    """
    fresh = compose("f.attached_at IS NULL AND f.created_by = {me}", me=param(ctx.actor.id, "uuid"))
    mine = await _select_where(ctx, ids, fresh)
    others = [each for each in ids if each not in mine]
    return mine | await _select_where(ctx, others, held_by_records(ctx, ctx.actor)) if others else mine


async def _select_where(ctx: Context, ids: Sequence[UUID], condition: Sql) -> set[UUID]:
    rows = await ctx.uow.fetch(
        compose("SELECT f.id FROM file f WHERE f.id = ANY({ids}) AND {condition}", ids=uuids(ids), condition=condition)
    )
    return {row["id"] for row in rows}


def held_by_records(ctx: Context, actor: Actor, *, with_deleted: bool = False) -> Sql:
    """Return the condition on ``f.id`` that a record which ``actor`` may read holds the file."""
    return any_of(_held_by(ctx, actor, model, with_deleted=with_deleted) for model in ctx.snapshot.entities.values())


def _held_by(ctx: Context, actor: Actor, model: EntityModel, *, with_deleted: bool) -> Sql:
    decision = decide(actor, ctx.snapshot, model.key, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    if not decision.allowed:
        return FALSE
    alive = TRUE if with_deleted else raw("r.deleted_at IS NULL")
    conditions = []
    for key, field in model.fields.items():
        if field.definition.type not in HOLDERS or field.storage is None:
            continue
        if decision.fields.get(key, FieldAccess.HIDDEN) is FieldAccess.HIDDEN:
            continue
        column = ident("r", key)
        test = raw("ARRAY[f.id] <@ ") + column if field.storage.type.endswith("[]") else raw("f.id = ") + column
        conditions.append(all_of([test, masked(decision, key, column) + raw(" IS NOT NULL")]))
    proof = compose(
        "SELECT FROM evidence e JOIN {table} r ON r.id = e.record_id WHERE e.file_id = f.id AND e.entity = {entity} AND {seen}",
        table=ident(model.table),
        entity=param(model.key),
        seen=all_of([alive, decision.predicate]),
    )
    beside = compose(
        "SELECT FROM attachment a JOIN {table} r ON r.id = a.record_id WHERE a.file_id = f.id AND a.entity = {entity} AND {seen}",
        table=ident(model.table),
        entity=param(model.key),
        seen=all_of([alive, decision.predicate]),
    )
    held = [raw("EXISTS (") + each + raw(")") for each in (proof, beside)]
    if conditions:
        rows = compose(
            "SELECT FROM {table} r WHERE {seen}",
            table=ident(model.table),
            seen=all_of([alive, any_of(conditions), decision.predicate]),
        )
        held.append(raw("EXISTS (") + rows + raw(")"))
    return any_of(held)


async def mark_attached(uow: UnitOfWork, ids: Sequence[UUID], now: datetime) -> None:
    """Keep that records hold these files."""
    await uow.write(
        compose(
            "UPDATE file SET attached_at = {now} WHERE id = ANY({ids}) AND attached_at IS NULL",
            now=param(now),
            ids=uuids(ids),
        )
    )


async def insert_attachments(
    uow: UnitOfWork, entity: str, record_id: UUID, holder_id: UUID, ids: Sequence[UUID]
) -> None:
    """Tie files to a record beside its fields, in this order."""
    await uow.write(
        compose(
            "INSERT INTO attachment (file_id, entity, record_id, holder_id, position) "
            "SELECT id, {entity}, {record}, {holder}, at FROM unnest({ids}) WITH ORDINALITY AS f(id, at) "
            "ON CONFLICT (holder_id, file_id) DO NOTHING",
            entity=param(entity, "text"),
            record=param(record_id, "uuid"),
            holder=param(holder_id, "uuid"),
            ids=uuids(ids),
        )
    )


async def delete_attachments(uow: UnitOfWork, holder_id: UUID, ids: Sequence[UUID] | None) -> list[UUID]:
    """Untie some (None: all) files of a holder; return which."""
    rows = await uow.write(
        compose(
            "DELETE FROM attachment WHERE holder_id = {holder} AND {chosen} RETURNING file_id",
            holder=param(holder_id, "uuid"),
            chosen=TRUE if ids is None else compose("file_id = ANY({ids})", ids=uuids(ids)),
        )
    )
    return [row["file_id"] for row in rows]


async def select_attachments(uow: UnitOfWork, holder_ids: Sequence[UUID]) -> list[tuple[UUID, StoredFile]]:
    """Return the files that holders tie to records, in order, with their holder."""
    rows = await uow.fetch(
        compose(
            "SELECT a.holder_id, f.* FROM attachment a JOIN file f ON f.id = a.file_id "
            "WHERE a.holder_id = ANY({ids}) ORDER BY a.position, f.id",
            ids=uuids(holder_ids),
        )
    )
    return [(row["holder_id"], file_of(row)) for row in rows]


async def mark_released(uow: UnitOfWork, ids: Sequence[UUID], now: datetime) -> None:
    """Hand files to the clean-up, which deletes them once nothing holds them."""
    await uow.write(
        compose(
            "UPDATE file SET attached_at = NULL, created_by = NULL, created_at = {now} WHERE id = ANY({ids})",
            now=param(now),
            ids=uuids(ids),
        )
    )


async def select_orphans(ctx: Context, before: datetime, limit: int) -> tuple[list[UUID], list[UUID]]:
    """Lock some files that were uploaded before an instant and never attached; return (held after all, held by nothing)."""
    rows = await ctx.uow.write(
        compose(
            "SELECT f.id, {held} AS held FROM file f WHERE f.attached_at IS NULL AND f.created_at < {before} "
            "ORDER BY f.created_at LIMIT {limit} FOR UPDATE OF f SKIP LOCKED",
            held=held_by_records(ctx, SYSTEM, with_deleted=True),
            before=param(before),
            limit=param(limit, "integer"),
        )
    )
    return [row["id"] for row in rows if row["held"]], [row["id"] for row in rows if not row["held"]]


async def delete_files(uow: UnitOfWork, ids: Sequence[UUID]) -> list[str]:
    """Delete uploads; return the hashes of contents that no other upload shares."""
    rows = await uow.write(
        compose(
            "WITH gone AS (DELETE FROM file WHERE id = ANY({ids}) RETURNING id, sha256) "
            "SELECT DISTINCT gone.sha256 FROM gone WHERE NOT EXISTS "
            "(SELECT FROM file f WHERE f.sha256 = gone.sha256 AND f.id <> ALL({ids}))",
            ids=uuids(ids),
        )
    )
    return [row["sha256"] for row in rows]
