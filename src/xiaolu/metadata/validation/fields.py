"""Fields: types and their settings, what they point to, and which properties go together."""

from collections.abc import Mapping
from typing import Any

from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.protocol import FieldType
from xiaolu.metadata.fields.registry import FIELD_TYPES
from xiaolu.metadata.model.entity import Entity, Field
from xiaolu.metadata.validation.narrowing import check_narrow
from xiaolu.metadata.validation.scope import Found, Scope, unknown

_NOT_UNIQUE = frozenset({"jsonb", "uuid[]", "text[]", "boolean"})


def check_fields(scope: Scope) -> Found:
    """Check every field of every entity."""
    for entity in scope.definitions.entities:
        for field in entity.fields:
            here = ("entities", entity.key, "fields", field.key)
            kind = FIELD_TYPES.get(field.type)
            if kind is None:
                yield unknown("reference.type", field.type, FIELD_TYPES, *here, "type")
                continue
            wrong = kind.check_definition(field)
            yield from (each.under(*here) for each in wrong)
            if not wrong:
                yield from (each.under(*here) for each in check_targets(scope, entity, field))
                yield from (each.under(*here) for each in _check_properties(scope, field, kind))


def check_targets(scope: Scope, entity: Entity, field: Field) -> Found:
    """Check that what the settings name exists."""
    options = field.options
    yield from _check_target(options, "set", "reference.option_set", scope.option_sets)
    if field.type in {"relation", "many_to_many"}:
        yield from _check_target(options, "target", "reference.entity", scope.entities)
    if options.get("narrow") and options["target"] in scope.entities:
        yield from check_narrow(scope, entity, field)
    if field.type == "auto_number":
        yield from _check_target(options, "numbering", "reference.numbering", scope.numberings)
    if field.type == "sub_table":
        yield from _check_target(options, "entity", "reference.entity", scope.entities)
        child = scope.entities.get(options["entity"])
        if child is not None and child.parent != entity.key:
            yield problem("sub_table.not_a_child", "options", "entity", child=child.key, parent=entity.key)
    if field.type == "lookup":
        yield from _check_lookup(scope, entity, options)
    if field.type == "rollup":
        yield from _check_rollup(scope, entity, options)
    if isinstance(options.get("format"), dict):
        yield from (
            Problem(code=each.code, path=("options", "format", *each.path[1:]), params=each.params)
            for each in _check_target(options["format"], "set", "reference.option_set", scope.option_sets)
        )


def _check_target(options: Mapping[str, Any], name: str, code: str, known: Mapping[str, object]) -> Found:
    key = options.get(name)
    if isinstance(key, str) and key not in known:
        yield unknown(code, key, known, "options", name)


def _check_lookup(scope: Scope, entity: Entity, options: Mapping[str, Any]) -> Found:
    place = scope.place(entity.key, options["relation"])
    if place is None or place.ref is None:
        known = [each.key for each in scope.catalogue[entity.key].fields if each.target and not each.is_children]
        yield unknown("reference.field", options["relation"], dict.fromkeys(known), "options", "relation")
    elif place.ref.target is None or place.ref.is_children:
        yield problem("lookup.not_a_relation", "options", "relation", key=options["relation"])
    elif scope.place(place.ref.target, options["field"]) is None:
        target = scope.catalogue.entity(place.ref.target)
        known = [each.key for each in target.fields] if target else []
        yield unknown("reference.field", options["field"], dict.fromkeys(known), "options", "field")


def _check_rollup(scope: Scope, entity: Entity, options: Mapping[str, Any]) -> Found:
    own = scope.catalogue[entity.key].fields
    children = next((each for each in own if options["children"] in (each.key, each.label) and each.is_children), None)
    if children is None or children.target is None:
        known = dict.fromkeys(each.key for each in own if each.is_children)
        yield unknown("reference.children", options["children"], known, "options", "children")
        return
    measured = options.get("field")
    if measured is not None and scope.place(children.target, measured) is None:
        target = scope.catalogue.entity(children.target)
        known = dict.fromkeys(each.key for each in target.fields) if target else {}
        yield unknown("reference.field", measured, known, "options", "field")


def cannot_be(field: Field, kind: FieldType) -> dict[str, str]:
    """Return the properties that do not suit a field of this type, with the code of the reason."""
    storage = kind.storage(field)
    is_listable = (
        storage is not None and storage.type not in _NOT_UNIQUE and field.type not in {"long_text", "rich_text"}
    )
    found: dict[str, str] = {}
    if storage is None:
        found |= dict.fromkeys(("default", "set_when", "set_to"), "field.has_no_column")
    if kind.is_computed:
        found |= dict.fromkeys(("required", "required_if", "default", "set_when", "set_to"), "field.is_computed")
    if not is_listable or field.type in {"formula", "lookup", "rollup"}:
        found["unique"] = "field.cannot_be_unique"
    if not (kind.is_text and storage is not None):
        found["searchable"] = "field.cannot_be_searched"
    return found


def _check_properties(scope: Scope, field: Field, kind: FieldType) -> Found:
    """Check that the properties of the field suit its type."""
    for name, code in cannot_be(field, kind).items():
        if getattr(field, name):
            yield problem(code, name, type=f"@field_type.{kind.key}")
    if (field.set_when is None) != (field.set_to is None):
        yield problem("field.set_needs_both", "set_to" if field.set_to is None else "set_when")
    yield from _check_option_conditions(scope, field)


def _check_option_conditions(scope: Scope, field: Field) -> Found:
    if not field.options_if:
        return
    options = scope.choices(field)
    if options is None:
        yield problem("field.has_no_options", "options_if")
        return
    known = {each.key: each for each in options}
    for key in field.options_if:
        if key not in known:
            yield unknown("reference.option", key, known, "options_if", key)
