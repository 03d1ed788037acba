"""The world in a real database, and a way to ask both back ends the same question."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from tests.formula.world import CATALOGUE, DEPARTMENT, ME, TABLES, Row, World, make_world
from xiaolu.formula import Compiled, PythonEnv, RecordValues, SqlEnv, compile_formula, to_python, to_sql
from xiaolu.kit.workcalendar import WorkCalendar
from xiaolu.kit.workcalendar.model import FIRST_DAY, LAST_DAY

NOW = datetime(2026, 2, 14, 17, 30, tzinfo=UTC)
CALENDAR = WorkCalendar()


def compiled(text: str, **options: Any) -> Compiled:
    """Compile a formula on orders that must be right."""
    found = compile_formula(text, entity="order", catalogue=CATALOGUE, **options)
    assert isinstance(found, Compiled), (text, found)
    return found


class Oracle:
    """Both back ends over the same rows."""

    def __init__(self, runner: asyncio.Runner, connection: "asyncpg.Connection[Any]", world: World) -> None:
        self.runner = runner
        self.connection = connection
        self.world = world
        self.values = {each["id"]: world.values(each) for each in world.orders}

    def sql(self, formula: Compiled, zone: str = "Asia/Shanghai") -> dict[Any, Any]:
        """Evaluate in PostgreSQL on every order, by id."""
        today = NOW.astimezone(ZoneInfo(zone)).date()
        env = SqlEnv(NOW, today, zone, ME, DEPARTMENT, previous_alias="old")
        text, params = to_sql(formula, alias="r", env=env).render()
        query = f"SELECT r.id, {text} AS value FROM r_order AS r LEFT JOIN r_old AS old ON old.id = r.id"
        rows = self.runner.run(self.connection.fetch(query, *params))
        return {row["id"]: row["value"] for row in rows}

    def python(self, formula: Compiled, zone: str = "Asia/Shanghai") -> dict[Any, Any]:
        """Evaluate in Python on every order, by id."""
        evaluate = to_python(formula)
        today = NOW.astimezone(ZoneInfo(zone)).date()
        found = {}
        for identifier, values in self.values.items():
            env = PythonEnv(NOW, today, ZoneInfo(zone), CALENDAR, ME, DEPARTMENT, self.previous(values))
            found[identifier] = evaluate(values, env)
        return found

    def previous(self, values: Row) -> RecordValues | None:
        """Return the order as it was before; every third one is new."""
        number = values["id"].int % 3
        if number == 0:
            return None
        return RecordValues({**values, "amount": None} if number == 1 else values)

    def both(self, text: str, *, zone: str = "Asia/Shanghai", **options: Any) -> dict[Any, Any]:
        """Evaluate in both, demand that they agree, and return the results by order."""
        formula = compiled(text, **options)
        in_sql, in_python = self.sql(formula, zone), self.python(formula, zone)
        different = {key: (in_sql[key], in_python[key]) for key in in_sql if in_sql[key] != in_python[key]}
        assert not different, (text, zone, different)
        return in_python

    def one(self, text: str, *, zone: str = "Asia/Shanghai", **changes: Any) -> Any:
        """Evaluate in both on an order with the given values and no others."""
        formula = compiled(text)
        evaluate = to_python(formula)
        today = NOW.astimezone(ZoneInfo(zone)).date()
        names = [each.key for each in CATALOGUE["order"].fields if each.column]
        row = dict.fromkeys(names) | changes
        in_python = evaluate(RecordValues(row), PythonEnv(NOW, today, ZoneInfo(zone), CALENDAR, ME, DEPARTMENT))
        sql, params = to_sql(formula, alias="r", env=SqlEnv(NOW, today, zone, ME, DEPARTMENT)).render()
        columns = ", ".join(f"${len(params) + 1 + index}::{TYPES[name]} AS {name}" for index, name in enumerate(names))
        query = f"SELECT {sql} FROM (SELECT gen_random_uuid() AS id, {columns}) AS r"
        in_sql = self.runner.run(self.connection.fetchval(query, *params, *row.values()))
        assert in_sql == in_python, (text, changes, in_sql, in_python)
        return in_python


TYPES = {
    "amount": "numeric", "weight": "numeric", "huge": "numeric", "qty": "integer", "name": "text", "note": "text",
    "level": "text", "tags": "text[]", "day": "date", "due": "date", "at": "timestamptz", "done_at": "timestamptz",
    "paid": "boolean", "customer": "uuid", "owner": "uuid",
}  # fmt: skip


@pytest.fixture(scope="session")
def oracle(database_url: str, runner: asyncio.Runner) -> Iterator[Oracle]:
    """The world, loaded once for the run: tests only read it."""
    schema = f"formula_{uuid4().hex[:12]}"
    world = make_world()

    async def load() -> "asyncpg.Connection[Any]":
        connection: asyncpg.Connection[Any] = await asyncpg.connect(
            database_url, server_settings={"search_path": schema}
        )
        await connection.execute(f"CREATE SCHEMA {schema}; SET search_path = {schema}; {TABLES}")
        await connection.execute(
            "CREATE TABLE work_day (day date PRIMARY KEY, is_working boolean NOT NULL, ordinal integer NOT NULL);"
            "CREATE UNIQUE INDEX ON work_day (ordinal) WHERE is_working"
        )
        tables = {
            "r_region": world.regions, "r_customer": world.customers, "r_order": world.orders, "r_item": world.items,
            "l_order_partners": world.pairs,
        }  # fmt: skip
        for table, rows in tables.items():
            await _copy(connection, table, rows)
        days = [date.fromordinal(number) for number in range(FIRST_DAY.toordinal(), LAST_DAY.toordinal() + 1)]
        await _copy(
            connection, "work_day",
            [{"day": day, "is_working": CALENDAR.is_working(day), "ordinal": CALENDAR.ordinal(day)} for day in days],
        )  # fmt: skip
        return connection

    connection = runner.run(load())
    found = Oracle(runner, connection, world)
    old = [dict(before) for each in world.orders if (before := found.previous(each)) is not None]
    runner.run(_copy(connection, "r_old", old))
    yield found
    runner.run(connection.execute(f"DROP SCHEMA {schema} CASCADE"))
    runner.run(connection.close())


async def _copy(connection: "asyncpg.Connection[Any]", table: str, rows: list[Row]) -> None:
    names = list(rows[0])
    await connection.copy_records_to_table(
        table, columns=names, records=[[row[name] for name in names] for row in rows]
    )
