"""Seeing the system as a member does: no more than either may see, nothing changed, every look noted."""

import contextlib
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.access.http import Browser
from tests.access.scene import LEADER, PASSWORD, REP, Scene, definitions, role
from tests.conftest import Database
from xiaolu.access.authenticate import forget_identities, load_actor, load_viewed
from xiaolu.access.model import Operation
from xiaolu.access.policy import decide, field_access
from xiaolu.access.routes import ROUTES as ACCESS
from xiaolu.comments.routes import ROUTES as COMMENTS
from xiaolu.metadata.model.access import FieldAccess, Grant, Scope
from xiaolu.metadata.publishing.service import install_definitions, load_snapshot
from xiaolu.records.queries.routes import ROUTES as QUERIES
from xiaolu.records.routes import ROUTES as RECORDS
from xiaolu.runtime.workspace import open_workspace
from xiaolu.tasks.routes import ROUTES as TASKS
from xiaolu.web.edge import make_web
from xiaolu.web.looking import READING_POSTS

Run = Callable[..., Any]
WATCHER = role(
    "watcher",
    Grant(entity="deal", read=Scope.OWN, fields={"amount": FieldAccess.HIDDEN}),
    abilities=("view_as",),
)
HELPER = role("helper", Grant(entity="deal", read=Scope.ALL), abilities=("view_as", "members"))
BOSS = role("boss", abilities=("audit",))
API = [*ACCESS, *RECORDS, *QUERIES, *COMMENTS, *TASKS]


@pytest.fixture
def staffed(scene: Scene, run: Run) -> dict[str, UUID]:
    async def staff() -> dict[str, UUID]:
        await install_definitions(scene.uow, definitions(REP, LEADER, WATCHER, HELPER, BOSS))
        await scene.uow.finish()
        scene.snapshot = await load_snapshot(scene.uow)
        people = {}
        for login, held in (
            ("root", "admin"), ("wang", "rep"), ("watcher", "watcher"), ("helper", "helper"), ("boss", "boss"),
        ):  # fmt: skip
            people[login] = await scene.member(login, held, password=PASSWORD)
        await scene.uow.finish()
        return people

    return run(staff())  # type: ignore[no-any-return]


@contextlib.asynccontextmanager
async def served(database: Database) -> AsyncIterator[Callable[[], Browser]]:
    async with open_workspace(database.url, database.schema, migrate=False) as workspace:
        app = make_web(workspace, API, openapi_config=None)
        yield lambda: Browser(app)


async def _deal(browser: Browser, name: str) -> str:
    made = await browser.send("POST", "/records/deal", {"values": {"name": name, "amount": "5"}})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def test_a_look_reads_as_the_member_and_changes_nothing(
    staffed: dict[str, UUID], database: Database, scene: Scene, run: Run
) -> None:
    async def story() -> None:
        async with served(database) as browsers:
            rep, root = browsers(), browsers()
            await rep.sign_in("wang", PASSWORD)
            deal = await _deal(rep, "王芳的商机")
            await root.sign_in("root", PASSWORD)
            hidden = await _deal(root, "别人的商机")
            old = root.http.cookies["xiaolu_session"]
            assert (await root.send("POST", "/session/view", {"member": str(staffed["wang"])})).status_code == 200
            session = (await root.send("GET", "/session")).json()
            assert (session["member"]["login"], session["viewer"]["name"]) == ("wang", "Root")
            listed = (await root.send("POST", "/records/deal/query", {})).json()["rows"]
            assert [each["title"] for each in listed] == ["王芳的商机"]
            assert "cost" not in listed[0]["values"]
            assert (await root.send("GET", f"/records/deal/{hidden}")).status_code == 404
            for method, path, body in (
                ("PATCH", f"/records/deal/{deal}", {"values": {"name": "改"}}),
                ("POST", "/records/deal", {"values": {"name": "新"}}),
                ("DELETE", f"/records/deal/{deal}", None),
                ("POST", f"/records/deal/{deal}/comments", {"text": "冒名"}),
                ("PUT", f"/records/deal/{deal}/followers/me", {}),
                ("POST", "/notifications/read", {"all": True}),
                ("PATCH", "/me", {"language": "en"}),
            ):
                refused = await root.send(method, path, body)
                assert (refused.status_code, refused.json()["code"]) == (403, "view.read_only"), path
            assert (await root.send("GET", "/me/sessions")).json()["code"] == "view.private"
            again = await root.send("POST", "/session/view", {"member": str(staffed["watcher"])})
            assert again.json()["code"] == "view.read_only"
            seen = root.http.cookies["xiaolu_session"]
            assert (await root.send("DELETE", "/session/view")).status_code == 200
            assert (await root.send("GET", "/session")).json()["member"]["login"] == "root"
            stale = browsers()
            for token in (seen, old):
                stale.http.cookies.set("xiaolu_session", token)
                assert (await stale.send("GET", "/session")).status_code == 401
                stale.http.cookies.clear()
        noted = await scene.uow.connection.fetch(
            "SELECT action, detail FROM audit WHERE actor_name = 'Root' AND action LIKE 'view.%' ORDER BY id"
        )
        actions = [each["action"] for each in noted]
        assert (actions[0], actions[-1]) == ("view.started", "view.ended")
        assert {"queryRecords", "readRecord"} <= {
            name for each in noted for name in ("queryRecords", "readRecord") if name in each["detail"]
        }

    run(story())


