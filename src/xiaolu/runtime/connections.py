"""The database connections of one process, handed from one unit of work straight to the next."""

import asyncio
import contextlib
from typing import Any, TypeAlias

import asyncpg

from xiaolu.kit.errors import Unavailable

Connection: TypeAlias = "asyncpg.pool.PoolConnectionProxy[Any]"
WAIT_SECONDS = 10
"""How long a unit of work waits for a free connection."""
LONG_WAY = 64
"""Every so many returns go through the driver's pool, which replaces connections that have served long."""
LOST = (asyncpg.InterfaceError, asyncpg.InternalClientError, asyncpg.PostgresConnectionError, ConnectionError)
"""What a connection raises that is gone (the driver's internal error: it broke in the middle of an exchange)."""


class Connections:
    """Keeps idle connections at hand in front of the driver's pool, whose own bookkeeping costs more than a short query.

    A connection that saw an error goes back to the pool, which cleans up or replaces it.
    """

    def __init__(self, pool: "asyncpg.Pool[Any]") -> None:
        self._pool = pool
        self._idle: list[Connection] = []
        self.taken = 0
        """How many are in use."""
        self._waiting = 0
        self._returned = 0

    async def take(self) -> Connection:
        """Return a connection that nobody else uses until it is given back.

        Raises:
            Unavailable: the database cannot be reached, or all connections have been busy for long.
        """
        self.taken += 1
        try:
            return await self._take()
        except BaseException:
            self.taken -= 1
            raise

    async def _take(self) -> Connection:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
            await self._release(connection)
        self._waiting += 1
        try:
            return await self._pool.acquire(timeout=WAIT_SECONDS)
        except (OSError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError, TimeoutError) as error:
            raise Unavailable("database.unavailable", retry_after=2) from error
        finally:
            self._waiting -= 1

    async def give_back(self, connection: Connection, *, is_intact: bool) -> None:
        """Hand a connection on; ``is_intact``: nothing failed on it, and no transaction is open."""
        self.taken -= 1
        self._returned += 1
        if is_intact and not self._waiting and self._returned % LONG_WAY and not connection.is_closed():
            self._idle.append(connection)
        else:
            await self._release(connection)

    async def _release(self, connection: Connection) -> None:
        await asyncio.shield(self._pool.release(connection))

    async def close(self) -> None:
        """Close every connection, waiting a while for those in use."""
        while self._idle:
            await self._release(self._idle.pop())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._pool.close(), WAIT_SECONDS)


def close_now(connection: Connection) -> None:
    """Close a connection without a word to the server, unless it was lost already."""
    with contextlib.suppress(asyncpg.InterfaceError):
        connection.terminate()


async def _keep_session(_: Any) -> None:
    """Leave a returned connection as it is: every transaction was ended by its unit of work (saves a round trip)."""


async def open_connections(url: str, schema: str, size: int) -> Connections:
    """Connect to a workspace's schema, with up to ``size`` connections."""
    pool = await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        server_settings={"search_path": schema, "timezone": "UTC", "application_name": "xiaolu"},
        reset=_keep_session,
        statement_cache_size=512,
    )
    return Connections(pool)
