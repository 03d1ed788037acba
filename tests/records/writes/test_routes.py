"""Records over HTTP: shapes of bodies, answers and errors."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import uuid4

import httpx
from litestar import Litestar, Router
from litestar.di import Provide

from tests.records.writes.scene import Scene
from xiaolu.access.context import Context
from xiaolu.records.routes import ROUTES
from xiaolu.web.errors import EXCEPTION_HANDLERS

Run = Callable[..., Any]


@asynccontextmanager
async def client_of(scene: Scene, who: str, routes: Sequence[Any] = ROUTES) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client whose requests are those of ``who``; each is committed, and undone where it is refused."""

    async def ctx() -> Context:
        return scene.ctx(who)

    async def end(response: Any) -> Any:
        await (scene.uow.finish() if response.status_code < 400 else scene.uow.abandon())
        return response

    api = Router("/api", route_handlers=routes, dependencies={"ctx": Provide(ctx)})
    app = Litestar([api], exception_handlers=EXCEPTION_HANDLERS, after_request=end, openapi_config=None)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=cast(Any, app)), base_url="http://test/api"
    ) as client:
        yield client


def test_the_life_of_a_record(scene: Scene, run: Run) -> None:
    async def live() -> None:
        async with client_of(scene, "wang") as http:
            made = await http.post("/records/lead", json={"values": {"name": "压力机", "amount": 10}})
            assert made.status_code == 201
            lead = made.json()
            assert lead["values"]["amount"] == "10.00"
            assert lead["can"] == {"update": True, "delete": True, "move": True}
            one = f"/records/lead/{lead['id']}"
            assert (await http.get(one)).json()["title"] == "压力机"
            changed = await http.patch(one, json={"version": 1, "values": {"amount": 20}})
            assert (changed.status_code, changed.json()["version"]) == (200, 2)
            history = (await http.get(f"{one}/history")).json()
            assert [each["kind"] for each in history["events"]] == ["record.updated", "record.created"]
            assert history["events"][0]["actor"]["name"] == "王芳"
            moves = (await http.get(f"{one}/moves")).json()
            assert moves["stage"] == "new"
            assert moves["transitions"][0]["missing"][0]["message"]
            assert (await http.delete(one, params={"version": 2})).status_code == 204
            assert (await http.get(one)).json()["deleted_at"] is not None
            assert (await http.post(f"{one}/restore")).json()["version"] == 4
            await http.delete(one)
            assert (await http.delete(f"{one}/purge")).status_code == 204
            assert (await http.get(one)).status_code == 404

    run(live())


def test_refusals_are_spoken(scene: Scene, run: Run) -> None:
    async def refuse() -> None:
        async with client_of(scene, "wang") as http:
            wrong = await http.post("/records/lead", json={"values": {"amount": "abc", "limit": 0.9}})
            body = wrong.json()
            assert (wrong.status_code, body["code"]) == (422, "record.invalid")
            told = {".".join(map(str, each["path"])): each["message"] for each in body["problems"]}
            assert told["values.name"] == "请填写此项"
            assert told["values.limit"] == "你不能修改“折扣”。"
            assert all(told.values())
            lead = (await http.post("/records/lead", json={"values": {"name": "一"}})).json()
            one = f"/records/lead/{lead['id']}"
            await http.patch(one, json={"version": 1, "values": {"amount": 1}})
            clash = await http.patch(one, json={"version": 1, "values": {"amount": 2}})
            assert clash.status_code == 409
            assert clash.json()["params"] == {"current": 2}
            assert clash.json()["problems"][0]["message"] == "王芳 已将“金额”改为：¥1.00"
            refused = await http.post(f"{one}/move", json={"transition": "to_talk", "version": 2})
            assert (refused.status_code, refused.json()["code"]) == (422, "move.refused")
            assert (await http.get(f"/records/lead/{uuid4()}")).status_code == 404
            assert (await http.post("/records/product", json={"values": {}})).status_code == 403
            assert (await http.post("/records/nothing", json={"values": {}})).status_code == 404
            assert (await http.post("/records/lead", json={"values": 3})).status_code == 400
            assert (await http.post("/records/lead", json={"values": {}, "bogus": 1})).status_code == 400

    run(refuse())


def test_many_at_once_over_http(scene: Scene, run: Run) -> None:
    async def many() -> None:
        async with client_of(scene, "admin") as http:
            ids = [
                (await http.post("/records/customer", json={"values": {"name": name, "phone": "13812345678"}})).json()[
                    "id"
                ]
                for name in "甲乙丙"
            ]
            lead = (await http.post("/records/lead", json={"values": {"name": "一", "customer": ids[0]}})).json()
            body = {"ids": [*ids, str(uuid4())], "values": {"region": "浙江"}}
            result = (await http.post("/records/customer/bulk", json=body)).json()
            assert result["changed"] == 3
            assert result["failed"][0]["problems"][0]["message"]
            both = await http.post(
                "/records/customer/bulk", json={**body, "filter": {"field": "region", "op": "empty"}}
            )
            assert (both.status_code, both.json()["code"]) == (422, "bulk.ids_or_filter")
            same = (await http.post("/records/customer/duplicates", json={"values": {"phone": "13812345678"}})).json()
            assert (len(same["matches"]), same["hidden"]) == (3, 0)
            related = (await http.get(f"/records/customer/{ids[0]}/related")).json()["related"]
            assert [(each["field"], each["label"], each["count"]) for each in related] == [
                ("customer", "线索", 1),
                ("partners", "线索", 0),
            ]
            body = {"keep": {"id": ids[1], "version": 2}, "absorb": [ids[0]], "values": {"region": "江苏"}}
            kept = (await http.post("/records/customer/merge", json=body)).json()
            assert (kept["id"], kept["values"]["lead_count"], kept["values"]["region"]) == (ids[1], 1, "江苏")
            assert (await http.get(f"/records/customer/{ids[0]}")).json()["merged_into"] == ids[1]
            assert (await http.get(f"/records/lead/{lead['id']}")).json()["display"]["customer"] == "乙"
            gone = (await http.post("/records/customer/bulk-delete", json={"ids": ids[1:]})).json()
            assert gone == {"changed": 2, "failed": []}
            form = (await http.post("/records/lead/evaluate", json={"values": {"amount": 500, "level": "a"}})).json()
            assert form["required"] == {"reason": True}

    run(many())
