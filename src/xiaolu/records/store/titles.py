"""Titles of many things at once, as far as the reader may see them."""

from collections.abc import Collection, Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import decide, masked
from xiaolu.kit.sql import Sql, compose, ident, join, param, raw, uuids
from xiaolu.metadata.fields.protocol import FileInfo
from xiaolu.metadata.model.workspace import table_of
from xiaolu.records.titles import Titles

_NAMED = {"member": "name", "department": "name", "file": "name"}


def new_titles(ctx: Context) -> Titles:
    """Return titles that know the actor alone."""
    titles = Titles(ctx.snapshot, ZoneInfo(ctx.time_zone))
    if ctx.actor.id is not None:
        titles.add("member", ctx.actor.id, ctx.actor.name)
    return titles


async def load_titles(ctx: Context, wanted: Mapping[str, Collection[UUID]], into: Titles | None = None) -> Titles:
    """Load the titles of records, members, departments and files, by target, in one statement.

    Records that the reader may not see are left out, so their names are not given away.
    """
    titles = into or new_titles(ctx)
    pieces = []
    for target, ids in wanted.items():
        missing = [each for each in ids if not titles.knows(target, each)]
        if missing and (target in _NAMED or target in ctx.snapshot.entities):
            pieces.append(_select(ctx, target, missing))
    if pieces:
        for row in await ctx.uow.fetch(join(" UNION ALL ", pieces)):
            titles.add(row["target"], row["id"], row["title"] or "")
    return titles


async def load_files(ctx: Context, ids: Collection[UUID], into: Titles) -> None:
    """Load what file fields need to know of uploaded files; whether the actor may use them is checked on attaching."""
    statement = compose("SELECT id, name, size, content_type FROM file WHERE id = ANY({ids})", ids=uuids(ids))
    for row in await ctx.uow.fetch(statement):
        into.add_file(FileInfo(row["id"], row["name"], row["size"], row["content_type"]))


async def find_live(ctx: Context, wanted: Mapping[str, Collection[UUID]]) -> dict[str, dict[UUID, str]]:
    """Return the titles of what may be pointed to, by target: it exists, is in use, and the actor may see it."""
    found: dict[str, dict[UUID, str]] = {target: {} for target in wanted}
    pieces = []
    for target, ids in wanted.items():
        table, title, condition = title_source(ctx, target)
        pieces.append(
            compose(
                "SELECT {target} AS target, r.id, {title}::text AS title FROM {table} r WHERE r.id = ANY({ids}) AND {live} AND {condition}",
                target=param(target, "text"),
                title=title,
                table=table,
                ids=uuids(ids),
                live=raw(LIVE.get(target, "r.deleted_at IS NULL")),
                condition=condition,
            )
        )
    if pieces:
        for row in await ctx.uow.fetch(join(" UNION ALL ", pieces)):
            found[row["target"]][row["id"]] = row["title"] or ""
    return found


LIVE = {"member": "r.disabled_at IS NULL", "department": "r.archived_at IS NULL", "file": "TRUE"}
"""What may still be pointed to, of the targets that are no entities."""


def title_source(ctx: Context, target: str) -> tuple[Sql, Sql, Sql]:
    """Return table, title column and read condition of a target under the alias ``r``; deleted records are no target."""
    if target in _NAMED:
        return ident(target), ident("r", _NAMED[target]), Sql(("TRUE",))
    title = ctx.snapshot.entities[target].definition.title
    decision = decide(ctx.actor, ctx.snapshot, target, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    return ident(table_of(target)), masked(decision, title, ident("r", title)), decision.predicate


def _select(ctx: Context, target: str, ids: list[UUID]) -> Sql:
    table, title, condition = title_source(ctx, target)
    return compose(
        "SELECT {target} AS target, r.id, {title}::text AS title FROM {table} r WHERE r.id = ANY({ids}) AND {condition}",
        target=param(target, "text"),
        title=title,
        table=table,
        ids=uuids(ids),
        condition=condition,
    )
