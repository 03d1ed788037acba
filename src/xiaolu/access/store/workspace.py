"""SQL of what everybody may know about the workspace."""

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import Sql, compose, param, raw


async def read_name(uow: UnitOfWork) -> str:
    """Return the company's name as people read it; empty where it was never given."""
    found: str = await uow.fetch_value(raw("SELECT name FROM state"))
    return found


def set_name(name: str) -> Sql:
    """Return the statement that names the workspace."""
    return compose("UPDATE state SET name = {name}", name=param(name, "text"))
