"""Large tables: prepared and filled in pieces while others write, safe to kill at any point."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import msgspec
import pytest

from tests.metadata.planner.building import definitions, entity, field, formula, process, view, with_fields
from tests.metadata.planner.catalogue import expected_shapes, read_shapes
from tests.metadata.publishing.conftest import Run, Workspace
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import Conflict
from xiaolu.kit.sql import raw
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.planner.layout import layout
from xiaolu.metadata.publishing.advancing import advance_jobs
from xiaolu.metadata.publishing.finishing import cancel_publication
from xiaolu.metadata.publishing.model import Publication, Published
from xiaolu.metadata.publishing.progress import read_work
from xiaolu.metadata.publishing.purging import purge_set_aside
from xiaolu.metadata.publishing.service import load_snapshot, publish
from xiaolu.metadata.publishing.store.versions import read_current

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SMALL = 100
WRITER_PATIENCE_MS = 2_500
"""Longest wait for a lock that a writer puts up with: a few times what publishing may ask for at once."""


async def _publish(workspace: Workspace, wanted: Definitions) -> Published:
    current = await read_current(workspace.uow)
    request = Publication(definitions=wanted, base_version=current.version)
    published = await publish(workspace.uow, request, now=NOW, small_rows=SMALL)
    await workspace.uow.finish()
    return published


async def _drain(workspace: Workspace, now: datetime = NOW) -> None:
    """Do everything that is to be done, as a worker would."""
    uow = await workspace.database.uow()
    try:
        for _ in range(3_000):
            moved = await advance_jobs(uow, now)
            await uow.finish()
            if moved:
                continue
            if not await workspace.value("SELECT EXISTS (SELECT FROM definition_job WHERE state = 'waiting')"):
                break
            now += timedelta(seconds=2)
            await asyncio.sleep(0.01)
        else:
            pytest.fail("the work does not end")
    finally:
        await uow.connection.close()


async def _is_as_wanted(workspace: Workspace, wanted: Definitions) -> None:
    assert await read_shapes(workspace.connection) == expected_shapes(layout(wanted))


@asynccontextmanager
async def _killable(workspace: Workspace) -> AsyncIterator[UnitOfWork]:
    """Give a unit of work whose connection dies at the end of the block, without commit or goodbye."""
    uow = await workspace.database.uow()
    pid = await uow.fetch_value(raw("SELECT pg_backend_pid()"))
    try:
        yield uow
    finally:
        await workspace.connection.execute("SELECT pg_terminate_backend($1, 5000)", pid)


LEADS = definitions(entity("lead", field("amount", "money"), field("size", "text")))
TOTAL = with_fields(LEADS, "lead", *LEADS.entities[0].fields[1:], formula("total", "{amount} * 2", "money"))
SIZED = with_fields(LEADS, "lead", field("amount", "money"), field("size", "integer"))


async def _leads(workspace: Workspace, count: int = 1_500) -> None:
    await workspace.publish(LEADS)
    await workspace.insert_many("lead", count, name="'线索' || n", amount="n", size="n::text")


def test_a_formula_is_filled_in_after_publishing(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _leads(workspace)
        published = await _publish(workspace, TOTAL)
        assert (published.state, published.version) == ("published", 2)
        assert await workspace.value("SELECT count(total) FROM r_lead") == 0
        await _drain(workspace)
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE total = amount * 2") == 1_500
        await _is_as_wanted(workspace, TOTAL)

    run(scenario())


def test_a_cast_is_prepared_before_it_takes_effect(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _leads(workspace)
        published = await _publish(workspace, SIZED)
        assert (published.state, published.version) == ("preparing", 1)
        with pytest.raises(Conflict) as caught:
            await _publish(workspace, TOTAL)
        assert caught.value.code == "publish.preparing"
        await workspace.uow.abandon()
        uow = await workspace.database.uow()
        assert await advance_jobs(uow, NOW)
        await uow.finish()
        await workspace.insert("lead", name="新", size="77")
        await workspace.connection.execute("UPDATE r_lead SET size = '88' WHERE name = '线索5'")
        await uow.connection.close()
        await _drain(workspace)
        assert (await load_snapshot(workspace.uow)).version == 2
        assert await workspace.value("SELECT size FROM r_lead WHERE name = '新'") == 77
        assert await workspace.value("SELECT size FROM r_lead WHERE name = '线索5'") == 88
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE size::text = amount::int::text") == 1_499
        await _is_as_wanted(workspace, SIZED)

    run(scenario())


def test_a_unique_field_is_prepared_with_its_cast(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _leads(workspace)
        wanted = with_fields(LEADS, "lead", field("amount", "money"), field("size", "integer", unique=True))
        assert (await _publish(workspace, wanted)).state == "preparing"
        await _drain(workspace)
        await _is_as_wanted(workspace, wanted)
        with pytest.raises(asyncpg.UniqueViolationError):
            await workspace.insert("lead", name="x", size=5)

    run(scenario())


def test_repeated_values_that_slip_in_stop_a_prepared_publication(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _leads(workspace)
        wanted = with_fields(LEADS, "lead", field("amount", "money"), field("size", "text", unique=True))
        assert (await _publish(workspace, wanted)).state == "preparing"
        await workspace.insert("lead", name="x", size="5")
        await _drain(workspace)
        work = await read_work(workspace.uow)
        assert work.pending is None
        assert work.last is not None
        assert (work.last.state, [each.code for each in work.last.problems]) == ("failed", ["publish.preparation_failed"])
        assert (await load_snapshot(workspace.uow)).version == 1
        await _is_as_wanted(workspace, LEADS)

    run(scenario())


def test_a_publication_can_be_called_off(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _leads(workspace)
        await _publish(workspace, SIZED)
        uow = await workspace.database.uow()
        for _ in range(2):
            await advance_jobs(uow, NOW)
            await uow.finish()
        assert await cancel_publication(uow, NOW) is not None
        await uow.finish()
        await uow.connection.close()
        await _is_as_wanted(workspace, LEADS)
        await workspace.insert("lead", name="x", size="约5")
        assert (await _publish(workspace, TOTAL)).state == "published"

    run(scenario())


def test_indexes_that_views_need_follow(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _leads(workspace)
        wanted = msgspec.structs.replace(LEADS, views=(view("lead", sort=["-amount"]),))
        assert (await _publish(workspace, wanted)).state == "published"
        await _drain(workspace)
        await _is_as_wanted(workspace, wanted)

    run(scenario())


def test_a_later_change_overrules_unfinished_work(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _leads(workspace)
        await _publish(workspace, TOTAL)
        uow = await workspace.database.uow()
        for _ in range(3):
            await advance_jobs(uow, NOW)
            await uow.finish()
        await uow.connection.close()
        thrice = with_fields(LEADS, "lead", *LEADS.entities[0].fields[1:], formula("total", "{amount} * 3", "money"))
        await _publish(workspace, thrice)
        await _drain(workspace)
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE total = amount * 3") == 1_500
        states = await workspace.value("SELECT array_agg(state ORDER BY id) FROM definition_job")
        assert states == ["cancelled", "done"] or states == ["done", "done"]

    run(scenario())


def test_a_restored_reference_is_cleaned_and_checked_again(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        full = definitions(entity("customer"), entity("lead", field("customer", "relation", target="customer")))
        await workspace.publish(full)
        stays = await workspace.insert("customer", name="在")
        goes = await workspace.insert("customer", name="走")
        await workspace.insert_many("lead", 400, name="'线索'", customer=f"'{stays}'::uuid")
        await workspace.insert_many("lead", 300, name="'线索'", customer=f"'{goes}'::uuid")
        await _publish(workspace, with_fields(full, "lead"))
        await workspace.connection.execute("DELETE FROM r_customer WHERE id = $1", goes)
        await _publish(workspace, full)
        await _drain(workspace)
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE customer = $1", stays) == 400
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE customer IS NULL") == 300
        await _is_as_wanted(workspace, full)

    run(scenario())


def test_a_new_process_takes_many_records_in_pieces(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _leads(workspace)
        await _publish(workspace, msgspec.structs.replace(LEADS, processes=(process("lead", "new", "won"),)))
        await _drain(workspace)
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE stage = 'new'") == 1_500
        assert await workspace.value("SELECT count(*) FROM event WHERE kind = 'record.moved'") == 1_500

    run(scenario())


def test_what_was_aside_for_long_is_purged(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await workspace.publish(LEADS)
        await workspace.publish(with_fields(LEADS, "lead", field("amount", "money")))
        await workspace.publish(definitions())
        later = datetime.now(UTC)
        assert await purge_set_aside(workspace.uow, later) == []
        assert len(await purge_set_aside(workspace.uow, later + timedelta(days=91))) == 2
        await workspace.uow.finish()
        left = await workspace.value(
            "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname LIKE '%lead%'"
        )
        assert left == 0
        await workspace.publish(LEADS)

    run(scenario())


@pytest.mark.parametrize("pieces", [0, 1, 2, 3, 4])
def test_a_worker_killed_in_a_piece_loses_that_piece_alone(workspace: Workspace, run: Run[None], pieces: int) -> None:
    async def scenario() -> None:
        await _leads(workspace)
        wanted = with_fields(
            LEADS, "lead", field("amount", "money"), field("size", "integer"), formula("total", "{amount} * 2", "money")
        )
        assert (await _publish(workspace, wanted)).state == "preparing"
        await workspace.connection.execute("UPDATE definition_job SET batch = 500")
        async with _killable(workspace) as doomed:
            for _ in range(pieces):
                await advance_jobs(doomed, NOW)
                await doomed.finish()
            await advance_jobs(doomed, NOW)
        await _drain(workspace)
        await _is_as_wanted(workspace, wanted)
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE size = amount AND total = amount * 2") == 1_500

    run(scenario())


def test_a_half_built_index_is_built_anew(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _leads(workspace)
        wanted = msgspec.structs.replace(LEADS, views=(view("lead", sort=["-amount"]),))
        await _publish(workspace, wanted)
        holder = await workspace.database.connect()
        await holder.execute("BEGIN; UPDATE r_lead SET name = name WHERE name = '线索1'")
        async with _killable(workspace) as doomed:
            building = asyncio.create_task(advance_jobs(doomed, NOW))
            while not await workspace.value("SELECT EXISTS (SELECT FROM pg_index WHERE NOT indisvalid)"):
                await asyncio.sleep(0.02)
        with pytest.raises((asyncpg.PostgresConnectionError, asyncpg.InterfaceError, ConnectionError)):
            await building
        await holder.execute("ROLLBACK")
        await holder.close()
        await _drain(workspace)
        await _is_as_wanted(workspace, wanted)

    run(scenario())


def test_publishing_interrupts_an_index_that_is_in_its_way(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _leads(workspace)
        viewed = msgspec.structs.replace(LEADS, views=(view("lead", sort=["-amount"]),))
        await _publish(workspace, viewed)
        holder = await workspace.database.connect()
        await holder.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM state")
        worker = await workspace.database.uow()
        building = asyncio.create_task(advance_jobs(worker, NOW))
        while not await workspace.value("SELECT EXISTS (SELECT FROM pg_index WHERE NOT indisvalid)"):
            await asyncio.sleep(0.02)
        wanted = msgspec.structs.replace(TOTAL, views=viewed.views)
        assert (await _publish(workspace, wanted)).state == "published"
        assert await building
        await worker.finish()
        await worker.connection.close()
        await holder.execute("ROLLBACK")
        await holder.close()
        await _drain(workspace)
        await _is_as_wanted(workspace, wanted)

    run(scenario())


FACTOR = definitions(
    entity("customer", field("factor", "integer")),
    entity("lead", field("customer", "relation", target="customer"), field("amount", "money")),
)
SCALED = with_fields(
    FACTOR, "lead", *FACTOR.entities[1].fields[1:], formula("scaled", "{amount} * {customer.factor}", "money")
)


async def _scaled_leads(workspace: Workspace) -> None:
    await workspace.publish(FACTOR)
    customer = await workspace.insert("customer", name="客户", factor=2)
    await workspace.insert_many("lead", 300, name="'线索'", amount="n", customer=f"'{customer}'::uuid")


def test_filling_waits_for_those_who_still_write_with_the_former_definitions(
    workspace: Workspace, run: Run[None]
) -> None:
    async def scenario() -> None:
        await _scaled_leads(workspace)
        old = await workspace.database.connect()
        await old.execute("BEGIN; UPDATE r_customer SET factor = 9")
        assert (await _publish(workspace, SCALED)).state == "published"
        uow = await workspace.database.uow()
        now = NOW
        for _ in range(4):
            await advance_jobs(uow, now)
            await uow.finish()
            now += timedelta(seconds=2)
        assert await workspace.value("SELECT count(scaled) FROM r_lead") == 0
        await old.execute("COMMIT")
        await old.close()
        await uow.connection.close()
        await _drain(workspace, now)
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE scaled = amount * 9") == 300

    run(scenario())


def test_filling_never_overwrites_what_a_writer_has_just_worked_out(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _scaled_leads(workspace)
        await _publish(workspace, SCALED)
        uow = await workspace.database.uow()
        for _ in range(2):
            await advance_jobs(uow, NOW)
            await uow.finish()
        writer = await workspace.database.connect()
        await writer.execute("BEGIN; UPDATE r_customer SET factor = 9; UPDATE r_lead SET scaled = amount * 9")
        filling = asyncio.create_task(advance_jobs(uow, NOW))
        waits = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid')"
        while not filling.done() and not await workspace.value(waits):
            await asyncio.sleep(0.005)
        await writer.execute("COMMIT")
        await filling
        await uow.finish()
        await uow.connection.close()
        await writer.close()
        await _drain(workspace, NOW + timedelta(seconds=5))
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE scaled = amount * 9") == 300

    run(scenario())


class _Writer:
    """Changes and adds leads all the time, as a process with the definitions of its version does."""

    def __init__(self, workspace: Workspace, count: int) -> None:
        self.workspace = workspace
        self.count = count
        self.writes = 0
        self.is_over = False

    async def run(self) -> None:
        connection = await self.workspace.database.connect()
        await connection.execute(f"SET lock_timeout = {WRITER_PATIENCE_MS}")
        chance = random.Random(7)
        try:
            while not self.is_over:
                await self.write(connection, chance)
                self.writes += 1
                await asyncio.sleep(0)
        finally:
            await connection.close()

    async def write(self, connection: "asyncpg.Connection[Any]", chance: random.Random) -> None:
        version = await connection.fetchval("SELECT definitions FROM state")
        number, amount = chance.randrange(self.count), chance.randrange(10_000)
        total = f", total = {amount * 2}" if version >= 2 else ""
        guard = f"(SELECT definitions FROM state) = {version}"
        try:
            await connection.execute(
                f"UPDATE r_lead SET amount = {amount}, size = '{amount}'{total} WHERE name = '线索{number}' AND {guard}"
            )
            if self.writes % 5 == 0:
                names = ", total" if version >= 2 else ""
                values = f", {amount * 2}" if version >= 2 else ""
                await connection.execute(
                    f"INSERT INTO r_lead (id, created_at, updated_at, name, amount, size{names})"
                    f" SELECT uuidv7(), now(), now(), '新', {amount}, '{amount}'{values} WHERE {guard}"
                )
        except (asyncpg.DatatypeMismatchError, asyncpg.UndefinedColumnError):
            return  # planned with the former definitions, run after the change: refused as a whole


@pytest.mark.timeout(600)
def test_writers_never_wait_long_while_a_large_table_changes(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        count = 200_000
        await workspace.publish(LEADS)
        await workspace.insert_many("lead", count, name="'线索' || n", amount="n % 10000", size="(n % 10000)::text")
        await workspace.connection.execute("CREATE INDEX by_name ON r_lead (name)")
        writer = _Writer(workspace, count)
        writing = asyncio.create_task(writer.run())
        steps = [
            TOTAL,
            msgspec.structs.replace(TOTAL, views=(view("lead", sort=["-amount"]),)),
            with_fields(TOTAL, "lead", field("amount", "money"), field("size", "integer"), TOTAL.entities[0].fields[3]),
        ]
        for wanted in steps:
            before = writer.writes
            await _publish(workspace, wanted)
            await _drain(workspace)
            assert not writing.done(), writing.exception()
            assert writer.writes > before
        writer.is_over = True
        await writing
        await workspace.connection.execute("DROP INDEX by_name")
        await _is_as_wanted(workspace, steps[-1])
        wrong = await workspace.value(
            "SELECT count(*) FROM r_lead WHERE total IS DISTINCT FROM amount * 2 OR size IS DISTINCT FROM amount::bigint"
        )
        assert wrong == 0
        assert (await load_snapshot(workspace.uow)).version == 4

    run(scenario())
