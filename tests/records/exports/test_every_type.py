"""One form with a field of every type: written through the API, carried away in a zip, deleted, and imported as it was."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import openpyxl

from tests.files.pictures import jpeg
from tests.records.imports.driver import Driver
from tests.records.queries.scene import CUSTOMER, LEAD, TAGS, Scene, make, open_scene
from tests.records.queries.web import client_of
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.registry import FIELD_TYPES
from xiaolu.metadata.model.entity import Entity, Numbering

Run = Callable[..., Any]
PLACE = {"lat": 29.8683, "lng": 121.544, "accuracy": 12.35, "at": "2026-01-05T06:30:00Z", "address": "海曙区"}
VOICE = (
    b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00@\x1f\x00\x00@\x1f\x00\x00\x01\x00\x08\x00data"
    + bytes(4)
)
FILM = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(64)
EVERY: dict[str, tuple[Any, dict[str, Any]]] = {
    "text": ("泵房 3", {}),
    "long_text": ("第一行\n第二行", {}),
    "rich_text": ("<p>你好 <b>世界</b></p>", {}),
    "integer": (12, {"unit": {"zh": "台"}}),
    "decimal": ("2.34", {}),
    "money": ("1234.50", {}),
    "percent": ("0.2500", {}),
    "duration": (9000, {}),
    "date": ("2026-01-05", {}),
    "date_time": ("2026-01-05T06:30:00Z", {}),
    "switch": (True, {}),
    "single_select": ("high", {"set": "levels"}),
    "multi_select": (["show", "web"], {"options": TAGS}),
    "checklist": (["show", "friend"], {"options": TAGS}),
    "keyword_list": (["价格高", "交期"], {}),
    "email": ("wang.fang@example.com", {}),
    "phone": ("13812345678", {}),
    "url": ("https://example.com/a?b=1", {}),
    "region": ("330203", {}),
    "location": (PLACE, {"max_accuracy": 50}),
    "barcode": ("6901234567892", {}),
    "rating": (4, {}),
    "user": (None, {}),
    "department": (None, {}),
    "relation": (None, {"target": "customer"}),
    "many_to_many": (None, {"target": "customer"}),
    "file": (None, {}),
    "image": (None, {}),
    "audio": (None, {}),
    "video": (None, {}),
    "signature": (None, {}),
    "sub_table": (None, {"entity": "every_row"}),
    "auto_number": (None, {"numbering": "everys"}),
    "formula": (None, {"formula": "{栏 money} * 2", "result": "money"}),
    "lookup": (None, {"relation": "f_relation", "field": "city", "result": "text"}),
    "rollup": (None, {"children": "f_sub_table", "aggregate": "sum", "field": "pieces", "result": "integer"}),
}
"""Each type: a value and settings; None: made by the test, or by the platform."""
GIVEN_ANEW = {"auto_number"}
"""What belongs to a record and does not pass to another."""
UPLOADS: dict[str, list[tuple[str, bytes]]] = {
    "file": [("合同、附件.txt", "合同".encode()), ("合同、附件.txt", "补充".encode())],
    "image": [("现场.jpg", jpeg())],
    "audio": [("语音.wav", VOICE)],
    "video": [("演示.mp4", FILM)],
    "signature": [("签名.jpg", jpeg(colour="blue"))],
}
ROW = Entity(
    key="every_row",
    label=Label("明细行"),
    title="part",
    parent="every",
    fields=(
        make("part", "text", "部件", required=True),
        make("pieces", "integer", "件数"),
        make("photo", "image", "照片"),
    ),
)


async def open_form(uow: UnitOfWork) -> Scene:
    fields = tuple(make(f"f_{key}", key, f"栏 {key}", **options) for key, (_, options) in EVERY.items())
    form = Entity(key="every", label=Label("全部类型"), title="f_text", fields=fields)
    numbering = Numbering(key="everys", label=Label("编号"), pattern="E-{seq:3}")
    scene = await open_scene(uow, entities=(CUSTOMER, LEAD, form, ROW), numberings=(numbering,))
    await scene.department("华东")
    await scene.member("ann", "boss", name="安娜", department="华东")
    return scene


async def upload(client: httpx.AsyncClient, name: str, content: bytes) -> str:
    answer = await client.post("/api/files", files={"file": (name, content)})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def values_of(scene: Scene, client: httpx.AsyncClient) -> dict[str, Any]:
    """Return what a new record is given: files are uploaded as the form does it."""
    customer = await scene.add("customer", name="甬江", city="宁波")
    values = {f"f_{key}": value for key, (value, _) in EVERY.items() if value is not None}
    values |= {"f_user": str(scene.people["ann"].id), "f_department": str(scene.departments["华东"])}
    values |= {"f_relation": customer, "f_many_to_many": [customer]}
    for key, given in UPLOADS.items():
        ids = [await upload(client, name, content) for name, content in given]
        values[f"f_{key}"] = ids if key in ("file", "image") else ids[0]
    photo = await upload(client, "现场.jpg", jpeg(colour="green"))
    values["f_sub_table"] = [{"part": "泵", "pieces": 2, "photo": [photo]}, {"part": "阀", "pieces": 3}]
    return values


async def seen(client: httpx.AsyncClient, record: dict[str, Any]) -> dict[str, Any]:
    """Return a record's values, with contents in place of files, and without what rows are called inside."""

    async def content(identifier: str) -> tuple[str, bytes]:
        answer = await client.get(f"/api/files/{identifier}")
        return answer.headers["content-type"], answer.content

    values = dict(record["values"])
    for key in UPLOADS:
        held = values[f"f_{key}"]
        values[f"f_{key}"] = [await content(each) for each in (held if isinstance(held, list) else [held])]
    rows = [{key: each[key] for key in ("part", "pieces", "photo")} for each in values["f_sub_table"]]
    values["f_sub_table"] = [
        each | {"photo": [await content(one) for one in each["photo"]] if each["photo"] else None} for each in rows
    ]
    return {key: value for key, value in values.items() if key.removeprefix("f_") not in GIVEN_ANEW}


