"""Databases of other platforms in the PostgreSQL that serves us all."""

import asyncio
from typing import Any

import asyncpg

from xiaolu.kit.postgres import EmbeddedServer


def make_database(server: EmbeddedServer, name: str) -> None:
    """Make an empty database."""
    run_sql(server, "postgres", f'CREATE DATABASE "{name}"')


def run_sql(server: EmbeddedServer, database: str, text: str, *values: Any) -> Any:
    """Run one statement in a database and return its first value."""

    async def work() -> Any:
        access = server.access
        connection = await asyncpg.connect(
            host="127.0.0.1", port=access.port, user="xiaolu", password=access.password, database=database
        )
        try:
            return await connection.fetchval(text, *values, timeout=300)
        finally:
            await connection.close()

    return asyncio.run(work())
