"""The morning meeting: stalled leads, stage health, compliance, timeliness, high-value leads, each with its rows."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Database
from tests.suite.company import Company, found_company
from xiaolu.kit.errors import Invalid
from xiaolu.records.model import Record
from xiaolu.records.queries.listing import query_records
from xiaolu.records.queries.model import ListQuery, Selection
from xiaolu.records.queries.numbers import NumberValue, read_numbers
from xiaolu.records.service.create import create_record

Run = Callable[[Any], Any]


@pytest.fixture
def company(database: Database, runner: asyncio.Runner, tmp_path: Path) -> Company:
    return runner.run(found_company(database, tmp_path))


async def _view(company: Company, who: str, key: str) -> list[str]:
    view = company.snapshot.views[key]
    async with company.acting(who) as ctx:
        page = await query_records(
            ctx, view.entity, ListQuery(selection=Selection(filter=view.filter), sort=view.sort, fields=view.columns)
        )
    return [row.title for row in page.rows]


async def _numbers(company: Company, who: str) -> dict[str, NumberValue]:
    async with company.acting(who) as ctx:
        return {each.number.key: each for each in await read_numbers(ctx)}


async def _drill(company: Company, who: str, number: NumberValue) -> list[Record]:
    async with company.acting(who) as ctx:
        query = ListQuery(selection=Selection(filter=number.filter))
        return (await query_records(ctx, number.number.entity, query)).rows


async def _act(company: Company, lead: Record, **values: Any) -> Record:
    plain = {"subject": "电话沟通", "lead": str(lead.id), "kind": "call", "content": "与王工确认了现场空压机的装机功率"}
    async with company.acting("rep") as ctx:
        return await create_record(ctx, "activity", {**plain, **values})


def test_exactly_72_hours_is_not_stalled(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead(name="停滞线索")
        company.move_clock(hours=72)
        assert await _view(company, "supervisor", "morning_meeting") == []
        assert (await _numbers(company, "supervisor"))["stalled_72"].value == 0
        company.move_clock(seconds=1)
        assert await _view(company, "supervisor", "morning_meeting") == ["停滞线索"]
        stalled = (await _numbers(company, "supervisor"))["stalled_72"]
        assert stalled.value == 1
        assert [row.id for row in await _drill(company, "supervisor", stalled)] == [lead.id]
        assert (await _numbers(company, "rep2"))["stalled_72"].value == 0

    run(scenario())


def test_an_activity_ends_the_stall(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead(name="停滞线索")
        company.move_clock(hours=73)
        assert await _view(company, "rep", "morning_meeting") == ["停滞线索"]
        await _act(company, lead)
        assert await _view(company, "rep", "morning_meeting") == []
        company.move_clock(hours=72, seconds=1)
        assert await _view(company, "rep", "morning_meeting") == ["停滞线索"]

    run(scenario())


def test_stage_health_is_the_share_within_the_limit(company: Company, run: Run) -> None:
    async def scenario() -> None:
        await company.add_lead(name="旧线索")
        company.move_clock(hours=48)
        await company.add_lead(name="新线索")
        assert float((await _numbers(company, "supervisor"))["stage_health"].value) == 1
        company.move_clock(seconds=1)
        health = (await _numbers(company, "supervisor"))["stage_health"]
        assert float(health.value) == 0.5
        assert [row.title for row in await _drill(company, "supervisor", health)] == ["新线索"]
        assert await _view(company, "supervisor", "lead_over_limit") == ["旧线索"]

    run(scenario())


def test_entry_within_24_hours(company: Company, run: Run) -> None:
    async def scenario() -> None:
        in_time, late = timedelta(hours=24), timedelta(hours=24, seconds=1)
        await company.add_lead(name="及时", obtained_at=(company.now - in_time).isoformat())
        await company.add_lead(name="滞后", obtained_at=(company.now - late).isoformat())
        assert await _view(company, "supervisor", "lead_late_entry") == ["滞后"]
        number = (await _numbers(company, "supervisor"))["entry_in_time"]
        assert float(number.value) == 0.5
        assert [row.title for row in await _drill(company, "supervisor", number)] == ["及时"]
        with pytest.raises(Invalid):
            await company.add_lead(name="未来", obtained_at=(company.now + timedelta(hours=1)).isoformat())

    run(scenario())


def test_action_compliance(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        good = {"next_step": "周五前发送报价"}
        compliant = await _act(company, lead, **good)
        await _act(company, lead)
        await _act(company, lead, **good, content="已沟通")
        await _act(company, lead, **good, happened_at=(company.now - timedelta(hours=25)).isoformat())
        await _act(company, lead, **good, kind="visit")
        number = (await _numbers(company, "supervisor"))["action_compliance"]
        assert float(number.value) == 0.2
        assert [row.id for row in await _drill(company, "supervisor", number)] == [compliant.id]
        assert len(await _view(company, "supervisor", "activity_poor")) == 4
        company.move_clock(days=31)
        assert (await _numbers(company, "supervisor"))["action_compliance"].value is None

    run(scenario())


def test_high_value_leads_show_where_they_are(company: Company, run: Run) -> None:
    async def scenario() -> None:
        big = await company.add_lead(name="大单", amount="500000")
        await company.add_lead(name="小单", amount="499999.99")
        assert await _view(company, "director", "lead_high_value") == ["大单"]
        number = (await _numbers(company, "director"))["high_value_pipeline"]
        assert float(number.value) == 500000
        assert [row.id for row in await _drill(company, "director", number)] == [big.id]

    run(scenario())


def test_everybody_sees_the_numbers_of_their_own_records(company: Company, run: Run) -> None:
    async def scenario() -> None:
        await company.add_lead()
        await company.add_lead("rep2")
        seen = {
            who: (await _numbers(company, who))["open_leads"].value
            for who in ("rep", "rep2", "supervisor", "director", "admin")
        }
        assert seen == {"rep": 1, "rep2": 1, "supervisor": 1, "director": 2, "admin": 2}
        assert (await _numbers(company, "adviser"))["open_leads"].value == 0

    run(scenario())
