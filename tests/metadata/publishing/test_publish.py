"""Publishing small workspaces: the tables become what the definitions mean, and nothing is lost on the way."""

import asyncio
from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.metadata.planner.building import definitions, entity, field, formula, process, view, with_fields
from tests.metadata.planner.catalogue import expected_shapes, read_shapes
from tests.metadata.planner.random_definitions import workspaces
from tests.metadata.workspace import Run, Workspace
from xiaolu.kit.errors import Conflict, Invalid, Unavailable
from xiaolu.kit.sql import raw
from xiaolu.metadata.model.running import RunningChoice
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.planner.layout import layout
from xiaolu.metadata.planner.locking import Patience
from xiaolu.metadata.publishing.model import Author, Publication
from xiaolu.metadata.publishing.service import (
    compare_versions,
    install_definitions,
    list_versions,
    load_snapshot,
    plan_publication,
    publish,
    read_version,
    restore_version,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANN = Author(None, "安")
BEN = Author(None, "本")


async def _is_as_wanted(workspace: Workspace, wanted: Definitions) -> None:
    assert await read_shapes(workspace.connection) == expected_shapes(layout(wanted))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(workspaces(), min_size=2, max_size=4))
def test_any_change_leads_to_the_wanted_tables(
    workspace: Workspace, run: Run[None], changes: list[Definitions]
) -> None:
    async def scenario() -> None:
        await workspace.uow.abandon()
        await workspace.publish(definitions())
        for wanted in changes:
            await workspace.publish(wanted)
            await _is_as_wanted(workspace, wanted)
            for each in wanted.entities:
                await workspace.insert(each.key, name=f"{each.key}-{datetime.now(UTC).timestamp()}")

    run(scenario())


