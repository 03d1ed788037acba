"""The short way of a request answers as the long one does, whatever is sent."""

import contextlib
from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec
from litestar import get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from tests.conftest import Database, Run
from tests.web.app import client, serving
from xiaolu.access.context import Context
from xiaolu.kit.errors import Conflict
from xiaolu.web.shortway import SHORT_WAY

OPEN = {"public": True}


class Body(msgspec.Struct, forbid_unknown_fields=True):
    values: dict[str, Any]
    version: int | None = None
    other: UUID | None = None


class Seen(msgspec.Struct):
    name: str
    id: UUID
    body: Body


@patch("/short/{name:str}/{one:uuid}", opt=dict(OPEN))
async def short(ctx: NamedDependency[Context], name: FromPath[str], one: FromPath[UUID], data: JSONBody[Body]) -> Seen:
    if name == "refused":
        raise Conflict("record.changed", current=int(ctx.actor.id is None))
    return Seen(name, one, data)


@patch("/long/{name:str}/{one:uuid}", opt=dict(OPEN))
async def long(
    ctx: NamedDependency[Context],
    name: FromPath[str],
    one: FromPath[UUID],
    data: JSONBody[Body],
    unused: Annotated[int | None, QueryParameter()] = None,
) -> Seen:
    return await short.fn(ctx=ctx, name=name, one=one, data=data) if unused is None else Seen(name, one, data)


@get("/listed", opt=dict(OPEN))
async def listed(ctx: NamedDependency[Context]) -> list[str]:
    return [ctx.language]


@post("/made/{name:str}", opt=dict(OPEN))
async def made(ctx: NamedDependency[Context], name: FromPath[str]) -> Seen:
    return Seen(name, UUID(int=1), Body({"language": ctx.language}))


BODIES = [
    b'{"values": {"a": [1, "x", null, 1.5, {"b": true}]}, "version": 3}',
    b'{"values": {"a": 123456789012345678901234567890}, "version": "3", "other": "0190f3a0-0000-7000-8000-000000000000"}',
    b'{"values": {"a": "\\u0000\\ud83d\\udc4d"}, "version": 3.0}',
    b'{"values": {}, "version": "three"}',
    b'{"values": {}, "versoin": 3}',
    b'{"values": []}',
    b'{"values": {"a": 1',
    b'{"values": {"a": "\\ud83d"}}',
    b"",
    b"null",
    b'{"values": {"a": "\xff"}}',
    b'{"values": {"a": ' + b"[" * 5000 + b"]" * 5000 + b"}}",
]


def test_the_short_way_answers_as_the_long_one(database: Database, run: Run) -> None:
    async def story() -> None:
        async with serving(database, [short, long, listed, made]) as (app, _), client(app) as http:
            ways = {
                min(handler.paths): handler.opt.get(SHORT_WAY)
                for route in app.routes
                for handler in getattr(route, "route_handlers", ())
            }
            assert ways["/short/{name:str}/{one:uuid}"]
            assert ways["/made/{name:str}"]
            assert not ways["/long/{name:str}/{one:uuid}"]
            assert not ways["/listed"]
            one, kinds = uuid4(), set()
            for name in ("some thing", "refused"):
                for body in BODIES:
                    answers = [await http.patch(f"/api/{way}/{name}/{one}", content=body) for way in ("short", "long")]
                    assert answers[0].status_code == answers[1].status_code, body
                    assert answers[0].text.replace("/api/short/", "/api/long/") == answers[1].text, body
                    assert answers[0].headers.keys() == answers[1].headers.keys(), body
                    kinds.add(answers[0].status_code)
            assert kinds == {200, 400, 409}
            assert (await http.post("/api/made/x")).json()["body"]["values"] == {"language": "zh"}

    run(story())


def test_a_body_in_pieces_is_read_whole_and_one_that_breaks_off_is_refused(database: Database, run: Run) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b'{"values": {"a"'
        yield b": 1}}"

    async def story() -> None:
        async with serving(database, [short]) as (app, _), client(app) as http:
            answer = await http.patch(f"/api/short/x/{uuid4()}", content=pieces())
            assert answer.json()["body"]["values"] == {"a": 1}
            sent: list[Any] = []
            messages = [{"type": "http.request", "body": b'{"values"', "more_body": True}, {"type": "http.disconnect"}]

            async def receive() -> Any:
                return messages.pop(0) if messages else {"type": "http.disconnect"}

            async def send(message: Any) -> None:
                sent.append(message)

            path = f"/api/short/x/{uuid4()}"
            scope: Any = {
                "type": "http", "method": "PATCH", "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
                "scheme": "http", "headers": [(b"host", b"xiaolu.test")], "client": None, "state": {}, "extensions": {},
            }  # fmt: skip
            with contextlib.suppress(Exception):
                await app(scope, receive, send)
            assert not any(each.get("status") == 200 for each in sent)

    run(story())
