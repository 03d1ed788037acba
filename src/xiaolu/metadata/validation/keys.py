"""Keys and labels: well-formed, distinct, and not taken by the platform."""

import re
from collections.abc import Sequence

from xiaolu.kit.problems import problem
from xiaolu.metadata.catalogue import PARENT_FIELD
from xiaolu.metadata.model.common import KEY_PATTERN, Named
from xiaolu.metadata.model.entity import SYSTEM_FIELDS, Entity
from xiaolu.metadata.model.workspace import COLLECTIONS
from xiaolu.metadata.validation.scope import Found, Scope

_KEY = re.compile(KEY_PATTERN)
RESERVED_ENTITIES = frozenset({"member", "department", "file"})
RESERVED_FIELDS = frozenset({*SYSTEM_FIELDS, "search", "process_version", "parent_id", "position", PARENT_FIELD})


def check_keys(scope: Scope) -> Found:
    """Check the keys and labels of everything that has them."""
    definitions = scope.definitions
    for name in COLLECTIONS:
        yield from check_named(getattr(definitions, name), name)
    for entity in definitions.entities:
        if entity.key in RESERVED_ENTITIES:
            yield problem("key.reserved", "entities", entity.key, "key", key=entity.key)
        yield from _check_field_keys(entity)
    for process in definitions.processes:
        here = ("processes", process.key)
        yield from check_named(process.stages, *here, "stages")
        yield from check_named(process.transitions, *here, "transitions")
        slots = [slot for stage in process.stages for slot in stage.evidence]
        yield from check_named(slots, *here, "evidence", has_distinct_labels=False)


def check_named(items: Sequence[Named], *path: str, has_distinct_labels: bool = False) -> Found:
    """Check a list of named things."""
    keys: set[str] = set()
    labels: set[str] = set()
    for item in items:
        if not _KEY.fullmatch(item.key):
            yield problem("key.pattern", *path, item.key, "key", key=item.key)
        if item.key in keys:
            yield problem("key.repeated", *path, item.key, "key", key=item.key)
        if not item.label.zh.strip():
            yield problem("label.empty", *path, item.key, "label")
        elif has_distinct_labels and item.label.zh.strip() in labels:
            yield problem("label.repeated", *path, item.key, "label", label=item.label.zh)
        keys.add(item.key)
        labels.add(item.label.zh.strip())


def check_named_keys(keys: Sequence[str], *path: str) -> Found:
    """Check the keys of a list of things that need no label."""
    seen: set[str] = set()
    for key in keys:
        if not _KEY.fullmatch(key):
            yield problem("key.pattern", *path, key, "key", key=key)
        if key in seen:
            yield problem("key.repeated", *path, key, "key", key=key)
        seen.add(key)


def _check_field_keys(entity: Entity) -> Found:
    path = ("entities", entity.key, "fields")
    yield from check_named(entity.fields, *path, has_distinct_labels=True)
    for field in entity.fields:
        if field.key in RESERVED_FIELDS or "__" in field.key:
            yield problem("key.reserved", *path, field.key, "key", key=field.key)
        if any(each in field.label.zh for each in "{}."):
            yield problem("label.characters", *path, field.key, "label", label=field.label.zh)
