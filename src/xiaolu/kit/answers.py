"""Answers that were slow to get, kept in the process until a table that they rest on was written to.

Kept answers are exact. With an answer comes the database's snapshot that it was got under. Before it is given again,
PostgreSQL is asked whether a transaction that wrote to one of its tables has become visible which that snapshot had not
seen. Writers leave that trace by a trigger on the table (``watch``), in their own transaction: it becomes visible with
the change itself, and vanishes when the change is rolled back. ``docs/adr/0009-kept-answers.md`` has the reasons.
"""

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import Sql, compose, ident, param, raw

SLOW_SECONDS = 0.005
"""What PostgreSQL answered faster is asked again each time: looking whether it changed would take as long."""
MOST_ROWS = 20_000
"""Rows of all kept answers of a process together."""
_MOST_TEXTS = 1_000
_FEW_TOUCHES = 50_000
"""So many traces of writing are left alone before old ones are forgotten."""
_EXACT = frozenset({type(None), bool, int, str, Decimal, date, datetime, time, timedelta, float, bytes})
"""Types of parameters that are told apart by their text; so are ids, of which the driver has a type of its own."""
_CLOCKS = frozenset(
    {"now", "age", "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "today",
     "transaction_timestamp", "statement_timestamp", "tomorrow", "yesterday"}
)  # fmt: skip
"""What reads the clock and yet does not count as volatile in PostgreSQL; the clock belongs into parameters."""
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(\s*\()?')
_WORD = re.compile(r"[^\W\d][\w$]*")

_Key: TypeAlias = tuple[int, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Read:
    """What a statement reads."""

    tables: tuple[int, ...]
    home: int
    """The workspace, by its table of state: tables of the same name elsewhere are another workspace's."""


@dataclass(frozen=True, slots=True)
class _Answer:
    rows: Sequence[Row]
    seen: str
    """The snapshot that the answer was got under."""
    read: _Read


class Answers:
    """The kept answers of one workspace in one process; those asked for least recently go first."""

    def __init__(self, most_rows: int = MOST_ROWS, slow_seconds: float = SLOW_SECONDS) -> None:
        self._most_rows = most_rows
        self._slow_seconds = slow_seconds
        self._kept: OrderedDict[_Key, _Answer] = OrderedDict()
        self._rows = 0
        self._read: dict[tuple[int, str], _Read | None] = {}
        self.reused = 0
        """How often a kept answer was given."""

    async def fetch(self, uow: UnitOfWork, statement: Sql, definitions: int) -> Sequence[Row]:
        """Return the rows of a SELECT, which hold at this moment; ``definitions`` is the version it was made for.

        Inside a transaction nothing is kept or given: there, what the transaction itself wrote counts too.
        """
        text, values = statement.render()
        key = None if uow.in_transaction or not self._most_rows else _key(definitions, text, values)
        if key is None:
            return await uow.fetch(statement)
        found = self._kept.get(key)
        if found is not None:
            holds = await _still_holds(uow, found, definitions)
            if self._kept.get(key) is found:  # nobody else found it stale meanwhile, or keeps a newer one
                self._kept.move_to_end(key) if holds else self._drop(key)
            if holds:
                self.reused += 1
                return found.rows
        rows = await uow.fetch(compose(_STAMPED, statement=statement))
        if rows and rows[-1]["took:"] >= self._slow_seconds and len(rows) < self._most_rows / 4:
            read = await self._reads(uow, definitions, text)
            if read is not None:
                self._keep(key, _Answer(rows, rows[0]["seen:"], read))
        return rows

    async def _reads(self, uow: UnitOfWork, definitions: int, text: str) -> _Read | None:
        """Return what a statement reads, found out once for each version of the definitions."""
        if (definitions, text) not in self._read:
            if len(self._read) >= _MOST_TEXTS:
                self._read.clear()
            self._read[definitions, text] = await _read_by(uow, text)
        return self._read[definitions, text]

    def _keep(self, key: _Key, answer: _Answer) -> None:
        self._drop(key)
        self._kept[key] = answer
        self._rows += len(answer.rows)
        while self._rows > self._most_rows:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: _Key) -> None:
        answer = self._kept.pop(key, None)
        self._rows -= 0 if answer is None else len(answer.rows)


_STAMPED = (
    'SELECT answer.*, pg_current_snapshot()::text AS "seen:", '
    'extract(epoch FROM clock_timestamp() - statement_timestamp())::float8 AS "took:" FROM ({statement}) answer'
)


def _key(definitions: int, text: str, values: Sequence[Any]) -> _Key | None:
    """Return what tells one question from another, or None where parameters of unknown types cannot be told apart."""
    parts: list[str] = []
    for value in values:
        members = value if type(value) is list else [value]
        if any(type(each) not in _EXACT and not isinstance(each, UUID) for each in members):
            return None
        parts.append(repr(value))
    return definitions, text, tuple(parts)


async def _still_holds(uow: UnitOfWork, answer: _Answer, definitions: int) -> bool:
    """Ask whether the same question would be answered the same way now.

    Changes of structure come with a new version of the definitions. Relation 0 stands for every table.
    """
    holds = await uow.fetch_value(
        compose(
            "SELECT s.definitions = {definitions} AND s.tableoid = {home} AND NOT EXISTS (SELECT FROM touched t "
            "WHERE t.relation = ANY({tables}) AND t.xid >= pg_snapshot_xmin({seen}) "
            "AND NOT pg_visible_in_snapshot(t.xid, {seen})) FROM state s",
            definitions=param(definitions, "bigint"),
            home=param(answer.read.home, "oid"),
            tables=param([0, *answer.read.tables], "oid[]"),
            seen=param(answer.seen, "text") + raw("::pg_snapshot"),
        )
    )
    return bool(holds)


async def _read_by(uow: UnitOfWork, text: str) -> _Read | None:
    """Return the tables that a statement may read, and whose they are; None where its answer must not be kept.

    Every table that a statement reads is named in it, so whatever is named as in the catalogue counts: rather a table
    too many. Each must be watched, with every column that is named if only some are. A function that is volatile or the
    workspace's own could read anything.
    """
    names, called = _words(text)
    if called & _CLOCKS:
        return None
    rows = await uow.fetch(
        compose(
            "SELECT c.oid AS source, 'state'::regclass::oid AS home, NOT EXISTS (SELECT FROM pg_proc p WHERE "
            "p.proname = ANY({called}) AND (p.provolatile = 'v' OR p.pronamespace = c.relnamespace)) AND "
            "EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'touched' AND t.tgenabled IN ('O', 'A') "
            "AND (cardinality(t.tgattr::int2[]) = 0 OR NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid "
            "AND a.attnum > 0 AND a.attname = ANY({names}) AND a.attnum <> ALL(t.tgattr::int2[])))) AS is_watched "
            "FROM pg_class c WHERE c.relname = ANY({names}) AND c.relkind NOT IN ('i', 'I') "
            "AND c.relnamespace IN (current_schema()::regnamespace, 'pg_catalog'::regnamespace)",
            called=param(sorted(called), "text[]"),
            names=param(sorted(names), "text[]"),
        )
    )
    if not rows or not all(row["is_watched"] for row in rows):
        return None
    return _Read(tuple(row["source"] for row in rows), rows[0]["home"])


def _words(text: str) -> tuple[set[str], set[str]]:
    """Return all names in a statement, and those that may be functions: not quoted, or with a bracket behind."""
    quoted = [(found[1].replace('""', '"'), bool(found[2])) for found in _QUOTED.finditer(text)]
    plain = {each.lower() for each in _WORD.findall(_QUOTED.sub(" ", text))}
    return plain | {name for name, _ in quoted}, plain | {name for name, is_called in quoted if is_called}


def watch(table: str) -> Sql:
    """Return the statement that lets writers to a new table leave their trace."""
    return compose(
        "CREATE TRIGGER touched AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION note_touch()",
        table=ident(table),
    )


async def forget_touches(uow: UnitOfWork, most: int = _FEW_TOUCHES) -> bool:
    """Forget old traces where there are many. True if there were.

    It leaves a trace of its own that stands for every table: whoever kept an answer before asks anew. Who sees that trace
    saw every transaction end whose trace was forgotten.
    """
    found = await uow.fetch_value(
        compose(
            "WITH gone AS (DELETE FROM touched WHERE xid < pg_snapshot_xmin(pg_current_snapshot()) "
            "AND (SELECT count(*) > {most} FROM touched) RETURNING 1), "
            "told AS (INSERT INTO touched (relation) SELECT 0 WHERE EXISTS (SELECT FROM gone)) "
            "SELECT EXISTS (SELECT FROM gone)",
            most=param(most, "bigint"),
        )
    )
    return bool(found)
