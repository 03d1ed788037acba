"""The wizard's requests, one after the other."""

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests.records.imports.driver import Driver
from tests.records.queries.scene import Scene
from tests.records.queries.web import client_of
from xiaolu.files.service import store_file
from xiaolu.files.storage import FileStorage

Run = Callable[..., Any]


def test_what_is_imported_may_be_larger_than_a_file_of_a_record(scene: Scene, driver: Driver, run: Run) -> None:
    small = FileStorage(driver.storage.root, max_bytes=1_000)
    content = "名称\n" + "甲\n" * 1_000

    async def scenario() -> None:
        async with client_of(scene, "ann", small) as client:
            form = {"file": ("线索.csv", content.encode())}
            assert (await client.post("/api/files", files=form)).status_code == 422
            taken = await client.post("/api/imports/files", params={"entity": "lead"}, files=form)
            assert taken.status_code == 201
            begun = await client.post("/api/imports", json={"entity": "lead", "file": taken.json()["id"]})
            assert begun.json()["rows"] == 1_000
            unknown = await client.post("/api/imports/files", params={"entity": "nothing"}, files=form)
            assert unknown.status_code == 404

    run(scenario())


def test_an_upload_that_the_disk_has_no_room_for_is_refused(
    scene: Scene, driver: Driver, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        monkeypatch.setattr("xiaolu.files.room.RESERVE", 2**62)
        async with client_of(scene, "ann", driver.storage) as client:
            form = {"file": ("线索.csv", b"x")}
            refused = await client.post("/api/imports/files", params={"entity": "lead"}, files=form)
            assert (refused.status_code, refused.json()["code"]) == (503, "file.no_room")

    run(scenario())


def test_the_wizard_from_upload_to_undo(scene: Scene, driver: Driver, run: Run) -> None:
    async def scenario() -> None:
        data = io.BytesIO("名称,等级\n甲,高\n乙,巨高\n".encode())
        file = await store_file(scene.ctx("ann"), driver.storage, "线索.csv", data)
        await scene.uow.finish()
        async with client_of(scene, "ann", driver.storage) as client:
            job = (await client.post("/api/imports", json={"entity": "lead", "file": str(file.id)})).json()
            assert (job["state"], job["rows"]) == ("uploaded", 2)
            level = {"name": "等级", "samples": ["高", "巨高"], "field": "level", "confidence": 1.0}
            assert job["columns"][1] == {**level, "sheet": None, "wants_files": None}
            name = {"key": "name", "label": "名称", "type": "text", "required": True, "part_of": None}
            assert {**name, "part_label": None, "of_files": False} in job["fields"]
            address = f"/api/imports/{job['id']}"
            mapping = {"columns": {each["name"]: each["field"] for each in job["columns"]}, "mode": "create"}
            assert (await client.put(f"{address}/mapping", json=mapping)).json()["state"] == "mapped"
            assert (await client.post(f"{address}/check")).json()["state"] == "checking"
            await driver.work(UUID(job["id"]))
            checked = (await client.get(address)).json()
            assert (checked["state"], checked["good"], checked["bad"], checked["done"]) == ("checked", 1, 1, 2)
            problem = checked["problems"][0]
            assert (problem["row"], problem["column"], problem["value"]) == (3, "等级", "巨高")
            assert "巨高" in problem["message"]
            assert (await client.post(f"{address}/run")).status_code == 202
            assert (await client.post(f"{address}/run")).status_code == 409
            await driver.work(UUID(job["id"]))
            errors = await client.get(f"{address}/errors")
            assert errors.headers["content-type"].startswith("application/vnd.openxmlformats")
            listed = (await client.get("/api/imports")).json()["imports"]
            assert [(each["state"], each["created"], each["can_undo"]) for each in listed] == [("done", 1, True)]
            assert (await client.post(f"{address}/undo")).json()["state"] == "undoing"
            await driver.work(UUID(job["id"]))
            assert (await client.get(address)).json()["undo"]["deleted"] == 1
            unknown = {"entity": "lead", "file": "00000000-0000-0000-0000-000000000001"}
            assert (await client.post("/api/imports", json=unknown)).status_code == 404

    run(scenario())
