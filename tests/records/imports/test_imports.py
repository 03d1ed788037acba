"""Imports from the file to the records, and back."""

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import openpyxl
import pytest

from tests.records.imports.driver import Driver, workbook
from tests.records.queries.scene import Scene, where
from xiaolu.kit.errors import Conflict, Denied, Invalid, NotFound
from xiaolu.kit.i18n import describe
from xiaolu.kit.sql import raw
from xiaolu.records.imports import running
from xiaolu.records.imports.refused_file import write_refused
from xiaolu.records.imports.service import list_imports, list_refused, read_import, request_run
from xiaolu.records.imports.store import jobs
from xiaolu.records.model import Update
from xiaolu.records.service.change import update_record

Run = Callable[..., Any]


def test_a_spreadsheet_becomes_records(scene: Scene, driver: Driver, run: Run) -> None:
    data = workbook(
        ["线索导出（2026）", None, None],
        ["名称", "电话", "等级", "金额", "到期", "紧急", "来源", "客户", "协助人", "负责人"],
        ["华东机械", 13812345678, "高", "1.2万", date(2026, 3, 1), "是", "展会、官网", "甲公司", "安娜", "ann"],
        ["宁波泵业", "138 1234 5679", "Middle", 99.5, "2026/4/2", "否", None, " 甲公司 ", None, None],
        [None] * 10,
    )

    async def scenario() -> None:
        customer = await scene.add("customer", name="甲公司")
        job = await driver.begin(data, "线索.xlsx")
        assert [each.field for each in job.columns] == [
            "name", "phone", "level", "amount", "due", "hot", "tags", "customer", "helper", "owner",
        ]  # fmt: skip
        assert job.total == 2
        checked = await driver.check(await driver.map(job))
        assert (checked.state, checked.counts.good, checked.counts.bad) == ("checked", 2, 0)
        assert await scene.names() == []
        done = await driver.run(checked)
        assert (done.state, done.counts.created, done.counts.bad) == ("done", 2, 0)
        first, second = (await scene.page()).rows
        assert first.values["phone"] == "13812345678"
        assert first.values["amount"] == "12000.00"
        assert first.values["double"] == "24000.00"
        assert (first.values["level"], first.values["hot"], first.values["tags"]) == ("high", True, ["show", "web"])
        assert first.values["customer"] == second.values["customer"] == customer
        assert first.values["helper"] == str(scene.people["ann"].id)
        assert first.owner == second.owner == scene.people["ann"].id
        assert second.values["due"] == "2026-04-02"
        rows = await scene.uow.connection.fetch(
            "SELECT kind, cause_kind, cause_id, actor_id FROM event WHERE entity = 'lead'"
        )
        assert {tuple(row.values()) for row in rows} == {("record.created", "import", job.id, scene.people["ann"].id)}

    run(scenario())


CSV = "名称,等级,金额,客户\n甲,高,1,GTXPro\n乙,巨,many,\n,高,3,\n丁,低,4,\n"


def test_bad_rows_are_told_with_all_their_reasons(scene: Scene, driver: Driver, run: Run) -> None:
    async def scenario() -> None:
        await scene.add("customer", name="GTX Pro")
        job = await driver.map(await driver.begin(CSV))
        checked = await driver.check(job)
        assert (checked.counts.good, checked.counts.bad) == (0, 4)
        refused = await jobs.list_refusals(scene.uow, job.id, after=0, limit=10)
        told = [(row.number, row.line, [(each.code, each.path[1]) for each in row.problems]) for row in refused]
        assert told == [
            (1, 2, [("reference.not_found_near", "customer")]),
            (2, 3, [("choice.unknown", "level"), ("field.expected_number", "amount")]),
            (3, 4, [("field.required", "name")]),
            (4, 5, [("choice.retired", "level")]),
        ]
        assert refused[1].problems[1].params["value"] == "many"
        suggestion = next(each for each in checked.suggestions if each.column == "客户")
        assert (suggestion.value, suggestion.near, suggestion.rows) == ("GTXPro", ["GTX Pro"], 1)
        job = await driver.map(job, replacements={"客户": {"GTXPro": "GTX Pro"}, "等级": {"巨": "高"}})
        done = await driver.run(job)
        assert (done.state, done.counts.created, done.counts.bad) == ("done", 1, 3)
        made = await write_refused(scene.ctx("ann"), driver.storage, done)
        sheet = openpyxl.load_workbook(io.BytesIO(made.path.read_bytes())).active
        assert sheet is not None
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert rows[0] == ["行", "名称", "等级", "金额", "客户", "原因"]
        assert [row[0] for row in rows[1:]] == [3, 4, 5]
        assert rows[1][1:4] == ["乙", "巨", "many"]
        assert "金额" in str(rows[1][5])

    run(scenario())


