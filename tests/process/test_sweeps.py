"""When time runs out: each step of an escalation once, whoever sweeps and whatever dies; follow-up windows."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest

from tests.conftest import Database
from tests.suite.company import Company, found_company, journey
from xiaolu.metadata.model.process import TimeLimit
from xiaolu.process.service import sweep_stage_limits

Run = Callable[[Any], Any]


@pytest.fixture
def company(database: Database, runner: asyncio.Runner, tmp_path: Path) -> Company:
    return runner.run(found_company(database, tmp_path))


async def _sweep(company: Company) -> int:
    async with company.acting() as ctx:
        return await sweep_stage_limits(ctx)


async def _told(company: Company) -> list[tuple[str, str]]:
    rows = await company.rows(
        "SELECT m.name, t.kind FROM task t JOIN member m ON m.id = t.assignee WHERE t.kind = 'escalation' ORDER BY t.created_at, t.id"
    )
    return [(row["name"], row["kind"]) for row in rows]


def test_a_limit_fires_once_when_it_is_exceeded(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        company.move_clock(hours=48)
        assert await _sweep(company) == 0
        company.move_clock(minutes=1)
        assert await _sweep(company) == 1
        assert await _sweep(company) == 0
        assert await _told(company) == [("supervisor", "escalation")]
        [event] = await company.rows("SELECT * FROM event WHERE kind = 'record.escalated'")
        assert event["record_id"] == lead.id
        notified = await company.rows(
            "SELECT m.name FROM notification n JOIN member m ON m.id = n.member_id ORDER BY m.name"
        )
        assert [row["name"] for row in notified] == ["rep", "supervisor"]

    run(scenario())


def test_the_chain_goes_up_step_by_step(company: Company, run: Run) -> None:
    async def scenario() -> None:
        await company.add_lead()
        company.move_clock(minutes=1)
        for _ in range(5):
            await _sweep(company)
            company.move_clock(hours=48)
        assert [name for name, _ in await _told(company)] == ["supervisor", "director", "vp"]

    run(scenario())


def test_a_clock_that_jumped_fires_all_steps_at_once(company: Company, run: Run) -> None:
    async def scenario() -> None:
        await company.add_lead()
        company.move_clock(days=30)
        assert await _sweep(company) == 3
        assert sorted(name for name, _ in await _told(company)) == ["director", "supervisor", "vp"]

    run(scenario())


def test_without_managers_the_administrator_is_told(company: Company, run: Run) -> None:
    async def scenario() -> None:
        await company.rows("UPDATE department SET manager_id = NULL")
        await company.add_lead("rep2")
        company.move_clock(hours=49)
        assert await _sweep(company) == 1
        assert [name for name, _ in await _told(company)] == ["admin"]

    run(scenario())


def test_two_sweepers_at_once_tell_once(company: Company, run: Run) -> None:
    async def scenario() -> None:
        for _ in range(5):
            await company.add_lead()
        company.move_clock(hours=48, minutes=1)
        done = await asyncio.gather(*(_sweep(company) for _ in range(4)))
        assert sum(done) == 5
        assert len(await _told(company)) == 5
        assert (await company.rows("SELECT count(*) AS n FROM escalation"))[0]["n"] == 5

    run(scenario())


def test_a_killed_sweeper_leaves_nothing_and_the_next_does_it(company: Company, run: Run) -> None:
    async def scenario() -> None:
        await company.add_lead()
        company.move_clock(hours=48, minutes=1)
        killed = await company.database.uow()
        async with company.acting() as surroundings:
            ctx = replace(surroundings, uow=killed)
        assert await sweep_stage_limits(ctx) == 1
        await company.rows("SELECT pg_terminate_backend($1)", killed.connection.get_server_pid())
        with pytest.raises(
            (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, ConnectionError)
        ):
            await killed.finish()
        assert await _told(company) == []
        assert await _sweep(company) == 1
        assert len(await _told(company)) == 1

    run(scenario())


def test_deleted_records_and_finished_ones_are_left_alone(company: Company, run: Run) -> None:
    async def scenario() -> None:
        deleted, done = await company.add_lead(), await company.add_lead()
        await company.rows("UPDATE r_lead SET deleted_at = now() WHERE id = $1", deleted.id)
        await company.rows("UPDATE r_lead SET stage = 'deliver' WHERE id = $1", done.id)
        company.move_clock(days=60)
        assert await _sweep(company) == 0

    run(scenario())


def test_a_new_stay_in_the_stage_starts_a_new_chain(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        company.move_clock(hours=49)
        assert await _sweep(company) == 1
        await company.rows("UPDATE r_lead SET stage_since = $2 WHERE id = $1", lead.id, company.now)
        assert await _sweep(company) == 0
        company.move_clock(hours=49)
        assert await _sweep(company) == 1

    run(scenario())


def test_working_hours_pass_over_the_weekend(database: Database, run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        plain = journey()
        process = plain.processes[0]
        limit = TimeLimit(hours=8, calendar="working", escalate=("supervisor",))
        stages = (msgspec.structs.replace(process.stages[0], limit=limit), *process.stages[1:])
        changed = msgspec.structs.replace(plain, processes=(msgspec.structs.replace(process, stages=stages),))
        company = await found_company(database, tmp_path, changed)
        company.now = company.now.replace(day=6, hour=9)  # Friday, 17:00 in Shanghai
        await company.add_lead()
        company.now = company.now.replace(day=9, hour=8, minute=30)  # Monday, 16:30: one hour on Friday, six on Monday
        assert await _sweep(company) == 0
        company.move_clock(hours=1)
        assert await _sweep(company) == 0
        company.now = company.now.replace(day=10, hour=1, minute=1)
        assert await _sweep(company) == 1

    run(scenario())
