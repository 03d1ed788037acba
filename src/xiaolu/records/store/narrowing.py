"""What the records that a narrowed relation leads to hold in the field that narrows it."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.kit.sql import Sql, compose, ident, raw, uuids
from xiaolu.metadata.model.workspace import link_table_of, table_of
from xiaolu.records.blueprint import Narrowed


async def find_suiting(ctx: Context, narrowed: Narrowed, ids: Collection[UUID]) -> Mapping[UUID, Any]:
    """Return, by record, what stands in the field that narrows, whoever asks."""
    rows = await ctx.uow.fetch(
        compose(
            "SELECT r.id, {by} AS found FROM {table} r WHERE r.id = ANY({ids})",
            by=ident("r", narrowed.by.key),
            table=ident(table_of(narrowed.target.key)),
            ids=uuids(ids),
        )
    )
    return {row["id"]: row["found"] for row in rows}


async def find_leading(
    ctx: Context, narrowed: Narrowed, targets: Collection[UUID], *, records: Collection[UUID] | None = None
) -> Mapping[UUID, bool]:
    """Return the live records (of ``records``, if given) that lead to any of ``targets``, and whether all of those suit."""
    part = narrowed.part
    source = compose("{table} r JOIN {target} t ON t.id = r.{part}", part=ident(part.key), **_tables(narrowed))
    if part.place == "links":
        source = compose(
            "{links} l JOIN {table} r ON r.id = l.source JOIN {target} t ON t.id = l.target",
            links=ident(link_table_of(part.owner, part.key)),
            **_tables(narrowed),
        )
    rows = await ctx.uow.fetch(
        compose(
            "SELECT r.id, bool_and(r.{field} IS NULL OR r.{field} IS NOT DISTINCT FROM t.{by}) AS suits FROM {source} "
            "WHERE t.id = ANY({targets}) AND r.deleted_at IS NULL{only} GROUP BY r.id",
            field=ident(narrowed.field.key),
            by=ident(narrowed.by.key),
            source=source,
            targets=uuids(targets),
            only=raw("") if records is None else compose(" AND r.id = ANY({records})", records=uuids(records)),
        )
    )
    return {row["id"]: row["suits"] for row in rows}


def _tables(narrowed: Narrowed) -> dict[str, Sql]:
    return {"table": ident(table_of(narrowed.part.owner)), "target": ident(table_of(narrowed.target.key))}
