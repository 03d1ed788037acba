"""Writers beside a large table that changes: they never wait long, and nothing that they write is lost or outdated."""

import asyncio
import random
from datetime import timedelta
from typing import Any

import asyncpg
import msgspec

from tests.metadata.planner.building import definitions, entity, field, formula, view, with_fields
from tests.metadata.publishing.large import (
    LEADS,
    NOW,
    TOTAL,
    drain,
    is_as_wanted,
    publish_large,
)
from tests.metadata.workspace import Run, Workspace
from xiaolu.metadata.publishing.advancing import advance_jobs
from xiaolu.metadata.publishing.service import load_snapshot

WRITER_PATIENCE_MS = 2_500
"""Longest wait for a lock that a writer puts up with: a few times what publishing may ask for at once."""

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
        old = await workspace.connect()
        await old.execute("BEGIN; UPDATE r_customer SET factor = 9")
        assert (await publish_large(workspace, SCALED)).state == "published"
        uow = await workspace.unit()
        now = NOW
        for _ in range(4):
            await advance_jobs(uow, now)
            await uow.finish()
            now += timedelta(seconds=2)
        assert await workspace.value("SELECT count(scaled) FROM r_lead") == 0
        await old.execute("COMMIT")
        await drain(workspace, now)
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE scaled = amount * 9") == 300

    run(scenario())


def test_filling_never_overwrites_what_a_writer_has_just_worked_out(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _scaled_leads(workspace)
        await publish_large(workspace, SCALED)
        uow = await workspace.unit()
        for _ in range(2):
            await advance_jobs(uow, NOW)
            await uow.finish()
        writer = await workspace.connect()
        await writer.execute("BEGIN; UPDATE r_customer SET factor = 9; UPDATE r_lead SET scaled = amount * 9")
        filling = asyncio.create_task(advance_jobs(uow, NOW))
        await workspace.until(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid')", unless=filling
        )
        await writer.execute("COMMIT")
        await filling
        await uow.finish()
        await drain(workspace, NOW + timedelta(seconds=5))
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
        connection = await self.workspace.connect()
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


def test_writers_never_wait_long_while_a_large_table_changes(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        count = 80_000
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
            await publish_large(workspace, wanted)
            await drain(workspace)
            assert not writing.done(), writing.exception()
            assert writer.writes > before
        writer.is_over = True
        await writing
        await workspace.connection.execute("DROP INDEX by_name")
        await is_as_wanted(workspace, steps[-1])
        wrong = await workspace.value(
            "SELECT count(*) FROM r_lead WHERE total IS DISTINCT FROM amount * 2 OR size IS DISTINCT FROM amount::bigint"
        )
        assert wrong == 0
        assert (await load_snapshot(workspace.uow)).version == 4

    run(scenario())
