"""Answers that are kept are those that would be given anew, whatever is written, by whom, and in which order it commits."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Database
from tests.records.imports.driver import Driver
from tests.records.queries.scene import CUSTOMER, LEAD, Scene, definitions, make, open_scene, where
from xiaolu.access.authenticate import load_actor
from xiaolu.access.context import Context
from xiaolu.access.service.departments import DepartmentChange, change_department
from xiaolu.access.service.members import MemberChange, change_member
from xiaolu.access.service.shares import ShareTarget, share_record, unshare_record
from xiaolu.kit.answers import Answers, forget_touches
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import AppError
from xiaolu.kit.sql import Param, Sql
from xiaolu.metadata.model.view import Condition, Measure
from xiaolu.metadata.publishing.advancing import advance_jobs
from xiaolu.metadata.publishing.model import PLATFORM, Publication
from xiaolu.metadata.publishing.service import load_snapshot, publish
from xiaolu.records import service
from xiaolu.records.model import MoveRequest, Update
from xiaolu.records.queries.model import AggregateQuery, GroupBy, Selection
from xiaolu.records.queries.service import aggregate_records, count_records

Run = Callable[..., Any]
NOTHING_KEPT = Answers(most_rows=0)
COUNT, AMOUNT, WORTH = Measure(do="count"), Measure(do="sum", field="amount"), Measure(do="sum", field="worth")
"""``worth`` is worked out from the customer, so that it changes with another record."""


def grouped(*paths: str, **selection: Any) -> AggregateQuery:
    return AggregateQuery(
        selection=Selection(**selection), group=tuple(GroupBy(field=each) for each in paths), measures=(COUNT,)
    )


QUESTIONS = (
    Selection(),
    Selection(is_deleted=True),
    Selection(filter=Condition(formula="{双倍} > 20")),
    Selection(filter=where("owner.department.name", "contains", "华")),
    AggregateQuery(measures=(COUNT, AMOUNT, Measure(do="sum", field="double"))),
    grouped("stage"),
    grouped("owner.name"),
    grouped("owner.department.name"),
    grouped("others", filter=where("score", "ge", 1)),
    grouped("customer.city"),
)


def ours(name: str, number: int) -> Any:
    """Return the definitions with another formula, so that publishing fills every record anew."""
    lead = msgspec.structs.replace(
        LEAD,
        fields=(
            *(each for each in LEAD.fields if each.key != "double"),
            make("double", "formula", "双倍", formula=f"{{金额}} * {number}", result="decimal", format={"scale": 2}),
            make("worth", "formula", name, formula="{客户.营业额} + 1", result="decimal", format={"scale": 2}),
        ),
    )
    return definitions(entities=(CUSTOMER, lead))


class Company:
    """A workspace in which chance decides who writes what next; two more connections write and commit late."""

    def __init__(self, scene: Scene, late: list[UnitOfWork], driver: Driver) -> None:
        self.scene = scene
        self.late = late
        self.driver = driver
        self.random = Random(0)
        self.customers: list[UUID] = []
        self.leads: list[UUID] = []
        self.reserved: list[UUID] = []
        """One lead for each late connection, which nobody else writes: nobody waits for anybody."""

    async def furnish(self) -> None:
        scene = self.scene
        await scene.department("总部")
        for name in ("华东", "华南"):
            await scene.department(name, "总部")
        await scene.member("boss", "boss", department="总部")
        await scene.member("rep", "rep", department="华东")
        await scene.member("leader", "leader", department="总部")
        self.driver.who = "boss"
        for number in range(3):
            made = await scene.add("customer", name=f"客户{number}", city="宁波", turnover=number)
            self.customers.append(UUID(made))
        self.reserved = [await self._lead(self.scene.uow) for _ in self.late]
        for _ in range(6):
            await self.create()
        await scene.uow.finish()
        await scene.uow.connection.execute("SET lock_timeout = '5s'")

    async def _lead(self, uow: UnitOfWork, **values: Any) -> UUID:
        owner = self.random.choice(list(self.scene.people.values()))
        values |= {"name": "线索", "amount": self.random.randrange(50), "score": self.random.randrange(3)}
        ctx = replace(self.scene.ctx(), uow=uow)
        record = await service.create_record(ctx, "lead", {**values, "owner": str(owner.id)})
        return record.id

    def _some(self) -> UUID:
        return self.random.choice(self.leads)

    async def create(self) -> None:
        customers = [str(each) for each in self.random.sample(self.customers, 2)]
        self.leads.append(await self._lead(self.scene.uow, customer=customers[0], others=customers))

    async def create_and_fail(self) -> None:
        """Write, and roll back."""
        await self._lead(self.scene.uow)
        await self.scene.uow.abandon()

    async def create_behind_a_savepoint(self) -> None:
        """Roll a part back and commit the rest."""
        try:
            async with self.scene.uow.savepoint():
                await self._lead(self.scene.uow)
                raise ZeroDivisionError
        except ZeroDivisionError:
            await self.scene.uow.connection.execute(
                "UPDATE r_customer SET city = city || 'x' WHERE id = $1", self.customers[0]
            )

    async def update(self) -> None:
        values = {"amount": self.random.randrange(50), "others": [str(self.random.choice(self.customers))]}
        await service.update_record(self.scene.ctx(), "lead", self._some(), Update(values=values))

    async def update_alone(self) -> None:
        """Write in one statement without a transaction around it."""
        update = Update(values={"amount": self.random.randrange(50)})
        await service.update_record(self.scene.ctx(), "lead", self._some(), update, alone=True)

    async def hand_over(self) -> None:
        owner = self.random.choice(list(self.scene.people.values()))
        await service.update_record(self.scene.ctx(), "lead", self._some(), Update(values={"owner": str(owner.id)}))

    async def ripple(self) -> None:
        """Change a customer, and with it what is worked out for its leads."""
        values = {"turnover": self.random.randrange(100), "city": self.random.choice(["宁波", "上海"])}
        await service.update_record(
            self.scene.ctx(), "customer", self.random.choice(self.customers), Update(values=values)
        )

    async def delete(self) -> None:
        await service.delete_record(self.scene.ctx(), "lead", self._some())

    async def restore(self) -> None:
        await service.restore_record(self.scene.ctx(), "lead", self._some())

    async def purge(self) -> None:
        found = self._some()
        await service.purge_record(self.scene.ctx("boss"), "lead", found)
        self.leads.remove(found)
        await self.create()

    async def move(self) -> None:
        transition = self.random.choice(["talk", "win"])
        await service.move_record(self.scene.ctx(), "lead", self._some(), MoveRequest(transition=transition))

    async def change_in_bulk(self) -> None:
        await service.bulk_update(self.scene.ctx("boss"), "lead", self.leads[:4], {"score": self.random.randrange(3)})

    async def bring_in_and_undo(self) -> None:
        job = await self.driver.whole("名称,金额\n甲,7\n乙,8\n")
        await self.compare()
        await self.driver.undo(job)

    async def share(self) -> None:
        target = ShareTarget(member_id=self.scene.people[self.random.choice(["rep", "leader"])].id)
        await share_record(self.scene.ctx(), "lead", self._some(), target, access="read")

    async def unshare(self) -> None:
        target = ShareTarget(member_id=self.scene.people["rep"].id)
        await unshare_record(self.scene.ctx(), "lead", self._some(), target)

    async def move_member(self) -> None:
        name = self.random.choice(list(self.scene.departments))
        change = MemberChange(department_id=self.scene.departments[name], name=f"新名{self.random.randrange(9)}")
        await change_member(self.scene.ctx(), self.scene.people["rep"].id or UUID(int=0), change)

    async def change_roles(self) -> None:
        roles = self.random.choice([("rep",), ("leader",), ("rep", "leader")])
        await change_member(self.scene.ctx(), self.scene.people["leader"].id or UUID(int=0), MemberChange(roles=roles))

    async def move_department(self) -> None:
        parent = self.scene.departments[self.random.choice(["总部", "华东"])]
        change = DepartmentChange(name=f"华南{self.random.randrange(9)}", parent_id=parent)
        await change_department(self.scene.ctx(), self.scene.departments["华南"], change)

    async def rename_department(self) -> None:
        name = self.random.choice(["总部", "华东"])
        change = DepartmentChange(name=f"{name}{self.random.randrange(9)}")
        await change_department(self.scene.ctx(), self.scene.departments[name], change)

    async def write_past_the_platform(self) -> None:
        """Take links away as somebody with a database client would."""
        await self.scene.uow.connection.execute('DELETE FROM "l_lead$others" WHERE source = $1', self._some())

    async def publish(self) -> None:
        """Change a formula; the records are filled in later."""
        for each in range(len(self.late)):
            await self.late[each].finish()
        number = self.random.randrange(2, 9)
        publication = Publication(
            definitions=ours(f"价值{number}", number), base_version=self.scene.snapshot.version, author=PLATFORM
        )
        await publish(self.scene.uow, publication, now=self.scene.now, small_rows=0)
        await self.scene.uow.finish()
        self.scene.snapshot = await load_snapshot(self.scene.uow)

    async def fill(self) -> None:
        """Do a piece of what publishing left to be done."""
        await advance_jobs(self.scene.uow, self.scene.now)
        self.scene.later(seconds=5)

    async def forget(self) -> None:
        await forget_touches(self.scene.uow, most=3)

    async def begin_late(self) -> None:
        """Write on another connection, and leave the transaction open."""
        at = self.random.randrange(len(self.late))
        await self.late[at].begin()
        if self.random.random() < 0.5:
            await self._lead(self.late[at])
        else:
            ctx = replace(self.scene.ctx(), uow=self.late[at])
            update = Update(values={"amount": self.random.randrange(50)})
            await service.update_record(ctx, "lead", self.reserved[at], update)

    async def end_late(self) -> None:
        end = self.random.choice([UnitOfWork.finish, UnitOfWork.finish, UnitOfWork.abandon])
        await end(self.random.choice(self.late))

    async def step(self, name: str, seed: int) -> None:
        self.random = Random(seed)
        try:
            work: Callable[[], Awaitable[None]] = getattr(self, name)
            await work()
            await self.scene.uow.finish()
        except AppError:
            await self.scene.uow.abandon()
        await self.compare()

    async def compare(self) -> None:
        """Ask everything of everybody, once with what was kept and once anew."""
        for login, known in list(self.scene.people.items()):
            found = await load_actor(self.scene.uow, known.id or UUID(int=0), snapshot=self.scene.snapshot)
            assert found is not None
            self.scene.people[login] = found
            for question in QUESTIONS:
                anew = await ask(replace(self.scene.ctx(login), answers=NOTHING_KEPT), question)
                assert await ask(self.scene.ctx(login), question) == anew


async def ask(ctx: Context, question: Selection | AggregateQuery) -> Any:
    if isinstance(question, Selection):
        return await count_records(ctx, "lead", question)
    return (await aggregate_records(ctx, "lead", question)).groups


WRITERS = [
    name for name, each in vars(Company).items()
    if not name.startswith("_") and name not in {"furnish", "step", "compare"} and callable(each)
]  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(WRITERS), st.integers(0, 999)), min_size=4, max_size=12)


@pytest.fixture
def company(database: Database, runner: asyncio.Runner, tmp_path: Path) -> Iterator[Company]:
    """A furnished company, and two connections beside its own."""
    units = [runner.run(database.uow()) for _ in range(3)]
    scene = runner.run(open_scene(units[0], entities=ours("价值", 2).entities))
    made = Company(scene, units[1:], Driver(scene, tmp_path))
    runner.run(made.furnish())
    yield made
    for each in units:
        runner.run(each.abandon())
        runner.run(each.connection.close())


def test_kept_answers_are_those_given_anew(company: Company, runner: asyncio.Runner) -> None:
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def check(steps: list[tuple[str, int]]) -> None:
        for name, seed in steps:
            runner.run(company.step(name, seed))

    for at, name in enumerate(WRITERS):
        runner.run(company.step(name, at))
    check()
    assert company.scene.answers.reused > 200


class OfAnotherKind(str):
    """A value of which nobody knows what tells it from others."""


def test_what_cannot_be_watched_is_not_kept(company: Company, run: Run) -> None:
    async def scenario() -> None:
        uow, answers = company.scene.uow, company.scene.answers

        async def is_kept(text: str, *values: Any) -> bool:
            statement = Sql((text, *(Param(each) for each in values)))
            for _ in range(2):
                before = answers.reused
                await answers.fetch(uow, statement, company.scene.snapshot.version)
            return answers.reused > before

        assert await is_kept("SELECT count(*) FROM r_lead")
        for person in company.scene.people:
            before = answers.reused
            assert await ask(company.scene.ctx(person), Selection()) == await ask(
                company.scene.ctx(person), Selection()
            )
            assert answers.reused > before, person
        assert await is_kept("SELECT count(m.name) FROM r_lead r JOIN member m ON m.id = r.owner")
        for text in (
            "SELECT count(*) FROM r_lead WHERE created_at < now()",
            "SELECT count(*) FROM r_lead WHERE created_at < CURRENT_TIMESTAMP",
            "SELECT count(*) FROM r_lead WHERE created_at < 'today'::date",
            "SELECT count(*) FROM r_lead WHERE random() < 2",
            'SELECT count(*) FROM r_lead WHERE "random"() < 2',
            "SELECT count(*) FROM r_lead, event",
            "SELECT count(*) FROM pg_class",
            "SELECT max(seen_at) FROM member",
            "SELECT 1",
        ):
            assert not await is_kept(text), text
        assert not await is_kept("SELECT count(*) FROM r_lead WHERE name <> ", OfAnotherKind("甲"))
        await uow.begin()
        assert not await is_kept("SELECT count(*) FROM r_lead")
        await uow.abandon()
        await uow.connection.execute("ALTER TABLE r_lead DISABLE TRIGGER touched")
        assert not await is_kept("SELECT count(id) FROM r_lead")

    run(scenario())


def test_every_table_of_records_is_watched(company: Company, run: Run) -> None:
    async def scenario() -> None:
        unwatched = await company.scene.uow.connection.fetch(
            "SELECT relname FROM pg_class c WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' "
            "AND (relname ~ '^(r|l)_' OR relname IN ('member', 'department', 'share', 'work_day')) "
            "AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'touched')"
        )
        assert not unwatched

    run(scenario())


def test_the_least_wanted_answers_go_first(company: Company, run: Run) -> None:
    async def scenario() -> None:
        uow, answers = company.scene.uow, Answers(most_rows=5, slow_seconds=0)

        async def ask_for(score: int) -> int:
            before = answers.reused
            statement = Sql(("SELECT count(*) FROM r_lead WHERE score = ", Param(score)))
            await answers.fetch(uow, statement, company.scene.snapshot.version)
            return answers.reused - before

        assert [await ask_for(each) for each in (0, 1, 2, 3, 4, 0, 5, 0, 1)] == [0, 0, 0, 0, 0, 1, 0, 1, 0]

    run(scenario())
