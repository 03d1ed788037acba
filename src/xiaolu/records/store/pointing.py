"""What points at records: relations, pairs and rows of other entities; and pointing it elsewhere, set-wise, with events."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.policy import related_predicate
from xiaolu.kit.sql import Template, compose, ident, join, param, raw, slot, uuids
from xiaolu.metadata.model.workspace import link_table_of, table_of
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.records.store.pieces import event_insert, event_values


@dataclass(frozen=True, slots=True)
class Pointer:
    """A field of some entity whose values lead to the entity at hand."""

    entity: str
    field: str
    is_links: bool
    is_cleared: bool
    """What becomes of the value when its target is purged: emptied, or the purge is refused."""


def pointers_to(snapshot: Snapshot, target: str) -> list[Pointer]:
    """Return the relations and many-to-many fields that lead to an entity."""
    found: list[Pointer] = []
    for model in snapshot.entities.values():
        for key, each in model.fields.items():
            kind = each.definition.type
            if kind in ("relation", "many_to_many") and each.type.target(each.definition) == target:
                is_links = kind == "many_to_many"
                is_cleared = is_links or each.definition.options.get("on_delete") == "clear"
                found.append(Pointer(model.key, key, is_links, is_cleared))
    return found


async def count_pointing(ctx: Context, pointers: Sequence[Pointer], ids: Collection[UUID]) -> list[tuple[Pointer, int]]:
    """Return how many live records point to any of ``ids``, by pointer."""
    if not pointers:
        return []
    pieces = [
        compose(
            "SELECT {number}::int AS number, count(*) AS n FROM {table} r WHERE r.{field} = ANY({ids}) AND r.deleted_at IS NULL",
            number=param(number, "int"),
            table=ident(table_of(each.entity)),
            field=ident(each.field),
            ids=uuids(ids),
        )
        for number, each in enumerate(pointers)
    ]
    rows = await ctx.uow.fetch(join(" UNION ALL ", pieces))
    return [(pointers[row["number"]], row["n"]) for row in rows if row["n"]]


async def count_readable(ctx: Context, pointers: Sequence[Pointer], identifier: UUID) -> list[tuple[Pointer, int]]:
    """Return how many live records that the actor may read lead to a record, by pointer, none included."""
    if not pointers:
        return []
    pieces = []
    for number, each in enumerate(pointers):
        leads = compose("r.{field} = {id}", field=ident(each.field), id=param(identifier, "uuid"))
        if each.is_links:
            leads = compose(
                "r.id IN (SELECT source FROM {table} WHERE target = {id})",
                table=ident(link_table_of(each.entity, each.field)),
                id=param(identifier, "uuid"),
            )
        pieces.append(
            compose(
                "SELECT {number}::int AS number, count(*) AS n FROM {table} r WHERE {leads} AND r.deleted_at IS NULL AND {reached}",
                number=param(number, "int"),
                table=ident(table_of(each.entity)),
                leads=leads,
                reached=related_predicate(
                    ctx.actor, ctx.snapshot, each.entity, alias="r", now=ctx.now, time_zone=ctx.time_zone
                ),
            )
        )
    rows = await ctx.uow.fetch(join(" UNION ALL ", pieces))
    return [(pointers[row["number"]], row["n"]) for row in rows]


async def find_pointing(ctx: Context, pointer: Pointer, ids: Collection[UUID]) -> list[UUID]:
    """Return the records, deleted ones included, whose relation leads to any of ``ids``, and hold them."""
    rows = await ctx.uow.write(
        compose(
            "SELECT r.id FROM {table} r WHERE r.{field} = ANY({ids}) ORDER BY r.id FOR NO KEY UPDATE",
            table=ident(table_of(pointer.entity)),
            field=ident(pointer.field),
            ids=uuids(ids),
        )
    )
    return [row["id"] for row in rows]


async def repoint(ctx: Context, pointer: Pointer, records: Collection[UUID], to: UUID | None) -> None:
    """Let a relation of some records lead to ``to`` (None: nowhere), each with its event; never to the record itself."""
    key = f"'{pointer.field}'"
    template = Template(
        compose(
            "WITH w AS (UPDATE {table} AS w SET {field} = nullif({to}, w.id), version = w.version + 1, updated_at = {now}, "
            "updated_by = {actor} WHERE w.id = ANY({ids}) RETURNING w.id, w.version, old.{field} AS was, w.{field} AS became) "
            "{event}",
            table=ident(table_of(pointer.entity)),
            field=ident(pointer.field),
            to=slot("to", "uuid"),
            now=slot("now", "timestamptz"),
            actor=slot("actor", "uuid"),
            ids=slot("ids", "uuid[]"),
            event=event_insert(
                "w",
                kind="record.updated",
                version=raw("w.version"),
                before=raw(f"jsonb_build_object({key}, w.was)"),
                after=raw(f"jsonb_build_object({key}, w.became)"),
            ),
        )
    )
    values: dict[str, Any] = {**event_values(ctx, pointer.entity), "to": to, "ids": list(records)}
    await ctx.uow.begin()
    await ctx.uow.run_text(template.text, template.bind(values))


async def repoint_links(ctx: Context, pointer: Pointer, ids: Collection[UUID], to: UUID) -> set[UUID]:
    """Let pairs that lead to ``ids`` lead to ``to``, each pair once; return the records that had them."""
    table = ident(link_table_of(pointer.entity, pointer.field))
    rows = await ctx.uow.write(
        compose(
            "WITH gone AS (DELETE FROM {table} WHERE target = ANY({ids}) RETURNING source, position), "
            "made AS (INSERT INTO {table} (source, target, position) SELECT source, {to}, min(position) FROM gone "
            "WHERE source <> {to} GROUP BY source ON CONFLICT (source, target) DO NOTHING) SELECT DISTINCT source AS id FROM gone",
            table=table,
            ids=uuids(ids),
            to=param(to, "uuid"),
        )
    )
    return {row["id"] for row in rows}


async def find_linking(ctx: Context, pointer: Pointer, ids: Collection[UUID]) -> set[UUID]:
    """Return the records whose many-to-many field leads to any of ``ids``."""
    rows = await ctx.uow.fetch(
        compose(
            "SELECT DISTINCT source AS id FROM {table} WHERE target = ANY({ids})",
            table=ident(link_table_of(pointer.entity, pointer.field)),
            ids=uuids(ids),
        )
    )
    return {row["id"] for row in rows}


async def adopt_rows(ctx: Context, child: str, parents: Collection[UUID], to: UUID) -> None:
    """Let the rows of some records belong to another one, behind those that it has."""
    await ctx.uow.write(
        compose(
            "UPDATE {table} AS w SET parent_id = {to}, version = w.version + 1, position = w.position + "
            "(SELECT coalesce(max(o.position), -1) + 1 FROM {table} o WHERE o.parent_id = {to}) WHERE w.parent_id = ANY({parents})",
            table=ident(table_of(child)),
            to=param(to, "uuid"),
            parents=uuids(parents),
        )
    )


async def row_ids(ctx: Context, child: str, parents: Collection[UUID], *, deleted_at: Any = None) -> list[UUID]:
    """Return the rows of some records: live ones, or those that went to the bin with their record at ``deleted_at``."""
    rows = await ctx.uow.fetch(
        compose(
            "SELECT r.id FROM {table} r WHERE r.parent_id = ANY({parents}) AND r.deleted_at IS NOT DISTINCT FROM {at}",
            table=ident(table_of(child)),
            parents=uuids(parents),
            at=param(deleted_at, "timestamptz"),
        )
    )
    return [row["id"] for row in rows]


async def mark_rows(ctx: Context, child: str, ids: Collection[UUID], deleted_at: Any) -> None:
    """Put rows into the bin with their record, or take them out of it."""
    await ctx.uow.write(
        compose(
            "UPDATE {table} SET deleted_at = {at}, version = version + 1 WHERE id = ANY({ids})",
            table=ident(table_of(child)),
            at=param(deleted_at, "timestamptz"),
            ids=uuids(ids),
        )
    )


async def erase(ctx: Context, entity: str, ids: Collection[UUID]) -> None:
    """Delete rows for good; rows of sub-tables and pairs go with them."""
    await ctx.uow.write(
        compose("DELETE FROM {table} WHERE id = ANY({ids})", table=ident(table_of(entity)), ids=uuids(ids))
    )
