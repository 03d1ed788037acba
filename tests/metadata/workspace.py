"""A workspace to publish in."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar
from uuid import UUID, uuid4

import asyncpg

from tests.conftest import Database
from xiaolu.kit.db import UnitOfWork
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.publishing.service import install_definitions

T = TypeVar("T")
Run = Callable[[Coroutine[Any, Any, T]], T]


class Workspace:
    """Publishes definitions and writes rows past the platform, as tests of tables need it."""

    def __init__(self, database: Database, uow: UnitOfWork) -> None:
        self.database = database
        self.uow = uow
        self._opened: list[asyncpg.Connection[Any]] = []

    async def connect(self) -> "asyncpg.Connection[Any]":
        """Open another connection, closed with the workspace."""
        connection = await self.database.connect()
        self._opened.append(connection)
        return connection

    async def unit(self) -> UnitOfWork:
        """Open a unit of work on another connection, closed with the workspace."""
        return UnitOfWork(await self.connect())

    def close(self) -> None:
        """Drop the other connections, whatever they are doing."""
        for connection in self._opened:
            connection.terminate()

    @property
    def connection(self) -> "asyncpg.Connection[Any]":
        connection: asyncpg.Connection[Any] = self.uow.connection  # type: ignore[assignment]
        return connection

    async def publish(self, definitions: Definitions) -> int:
        version = await install_definitions(self.uow, definitions)
        await self.uow.finish()
        return version

    async def insert(self, entity: str, **values: Any) -> UUID:
        identifier = uuid4()
        names = ["id", "created_at", "updated_at", *values]
        slots = ["$1", "now()", "now()", *(f"${number + 2}" for number in range(len(values)))]
        columns = ", ".join(f'"{name}"' for name in names)
        await self.connection.execute(
            f'INSERT INTO "r_{entity}" ({columns}) VALUES ({", ".join(slots)})', identifier, *values.values()
        )
        return identifier

    async def insert_many(self, entity: str, count: int, **values: str) -> None:
        """Insert ``count`` rows; values are SQL in which ``n`` is the row's number."""
        columns = "".join(f', "{name}"' for name in values)
        terms = "".join(f", {term}" for term in values.values())
        await self.connection.execute(
            f'INSERT INTO "r_{entity}" (id, created_at, updated_at{columns})'
            f" SELECT uuidv7(), now(), now(){terms} FROM generate_series(1, {count}) AS n"
        )

    async def until(self, statement: str, *, unless: "asyncio.Task[Any] | None" = None) -> None:
        """Wait until the statement is true, or the task is over."""
        while not await self.value(statement) and not (unless and unless.done()):
            await self.value("SELECT pg_sleep(0.01)")

    async def value(self, statement: str, *values: Any) -> Any:
        return await self.connection.fetchval(statement, *values)
