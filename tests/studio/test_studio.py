"""Definitions over HTTP: what each member sees, and how builders change them."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest

from tests.access.http import Browser
from tests.access.scene import PASSWORD, Scene
from tests.conftest import Database
from tests.metadata.planner.building import definitions, entity, field, process, view, with_fields
from tests.studio.http import serving
from xiaolu.access.authenticate import forget_identities
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.access import FieldAccess, Grant, Role, Scope
from xiaolu.metadata.model.entity import Option, OptionSet
from xiaolu.metadata.model.workspace import App, Definitions, MenuItem
from xiaolu.metadata.publishing.service import install_definitions, load_snapshot
from xiaolu.metadata.yamlform import encode_definitions

Run = Callable[..., Any]
Story = Callable[[Browser], Awaitable[None]]

REP = Role(
    key="rep",
    label=Label("销售"),
    grants=(Grant(entity="lead", create=True, read=Scope.OWN, update=Scope.OWN, fields={"cost": FieldAccess.HIDDEN}),),
)
BUILDER = Role(key="builder", label=Label("搭建"), abilities=("build",), grants=(Grant(entity="*", read=Scope.ALL),))
BASE = definitions(
    entity(
        "lead",
        field("name", label="名称"),
        field("amount", "money", label="金额", visible_if="{cost} > 0"),
        field("cost", "money", label="成本"),
        field("grade", "single_select", set="grade"),
    ),
    entity("secret", field("kind", "single_select", set="hush")),
    apps=(
        App(
            key="sales",
            label=Label("销售"),
            menu=(
                MenuItem(key="leads", label=Label("线索"), view="lead_all"),
                MenuItem(key="costs", label=Label("成本"), view="lead_costs"),
            ),
        ),
    ),
    option_sets=(
        OptionSet(key="grade", label=Label("等级"), options=(Option(key="a", label=Label("甲", "A")),)),
        OptionSet(key="hush", label=Label("秘密"), options=(Option(key="a", label=Label("甲")),)),
    ),
    processes=(process("lead", "new", "won"),),
    views=(
        view("lead", columns=("name", "cost", "amount"), sort=["-amount"]),
        view("lead", "costs", filter=[("cost", "gt", 5)]),
        view("secret"),
    ),
    roles=(REP, BUILDER),
)


@pytest.fixture
def play(uow: UnitOfWork, database: Database, run: Run) -> Callable[[Story], None]:
    """Tell a story to a browser, on a workspace with the base definitions, a rep and a builder."""
    forget_identities()

    def playing(story: Story) -> None:
        async def played() -> None:
            await install_definitions(uow, BASE)
            await uow.finish()
            scene = Scene(uow, await load_snapshot(uow))
            await scene.member("rep", "rep", password=PASSWORD)
            await scene.member("boss", "builder", password=PASSWORD)
            async with serving(database) as app:
                await story(Browser(app))

        run(played())

    return playing


def _json(given: Definitions) -> Any:
    return msgspec.json.decode(msgspec.json.encode(given))


WANTED = with_fields(BASE, "lead", *BASE.entities[0].fields[1:], field("city", label="城市"))


def test_members_see_what_their_roles_let_them_meet(play: Callable[[Story], None]) -> None:
    async def story(browser: Browser) -> None:
        await browser.sign_in("rep", PASSWORD)
        answer = await browser.send("GET", "/definitions")
        seen = answer.json()
        assert [each["key"] for each in seen["entities"]] == ["lead"]
        lead = seen["entities"][0]
        fields = {each["key"]: each for each in lead["fields"]}
        assert set(fields) == {"name", "amount", "grade"}
        assert fields["amount"]["visible_if"] == "{…}"
        assert fields["amount"]["access"] == "write"
        assert lead["can"] == {
            "create": True, "read": True, "update": True, "delete": False, "move": False, "import": False, "export": False,
        }  # fmt: skip
        assert [each["key"] for each in seen["option_sets"]] == ["grade"]
        assert [(each["key"], each["columns"]) for each in seen["views"]] == [("lead_all", ["name", "amount"])]
        assert [each["view"] for each in seen["apps"][0]["menu"]] == ["lead_all"]
        assert [each["key"] for each in seen["processes"][0]["stages"]] == ["new", "won"]
        assert "成本" not in answer.text
        again = await browser.send("GET", "/definitions", if_none_match=answer.headers["etag"])
        assert again.status_code == 304
        await browser.send("PATCH", "/me", {"language": "en"})
        english = (await browser.send("GET", "/definitions", if_none_match=answer.headers["etag"])).json()
        assert english["option_sets"][0]["options"][0]["label"] == "A"

    play(story)


def test_only_builders_build(play: Callable[[Story], None]) -> None:
    async def story(browser: Browser) -> None:
        await browser.sign_in("rep", PASSWORD)
        package = {"yaml": encode_definitions(BASE)}
        for method, path, body in (
            ("GET", "/studio/definitions", None),
            ("GET", "/studio/definitions.yaml", None),
            ("POST", "/studio/plan", package),
            ("POST", "/studio/publish", {**package, "base_version": 1}),
            ("GET", "/studio/versions", None),
            ("GET", "/studio/versions/1", None),
            ("GET", "/studio/versions/1/compare?to=0", None),
            ("POST", "/studio/versions/1/restore", {"base_version": 1}),
            ("GET", "/studio/usages?key=lead", None),
            ("GET", "/studio/apps", None),
            ("GET", "/studio/apps/sales/export", None),
            ("POST", "/studio/apps/preview", package),
            ("POST", "/studio/apps/install", package),
            ("DELETE", "/studio/apps/sales", None),
            ("GET", "/studio/work", None),
            ("DELETE", "/studio/work", None),
        ):
            answer = await browser.send(method, path, body)
            assert (path, answer.status_code) == (path, 403)

    play(story)


def test_a_builder_plans_publishes_and_rolls_back(play: Callable[[Story], None]) -> None:
    async def story(browser: Browser) -> None:
        await browser.sign_in("boss", PASSWORD)
        full = (await browser.send("GET", "/studio/definitions")).json()
        assert full["version"] == 1
        plan = (await browser.send("POST", "/studio/plan", {"definitions": _json(WANTED)})).json()
        assert [(each["kind"], each["risk"], each["text"]) for each in plan["steps"]] == [
            ("field_created", "none", "在“lead”中新增字段“城市”（单行文本）。")
        ]
        body = {"definitions": _json(WANTED), "base_version": 1, "note": "加城市"}
        published = await browser.send("POST", "/studio/publish", body)
        assert published.json() == {"version": 2, "state": "published", "publication": None}
        late = await browser.send("POST", "/studio/publish", body)
        assert (late.status_code, late.json()["params"]["author"]) == (409, "Boss")
        listed = (await browser.send("GET", "/studio/versions?limit=1")).json()
        assert (listed["versions"][0]["note"], listed["next"]) == ("加城市", 2)
        back = (await browser.send("GET", "/studio/versions/2/compare?to=1")).json()
        assert [each["kind"] for each in back["steps"]] == ["field_deleted"]
        restored = await browser.send("POST", "/studio/versions/1/restore", {"base_version": 2})
        assert restored.json()["version"] == 3
        seen = (await browser.send("GET", "/definitions")).json()
        assert seen["version"] == 3

    play(story)


def test_mistakes_are_told_all_at_once_with_their_places(play: Callable[[Story], None]) -> None:
    async def story(browser: Browser) -> None:
        await browser.sign_in("boss", PASSWORD)
        wrong = _json(BASE)
        wrong["entities"][0]["fields"][1]["type"] = "mony"
        wrong["entities"][0]["fields"][2]["tip"] = 1
        planned = (await browser.send("POST", "/studio/plan", {"definitions": wrong})).json()
        assert planned["problems"]
        refused = await browser.send("POST", "/studio/publish", {"definitions": wrong, "base_version": 1})
        assert (refused.status_code, refused.json()["code"]) == (422, "publish.invalid")
        both = await browser.send("POST", "/studio/plan", {"definitions": wrong, "yaml": "format: 1"})
        assert both.json()["problems"][0]["code"] == "studio.one_form"

    play(story)


def test_usages_and_touches_name_the_places(play: Callable[[Story], None]) -> None:
    async def story(browser: Browser) -> None:
        await browser.sign_in("boss", PASSWORD)
        uses = (await browser.send("GET", "/studio/usages?kind=field&entity=lead&key=cost")).json()
        found = {(each["kind"], each["key"], each["aspect"]) for each in uses}
        assert found == {
            ("field", "amount", "visible_if"),
            ("view", "lead_all", "column"),
            ("view", "lead_costs", "filter"),
            ("role", "rep", "grant"),
        }
        unknown = await browser.send("GET", "/studio/usages?kind=field&entity=lead&key=nothing")
        assert unknown.status_code == 404

    play(story)


def test_apps_are_exported_and_installed(play: Callable[[Story], None]) -> None:
    async def story(browser: Browser) -> None:
        await browser.sign_in("boss", PASSWORD)
        exported = await browser.send("GET", "/studio/apps/sales/export")
        assert exported.headers["content-type"].startswith("application/yaml")
        package = exported.text
        preview = (await browser.send("POST", "/studio/apps/preview", {"yaml": package})).json()
        assert (preview["problems"], preview["conflicts"]) == ([], [])
        installed = await browser.send("POST", "/studio/apps/install", {"yaml": package})
        assert installed.json()["state"] == "published"
        apps = (await browser.send("GET", "/studio/apps")).json()
        assert [(each["key"], each["is_package"]) for each in apps] == [("sales", True)]
        changed = package.replace("金额", "合同金额")
        mine = with_fields(
            BASE,
            "lead",
            field("amount", "money", label="预计金额", visible_if="{cost} > 0"),
            *BASE.entities[0].fields[2:],
        )
        body = {"definitions": _json(mine), "base_version": installed.json()["version"]}
        assert (await browser.send("POST", "/studio/publish", body)).status_code == 200
        conflict = await browser.send("POST", "/studio/apps/install", {"yaml": changed})
        assert (conflict.status_code, conflict.json()["code"]) == (409, "package.conflicts")
        shown = (await browser.send("POST", "/studio/apps/preview", {"yaml": changed})).json()["conflicts"]
        assert [(each["shipped_now"], each["yours"]) for each in shown] == [("合同金额", "预计金额")]
        decided = {"yaml": changed, "resolutions": {shown[0]["place"]: "mine"}}
        assert (await browser.send("POST", "/studio/apps/install", decided)).status_code == 200

    play(story)


def test_changes_leave_entries_in_the_audit_log(play: Callable[[Story], None], uow: UnitOfWork) -> None:
    async def story(browser: Browser) -> None:
        await browser.sign_in("boss", PASSWORD)
        await browser.send("POST", "/studio/publish", {"definitions": _json(WANTED), "base_version": 1})
        await browser.send("POST", "/studio/versions/1/restore", {"base_version": 2})
        await browser.send("GET", "/studio/apps/sales/export")
        rows = await uow.connection.fetch(
            "SELECT action FROM audit WHERE subject_kind IN ('definitions', 'app') ORDER BY id"
        )
        assert [each["action"] for each in rows] == ["definitions.published", "definitions.restored", "app.exported"]
        work = (await browser.send("GET", "/studio/work")).json()
        assert (work["pending"], work["jobs"]) == (None, [])
        nothing = await browser.send("DELETE", "/studio/work")
        assert (nothing.status_code, nothing.json()["code"]) == (409, "studio.nothing_pending")

    play(story)
