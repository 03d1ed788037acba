"""The running workspace that the web server, the worker and the command line share."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

import asyncpg

from xiaolu.access.context import Cause, Context
from xiaolu.access.model import SYSTEM, Actor
from xiaolu.kit.answers import Answers
from xiaolu.kit.clock import SystemClock
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import Invalid, Unavailable
from xiaolu.kit.migrations.runner import migrate_workspace
from xiaolu.kit.sealing import passing_keys
from xiaolu.kit.sql import compose, param, raw
from xiaolu.kit.workcalendar import WorkCalendar, load_calendar, refresh_work_days
from xiaolu.metadata.publishing.service import load_snapshot
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.runtime.connections import LOST, Connections, close_now, open_connections

WATCH_SECONDS = 1.0
"""How often the shared state is read: the longest time for which another process's change may go unnoticed."""


@dataclass(frozen=True, slots=True)
class State:
    """What every process watches; when a counter grows, the cache behind it is stale."""

    definitions: int
    access: int
    calendar: int
    time_zone: str
    clock_offset: timedelta


class _Unit(contextlib.AbstractAsyncContextManager[UnitOfWork]):
    """A unit of work from its connection to its commit; every request has one, hence no generator."""

    __slots__ = ("_connection", "_is_watching", "_uow", "_workspace")

    def __init__(self, workspace: "Workspace", uow: UnitOfWork, *, is_watching: bool) -> None:
        self._workspace = workspace
        self._uow = uow
        self._is_watching = is_watching

    async def __aenter__(self) -> UnitOfWork:
        self._connection = await self._workspace.connections.take()
        self._uow.open(self._connection)
        return self._uow

    async def __aexit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        is_intact = False
        try:
            if error is None:
                await self._uow.finish()
                is_intact = True
        except BaseException as failure:
            await self._give_up(failure)
            raise
        else:
            if error is not None:
                await self._give_up(error)
        finally:
            await self._workspace.connections.give_back(self._connection, is_intact=is_intact)
        if error is None and not self._is_watching:
            self._workspace.committed.set()
        if is_intact and self._uow.changes_state:
            await self._workspace.read_state()

    async def _give_up(self, error: BaseException) -> None:
        """Roll back; a lost connection is told as such.

        Who is told to stop leaves at once, in the middle of an exchange too: the connection is closed, and PostgreSQL
        rolls back. Nobody else may find it half rolled back.
        """
        if not isinstance(error, Exception):
            close_now(self._connection)
            return
        lost = error if isinstance(error, LOST) else None
        try:
            await self._uow.abandon()
        except LOST as found:
            lost = found
        except asyncio.CancelledError:
            close_now(self._connection)
            raise
        if lost is not None:
            raise Unavailable("database.unavailable", retry_after=2) from lost