def test_rows_change_records_by_key(scene: Scene, driver: Driver, run: Run) -> None:
    async def scenario() -> None:
        old = await scene.add("lead", name="甲", score=1, amount=5)
        await scene.add("lead", name="两", score=7)
        await scene.add("lead", name="个", score=7)
        text = "评分,名称,金额\n1,甲甲,9\n2,乙,3\n2,乙乙,3\n7,几,1\n,无,1\n"
        done = await driver.whole(text, key="score", mode="upsert")
        assert (done.counts.created, done.counts.updated, done.counts.bad) == (2, 2, 1)
        assert sorted(await scene.names()) == sorted(["甲甲", "乙乙", "个", "两", "无"])
        row = next(each for each in (await scene.page()).rows if str(each.id) == old)
        assert (row.title, row.values["amount"], row.version) == ("甲甲", "9.00", 2)
        again = await driver.whole(text, key="score", mode="update")
        assert (again.counts.created, again.counts.updated, again.counts.bad) == (0, 2, 2)
        refused = await jobs.list_refusals(scene.uow, again.id, after=0, limit=10)
        assert [each.problems[0].code for each in refused] == ["import.key_ambiguous", "import.key_empty"]

    run(scenario())


def test_what_relations_name_may_be_made(scene: Scene, driver: Driver, run: Run) -> None:
    async def scenario() -> None:
        text = "名称,客户,相关客户\n甲,新公司,\n乙,新公司,又一家、新公司\n"
        checked = await driver.check(await driver.map(await driver.begin(text), create_missing=True))
        assert (checked.counts.good, checked.counts.bad) == (2, 0)
        assert await scene.names(entity="customer") == []
        done = await driver.run(checked)
        assert done.counts.created == 2
        assert sorted(await scene.names(entity="customer")) == sorted(["新公司", "又一家"])
        assert len(next(row for row in (await scene.page()).rows if row.title == "乙").values["others"]) == 2

    run(scenario())


def test_creator_and_date_are_kept_when_wanted(scene: Scene, driver: Driver, run: Run) -> None:
    async def scenario() -> None:
        await scene.member("bo", "rep", name="老白")
        text = "名称,创建人,创建时间\n甲,老白,2020-05-06 08:00\n"
        job = await driver.begin(text)
        with pytest.raises(Invalid):
            await driver.map(job)
        await scene.uow.abandon()
        await driver.run(await driver.map(job, keep_created=True))
        row = (await scene.page()).rows[0]
        assert row.created_by == scene.people["bo"].id
        assert row.created_at == datetime.fromisoformat("2020-05-06T00:00:00+00:00")

    run(scenario())


def test_an_import_goes_on_after_a_crash(
    scene: Scene, driver: Driver, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 10)

    async def scenario() -> None:
        text = "名称,评分\n" + "".join(f"n{at},{at if at % 7 else 'x'}\n" for at in range(55))
        job = await driver.map(await driver.begin(text))
        await request_run(scene.ctx("ann"), job.id)
        await driver.work(job.id, steps=2)
        await running.run_due_imports(scene.ctx(), driver.storage)
        await scene.uow.abandon()  # the transaction is lost
        assert (await read_import(scene.ctx("ann"), job.id)).counts.position == 20
        await driver.work(job.id, steps=1)
        running._open.clear()  # the process is lost
        done = await driver.work(job.id)
        assert (done.state, done.counts.position, done.counts.created, done.counts.bad) == ("done", 55, 47, 8)
        assert sorted(await scene.names(limit=100)) == sorted(f"n{at}" for at in range(55) if at % 7)

    run(scenario())


