"""Obstacles reach those who build and are answered; tours know what a member really did."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Database
from tests.studio.entrances import Stage, Story, staged
from xiaolu.kit.db import UnitOfWork
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.validation.check import check_definitions
from xiaolu.studio.tours.service import shipped_tours

Run = Callable[..., Any]


@pytest.fixture
def play(uow: UnitOfWork, database: Database, run: Run, tmp_path: Path) -> Callable[[Story], None]:
    def playing(story: Story) -> None:
        async def played() -> None:
            async with staged(uow, database, tmp_path) as stage:
                await story(stage)

        run(played())

    return playing


def test_an_obstacle_is_reported_and_answered(play: Callable[[Story], None]) -> None:
    async def story(stage: Stage) -> None:
        rep, boss = await stage.member("rep"), await stage.member("boss")
        made = await rep.send("POST", "/records/lead", {"values": {"company": "远山", "phone": "13800138000"}})
        record = made.json()["id"]
        place = {"page": f"/e/lead/{record}", "entity": "lead", "record": record, "stage": "new", "width": 390}
        sent = await rep.send("POST", "/obstacles", {"category": "slow", "text": "=HYPERLINK 字段太多", "place": place})
        assert (sent.status_code, sent.json()["stage"]) == (201, "new"), sent.text
        foreign = {**place, "entity": "secret", "stage": "gone"}
        other = (
            await rep.send("POST", "/obstacles", {"category": "unclear", "text": "看不懂", "place": foreign})
        ).json()
        assert (other["entity"], other["record_id"], other["stage"]) == (None, None, None)
        empty = await rep.send("POST", "/obstacles", {"category": "slow", "text": " ", "place": place})
        assert empty.status_code == 422
        assert (await rep.send("GET", "/studio/obstacles")).status_code == 403
        seen = (await boss.send("GET", "/studio/obstacles")).json()
        assert [each["text"] for each in seen["obstacles"]] == ["看不懂", "=HYPERLINK 字段太多"]
        assert seen["counts"][0]["open"] == 1
        assert (await boss.send("GET", "/notifications")).json()["notifications"]
        address = f"/studio/obstacles/{sent.json()['id']}"
        assert (await boss.send("PATCH", address, {"state": "declined"})).status_code == 422
        done = await boss.send("PATCH", address, {"state": "declined", "answer": "这些字段财务要用"})
        assert done.json()["state"] == "declined"
        told = (await rep.send("GET", "/notifications")).json()["notifications"]
        assert any("财务" in str(each["text"]) for each in told)
        own = (await rep.send("GET", "/obstacles/mine")).json()
        assert own[1]["answer"] == "这些字段财务要用"
        exported = (await boss.send("GET", "/studio/obstacles.csv")).text
        assert "'=HYPERLINK" in exported
        assert "线索" in exported

    play(story)


def test_a_tour_knows_what_was_done_and_where_one_was(play: Callable[[Story], None]) -> None:
    async def story(stage: Stage) -> None:
        rep, boss = await stage.member("rep"), await stage.member("boss")
        assert [each["key"] for each in (await rep.send("GET", "/tours")).json()] == ["first_steps"]
        assert {each["key"] for each in (await boss.send("GET", "/tours")).json()} == {"first_steps", "builder_steps"}
        shipped = (await boss.send("GET", "/studio/tours/shipped")).json()
        assert next((each["key"], each["steps"][0]["label"]["zh"]) for each in shipped) == ("first_steps", "先认识首页")
        assert (await rep.send("GET", "/studio/tours/shipped")).status_code == 403
        await rep.send(
            "PUT", "/tours/first_steps/progress", {"state": "running", "step": "create", "done": ["welcome"]}
        )
        assert not (await rep.send("GET", "/tours/first_steps/steps/create")).json()["done"]
        await rep.send("POST", "/records/lead", {"values": {"company": "远山", "phone": "13800138000"}})
        assert (await rep.send("GET", "/tours/first_steps/steps/create")).json()["done"]
        assert not (await rep.send("GET", "/tours/first_steps/steps/list")).json()["done"]
        kept = await rep.send(
            "PUT", "/tours/first_steps/progress", {"state": "paused", "step": "create", "done": ["list", "welcome"]}
        )
        assert (kept.json()["state"], kept.json()["done"]) == ("paused", ["welcome", "list"])
        again = (await rep.send("GET", "/tours")).json()[0]["progress"]
        assert (again["state"], again["step"]) == ("paused", "create")
        assert (await rep.send("PUT", "/tours/builder_steps/progress", {"state": "running"})).status_code == 404
        assert (await rep.send("GET", "/tours/first_steps/steps/nothing")).status_code == 404

    play(story)


def test_the_shipped_tours_are_sound_in_both_languages() -> None:
    tours = shipped_tours()
    assert not check_definitions(Definitions(tours=tuple(tours.values())))
    for tour in tours.values():
        assert all(each.label.en and each.text.en for each in tour.steps)
