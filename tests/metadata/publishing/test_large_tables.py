"""Large tables: prepared and filled in pieces, safe to kill at any point."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import msgspec
import pytest

from tests.metadata.planner.building import definitions, entity, field, formula, process, view, with_fields
from tests.metadata.publishing.large import (
    LEADS,
    NOW,
    SIZED,
    TOTAL,
    drain,
    is_as_wanted,
    killable,
    make_leads,
    publish_large,
)
from tests.metadata.workspace import Run, Workspace
from xiaolu.kit.errors import Conflict
from xiaolu.metadata.publishing.advancing import advance_jobs
from xiaolu.metadata.publishing.finishing import cancel_publication
from xiaolu.metadata.publishing.progress import read_work
from xiaolu.metadata.publishing.purging import purge_set_aside
from xiaolu.metadata.publishing.service import load_snapshot


def test_a_formula_is_filled_in_after_publishing(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await make_leads(workspace)
        published = await publish_large(workspace, TOTAL)
        assert (published.state, published.version) == ("published", 2)
        assert await workspace.value("SELECT count(total) FROM r_lead") == 0
        await drain(workspace)
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE total = amount * 2") == 1_500
        await is_as_wanted(workspace, TOTAL)

    run(scenario())


def test_a_cast_is_prepared_before_it_takes_effect(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await make_leads(workspace)
        published = await publish_large(workspace, SIZED)
        assert (published.state, published.version) == ("preparing", 1)
        with pytest.raises(Conflict) as caught:
            await publish_large(workspace, TOTAL)
        assert caught.value.code == "publish.preparing"
        await workspace.uow.abandon()
        uow = await workspace.unit()
        assert await advance_jobs(uow, NOW)
        await uow.finish()
        await workspace.insert("lead", name="新", size="77")
        await workspace.connection.execute("UPDATE r_lead SET size = '88' WHERE name = '线索5'")
        await drain(workspace)
        assert (await load_snapshot(workspace.uow)).version == 2
        assert await workspace.value("SELECT size FROM r_lead WHERE name = '新'") == 77
        assert await workspace.value("SELECT size FROM r_lead WHERE name = '线索5'") == 88
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE size::text = amount::int::text") == 1_499
        await is_as_wanted(workspace, SIZED)

    run(scenario())


def test_a_unique_field_is_prepared_with_its_cast(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await make_leads(workspace)
        wanted = with_fields(LEADS, "lead", field("amount", "money"), field("size", "integer", unique=True))
        assert (await publish_large(workspace, wanted)).state == "preparing"
        await drain(workspace)
        await is_as_wanted(workspace, wanted)
        with pytest.raises(asyncpg.UniqueViolationError):
            await workspace.insert("lead", name="x", size=5)

    run(scenario())


def test_repeated_values_that_slip_in_stop_a_prepared_publication(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await make_leads(workspace)
        wanted = with_fields(LEADS, "lead", field("amount", "money"), field("size", "text", unique=True))
        assert (await publish_large(workspace, wanted)).state == "preparing"
        await workspace.insert("lead", name="x", size="5")
        await drain(workspace)
        work = await read_work(workspace.uow)
        assert work.pending is None
        assert work.last is not None
        assert (work.last.state, [each.code for each in work.last.problems]) == (
            "failed",
            ["publish.preparation_failed"],
        )
        assert (await load_snapshot(workspace.uow)).version == 1
        await is_as_wanted(workspace, LEADS)

    run(scenario())


def test_a_publication_can_be_called_off(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await make_leads(workspace)
        await publish_large(workspace, SIZED)
        uow = await workspace.unit()
        for _ in range(2):
            await advance_jobs(uow, NOW)
            await uow.finish()
        assert await cancel_publication(uow, NOW) is not None
        await uow.finish()
        await is_as_wanted(workspace, LEADS)
        await workspace.insert("lead", name="x", size="约5")
        assert (await publish_large(workspace, TOTAL)).state == "published"

    run(scenario())


def test_indexes_that_views_need_follow(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await make_leads(workspace)
        wanted = msgspec.structs.replace(LEADS, views=(view("lead", sort=["-amount"]),))
        assert (await publish_large(workspace, wanted)).state == "published"
        await drain(workspace)
        await is_as_wanted(workspace, wanted)

    run(scenario())


def test_a_later_change_overrules_unfinished_work(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await make_leads(workspace)
        await publish_large(workspace, TOTAL)
        uow = await workspace.unit()
        for _ in range(3):
            await advance_jobs(uow, NOW)
            await uow.finish()
        thrice = with_fields(LEADS, "lead", *LEADS.entities[0].fields[1:], formula("total", "{amount} * 3", "money"))
        await publish_large(workspace, thrice)
        await drain(workspace)
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
        await publish_large(workspace, with_fields(full, "lead"))
        await workspace.connection.execute("DELETE FROM r_customer WHERE id = $1", goes)
        await publish_large(workspace, full)
        await drain(workspace)
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE customer = $1", stays) == 400
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE customer IS NULL") == 300
        await is_as_wanted(workspace, full)

    run(scenario())


def test_a_new_process_takes_many_records_in_pieces(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await make_leads(workspace)
        await publish_large(workspace, msgspec.structs.replace(LEADS, processes=(process("lead", "new", "won"),)))
        await drain(workspace)
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
        await make_leads(workspace)
        wanted = with_fields(
            LEADS, "lead", field("amount", "money"), field("size", "integer"), formula("total", "{amount} * 2", "money")
        )
        assert (await publish_large(workspace, wanted)).state == "preparing"
        await workspace.connection.execute("UPDATE definition_job SET batch = 500")
        async with killable(workspace) as doomed:
            for _ in range(pieces):
                await advance_jobs(doomed, NOW)
                await doomed.finish()
            await advance_jobs(doomed, NOW)
        await drain(workspace)
        await is_as_wanted(workspace, wanted)
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE size = amount AND total = amount * 2") == 1_500

    run(scenario())


def test_a_half_built_index_is_built_anew(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await make_leads(workspace)
        wanted = msgspec.structs.replace(LEADS, views=(view("lead", sort=["-amount"]),))
        await publish_large(workspace, wanted)
        holder = await workspace.connect()
        await holder.execute("BEGIN; UPDATE r_lead SET name = name WHERE name = '线索1'")
        async with killable(workspace) as doomed:
            building = asyncio.create_task(advance_jobs(doomed, NOW))
            await workspace.until("SELECT EXISTS (SELECT FROM pg_index WHERE NOT indisvalid)", unless=building)
        with pytest.raises((asyncpg.PostgresConnectionError, asyncpg.InterfaceError, ConnectionError)):
            await building
        await holder.execute("ROLLBACK")
        await drain(workspace)
        await is_as_wanted(workspace, wanted)

    run(scenario())


def test_publishing_interrupts_an_index_that_is_in_its_way(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await make_leads(workspace)
        viewed = msgspec.structs.replace(LEADS, views=(view("lead", sort=["-amount"]),))
        await publish_large(workspace, viewed)
        holder = await workspace.connect()
        await holder.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM state")
        worker = await workspace.unit()
        building = asyncio.create_task(advance_jobs(worker, NOW))
        await workspace.until("SELECT EXISTS (SELECT FROM pg_index WHERE NOT indisvalid)", unless=building)
        wanted = msgspec.structs.replace(TOTAL, views=viewed.views)
        assert (await publish_large(workspace, wanted)).state == "published"
        assert await building
        await worker.finish()
        await holder.execute("ROLLBACK")
        await drain(workspace)
        await is_as_wanted(workspace, wanted)

    run(scenario())


def test_deleting_a_field_ends_the_work_on_it(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await make_leads(workspace)
        await publish_large(workspace, TOTAL)
        await publish_large(workspace, LEADS)
        await drain(workspace)
        assert await workspace.value("SELECT array_agg(state) FROM definition_job") == ["cancelled"]
        await publish_large(workspace, TOTAL)
        await workspace.connection.execute("UPDATE definition_job SET state = 'waiting' WHERE state = 'cancelled'")
        await drain(workspace)
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE total = amount * 2") == 1_500

    run(scenario())