def test_who_may_look_as_whom(staffed: dict[str, UUID], database: Database, run: Run) -> None:
    async def story() -> None:
        async with served(database) as browsers:
            rep, watcher, helper = browsers(), browsers(), browsers()
            for browser, login in ((rep, "wang"), (watcher, "watcher"), (helper, "helper")):
                await browser.sign_in(login, PASSWORD)
            for browser, target, code in (
                (rep, "watcher", "access.ability_missing"),
                (watcher, "root", "view.above"),
                (watcher, "boss", "view.above"),
                (helper, "helper", "view.above"),
            ):
                answer = await browser.send("POST", "/session/view", {"member": str(staffed[target])})
                assert (answer.status_code, answer.json()["code"]) == (403, code), target
            assert (await watcher.send("DELETE", "/session/view")).json()["code"] == "view.none"
            await _deal(rep, "王芳的商机")
            await watcher.send("POST", "/session/view", {"member": str(staffed["wang"])})
            assert (await watcher.send("POST", "/records/deal/query", {})).json()["rows"] == []
            await helper.send("POST", "/session/view", {"member": str(staffed["wang"])})
            assert len((await helper.send("POST", "/records/deal/query", {})).json()["rows"]) == 1
            assert (await helper.send("GET", "/members")).status_code == 403

    run(story())


def test_a_look_ends_with_the_viewers_own_session(
    staffed: dict[str, UUID], database: Database, scene: Scene, run: Run
) -> None:
    async def story() -> None:
        async with served(database) as browsers:
            root, other = browsers(), browsers()
            await root.sign_in("root", PASSWORD)
            await other.sign_in("root", PASSWORD)
            await root.send("POST", "/session/view", {"member": str(staffed["wang"])})
            assert (await root.send("GET", "/session")).status_code == 200
            await other.send("DELETE", "/me/sessions")
            forget_identities()
            assert (await root.send("GET", "/session")).status_code == 401
            await other.send("POST", "/session/view", {"member": str(staffed["wang"])})
            await scene.uow.connection.execute(
                "UPDATE session SET expires_at = now() - interval '1 year' WHERE viewer_id IS NOT NULL"
            )
            forget_identities()
            assert (await other.send("GET", "/session")).status_code == 401

    run(story())


def test_a_look_shows_what_both_may_see(staffed: dict[str, UUID], scene: Scene, run: Run) -> None:
    async def story() -> None:
        viewed = await load_viewed(scene.uow, staffed["wang"], staffed["watcher"], snapshot=scene.snapshot)
        wang = await load_actor(scene.uow, staffed["wang"], snapshot=scene.snapshot)
        assert viewed is not None
        assert wang is not None
        for operation in (Operation.READ, Operation.UPDATE):
            decision = decide(viewed, scene.snapshot, "deal", operation, now=scene.now)
            assert decision.allowed == (operation is Operation.READ)
        reading = decide(viewed, scene.snapshot, "deal", Operation.READ, now=scene.now)
        assert field_access(reading, "amount") is FieldAccess.HIDDEN
        assert field_access(reading, "cost") is FieldAccess.HIDDEN
        assert (
            field_access(decide(wang, scene.snapshot, "deal", Operation.READ, now=scene.now), "amount")
            is FieldAccess.WRITE
        )

    run(story())


def test_the_posts_that_only_read_exist() -> None:
    document = json.loads((Path(__file__).resolve().parents[2] / "client" / "openapi.json").read_text("utf-8"))
    names = {path["post"]["operationId"] for path in document["paths"].values() if "post" in path}
    assert names >= READING_POSTS
