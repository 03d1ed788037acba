"""What leaves in a file is what the person may see, safe to open, and noted."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.records.imports.driver import Driver
from tests.records.queries.scene import Scene, by, where
from xiaolu.files.storage import FileStorage
from xiaolu.kit.errors import Denied, Invalid
from xiaolu.records.exports import service
from xiaolu.records.exports.model import ExportQuery
from xiaolu.records.exports.service import export_records
from xiaolu.records.queries.model import Selection

Run = Callable[..., Any]


async def fill(scene: Scene) -> None:
    await scene.department("华东")
    await scene.member("ann", "boss", name="安娜", department="华东")
    await scene.member("rep", "rep", name="销售", department="华东")
    customer = await scene.add("customer", name="甬江", city="宁波")
    await scene.add(
        "lead", who="ann", name="=cmd|' /C calc'!A0", phone="+8613812345678", level="high", tags=["show", "web"], amount="1234.50",
        hot=True, due="2026-03-01", visited="2026-03-01T16:30:00Z", customer=customer, others=[customer],
        watchers=[str(scene.people["rep"].id)], region="330206", note="一\n二", score=9,
    )  # fmt: skip
    await scene.add("lead", who="rep", name="乙", amount=3)


async def export(scene: Scene, who: str = "ann", **query: Any) -> Any:
    wanted = ExportQuery(**{"sort": (by("name"),), **query})
    made = await export_records(scene.ctx(who), FileStorage(Path("nowhere")), "lead", wanted)
    await scene.uow.finish()
    return made


def read_xlsx(path: Path) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_spreadsheet_shows_what_the_list_shows(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await fill(scene)
        made = await export(scene)
        assert (made.rows, made.name) == (2, "线索-20260318-1100.xlsx")
        head, first, _ = read_xlsx(made.path)
        row = dict(zip(head, first, strict=True))
        assert row["名称"] == "=cmd|' /C calc'!A0"
        assert (row["等级"], row["来源"], row["紧急"]) == ("高", "展会、官网", "是")
        assert (row["金额"], row["双倍"], row["评分"]) == (1234.5, 2469, 9)
        assert row["到期"] == datetime(2026, 3, 1)  # noqa: DTZ001 - a spreadsheet knows no zones
        assert row["上次拜访"] == datetime(2026, 3, 2, 0, 30)  # noqa: DTZ001
        assert (row["客户"], row["相关客户"], row["关注人"], row["负责人"], row["阶段"]) == (
            "甬江",
            "甬江",
            "销售",
            "安娜",
            "新建",
        )
        with zipfile.ZipFile(made.path) as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")

    run(scenario())


def test_csv_is_marked_as_utf8_and_runs_no_formula(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await fill(scene)
        made = await export(scene, format="csv", fields=("name", "amount", "customer.city", "note"))
        data = made.path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        assert rows[0] == ["名称", "金额", "客户 · 城市", "说明"]
        assert rows[1] == ["'=cmd|' /C calc'!A0", "1234.50", "宁波", "一\n二"]

    run(scenario())


def test_only_what_may_be_seen_leaves(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await fill(scene)
        with pytest.raises(Denied):
            await export(scene, "rep")
        await scene.uow.abandon()
        with pytest.raises(Invalid):
            await export(scene, fields=("name", "nothing"))
        with pytest.raises(Invalid):
            await export(scene, fields=())
        made = await export(scene, selection=Selection(filter=where("amount", "lt", 10)))
        assert made.rows == 1
        audit = await scene.uow.connection.fetchrow(
            "SELECT actor_name, subject_id, detail FROM audit WHERE action = 'export.made'"
        )
        assert audit is not None
        assert (audit["actor_name"], audit["subject_id"]) == ("安娜", "lead")
        assert '"rows": 1' in audit["detail"]

    run(scenario())


def test_batches_are_one_state_and_come_back_as_they_left(
    scene: Scene, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "BATCH", 7)

    async def scenario() -> None:
        await fill(scene)
        for at in range(40):
            await scene.add(
                "lead", name=f"n{at:02}", amount=at, due="2026-05-01", level="middle", words=["贵", "慢"], score=at
            )
        fields = (
            "name",
            "phone",
            "level",
            "tags",
            "words",
            "amount",
            "score",
            "hot",
            "due",
            "visited",
            "customer",
            "region",
            "note",
            "owner",
        )
        for file_format in ("xlsx", "csv"):
            made = await export(scene, fields=fields, format=file_format)
            assert made.rows == 42
            driver = Driver(scene, tmp_path)
            job = await driver.begin(made.path.read_bytes(), made.name)
            assert [each.field for each in job.columns] == list(fields)
            before = [row.values for row in (await scene.page(limit=500)).rows]
            ids = [row.id for row in (await scene.page(limit=500)).rows]
            done = await driver.run(await driver.map(job))
            assert (done.counts.created, done.counts.bad) == (42, 0)
            after = [row for row in (await scene.page(limit=500)).rows if row.id not in ids]
            for old, new in zip(before, after, strict=True):
                assert {key: new.values[key] for key in fields[:-1]} == {key: old[key] for key in fields[:-1]}
            await driver.undo(done)

    run(scenario())
