"""Entities as wholes: title, parent, groups of duplicates."""

from xiaolu.kit.problems import problem
from xiaolu.metadata.model.entity import Entity
from xiaolu.metadata.validation.scope import Found, Scope, unknown


def check_entities(scope: Scope) -> Found:
    """Check each entity."""
    for entity in scope.definitions.entities:
        here = ("entities", entity.key)
        if not entity.fields:
            yield problem("entity.no_fields", *here, "fields")
        yield from _check_title(scope, entity)
        yield from _check_parent(scope, entity)
        yield from _check_duplicates(scope, entity)


def _check_title(scope: Scope, entity: Entity) -> Found:
    own = {each.key: each for each in entity.fields}
    field = own.get(entity.title)
    if field is None:
        yield unknown("reference.field", entity.title, own, "entities", entity.key, "title")
        return
    kind = scope.sound_type(field)
    if kind is not None and not kind.is_text:
        yield problem("entity.title_not_text", "entities", entity.key, "title", key=entity.title)


def _check_parent(scope: Scope, entity: Entity) -> Found:
    if entity.parent is None:
        return
    here = ("entities", entity.key, "parent")
    parent = scope.entities.get(entity.parent)
    if parent is None:
        yield unknown("reference.entity", entity.parent, scope.entities, *here)
        return
    if entity.key in scope.processes:
        yield problem("entity.child_process", "entities", entity.key, "parent", process=scope.processes[entity.key].key)
    fields = [each for each in parent.fields if each.type == "sub_table" and each.options.get("entity") == entity.key]
    if len(fields) != 1:
        yield problem("entity.child_needs_field", *here, parent=parent.key, child=entity.key)
    seen = {entity.key}
    above: Entity | None = parent
    while above is not None and above.key not in seen:
        seen.add(above.key)
        above = scope.entities.get(above.parent) if above.parent else None
    if above is not None:
        yield problem("entity.parent_circle", *here, parent=entity.parent)


def _check_duplicates(scope: Scope, entity: Entity) -> Found:
    own = {each.key: each for each in entity.fields}
    for position, group in enumerate(entity.duplicates):
        here = ("entities", entity.key, "duplicates", position)
        if not group:
            yield problem("entity.empty_group", *here)
        for at, key in enumerate(group):
            field = own.get(key)
            if field is None:
                yield unknown("reference.field", key, own, *here, at)
                continue
            kind = scope.sound_type(field)
            storage = kind.storage(field) if kind is not None else None
            if kind is not None and (storage is None or storage.type in {"jsonb", "uuid[]", "text[]", "boolean"}):
                yield problem("entity.not_comparable", *here, at, key=key)
