"""A public data set of a company's sales, with the dirt it has, goes into entities that are defined in YAML."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.records.imports.driver import Driver
from tests.records.queries.scene import Scene
from xiaolu.kit.db import UnitOfWork
from xiaolu.metadata.model.view import Measure
from xiaolu.metadata.publishing.service import install_definitions, load_snapshot
from xiaolu.metadata.yamlform import decode_definitions
from xiaolu.records.imports.store import jobs
from xiaolu.records.queries.model import AggregateQuery, GroupBy
from xiaolu.records.queries.service import aggregate_records

Run = Callable[..., Any]
FOLDER = Path(__file__).parents[4] / "shared" / "data" / "crm-opportunities"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the public data set is not at {FOLDER}")

YAML = """
format: 1
entities:
  - key: account
    label: {zh: 客户, en: Account}
    title: account
    fields:
      - {key: account, label: {zh: 公司, en: account}, type: text, required: true, unique: true}
      - {key: sector, label: {zh: 行业, en: sector}, type: single_select, options: {options: [
          {key: technology, label: technology}, {key: medical, label: medical}, {key: retail, label: retail},
          {key: software, label: software}, {key: finance, label: finance}, {key: marketing, label: marketing},
          {key: services, label: services}, {key: entertainment, label: entertainment},
          {key: telecommunications, label: telecommunications}, {key: employment, label: employment}]}}
      - {key: year_established, label: {zh: 成立年份, en: year_established}, type: integer}
      - {key: revenue, label: {zh: 营收, en: revenue}, type: decimal, options: {scale: 2}}
      - {key: employees, label: {zh: 人数, en: employees}, type: integer}
      - {key: office_location, label: {zh: 地点, en: office_location}, type: text}
      - {key: holding, label: {zh: 母公司, en: subsidiary_of}, type: relation, options: {target: account}}
  - key: product
    label: {zh: 产品, en: Product}
    title: product
    fields:
      - {key: product, label: {zh: 产品, en: product}, type: text, required: true, unique: true}
      - {key: series, label: {zh: 系列, en: series}, type: text}
      - {key: sales_price, label: {zh: 价格, en: sales_price}, type: decimal, options: {scale: 2}}
  - key: opportunity
    label: {zh: 商机, en: Opportunity}
    title: opportunity_id
    fields:
      - {key: opportunity_id, label: {zh: 编号, en: opportunity_id}, type: text, required: true, unique: true}
      - {key: sales_agent, label: {zh: 销售, en: sales_agent}, type: text, required: true}
      - {key: product, label: {zh: 产品, en: product}, type: relation, options: {target: product}, required: true}
      - {key: account, label: {zh: 客户, en: account}, type: relation, options: {target: account}}
      - {key: deal_stage, label: {zh: 阶段, en: deal_stage}, type: single_select, options: {options: [
          {key: prospecting, label: Prospecting}, {key: engaging, label: Engaging}, {key: won, label: Won}, {key: lost, label: Lost}]}}
      - {key: engage_date, label: {zh: 开始, en: engage_date}, type: date}
      - {key: close_date, label: {zh: 关闭, en: close_date}, type: date}
      - {key: close_value, label: {zh: 金额, en: close_value}, type: decimal, options: {scale: 2}}
    rules:
      - {check: 'OR({deal_stage} <> "won", NOT(ISBLANK({金额})))', message: 赢单要有金额}
roles:
  - key: boss
    label: 主管
    grants:
      - {entity: "*", create: true, read: all, update: all, delete: all, import: true, export: true}
"""


@pytest.fixture
def shop(uow: UnitOfWork, run: Run, tmp_path: Path) -> Driver:
    async def make() -> Driver:
        definitions = decode_definitions(YAML)
        assert not isinstance(definitions, list), definitions
        await install_definitions(uow, definitions)
        await uow.finish()
        scene = Scene(uow, await load_snapshot(uow))
        await scene.member("ann", "boss")
        return Driver(scene, tmp_path)

    made: Driver = run(make())
    return made


def test_the_opportunities_come_in_with_their_dirt_reported(shop: Driver, run: Run) -> None:
    async def scenario() -> None:
        def read(name: str) -> bytes:
            return (FOLDER / name).read_bytes()

        accounts = await shop.begin(read("accounts.csv"), "accounts.csv", "account")
        assert all(each.field for each in accounts.columns), accounts.columns
        checked = await shop.check(await shop.map(accounts))
        typo = next(each for each in checked.suggestions if each.column == "sector")
        assert (typo.value, typo.near[0]) == ("technolgy", "technology")
        mended = {"sector": {"technolgy": "technology"}}
        first = await shop.run(await shop.map(accounts, replacements=mended))
        again = await shop.whole(
            read("accounts.csv"), "account", "accounts.csv", mode="upsert", key="account", replacements=mended
        )
        assert (again.counts.bad, first.counts.created + again.counts.created) == (0, 85)
        products = await shop.whole(read("products.csv"), "product", "products.csv")
        assert (products.counts.created, products.counts.bad) == (7, 0)

        deals = await shop.begin(read("sales_pipeline.csv"), "sales_pipeline.csv", "opportunity")
        assert {each.name: each.field for each in deals.columns} == {each.name: each.name for each in deals.columns}
        checked = await shop.check(await shop.map(deals))
        near = {each.value: each.near for each in checked.suggestions}
        assert near["GTXPro"][0] == "GTX Pro"
        assert checked.counts.good + checked.counts.bad == 8_800
        assert checked.counts.bad == next(each.rows for each in checked.suggestions if each.value == "GTXPro") > 1_000
        refused = await jobs.list_refusals(shop.scene.uow, deals.id, after=0, limit=1)
        assert refused[0].line == 3
        done = await shop.run(await shop.map(deals, replacements={"product": {"GTXPro": "GTX Pro"}}))
        assert (done.counts.created, done.counts.bad) == (8_800, 0)
        query = AggregateQuery(
            group=(GroupBy(field="deal_stage"),), measures=(Measure(do="count"), Measure(do="sum", field="close_value"))
        )
        groups = (await aggregate_records(shop.scene.ctx("ann"), "opportunity", query)).groups
        assert {each.labels[0]: each.values[0] for each in groups} == {
            "Prospecting": 500, "Engaging": 1589, "Won": 4238, "Lost": 2473,
        }  # fmt: skip
        undone = await shop.undo(done)
        assert undone.undo is not None
        assert (undone.state, undone.undo.deleted, undone.undo.kept) == ("undone", 8_800, 0)

    run(scenario())
