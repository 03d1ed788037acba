"""The edge of a request: one transaction, committed before the answer, undone by any failure, repeated when stale."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from tests.conftest import Database, Run
from tests.web.app import client, serving, watched
from xiaolu.access.context import Context
from xiaolu.access.model import SYSTEM
from xiaolu.kit.errors import Conflict, Invalid
from xiaolu.kit.i18n import Label
from xiaolu.kit.ids import new_id
from xiaolu.kit.problems import problem
from xiaolu.kit.sql import compose, param
from xiaolu.metadata.model.entity import Entity, Field
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.publishing.service import install_definitions
from xiaolu.records.service import create_record

OPEN = {"public": True}


async def add_department(ctx: Context, name: str) -> None:
    await ctx.uow.write(
        compose(
            "INSERT INTO department (id, name, created_at) VALUES ({id}, {name}, {now})",
            id=param(new_id()),
            name=param(name),
            now=param(ctx.now),
        )
    )


async def departments(database: Database) -> list[str]:
    connection = await database.connect()
    try:
        return [row["name"] for row in await connection.fetch("SELECT name FROM department ORDER BY name")]
    finally:
        await connection.close()


def test_the_work_is_durable_before_the_answer_begins(database: Database, run: Run) -> None:
    @post("/work", opt=OPEN)
    async def work(ctx: NamedDependency[Context]) -> dict[str, str]:
        await add_department(ctx, "written")
        return {"is": "done"}

    async def story() -> None:
        seen: list[list[str]] = []

        async def look() -> None:
            seen.append(await departments(database))

        async with serving(database, [work]) as (app, _), client(watched(app, look)) as http:
            answer = await http.post("/api/work")
        assert answer.status_code == 201
        assert seen == [["written"]]

    run(story())


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Invalid("record.invalid", [problem("field.required", "values", "name")]), 422, "record.invalid"),
        (Conflict("record.changed", current=3), 409, "record.changed"),
        (RuntimeError("a defect"), 500, "internal"),
        (asyncpg.InterfaceError("connection is closed"), 503, "database.unavailable"),
    ],
)
def test_a_failure_leaves_nothing_behind(
    database: Database, run: Run, error: Exception, status: int, code: str
) -> None:
    @post("/work", opt=OPEN)
    async def work(ctx: NamedDependency[Context]) -> None:
        await add_department(ctx, "half")
        raise error

    async def story() -> None:
        async with serving(database, [work]) as (app, workspace), client(app) as http:
            answer = await http.post("/api/work")
            assert (answer.status_code, answer.json()["code"]) == (status, code)
            assert workspace.connections.taken == 0
        assert await departments(database) == []

    run(story())


def test_a_commit_that_fails_is_no_success(database: Database, run: Run) -> None:
    """Constraints that wait for the commit are checked before anything is answered."""

    @post("/work", opt=OPEN)
    async def work(ctx: NamedDependency[Context]) -> dict[str, str]:
        await add_department(ctx, "half")
        await ctx.uow.write(compose("UPDATE department SET manager_id = {nobody}", nobody=param(uuid4())))
        return {"is": "done"}

    async def story() -> None:
        async with serving(database, [work]) as (app, _), client(app) as http:
            answer = await http.post("/api/work")
            assert answer.status_code == 500
            assert answer.json()["code"] == "internal"
        assert await departments(database) == []

    run(story())


def test_a_browser_that_hangs_up_changes_nothing_in_between(database: Database, run: Run) -> None:
    """A request that is cancelled while it works is rolled back, and its connection is clean for the next one."""
    inside = asyncio.Event()

    @post("/slow", opt=OPEN)
    async def slow(ctx: NamedDependency[Context]) -> None:
        await add_department(ctx, "half")
        inside.set()
        await asyncio.sleep(60)

    @post("/work", opt=OPEN)
    async def work(ctx: NamedDependency[Context]) -> None:
        await add_department(ctx, "whole")

    async def story() -> None:
        async with serving(database, [slow, work]) as (app, workspace), client(app) as http:
            request = asyncio.create_task(http.post("/api/slow"))
            await inside.wait()
            request.cancel()
            with pytest.raises(asyncio.CancelledError):
                await request
            assert (await http.post("/api/work")).status_code == 201
            assert workspace.connections.taken == 0
        assert await departments(database) == ["whole"]

    run(story())


def test_a_commit_that_meets_a_dead_database_is_told_as_such(database: Database, run: Run) -> None:
    @post("/work", opt=OPEN)
    async def work(ctx: NamedDependency[Context]) -> dict[str, str]:
        await add_department(ctx, "half")
        mine = await ctx.uow.connection.fetchval("SELECT pg_backend_pid()")
        killer = await database.connect()
        await killer.execute("SELECT pg_terminate_backend($1)", mine)
        await killer.close()
        return {"is": "done"}

    async def story() -> None:
        async with serving(database, [work]) as (app, _), client(app) as http:
            answer = await http.post("/api/work")
            assert (answer.status_code, answer.json()["code"]) == (503, "database.unavailable")
            assert answer.headers["retry-after"] == "2"
        assert await departments(database) == []

    run(story())


def note(*more: Field) -> Definitions:
    title = Field(key="title", label=Label("标题", "Title"), type="text")
    return Definitions(
        entities=(Entity(key="note", label=Label("便签", "Note"), title="title", fields=(title, *more)),)
    )


async def publish(database: Database, definitions: Definitions) -> None:
    """Publish as another process does: this one is not told."""
    uow = await database.uow()
    await install_definitions(uow, definitions)
    await uow.finish()
    await uow.connection.close()


async def notes(database: Database) -> list[Any]:
    connection = await database.connect()
    try:
        return list(await connection.fetch("SELECT * FROM r_note ORDER BY title"))
    finally:
        await connection.close()


EXTRA = Field(key="extra", label=Label("补充", "Extra"), type="text", required=True)


def test_definitions_published_while_it_works_are_obeyed(database: Database, run: Run) -> None:
    """The handler begins under the old definitions, a publication comes in between; it is done once, under the new ones."""
    asked: list[int] = []

    @post("/notes", opt=OPEN)
    async def add(ctx: NamedDependency[Context], data: JSONBody[dict[str, str]]) -> dict[str, str]:
        asked.append(ctx.snapshot.version)
        if len(asked) == 1:
            await publish(database, note(Field(key="extra", label=Label("补充", "Extra"), type="text")))
        return {"id": str((await create_record(as_system(ctx), "note", data, alone=True)).id)}

    async def story() -> None:
        await publish(database, note())
        async with serving(database, [add]) as (app, _), client(app) as http:
            answer = await http.post("/api/notes", json={"title": "once"})
            assert answer.status_code == 201, answer.text
            assert asked == [1, 2]
            assert [UUID(answer.json()["id"])] == [row["id"] for row in await notes(database)]

    run(story())


def test_a_column_that_a_publication_took_away_is_no_failure(database: Database, run: Run) -> None:
    """The statement names a column that is gone before it runs: the work is done once, as the new definitions have it."""
    asked: list[int] = []

    @post("/notes", opt=OPEN)
    async def add(ctx: NamedDependency[Context], data: JSONBody[dict[str, str]]) -> None:
        asked.append(ctx.snapshot.version)
        if ctx.snapshot.version == 1:
            await publish(database, note())
        await create_record(as_system(ctx), "note", data, alone=True)

    async def story() -> None:
        await publish(database, note(Field(key="extra", label=Label("补充", "Extra"), type="text")))
        async with serving(database, [add]) as (app, _), client(app) as http:
            answer = await http.post("/api/notes", json={"title": "once"})
            assert answer.status_code == 201, answer.text
        assert asked == [1, 2]
        assert [row["title"] for row in await notes(database)] == ["once"]

    run(story())


def test_new_rules_count_for_the_repeated_request(database: Database, run: Run) -> None:
    @post("/notes", opt=OPEN)
    async def add(ctx: NamedDependency[Context], data: JSONBody[dict[str, str]]) -> None:
        if ctx.snapshot.version == 1:
            await publish(database, note(EXTRA))
        await create_record(as_system(ctx), "note", data, alone=True)

    async def story() -> None:
        await publish(database, note())
        async with serving(database, [add]) as (app, _), client(app) as http:
            answer = await http.post("/api/notes", json={"title": "without"})
            assert answer.status_code == 422
            assert [each["path"] for each in answer.json()["problems"]] == [["values", "extra"]]
        assert await notes(database) == []

    run(story())


def test_what_was_written_before_the_repetition_is_undone(database: Database, run: Run) -> None:
    """The first attempt's writes are rolled back, so that the second does not do them twice."""

    @post("/notes", opt=OPEN)
    async def add(ctx: NamedDependency[Context], data: JSONBody[dict[str, str]]) -> None:
        await add_department(ctx, "counted")
        if ctx.snapshot.version == 1:
            await publish_beside(database)
        await create_record(as_system(ctx), "note", data)

    async def story() -> None:
        await publish(database, note())
        async with serving(database, [add]) as (app, _), client(app) as http:
            assert (await http.post("/api/notes", json={"title": "once"})).status_code == 201
        assert await departments(database) == ["counted"]
        assert len(await notes(database)) == 1

    run(story())


