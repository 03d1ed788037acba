"""The unit of work: one request or job is one transaction, opened lazily and committed at the edge.

Reads before the first write run outside a transaction; ``write_once`` runs a use case that is a single statement
without BEGIN and COMMIT (one round trip), unless a transaction is already open. Nothing below the delivery layer
commits: the edge calls ``finish`` or ``abandon``.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any, Protocol, TypeAlias

import asyncpg

from xiaolu.kit.sql import Sql


class Row(Protocol):
    """A result row, by name or position."""

    def __getitem__(self, key: str | int) -> Any:
        """Return a column's value."""
        ...

    def get(self, key: str, default: Any = None) -> Any:
        """Return a column's value, or ``default`` where the row has no such column."""
        ...

    def keys(self) -> Any:
        """Return the column names in order."""
        ...

    def values(self) -> Any:
        """Return the values in order."""
        ...

    def items(self) -> Any:
        """Return pairs of column name and value."""
        ...


Connection: TypeAlias = "asyncpg.Connection[Any] | asyncpg.pool.PoolConnectionProxy[Any]"


class UnitOfWork:
    """One connection, bound to a workspace's schema, with at most one transaction.

    It may be made before it has its connection, which the edge then gives it with ``open``.
    """

    __slots__ = ("_after_commit", "_connection", "_transaction", "changes_state")

    def __init__(self, connection: "Connection | None" = None) -> None:
        self._connection = connection
        self._transaction: asyncpg.transaction.Transaction | None = None
        self._after_commit: list[Callable[[], None]] = []
        self.changes_state = False
        """Set by whoever counts up the shared state: this process reads it anew before it goes on after the commit."""

    @property
    def connection(self) -> Connection:
        """Return the connection that everything runs on."""
        if self._connection is None:
            raise RuntimeError("the unit of work is not open")
        return self._connection

    def open(self, connection: Connection) -> None:
        """Take the connection to work on. Called by the edge alone."""
        self._connection = connection

    @property
    def in_transaction(self) -> bool:
        """Tell whether a transaction is open."""
        return self._transaction is not None

    async def begin(self) -> None:
        """Open the transaction unless it is open."""
        if self._transaction is None:
            transaction = self.connection.transaction()
            await transaction.start()
            self._transaction = transaction

    async def begin_reading(self) -> None:
        """Open a transaction in which the database refuses every change."""
        transaction = self.connection.transaction(readonly=True)
        await transaction.start()
        self._transaction = transaction

    async def fetch(self, statement: Sql) -> Sequence[Row]:
        """Run a read (or, inside a transaction, any statement) and return its rows."""
        text, values = statement.render()
        rows: Sequence[Row] = await self.connection.fetch(text, *values)
        return rows

    async def fetch_one(self, statement: Sql) -> Row | None:
        """Run a read that gives one row at most and return that.

        The driver's own call for one row limits the answer, and under a limit PostgreSQL counts without helpers.
        """
        rows = await self.fetch(statement)
        return rows[0] if rows else None

    async def fetch_value(self, statement: Sql) -> Any:
        """Run a read that gives one row at most and return its first column, or None."""
        row = await self.fetch_one(statement)
        return None if row is None else row[0]

    async def write(self, statement: Sql) -> Sequence[Row]:
        """Run a writing statement inside the transaction and return the rows it returns."""
        await self.begin()
        return await self.fetch(statement)

    async def write_once(self, statement: Sql) -> Sequence[Row]:
        """Run the only writing statement of a use case: its own transaction when none is open."""
        return await self.fetch(statement)

    async def run_text(self, text: str, values: Sequence[Any]) -> Sequence[Row]:
        """Run a statement whose text is cached (``kit.sql.Template``): in the open transaction, or alone."""
        rows: Sequence[Row] = await self.connection.fetch(text, *values)
        return rows

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo what the block wrote, and that alone, when it raises."""
        await self.begin()
        async with self.connection.transaction():
            yield

    async def stream(self, statement: Sql, size: int) -> AsyncIterator[Sequence[Row]]:
        """Read many rows through a server-side cursor inside the transaction, ``size`` at a time."""
        await self.begin()
        text, values = statement.render()
        cursor = await self.connection.cursor(text, *values)
        while rows := await cursor.fetch(size):
            yield rows

    async def copy(self, table: str, columns: Sequence[str], records: Sequence[Sequence[Any]]) -> None:
        """Load many rows with binary COPY inside the transaction."""
        await self.begin()
        await self.connection.copy_records_to_table(table, columns=list(columns), records=records)

    async def copy_lines(self, table: str, columns: Sequence[str], lines: Sequence[str]) -> None:
        """Load many rows, written as ``kit.copying`` does, with COPY inside the transaction."""
        await self.begin()
        source = BytesIO(("\n".join(lines) + "\n").encode())
        await self.connection.copy_to_table(table, columns=list(columns), source=source)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Call ``action`` once the work is durable (wake a worker, drop a cache)."""
        self._after_commit.append(action)

    async def finish(self) -> None:
        """Commit and run what waits for the commit. Called by the edge alone."""
        if self._transaction is not None:
            transaction, self._transaction = self._transaction, None
            await transaction.commit()
        actions, self._after_commit = self._after_commit, []
        for action in actions:
            action()

    async def abandon(self) -> None:
        """Roll back and forget what waited for the commit. Called by the edge alone."""
        self._after_commit.clear()
        if self._transaction is not None:
            transaction, self._transaction = self._transaction, None
            await transaction.rollback()
