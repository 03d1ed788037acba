"""Counts over the records of the workspace, for those who build: numbers alone, nobody's values."""

from collections.abc import Mapping, Sequence

import asyncpg

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import Sql, compose, ident, join, param, raw
from xiaolu.metadata.model.workspace import table_of

LONGEST = "5s"
"""Time that counting may take; a count that takes longer is not known."""


async def count_choices(uow: UnitOfWork, fields: Sequence[tuple[str, str, bool]]) -> dict[str, int] | None:
    """Return how many records hold each option, over fields given as (entity, field, is a list); None: takes too long."""
    if not fields:
        return {}
    statement = compose(
        "SELECT choice, sum(records)::bigint AS records FROM ({pieces}) AS counted WHERE choice IS NOT NULL GROUP BY choice",
        pieces=join(" UNION ALL ", [_count(entity, field, is_list=is_list) for entity, field, is_list in fields]),
    )
    try:
        async with uow.savepoint():
            await uow.fetch(
                compose("SELECT set_config('statement_timeout', {most}, TRUE)", most=param(LONGEST, "text"))
            )
            return {row["choice"]: row["records"] for row in await uow.fetch(statement)}
    except asyncpg.QueryCanceledError:
        return None


def _count(entity: str, field: str, *, is_list: bool) -> Sql:
    choice = compose("unnest({column})", column=ident(field)) if is_list else ident(field)
    return compose(
        "SELECT {choice}::text AS choice, count(*) AS records FROM {table} WHERE deleted_at IS NULL GROUP BY 1",
        choice=choice,
        table=ident(table_of(entity)),
    )


async def count_holders(uow: UnitOfWork, role: str) -> int:
    """Return how many members who may sign in have a role."""
    statement = "SELECT count(*) FROM member_role h JOIN member m ON m.id = h.member_id WHERE h.role = {role} AND m.disabled_at IS NULL"
    return int(await uow.fetch_value(compose(statement, role=param(role, "text"))))


async def counted(uow: UnitOfWork, numbering: str, period: str) -> int | None:
    """Return how far a numbering has counted in a period."""
    found: int | None = await uow.fetch_value(
        compose(
            "SELECT value FROM numbering_counter WHERE numbering = {numbering} AND period = {period}",
            numbering=param(numbering, "text"),
            period=param(period, "text"),
        )
    )
    return found


async def count_records(uow: UnitOfWork, entities: Sequence[str], most: int) -> dict[str, int]:
    """Return how many records each entity has, counted no further than ``most``."""
    if not entities:
        return {}
    pieces = [
        compose(
            "SELECT {entity} AS entity, count(*) AS records FROM (SELECT FROM {table} WHERE deleted_at IS NULL LIMIT {most}) AS t",
            entity=param(each, "text"),
            table=ident(table_of(each)),
            most=raw(str(most)),
        )
        for each in entities
    ]
    return {row["entity"]: row["records"] for row in await uow.fetch(join(" UNION ALL ", pieces))}


async def read_places(uow: UnitOfWork) -> dict[str, tuple[int, int]]:
    """Return where entities stand on the picture of the model."""
    return {row["entity"]: (row["x"], row["y"]) for row in await uow.fetch(raw("SELECT entity, x, y FROM model_place"))}


async def write_places(uow: UnitOfWork, places: Mapping[str, tuple[int, int]], *, keep: bool) -> None:
    """Put entities at places; without ``keep`` all others are forgotten."""
    if not keep:
        await uow.write(raw("DELETE FROM model_place"))
    await uow.write(
        compose(
            "INSERT INTO model_place (entity, x, y) SELECT * FROM unnest({entities}, {xs}, {ys})"
            " ON CONFLICT (entity) DO UPDATE SET x = EXCLUDED.x, y = EXCLUDED.y",
            entities=param(list(places), "text[]"),
            xs=param([x for x, _ in places.values()], "integer[]"),
            ys=param([y for _, y in places.values()], "integer[]"),
        )
    )
