"""The time limit of the record's stage as a value of formulas: in both back ends, and anew when the limits change."""

from decimal import Decimal

import msgspec

from tests.metadata.planner.building import definitions, entity, field, formula, process, view
from tests.metadata.workspace import Run, Workspace
from xiaolu.formula import Compiled, RecordValues, compile_formula, find_references, to_python
from xiaolu.metadata.catalogue import build_catalogue
from xiaolu.metadata.model.process import Process, TimeLimit
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.validation import check_definitions


def _flow(hours: float) -> Process:
    flow = process("lead", "new", "won")
    first, second = flow.stages
    limited = msgspec.structs.replace(first, limit=TimeLimit(hours=hours))
    return msgspec.structs.replace(flow, stages=(limited, second))


def _leads(hours: float = 48) -> Definitions:
    return definitions(
        entity(
            "lead",
            field("size", "integer"),
            formula("allowed", "{stage_limit} * 2"),
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


def test_stored_values_follow_when_the_limit_changes(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await workspace.publish(_leads())
        one = await workspace.insert("lead", name="甲", stage="new", process_version=1)
        await workspace.insert("lead", name="乙", stage="won", first=one, process_version=1)
        await workspace.publish(_leads(72))
        rows = await workspace.connection.fetch("SELECT allowed, of_first FROM r_lead ORDER BY name DESC")
        assert [tuple(row) for row in rows] == [(Decimal(144), None), (None, Decimal(72))]

    run(scenario())
