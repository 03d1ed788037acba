"""Looking records up by what a file calls them, and by the key that tells which record a row is about."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Decision, Operation
from xiaolu.access.policy import decide, masked
from xiaolu.kit.sql import Sql, all_of, compose, ident, join, param, raw, uuids
from xiaolu.metadata.fields.model import FieldModel
from xiaolu.metadata.model.workspace import table_of
from xiaolu.records.imports.naming import ImportNames, spoken
from xiaolu.records.store.titles import title_source

MOST_LOADED = 100_000
"""Titles of one target that are loaded as a whole; of a larger one only those that the file names."""


async def load_target(ctx: Context, names: ImportNames, target: str) -> None:
    """Load what a target's members are called, unless it is too large for that."""
    if target == "member":
        await _load_members(ctx, names)
        return
    statement = compose(
        "SELECT r.id, {title}::text AS title FROM {source} LIMIT {most}",
        title=_title(ctx, target),
        source=_source(ctx, target),
        most=param(MOST_LOADED + 1, "bigint"),
    )
    rows = await ctx.uow.fetch(statement)
    if len(rows) <= MOST_LOADED:
        names.learn_all(target, [(row["id"], row["title"]) for row in rows if row["title"]])
        await _add_numbers(ctx, names, target)


async def _load_members(ctx: Context, names: ImportNames) -> None:
    rows = await ctx.uow.fetch(raw("SELECT id, name, login, email, phone FROM member WHERE disabled_at IS NULL"))
    names.learn_all("member", [(row["id"], row["name"]) for row in rows])
    for row in rows:
        for alias in (row["login"], row["email"], row["phone"]):
            if alias:
                names.add_alias("member", alias, row["id"])


async def look_up(ctx: Context, names: ImportNames, target: str, wanted: Collection[str]) -> None:
    """Find what some names of a large target lead to."""
    statement = compose(
        "SELECT r.id, {title}::text AS title FROM {source} AND lower({title}::text) = ANY({wanted})",
        title=_title(ctx, target),
        source=_source(ctx, target),
        wanted=param(sorted({each.lower() for each in wanted}), "text[]"),
    )
    found: dict[str, list[UUID]] = {}
    for row in await ctx.uow.fetch(statement):
        found.setdefault(spoken(row["title"]), []).append(row["id"])
    names.learn(target, wanted, found)


def _title(ctx: Context, target: str) -> Sql:
    return title_source(ctx, target)[1]


def _source(ctx: Context, target: str) -> Sql:
    table, _, condition = title_source(ctx, target)
    live = {"department": "r.archived_at IS NULL"}.get(target, "r.deleted_at IS NULL")
    return compose("{table} r WHERE {condition}", table=table, condition=all_of([condition, raw(live)]))


async def find_by_key(
    ctx: Context, entity: str, field: FieldModel, values: Sequence[Any], decision: Decision
) -> dict[Any, list[UUID]]:
    """Return the live records within reach by the value of their key field."""
    storage = field.storage
    if storage is None:
        return {}
    cast = storage.type.partition("(")[0]
    statement = compose(
        "SELECT r.id, {column} AS key FROM {table} r WHERE {column} = ANY({values}) AND r.deleted_at IS NULL AND {reach}",
        column=ident("r", field.key),
        table=ident(table_of(entity)),
        values=param(list(values), f"{cast}[]"),
        reach=decision.predicate,
    )
    found: dict[Any, list[UUID]] = {}
    for row in await ctx.uow.fetch(statement):
        found.setdefault(row["key"], []).append(row["id"])
    return found


async def find_stages(ctx: Context, entity: str, ids: Collection[UUID]) -> dict[UUID, str | None]:
    """Return the stages that records are in."""
    rows = await ctx.uow.fetch(
        compose(
            "SELECT r.id, r.stage FROM {table} r WHERE r.id = ANY({ids})",
            table=ident(table_of(entity)),
            ids=uuids(list(ids)),
        )
    )
    return {row["id"]: row["stage"] for row in rows}


async def find_held(
    ctx: Context, entity: str, keys: Sequence[str], ids: Collection[UUID]
) -> dict[UUID, dict[str, Any]]:
    """Return what some fields of records hold."""
    rows = await ctx.uow.fetch(
        compose(
            "SELECT r.id, {columns} FROM {table} r WHERE r.id = ANY({ids})",
            columns=join(", ", [ident("r", each) for each in keys]),
            table=ident(table_of(entity)),
            ids=uuids(list(ids)),
        )
    )
    return {row["id"]: {each: row[each] for each in keys} for row in rows}


async def _add_numbers(ctx: Context, names: ImportNames, target: str) -> None:
    """Let the records of a target also be named by what tells them apart: their numbers and other unique texts."""
    model = ctx.snapshot.entities.get(target)
    if model is None:
        return
    decision = decide(ctx.actor, ctx.snapshot, target, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    for key, field in model.fields.items():
        if key != model.definition.title and field.storage is not None and _tells_apart(field):
            rows = await ctx.uow.fetch(
                compose(
                    "SELECT r.id, {number} AS number FROM {source} AND {number} IS NOT NULL",
                    number=masked(decision, key, ident("r", key)),
                    source=_source(ctx, target),
                )
            )
            for row in rows:
                names.add_alias(target, row["number"], row["id"])


def _tells_apart(field: FieldModel) -> bool:
    return field.type.key == "auto_number" or (field.definition.unique and field.type.key in ("text", "barcode"))
