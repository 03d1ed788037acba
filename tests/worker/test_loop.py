"""The worker's duties end when they are told to, whatever happens to the database meanwhile."""

import asyncio
import contextlib
import gc

import pytest

from tests.conftest import Database, Run
from xiaolu.runtime.workspace import Workspace, open_workspace
from xiaolu.worker.loop import Duty, run_worker

END_OF_BACKEND = "SELECT pg_terminate_backend($1)"


def test_a_unit_of_work_that_is_cancelled_stays_cancelled_though_its_connection_breaks(
    database: Database, run: Run
) -> None:
    async def work() -> None:
        async with open_workspace(database.url, database.schema, pool_size=3) as workspace:
            is_broken = asyncio.Event()
            cancelled = asyncio.create_task(_break_connection(workspace, is_broken))
            await is_broken.wait()
            cancelled.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asyncio.wait_for(cancelled, 30)

    run(work())


def test_a_worker_that_is_told_to_end_in_the_middle_of_its_work_ends(database: Database, run: Run) -> None:
    async def work() -> None:
        async with open_workspace(database.url, database.schema, pool_size=3) as workspace:
            is_broken = asyncio.Event()

            async def step(workspace: Workspace) -> bool:
                await _break_connection(workspace, is_broken)
                return True

            worker = asyncio.create_task(run_worker(workspace, [Duty("breaks", 0.01, step)]))
            await is_broken.wait()
            worker.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asyncio.wait_for(worker, 30)

    run(work())


def test_a_worker_told_to_end_ends_though_a_duty_loses_the_word(database: Database, run: Run) -> None:
    """A driver or library may lose a cancellation; who is told once must not work on for ever."""

    async def work() -> None:
        async with open_workspace(database.url, database.schema, pool_size=3) as workspace:
            is_under_way = asyncio.Event()

            async def step(_: Workspace) -> bool:
                is_under_way.set()
                with contextlib.suppress(asyncio.CancelledError):
                    await asyncio.Event().wait()
                return False

            worker = asyncio.create_task(run_worker(workspace, [Duty("deaf", 3600, step)]))
            await is_under_way.wait()
            worker.cancel()
            done, _ = await asyncio.wait({worker}, timeout=30)
            assert done, "the worker goes on"
            assert worker.cancelled()

    run(work())


@pytest.mark.parametrize("times", [1, 2], ids=["once", "twice"])
def test_whenever_a_unit_of_work_is_cancelled_the_next_one_finds_a_sound_connection(
    database: Database, run: Run, times: int
) -> None:
    """Cancelled anywhere between its start and its end, and once more while it gives up."""

    async def work() -> None:
        complaints: list[str] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, found: complaints.append(str(found)))
        async with open_workspace(database.url, database.schema, pool_size=1) as workspace:
            turns = 0
            while not await _cancel_after(workspace, turns, times):
                async with workspace.unit() as uow:
                    assert not uow.connection.is_in_transaction(), turns
                    await uow.begin()
                    assert await uow.connection.fetchval("SELECT 1") == 1
                turns = int(turns * 1.1) + 1
        gc.collect()
        await asyncio.sleep(0)
        assert turns > 3
        assert not complaints

    run(work())


async def _cancel_after(workspace: Workspace, turns: int, times: int) -> bool:
    """Cancel a unit of work after so many turns of the event loop; tell whether it had ended by then."""

    async def write() -> None:
        async with workspace.unit() as uow:
            await uow.begin()
            await uow.connection.fetchval("SELECT pg_sleep(0.001)")

    task = asyncio.create_task(write())
    for _ in range(turns):
        await asyncio.sleep(0)
    if task.done():
        return True
    for _ in range(times):
        task.cancel()
        await asyncio.sleep(0)
    with contextlib.suppress(asyncio.CancelledError):
        await task
    return False


async def _break_connection(workspace: Workspace, is_broken: asyncio.Event) -> None:
    """Lose the connection in the middle of a unit of work, then wait for ever."""
    async with workspace.unit() as uow:
        await uow.begin()
        backend = await uow.connection.fetchval("SELECT pg_backend_pid()")
        async with workspace.unit() as other:
            await other.connection.execute(END_OF_BACKEND, backend)
        is_broken.set()
        await asyncio.Event().wait()
