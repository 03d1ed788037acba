"""Texts that become options when a field turns from text into a select."""

from tests.metadata.planner.building import definitions, entity, field
from tests.metadata.publishing.large import NOW
from tests.metadata.workspace import Run, Workspace
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.entity import Option, OptionSet
from xiaolu.metadata.planner.describing import describe_step
from xiaolu.metadata.publishing.model import Publication
from xiaolu.metadata.publishing.service import plan_publication

GRADES = OptionSet(
    key="grade",
    label=Label("等级"),
    options=(
        Option(key="a", label=Label("重点客户's", "Key")),
        Option(key="b", label=Label("一般")),
    ),
)
BEFORE = definitions(entity("lead", field("grade"), field("tags", "long_text")), option_sets=(GRADES,))
AFTER = definitions(
    entity("lead", field("grade", "single_select", set="grade"), field("tags", "multi_select", set="grade")),
    option_sets=(GRADES,),
)


def test_labels_and_keys_are_matched_and_the_rest_is_counted(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await workspace.publish(BEFORE)
        await workspace.insert("lead", name="1", grade="重点客户's", tags="一般、KEY")
        await workspace.insert("lead", name="2", grade=" b ", tags="一般，什么")
        await workspace.insert("lead", name="3", grade="key", tags="")
        await workspace.insert("lead", name="4", grade="没有的")
        plan, _ = await plan_publication(workspace.uow, Publication(definitions=AFTER, base_version=1), now=NOW)
        told = {step.field: describe_step(step, "zh") for step in plan.steps}
        assert "有 1 条记录的文字没有对应的选项" in told["grade"]
        await workspace.publish(AFTER)
        rows = await workspace.connection.fetch("SELECT grade, tags FROM r_lead ORDER BY name")
        assert [row["grade"] for row in rows] == ["a", "b", "a", None]
        assert [row["tags"] for row in rows] == [["b", "a"], None, None, None]

    run(scenario())
