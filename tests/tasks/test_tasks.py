"""The inbox: cards, done, handing on, reminders, notifications."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import Database
from tests.suite.company import Company, found_company
from xiaolu.kit.errors import Conflict, Invalid, NotFound
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.records.model import Record
from xiaolu.tasks import service
from xiaolu.tasks.model import NotificationDraft, TaskDraft
from xiaolu.tasks.shaping import shape_notifications, shape_tasks

Run = Callable[[Any], Any]


@pytest.fixture
def company(database: Database, runner: asyncio.Runner, tmp_path: Path) -> Company:
    return runner.run(found_company(database, tmp_path))


async def _make(company: Company, who: str, lead: Record | None = None, **changes: Any) -> UUID:
    draft = TaskDraft(
        **{
            "kind": "todo",
            "title": Label("技术评估", "Assessment"),
            "goal": Label("24 小时内给出结论"),
            "next_step": Label("填写评估结论"),
            "background": ("customer", "customer.industry", "amount", "quote_amount", "nonsense"),
            "assignee": company.people[who],
            "entity": "lead" if lead else None,
            "record_id": lead.id if lead else None,
            **changes,
        }
    )
    async with company.acting() as ctx:
        made = await service.create_task(ctx, draft)
    assert made is not None
    return made


def test_a_card_has_background_goal_and_next_step(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead(amount="620000")
        await _make(company, "rep", lead)
        async with company.acting("rep") as ctx:
            [card] = await shape_tasks(ctx, await service.list_tasks(ctx, state="open"))
        assert card.title == "技术评估"
        assert card.goal == "24 小时内给出结论"
        assert card.next_step == "填写评估结论"
        assert card.record is not None
        assert card.record.title == "空压站扩容 2 台 75kW"
        assert "客户 · 行业：机械加工" in card.background
        assert "620,000" in card.background
        assert "报价" not in card.background

    run(scenario())


def test_the_background_obeys_the_permissions_of_who_looks(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead(amount="620000")
        await _make(company, "adviser", lead)
        async with company.acting("adviser") as ctx:
            [card] = await shape_tasks(ctx, await service.list_tasks(ctx, state="open"))
            assert (card.background, card.record) == ("", None)
        await company.rows(
            "UPDATE r_lead SET technical_adviser = $1, quote_amount = 1 WHERE id = $2",
            company.people["adviser"],
            lead.id,
        )
        async with company.acting("adviser") as ctx:
            [card] = await shape_tasks(ctx, await service.list_tasks(ctx, state="open"))
        assert "620,000" in card.background
        assert "报价金额" not in card.background

    run(scenario())


def test_done_once_and_by_its_holder(company: Company, run: Run) -> None:
    async def scenario() -> None:
        task = await _make(company, "rep")
        with pytest.raises(NotFound):
            async with company.acting("rep2") as ctx:
                await service.finish_task(ctx, task)
        async with company.acting("rep") as ctx:
            done = await service.finish_task(ctx, task, "可行")
        assert (done.state, done.note) == ("done", "可行")
        with pytest.raises(Conflict):
            async with company.acting("rep") as ctx:
                await service.finish_task(ctx, task)
        async with company.acting("rep") as ctx:
            assert await service.list_tasks(ctx, state="open") == []
            assert [each.id for each in await service.list_tasks(ctx, state="done")] == [task]
        kinds = [
            row["kind"] for row in await company.rows("SELECT kind FROM event WHERE kind LIKE 'task.%' ORDER BY id")
        ]
        assert kinds == ["task.created", "task.done"]

    run(scenario())


def test_handing_on_needs_somebody_who_may_read_the_record(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        task = await _make(company, "rep", lead)
        for person, code in (("rep2", "task.member_cannot_read"), (None, "task.member_unknown")):
            with pytest.raises(Invalid) as refused:
                async with company.acting("rep") as ctx:
                    await service.reassign_task(ctx, task, company.people[person] if person else UUID(int=5))
            assert [each.code for each in refused.value.problems] == [code]
        async with company.acting("supervisor") as ctx:
            moved = await service.reassign_task(ctx, task, company.people["director"])
        assert moved.assignee == company.people["director"]
        async with company.acting("director") as ctx:
            assert [each.id for each in await service.list_tasks(ctx, state="open")] == [task]
            notices, unread = await service.list_notifications(ctx)
        assert (unread, notices[0].title.zh) == (1, "转给你的任务：技术评估")

    run(scenario())


def test_the_same_cause_makes_one_task(company: Company, run: Run) -> None:
    async def scenario() -> None:
        await _make(company, "rep", key="once")
        async with company.acting() as ctx:
            again = await service.create_task(
                ctx, TaskDraft(kind="todo", title=Label("x"), assignee=company.people["rep"], key="once")
            )
        assert again is None
        async with company.acting("rep") as ctx:
            assert (await service.count_tasks(ctx)).open == 1
            assert (await service.list_notifications(ctx))[1] == 1

    run(scenario())


def test_open_tasks_come_by_due_date_in_pages(company: Company, run: Run) -> None:
    async def scenario() -> None:
        for hours in (30, None, 2, 10):
            due = company.now + timedelta(hours=hours) if hours else None
            await _make(company, "rep", title=Label(str(hours)), due_at=due)
        async with company.acting("rep") as ctx:
            first = await service.list_tasks(ctx, state="open", limit=2)
            rest = await service.list_tasks(ctx, state="open", after=(first[-1].due_at, first[-1].id), limit=5)
            last = await service.list_tasks(ctx, state="open", after=(rest[-1].due_at, rest[-1].id), limit=5)
        assert [each.title.zh for each in first + rest] == ["2", "10", "30", "None"]
        assert last == []

    run(scenario())


def test_reminders_come_before_at_and_after_the_due_date_each_once(company: Company, run: Run) -> None:
    async def scenario() -> None:
        await _make(company, "rep", due_at=company.now + timedelta(hours=24))

        async def sweep() -> int:
            async with company.acting() as ctx:
                return await service.sweep_reminders(ctx)

        assert await sweep() == 0
        company.move_clock(hours=22)
        assert sum(await asyncio.gather(sweep(), sweep())) == 1
        assert await sweep() == 0
        company.move_clock(hours=2)
        assert await sweep() == 1
        async with company.acting("rep") as ctx:
            counts = await service.count_tasks(ctx)
            titles = [each.title.zh for each in (await service.list_notifications(ctx))[0]]
        assert (counts.open, counts.unread) == (1, 3)
        assert titles == ["任务已到期：技术评估", "任务即将到期：技术评估", "技术评估"]
        company.move_clock(days=30)
        assert await sweep() == 1
        assert await sweep() == 0

    run(scenario())


def test_notifications_show_records_to_those_who_may_see_them(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        notice = NotificationDraft(kind="process", title=Label("线索已流失", "Lost"), entity="lead", record_id=lead.id)
        people = [company.people[each] for each in ("supervisor", "adviser", "supervisor")]
        async with company.acting() as ctx:
            await service.notify(ctx, people, notice)
        for who, title in (("supervisor", lead.title), ("adviser", None)):
            async with company.acting(who) as ctx:
                found, unread = await service.list_notifications(ctx)
                [shaped] = await shape_notifications(ctx, found)
                assert unread == 1
                assert (shaped.record.title if shaped.record else None) == title
                await service.read_notifications(ctx, None)
                assert (await service.list_notifications(ctx))[1] == 0

    run(scenario())


def test_the_tasks_of_a_record_are_seen_by_its_readers(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        task = await _make(company, "supervisor", lead)
        async with company.acting("rep") as ctx:
            assert [each.id for each in await service.list_record_tasks(ctx, "lead", lead.id)] == [task]
        with pytest.raises(NotFound):
            async with company.acting("rep2") as ctx:
                await service.list_record_tasks(ctx, "lead", lead.id)

    run(scenario())


def test_tasks_of_a_form_that_is_deleted_rest(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        async with company.acting() as ctx:
            due = ctx.now + timedelta(hours=1)
        await _make(company, "rep", lead, due_at=due)
        await _make(company, "rep")
        async with company.acting("rep") as ctx:
            bare = replace(ctx, snapshot=Snapshot(99, Definitions()), now=due)
            assert len(await service.list_tasks(ctx, state="open")) == (await service.count_tasks(ctx)).open == 2
            assert len(await service.list_tasks(bare, state="open")) == (await service.count_tasks(bare)).open == 1
            assert await service.sweep_reminders(bare) == 0

    run(scenario())
