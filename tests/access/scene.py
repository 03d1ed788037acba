"""A small company for the tests of access: definitions, a clock that is moved by hand, contexts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from xiaolu.access.authenticate import load_actor
from xiaolu.access.context import Context
from xiaolu.access.model import ANONYMOUS, SYSTEM, Actor, Decision
from xiaolu.access.service.members import MemberDraft, create_member
from xiaolu.access.service.sign_in import SignedIn, SignIn, sign_in
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.i18n import Label
from xiaolu.kit.sql import compose
from xiaolu.metadata.model.access import FieldAccess, Grant, Role, Scope
from xiaolu.metadata.model.entity import Entity, Field
from xiaolu.metadata.model.process import Process, Stage, Transition
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.snapshot import Snapshot

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PASSWORD = "correct horse"


def field(key: str, kind: str = "text", **options: Any) -> Field:
    return Field(key=key, label=Label(key), type=kind, options=options)


DEAL = Entity(
    key="deal",
    label=Label("商机", "Deal"),
    title="name",
    fields=(
        field("name"),
        field("amount", "decimal", scale=2),
        field("cost", "decimal", scale=2),
        field("items", "sub_table", entity="item"),
    ),
)
ITEM = Entity(
    key="item",
    label=Label("明细", "Item"),
    title="product",
    parent="deal",
    fields=(field("product"), field("price", "decimal", scale=2)),
)
PROCESS = Process(
    key="sales",
    label=Label("销售"),
    entity="deal",
    initial="new",
    stages=(Stage(key="new", label=Label("新建")), Stage(key="won", label=Label("赢单"), kind="won")),
    transitions=(Transition(key="win", label=Label("赢单"), source=("new",), target="won"),),
)


def role(key: str, *grants: Grant, abilities: tuple[str, ...] = ()) -> Role:
    return Role(key=key, label=Label(f"角色{key}", f"Role {key}"), grants=grants, abilities=abilities)


REP = role(
    "rep",
    Grant(
        entity="deal",
        create=True,
        read=Scope.OWN,
        update=Scope.OWN,
        fields={"cost": FieldAccess.HIDDEN},
        stages={"won": {"amount": FieldAccess.READ}},
    ),
)
LEADER = role("leader", Grant(entity="deal", read=Scope.DEPARTMENT_TREE, update=Scope.DEPARTMENT))
HR = role("hr", abilities=("members",))
BUILDER = role("builder", abilities=("build", "audit", "api_keys"))


def definitions(*roles: Role) -> Definitions:
    return Definitions(entities=(DEAL, ITEM), processes=(PROCESS,), roles=roles or (REP, LEADER, HR, BUILDER))


def snapshot_of(*roles: Role) -> Snapshot:
    return Snapshot(1, definitions(*roles))


@dataclass
class Scene:
    """One connection, the definitions and the instant; every context shares them."""

    uow: UnitOfWork
    snapshot: Snapshot
    now: datetime = NOW

    def ctx(self, actor: Actor = SYSTEM) -> Context:
        return Context(uow=self.uow, now=self.now, actor=actor, snapshot=self.snapshot, address="10.0.0.7")

    def later(self, **length: float) -> None:
        self.now += timedelta(**length)

    async def member(
        self, login: str, *roles: str, department: UUID | None = None, password: str | None = None
    ) -> UUID:
        draft = MemberDraft(login=login, name=login.title(), roles=roles, department_id=department, password=password)
        member_id = await create_member(self.ctx(), draft)
        await self.uow.finish()
        return member_id

    async def actor(self, member_id: UUID) -> Actor:
        found = await load_actor(self.uow, member_id, snapshot=self.snapshot)
        assert found is not None
        return found

    async def sign_in(self, login: str, password: str = PASSWORD, code: str | None = None) -> SignedIn:
        """Sign in as the edge does: what raises is rolled back, what succeeds is committed."""
        try:
            opened = await sign_in(self.ctx(ANONYMOUS), SignIn(login, password, code, "a browser"))
        except BaseException:
            await self.uow.abandon()
            raise
        await self.uow.finish()
        return opened

    async def audit(self, prefix: str = "") -> list[str]:
        rows = await self.uow.connection.fetch(
            "SELECT action FROM audit WHERE starts_with(action, $1) ORDER BY id", prefix
        )
        return [row["action"] for row in rows]


async def insert_deals(uow: UnitOfWork, rows: Sequence[dict[str, Any]]) -> None:
    """Put rows straight into the table of deals."""
    for row in rows:
        names = ", ".join(f'"{each}"' for each in row)
        places = ", ".join(f"${index + 1}" for index in range(len(row)))
        await uow.connection.execute(f"INSERT INTO r_deal ({names}) VALUES ({places})", *row.values())


async def ids_of(scene: Scene, decision: Decision) -> set[UUID]:
    rows = await scene.uow.fetch(compose("SELECT r.id FROM r_deal AS r WHERE {p}", p=decision.predicate))
    return {row["id"] for row in rows}
