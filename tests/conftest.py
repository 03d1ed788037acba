"""A real PostgreSQL for the whole run, and a fresh workspace schema for each test that asks for one."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, Protocol, TypeVar
from uuid import uuid4

import asyncpg
import pytest
from hypothesis import settings

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.migrations.runner import migrate_workspace
from xiaolu.kit.postgres import start_embedded
from xiaolu.kit.ratelimit import TokenBuckets

T = TypeVar("T")

settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("exploring", deadline=None)
# No test depends on how fast a machine is, nor on chance: EXPLORE=1 draws other examples than the ones before.
settings.load_profile("exploring" if "EXPLORE" in os.environ else "steady")


class Run(Protocol):
    """Runs a coroutine to its end."""

    def __call__(self, coroutine: Coroutine[Any, Any, T], /) -> T:
        """Return what the coroutine returns."""
        ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slow tests of whole installations, so that several processes end at the same time."""
    items.sort(key=lambda each: not each.nodeid.startswith("tests/system/"))


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """Address of a private PostgreSQL server, started for this run (or the one TEST_DATABASE_URL names)."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="xiaolu-test-", dir="/tmp"))
    folder.chmod(0o711)
    server = start_embedded(folder)
    try:
        asyncio.run(_hurry(server.url))
        yield server.url
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


async def _hurry(url: str) -> None:
    """Let the server of the tests, which is thrown away, not wait for the disk; crash tests have servers of their own."""
    connection = await asyncpg.connect(url)
    try:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            await connection.execute(f"ALTER SYSTEM SET {setting} = off")
        # Statistics that the server takes on its own, at any moment, hold back for that long what readers of events see.
        await connection.execute("ALTER SYSTEM SET autovacuum_analyze_threshold = 2000000000")
        await connection.execute("SELECT pg_reload_conf()")
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    """One event loop for the run, so that connections may outlive a test."""
    with asyncio.Runner() as loop:
        yield loop


@pytest.fixture
def run(runner: asyncio.Runner) -> Run:
    """Run a coroutine to its end: ``run(service(ctx))``."""
    return runner.run


@pytest.fixture
def stopped_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Token buckets made from here on are never refilled, however long a slow machine takes."""
    whole = TokenBuckets.__init__

    def begin(self: TokenBuckets, *given: Any, **named: Any) -> None:
        whole(self, *given, **{**named, "clock": lambda: 0.0})

    monkeypatch.setattr(TokenBuckets, "__init__", begin)


class Database:
    """A workspace of its own: a schema with all system tables."""

    def __init__(self, url: str, schema: str) -> None:
        self.url = url
        self.schema = schema

    async def connect(self) -> "asyncpg.Connection[Any]":
        """Open a connection whose search path is the workspace."""
        connection: asyncpg.Connection[Any] = await asyncpg.connect(
            self.url, server_settings={"search_path": self.schema}
        )
        return connection

    async def uow(self) -> UnitOfWork:
        """Open a unit of work on a new connection (close ``uow.connection`` when done)."""
        return UnitOfWork(await self.connect())


@pytest.fixture
def database(database_url: str, runner: asyncio.Runner) -> Iterator[Database]:
    """A fresh, migrated workspace schema, dropped afterwards."""
    schema = f"w_{uuid4().hex[:12]}"

    async def make() -> None:
        connection = await asyncpg.connect(database_url)
        try:
            await migrate_workspace(connection, schema)
        finally:
            await connection.close()

    async def drop() -> None:
        connection = await asyncpg.connect(database_url)
        try:
            await connection.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')
        finally:
            await connection.close()

    runner.run(make())
    yield Database(database_url, schema)
    runner.run(drop())


@pytest.fixture
def uow(database: Database, runner: asyncio.Runner) -> Iterator[UnitOfWork]:
    """A unit of work on the test's workspace; rolled back and closed at the end."""
    unit = runner.run(database.uow())
    yield unit
    runner.run(unit.abandon())
    runner.run(unit.connection.close())
