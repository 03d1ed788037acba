"""The time limit of the record's stage as a value of formulas: in both back ends, and anew when the limits change."""

from datetime import UTC, datetime
from decimal import Decimal

import msgspec

from tests.metadata.planner.building import definitions, entity, field, formula, process, view
from tests.metadata.workspace import Run, Workspace
from xiaolu.formula import Compiled, RecordValues, compile_formula, find_references, to_python
from xiaolu.metadata.catalogue import build_catalogue
from xiaolu.metadata.model.process import Process, TimeLimit
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.publishing.advancing import advance_jobs
from xiaolu.metadata.publishing.model import PLATFORM
from xiaolu.metadata.publishing.moving import VersionMove, move_version
from xiaolu.metadata.publishing.service import load_snapshot
from xiaolu.metadata.validation import check_definitions

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


def _flow(hours: float) -> Process:
    flow = process("lead", "new", "won")
    first, second = flow.stages
    limited = msgspec.structs.replace(first, limit=TimeLimit(hours=hours))
    return msgspec.structs.replace(flow, stages=(limited, second))


def _leads(hours: float = 48, times: int = 2) -> Definitions:
    return definitions(
        entity(
            "lead",
            field("size", "integer"),
            formula("allowed", f"{{stage_limit}} * {times}"),
            field("first", "relation", target="lead"),
            formula("of_first", "{first.stage_limit}"),
        ),
        processes=(_flow(hours),),
    )


def test_it_is_named_by_key_and_label_where_there_is_a_process() -> None:
    found = _leads()
    assert check_definitions(found) == []
    catalogue = build_catalogue(found)
    for text in ("{stage_limit}", "{本阶段时限小时}", "{Hours allowed in stage}"):
        compiled = compile_formula(text, entity="lead", catalogue=catalogue)
        assert isinstance(compiled, Compiled)
        assert [(each.entity, each.field) for each in compiled.dependencies] == [("lead", "stage")]
        assert [each.field for each in find_references(text, entity="lead", catalogue=catalogue)] == ["stage_limit"]
    plain = definitions(entity("lead", field("size", "integer")))
    assert isinstance(compile_formula("{stage_limit}", entity="lead", catalogue=build_catalogue(plain)), list)
    own = definitions(entity("lead", field("stage_limit", "text")), processes=(_flow(1),))
    mine = compile_formula("{stage_limit}", entity="lead", catalogue=build_catalogue(own))
    assert isinstance(mine, Compiled)
    assert mine.type == "text"


def test_lists_do_not_show_what_no_table_holds() -> None:
    shown = msgspec.structs.replace(_leads(), views=(view("lead", columns=("name", "stage_limit")),))
    assert [each.code.startswith("reference.field") for each in check_definitions(shown)] == [True]


def test_python_reads_it_from_the_stage() -> None:
    compiled = compile_formula("{stage_limit} + 1", entity="lead", catalogue=build_catalogue(_leads(1.5)))
    assert isinstance(compiled, Compiled)
    evaluate = to_python(compiled)
    assert evaluate(RecordValues({"stage": "new"}), None) == Decimal("2.5")  # type: ignore[arg-type]
    assert evaluate(RecordValues({"stage": "won"}), None) is None  # type: ignore[arg-type]


def test_records_that_finish_on_their_version_keep_its_limit(workspace: Workspace, run: Run[None]) -> None:
    async def stored() -> list[tuple[Decimal | None, Decimal | None]]:
        rows = await workspace.connection.fetch("SELECT allowed, of_first FROM r_lead ORDER BY name")
        return [(row["allowed"], row["of_first"]) for row in rows]

    async def scenario() -> None:
        await workspace.publish(_leads())
        old = await workspace.insert("lead", name="a", stage="new", process_version=1)
        await workspace.insert("lead", name="b", stage="won", first=old)
        await workspace.publish(_leads(72))
        new = await workspace.insert("lead", name="c", stage="new", process_version=2)
        await workspace.insert("lead", name="d", stage="won", first=new)
        assert (await stored())[:2] == [(96, None), (None, 48)]
        await workspace.publish(_leads(72, times=4))
        assert await stored() == [(192, None), (None, 48), (288, None), (None, None)]
        snapshot = await load_snapshot(workspace.uow)
        compiled = snapshot.computed.formulas["lead", "allowed"]
        local = to_python(compiled)
        carried: list[int | None] = [1, None, 2]
        values = [local(RecordValues({"stage": "new", "process_version": each}), None) for each in carried]  # type: ignore[arg-type]
        assert values == [192, 192, 288]

    run(scenario())


def test_a_move_to_the_new_version_brings_its_limit(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await workspace.publish(_leads())
        old = await workspace.insert("lead", name="a", stage="new", process_version=1)
        await workspace.insert("lead", name="b", stage="won", first=old)
        await workspace.publish(_leads(72))
        moved = VersionMove(number=1, moves={}, remark="统一口径")
        await move_version(workspace.uow, _flow(72), moved, author=PLATFORM, now=NOW)
        await workspace.uow.finish()
        while await advance_jobs(workspace.uow, NOW):
            await workspace.uow.finish()
        rows = await workspace.connection.fetch("SELECT allowed, of_first FROM r_lead ORDER BY name")
        assert [tuple(row) for row in rows] == [(Decimal(144), None), (None, Decimal(72))]

    run(scenario())