def test_first_publish_makes_a_snapshot(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        assert (await load_snapshot(workspace.uow)).version == 0
        version = await workspace.publish(definitions(entity("lead", field("amount", "money"))))
        snapshot = await load_snapshot(workspace.uow)
        assert (version, snapshot.version) == (1, 1)
        assert "amount" in snapshot.entities["lead"].fields

    run(scenario())


def test_publishing_the_same_again_changes_nothing(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        wanted = definitions(entity("lead", field("amount", "money")))
        assert await workspace.publish(wanted) == 1
        assert await workspace.publish(wanted) == 1

    run(scenario())


def test_who_comes_second_is_told_who_was_first(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        base = definitions(entity("lead"))
        await publish(workspace.uow, Publication(definitions=base, base_version=0, author=ANN), now=NOW)
        await workspace.uow.finish()
        late = Publication(definitions=definitions(entity("deal")), base_version=0, author=BEN)
        with pytest.raises(Conflict) as caught:
            await publish(workspace.uow, late, now=NOW)
        assert caught.value.code == "publish.conflict"
        assert caught.value.params["author"] == "安"

    run(scenario())


def test_two_publishers_at_the_same_time(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        other = await workspace.unit()
        first = Publication(definitions=definitions(entity("lead")), base_version=0, author=ANN)
        await publish(workspace.uow, first, now=NOW)
        second = Publication(definitions=definitions(entity("deal")), base_version=0, author=BEN)
        waiting = asyncio.create_task(publish(other, second, now=NOW))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await workspace.uow.finish()
        with pytest.raises(Conflict):
            await waiting
        await other.abandon()

    run(scenario())


def test_a_deleted_field_comes_back_with_its_values(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        full = definitions(entity("lead", field("amount", "money"), field("city")))
        await workspace.publish(full)
        identifier = await workspace.insert("lead", name="甲", amount=Decimal("12.50"), city="宁波")
        await workspace.publish(with_fields(full, "lead", field("city")))
        await workspace.insert("lead", name="乙")
        published = await restore_version(workspace.uow, 1, author=ANN, base_version=2, now=NOW)
        await workspace.uow.finish()
        assert published.version == 3
        assert await workspace.value("SELECT amount FROM r_lead WHERE id = $1", identifier) == Decimal("12.50")
        assert await workspace.value("SELECT count(*) FROM definition_aside") == 0
        assert (await list_versions(workspace.uow))[0].restored_from == 1
        await _is_as_wanted(workspace, full)

    run(scenario())


def test_a_deleted_entity_comes_back_with_its_rows_links_and_children(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        full = definitions(
            entity("customer"),
            entity(
                "lead",
                field("customer", "relation", target="customer"),
                field("friends", "many_to_many", target="customer"),
                field("lines", "sub_table", entity="line"),
            ),
            entity("line", field("amount", "money"), parent="lead"),
        )
        await workspace.publish(full)
        customer = await workspace.insert("customer", name="客户")
        lead = await workspace.insert("lead", name="线索", customer=customer)
        gone = await workspace.insert("customer", name="会消失")
        orphan = await workspace.insert("lead", name="另一条", customer=gone)
        await workspace.insert("line", name="行", parent_id=lead, amount=Decimal(5))
        await workspace.connection.execute('INSERT INTO "l_lead$friends" VALUES ($1, $2, 0)', lead, gone)
        await workspace.publish(definitions(full.entities[0]))
        await workspace.connection.execute("DELETE FROM r_customer WHERE id = $1", gone)
        await workspace.publish(full)
        await _is_as_wanted(workspace, full)
        assert await workspace.value("SELECT customer FROM r_lead WHERE id = $1", lead) == customer
        assert await workspace.value("SELECT customer FROM r_lead WHERE id = $1", orphan) is None
        assert await workspace.value("SELECT count(*) FROM r_line") == 1
        assert await workspace.value('SELECT count(*) FROM "l_lead$friends"') == 0

    run(scenario())


def test_what_a_cast_loses_is_counted_before_and_given_back_after(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        text = definitions(entity("lead", field("size", "text")))
        await workspace.publish(text)
        for size in ("10", "约20", " 30 ", None):
            await workspace.insert("lead", name="线索", size=size)
        number = with_fields(text, "lead", field("size", "integer"))
        plan, problems = await plan_publication(workspace.uow, Publication(definitions=number, base_version=1), now=NOW)
        assert (problems, [step.rows for step in plan.steps]) == ([], [1])
        await workspace.publish(number)
        assert await workspace.value("SELECT array_agg(size ORDER BY size) FROM r_lead") == [10, 30, None, None]
        await workspace.connection.execute("UPDATE r_lead SET size = 11 WHERE size = 10")
        await workspace.publish(text)
        kept = await workspace.value("SELECT array_agg(size ORDER BY size) FROM r_lead WHERE size IS NOT NULL")
        assert kept == [" 30 ", "11", "约20"]

    run(scenario())


def test_digits_that_a_narrower_number_drops_count_as_lost(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        wide = definitions(entity("lead", field("size", "decimal", scale=4)))
        await workspace.publish(wide)
        for size in ("1.5", "1.2345"):
            await workspace.insert("lead", name="线索", size=Decimal(size))
        narrow = with_fields(wide, "lead", field("size", "decimal", scale=2))
        plan, _ = await plan_publication(workspace.uow, Publication(definitions=narrow, base_version=1), now=NOW)
        assert [(step.kind, step.rows) for step in plan.steps] == [("field_cast", 1)]

    run(scenario())


def test_repeated_values_forbid_a_unique_field(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        plain = definitions(entity("lead", field("code")))
        await workspace.publish(plain)
        for code in ("a", "a", "b"):
            await workspace.insert("lead", name="线索", code=code)
        with pytest.raises(Invalid) as caught:
            await workspace.publish(with_fields(plain, "lead", field("code", unique=True)))
        assert [(each.code, each.params["rows"]) for each in caught.value.problems] == [("publish.duplicates", 2)]
        await workspace.uow.abandon()
        assert (await load_snapshot(workspace.uow)).version == 1

    run(scenario())


def test_a_required_rule_counts_but_does_not_stop(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        plain = definitions(entity("lead", field("code")))
        await workspace.publish(plain)
        await workspace.insert("lead", name="线索")
        wanted = with_fields(plain, "lead", field("code", required=True))
        plan, problems = await plan_publication(workspace.uow, Publication(definitions=wanted, base_version=1), now=NOW)
        assert [(step.kind, step.rows, step.risk.value) for step in plan.steps] == [("field_required", 1, "loss")]
        assert problems == []

    run(scenario())


def test_records_of_a_deleted_stage_must_be_given_another(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        before = definitions(entity("lead"), processes=(process("lead", "new", "talk", "won"),))
        await workspace.publish(before)
        identifier = await workspace.insert("lead", name="线索", stage="talk", stage_since=NOW)
        after = definitions(entity("lead"), processes=(process("lead", "new", "won"),))
        everybody = {"lead_flow": RunningChoice(choice="move")}
        with pytest.raises(Invalid) as caught:
            await publish(workspace.uow, Publication(definitions=after, base_version=1, running=everybody), now=NOW)
        assert [each.code for each in caught.value.problems] == ["publish.stage_has_records"]
        await workspace.uow.abandon()
        moves = {"lead_flow": {"talk": "new"}}
        await publish(workspace.uow, Publication(definitions=after, base_version=1, moves=moves), now=NOW)
        await workspace.uow.finish()
        row = await workspace.connection.fetchrow("SELECT stage, version FROM r_lead WHERE id = $1", identifier)
        assert row is not None
        assert (row["stage"], row["version"]) == ("new", 2)
        event = await workspace.connection.fetchrow(
            "SELECT kind, before, after FROM event WHERE record_id = $1", identifier
        )
        assert event is not None
        assert (event["kind"], event["before"], event["after"]) == (
            "record.moved",
            '{"stage": "talk"}',
            '{"stage": "new"}',
        )

    run(scenario())


def test_a_new_process_takes_the_records_that_exist(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        plain = definitions(entity("lead"))
        await workspace.publish(plain)
        await workspace.insert("lead", name="线索")
        await workspace.insert("lead", name="旧", stage="left_over")
        await workspace.publish(msgspec.structs.replace(plain, processes=(process("lead", "new", "won"),)))
        assert await workspace.value("SELECT count(*) FROM r_lead WHERE stage = 'new' AND stage_since IS NOT NULL") == 2

    run(scenario())


def test_formulas_are_worked_out_for_records_that_exist_each_after_what_it_reads(
    workspace: Workspace, run: Run[None]
) -> None:
    async def scenario() -> None:
        base = definitions(
            entity("customer", field("factor", "integer")),
            entity("lead", field("customer", "relation", target="customer"), field("amount", "money")),
        )
        await workspace.publish(base)
        customer = await workspace.insert("customer", name="客户", factor=3)
        lead = await workspace.insert("lead", name="线索", amount=Decimal(10), customer=customer)
        wanted = with_fields(
            base,
            "lead",
            *base.entities[1].fields[1:],
            formula("final", "{scaled} + 1", "money"),
            formula("scaled", "{amount} * {customer.factor}", "money"),
        )
        await workspace.publish(wanted)
        assert await workspace.value("SELECT final FROM r_lead WHERE id = $1", lead) == Decimal("31.00")
        changed = with_fields(
            base,
            "lead",
            *base.entities[1].fields[1:],
            formula("final", "{scaled} + 1", "money"),
            formula("scaled", "{amount} * {customer.factor} * 2", "money"),
        )
        plan, _ = await plan_publication(workspace.uow, Publication(definitions=changed, base_version=2), now=NOW)
        assert [step.kind for step in plan.steps] == ["formula_changed", "field_recomputed"]
        await workspace.publish(changed)
        assert await workspace.value("SELECT final FROM r_lead WHERE id = $1", lead) == Decimal("61.00")

    run(scenario())


def test_results_that_a_column_cannot_hold_stay_empty(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        base = definitions(entity("lead", field("amount", "money")))
        await workspace.publish(base)
        for amount in (1, 10**15):
            await workspace.insert("lead", name="线索", amount=Decimal(amount))
        big = formula("big", "{amount} * 1000000", "money")
        await workspace.publish(with_fields(base, "lead", field("amount", "money"), big))
        assert await workspace.value("SELECT array_agg(big ORDER BY amount) FROM r_lead") == [Decimal(1_000_000), None]

    run(scenario())


def test_search_words_and_sort_keys_follow(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        plain = definitions(entity("lead", field("city")))
        await workspace.publish(plain)
        lead = await workspace.insert("lead", name="重庆机床", city="宁波")
        found = "SELECT count(*) FROM r_lead WHERE search @@ '宁波'::tsquery"
        assert await workspace.value(found) == 0
        await workspace.publish(with_fields(plain, "lead", field("city", searchable=True)))
        assert await workspace.value(found) == 1
        assert str(await workspace.value("SELECT name__sort FROM r_lead WHERE id = $1", lead)).startswith("chong qing")

    run(scenario())


def test_a_table_in_use_is_left_alone_and_the_publisher_told(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        plain = definitions(entity("lead"))
        await workspace.publish(plain)
        busy = await workspace.connect()
        async with busy.transaction():
            await busy.execute("LOCK TABLE r_lead IN ROW EXCLUSIVE MODE")
            wanted = Publication(definitions=with_fields(plain, "lead", field("city")), base_version=1)
            with pytest.raises(Unavailable) as caught:
                await publish(workspace.uow, wanted, now=NOW, patience=Patience(budget_ms=30, tries=2, pause_ms=1))
        assert caught.value.code == "planner.busy"
        await workspace.uow.abandon()
        await publish(workspace.uow, wanted, now=NOW)
        await workspace.uow.finish()

    run(scenario())


def test_history_tells_and_compares(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await workspace.publish(definitions(entity("lead")))
        await workspace.publish(definitions(entity("lead", field("city")), views=(view("lead"),)))
        info, found = await read_version(workspace.uow, 2)
        assert [step["kind"] for step in info.summary] == ["field_created", "view_created"]
        assert found.entities[0].field("city") is not None
        back = await compare_versions(workspace.uow, 2, 1)
        assert [step.kind for step in back.steps] == ["field_deleted", "view_deleted"]

    run(scenario())


def test_a_killed_publish_leaves_nothing_behind(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        plain = definitions(entity("lead", field("size")))
        await workspace.publish(plain)
        await workspace.insert("lead", name="线索", size="1")
        doomed = await workspace.unit()
        await install_definitions(doomed, with_fields(plain, "lead", field("size", "integer"), field("more")))
        pid = await doomed.fetch_value(raw("SELECT pg_backend_pid()"))
        assert await workspace.value("SELECT pg_terminate_backend($1, 30000)", pid)
        await _is_as_wanted(workspace, plain)
        assert (await load_snapshot(workspace.uow)).version == 1
        assert await workspace.publish(with_fields(plain, "lead", field("size", "integer"))) == 2

    run(scenario())
