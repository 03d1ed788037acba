"""Takes the locks that a change of tables needs without ever making others wait for long.

Whoever waits for an exclusive lock makes everybody behind it wait as well. So all locks are asked for together, within
a small budget of time; when it runs out everything is let go, and after a pause it is tried again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import asyncpg

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import Unavailable
from xiaolu.kit.sql import compose, ident, raw

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for locks, and how often to try again."""

    budget_ms: int = 500
    """Milliseconds within which one attempt must get all its locks."""
    tries: int = 24
    pause_ms: int = 150
    """Pause after the first attempt; it grows with each one, up to eight times as long."""


async def with_locks(
    uow: UnitOfWork, locks: Mapping[str, str], action: Callable[[], Awaitable[T]], patience: Patience
) -> T:
    """Run ``action`` while holding ``locks`` (table → mode), inside the open transaction.

    Raises:
        Unavailable: somebody held the tables through every attempt.
    """
    for attempt in range(patience.tries):
        try:
            async with uow.savepoint():
                await _lock(uow, locks, patience.budget_ms)
                return await action()
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
            await asyncio.sleep(patience.pause_ms * min(1 + attempt, 8) / 1000)
    raise Unavailable("planner.busy", tables=sorted(locks))


async def _lock(uow: UnitOfWork, locks: Mapping[str, str], budget_ms: int) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + budget_ms / 1000
    for table in sorted(locks):
        left = max(1, int((end - loop.time()) * 1000))
        await uow.write(raw(f"SET LOCAL lock_timeout = {left}"))
        await uow.write(compose("LOCK TABLE {table} IN " + locks[table] + " MODE", table=ident(table)))
    await uow.write(raw(f"SET LOCAL lock_timeout = {budget_ms}"))
