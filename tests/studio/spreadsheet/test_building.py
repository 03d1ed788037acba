"""Spreadsheets become a related app whose rows come in by the ordinary import, and the app can be taken back."""

import io
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from tests.records.queries.scene import Scene
from tests.studio.spreadsheet.shop import ACCOUNTS, DEALS, spreadsheets
from xiaolu.access.context import Context
from xiaolu.files.service import store_file
from xiaolu.files.storage import FileStorage
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import AppError, Invalid
from xiaolu.metadata.model.view import Measure
from xiaolu.metadata.publishing.service import install_definitions, load_snapshot
from xiaolu.metadata.yamlform import decode_definitions
from xiaolu.records.imports.service import run_due_imports
from xiaolu.records.queries.model import AggregateQuery, GroupBy
from xiaolu.records.queries.service import aggregate_records
from xiaolu.studio.spreadsheet.model import AppPlan, Calculated, Phase
from xiaolu.studio.spreadsheet.service import advance_builds, build_app, read_build, read_spreadsheets, undo_build

Run = Callable[..., Any]
BASE = """
format: 1
entities: [{key: accounts, label: 旧客户, title: name, fields: [{key: name, label: 名称, type: text}]}]
roles:
  - {key: boss, label: 主管, abilities: [build], grants: [{entity: "*", create: true, read: all, update: all, delete: all, import: true, export: true}]}
  - {key: rep, label: 销售}
"""


class Shop:
    """A builder with spreadsheets."""

    def __init__(self, scene: Scene, folder: Path) -> None:
        self.scene = scene
        self.storage = FileStorage(folder)

    async def ctx(self, who: str | None = "ann") -> Context:
        self.scene.snapshot = await load_snapshot(self.scene.uow)
        return replace(self.scene.ctx(who) if who else self.scene.ctx(), snapshot=self.scene.snapshot)

    async def upload(self, files: Mapping[str, bytes | str]) -> list[UUID]:
        ids = []
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            ids.append((await store_file(await self.ctx(), self.storage, name, io.BytesIO(data))).id)
        return ids

    async def work(self) -> None:
        await self.scene.uow.finish()
        for _ in range(500):
            done = await advance_builds(await self.ctx(None), self.storage)
            done += await run_due_imports(await self.ctx(None), self.storage)
            await self.scene.uow.finish()
            if not done:
                return
        pytest.fail("the imports do not come to an end")


@pytest.fixture
def shop(uow: UnitOfWork, run: Run, tmp_path: Path) -> Shop:
    async def make() -> Shop:
        definitions = decode_definitions(BASE)
        assert not isinstance(definitions, list), definitions
        await install_definitions(uow, definitions)
        await uow.finish()
        scene = Scene(uow, await load_snapshot(uow))
        await scene.member("ann", "boss")
        return Shop(scene, tmp_path)

    made: Shop = run(make())
    return made


def _types(plan: AppPlan, sheet: int) -> dict[str, str]:
    return {each.column: each.type for each in plan.sheets[sheet].columns}


