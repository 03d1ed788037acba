"""Reads what the planner must know of a workspace's database, and keeps account of what was set aside."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import Sql, compose, ident, join, param
from xiaolu.metadata.planner.model import Aside, Table


async def count_rows(uow: UnitOfWork, tables: Mapping[str, str], limit: int) -> dict[str, int]:
    """Return the rows of each table, counted no further than ``limit``; ``tables`` say what each is called now."""
    counted: dict[str, int] = {}
    for table, name in tables.items():
        counted[table] = await uow.fetch_value(
            compose(
                "SELECT count(*) FROM (SELECT FROM {table} LIMIT {limit}) AS counted",
                table=ident(name),
                limit=param(limit, "bigint"),
            )
        )
    return counted


async def count_stages(uow: UnitOfWork, table: str, condition: Sql) -> dict[str, int]:
    """Return how many live records ``r`` that meet a condition are in each stage."""
    found = await uow.fetch(
        compose(
            "SELECT r.stage, count(*) AS records FROM {table} AS r"
            " WHERE r.deleted_at IS NULL AND r.stage IS NOT NULL AND {condition} GROUP BY r.stage",
            table=ident(table),
            condition=condition,
        )
    )
    return {row["stage"]: row["records"] for row in found}


async def count_holders(uow: UnitOfWork, roles: Sequence[str]) -> int:
    """Return how many active members hold one of the roles."""
    held: int = await uow.fetch_value(
        compose(
            "SELECT count(DISTINCT r.member_id) FROM member_role r JOIN member m ON m.id = r.member_id"
            " WHERE r.role = ANY({roles}) AND m.disabled_at IS NULL",
            roles=param(list(roles), "text[]"),
        )
    )
    return held


async def is_valid_index(uow: UnitOfWork, name: str) -> bool:
    """Tell whether an index exists and was built to its end."""
    return bool(
        await uow.fetch_value(
            compose(
                "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(quote_ident({name}))", name=param(name)
            )
        )
    )


async def list_asides(uow: UnitOfWork, *, before: datetime | None = None) -> list[Aside]:
    """Return every table and column that is set aside (with ``before``: since then or longer), the oldest first.

    Columns come before tables.
    """
    found = await uow.fetch(
        compose(
            "SELECT name, table_name, column_name, type, kind, version, target, cast_sql, cast_to, shape::text AS shape"
            " FROM definition_aside WHERE {before} IS NULL OR at <= {before} ORDER BY column_name IS NULL, version, name",
            before=param(before, "timestamptz"),
        )
    )
    return [
        Aside(
            name=row["name"],
            table=row["table_name"],
            column=row["column_name"],
            type=row["type"],
            kind=row["kind"],
            version=row["version"],
            references=row["target"],
            using=row["cast_sql"],
            became=row["cast_to"],
            shape=msgspec.json.decode(row["shape"], type=Table) if row["shape"] else None,
        )
        for row in found
    ]


async def add_aside(uow: UnitOfWork, aside: Aside, now: datetime) -> None:
    """Note that something was set aside."""
    shape = msgspec.json.encode(aside.shape).decode() if aside.shape else None
    await uow.write(
        compose(
            "INSERT INTO definition_aside"
            " (name, table_name, column_name, type, kind, version, target, cast_sql, cast_to, shape, at)"
            " VALUES ({values})",
            values=join(
                ", ",
                [
                    param(aside.name),
                    param(aside.table),
                    param(aside.column),
                    param(aside.type),
                    param(aside.kind),
                    param(aside.version),
                    param(aside.references),
                    param(aside.using),
                    param(aside.became),
                    param(shape, "json"),
                    param(now),
                ],
            ),
        )
    )


async def rename_aside_table(uow: UnitOfWork, before: str, after: str) -> None:
    """Note that the table of columns that are set aside has another name now."""
    await uow.write(
        compose(
            "UPDATE definition_aside SET table_name = {after} WHERE table_name = {before} AND column_name IS NOT NULL",
            before=param(before),
            after=param(after),
        )
    )


async def forget_aside(uow: UnitOfWork, table: str, name: str) -> None:
    """Note that something was brought back, or purged."""
    await uow.write(
        compose(
            "DELETE FROM definition_aside WHERE table_name = {table} AND name = {name}",
            table=param(table),
            name=param(name),
        )
    )
