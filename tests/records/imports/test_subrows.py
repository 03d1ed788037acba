"""Several rows of a file make one record with the rows of its sub-table; rows may stand on a sheet of their own."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.records.imports.driver import Driver
from tests.records.queries.scene import CUSTOMER, LEAD, Scene, make, open_scene
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import Invalid
from xiaolu.kit.i18n import Label, describe
from xiaolu.metadata.model.entity import Entity, Numbering
from xiaolu.records.imports.refused_file import write_refused
from xiaolu.records.imports.store import jobs

Run = Callable[..., Any]
ORDER = Entity(
    key="order",
    label=Label("订单", "Order"),
    title="number",
    fields=(
        make("number", "text", "订单编号", required=True, unique=True),
        make("customer", "relation", "客户", target="customer"),
        make("day", "date", "日期"),
        make("lines", "sub_table", "明细", entity="line"),
        make("pieces", "rollup", "总数量", children="lines", aggregate="sum", field="quantity", result="integer"),
    ),
)
LINE = Entity(
    key="line",
    label=Label("订单明细", "Line"),
    title="product",
    parent="order",
    fields=(
        make("product", "text", "产品", required=True),
        make("quantity", "integer", "数量", required=True, min=1),
        make("maker", "relation", "厂家", target="customer"),
    ),
)

OFFER = Entity(
    key="offer",
    label=Label("报价单", "Offer"),
    title="number",
    fields=(
        make("number", "auto_number", "报价单号", numbering="offers"),
        make("buyer", "text", "客户名称", required=True),
        make("items", "sub_table", "明细", entity="item"),
    ),
)
ITEM = Entity(
    key="item",
    label=Label("报价明细", "Item"),
    title="product",
    parent="offer",
    fields=(
        make("product", "text", "产品", required=True),
        make("quantity", "integer", "数量", required=True, min=1),
    ),
)
OFFERS = Numbering(key="offers", label=Label("报价单号"), pattern="BJ-{seq:3}")


@pytest.fixture
def scene(uow: UnitOfWork, run: Run) -> Scene:
    async def begin() -> Scene:
        made = await open_scene(uow, entities=(CUSTOMER, LEAD, ORDER, LINE, OFFER, ITEM), numberings=(OFFERS,))
        await made.department("华东")
        await made.member("ann", "boss", name="安娜", department="华东")
        await made.add("customer", name="甲公司")
        await made.uow.finish()
        return made

    found: Scene = run(begin())
    return found


@pytest.fixture
def driver(scene: Scene, tmp_path: Path) -> Driver:
    return Driver(scene, tmp_path)


def book(**sheets: list[list[Any]]) -> bytes:
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, rows in sheets.items():
        page = made.add_worksheet(name)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    made.close()
    return stream.getvalue()


async def orders(scene: Scene) -> dict[str, tuple[int | None, list[tuple[str, int]]]]:
    """Return the live orders: their total, and their lines in order."""
    rows = await scene.uow.connection.fetch(
        "SELECT o.number, o.pieces, l.product, l.quantity FROM r_order o LEFT JOIN r_line l ON l.parent_id = o.id "
        "AND l.deleted_at IS NULL WHERE o.deleted_at IS NULL ORDER BY o.number, l.position"
    )
    found: dict[str, tuple[int | None, list[tuple[str, int]]]] = {}
    for row in rows:
        lines = found.setdefault(row["number"], (row["pieces"], []))[1]
        lines += [(row["product"], row["quantity"])] if row["product"] else []
    return found


SHEET = "订单编号,客户,产品,明细数量,厂家\nA1,甲公司,泵,2,甲公司\n,,阀,3,\nA2,,管,5,\nA3,,表,x,\nA3,,秤,1,无此厂家\nA3,,钟,1,\nA1,甲公司,灯,4,\n"


def test_rows_that_repeat_a_record_become_its_sub_table(
    scene: Scene, driver: Driver, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xiaolu.records.imports.running.BATCH", 2)  # the rows of a record stay together

    async def scenario() -> None:
        job = await driver.begin(SHEET, entity="order")
        assert [each.field for each in job.columns] == [
            "number", "customer", "lines.product", "lines.quantity", "lines.maker",
        ]  # fmt: skip
        with pytest.raises(Invalid) as refused:
            await driver.map(job)
        assert [each.code for each in refused.value.problems] == ["import.rows_need_key"]
        await scene.uow.abandon()
        checked = await driver.check(await driver.map(job, key="number"))
        counts = checked.counts
        assert (counts.good, counts.bad, counts.created, counts.child_rows) == (4, 3, 2, 4)
        assert await orders(scene) == {}
        await driver.work(job.id)
        done = await driver.run(checked)
        assert (done.counts.created, done.counts.child_rows, done.counts.bad) == (2, 4, 3)
        assert await orders(scene) == {"A1": (9, [("泵", 2), ("阀", 3), ("灯", 4)]), "A2": (5, [("管", 5)])}
        made = await write_refused(scene.ctx("ann"), driver.storage, done)
        sheet = openpyxl.load_workbook(made.path).active
        assert sheet is not None
        told = [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]
        assert [row[3] for row in told[1:]] == ["表", "秤", "钟"]
        assert told[1][-1].startswith("数量:")
        assert told[2][-1].startswith("厂家:")
        assert "第 5 行有误" in told[3][-1]
        undone = await driver.undo(done)
        assert undone.state == "undone"
        assert await orders(scene) == {}
        live = await scene.uow.connection.fetchval("SELECT count(*) FROM r_line WHERE deleted_at IS NULL")
        assert live == 0

    run(scenario())


def test_records_that_get_a_number_of_their_own_are_told_apart_by_that_of_the_file(
    scene: Scene, driver: Driver, run: Run
) -> None:
    one = "报价单号,客户名称,产品,数量\nQ7,甲公司,泵,2\nQ7,甲公司,阀,3\nQ9,甲公司,管,5\n"
    two = book(
        报价单=[["报价单号", "客户名称"], ["Q5", "乙公司"]], 明细=[["报价单号", "产品", "数量"], ["Q5", "表", 4]]
    )

    async def scenario() -> None:
        job = await driver.begin(one, entity="offer")
        assert [each.field for each in job.columns] == ["$record", "buyer", "items.product", "items.quantity"]
        with pytest.raises(Invalid) as refused:
            await driver.map(job, key="$record", mode="upsert")
        assert [each.code for each in refused.value.problems] == ["import.key_not_kept"]
        await scene.uow.abandon()
        done = await driver.run(await driver.map(job, key="$record"))
        assert (done.counts.created, done.counts.child_rows, done.counts.bad) == (2, 3, 0)
        beside = await driver.whole(two, "offer", "报价.xlsx", key="$record")
        assert (beside.counts.created, beside.counts.child_rows, beside.counts.bad) == (1, 1, 0)
        found = await scene.uow.connection.fetch(
            "SELECT o.number, sum(i.quantity) AS pieces FROM r_offer o JOIN r_item i ON i.parent_id = o.id GROUP BY 1 ORDER BY 1"
        )
        assert [(row["number"], row["pieces"]) for row in found] == [("BJ-001", 5), ("BJ-002", 5), ("BJ-003", 4)]

    run(scenario())


def test_rows_of_a_second_sheet_find_their_record(scene: Scene, driver: Driver, run: Run) -> None:
    data = book(
        订单=[["订单编号", "客户"], ["B1", "甲公司"], ["B2", None]],
        明细=[["订单编号", "产品", "数量"], ["B1", "泵", 1], ["A0", "阀", 2], ["B1", "管", 3], ["A0", "旧", 7]],
    )

    async def scenario() -> None:
        await scene.add("order", number="A0", lines=[{"product": "旧", "quantity": 7}])
        await scene.uow.finish()
        job = await driver.begin(data, "订单.xlsx", entity="order")
        assert {each.name: each.field for each in job.columns} == {
            "订单编号": "number", "客户": "customer", "明细!订单编号": "lines.$record", "明细!产品": "lines.product",
            "明细!数量": "lines.quantity",
        }  # fmt: skip
        done = await driver.run(await driver.map(job, key="number", mode="upsert"))
        assert done.total == 6
        counts = done.counts
        assert (counts.created, counts.updated, counts.child_rows, counts.bad) == (2, 1, 3, 0)
        after = {"A0": (9, [("旧", 7), ("阀", 2)]), "B1": (4, [("泵", 1), ("管", 3)]), "B2": (0, [])}
        assert await orders(scene) == after
        again = await driver.whole(data, "order", "订单.xlsx", key="number", mode="upsert")
        assert (again.counts.unchanged, again.counts.child_rows, again.counts.bad) == (3, 0, 0)
        assert await orders(scene) == after
        undone = await driver.undo(done)
        assert undone.undo is not None
        assert (undone.undo.deleted, undone.undo.restored, undone.undo.kept) == (2, 1, 0)
        assert await orders(scene) == {"A0": (7, [("旧", 7)])}

        lonely = await driver.begin(data, "订单.xlsx", entity="order")
        columns = {each.name: each.field for each in lonely.columns}
        with pytest.raises(Invalid) as refused:
            await driver.map(lonely, {**columns, "明细!订单编号": None}, key="number")
        assert {each.code for each in refused.value.problems} == {"import.rows_of_whom"}
        await scene.uow.abandon()

        lost = book(
            订单=[["订单编号", "客户"], ["C1", None]],
            明细=[["订单编号", "产品", "数量"], ["C9", "泵", 1], ["C1", "阀", "两"], ["C1", "管", 1]],
        )
        told = await driver.check(await driver.map(await driver.begin(lost, "新.xlsx", entity="order"), key="number"))
        refusals = await jobs.list_refusals(scene.uow, told.id, after=0, limit=10)
        assert [(each.sheet, each.line, each.problems[0].code) for each in refusals] == [
            ("订单", 2, "import.held_back"),
            ("明细", 2, "import.record_missing"),
            ("明细", 3, "field.expected_integer"),
            ("明细", 4, "import.held_back"),
        ]
        first, second = (describe(each.problems[0], "zh") for each in refusals[:2])
        assert "工作表“明细”第 3 行有误" in first
        assert second.startswith("第一张工作表里没有“C9”，系统里也没有")

    run(scenario())