def test_four_spreadsheets_become_a_related_app(shop: Shop, run: Run) -> None:
    async def scenario() -> None:
        files = await shop.upload(spreadsheets())
        found = await read_spreadsheets(await shop.ctx(), shop.storage, files, name="Sales")
        plan = found.plan
        assert [each.key for each in plan.sheets] == ["accounts_2", "products", "sales_pipeline", "sales_teams"]
        assert _types(plan, 0) == {
            "account": "text", "sector": "single_select", "year_established": "integer", "revenue": "decimal",
            "employees": "integer", "office_location": "single_select", "subsidiary_of": "relation",
        }  # fmt: skip
        assert _types(plan, 2) == {
            "opportunity_id": "text", "sales_agent": "relation", "product": "relation", "account": "relation",
            "deal_stage": "single_select", "engage_date": "date", "close_date": "date", "close_value": "decimal",
        }  # fmt: skip
        deals = plan.sheets[2]
        assert (deals.title, deals.board) == ("opportunity_id", "deal_stage")
        assert next(each for each in deals.columns if each.column == "product").replacements == {"ZXPro": "ZX Pro"}
        calculated = (
            Calculated(key="days", label="Days", formula="DAYS({close_date}, {engage_date})", result="integer"),
        )
        deals = msgspec.structs.replace(deals, calculated=calculated, group="sales_agent", only=("deal_stage", "Won"))
        plan = msgspec.structs.replace(plan, sheets=(*plan.sheets[:2], deals, plan.sheets[3]), roles={"rep": "read"})
        build = await build_app(await shop.ctx(), plan)
        await shop.work()
        done, jobs = await read_build(await shop.ctx(), build.id)
        assert (done.phase, [each.failure for each in done.steps]) == (Phase.DONE, [None] * 5)
        counts = [(each.counts.created, each.counts.updated, each.counts.bad) for each in jobs if each]
        assert counts == [(ACCOUNTS, 0, 0), (5, 0, 0), (9, 0, 0), (DEALS, 0, 0), (0, 4, 0)]
        query = AggregateQuery(
            group=(GroupBy(field="product.series"),), measures=(Measure(do="count"), Measure(do="max", field="days"))
        )
        groups = (await aggregate_records(await shop.ctx(), "sales_pipeline", query)).groups
        assert sum(each.values[0] for each in groups) == DEALS
        assert {each.labels[0] for each in groups} == {"ZX", "LM"}
        assert all(5 <= int(each.values[1]) <= 120 for each in groups)
        current = (await shop.ctx()).snapshot
        assert [each.key for each in current.definitions.views] == [
            "accounts_2_all", "products_all", "sales_pipeline_all", "sales_pipeline_board", "sales_pipeline_only", "sales_teams_all",
        ]  # fmt: skip
        assert [each.entity for each in current.roles["rep"].grants] == [each.key for each in plan.sheets]
        await undo_build(await shop.ctx(), build.id)
        await shop.scene.uow.finish()
        after = (await shop.ctx()).snapshot
        assert set(after.entities) == {"accounts"}
        assert (after.definitions.views, after.definitions.option_sets, after.roles["rep"].grants) == ((), (), ())

    run(scenario())


def test_a_relation_must_lead_to_a_title(shop: Shop, run: Run) -> None:
    async def scenario() -> None:
        files = await shop.upload(
            {"a.csv": "名称,号\n甲,1\n乙,2\n丙,3\n", "b.csv": "单,客\nx1,甲\nx2,乙\nx3,丙\nx4,甲\n"}
        )
        plan = (await read_spreadsheets(await shop.ctx(), shop.storage, files)).plan
        first = msgspec.structs.replace(plan.sheets[0], title="号")
        with pytest.raises(Invalid) as refused:
            await build_app(await shop.ctx(), msgspec.structs.replace(plan, sheets=(first, plan.sheets[1])))
        assert {each.code for each in refused.value.problems} == {"spreadsheet.target_not_title"}

    run(scenario())


BAD = {
    "blank.csv": b"\n\n,,\n",
    "head.csv": b"a,b\n",
    "zeros.csv": bytes(5_000),
    "noise.xlsx": os.urandom(4_000),
    "torn.xlsx": b"PK\x03\x04" + os.urandom(3_000),
    "old.xls": b"\xd0\xcf\x11\xe0" + bytes(600),
    "page.csv": b"<html><body>no</body></html>",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_in_words(shop: Shop, run: Run, name: str) -> None:
    async def scenario() -> None:
        files = await shop.upload({name: BAD[name]})
        with pytest.raises(AppError) as refused:
            await read_spreadsheets(await shop.ctx(), shop.storage, files)
        assert refused.value.code in {"import.empty", "import.unreadable"}

    run(scenario())


@pytest.mark.parametrize(
    "text",
    [
        "a,a,a\n1,2,3\n4,5\n6,7,8,9\n",
        "名称\n" + "甲" * 40_000 + "\n",
        "公式,b\n=1+1,@x\n'=2,-3\n",
        'x;y\n"a;b\n',
        "owner,id,stage\n1,2,3\n2,3,4\n",
        ",".join(f"c{at}" for at in range(120)) + "\n" + ",".join("1" for _ in range(120)) + "\n",
        "日期,金额\n不详,未知\n待定,面议\n",
    ],
)
def test_odd_files_still_make_sound_apps(shop: Shop, run: Run, text: str) -> None:
    async def scenario() -> None:
        files = await shop.upload({"odd 表.csv": text})
        plan = (await read_spreadsheets(await shop.ctx(), shop.storage, files)).plan
        build = await build_app(await shop.ctx(), plan)
        await shop.work()
        done, jobs = await read_build(await shop.ctx(), build.id)
        assert (done.phase, [each.failure for each in done.steps]) == (Phase.DONE, [None])
        assert [each.counts.good + each.counts.bad for each in jobs if each] == [plan.sheets[0].rows]

    run(scenario())
