"""Looking records up by what a file calls them, and by the key that tells which record a row is about."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Decision
from xiaolu.kit.sql import Sql, all_of, compose, ident, param, raw
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
