"""Where a computed field takes its value from, and whether its reader may see that: a lookup tells no more than its source.

A lookup's value shows only where the record that it comes from may be read, and the field there seen. A rollup is a figure
about the record that it stands on and counts every row, whoever reads it; it is hidden from whom nothing of those rows, or not
the field summed up, is shown at all.
"""

from collections.abc import Callable, Mapping
from typing import Any

from xiaolu.metadata.model.access import FieldAccess
from xiaolu.metadata.snapshot import EntityModel, Snapshot

AccessOf = Callable[[str], Mapping[str, FieldAccess] | None]
"""Entity → what may be read of its fields, None where nothing may."""

_DEEPEST = 8
"""Lookups of lookups that are followed; more than this counts as hidden."""


def source_of(snapshot: Snapshot, model: EntityModel, key: str) -> tuple[str, str | None] | None:
    """Return the entity, and the field there, that a lookup or rollup takes its value from; None for other fields."""
    field = model.fields[key]
    options: Mapping[str, Any] = field.definition.options
    if field.definition.type == "lookup":
        relation = model.fields.get(options["relation"])
        target = relation.type.target(relation.definition) if relation is not None else None
        return (target, options["field"]) if target in snapshot.entities else None
    if field.definition.type == "rollup":
        entity = _collected(snapshot, model, options["children"])
        return (entity, options.get("field")) if entity is not None else None
    return None


def _collected(snapshot: Snapshot, model: EntityModel, children: str) -> str | None:
    """Return the entity of a collection, unless its rows are part of this record anyway."""
    first = children.split(".", 1)[0]
    holder = model.fields.get(first)
    entity = holder.type.target(holder.definition) if holder is not None else first
    found = snapshot.entities.get(entity or "")
    return None if found is None or found.definition.parent == model.key else entity


def hidden_by_source(snapshot: Snapshot, model: EntityModel, access_of: AccessOf) -> frozenset[str]:
    """Return the computed fields whose source is never shown to this reader."""
    return frozenset(key for key in model.fields if not _is_source_shown(snapshot, model, key, access_of, 0))


def _is_source_shown(snapshot: Snapshot, model: EntityModel, key: str, access_of: AccessOf, depth: int) -> bool:
    source = source_of(snapshot, model, key)
    if source is None:
        return True
    entity, field = source
    access = access_of(entity) if depth < _DEEPEST else None
    if access is None or (field is not None and access.get(field, FieldAccess.HIDDEN) is FieldAccess.HIDDEN):
        return False
    further = snapshot.entities[entity]
    return (
        field is None or field not in further.fields or _is_source_shown(snapshot, further, field, access_of, depth + 1)
    )
