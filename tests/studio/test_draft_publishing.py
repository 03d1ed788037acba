"""Owners approve, publications wait for their time, versions are compared and planned back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.conftest import Database
from tests.studio.building import AMOUNT, BASE, CONTRACT, Building, Story, put, tell
from xiaolu.kit.db import UnitOfWork
from xiaolu.metadata.yamlform import decode_definitions, encode_definitions

Run = Callable[..., Any]


@pytest.fixture
def play(uow: UnitOfWork, database: Database, run: Run) -> Callable[[Story], None]:
    """Tell a story to the people of ``building``."""

    def playing(story: Story) -> None:
        run(tell(uow, database, story))

    return playing


def test_owners_are_part_of_the_definitions() -> None:
    text = encode_definitions(BASE)
    assert "owners: [finance]" in text
    assert decode_definitions(text) == BASE


def test_an_owner_approves_exactly_what_is_published(play: Callable[[Story], None]) -> None:
    async def story(it: Building) -> None:
        await it.zhang.send("GET", "/studio/draft")
        await it.edit(it.zhang, 0, put([*CONTRACT, "help"], {"zh": "全称"}))
        changes = (await it.zhang.send("GET", "/studio/draft/changes")).json()
        assert [(each["place"], each["state"], each["owners"]) for each in changes["approvals"]] == [
            ("entities/contract", "needed", ["财务"])
        ]
        refused = await it.zhang.send("POST", "/studio/draft/publish", {})
        assert (refused.status_code, refused.json()["code"]) == (403, "publish.not_owner")
        assert (await it.zhang.send("POST", "/studio/draft/approvals", {"note": "合同要写全称"})).json() == {"asked": 1}
        task = (await it.owner.send("GET", "/tasks")).json()["tasks"][0]
        assert (task["kind"], task["goal"]) == ("approval", "申请人说：合同要写全称")
        request = (await it.owner.send("GET", "/approvals")).json()["waiting"][0]
        assert [each["label"][-2:] for each in request["diff"]] == [["名称", "帮助文字"]]
        assert (await it.li.send("POST", f"/approvals/{request['id']}", {"approved": True})).status_code == 403
        assert (await it.owner.send("POST", f"/approvals/{request['id']}", {"approved": False})).status_code == 422
        decided = await it.owner.send("POST", f"/approvals/{request['id']}", {"approved": True})
        assert decided.status_code == 204
        assert (await it.owner.send("GET", "/tasks")).json()["tasks"] == []
        told = (await it.zhang.send("GET", "/notifications")).json()["notifications"][0]
        assert "批准" in told["title"]
        await it.edit(it.zhang, 1, put([*CONTRACT, "required"], True))
        assert (await it.zhang.send("POST", "/studio/draft/publish", {})).status_code == 403
        await it.edit(it.zhang, 2, {"op": "drop", "path": [*CONTRACT, "required"]})
        done = (await it.zhang.send("POST", "/studio/draft/publish", {"note": "全称"})).json()
        newest = (await it.li.send("GET", "/studio/versions")).json()["versions"][0]
        assert newest["version"] == done["version"]
        assert newest["signatures"] == [
            {"place": "entities/contract", "label": "contract", "owners": ["finance"], "approver": "Wang"}
        ]

    play(story)


def test_a_return_carries_its_reason_and_no_other_path_is_open(play: Callable[[Story], None]) -> None:
    async def story(it: Building) -> None:
        opened = (await it.zhang.send("GET", "/studio/draft")).json()
        await it.edit(it.zhang, 0, {"op": "drop", "path": ["entities", "contract"]})
        await it.zhang.send("POST", "/studio/draft/approvals", {})
        request = (await it.owner.send("GET", "/approvals")).json()["waiting"][0]
        body = {"approved": False, "reason": "合同还在用"}
        assert (await it.owner.send("POST", f"/approvals/{request['id']}", body)).status_code == 204
        changes = (await it.zhang.send("GET", "/studio/draft/changes")).json()
        assert [(each["state"], each["reason"]) for each in changes["approvals"]] == [("returned", "合同还在用")]
        wanted = opened["published"]
        wanted["entities"] = [each for each in wanted["entities"] if each["key"] != "contract"]
        body = {"definitions": wanted, "base_version": opened["base_version"]}
        assert (await it.zhang.send("POST", "/studio/publish", body)).json()["code"] == "publish.not_owner"
        wanted["entities"].append({"key": "contract", "label": {"zh": "合同"}, "title": "name", "fields": [
            {"key": "name", "label": {"zh": "名称"}, "type": "text"}]})  # fmt: skip
        body = {"definitions": wanted, "base_version": opened["base_version"]}
        refused = await it.zhang.send("POST", "/studio/publish", body)
        assert refused.json()["code"] == "publish.not_owner", "owners cannot be taken away either"
        assert (await it.zhang.send("POST", "/studio/versions/1/restore", {"base_version": 1})).status_code == 200

    play(story)


def test_a_scheduled_draft_is_published_in_its_time(play: Callable[[Story], None]) -> None:
    async def story(it: Building) -> None:
        await it.zhang.send("GET", "/studio/draft")
        await it.edit(it.zhang, 0, put([*AMOUNT, "label"], {"zh": "预算"}))
        past = {"at": (datetime.now(UTC) - timedelta(hours=1)).isoformat()}
        assert (await it.zhang.send("POST", "/studio/draft/schedule", past)).status_code == 422
        at = datetime.now(UTC) + timedelta(hours=8)
        made = (await it.zhang.send("POST", "/studio/draft/schedule", {"at": at.isoformat(), "note": "夜里"})).json()
        assert made["state"] == "waiting"
        await it.edit(it.li, 1, put([*AMOUNT, "required"], True))
        await it.at(at - timedelta(minutes=1))
        assert (await it.li.send("GET", "/studio/versions")).json()["versions"][0]["version"] == 1
        await it.at(at + timedelta(minutes=1))
        newest = (await it.li.send("GET", "/studio/versions")).json()["versions"][0]
        assert (newest["version"], newest["author"], newest["note"]) == (2, "Zhang", "夜里")
        draft = (await it.li.send("GET", "/studio/draft")).json()
        assert (draft["base_version"], draft["changed"], draft["behind"]) == (2, True, False)
        changes = (await it.li.send("GET", "/studio/draft/changes")).json()
        assert [each["kind"] for each in changes["steps"]] == ["field_required"]
        told = (await it.zhang.send("GET", "/notifications")).json()["notifications"][0]
        assert "第 2 版" in told["title"]

    play(story)


def test_a_schedule_is_called_off_and_a_failed_one_tells_its_author(play: Callable[[Story], None]) -> None:
    async def story(it: Building) -> None:
        opened = (await it.zhang.send("GET", "/studio/draft")).json()
        await it.edit(it.zhang, 0, put([*AMOUNT, "label"], {"zh": "预算"}))
        at = datetime.now(UTC) + timedelta(hours=8)
        await it.zhang.send("POST", "/studio/draft/schedule", {"at": at.isoformat()})
        assert (await it.li.send("DELETE", "/studio/draft/schedule")).status_code == 204
        assert (await it.li.send("DELETE", "/studio/draft/schedule")).status_code == 409
        await it.at(at + timedelta(minutes=1))
        assert (await it.li.send("GET", "/studio/draft")).json()["changed"] is True
        await it.zhang.send("POST", "/studio/draft/schedule", {"at": at.isoformat()})
        wanted = opened["published"]
        wanted["entities"][0]["fields"][1]["label"] = {"zh": "价格"}
        await it.li.send("POST", "/studio/publish", {"definitions": wanted, "base_version": 1})
        await it.at(at + timedelta(minutes=1))
        changes = (await it.zhang.send("GET", "/studio/draft/changes")).json()
        assert changes["schedule"]["state"] == "failed"
        assert changes["schedule"]["problems"][0]["code"] == "draft.behind"
        told = (await it.zhang.send("GET", "/notifications")).json()["notifications"][0]
        assert ("没有成功" in told["title"], "不一致" in told["text"]) == (True, True)

    play(story)


def test_versions_are_compared_and_planned_back(play: Callable[[Story], None]) -> None:
    async def story(it: Building) -> None:
        await it.zhang.send("GET", "/studio/draft")
        await it.edit(it.zhang, 0, {"op": "drop", "path": AMOUNT})
        await it.zhang.send("POST", "/studio/draft/publish", {})
        changes = (await it.li.send("GET", "/studio/versions/2/changes?since=1")).json()
        assert [each["kind"] for each in changes["steps"]] == ["field_deleted"]
        assert [(each["kind"], each["path"]) for each in changes["diff"]] == [("removed", AMOUNT)]
        back = (await it.li.send("GET", "/studio/versions/1/restoring")).json()
        assert [each["kind"] for each in back["steps"]] == ["field_restored"]
        done = await it.li.send("POST", "/studio/versions/1/restore", {"base_version": 2, "note": "退回"})
        assert done.json()["version"] == 3

    play(story)
