"""Layouts of forms: what they place exists, stands in one place, and what must be filled in can be."""

import re

from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import problem
from xiaolu.metadata.model.common import KEY_PATTERN
from xiaolu.metadata.model.entity import Entity
from xiaolu.metadata.model.layout import Layout, LayoutGroup
from xiaolu.metadata.validation.scope import Found, Scope, unknown

_KEY = re.compile(KEY_PATTERN)
_Path = tuple[str | int, ...]


def check_layouts(scope: Scope) -> Found:
    """Check the layout of every entity that has one."""
    for entity in scope.definitions.entities:
        if entity.layout is not None:
            yield from _check_layout(entity, entity.layout, ("entities", entity.key, "layout"))


def _check_layout(entity: Entity, layout: Layout, here: _Path) -> Found:
    tabs: set[str] = set()
    groups: set[str] = set()
    placed: set[str] = set()
    for tab in layout.tabs:
        at = (*here, "tabs", tab.key)
        yield from _check_key(tab.key, tabs, at)
        if len(layout.tabs) > 1:
            yield from _check_label(tab.label, at)
        for group in tab.groups:
            yield from _check_key(group.key, groups, (*at, "groups", group.key))
            yield from _check_group(entity, group, placed, (*at, "groups", group.key))
    yield from _check_hidden(entity, layout, placed, here)


def _check_key(key: str, seen: set[str], path: _Path) -> Found:
    if not _KEY.fullmatch(key):
        yield problem("key.pattern", *path, "key", key=key)
    if key in seen:
        yield problem("key.repeated", *path, "key", key=key)
    seen.add(key)


def _check_label(label: Label | None, path: _Path) -> Found:
    if label is None or not label.zh.strip():
        yield problem("layout.tab_needs_name", *path, "label")


def _check_group(entity: Entity, group: LayoutGroup, placed: set[str], path: _Path) -> Found:
    if group.fold != "never" and (group.label is None or not group.label.zh.strip()):
        yield problem("layout.fold_needs_name", *path, "label")
    own = {each.key for each in entity.fields}
    for each in group.fields:
        at = (*path, "fields", each.key)
        if each.key not in own:
            yield unknown("reference.field", each.key, dict.fromkeys(own), *at)
        elif each.key in placed:
            yield problem("layout.placed_twice", *at, field=each.key)
        placed.add(each.key)


def _check_hidden(entity: Entity, layout: Layout, placed: set[str], here: _Path) -> Found:
    own = {each.key: each for each in entity.fields}
    seen: set[str] = set()
    for position, key in enumerate(layout.hidden):
        at = (*here, "hidden", position)
        field = own.get(key)
        if field is None:
            yield unknown("reference.field", key, own, *at)
        elif key in placed or key in seen:
            yield problem("layout.placed_twice", *at, field=key)
        elif field.required and field.default is None:
            yield problem("layout.hides_required", *at, field=field.label.zh)
        seen.add(key)
