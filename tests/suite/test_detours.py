"""Off the straight way: positions, losing, moving back, escalations and follow-up windows."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Database
from tests.suite.company import Company, found_company
from tests.suite.steps import edit, in_negotiation, move, refused
from xiaolu.kit.errors import AppError
from xiaolu.process.service import sweep_stage_limits, sweep_windows
from xiaolu.tasks import service as tasks

Run = Callable[[Any], Any]


@pytest.fixture
def company(database: Database, runner: asyncio.Runner, tmp_path: Path) -> Company:
    return runner.run(found_company(database, tmp_path))


def test_hours_in_the_present_position(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await in_negotiation(company)
        company.move_clock(hours=5)
        moved = await edit(company, "rep", lead, current_position="customer_decision")
        assert moved.values["current_position"] == "customer_decision"
        stored = await company.rows("SELECT position_since FROM r_lead WHERE id = $1", lead.id)
        assert stored[0]["position_since"] == company.now
        company.move_clock(hours=2)
        same = await edit(company, "rep", lead, note="客户周会讨论")
        assert same.values["position_hours"] == "2.0"
        with pytest.raises(AppError):
            await edit(company, "rep", lead, current_position=None)

    run(scenario())


def test_losing_and_reopening(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        assert await refused(company, "rep", lead, "lose", action="competitor_chosen") == ["process.field_missing"]
        lost = await move(company, "rep", lead, "lose", "competitor_chosen", values={"lost_reason": "price"})
        assert (lost.stage, lost.values["lost_reason"]) == ("lost", "price")
        assert "process.role_not_allowed" in await refused(company, "rep", lead, "reopen", action="customer_returned")
        back = await move(company, "supervisor", lead, "reopen", "customer_returned")
        assert (back.stage, back.values["lost_reason"], back.values["closed_at"]) == ("acquire", None, None)

    run(scenario())


def test_moving_back_needs_its_own_reasons(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await in_negotiation(company)
        assert await refused(company, "rep", lead, "back_to_confirm") == ["process.action_unknown"]
        back = await move(company, "rep", lead, "back_to_confirm", "needs_changed")
        assert (back.stage, back.values["current_position"]) == ("confirm", None)

    run(scenario())


def test_a_move_settles_escalations(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        company.move_clock(hours=49)
        async with company.acting() as ctx:
            assert await sweep_stage_limits(ctx) == 1
        async with company.acting("supervisor") as ctx:
            assert (await tasks.count_tasks(ctx)).open == 1
        await move(company, "rep", lead, "to_confirm")
        async with company.acting("supervisor") as ctx:
            assert (await tasks.count_tasks(ctx)).open == 0

    run(scenario())


async def _sweep_windows(company: Company) -> int:
    async with company.acting() as ctx:
        return await sweep_windows(ctx)


async def _follow_ups(company: Company) -> int:
    return int((await company.rows("SELECT count(*) AS n FROM task WHERE kind = 'follow_up'"))[0]["n"])


def test_a_window_without_action_tells_the_supervisor_once(company: Company, run: Run) -> None:
    async def scenario() -> None:
        await in_negotiation(company)
        company.move_clock(hours=48)
        assert await _sweep_windows(company) == 0
        company.move_clock(minutes=1)
        assert sum(await asyncio.gather(_sweep_windows(company), _sweep_windows(company))) == 1
        assert await _follow_ups(company) == 1
        async with company.acting("supervisor") as ctx:
            [task] = await tasks.list_tasks(ctx, state="open")
        assert task.title.zh == "进入商务谈判后 48 小时无新动作"

    run(scenario())


@pytest.mark.parametrize("how", ["edit", "evidence", "move"])
def test_any_action_within_the_window_closes_it(company: Company, run: Run, how: str) -> None:
    async def scenario() -> None:
        lead = await in_negotiation(company)
        company.move_clock(hours=47)
        if how == "edit":
            await edit(company, "rep", lead, next_step="周五回访")
        elif how == "evidence":
            await company.prove("rep", lead.id, "quotation")
        else:
            await move(company, "rep", lead, "back_to_confirm", "needs_changed")
        company.move_clock(hours=2)
        await _sweep_windows(company)
        assert await _follow_ups(company) == 0
        [window] = await company.rows("SELECT state FROM process_window")
        assert window["state"] == "met"

    run(scenario())
