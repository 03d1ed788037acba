"""Runs the statement that works a computed field out, and copes with values that its column cannot hold."""

import asyncpg

from xiaolu.formula import SqlEnv
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import TRUE, Sql
from xiaolu.metadata.model.running import Running
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.planner.computing import compute, fill_field
from xiaolu.metadata.planner.model import FillField


async def fill_fields(
    uow: UnitOfWork,
    definitions: Definitions,
    operation: FillField,
    env: SqlEnv,
    *,
    running: Running,
    scope: Sql = TRUE,
) -> None:
    """Work a field out for the rows in ``scope``; values that do not fit their column stay empty."""
    compiled = compute(definitions, running).formulas[operation.entity, operation.field]
    try:
        async with uow.savepoint():
            await uow.write(fill_field(definitions, compiled, operation, env, scope=scope))
    except asyncpg.DataError:
        await uow.write(fill_field(definitions, compiled, operation, env, scope=scope, is_guarded=True))
