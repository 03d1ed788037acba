"""Drops for good what has been aside for long enough."""

from datetime import datetime, timedelta

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import Sql, compose, ident
from xiaolu.metadata.planner.locking import Patience, with_locks
from xiaolu.metadata.planner.locks import EXCLUSIVE
from xiaolu.metadata.planner.model import Aside
from xiaolu.metadata.planner.store import forget_aside, list_asides
from xiaolu.metadata.publishing.store.publications import lock_definitions

KEEP = timedelta(days=90)


async def purge_set_aside(uow: UnitOfWork, now: datetime, *, keep: timedelta = KEEP) -> list[Aside]:
    """Drop tables and columns that were set aside longer than ``keep`` ago, and return them."""
    await lock_definitions(uow)
    old = await list_asides(uow, before=now - keep)
    for aside in old:
        table = aside.table if aside.column else aside.name
        statement = _drop(aside)

        async def drop(this: Sql = statement) -> None:
            await uow.write(this)

        await with_locks(uow, {table: EXCLUSIVE}, drop, Patience())
        await forget_aside(uow, aside.table, aside.name)
    return old


def _drop(aside: Aside) -> Sql:
    if aside.column is None:
        return compose("DROP TABLE {name}", name=ident(aside.name))
    return compose("ALTER TABLE {table} DROP COLUMN {name}", table=ident(aside.table), name=ident(aside.name))