async def the_only(client: httpx.AsyncClient) -> dict[str, Any]:
    (row,) = (await client.post("/api/records/every/query", json={"limit": 10})).json()["rows"]
    found: dict[str, Any] = (await client.get(f"/api/records/every/{row['id']}")).json()
    return found


def test_every_type_leaves_and_comes_back_as_it_was(uow: UnitOfWork, run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        assert set(EVERY) == set(FIELD_TYPES)
        scene = await open_form(uow)
        driver = Driver(scene, tmp_path)
        async with client_of(scene, "ann", driver.storage) as client:
            created = await client.post("/api/records/every", json={"values": await values_of(scene, client)})
            assert created.status_code == 201, created.text
            first = await the_only(client)
            before = await seen(client, first)
            assert all(value not in (None, [], "") for value in before.values()), before
            fields = [f"f_{key}" for key in EVERY]
            made = await client.post("/api/records/every/export", json={"format": "zip", "fields": fields})
            with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
                files = {each for each in archive.namelist() if "/" in each}
                assert files == {
                    "附件/合同、附件.txt", "附件/合同、附件 (2).txt", "附件/现场.jpg", "附件/现场 (2).jpg",
                    "附件/语音.wav", "附件/演示.mp4", "附件/签名.jpg",
                }  # fmt: skip
                (book,) = set(archive.namelist()) - files
                sheets = openpyxl.load_workbook(io.BytesIO(archive.read(book)))
                assert sheets.sheetnames == ["全部类型", "栏 sub_table"]
            gone = await client.delete(f"/api/records/every/{first['id']}", params={"version": first["version"]})
            assert gone.status_code == 204, gone.text
            file = await upload(client, "全部.zip", made.content)
            job = (await client.post("/api/imports", json={"entity": "every", "file": file})).json()
            assert job["has_files"]
            columns = {each["name"]: each["field"] for each in job["columns"]}
            address = f"/api/imports/{job['id']}"
            mapping = {"columns": columns, "mode": "create", "key": job["key"]}
            assert (await client.put(f"{address}/mapping", json=mapping)).status_code == 200
            for step in ("check", "run"):
                assert (await client.post(f"{address}/{step}")).status_code == 202
                await driver.work(UUID(job["id"]))
            done = (await client.get(address)).json()
            assert (done["state"], done["created"], done["bad"]) == ("done", 1, 0), done["problems"]
            second = await the_only(client)
            assert second["id"] != first["id"]
            assert await seen(client, second) == before

    run(scenario())
