"""Members, departments and roles that deleted definitions speak of: nothing holds on to them, and the plan tells who is concerned."""

from datetime import UTC, datetime

from tests.metadata.planner.building import definitions, entity, field
from tests.metadata.planner.catalogue import expected_shapes, read_shapes
from tests.metadata.workspace import Run, Workspace
from xiaolu.kit.i18n import Label
from xiaolu.kit.ids import new_id
from xiaolu.metadata.model.access import Role
from xiaolu.metadata.planner.describing import describe_step
from xiaolu.metadata.planner.layout import layout
from xiaolu.metadata.planner.measuring import measure_plan
from xiaolu.metadata.planner.model import Risk
from xiaolu.metadata.planner.plan import plan_change

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_people_named_by_a_deleted_field_are_free_of_it(workspace: Workspace, run: Run[None]) -> None:
    """Nothing that was set aside holds on to a member or department; what comes back names only who is still there."""

    async def scenario() -> None:
        full = definitions(
            entity(
                "lead", field("helper", "user"), field("team", "department"), field("watchers", "user", multiple=True)
            )
        )
        await workspace.publish(full)
        member, team = new_id(), new_id()
        await workspace.connection.execute(
            "INSERT INTO department (id, name, created_at) VALUES ($1, '一组', now())", team
        )
        await workspace.connection.execute(
            "INSERT INTO member (id, name, login, created_at) VALUES ($1, '甲', 'jia', now())", member
        )
        lead = await workspace.insert("lead", name="线索", helper=member, team=team)
        await workspace.publish(definitions(entity("lead")))
        await workspace.connection.execute("DELETE FROM member WHERE id = $1", member)
        await workspace.connection.execute("DELETE FROM department WHERE id = $1", team)
        await workspace.publish(full)
        assert await read_shapes(workspace.connection) == expected_shapes(layout(full))
        assert await workspace.value("SELECT helper FROM r_lead WHERE id = $1", lead) is None
        assert await workspace.value("SELECT team FROM r_lead WHERE id = $1", lead) is None

    run(scenario())


def test_who_holds_a_deleted_role_is_counted(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        full = definitions(entity("lead"), roles=(Role(key="rep", label=Label("代表", "Rep")),))
        await workspace.publish(full)
        bare = definitions(entity("lead"))
        unused = await measure_plan(workspace.uow, plan_change(full, bare), full, now=NOW, time_zone="Asia/Shanghai")
        assert [(each.kind, each.rows, each.risk) for each in unused.steps] == [("role_deleted", 0, Risk.NONE)]
        member = new_id()
        await workspace.connection.execute(
            "INSERT INTO member (id, name, login, created_at) VALUES ($1, '甲', 'jia', now())", member
        )
        await workspace.connection.execute("INSERT INTO member_role VALUES ($1, 'rep')", member)
        (step,) = (
            await measure_plan(workspace.uow, plan_change(full, bare), full, now=NOW, time_zone="Asia/Shanghai")
        ).steps
        assert (step.rows, step.risk) == (1, Risk.LOSS)
        assert "1 members hold it" in describe_step(step, "en")

    run(scenario())
