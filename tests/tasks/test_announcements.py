"""Announcements: whom they reach, confirming, withdrawing, and the list of confirmations."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Database
from tests.suite.company import Company, found_company
from xiaolu.access.store.departments import list_departments
from xiaolu.kit.errors import Conflict, Denied, Invalid, NotFound
from xiaolu.kit.i18n import Label
from xiaolu.kit.ids import new_id
from xiaolu.tasks.announcements import service
from xiaolu.tasks.announcements.model import AnnouncementDraft
from xiaolu.tasks.model import NotificationDraft
from xiaolu.tasks.service import choose_kinds, list_kinds, list_notifications, notify

Run = Callable[[Any], Any]
DRAFT = AnnouncementDraft(
    title=Label("新报价规则", "New quotes"), text=Label("即日起执行"), must_confirm=True, roles=("rep",)
)


@pytest.fixture
def company(database: Database, runner: asyncio.Runner, tmp_path: Path) -> Company:
    return runner.run(found_company(database, tmp_path))


def test_an_announcement_waits_until_it_is_confirmed(company: Company, run: Run) -> None:
    async def scenario() -> None:
        async with company.acting("admin") as ctx:
            made = await service.publish_announcement(ctx, DRAFT)
            assert (made.reached > 0, made.confirmed) == (True, 0)
            assert await service.list_current(ctx) == []
        async with company.acting("rep") as ctx:
            [found] = await service.list_current(ctx)
            assert (found.id, found.must_confirm, found.confirmed_at) == (made.id, True, None)
            told, _ = await list_notifications(ctx)
            assert told[0].kind == "announcement"
            await service.confirm_announcement(ctx, made.id)
            await service.confirm_announcement(ctx, made.id)
            assert (await service.list_current(ctx))[0].confirmed_at == ctx.now
        async with company.acting("admin") as ctx:
            [listed] = await service.list_published(ctx)
            assert listed.confirmed == 1
            confirmed = [each.name for each in await service.list_confirmations(ctx, made.id) if each.at]
            text = await service.export_confirmations(ctx, made.id)
            assert text.startswith("\ufeff成员,部门,确认时间")
            assert any(line.startswith(confirmed[0]) and line.endswith("09:00") for line in text.splitlines())
            await service.withdraw_announcement(ctx, made.id)
            with pytest.raises(Conflict):
                await service.withdraw_announcement(ctx, made.id)
        async with company.acting("rep") as ctx:
            assert await service.list_current(ctx) == []

    run(scenario())


def test_who_may_not_is_refused_and_nonsense_is_named(company: Company, run: Run) -> None:
    async def scenario() -> None:
        async with company.acting("rep") as ctx:
            for attempt in (
                service.publish_announcement(ctx, DRAFT),
                service.list_published(ctx),
                service.withdraw_announcement(ctx, new_id()),
                service.export_confirmations(ctx, new_id()),
            ):
                with pytest.raises(Denied):
                    await attempt
            with pytest.raises(NotFound):
                await service.confirm_announcement(ctx, new_id())
        async with company.acting("admin") as ctx:
            bad = AnnouncementDraft(
                title=Label(" "), text=Label(""), roles=("nobody",), ends_at=ctx.now - timedelta(hours=1)
            )
            with pytest.raises(Invalid) as refused:
                await service.publish_announcement(ctx, bad)
            paths = [each.path for each in refused.value.problems]
            assert paths == [("title",), ("text",), ("ends_at",), ("roles", 0)]

    run(scenario())


def test_departments_are_reached_with_those_below(company: Company, run: Run) -> None:
    async def scenario() -> None:
        async with company.acting("admin") as ctx:
            rows = await list_departments(ctx.uow, archived=False)
            top = next(each["id"] for each in rows if each["parent_id"] is None)
            leaf = next(
                each for each in rows if each["members"] and each["id"] not in {one["parent_id"] for one in rows}
            )
            everybody = await service.publish_announcement(ctx, replace(DRAFT, roles=()))
            whole = await service.publish_announcement(ctx, replace(DRAFT, roles=(), departments=(top,)))
            part = await service.publish_announcement(ctx, replace(DRAFT, roles=(), departments=(leaf["id"],)))
            assert part.reached == leaf["members"] < whole.reached <= everybody.reached
            with pytest.raises(Invalid):
                await service.publish_announcement(ctx, replace(DRAFT, departments=(new_id(),)))

    run(scenario())


def test_what_a_member_switched_off_does_not_reach_them_and_the_rest_does(company: Company, run: Run) -> None:
    async def scenario() -> None:
        notes = [NotificationDraft(kind=kind, title=Label(kind)) for kind in ("mention", "follow", "task")]
        async with company.acting("rep") as ctx:
            me = ctx.actor.id
            assert me is not None
            assert all((await list_kinds(ctx)).values())
            await choose_kinds(ctx, ["mention"])
            assert not (await list_kinds(ctx))["mention"]
            for note in notes:
                await notify(ctx, [me], note)
            told, _ = await list_notifications(ctx)
            assert [each.kind for each in told[:2]] == ["task", "follow"]
            assert "mention" not in {each.kind for each in told}
            with pytest.raises(Invalid) as refused:
                await choose_kinds(ctx, ["task"])
            assert [each.code for each in refused.value.problems] == ["notification.must_reach"]

    run(scenario())