def test_a_publisher_who_is_always_faster_is_told_as_a_conflict(database: Database, run: Run) -> None:
    attempts: list[int] = []

    @post("/notes", opt=OPEN)
    async def add(ctx: NamedDependency[Context]) -> None:
        attempts.append(ctx.snapshot.version)
        raise Conflict("definitions.changed")

    async def story() -> None:
        async with serving(database, [add]) as (app, _), client(app, accept_language="en") as http:
            answer = await http.post("/api/notes")
            assert (answer.status_code, answer.json()["code"]) == (409, "definitions.changed")
            assert len(attempts) == 2

    run(story())


def test_two_who_wait_for_each_other_both_succeed(database: Database, run: Run) -> None:
    """PostgreSQL ends one of two deadlocked requests; that one is done again."""
    meeting = asyncio.Barrier(2)
    attempts: list[str] = []

    @post("/cross/{first:str}/{second:str}", opt=OPEN)
    async def cross(ctx: NamedDependency[Context], first: FromPath[str], second: FromPath[str]) -> None:
        is_first_time = first not in attempts
        attempts.append(first)
        for name in (first, second):
            await ctx.uow.write(compose("UPDATE department SET version = version + 1 WHERE name = {n}", n=param(name)))
            if is_first_time and name == first:
                await meeting.wait()

    async def story() -> None:
        async with serving(database, [cross]) as (app, workspace), client(app) as http:
            async with workspace.context() as ctx:
                await add_department(ctx, "a")
                await add_department(ctx, "b")
            answers = await asyncio.gather(http.post("/api/cross/a/b"), http.post("/api/cross/b/a"))
            assert [each.status_code for each in answers] == [201, 201]
            assert len(attempts) == 3
            async with workspace.unit() as uow:
                assert [row["version"] for row in await uow.fetch(compose("SELECT version FROM department"))] == [3, 3]

    run(story())


async def publish_beside(database: Database) -> None:
    """Publish only the version, as a publication that does not touch the tables at hand does (no lock to wait for)."""
    connection = await database.connect()
    await connection.execute(
        "INSERT INTO definition_version SELECT (jsonb_populate_record(v, jsonb_build_object('version', 2))).* "
        "FROM definition_version v WHERE version = 1"
    )
    await connection.execute("UPDATE state SET definitions = 2")
    await connection.close()


def as_system(ctx: Context) -> Context:
    from dataclasses import replace

    return replace(ctx, actor=SYSTEM)
