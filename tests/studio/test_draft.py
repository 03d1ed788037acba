"""The shared draft over HTTP: two builders, conflicts, publishing, following what others publish."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.access.http import Browser
from tests.access.scene import PASSWORD, Scene
from tests.conftest import Database
from tests.metadata.planner.building import definitions, entity, field
from tests.studio.http import serving
from xiaolu.access.authenticate import forget_identities
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.access import Grant, Role, Scope
from xiaolu.metadata.publishing.service import install_definitions, load_snapshot

Run = Callable[..., Any]
Story = Callable[[Browser, Browser], Awaitable[None]]

BUILDER = Role(key="builder", label=Label("搭建"), abilities=("build",), grants=(Grant(entity="*", read=Scope.ALL),))
REP = Role(key="rep", label=Label("销售"))
BASE = definitions(
    entity("lead", field("name", label="名称"), field("amount", "money", label="金额")), roles=(BUILDER, REP)
)
AMOUNT = ["entities", "lead", "fields", "amount"]


@pytest.fixture
def play(uow: UnitOfWork, database: Database, run: Run) -> Callable[[Story], None]:
    """Tell a story to two builders' browsers."""
    forget_identities()

    def playing(story: Story) -> None:
        async def played() -> None:
            await install_definitions(uow, BASE)
            await uow.finish()
            scene = Scene(uow, await load_snapshot(uow))
            await scene.member("zhang", "builder", password=PASSWORD)
            await scene.member("li", "builder", password=PASSWORD)
            await scene.member("rep", "rep", password=PASSWORD)
            async with serving(database) as app:
                one, other = Browser(app), Browser(app)
                await one.sign_in("zhang", PASSWORD)
                await other.sign_in("li", PASSWORD)
                await story(one, other)

        run(played())

    return playing


def put(path: list[str], value: Any) -> dict[str, Any]:
    return {"op": "put", "path": path, "value": value}


async def edit(browser: Browser, revision: int, *ops: dict[str, Any], label: str = "改") -> Any:
    return await browser.send("POST", "/studio/draft/edits", {"revision": revision, "label": label, "ops": list(ops)})


def test_two_builders_edit_and_publish(play: Callable[[Story], None]) -> None:
    async def story(one: Browser, other: Browser) -> None:
        draft = (await one.send("GET", "/studio/draft")).json()
        assert (draft["revision"], draft["changed"], draft["behind"]) == (0, False, False)
        assert draft["definitions"] == draft["published"]
        first = (await edit(one, 0, put([*AMOUNT, "label"], {"zh": "预算"}), label="改名")).json()
        assert first == {"revision": 1, "definitions": None, "problems": []}
        second = (await edit(other, 0, put([*AMOUNT, "required"], True))).json()
        assert second["revision"] == 2
        amount = second["definitions"]["entities"][0]["fields"][1]
        assert (amount["label"], amount["required"]) == ({"zh": "预算"}, True)
        seen = (await one.send("GET", f"/studio/draft/edits?draft={draft['id']}&after=1")).json()
        assert [(each["author"], each["ops"][0]["path"][-1]) for each in seen["edits"]] == [("Li", "required")]
        changes = (await one.send("GET", "/studio/draft/changes")).json()
        assert [(each["label"][-2:], each["before"], each["after"], each["by"]) for each in changes["diff"]] == [
            (["预算", "名称"], {"zh": "金额"}, {"zh": "预算"}, "Zhang"),
            (["预算", "必填"], None, True, "Li"),
        ]
        assert [each["kind"] for each in changes["steps"]] == ["field_renamed", "field_required"]
        done = (await other.send("POST", "/studio/draft/publish", {"note": "第一次"})).json()
        assert done["state"] == "published"
        fresh = (await one.send("GET", "/studio/draft")).json()
        assert fresh["id"] != draft["id"]
        assert (fresh["base_version"], fresh["changed"], fresh["revision"]) == (done["version"], False, 0)

    play(story)


