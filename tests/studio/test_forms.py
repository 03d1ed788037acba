"""What the form designer asks: field types, and forms tried out before they are published."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest

from tests.access.http import Browser
from tests.access.scene import PASSWORD, Scene
from tests.conftest import Database
from tests.metadata.planner.building import definitions, entity, field, process
from tests.studio.http import serving
from xiaolu.access.authenticate import forget_identities
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.access import FieldAccess, Grant, Role, Scope
from xiaolu.metadata.model.layout import Layout, LayoutField, LayoutGroup, LayoutTab
from xiaolu.metadata.publishing.service import install_definitions, load_snapshot

Run = Callable[..., Any]
Story = Callable[[Browser], Awaitable[None]]

LAYOUT = Layout(
    tabs=(
        LayoutTab(
            key="main",
            groups=(
                LayoutGroup(
                    key="base", label=Label("基本", "Basics"), columns=3, fields=(LayoutField(key="name", width=2),)
                ),
                LayoutGroup(key="money", fields=(LayoutField(key="cost"),)),
            ),
        ),
    ),
    hidden=("note",),
)
LEAD = msgspec.structs.replace(
    entity("lead", field("name", label="名称"), field("cost", "money", label="成本"), field("note", label="备注")),
    layout=LAYOUT,
)
ROLES = (
    Role(key="rep", label=Label("销售"), grants=(Grant(entity="lead", read=Scope.OWN, fields={"cost": FieldAccess.HIDDEN}),)),
    Role(key="builder", label=Label("搭建"), abilities=("build",), grants=(Grant(entity="*", read=Scope.ALL),)),
)  # fmt: skip


@pytest.fixture
def play(uow: UnitOfWork, database: Database, run: Run) -> Callable[[str, Story], None]:
    """Tell a story to the browser of a rep or of the one who builds."""
    forget_identities()

    def playing(login: str, story: Story) -> None:
        async def played() -> None:
            await install_definitions(uow, definitions(LEAD, processes=(process("lead", "new", "won"),), roles=ROLES))
            await uow.finish()
            scene = Scene(uow, await load_snapshot(uow))
            await scene.member("rep", "rep", password=PASSWORD)
            await scene.member("boss", "builder", password=PASSWORD)
            async with serving(database) as app:
                browser = Browser(app)
                await browser.sign_in(login, PASSWORD)
                await story(browser)

        run(played())

    return playing


def test_a_layout_shows_what_the_member_may_see(play: Callable[[str, Story], None]) -> None:
    async def story(browser: Browser) -> None:
        lead = (await browser.send("GET", "/definitions")).json()["entities"][0]
        group = {"key": "base", "label": "基本", "columns": 3, "fold": "never", "fields": [{"key": "name", "width": 2}]}
        assert lead["layout"] == {"tabs": [{"key": "main", "label": None, "groups": [group]}], "hidden": ["note"]}
        assert (await browser.send("GET", "/studio/field-types")).status_code == 403
        assert (await browser.send("POST", "/studio/forms/try", {"entity": {}})).status_code == 403

    play("rep", story)


def test_field_types_say_what_they_take(play: Callable[[str, Story], None]) -> None:
    async def story(browser: Browser) -> None:
        found = (await browser.send("GET", "/studio/field-types")).json()
        types = {each["key"]: each for each in found["types"]}
        assert len(types) == 36
        assert {each["group"] for each in types.values()} == {each["value"] for each in found["groups"]}
        money = types["money"]
        assert money["takes"] == {
            "required": True, "unique": True, "searchable": False, "default": True, "choices": False, "title": False,
        }  # fmt: skip
        assert [each["key"] for each in money["settings"]] == ["currency", "scale", "min", "max"]
        assert not any([*types["formula"]["takes"].values()])
        assert types["text"]["takes"]["title"]
        assert types["text"]["takes"]["searchable"]

    play("boss", story)


def form(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    name = {"key": "name", "label": "名称", "type": "text", "required": True}
    return {"key": "asking", "label": "申请", "title": "name", "fields": [name, *fields], **more}


URGENCY = {
    "key": "urgency",
    "label": "紧急度",
    "type": "single_select",
    "options": {"set": "how"},
    "default": '"low"',
    "options_if": {"high": "NOT(ISBLANK({why}))"},
}
WHY = {"key": "why", "label": "原因", "type": "text", "visible_if": '{urgency} = "high"', "required_if": "TRUE"}
HOW = {"key": "how", "label": "急", "options": [{"key": "low", "label": "低"}, {"key": "high", "label": "高"}]}


def test_a_form_is_tried_before_it_is_published(play: Callable[[str, Story], None]) -> None:
    async def story(browser: Browser) -> None:
        async def tried(entity: dict[str, Any], status: int = 200, **body: Any) -> Any:
            answer = await browser.send("POST", "/studio/forms/try", {"entity": entity, "option_sets": [HOW], **body})
            assert answer.status_code == status, answer.text
            return answer.json()

        asking = form(
            URGENCY, WHY, {"key": "twice", "label": "两倍", "type": "formula", "options": {"formula": "1 + 1"}}
        )
        empty = await tried(asking)
        assert empty["visible"] == {"why": False}
        assert empty["options"] == {"urgency": ["low"]}
        assert empty["values"] == {"urgency": "low", "twice": "2.00"}
        assert empty["display"] == {"urgency": "低"}
        assert [each["path"] for each in empty["problems"]] == [["values", "name"]]
        typed = await tried(asking, values={"name": "甲", "urgency": "high", "why": "急"})
        assert typed["visible"] == {"why": True}
        assert typed["required"] == {"why": True}
        assert typed["problems"] == []
        broken = form({"key": "x", "label": "X", "type": "nothing"}, {**WHY, "visible_if": "{urgency} ="})
        assert (await tried(broken))["visible"] == {}
        await tried({"key": "asking"}, 422)

    play("boss", story)


def test_stages_count_and_other_records_wait(play: Callable[[str, Story], None]) -> None:
    async def story(browser: Browser) -> None:
        fields = [
            {"key": "name", "label": "名称", "type": "text"},
            {"key": "price", "label": "价格", "type": "money", "visible_if": '{stage} = "won"'},
            {"key": "main", "label": "主线索", "type": "relation", "options": {"target": "lead"}},
            {"key": "cost", "label": "成本", "type": "money", "default": "{main.cost}"},
        ]
        lead = {"key": "lead", "label": "线索", "title": "name", "fields": fields}
        first = (await browser.send("POST", "/studio/forms/try", {"entity": lead})).json()
        assert first["visible"] == {"price": False}
        assert first["later"] == ["cost"]
        won = (await browser.send("POST", "/studio/forms/try", {"entity": lead, "stage": "won"})).json()
        assert won["visible"] == {"price": True}

    play("boss", story)
