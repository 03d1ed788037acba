"""Members, departments and keys on a real database."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.access.scene import NOW, PASSWORD, Scene
from xiaolu.access.authenticate import authenticate_api_key
from xiaolu.access.model import Actor
from xiaolu.access.service import api_keys, departments, members, people
from xiaolu.access.service.audit import list_audit
from xiaolu.access.service.bootstrap import bootstrap_admin
from xiaolu.access.service.departments import DepartmentChange, DepartmentDraft
from xiaolu.access.service.members import MemberChange, MemberDraft
from xiaolu.access.store.audit import AuditFilter
from xiaolu.access.store.members import MemberFilter
from xiaolu.kit.errors import AppError, Conflict, Denied, Invalid, NotFound

Run = Callable[..., Any]


async def refusal(scene: Scene, work: Any) -> AppError:
    with pytest.raises(AppError) as found:
        await work
    await scene.uow.abandon()
    return found.value


async def department(scene: Scene, name: str, parent: UUID | None = None, manager: UUID | None = None) -> UUID:
    made = await departments.create_department(
        scene.ctx(), DepartmentDraft(name=name, parent_id=parent, manager_id=manager)
    )
    await scene.uow.finish()
    return made


def test_every_problem_of_a_member_is_told_at_once(scene: Scene, run: Run) -> None:
    async def story() -> None:
        await scene.member("wang")
        draft = MemberDraft(
            login="Wang", name=" ", email="nobody", phone="12", department_id=uuid4(), roles=("gone",), password="short"
        )
        found = await refusal(scene, members.create_member(scene.ctx(), draft))
        assert isinstance(found, Invalid)
        assert {str(each.path[0]) for each in found.problems} == {
            "login", "name", "email", "phone", "department", "roles", "password",
        }  # fmt: skip

    run(story())


def test_members_are_found_by_name_pinyin_initials_and_login(scene: Scene, run: Run) -> None:
    async def story() -> None:
        for login, name in (
            ("wxm", "王小明"),
            ("li.si", "李四"),
            ("chongqing", "重庆分公司助理"),
            ("bob", "Bob Stone"),
        ):
            await members.create_member(scene.ctx(), MemberDraft(login=login, name=name))
        await scene.uow.finish()

        async def found(text: str) -> list[str]:
            return [row["name"] for row in await people.find_people(scene.ctx(), text)]

        assert await found("小明") == ["王小明"]
        assert await found("wangxiao") == ["王小明"]
        assert await found("LS") == ["李四"]
        assert await found("li.s") == ["李四"]
        assert await found("chongq") == ["重庆分公司助理"]
        assert await found("stone bob") == ["Bob Stone"]
        assert await found("%") == []
        assert await found("_") == []
        assert await found("") == ["Bob Stone", "重庆分公司助理", "李四", "王小明"]

    run(story())


def test_a_member_is_changed_only_at_the_version_that_was_read(scene: Scene, run: Run) -> None:
    async def story() -> None:
        member_id = await scene.member("wang", "rep")
        change = MemberChange(name="王五", phone="+86 138 1234 5678", email=" Wang@Example.COM ")
        await members.change_member(scene.ctx(), member_id, change, version=1)
        await scene.uow.finish()
        row = await members.read_member(scene.ctx(), member_id)
        assert (row["name"], row["phone"], row["version"]) == ("王五", "13812345678", 2)
        assert row["email"].endswith("@example.com")
        stale = await refusal(scene, members.change_member(scene.ctx(), member_id, change, version=1))
        assert (type(stale), stale.code, stale.params) == (Conflict, "member.changed", {"current": 2})

    run(story())


def test_the_last_administrator_stays(scene: Scene, run: Run) -> None:
    async def story() -> None:
        first = await bootstrap_admin(scene.uow, login="root", name="根", password=PASSWORD, now=NOW)
        await scene.uow.finish()
        for change in (MemberChange(disabled=True), MemberChange(roles=("rep",)), MemberChange(roles=())):
            found = await refusal(scene, members.change_member(scene.ctx(), first, change))
            assert found.code == "member.last_admin"
        second = await scene.member("second", "admin")
        admin = await scene.actor(second)
        assert (
            await refusal(scene, members.change_member(scene.ctx(admin), second, MemberChange(disabled=True)))
        ).code == ("member.self_disabled")
        await members.change_member(scene.ctx(admin), first, MemberChange(roles=("rep",)))
        await scene.uow.finish()
        found = await refusal(scene, members.change_member(scene.ctx(admin), second, MemberChange(roles=())))
        assert found.code == "member.last_admin"

    run(story())


def test_who_manages_members_cannot_rise(scene: Scene, run: Run) -> None:
    async def story() -> None:
        root = await scene.member("root", "admin")
        builder = await scene.member("builder", "builder")
        rep = await scene.member("rep", "rep")
        hr_id = await scene.member("hr", "hr")
        hr = await scene.actor(hr_id)
        attempts: list[tuple[Any, str]] = [
            (members.change_member(scene.ctx(hr), rep, MemberChange(roles=("admin",))), "role.above"),
            (members.change_member(scene.ctx(hr), rep, MemberChange(roles=("builder",))), "role.above"),
            (members.change_member(scene.ctx(hr), hr_id, MemberChange(roles=("hr", "rep"))), "role.own"),
            (members.change_member(scene.ctx(hr), root, MemberChange(disabled=True)), "member.above"),
            (members.set_password(scene.ctx(hr), root, "a better password"), "member.above"),
            (members.set_password(scene.ctx(hr), builder, "a better password"), "member.above"),
            (members.reset_totp(scene.ctx(hr), root), "member.above"),
            (
                members.create_member(scene.ctx(hr), MemberDraft(login="mole", name="mole", roles=("admin",))),
                "role.above",
            ),
        ]
        for work, code in attempts:
            found = await refusal(scene, work)
            assert (type(found), found.code) == (Denied, code)
        await members.change_member(scene.ctx(hr), rep, MemberChange(roles=("rep", "leader"), name="Rep"))
        await scene.uow.finish()
        nobody = await scene.actor(rep)
        denied: list[Any] = [
            members.list_members(scene.ctx(nobody), MemberFilter()),
            members.create_member(scene.ctx(nobody), MemberDraft(login="x1", name="x")),
            departments.create_department(scene.ctx(nobody), DepartmentDraft(name="x")),
            list_audit(scene.ctx(nobody), AuditFilter()),
            people.list_roles(scene.ctx(nobody)),
            api_keys.list_api_keys(scene.ctx(nobody)),
        ]
        for work in denied:
            assert isinstance(await refusal(scene, work), Denied)

    run(story())


def test_a_role_that_is_no_more_neither_counts_nor_hinders(scene: Scene, run: Run) -> None:
    async def story() -> None:
        member_id = await scene.member("wang", "rep")
        await scene.uow.connection.execute("INSERT INTO member_role VALUES ($1, 'gone')", member_id)
        await members.change_member(scene.ctx(), member_id, MemberChange(roles=("rep", "gone", "leader")))
        await scene.uow.finish()
        assert (await members.read_member(scene.ctx(), member_id))["roles"] == ["leader", "rep"]
        found = await refusal(scene, members.change_member(scene.ctx(), member_id, MemberChange(roles=("gone",))))
        assert [each.code for each in found.problems] == ["role.unknown"]

    run(story())


def test_ones_own_account_is_not_reset_from_the_list_of_members(scene: Scene, run: Run) -> None:
    async def story() -> None:
        root = await scene.member("root", "admin", password=PASSWORD)
        admin = scene.ctx(await scene.actor(root))
        for work in (members.set_password(admin, root, "a better password"), members.reset_totp(admin, root)):
            assert (await refusal(scene, work)).code == "member.own_account"

    run(story())


def test_departments_form_a_tree(scene: Scene, run: Run) -> None:
    async def story() -> None:
        head = await department(scene, "总部")
        east = await department(scene, "华东", head)
        ningbo = await department(scene, "宁波", east)
        circle = departments.change_department(scene.ctx(), head, DepartmentChange(parent_id=ningbo))
        assert [each.code for each in (await refusal(scene, circle)).problems] == ["department.circle"]
        own = departments.change_department(scene.ctx(), head, DepartmentChange(parent_id=head))
        assert [each.code for each in (await refusal(scene, own)).problems] == ["department.circle"]
        twin = departments.create_department(scene.ctx(), DepartmentDraft(name="宁波", parent_id=east))
        assert [each.code for each in (await refusal(scene, twin)).problems] == ["department.name_taken"]
        await scene.member("wang", department=ningbo)
        for full in (east, ningbo):
            found = await refusal(scene, departments.archive_department(scene.ctx(), full))
            assert found.code == "department.not_empty"
        assert isinstance(await refusal(scene, departments.archive_department(scene.ctx(), uuid4())), NotFound)
        await departments.change_department(scene.ctx(), ningbo, DepartmentChange(parent_id=head), version=1)
        await departments.archive_department(scene.ctx(), east)
        await scene.uow.finish()
        listed = {row["name"]: row["parent_id"] for row in await departments.list_departments(scene.ctx())}
        assert listed == {"总部": None, "宁波": head}
        await departments.change_department(scene.ctx(), east, DepartmentChange(archived=False))
        await scene.uow.finish()
        assert len(await departments.list_departments(scene.ctx())) == 3

    run(story())


def test_an_actor_reaches_own_and_managed_departments_and_those_below(scene: Scene, run: Run) -> None:
    async def story() -> None:
        head = await department(scene, "总部")
        east, west = await department(scene, "华东", head), await department(scene, "华西", head)
        ningbo, xian = await department(scene, "宁波", east), await department(scene, "西安", west)
        member_id = await scene.member("wang", department=east)
        await departments.change_department(scene.ctx(), xian, DepartmentChange(manager_id=member_id))
        await scene.uow.finish()
        actor = await scene.actor(member_id)
        assert actor.department_id == east
        assert set(actor.department_ids) == {east, xian}
        assert set(actor.department_tree_ids) == {east, ningbo, xian}
        assert set(actor.share_department_ids) == {head, east, xian}

    run(story())


def test_who_has_changed_departments_may_own_records_elsewhere(scene: Scene, run: Run) -> None:
    async def story() -> None:
        east, west = await department(scene, "华东"), await department(scene, "华西")
        settled = await scene.member("settled", department=east)
        moved = await scene.member("moved", department=east)
        homeless = await scene.member("homeless")
        for change in (MemberChange(department_id=west), MemberChange(department_id=east)):
            await members.change_member(scene.ctx(), moved, change)
        await members.change_member(scene.ctx(), settled, MemberChange(department_id=east))
        await scene.uow.finish()
        assert [(await scene.actor(each)).owns_elsewhere for each in (settled, moved, homeless)] == [False, True, True]

    run(story())


def test_changes_of_access_are_counted_and_written_down(scene: Scene, run: Run) -> None:
    async def story() -> None:
        before = await scene.uow.connection.fetchval("SELECT access FROM state")
        east = await department(scene, "华东")
        member_id = await scene.member("wang", "rep", department=east)
        await members.change_member(scene.ctx(), member_id, MemberChange(roles=("leader",), department_id=None))
        await departments.archive_department(scene.ctx(), east)
        await scene.uow.finish()
        assert await scene.uow.connection.fetchval("SELECT access FROM state") == before + 4
        auditor = await scene.actor(await scene.member("auditor", "builder"))
        page = await list_audit(scene.ctx(auditor), AuditFilter(actions=("member.", "department.archived")), limit=3)
        assert [each.row["action"] for each in page.entries] == [
            "member.created",
            "department.archived",
            "member.changed",
        ]
        rest = await list_audit(scene.ctx(auditor), AuditFilter(actions=("member.",)), before=page.next)
        assert [each.row["action"] for each in rest.entries] == ["member.roles_changed", "member.created"]
        assert rest.entries[0].detail == {"before": ["rep"], "after": ["leader"]}
        assert rest.entries[0].action == "更改成员角色"
        assert rest.entries[0].row["address"] == "10.0.0.7"
        with pytest.raises(Invalid):
            await list_audit(scene.ctx(auditor), AuditFilter(), before="nonsense")

    run(story())


def test_the_audit_log_cannot_be_changed(scene: Scene, run: Run) -> None:
    async def story() -> None:
        await scene.member("wang")
        for statement in ("UPDATE audit SET action = 'x'", "DELETE FROM audit"):
            with pytest.raises(Exception, match="audit log"):
                await scene.uow.connection.execute(statement)

    run(story())


async def by_key(scene: Scene, text: str) -> Actor | None:
    identity = await authenticate_api_key(scene.uow, text, now=scene.now, snapshot=scene.snapshot)
    return None if identity is None else identity.actor


def test_an_api_key_acts_with_its_role_until_it_ends(scene: Scene, run: Run) -> None:
    async def story() -> None:
        member_id = await scene.member("wang", "builder", "rep")
        wang = await scene.actor(member_id)
        above = api_keys.create_api_key(scene.ctx(wang), name="x", role="admin", expires_at=None)
        assert isinstance(await refusal(scene, above), Denied)
        other = api_keys.create_api_key(scene.ctx(wang), name="x", role="leader", expires_at=None)
        assert isinstance(await refusal(scene, other), Denied)
        past = api_keys.create_api_key(scene.ctx(wang), name=" ", role="gone", expires_at=scene.now)
        assert [str(each.path[0]) for each in (await refusal(scene, past)).problems] == ["name", "role", "expires_at"]
        key = await api_keys.create_api_key(
            scene.ctx(wang), name="官网表单", role="rep", expires_at=scene.now + timedelta(days=1)
        )
        lasting = await api_keys.create_api_key(scene.ctx(wang), name="ERP", role="rep", expires_at=None)
        await scene.uow.finish()
        assert key.secret not in str(await scene.uow.connection.fetch("SELECT * FROM api_key"))
        actor = await by_key(scene, key.secret)
        assert actor is not None
        assert (actor.kind, actor.id, actor.name, actor.roles) == ("api_key", member_id, "官网表单", ("rep",))
        assert actor.abilities == frozenset()
        assert await by_key(scene, key.secret[:-1] + ("a" if key.secret[-1] != "a" else "b")) is None
        nested = api_keys.create_api_key(scene.ctx(actor), name="x", role="rep", expires_at=None)
        assert isinstance(await refusal(scene, nested), Denied)
        scene.later(days=2)
        assert await by_key(scene, key.secret) is None
        assert await by_key(scene, lasting.secret) is not None
        await api_keys.revoke_api_key(scene.ctx(wang), lasting.id)
        await scene.uow.finish()
        assert await by_key(scene, lasting.secret) is None
        assert [row["name"] for row in await api_keys.list_api_keys(scene.ctx(wang))] == ["官网表单"]

    run(story())


def test_a_key_dies_with_its_maker(scene: Scene, run: Run) -> None:
    async def story() -> None:
        member_id = await scene.member("wang", "builder")
        wang = await scene.actor(member_id)
        key = await api_keys.create_api_key(scene.ctx(wang), name="ERP", role="builder", expires_at=None)
        await scene.uow.finish()
        assert await by_key(scene, key.secret) is not None
        await members.change_member(scene.ctx(), member_id, MemberChange(disabled=True))
        await scene.uow.finish()
        assert await by_key(scene, key.secret) is None

    run(story())


def test_members_are_listed_page_by_page(scene: Scene, run: Run) -> None:
    async def story() -> None:
        for index in range(7):
            await members.create_member(scene.ctx(), MemberDraft(login=f"m{index}", name="王明"))
        await scene.uow.finish()
        seen: list[UUID] = []
        after = None
        while True:
            page = await members.list_members(scene.ctx(), MemberFilter(), after=after, limit=3)
            seen.extend(row["id"] for row in page.rows)
            assert page.count == 7
            if not page.has_more:
                break
            after = (page.rows[-1]["name_sort"], page.rows[-1]["id"])
        assert len(seen) == len(set(seen)) == 7

    run(story())
