"""An automatic number that is added later numbers the records that exist, in the order of their creation."""

from datetime import UTC, datetime

from tests.metadata.planner.building import definitions, entity, field, formula
from tests.metadata.publishing.large import NOW, drain, publish_large
from tests.metadata.workspace import Run, Workspace
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.entity import Numbering
from xiaolu.metadata.planner.describing import describe_step
from xiaolu.metadata.publishing.model import Publication
from xiaolu.metadata.publishing.service import plan_publication

BY_YEAR = Numbering(key="order", label=Label("单号"), pattern="D{yyyy}{seq:3}", reset="year", start=5)
BEFORE = definitions(entity("lead", field("size", "integer")), numberings=(BY_YEAR,))
AFTER = definitions(
    entity(
        "lead",
        field("size", "integer"),
        field("number", "auto_number", numbering="order", searchable=True),
        formula("shown", "{number} & {size}", "text"),
    ),
    numberings=(BY_YEAR,),
)


async def _created(workspace: Workspace, size: int, at: datetime) -> None:
    made = await workspace.insert("lead", name=f"n{size}", size=size)
    await workspace.connection.execute("UPDATE r_lead SET created_at = $2 WHERE id = $1", made, at)


def test_records_are_numbered_by_the_day_of_their_creation(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await workspace.publish(BEFORE)
        await _created(workspace, 2, datetime(2026, 1, 2, tzinfo=UTC))
        await _created(workspace, 1, datetime(2025, 12, 31, 17, 0, tzinfo=UTC))
        await _created(workspace, 0, datetime(2025, 12, 30, tzinfo=UTC))
        plan, _ = await plan_publication(workspace.uow, Publication(definitions=AFTER, base_version=1), now=NOW)
        assert "3 条记录会按创建的先后补上编号" in describe_step(plan.steps[0], "zh")
        await workspace.publish(AFTER)
        rows = await workspace.connection.fetch(
            "SELECT number, shown, search::text AS search FROM r_lead ORDER BY size"
        )
        assert [row["number"] for row in rows] == ["D2025005", "D2026005", "D2026006"]
        assert [row["shown"] for row in rows] == ["D20250050", "D20260051", "D20260062"]
        assert rows[2]["search"] == "'006' 'd2026006' 'n2'"

    run(scenario())


def test_large_tables_are_numbered_in_pieces_after_what_counted_before(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await workspace.publish(BEFORE)
        await workspace.insert_many("lead", 1_200, name="'x'", size="n")
        await workspace.connection.execute(
            "INSERT INTO numbering_counter"
            " SELECT 'order', to_char(max(created_at) AT TIME ZONE 'Asia/Shanghai', 'YYYY'), 40 FROM r_lead"
        )
        assert (await publish_large(workspace, AFTER)).state == "published"
        assert await workspace.value("SELECT count(number) FROM r_lead") == 0
        await drain(workspace)
        assert await workspace.value("SELECT count(DISTINCT number) FROM r_lead") == 1_200
        first = await workspace.value("SELECT shown FROM r_lead WHERE size = 1")
        assert first.endswith("0411")
        disorder = (
            "SELECT count(*) FROM r_lead a JOIN r_lead b ON a.size + 1 = b.size AND length(a.number) = length(b.number)"
        )
        assert await workspace.value(f"{disorder} AND a.number > b.number") == 0

    run(scenario())
