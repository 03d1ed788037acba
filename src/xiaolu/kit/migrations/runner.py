"""Makes a workspace's schema and brings its system tables up to date: numbered files, each once, in one transaction."""

from importlib import resources
from typing import Any

import asyncpg

from xiaolu.kit.sql import ident


async def migrate_workspace(connection: "asyncpg.Connection[Any]", schema: str) -> list[str]:
    """Apply the files that the schema lacks, in order, and return their names. Safe to run from several processes."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(hashtext('xiaolu.migrate'), hashtext($1))", schema)
        quoted = ident(schema).render()[0]
        await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted}")
        await connection.execute(f"SET LOCAL search_path = {quoted}")
        await connection.execute(
            "CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
        )
        done = {row["name"] for row in await connection.fetch("SELECT name FROM migration")}
        applied: list[str] = []
        for name, text in workspace_migrations():
            if name not in done:
                await connection.execute(text)
                await connection.execute("INSERT INTO migration (name) VALUES ($1)", name)
                applied.append(name)
        return applied


def workspace_migrations() -> list[tuple[str, str]]:
    """Return the shipped files in order: (name, SQL)."""
    folder = resources.files("xiaolu.kit.migrations").joinpath("workspace")
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".sql")), key=lambda each: each.name)
    return [(each.name, each.read_text(encoding="utf-8")) for each in files]
