"""What a formula gives on a few records: one statement, bounded in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from xiaolu.access.policy import masked
from xiaolu.formula import Compiled, to_sql
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import compose, ident, param, raw
from xiaolu.records.queries.store.columns import Source
from xiaolu.records.queries.store.formulas import environment_of

LONGEST = "2s"
"""Time that the evaluation on a few records may take."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a formula gives on one record."""

    record: UUID
    title: str | None
    value: Any


async def read_samples(uow: UnitOfWork, source: Source, compiled: Compiled, limit: int) -> list[Sample] | None:
    """Evaluate a formula on the newest records that the person may read; None where it takes too long."""
    title = source.model.definition.title
    newest = compose(
        "SELECT r.id FROM {table} r WHERE r.deleted_at IS NULL AND {reads} ORDER BY r.id DESC LIMIT {limit}",
        table=ident(source.model.table),
        reads=source.decision.predicate,
        limit=raw(str(limit)),
    )
    statement = compose(
        "SELECT r.id, {title}::text AS title, {value} AS value FROM {table} r WHERE r.id = ANY(ARRAY({newest}))"
        " ORDER BY r.id DESC",
        title=masked(source.decision, title, ident("r", title)),
        value=to_sql(compiled, alias="r", env=environment_of(source)),
        table=ident(source.model.table),
        newest=newest,
    )
    rows: Sequence[Any]
    try:
        async with uow.savepoint():
            await uow.fetch(
                compose("SELECT set_config('statement_timeout', {most}, TRUE)", most=param(LONGEST, "text"))
            )
            rows = await uow.fetch(statement)
    except asyncpg.QueryCanceledError:
        return None
    return [Sample(row["id"], row["title"], row["value"]) for row in rows]
