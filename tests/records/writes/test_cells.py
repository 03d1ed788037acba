"""Ranges of cells: read as people write them, refused cell by cell, all or what can be written, and taken back safely."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.records.writes.scene import Scene
from tests.records.writes.test_many import named
from tests.records.writes.test_routes import client_of
from xiaolu.kit.errors import Denied, Invalid
from xiaolu.records.cells.model import CellResult, CellRow
from xiaolu.records.cells.routes import ROUTES
from xiaolu.records.cells.service import MOST_ROWS, change_cells
from xiaolu.records.model import Record

Run = Callable[..., Any]


async def paste(scene: Scene, *rows: CellRow, who: str = "admin", part: bool = False) -> CellResult:
    result = await change_cells(scene.ctx(who), "lead", rows, is_all_or_nothing=not part)
    await scene.uow.finish()
    return result


def texts(record: Record, **cells: str | None) -> CellRow:
    return CellRow(record.id, texts=cells)


def told(result: CellResult) -> list[Mapping[str, str]]:
    return [named(list(each.problems)) for each in result.failed]


def test_cells_are_read_as_people_write_them(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", name="华东机床", region="浙江"))
    one, two = (run(scene.add("lead", name=name)) for name in ("一", "二"))
    result = run(
        paste(
            scene,
            texts(
                one,
                amount="¥1,200.50",
                due="2026年1月2日",
                level="甲",
                customer="华东机床",
                reason="询价",
                rate="12.5%",
            ),
            texts(two, amount="0", due="2026/3/4", helper="王芳", keywords="账期、交期", owner="李娜"),
        )
    )
    assert (result.is_written, set(result.changed), told(result)) == (True, {one.id, two.id}, [])
    first, second = run(scene.read(one)).values, run(scene.read(two))
    assert (Decimal(first["amount"]), first["due"], first["level"]) == (Decimal("1200.50"), "2026-01-02", "a")
    assert (first["customer"], Decimal(first["rate"])) == (str(customer.id), Decimal("0.125"))
    assert (second.values["due"], second.values["keywords"]) == (date(2026, 3, 4).isoformat(), ["账期", "交期"])
    assert second.values["helper"] == str(scene.people["wang"].id)
    assert second.owner == scene.people["lina"].id
    assert result.changed[two.id]["owner"] == str(second.owner)
    cleared = run(paste(scene, texts(one, due="", rate=None)))
    assert cleared.changed == {one.id: {"due": None, "rate": None}}
    assert run(scene.read(one)).values["due"] is None


def test_one_refusal_keeps_all_or_only_itself(scene: Scene, run: Run) -> None:
    one, two, three = (run(scene.add("lead", name=name)) for name in ("一", "二", "三"))
    rows = (
        texts(one, amount="10"),
        texts(two, amount="很多", level="没有", expected="5"),
        texts(three, amount="-1", due="2026-01-01"),
    )
    kept = run(paste(scene, *rows))
    assert (kept.is_written, kept.changed) == (False, {})
    assert set(told(kept)[0]) == {"values.amount", "values.level", "values.expected"}
    assert told(kept)[0]["values.expected"] == "field.computed"
    assert told(kept)[1] == {"values.amount": "field.too_small"}
    assert [each.id for each in kept.failed] == [two.id, three.id]
    assert run(scene.read(one)).version == 1
    written = run(paste(scene, *rows, part=True))
    assert (written.is_written, written.changed) == (True, {one.id: {"amount": "10.00"}})
    assert [run(scene.read(each)).version for each in (one, two, three)] == [2, 1, 1]


def test_what_somebody_else_wrote_is_not_written_over(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", name="一", amount=10, keywords=["甲"]))
    taken = CellRow(lead.id, values={"amount": "10.00"}, expected={"amount": "20.00"})
    run(paste(scene, texts(lead, amount="20")))
    run(scene.change(lead, reason="别的字段", version=2))
    assert run(paste(scene, taken)).changed == {lead.id: {"amount": "10.00"}}
    run(scene.change(lead, amount=30))
    again = run(paste(scene, taken, part=True))
    assert told(again) == [{"values.amount": "cells.changed"}]
    assert run(scene.read(lead)).values["amount"] == "30.00"


def test_permissions_hold_for_cells(scene: Scene, run: Run) -> None:
    mine = run(scene.add("lead", "wang", name="一"))
    others = run(scene.add("lead", "zhao", name="二"))
    result = run(paste(scene, texts(mine, limit="0.1", name="新"), texts(others, name="改"), who="wang", part=True))
    assert told(result) == [{"values.limit": "field.read_only"}, {"": "record.not_found"}]
    refusal = run(scene.refusal(change_cells(scene.ctx("wang"), "product", [], is_all_or_nothing=True)))
    assert isinstance(refusal, Denied)


@pytest.mark.parametrize(("count", "code"), [(MOST_ROWS + 1, "cells.too_many"), (2, "cells.twice")])
def test_too_much_and_twice_the_same(scene: Scene, run: Run, count: int, code: str) -> None:
    lead = run(scene.add("lead", name="一"))
    error = run(scene.refusal(paste(scene, *[texts(lead, name="二")] * count)))
    assert isinstance(error, Invalid)
    assert error.code == code


def test_cells_over_http(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", name="一"))

    async def ask() -> None:
        async with client_of(scene, "admin", ROUTES) as http:
            body = {"rows": [{"id": str(lead.id), "texts": {"amount": "x"}}]}
            refused = (await http.post("/records/lead/cells", json=body)).json()
            assert (refused["written"], refused["changed"]) == (False, [])
            assert refused["failed"][0]["id"] == str(lead.id)
            assert refused["failed"][0]["problems"][0]["path"] == ["values", "amount"]
            assert refused["failed"][0]["problems"][0]["message"]
            body = {"rows": [{"id": str(lead.id), "texts": {"amount": "1,500"}, "values": {"name": "新"}}]}
            done = (await http.post("/records/lead/cells", json=body)).json()
            changed = [{"id": str(lead.id), "values": {"amount": "1500.00", "name": "新"}}]
            assert done == {"written": True, "changed": changed, "failed": []}

    run(ask())
