"""A distributor's leads and customers: definitions, people and records for the tests of queries, exports and imports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.access.authenticate import load_actor
from xiaolu.access.context import Context
from xiaolu.access.model import SYSTEM, Actor
from xiaolu.access.service.departments import DepartmentDraft, create_department
from xiaolu.access.service.members import MemberDraft, create_member
from xiaolu.kit.answers import Answers
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.access import FieldAccess, Grant, Role, Scope
from xiaolu.metadata.model.entity import Entity, Field, Option, OptionSet
from xiaolu.metadata.model.process import Process, Stage, Transition
from xiaolu.metadata.model.view import Condition, Measure, Sort
from xiaolu.metadata.model.workspace import Definitions, Number
from xiaolu.metadata.publishing.service import install_definitions, load_snapshot
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.records.queries.model import ListQuery, Page, Selection
from xiaolu.records.queries.service import query_records
from xiaolu.records.service.create import create_record

NOW = datetime(2026, 3, 18, 3, 0, tzinfo=UTC)
"""Wednesday, 11:00 in Shanghai."""


def make(key: str, kind: str, label: str, **rest: Any) -> Field:
    own = {name: rest.pop(name) for name in ("required", "unique", "searchable", "default", "rules") if name in rest}
    return Field(key=key, label=Label(label), type=kind, options=rest, **own)


LEVELS = OptionSet(
    key="levels",
    label=Label("等级"),
    options=(
        Option(key="high", label=Label("高", "High")),
        Option(key="middle", label=Label("中", "Middle")),
        Option(key="low", label=Label("低", "Low"), retired=True),
    ),
)
TAGS = [
    {"key": key, "label": {"zh": label}} for key, label in (("show", "展会"), ("web", "官网"), ("friend", "转介绍"))
]

CUSTOMER = Entity(
    key="customer",
    label=Label("客户", "Customer"),
    title="name",
    fields=(
        make("name", "text", "名称", required=True),
        make("city", "text", "城市"),
        make("level", "single_select", "等级", set="levels"),
        make("turnover", "money", "营业额"),
        make("secret", "text", "内部备注", searchable=True),
    ),
)
LEAD = Entity(
    key="lead",
    label=Label("线索", "Lead"),
    title="name",
    fields=(
        make("name", "text", "名称", required=True),
        make("phone", "phone", "电话", searchable=True),
        make("level", "single_select", "等级", set="levels"),
        make("tags", "multi_select", "来源", options=TAGS),
        make("words", "keyword_list", "痛点"),
        make("amount", "money", "金额"),
        make("cost", "money", "成本"),
        make("score", "integer", "评分"),
        make("hot", "switch", "紧急"),
        make("due", "date", "到期"),
        make("visited", "date_time", "上次拜访"),
        make("customer", "relation", "客户", target="customer"),
        make("others", "many_to_many", "相关客户", target="customer"),
        make("helper", "user", "协助人"),
        make("watchers", "user", "关注人", multiple=True),
        make("region", "region", "地区"),
        make("note", "long_text", "说明", searchable=True),
        make("double", "formula", "双倍", formula="{金额} * 2", result="decimal", format={"scale": 2}),
    ),
)
PROCESS = Process(
    key="journey",
    label=Label("旅程"),
    entity="lead",
    initial="new",
    stages=(
        Stage(key="new", label=Label("新建", "New")),
        Stage(key="talk", label=Label("洽谈", "Talking")),
        Stage(key="won", label=Label("赢单", "Won"), kind="won"),
    ),
    transitions=(
        Transition(key="talk", label=Label("洽谈"), source=("new",), target="talk"),
        Transition(key="win", label=Label("赢单"), source=("talk",), target="won"),
    ),
    remark_required=False,
)


def role(key: str, *grants: Grant, abilities: tuple[str, ...] = ()) -> Role:
    return Role(key=key, label=Label(key), grants=grants, abilities=abilities)


ALL: dict[str, Any] = {
    "create": True,
    "read": Scope.ALL,
    "update": Scope.ALL,
    "delete": Scope.ALL,
    "move": Scope.ALL,
    "export": True,
}
BOSS = role("boss", Grant(entity="*", import_=True, **ALL))
REP = role(
    "rep",
    Grant(
        entity="lead",
        create=True,
        read=Scope.OWN,
        update=Scope.OWN,
        fields={"cost": FieldAccess.HIDDEN, "note": FieldAccess.HIDDEN},
        stages={"won": {"amount": FieldAccess.HIDDEN}},
    ),
    Grant(entity="customer", read=Scope.OWN, fields={"secret": FieldAccess.HIDDEN, "turnover": FieldAccess.HIDDEN}),
)
LEADER = role("leader", Grant(entity="lead", read=Scope.DEPARTMENT_TREE), Grant(entity="customer", read=Scope.ALL))
STRANGER = role("stranger", Grant(entity="lead", read=Scope.ALL))


def definitions(**changes: Any) -> Definitions:
    numbers = (
        Number(
            key="hot",
            label=Label("紧急线索"),
            entity="lead",
            measure=Measure(do="count"),
            filter=where("hot", "eq", value=True),
        ),
        Number(
            key="share",
            label=Label("高价值占比"),
            entity="lead",
            measure=Measure(do="count"),
            filter=where("level", "eq", "high"),
            of=where("level", "not_empty"),
        ),
        Number(key="cost", label=Label("成本"), entity="lead", measure=Measure(do="sum", field="cost")),
        Number(key="boss", label=Label("老板"), entity="lead", measure=Measure(do="count"), roles=("boss",)),
    )
    whole = Definitions(
        option_sets=(LEVELS,),
        entities=(CUSTOMER, LEAD),
        processes=(PROCESS,),
        roles=(BOSS, REP, LEADER, STRANGER),
        numbers=numbers,
    )
    return msgspec.structs.replace(whole, **changes)


def where(path: str, op: str, value: Any = None) -> Condition:
    return Condition(field=path, op=op, value=value)


def both(*conditions: Condition) -> Condition:
    return Condition(all_=conditions)


def either(*conditions: Condition) -> Condition:
    return Condition(any_=conditions)


def by(path: str, *, descending: bool = False) -> Sort:
    return Sort(field=path, descending=descending)


@dataclass
class Scene:
    """One connection with published definitions; records are made through the write path by whom the test says."""

    uow: UnitOfWork
    snapshot: Snapshot
    now: datetime = NOW
    people: dict[str, Actor] = field(default_factory=dict)
    departments: dict[str, UUID] = field(default_factory=dict)
    answers: Answers = field(default_factory=lambda: Answers(slow_seconds=0))
    """Everything is kept, however quickly it was answered."""

    def ctx(self, who: str | None = None) -> Context:
        actor = SYSTEM if who is None else self.people[who]
        return Context(uow=self.uow, now=self.now, actor=actor, snapshot=self.snapshot, answers=self.answers)

    def later(self, **length: float) -> None:
        self.now += timedelta(**length)

    async def department(self, name: str, parent: str | None = None) -> UUID:
        draft = DepartmentDraft(name=name, parent_id=self.departments[parent] if parent else None)
        self.departments[name] = await create_department(self.ctx(), draft)
        await self.uow.finish()
        return self.departments[name]

    async def member(self, login: str, *roles: str, name: str | None = None, department: str | None = None) -> Actor:
        place = self.departments[department] if department else None
        draft = MemberDraft(login=login, name=name or login.title(), roles=roles, department_id=place)
        identifier = await create_member(self.ctx(), draft)
        await self.uow.finish()
        found = await load_actor(self.uow, identifier, snapshot=self.snapshot)
        assert found is not None
        self.people[login] = found
        return found

    async def add(self, entity: str, who: str | None = None, **values: Any) -> str:
        record = await create_record(self.ctx(who), entity, values)
        await self.uow.finish()
        return str(record.id)

    async def put(self, entity: str, identifier: str, **columns: Any) -> None:
        """Set columns straight in the table: stages and times that only moves and clocks would bring about."""
        sets = ", ".join(f'"{name}" = ${at}' for at, name in enumerate(columns, start=2))
        await self.uow.connection.execute(
            f"UPDATE r_{entity} SET {sets} WHERE id = $1", UUID(identifier), *columns.values()
        )

    async def names(self, condition: Condition | None = None, who: str | None = None, **more: Any) -> list[str]:
        """Return the titles of the leads that a filter finds, sorted by name unless ``sort`` says otherwise."""
        return titles(await self.page(condition, who, **more))

    async def page(self, condition: Condition | None = None, who: str | None = None, **more: Any) -> Page:
        entity = more.pop("entity", "lead")
        selection = Selection(filter=condition, search=more.pop("search", None), is_deleted=more.pop("deleted", False))
        query = ListQuery(selection=selection, **{"sort": (by("name"),), **more})
        return await query_records(self.ctx(who), entity, query)


def titles(page: Page) -> list[str]:
    return [row.title for row in page.rows]


async def open_scene(uow: UnitOfWork, **changes: Any) -> Scene:
    await install_definitions(uow, definitions(**changes))
    await uow.finish()
    return Scene(uow, await load_snapshot(uow))


def plain(values: Mapping[str, Any], keys: Sequence[str]) -> list[Any]:
    return [values[each] for each in keys]


def with_role(actor: Actor, *roles: str) -> Actor:
    return replace(actor, roles=roles)
