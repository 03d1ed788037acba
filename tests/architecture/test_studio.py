"""Whatever a package can say, the studio can say too: every setting of every definition has its place on a screen."""

import importlib
import pkgutil
import re
from functools import cache
from pathlib import Path

import msgspec
import pytest

from xiaolu.metadata import model
from xiaolu.metadata.model.common import Definition

STUDIO = Path(__file__).parents[2] / "client/src/features/studio"
FOLDERS = {
    "App": "apps",
    "MenuItem": "apps",
    "OptionSet": "choices",
    "Option": "choices",
    "Numbering": "choices",
    "Entity": "forms",
    "Field": "forms",
    "FieldRule": "forms",
    "Layout": "forms",
    "LayoutTab": "forms",
    "LayoutGroup": "forms",
    "LayoutField": "forms",
    "Process": "processes",
    "Stage": "processes",
    "TimeLimit": "processes",
    "EvidenceSlot": "processes",
    "EvidenceRules": "processes",
    "PlaceRule": "processes",
    "Transition": "processes",
    "Effect": "processes",
    "RunningChoice": "processes",
    "View": "views",
    "Sort": "views",
    "Measure": "views",
    "GroupLevel": "views",
    "ColourRule": "views",
    "CalendarSettings": "views",
    "GallerySettings": "views",
    "MapSettings": "views",
    "TimelineSettings": "views",
    "Page": "views",
    "Block": "views",
    "Shortcut": "views",
    "Number": "figures",
    "Role": "roles",
    "Grant": "roles",
    "PublicForm": "public",
    "PublicField": "public",
    "PublicOwner": "public",
    "Tour": "tours",
    "TourStep": "tours",
}
"""Where the studio edits which kind of definition."""
SHARED = {
    "Condition": ("../../views/filter", "parts", "views"),
    "Definitions": (".",),
}
"""What is edited in several places by the same parts."""
SHARED_PARTS = {"owners": ("OwnersSection",), "description": ("DescriptionField",)}
"""Settings that a part of their own edits wherever they occur."""
MADE_BY_THE_STUDIO = {
    "Definitions.format": "there is one format",
    "Entity.parent": "set when rows are put into a form as a field",
    "Option.description": "a note of a package; nobody is shown it",
    "MenuItem.description": "a note of a package; nobody is shown it",
    "TourStep.description": "a note of a package; nobody is shown it",
}
"""Settings that nobody types, with the reason; beside them the keys, which are made from labels and stay."""


def _structs() -> list[type[Definition]]:
    modules = [
        importlib.import_module(f"{model.__name__}.{each.name}") for each in pkgutil.iter_modules(model.__path__)
    ]
    return [
        value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, Definition) and value.__module__ == module.__name__
        if name not in ("Definition", "Named", "Owned")
    ]


@cache
def _source(folder: str) -> str:
    paths = [*sorted((STUDIO / folder).rglob("*.tsx")), *sorted((STUDIO / folder).glob("grants.ts"))]
    return "\n".join(each.read_text(encoding="utf-8") for each in paths if ".test." not in each.name)


def _is_edited(setting: str, folders: tuple[str, ...]) -> bool:
    # A name of its own, as a property, a key of a path or a text: no part of a longer word.
    word = re.compile(rf"(?<![\w-]){re.escape(setting)}(?![\w-])")
    return any(word.search(_source(each)) for each in folders)


@pytest.mark.parametrize("struct", _structs(), ids=lambda each: each.__name__)
def test_the_studio_can_say_what_a_package_can(struct: type[Definition]) -> None:
    name = struct.__name__
    folders = SHARED.get(name) or (FOLDERS[name],)
    if name not in SHARED:
        assert (STUDIO / folders[0]).is_dir()
    missing = []
    for setting in msgspec.structs.fields(struct):
        word = setting.encode_name
        if word == "key" or f"{name}.{word}" in MADE_BY_THE_STUDIO:
            continue
        if not any(_is_edited(each, folders) for each in (word, *SHARED_PARTS.get(word, ()))):
            missing.append(word)
    assert missing == []