def test_the_same_place_is_a_conflict_that_names_who_and_what(play: Callable[[Story], None]) -> None:
    async def story(one: Browser, other: Browser) -> None:
        await one.send("GET", "/studio/draft")
        await edit(one, 0, put([*AMOUNT, "label"], {"zh": "预算"}), label="金额改名")
        refused = await edit(other, 0, put([*AMOUNT, "label"], {"zh": "价格"}), put([*AMOUNT, "unique"], True))
        assert refused.status_code == 409
        body = refused.json()
        assert body["code"] == "draft.conflict"
        assert [each["path"] for each in body["problems"]] == [[*AMOUNT, "label"]]
        assert (body["problems"][0]["params"]["who"], body["problems"][0]["params"]["what"]) == ("Zhang", "金额改名")
        assert (await edit(other, 1, put([*AMOUNT, "label"], {"zh": "价格"}))).json()["revision"] == 2
        assert (await edit(one, 1, {"op": "drop", "path": AMOUNT})).status_code == 409

    play(story)


def test_problems_come_with_each_edit_and_places_must_exist(play: Callable[[Story], None]) -> None:
    async def story(one: Browser, _: Browser) -> None:
        await one.send("GET", "/studio/draft")
        taken = (await edit(one, 0, put(["entities", "lead", "title"], "gone"))).json()
        assert [each["path"] for each in taken["problems"]] == [["entities", "lead", "title"]]
        odd = (await edit(one, 1, put([*AMOUNT, "colour"], 1))).json()
        assert odd["problems"][0]["path"] == [*AMOUNT, "colour"]
        assert (await one.send("POST", "/studio/draft/publish", {})).status_code == 422
        nowhere = await edit(one, 2, put(["entities", "gone", "label"], {"zh": "无"}))
        assert (nowhere.status_code, nowhere.json()["code"]) == (422, "draft.no_place")
        await one.send("DELETE", "/studio/draft")
        assert (await edit(one, 2, put([*AMOUNT, "required"], True))).json()["code"] == "draft.ended"
        assert (await one.send("GET", "/studio/draft")).json()["changed"] is False

    play(story)


def test_a_draft_follows_what_others_publish(play: Callable[[Story], None]) -> None:
    async def story(one: Browser, other: Browser) -> None:
        draft = (await one.send("GET", "/studio/draft")).json()
        await edit(one, 0, put([*AMOUNT, "required"], True), put([*AMOUNT, "label"], {"zh": "预算"}))
        wanted = draft["published"]
        wanted["entities"][0]["fields"][1]["label"] = {"zh": "价格"}
        wanted["entities"][0]["fields"][0]["help"] = {"zh": "全称"}
        body = {"definitions": wanted, "base_version": draft["base_version"]}
        assert (await other.send("POST", "/studio/publish", body)).status_code == 200
        behind = (await one.send("GET", "/studio/draft")).json()
        assert behind["behind"] is True
        place = "entities/lead/fields/amount/label/zh"
        assert [(each["place"], each["yours"], each["shipped_now"]) for each in behind["conflicts"]] == [
            (place, "预算", "价格")
        ]
        assert (await one.send("POST", "/studio/draft/publish", {})).json()["code"] == "draft.behind"
        rebased = (await one.send("POST", "/studio/draft/rebase", {"resolutions": {place: "mine"}})).json()
        assert rebased["conflicts"] == []
        now = (await other.send("GET", "/studio/draft")).json()
        name, amount = now["definitions"]["entities"][0]["fields"]
        assert (now["behind"], name["help"], amount["label"], amount["required"]) == (
            False, {"zh": "全称"}, {"zh": "预算"}, True,
        )  # fmt: skip

    play(story)


def test_only_builders_draft(play: Callable[[Story], None]) -> None:
    async def story(one: Browser, other: Browser) -> None:
        assert (await one.send("GET", "/studio/key?label=期望时间")).json() == {"key": "qiwangshijian"}
        made = await one.send("POST", "/studio/keys", {"labels": ["期望时间", "紧急度", "期望时间"]})
        assert made.json() == {"keys": ["qiwangshijian", "jinjidu", "qiwangshijian"]}
        await other.sign_in("rep", PASSWORD)
        for path in ("/studio/draft", "/studio/draft/changes", "/studio/key?label=x"):
            assert (await other.send("GET", path)).status_code == 403
        assert (await other.send("POST", "/studio/keys", {"labels": ["x"]})).status_code == 403

    play(story)
