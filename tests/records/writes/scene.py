"""People and surroundings for tests of the write path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.conftest import Database
from tests.records.writes.definitions import world
from xiaolu.access.authenticate import load_actor
from xiaolu.access.context import Context
from xiaolu.access.model import SYSTEM, Actor
from xiaolu.access.service.departments import DepartmentDraft, create_department
from xiaolu.access.service.members import MemberDraft, create_member
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import AppError
from xiaolu.kit.workcalendar import refresh_work_days
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.publishing.service import install_definitions, load_snapshot
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.records import service
from xiaolu.records.model import Record, Update

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass
class Scene:
    """A workspace, a clock moved by hand, and the people in it."""

    database: Database
    uow: UnitOfWork
    snapshot: Snapshot
    people: dict[str, Actor] = field(default_factory=dict)
    now: datetime = NOW

    def ctx(self, who: str | Actor = "admin", uow: UnitOfWork | None = None) -> Context:
        actor = self.people[who] if isinstance(who, str) else who
        return Context(uow=uow or self.uow, now=self.now, actor=actor, snapshot=self.snapshot)

    def later(self, **length: float) -> None:
        self.now += timedelta(**length)

    async def add(self, entity: str, who: str = "admin", /, **values: Any) -> Record:
        """Create a record as a request does."""
        record = await service.create_record(self.ctx(who), entity, values, alone=True)
        await self.uow.finish()
        return record

    async def change(
        self, record: Record, who: str = "admin", /, *, version: int | None = None, **values: Any
    ) -> Record:
        """Change a record as a request does."""
        changed = await service.update_record(
            self.ctx(who), record.entity, record.id, Update(values=values, version=version), alone=True
        )
        await self.uow.finish()
        return changed

    async def read(self, record: Record, who: str = "admin") -> Record:
        return await service.read_record(self.ctx(who), record.entity, record.id)

    async def refusal(self, work: Any) -> AppError:
        """Return the error that a use case must raise; what it had begun is rolled back, as the edge does."""
        try:
            await work
        except AppError as error:
            await self.uow.abandon()
            return error
        raise AssertionError("nothing was refused")

    async def rows(self, text: str, *values: Any) -> Sequence[Mapping[str, Any]]:
        found: Sequence[Mapping[str, Any]] = await self.uow.connection.fetch(text, *values)
        return found


async def open_scene(database: Database, definitions: Definitions | None = None) -> Scene:
    """Install the definitions and hire admin, wang and li (sales), and zhao (another department)."""
    uow = await database.uow()
    try:
        return await _furnish(database, uow, definitions or world())
    except BaseException:
        await uow.connection.close()
        raise


async def _furnish(database: Database, uow: UnitOfWork, definitions: Definitions) -> Scene:
    await refresh_work_days(uow)
    await install_definitions(uow, definitions)
    await uow.finish()
    scene = Scene(database, uow, await load_snapshot(uow), {"system": SYSTEM})
    sales = await create_department(scene.ctx("system"), DepartmentDraft(name="销售部"))
    service_desk = await create_department(scene.ctx("system"), DepartmentDraft(name="服务部"))
    for login, name, roles, department in (
        ("admin", "管理员", ("admin",), None),
        ("wang", "王芳", ("rep",), sales),
        ("lina", "李娜", ("rep",), sales),
        ("zhao", "赵强", ("rep",), service_desk),
    ):
        draft = MemberDraft(login=login, name=name, roles=roles, department_id=department)
        scene.people[login] = await _actor(scene, await create_member(scene.ctx("system"), draft))
    await uow.finish()
    return scene


async def _actor(scene: Scene, member: UUID) -> Actor:
    found = await load_actor(scene.uow, member, snapshot=scene.snapshot)
    assert found is not None
    return found


def codes(error: AppError) -> dict[str, str]:
    """Return a refusal's problems as path → code."""
    return {".".join(map(str, each.path)): each.code for each in error.problems}