class Workspace:
    """One workspace in this process. Use ``open_workspace`` to make one."""

    def __init__(self, connections: Connections, schema: str, clock: SystemClock) -> None:
        self.connections = connections
        self.schema = schema
        self.clock = clock
        self.keys = passing_keys()
        """Set by whoever opened the workspace, where secrets are sealed or opened."""
        self.answers = Answers()
        """Kept by this process; set by whoever opened the workspace, where it should keep more or none."""
        self.state = State(-1, -1, -1, "Asia/Shanghai", timedelta(0))
        self._snapshot: Snapshot | None = None
        self._calendar: tuple[tuple[int, str], WorkCalendar] | None = None
        self._loading = asyncio.Lock()
        self._listeners: list[Callable[[State], None]] = []
        self.committed = asyncio.Event()

    @property
    def now(self) -> datetime:
        """Return the current instant of this workspace's clock."""
        return self.clock.now()

    def unit(
        self, uow: UnitOfWork | None = None, *, is_watching: bool = False
    ) -> contextlib.AbstractAsyncContextManager[UnitOfWork]:
        """Give a unit of work (``uow``, if it waits to be opened): committed when the block ends, rolled back when it raises.

        ``is_watching``: it only looks for what others did, and does not wake those who wait for ``committed``.
        """
        return _Unit(self, uow or UnitOfWork(), is_watching=is_watching)

    @contextlib.asynccontextmanager
    async def context(
        self,
        actor: Actor = SYSTEM,
        cause: Cause | None = None,
        *,
        address: str | None = None,
        is_watching: bool = False,
    ) -> AsyncIterator[Context]:
        """Give the surroundings of one use case; its unit of work is committed when the block ends."""
        snapshot, calendar = await self.snapshot(), await self.calendar()
        async with self.unit(is_watching=is_watching) as uow:
            yield Context(
                uow=uow,
                now=self.now,
                actor=actor,
                snapshot=snapshot,
                language=actor.language or "zh",
                time_zone=self.state.time_zone,
                cause=cause or Cause(),
                keys=self.keys,
                calendar=calendar,
                answers=self.answers,
                address=address,
            )

    async def renew(self, ctx: Context) -> Context:
        """Return the context with fresh definitions and a fresh transaction; its work so far is rolled back."""
        await ctx.uow.abandon()
        await self.read_state()
        return replace(ctx, snapshot=await self.snapshot(), now=self.now)

    async def snapshot(self) -> Snapshot:
        """Return the definitions in force, loaded once per version."""
        current = self._snapshot
        if current is not None and current.version == self.state.definitions:
            return current
        async with self._loading:
            if self._snapshot is None or self._snapshot.version != self.state.definitions:
                async with self.unit() as uow:
                    self._snapshot = await load_snapshot(uow)
                self.state = replace(self.state, definitions=self._snapshot.version)
            return self._snapshot

    async def calendar(self) -> WorkCalendar:
        """Return the work calendar, loaded once per change of it."""
        wanted = (self.state.calendar, self.state.time_zone)
        if self._calendar is None or self._calendar[0] != wanted:
            async with self.unit(is_watching=True) as uow:
                self._calendar = (wanted, await load_calendar(uow))
        return self._calendar[1]

    def on_change(self, listener: Callable[[State], None]) -> None:
        """Call ``listener`` whenever the shared state has changed."""
        self._listeners.append(listener)

    async def read_state(self) -> State:
        """Read the shared state now and tell the listeners when it differs."""
        async with self.unit(is_watching=True) as uow:
            row = await uow.connection.fetchrow(
                "SELECT definitions, access, calendar, time_zone, clock_offset FROM state"
            )
        assert row is not None  # every migrated workspace has its one row
        fresh = State(row["definitions"], row["access"], row["calendar"], row["time_zone"], row["clock_offset"])
        if fresh != self.state:
            self.state = fresh
            self.clock.offset = fresh.clock_offset
            for listener in self._listeners:
                listener(fresh)
        return fresh

    async def read_access(self, uow: UnitOfWork) -> int:
        """Return the counter of changes to members, roles, departments and shares as the database has it now."""
        counter: int = await uow.fetch_value(raw("SELECT access FROM state"))
        return counter

    async def watch(self) -> None:
        """Follow the shared state for ever; an unreachable database is tried again."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            with contextlib.suppress(Unavailable, asyncpg.PostgresError, OSError):
                await self.read_state()

    async def advance_clock(self, by: timedelta) -> datetime:
        """Move the clock of every process of this workspace (tests and rehearsals) and return the new instant."""
        async with self.unit() as uow:
            await uow.connection.execute("UPDATE state SET clock_offset = clock_offset + $1", by)
        await self.read_state()
        return self.now


@contextlib.asynccontextmanager
async def open_workspace(
    url: str, schema: str, *, pool_size: int = 16, migrate: bool = True
) -> AsyncIterator[Workspace]:
    """Connect to a workspace, bring its system tables up to date, and close it at the end."""
    if migrate:
        connection = await asyncpg.connect(url)
        try:
            await _require_version(connection)
            await migrate_workspace(connection, schema)
        finally:
            await connection.close()
    connections = await open_connections(url, schema, pool_size)
    try:
        workspace = Workspace(connections, schema, SystemClock())
        await workspace.read_state()
        if migrate:
            async with workspace.unit() as uow:
                await refresh_work_days(uow)
        yield workspace
    finally:
        await connections.close()


async def _require_version(connection: "asyncpg.Connection[Any]") -> None:
    version = int(await connection.fetchval("SHOW server_version_num"))
    if version < 180000:
        raise Unavailable("database.too_old", version=str(version // 10000))


async def set_time_zone(workspace: Workspace, name: str) -> None:
    """Give a new workspace the time zone in which its days begin and its calendar is read.

    Raises:
        Invalid: there is no such time zone.
    """
    if name not in available_timezones():
        raise Invalid("workspace.time_zone", name=name)
    async with workspace.unit() as uow:
        await uow.write(compose("UPDATE state SET time_zone = {name}", name=param(name, "text")))
    await workspace.read_state()


async def is_installed(workspace: Workspace) -> bool:
    """Tell whether the workspace has definitions or members."""
    async with workspace.unit() as uow:
        return bool(
            await uow.fetch_value(raw("SELECT EXISTS (SELECT FROM member) OR (SELECT definitions FROM state) > 0"))
        )
