"""New apps, blank and as copies; what taking one out would do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Database
from tests.studio.building import Building, Story, tell
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.i18n import Label
from xiaolu.metadata.packages.copying import copy_app
from xiaolu.metadata.packages.folder import read_packages
from xiaolu.metadata.validation import check_definitions

Run = Callable[..., Any]
SUITE = Path(__file__).resolve().parents[2] / "suite"


@pytest.fixture
def play(uow: UnitOfWork, database: Database, run: Run) -> Callable[[Story], None]:
    """Tell a story to the people of ``building``."""

    def playing(story: Story) -> None:
        run(tell(uow, database, story))

    return playing


def test_a_blank_app_is_usable_at_once(play: Callable[[Story], None]) -> None:
    async def story(it: Building) -> None:
        draft = (await it.li.send("GET", "/studio/draft")).json()
        made = (await it.zhang.send("POST", "/studio/apps", {"zh": "样品申请", "icon": "package"})).json()
        assert made["state"] == "published"
        seen = (await it.zhang.send("GET", "/definitions")).json()
        entity = next(each for each in seen["entities"] if each["key"] == made["entity"])
        assert (entity["label"], entity["can"]["create"], entity["can"]["import"]) == ("样品申请", True, True)
        app = next(each for each in seen["apps"] if each["key"] == made["key"])
        assert [each["view"] for each in app["menu"]] == [made["view"]]
        followed = (await it.li.send("GET", "/studio/draft")).json()
        assert (followed["id"], followed["base_version"], followed["changed"]) == (draft["id"], made["version"], False)
        assert (await it.zhang.send("POST", "/studio/apps", {"zh": " "})).status_code == 422
        again = (await it.zhang.send("POST", "/studio/apps", {"zh": "样品申请"})).json()
        assert again["key"] != made["key"]

    play(story)


def test_an_app_is_copied_and_taken_out(play: Callable[[Story], None]) -> None:
    async def story(it: Building) -> None:
        made = (await it.zhang.send("POST", "/studio/apps", {"zh": "样品申请"})).json()
        copy = (await it.zhang.send("POST", "/studio/apps", {"zh": "样机申请", "copy_of": made["key"]})).json()
        assert {copy["key"], copy["entity"], copy["view"]}.isdisjoint({made["key"], made["entity"], made["view"]})
        listed = (await it.zhang.send("GET", "/studio/apps")).json()
        assert [(each["label"], each["entities"]) for each in listed] == [("样品申请", 1), ("样机申请", 1)]
        removal = (await it.zhang.send("GET", f"/studio/apps/{made['key']}/removal")).json()
        assert {each["kind"] for each in removal["steps"]} >= {"entity_deleted", "view_deleted", "app_deleted"}
        assert removal["problems"] == []
        assert (await it.zhang.send("DELETE", f"/studio/apps/{made['key']}")).status_code == 200
        left = (await it.zhang.send("GET", "/studio/apps")).json()
        assert [each["key"] for each in left] == [copy["key"]]

    play(story)


@pytest.mark.parametrize("name", ["journey", "complaint"])
def test_copies_of_shipped_apps_are_sound_and_apart(name: str) -> None:
    packages = [*read_packages(SUITE), *read_packages(SUITE / "templates")]
    package = next(each for each in packages if each.apps[0].key == name)
    both = copy_app(package, package, "second", Label("第二个"))
    assert check_definitions(both) == []
    mine = {each.key for each in package.entities}
    copies = [each for each in both.entities if each.key not in mine]
    assert len(copies) == len(mine)
    targets = {str(each.options["target"]) for entity in copies for each in entity.fields if "target" in each.options}
    assert targets <= {each.key for each in copies} | {"member", "department"}
    processes = [each for each in both.processes if each.entity not in mine]
    assert [each.initial for each in processes] == [each.initial for each in package.processes]