def test_an_import_can_be_taken_back(scene: Scene, driver: Driver, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiaolu.records.imports.undoing.BATCH", 3)

    async def scenario() -> None:
        await scene.add("lead", name="旧一", score=1, amount=5, tags=["web"])
        await scene.add("lead", name="旧二", score=2, amount=6)
        text = "评分,名称,金额,来源,客户\n1,改一,50,展会,新公司\n2,改二,60,,\n3,新三,1,,\n4,新四,1,,\n3,新三三,2,,\n"
        done = await driver.whole(text, key="score", mode="upsert", create_missing=True)
        assert (done.counts.created, done.counts.updated) == (2, 3)
        scene.later(minutes=1)
        for title in ("改二", "新四"):
            row = next(each for each in (await scene.page()).rows if each.title == title)
            await update_record(scene.ctx(), "lead", row.id, Update(values={"amount": 77}))
            await scene.uow.finish()
        undone = await driver.undo(done)
        assert undone.state == "undone"
        assert undone.undo is not None
        assert (undone.undo.deleted, undone.undo.restored, undone.undo.kept) == (2, 1, 2)
        rows = {row.values["score"]: row for row in (await scene.page()).rows}
        assert set(rows) == {1, 2, 4}
        assert (rows[1].title, rows[1].values["amount"], rows[1].values["tags"]) == ("旧一", "5.00", ["web"])
        assert rows[1].values["customer"] is None
        assert rows[2].title == "改二"
        assert await scene.names(entity="customer") == []
        assert len((await scene.page(deleted=True)).rows) == 1

    run(scenario())


def test_who_may_import_and_who_sees_it(scene: Scene, driver: Driver, run: Run) -> None:
    async def scenario() -> None:
        await scene.member("bo", "rep")
        job = await driver.map(await driver.begin("名称\n甲\n"))
        with pytest.raises(NotFound):
            await read_import(scene.ctx("bo"), job.id)
        assert await list_imports(scene.ctx("bo")) == []
        assert [each.id for each in await list_imports(scene.ctx("ann"))] == [job.id]
        with pytest.raises(Denied):
            await Driver(scene, driver.storage.root, "bo").begin("名称\n甲\n")
        await scene.uow.abandon()
        with pytest.raises(Conflict):
            await driver.undo(job)
        await scene.uow.abandon()
        with pytest.raises(NotFound):
            await read_import(scene.ctx("ann"), UUID(int=5))

    run(scenario())


def test_nonsense_mappings_and_files_are_told(scene: Scene, driver: Driver, run: Run) -> None:
    async def scenario() -> None:
        job = await driver.begin("名称,等级,电话\n甲,,\n")
        with pytest.raises(Invalid) as caught:
            await driver.map(
                job, {"名称": "name", "等级": "name", "没有": "phone", "电话": "double"}, mode="update", key="tags"
            )
        assert [each.code for each in caught.value.problems] == [
            "import.unknown_column", "import.field_twice", "import.unknown_field", "import.key_not_mapped",
        ]  # fmt: skip
        await scene.uow.abandon()
        for content in (b"\x00\x01\x02", b"PK\x03\x04 nothing", "名称\n"):
            with pytest.raises(Invalid):
                await driver.begin(content)
            await scene.uow.abandon()

    run(scenario())


def test_a_failed_import_says_why_and_goes_on(scene: Scene, driver: Driver, run: Run) -> None:
    async def scenario() -> None:
        job = await driver.map(await driver.begin("名称\n甲\n"))
        await request_run(scene.ctx("ann"), job.id)
        await scene.uow.connection.execute("UPDATE member_role SET role = 'rep'")
        failed = await driver.work(job.id)
        assert (failed.state, failed.failure) == ("failed", "access.denied.import")
        await scene.uow.connection.execute("UPDATE member_role SET role = 'boss'")
        done = await driver.run(job)
        assert (done.state, done.counts.created) == ("done", 1)
        assert await scene.names(where("name", "eq", "甲")) == ["甲"]

    run(scenario())


def test_new_records_stand_where_the_file_says_and_others_are_not_moved(scene: Scene, driver: Driver, run: Run) -> None:
    async def story() -> None:
        job = await driver.begin("名称,阶段\n甲,洽谈\n乙,Talking\n丙,恰谈\n丁,\n")
        assert {each.name: each.field for each in job.columns} == {"名称": "name", "阶段": "stage"}
        job = await driver.run(await driver.map(job))
        assert (job.counts.created, job.counts.bad) == (3, 1)
        (refused,) = await list_refused(scene.ctx("ann"), job, 10)
        assert "洽谈" in describe(refused.problems[0], "zh")
        rows = await scene.uow.fetch(raw("SELECT name, stage FROM r_lead ORDER BY name"))
        assert {row["name"]: row["stage"] for row in rows} == {"甲": "talk", "乙": "talk", "丁": "new"}
        events = await scene.uow.fetch(
            raw("SELECT after->>'stage' AS stage, cause_kind FROM event WHERE entity = 'lead'")
        )
        assert sorted((row["stage"], row["cause_kind"]) for row in events) == [
            ("new", "import"), ("talk", "import"), ("talk", "import"),
        ]  # fmt: skip
        again = await driver.begin("名称,阶段,金额\n甲,赢单,5\n乙,洽谈,6\n")
        again = await driver.run(await driver.map(again, key="name", mode="upsert"))
        assert (again.counts.updated, again.counts.bad) == (1, 1)
        (refused,) = await list_refused(scene.ctx("ann"), again, 10)
        assert [each.code for each in refused.problems] == ["import.stage_moves"]

    run(story())
