"""What keys in definitions stand for: a field of a form, a stage, a role, a view by the name people know. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import msgspec

from xiaolu.kit.i18n import LANGUAGES, message
from xiaolu.metadata.fields.system import SYSTEM_FIELD_DEFINITIONS
from xiaolu.studio.draft.model import Document, Path

Name: TypeAlias = str | dict[str, Any]
"""Part of a place's name: the key of a setting, or the label of something that has one."""
Labels: TypeAlias = Mapping[str, dict[str, Any]]
"""What keys are called."""

_COLLECTIONS = ("apps", "entities", "numbers", "numberings", "option_sets", "pages", "processes", "roles", "views")
_NAMED_BY_FIELD = frozenset({"fields", "summary", "values", "widths"})
"""Settings whose parts are known by the keys of fields."""
_OF_FIELDS = frozenset({
    "background", "card", "columns", "duplicates", "end", "field", "fields", "group", "hidden", "open_when_frozen",
    "picture", "place", "progress", "readonly", "required", "start", "title",
})  # fmt: skip
_OF_STAGES = frozenset({"initial", "source", "target"})
_OF_COLLECTIONS = {
    "depends": "apps", "entity": "entities", "escalate": "roles", "numbering": "numberings", "numbers": "numbers",
    "owners": "roles", "page": "pages", "parent": "entities", "process": "processes", "reasons": "option_sets",
    "role": "roles", "roles": "roles", "set": "option_sets", "view": "views",
}  # fmt: skip
_SPOKEN = {"type": "field_type", **dict.fromkeys(("read", "update", "delete", "move"), "studio.value")}
"""Settings whose values have names in the catalogue of messages, and under which code."""
_SYSTEM: Labels = {each.key: msgspec.to_builtins(each.label) for each in SYSTEM_FIELD_DEFINITIONS}


def label_of(item: Any) -> dict[str, Any] | None:
    """Return an element's label or title, if it has one."""
    label = item.get("label") or item.get("title") if isinstance(item, dict) else None
    if isinstance(label, str) and "label" not in item:
        return None  # an entity's title is the key of a field
    return label if isinstance(label, dict) else {"zh": label} if isinstance(label, str) else None


class Glossary:
    """The labels that some documents give, the last of them first."""

    def __init__(self, *documents: Document) -> None:
        self._named: dict[str, dict[str, dict[str, Any]]] = {each: {} for each in _COLLECTIONS}
        self._fields: dict[str, dict[str, dict[str, Any]]] = {}
        self._stages: dict[str, dict[str, dict[str, Any]]] = {}
        self._entities: dict[Path, str] = {}
        for document in documents:
            for name, items in document.items():
                for item in items if isinstance(items, list) else ():
                    self._take(name, item)

    def _take(self, collection: str, item: Any) -> None:
        if not isinstance(item, dict) or not isinstance(key := item.get("key"), str):
            return
        self._named.setdefault(collection, {}).update(_labels([item]))
        entity = key if collection == "entities" else item.get("entity")
        if isinstance(entity, str):
            self._entities[collection, key] = entity
            if collection == "entities":
                self._fields.setdefault(entity, {}).update(_labels(item.get("fields")))
            if collection == "processes":
                self._stages.setdefault(entity, {}).update(_labels(item.get("stages")))

    def named(self, path: Path, names: tuple[Name, ...]) -> tuple[Name, ...]:
        """Return a place's name with the labels of those of its parts that only a key was known of."""
        return tuple(
            (self._part(path[: at + 1]) or name) if name == path[at] else name for at, name in enumerate(names)
        )

    def words(self, path: Path, *values: Any) -> Labels:
        """Return what the keys in a place's values are called, where the place holds keys."""
        setting = path[-1]
        is_access = path[0] == "roles" and len(path) > 5
        if code := "studio.value" if is_access else _SPOKEN.get(setting):
            return {value: _message(code, value) for value in values if isinstance(value, str)}
        if setting in _OF_COLLECTIONS:
            known: Labels = self._named[_OF_COLLECTIONS[setting]]
        elif setting in _OF_STAGES:
            known = self._stages.get(self._entity(path), {})
        elif setting in _OF_FIELDS:
            known = {**_SYSTEM, **self._fields.get(self._entity(path), {})}
        else:
            return {}
        keys = [key for value in values for key in (value if isinstance(value, list) else [value])]
        return {key: label for key, label in known.items() if key in keys}

    def _part(self, path: Path) -> dict[str, Any] | None:
        *above, key = path
        parent = above[-1] if above else ""
        if parent == "grants":
            return self._named["entities"].get(key)
        entity = self._entity(path)
        if parent in _NAMED_BY_FIELD:
            return self._fields.get(entity, _SYSTEM).get(key) or _SYSTEM.get(key)
        return self._stages.get(entity, {}).get(key) if parent == "stages" else None

    def _entity(self, path: Path) -> str:
        """Return the form that a place is about."""
        if path[0] == "roles" and len(path) > 3 and path[2] == "grants":
            return path[3]
        return self._entities.get(path[:2], "")


def _message(kind: str, value: str) -> dict[str, Any]:
    code = f"{kind}.{value}"
    return {language: value if (said := message(code, {}, language)) == code else said for language in LANGUAGES}


def _labels(items: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and isinstance(item.get("key"), str) and (label := label_of(item)):
            yield item["key"], label
