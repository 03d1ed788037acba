"""Comments: who sees them, who is told, and what stays of them."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Database
from tests.suite.company import Company, found_company
from xiaolu.access.service.shares import ShareTarget, share_record, unshare_record
from xiaolu.comments import following, service
from xiaolu.comments.model import CommentDraft
from xiaolu.comments.rules import mentioned
from xiaolu.files.service import find_unreadable
from xiaolu.kit.errors import Conflict, Denied, Invalid, NotFound
from xiaolu.records.model import Merge, Record, Update
from xiaolu.records.service import delete_record, merge_records, purge_record, read_history, update_record
from xiaolu.tasks.service import list_notifications

Run = Callable[[Any], Any]


@pytest.fixture
def company(database: Database, runner: asyncio.Runner, tmp_path: Path) -> Company:
    return runner.run(found_company(database, tmp_path))


async def _say(company: Company, who: str, lead: Record, text: str, *files: Any) -> Any:
    async with company.acting(who) as ctx:
        return await service.add_comment(ctx, "lead", lead.id, CommentDraft(text=text, files=tuple(files)))


async def _told(company: Company, who: str) -> list[tuple[str, str, int]]:
    async with company.acting() as ctx:
        assert not await following.tell_followers(ctx)  # one batch held all there was: nothing waits
    async with company.acting(who) as ctx:
        found, _ = await list_notifications(ctx)
    return [(each.kind, each.title.zh, each.count) for each in found if each.kind in {"mention", "follow"}]


def test_who_may_read_the_record_reads_its_comments_and_nobody_else(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        file = await company.upload("rep", b"drawing " * 40, "图纸.txt")
        said = await _say(company, "rep", lead, "客户要看样机 👍", file)
        for who in ("rep", "supervisor", "vp"):
            async with company.acting(who) as ctx:
                [seen] = await service.list_comments(ctx, "lead", lead.id)
                assert (seen.text, [each.name for each in seen.files]) == ("客户要看样机 👍", ["图纸.txt"])
                assert not await find_unreadable(ctx, [file])
        for who in ("rep2", "adviser"):
            async with company.acting(who) as ctx:
                for asked in (
                    service.list_comments(ctx, "lead", lead.id),
                    service.read_comment(ctx, "lead", lead.id, said.id),
                    service.list_wordings(ctx, "lead", lead.id, said.id),
                    service.suggest_people(ctx, "lead", lead.id, ""),
                    service.add_comment(ctx, "lead", lead.id, CommentDraft(text="?")),
                    following.read_followers(ctx, "lead", lead.id),
                    following.follow_record(ctx, "lead", lead.id, is_following=True),
                ):
                    with pytest.raises(NotFound):
                        await asked
                assert await find_unreadable(ctx, [file]) == {file}
        other = await company.add_lead("rep2")
        async with company.acting("rep2") as ctx:
            with pytest.raises(NotFound):
                await service.read_comment(ctx, "lead", other.id, said.id)

    run(scenario())


def test_a_mention_tells_those_who_may_read_and_says_who_cannot(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        supervisor, stranger = company.people["supervisor"], company.people["rep2"]
        said = await _say(company, "rep", lead, f"请 @[{supervisor}] 和 @[{stranger}] 看一下")
        assert [(each.id, each.can_read) for each in said.mentions] == [(supervisor, True), (stranger, False)]
        assert [each[0] for each in await _told(company, "supervisor")] == ["mention"]
        assert await _told(company, "rep2") == []
        async with company.acting("rep") as ctx:
            suggested = await service.suggest_people(ctx, "lead", lead.id, "")
            assert [each.can_read for each in suggested] == sorted([each.can_read for each in suggested], reverse=True)
            followers = await following.read_followers(ctx, "lead", lead.id)
        assert {each for each, _ in followers.people} == {company.people["rep"], supervisor}

    run(scenario())


def test_followers_hear_of_it_once_until_they_have_read_it(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        for text in ("一", "二", "三"):
            await _say(company, "supervisor", lead, text)
        assert [(kind, count) for kind, _, count in await _told(company, "rep")] == [("follow", 3)]
        async with company.acting("supervisor") as ctx:
            await update_record(ctx, "lead", lead.id, Update(values={"name": "空压站扩容 3 台"}))
        [(_, title, count)] = await _told(company, "rep")
        assert (title.endswith("修改了名称") or "修改了" in title, count) == (True, 4)
        async with company.acting("rep") as ctx:
            assert not (await following.follow_record(ctx, "lead", lead.id, is_following=False)).am_following
        await _say(company, "supervisor", lead, "四")
        [(_, _, count)] = await _told(company, "rep")
        assert count == 4
        assert await _told(company, "rep2") == []

    run(scenario())


def test_a_follower_who_lost_the_record_is_not_told(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        target = ShareTarget(member_id=company.people["rep2"])
        async with company.acting("rep") as ctx:
            await share_record(ctx, "lead", lead.id, target, access="read")
        async with company.acting("rep2") as ctx:
            assert (await following.follow_record(ctx, "lead", lead.id, is_following=True)).am_following
        await _say(company, "rep", lead, "先聊着")
        assert len(await _told(company, "rep2")) == 1
        async with company.acting("rep2") as ctx:
            assert len(await service.list_comments(ctx, "lead", lead.id)) == 1
        async with company.acting("rep") as ctx:
            await unshare_record(ctx, "lead", lead.id, target)
        await _say(company, "rep", lead, "内部：底价再谈")
        assert [count for *_, count in await _told(company, "rep2")] == [1]
        async with company.acting("rep2") as ctx:
            with pytest.raises(NotFound):
                await service.list_comments(ctx, "lead", lead.id)

    run(scenario())


def test_a_share_is_told_to_whom_it_reaches(company: Company, run: Run) -> None:
    async def heard(who: str) -> list[str]:
        async with company.acting() as ctx:
            await following.tell_followers(ctx)
        async with company.acting(who) as ctx:
            found, _ = await list_notifications(ctx)
        assert all(each.record_id == lead.id for each in found if each.kind == "share")
        return [each.title.text("en").rpartition("; ")[2] for each in found if each.kind == "share"]

    async def scenario() -> None:
        async with company.acting("rep") as ctx:
            await share_record(ctx, "lead", lead.id, ShareTarget(member_id=company.people["rep2"]), access="read")
            await share_record(ctx, "lead", lead.id, ShareTarget(member_id=company.people["rep"]), access="read")
        assert await heard("rep2") == ["you may read it"]
        assert await heard("rep") == []
        async with company.acting("rep2") as ctx:
            place = ctx.actor.department_id
        async with company.acting("rep") as ctx:
            await share_record(ctx, "lead", lead.id, ShareTarget(department_id=place), access="update")
            await unshare_record(ctx, "lead", lead.id, ShareTarget(member_id=company.people["rep2"]))
        assert await heard("rep2") == ["you may read and change it", "you may read it"]

    lead = run(company.add_lead())
    run(scenario())


def test_one_action_on_many_records_is_one_line(company: Company, run: Run) -> None:
    async def scenario() -> None:
        leads = [await company.add_lead() for _ in range(6)]
        async with company.acting("supervisor") as ctx:
            for each in leads:
                await update_record(ctx, "lead", each.id, Update(values={"name": "改名"}))
        [(kind, title, count)] = await _told(company, "rep")
        assert (kind, count, "多条" in title) == ("follow", 6, True)

    run(scenario())


def test_authors_alone_change_and_take_back(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        file = await company.upload("rep", b"x" * 100, "a.txt")
        said = await _say(company, "rep", lead, "第一版", file)
        async with company.acting("supervisor") as ctx:
            with pytest.raises(Denied):
                await service.change_comment(
                    ctx, "lead", lead.id, said.id, CommentDraft(text="别人的话"), version=said.version
                )
            with pytest.raises(Denied):
                await service.delete_comment(ctx, "lead", lead.id, said.id, version=said.version)
        async with company.acting("rep") as ctx:
            changed = await service.change_comment(
                ctx, "lead", lead.id, said.id, CommentDraft(text="第二版"), version=said.version
            )
            assert (changed.text, changed.files, changed.version) == ("第二版", (), 2)
            with pytest.raises(Conflict):
                await service.change_comment(ctx, "lead", lead.id, said.id, CommentDraft(text="晚了"), version=1)
        async with company.acting("supervisor") as ctx:
            assert [each.text for each in await service.list_wordings(ctx, "lead", lead.id, said.id)] == [
                "第二版",
                "第一版",
            ]
        async with company.acting("rep") as ctx:
            await service.delete_comment(ctx, "lead", lead.id, said.id, version=2)
            [gone] = await service.list_comments(ctx, "lead", lead.id)
            assert (gone.text, gone.deleted_at is not None) == ("", True)
            with pytest.raises(NotFound):
                await service.list_wordings(ctx, "lead", lead.id, said.id)
        events = await company.rows("SELECT kind, after::text FROM event WHERE kind LIKE 'comment.%' ORDER BY id")
        assert [each["kind"] for each in events] == ["comment.added", "comment.changed", "comment.deleted"]
        assert not any("版" in each["after"] for each in events)

    run(scenario())


def test_what_is_refused(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        strange = await company.upload("rep2", b"secret" * 10, "别人的.txt")
        async with company.acting("rep", commit=False) as ctx:
            for draft in (
                CommentDraft(text="  "),
                CommentDraft(text="x" * 10_001),
                CommentDraft(text="看附件", files=(strange,)),
            ):
                with pytest.raises(Invalid):
                    await service.add_comment(ctx, "lead", lead.id, draft)
        async with company.acting() as ctx:
            await delete_record(ctx, "lead", lead.id)
        async with company.acting("rep", commit=False) as ctx:
            with pytest.raises(Conflict):
                await service.add_comment(ctx, "lead", lead.id, CommentDraft(text="太晚"))

    run(scenario())


def test_comments_follow_a_merge_and_go_with_a_purge(company: Company, run: Run) -> None:
    async def scenario() -> None:
        one, two = await company.add_customer("宁波海天"), await company.add_customer("宁波海天机械")
        async with company.acting("vp") as ctx:
            said = await service.add_comment(ctx, "customer", two.id, CommentDraft(text="是同一家"))
        async with company.acting() as ctx:
            await merge_records(ctx, "customer", Merge(keep=one.id, version=None, absorb=(two.id,), values={}))
        async with company.acting() as ctx:
            assert [each.id for each in await service.list_comments(ctx, "customer", one.id)] == [said.id]
            history = await read_history(ctx, "customer", one.id)
            assert not [each for each in history.events if each.kind.startswith("comment.")]
            await delete_record(ctx, "customer", one.id)
            await purge_record(ctx, "customer", one.id)
        assert await company.rows("SELECT FROM comment WHERE record_id = $1", one.id) == []
        assert await company.rows("SELECT FROM follower WHERE record_id = $1", one.id) == []

    run(scenario())


def test_mentions_are_found_once_in_order() -> None:
    one, two = "01890a5d-ac96-774b-bcce-b302099a8057", "01890a5d-ac96-774b-bcce-b302099a8058"
    assert [str(each) for each in mentioned(f"@[{two}] a@[b] @[{one}]@[{two}]")] == [two, one]
