"""Sharing records, and why somebody can or cannot see one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.access.scene import NOW, Scene, insert_deals
from xiaolu.access.model import Actor, Operation
from xiaolu.access.policy import decide
from xiaolu.access.service.departments import DepartmentDraft, create_department
from xiaolu.access.service.explanations import explain_access
from xiaolu.access.service.shares import ShareTarget, drop_shares, list_shares, share_record, unshare_record
from xiaolu.kit.errors import AppError, Conflict, Denied, Invalid, NotFound
from xiaolu.kit.sql import compose

Run = Callable[..., Any]


async def deal(scene: Scene, **values: Any) -> UUID:
    record = uuid4()
    await insert_deals(scene.uow, [{"id": record, "created_at": NOW, "updated_at": NOW, **values}])
    return record


async def reached(scene: Scene, member: UUID, operation: Operation) -> set[UUID]:
    actor = await scene.actor(member)
    predicate = decide(actor, scene.snapshot, "deal", operation, now=scene.now).predicate
    return {row["id"] for row in await scene.uow.fetch(compose("SELECT r.id FROM r_deal r WHERE {p}", p=predicate))}


async def refused(scene: Scene, work: Any) -> AppError:
    with pytest.raises(AppError) as found:
        await work
    await scene.uow.abandon()
    return found.value


def test_a_share_widens_what_a_role_reaches(installed: Scene, run: Run) -> None:
    scene = installed

    async def story() -> None:
        head = await create_department(scene.ctx(), DepartmentDraft(name="总部"))
        east = await create_department(scene.ctx(), DepartmentDraft(name="华东", parent_id=head))
        wang, li = await scene.member("wang", "rep"), await scene.member("li", "rep", department=east)
        guest = await scene.member("guest")
        record = await deal(scene, owner=wang)
        owner = scene.ctx(await scene.actor(wang))
        for target in (ShareTarget(member_id=li), ShareTarget(member_id=guest)):
            await share_record(owner, "deal", record, target, access="read")
        await scene.uow.finish()
        assert await reached(scene, li, Operation.READ) == {record}
        assert await reached(scene, li, Operation.UPDATE) == set()
        assert await reached(scene, guest, Operation.READ) == set(), "a share gives nothing that no role allows"
        await share_record(owner, "deal", record, ShareTarget(member_id=li), access="update")
        await scene.uow.finish()
        assert await reached(scene, li, Operation.UPDATE) == {record}
        assert await reached(scene, li, Operation.DELETE) == set()
        await unshare_record(owner, "deal", record, ShareTarget(member_id=li))
        await scene.uow.finish()
        assert await reached(scene, li, Operation.READ) == set()
        await share_record(owner, "deal", record, ShareTarget(department_id=head), access="read")
        await scene.uow.finish()
        assert await reached(scene, li, Operation.READ) == {record}
        assert {row["department"] or row["member"] for row in await list_shares(owner, "deal", record)} == {
            "Guest",
            "总部",
        }
        await drop_shares(owner, "deal", [record])
        await scene.uow.finish()
        assert await list_shares(owner, "deal", record) == []
        events = await scene.uow.connection.fetch("SELECT kind, record_id, after FROM event ORDER BY id")
        assert [row["kind"] for row in events] == ["record.shared"] * 5
        assert await scene.audit("record.") == [
            "record.shared", "record.shared", "record.shared", "record.unshared", "record.shared",
        ]  # fmt: skip

    run(story())


def test_only_people_who_may_change_a_record_share_it(installed: Scene, run: Run) -> None:
    scene = installed

    async def story() -> None:
        wang, li = await scene.member("wang", "rep"), await scene.member("li", "rep")
        record = await deal(scene, owner=wang)
        binned = await deal(scene, owner=wang, deleted_at=NOW)
        owner, other = scene.ctx(await scene.actor(wang)), scene.ctx(await scene.actor(li))
        target = ShareTarget(member_id=li)
        assert isinstance(await refused(scene, share_record(other, "deal", record, target, access="read")), NotFound)
        assert isinstance(await refused(scene, list_shares(other, "deal", record)), NotFound)
        assert isinstance(await refused(scene, share_record(owner, "deal", uuid4(), target, access="read")), NotFound)
        assert isinstance(await refused(scene, share_record(owner, "item", record, target, access="read")), NotFound)
        assert isinstance(await refused(scene, share_record(owner, "gone", record, target, access="read")), NotFound)
        assert isinstance(await refused(scene, share_record(owner, "deal", binned, target, access="read")), Conflict)
        assert isinstance(await refused(scene, unshare_record(owner, "deal", record, target)), NotFound)
        for wrong in (ShareTarget(), ShareTarget(member_id=uuid4()), ShareTarget(member_id=li, department_id=uuid4())):
            assert isinstance(await refused(scene, share_record(owner, "deal", record, wrong, access="read")), Invalid)
        await share_record(owner, "deal", record, target, access="read")
        await scene.uow.finish()
        reader = scene.ctx(await scene.actor(li))
        assert len(await list_shares(reader, "deal", record)) == 1
        assert isinstance(await refused(scene, share_record(reader, "deal", record, target, access="update")), Denied)

    run(story())


async def why(scene: Scene, asker: Actor, record: UUID, member: UUID | None = None) -> tuple[list[bool], list[str]]:
    explanation = await explain_access(scene.ctx(asker), "deal", record, member_id=member)
    return list(explanation.can.values()), [each.text for each in explanation.reasons]


def test_why_somebody_can_or_cannot_see_a_record(installed: Scene, run: Run) -> None:
    scene = installed

    async def story() -> None:
        east = await create_department(scene.ctx(), DepartmentDraft(name="华东"))
        west = await create_department(scene.ctx(), DepartmentDraft(name="华西"))
        hr = await scene.actor(await scene.member("hr", "hr"))
        wang, leader = (
            await scene.member("wang", "rep", department=east),
            await scene.member("zhao", "leader", department=west),
        )
        guest = await scene.member("guest")
        record = await deal(scene, owner=wang, department=east, stage="new")

        can, reasons = await why(scene, hr, record, wang)
        assert can == [True, True, False, False]
        assert reasons == [
            "角色“角色rep”可以查看本人负责的记录，该记录由本人负责。",
            "角色“角色rep”可以修改本人负责的记录，该记录由本人负责。",
            "所有角色都没有授予“删除”权限。",
            "所有角色都没有授予“推进”权限。",
            "以下字段对此人隐藏：cost。",
        ]
        can, reasons = await why(scene, hr, record, leader)
        assert can == [False] * 4
        assert reasons[0] == "角色“角色leader”只能查看本人、本部门及下级部门的记录，该记录属于“华东”，负责人是“Wang”。"
        can, reasons = await why(scene, hr, record, guest)
        assert reasons[0] == "所有角色都没有授予“查看”权限。"

        await share_record(scene.ctx(), "deal", record, ShareTarget(member_id=leader), access="read")
        await scene.uow.finish()
        can, reasons = await why(scene, hr, record, leader)
        assert can == [True, False, False, False]
        assert reasons[0] == "该记录已共享给此人，可以查看。"

        await scene.uow.connection.execute("UPDATE r_deal SET deleted_at = $1", NOW)
        can, reasons = await why(scene, hr, record, wang)
        assert can == [False] * 4
        assert reasons[0] == "该记录已删除，在回收站中。"

    run(story())


def test_an_explanation_tells_nothing_to_people_who_must_not_know(installed: Scene, run: Run) -> None:
    scene = installed

    async def story() -> None:
        wang, li = await scene.member("wang", "rep"), await scene.member("li", "rep")
        record = await deal(scene, owner=wang)
        stranger, owner = await scene.actor(li), await scene.actor(wang)
        for member in (None, wang, li):
            explanation = explain_access(scene.ctx(stranger), "deal", record, member_id=member)
            assert isinstance(await refused(scene, explanation), NotFound)
        assert isinstance(await refused(scene, explain_access(scene.ctx(stranger), "deal", uuid4())), NotFound)
        assert (await why(scene, owner, record))[0] == [True, True, False, False]
        assert (await why(scene, owner, record, li))[0] == [False] * 4
        await share_record(scene.ctx(), "deal", record, ShareTarget(member_id=li), access="read")
        await scene.uow.finish()
        reader = await scene.actor(li)
        assert (await why(scene, reader, record))[0] == [True, False, False, False]
        assert isinstance(
            await refused(scene, explain_access(scene.ctx(reader), "deal", record, member_id=wang)), Denied
        )

    run(story())
