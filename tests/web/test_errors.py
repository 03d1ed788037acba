"""The form of every error answer is pinned: programs and the client read it."""

import pytest
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Struct

from tests.conftest import Database, Run
from tests.web.app import client, serving
from xiaolu.access.context import Context
from xiaolu.kit.errors import Invalid, Limited
from xiaolu.kit.problems import problem


class Body(Struct):
    name: str
    count: int = 0


OPEN = {"public": True}


@post("/shape", opt=OPEN)
async def shape(ctx: NamedDependency[Context], data: JSONBody[Body]) -> None:
    del ctx, data
    first = problem("field.required", "values", "amount", label="金额", label_en="Amount")
    raise Invalid("record.invalid", [first, problem("field.required", "values", "items", 2, "name", label="名称")])


@get("/limited", opt=OPEN)
async def limited(ctx: NamedDependency[Context]) -> None:
    del ctx
    raise Limited("request.too_often", retry_after=7)


def test_a_refusal_tells_every_problem_with_its_place(database: Database, run: Run) -> None:
    async def story() -> None:
        async with serving(database, [shape]) as (app, _), client(app, accept_language="en-GB,en") as http:
            answer = await http.post("/api/shape", json={"name": "x"})
        assert answer.status_code == 422
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert answer.headers["cache-control"] == "no-store"
        body = answer.json()
        assert set(body) == {"type", "status", "code", "title", "problems", "params"}
        assert (body["type"], body["status"], body["code"]) == ("about:blank", 422, "record.invalid")
        assert [each["path"] for each in body["problems"]] == [["values", "amount"], ["values", "items", 2, "name"]]
        assert set(body["problems"][0]) == {"path", "code", "message", "params"}
        assert body["problems"][0]["message"]

    run(story())


def test_the_readers_language_is_used(database: Database, run: Run) -> None:
    async def story() -> None:
        async with serving(database, [shape]) as (app, _), client(app) as http:
            texts = [
                (await http.post("/api/shape", json={"name": "x"}, headers={"accept-language": wanted})).json()
                for wanted in ("zh-CN", "en", "", "de")
            ]
        assert texts[0]["problems"][0]["message"] == "请填写此项"
        assert texts[1]["problems"][0]["message"].isascii()
        assert texts[2] == texts[3] == texts[0]

    run(story())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b'{"name": 1}', "application/json"),
        (b'{"name": "x", "count": "many"}', "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"", "application/json"),
        (b"name=x", "application/x-www-form-urlencoded"),
    ],
)
def test_malformed_bodies_are_told_not_logged_as_defects(
    database: Database, run: Run, content: bytes, kind: str
) -> None:
    async def story() -> None:
        async with serving(database, [shape]) as (app, _), client(app) as http:
            answer = await http.post("/api/shape", content=content, headers={"content-type": kind})
        assert answer.status_code in {400, 415}, answer.text
        assert answer.json()["code"] in {"request.malformed", "request.media_type"}
        assert answer.json()["title"]

    run(story())


def test_who_asks_too_often_hears_when_to_come_back(database: Database, run: Run) -> None:
    async def story() -> None:
        async with serving(database, [limited]) as (app, _), client(app) as http:
            answer = await http.get("/api/limited")
        assert answer.status_code == 429
        assert answer.headers["retry-after"] == "7"

    run(story())


@pytest.mark.usefixtures("stopped_buckets")
def test_too_many_requests_and_too_large_ones_are_refused_before_anything_runs(database: Database, run: Run) -> None:
    async def story() -> None:
        async with serving(database, [shape]) as (app, _), client(app) as http:
            large = await http.post(
                "/api/shape", content=b" " * (17 * 1024 * 1024), headers={"content-type": "application/json"}
            )
            assert (large.status_code, large.json()["code"]) == (413, "request.too_large")
            app.state["requests_per_second"] = 1
            del app.state["request_buckets"]
            answers = [(await http.post("/api/shape", json={"name": "x"})).status_code for _ in range(7)]
        assert answers[:5] == [422] * 5
        assert answers[-1] == 429

    run(story())
