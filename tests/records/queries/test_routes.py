"""Lists, figures, search, views and exports as the browser asks for them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.records.queries.scene import Scene
from tests.records.queries.web import client_of
from xiaolu.files.storage import FileStorage

Run = Callable[..., Any]


async def fill(scene: Scene) -> None:
    await scene.member("ann", "boss", name="安娜")
    for at in range(5):
        await scene.add("lead", who="ann", name=f"线索{at}", amount=at, level="high" if at % 2 else "middle")


def test_lists_windows_and_figures(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await fill(scene)
        async with client_of(scene, "ann") as client:
            condition = {
                "and": [
                    {"field": "amount", "op": "ge", "value": 1},
                    {"or": [{"field": "level", "op": "eq", "value": "high"}]},
                ]
            }
            body = {
                "filter": condition,
                "sort": [{"field": "amount", "descending": True}],
                "limit": 1,
                "count": True,
                "fields": ["name"],
            }
            answer = (await client.post("/api/records/lead/query", json=body)).json()
            assert (answer["count"], [row["title"] for row in answer["rows"]]) == (2, ["线索3"])
            assert answer["rows"][0]["values"] == {"name": "线索3"}
            assert answer["rows"][0]["display"]["owner"] == "安娜"
            answer = (await client.post("/api/records/lead/query", json={**body, "cursor": answer["next"]})).json()
            assert [row["title"] for row in answer["rows"]] == ["线索1"]
            assert answer["next"] is None
            window = (
                await client.post(
                    "/api/records/lead/window", json={"offset": 3, "limit": 5, "sort": [{"field": "name"}]}
                )
            ).json()
            assert (window["count"], [row["title"] for row in window["rows"]]) == (5, ["线索3", "线索4"])
            figures = {"group": [{"field": "level"}], "measures": [{"do": "count"}, {"do": "sum", "field": "amount"}]}
            groups = (await client.post("/api/records/lead/aggregate", json=figures)).json()
            assert groups["groups"][0] == {"keys": ["high"], "labels": ["高"], "values": [2, "4"]}
            hits = (await client.get("/api/search", params={"q": "线索4"})).json()["hits"]
            assert [hit["title"] for hit in hits] == ["线索4"]
            numbers = (await client.get("/api/numbers")).json()["numbers"]
            assert {each["key"]: each["value"] for each in numbers} == {
                "hot": 0,
                "share": "0.4000",
                "cost": None,
                "boss": 5,
            }

    run(scenario())


def test_views_and_their_use(scene: Scene, run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        await fill(scene)
        async with client_of(scene, "ann", FileStorage(tmp_path)) as client:
            draft = {
                "entity": "lead",
                "label": "大的",
                "filter": {"field": "amount", "op": "gt", "value": 2},
                "sort": [{"field": "amount"}],
            }
            made = (await client.post("/api/views", json={**draft, "columns": ["name"]})).json()
            assert (made["personal"], made["mine"], made["shared"]) == (True, True, False)
            found = (await client.post("/api/records/lead/query", json={"view": made["key"]})).json()
            assert [row["title"] for row in found["rows"]] == ["线索3", "线索4"]
            changed = await client.patch(f"/api/views/{made['key']}", json={"filter": None, "shared": True})
            assert (changed.json()["filter"], changed.json()["label"], changed.json()["shared"]) == (None, "大的", True)
            assert len((await client.get("/api/views", params={"entity": "lead"})).json()["views"]) == 1
            file = await client.post("/api/records/lead/export", json={"view": made["key"], "format": "csv"})
            assert file.headers["content-type"].startswith("text/csv")
            assert file.content.decode("utf-8-sig").split() == ["名称", *(f"线索{at}" for at in range(5))]
            assert (await client.delete(f"/api/views/{made['key']}")).status_code == 204
            assert (await client.post("/api/records/lead/query", json={"view": made["key"]})).status_code == 404

    run(scenario())


def test_refusals_are_problem_documents(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await fill(scene)
        async with client_of(scene, "ann") as client:
            answer = await client.post(
                "/api/records/lead/query", json={"filter": {"field": "x", "op": "eq", "value": 1}}
            )
            assert answer.status_code == 422
            problem = answer.json()["problems"][0]
            assert (problem["code"], problem["path"]) == ("query.unknown_field", ["filter", "field"])
            assert "x" in problem["message"]
            assert (await client.post("/api/records/nothing/query", json={})).status_code == 404
            bodies: list[Any] = [
                {"limit": "many"}, {"filter": []}, {"nonsense": 1}, [], {"limit": 10**30}, {"filter": {"field": 1}},
            ]  # fmt: skip
            for body in bodies:
                assert (await client.post("/api/records/lead/query", json=body)).status_code in (400, 422)
            for offset in (-1, 2**62, 10**30):
                assert (await client.post("/api/records/lead/window", json={"offset": offset})).status_code in (
                    400,
                    422,
                )
            assert (await client.get("/api/search", params={"q": "x" * 300})).status_code == 400
            assert (await client.get("/api/search", params={"q": "a\x00b"})).status_code == 200
            text = {"filter": {"field": "name", "op": "eq", "value": "a\x00b"}}
            assert (await client.post("/api/records/lead/query", json=text)).status_code in (200, 422)

    run(scenario())
