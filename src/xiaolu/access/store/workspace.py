"""SQL of what everybody may know about the workspace."""

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import Sql, compose, param, raw


async def read_standing(uow: UnitOfWork) -> tuple[str, str]:
    """Return the company's name (empty where it was never given) and the oldest transaction that is still open."""
    row = await uow.fetch_one(raw("SELECT name, pg_snapshot_xmin(pg_current_snapshot())::text AS since FROM state"))
    assert row is not None  # every migrated workspace has its one row
    return row["name"], row["since"]


def set_name(name: str) -> Sql:
    """Return the statement that names the workspace."""
    return compose("UPDATE state SET name = {name}", name=param(name, "text"))
