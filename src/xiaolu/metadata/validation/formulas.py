"""Formulas: each compiles to a value of the type that its place needs, and stored ones do not run in circles."""

from collections.abc import Iterator
from dataclasses import dataclass

from xiaolu.formula import Compiled, compile_formula, order_formulas
from xiaolu.formula.types import ValueType
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.computed import formula_text
from xiaolu.metadata.fields.kind import Kind
from xiaolu.metadata.fields.registry import FIELD_TYPES
from xiaolu.metadata.fields.results import RESULT_TYPES
from xiaolu.metadata.model.entity import Entity, Field, FieldRule
from xiaolu.metadata.model.view import Condition
from xiaolu.metadata.validation.fields import check_targets
from xiaolu.metadata.validation.scope import Found, Scope

_ALSO_TAKES = {
    ValueType.TEXT_LIST: (ValueType.TEXT,),
    ValueType.RECORD_LIST: (ValueType.RECORD,),
    ValueType.DATE: (ValueType.DATETIME,),
    ValueType.DATETIME: (ValueType.DATE,),
}
"""Other types of result that a field of a type can take."""


@dataclass(frozen=True, slots=True)
class Use:
    """A formula at its place."""

    text: str
    entity: str
    path: tuple[str | int, ...]
    field: Field | None = None
    """The field that takes the result; None for conditions."""
    is_change_allowed: bool = False


def check_formulas(scope: Scope) -> Found:
    """Compile every formula, and order those that are stored."""
    for use in _uses(scope):
        if use.entity in scope.entities:
            yield from _check_use(scope, use)
    yield from _check_computed(scope)


def _check_use(scope: Scope, use: Use) -> Found:
    compiled = compile_formula(
        use.text,
        entity=use.entity,
        catalogue=scope.catalogue,
        expected=ValueType.BOOL if use.field is None else None,
        changed_allowed=use.is_change_allowed,
    )
    if not isinstance(compiled, Compiled):
        yield from (each.under(*use.path) for each in compiled)
    elif use.field is not None:
        yield from (each.under(*use.path) for each in _check_value(scope, compiled, use.field))


def check_result(scope: Scope, compiled: Compiled, field: Field) -> Found:
    """Tell why a field cannot take what a formula gives, as its own formula or as a value for it."""
    if field.type == "formula":
        yield from _check_stored(compiled, field)
    else:
        yield from _check_value(scope, compiled, field)


def _check_value(scope: Scope, compiled: Compiled, field: Field) -> Found:
    kind = scope.sound_type(field)
    if kind is None:
        return
    wanted = kind.value_type(field)
    if wanted == ValueType.NONE:
        yield problem("formula.field_takes_none", field=field.key)
    elif compiled.type not in (wanted, ValueType.NONE, *_ALSO_TAKES.get(wanted, ())):
        yield problem("formula.wrong_result", found=f"@formula.type.{compiled.type}", wanted=f"@formula.type.{wanted}")


def _check_computed(scope: Scope) -> Found:
    compiled: dict[tuple[str, str], Compiled] = {}
    for entity in scope.definitions.entities:
        for field in entity.fields:
            if field.type not in {"formula", "lookup", "rollup"} or scope.sound_type(field) is None:
                continue
            if any(check_targets(scope, entity, field)):
                continue
            here = ("entities", entity.key, "fields", field.key, "options")
            found = compile_formula(_text_of(scope, entity, field), entity=entity.key, catalogue=scope.catalogue)
            if not isinstance(found, Compiled):
                name = "formula" if field.type == "formula" else "where" if field.options.get("where") else "field"
                yield from (each.under(*here, name) for each in found)
                continue
            compiled[entity.key, field.key] = found
            yield from (each.under(*here) for each in _check_stored(found, field))
    ordered = order_formulas(compiled, scope.catalogue)
    for each in ordered:
        if isinstance(each, Problem):
            entity_key, field_key = each.path
            yield problem(each.code, "entities", entity_key, "fields", field_key, "options", **each.params)


def _text_of(scope: Scope, entity: Entity, field: Field) -> str:
    return formula_text(field, entity.key, scope.catalogue) or ""


def _check_stored(compiled: Compiled, field: Field) -> Found:
    if "member" in compiled.reads:
        yield problem("formula.stored_for_one_person", "formula")
    kind = FIELD_TYPES[field.type]
    wanted = kind.value_type(field)
    if compiled.type in (wanted, ValueType.NONE):
        return
    fitting = [each.key for each in FIELD_TYPES.values() if not each.is_computed and _gives(each, compiled.type)]
    result = str(field.options.get("result", "decimal" if field.type != "lookup" else "text"))
    yield problem(
        "formula.wrong_field_result", "result", result=result, found=f"@formula.type.{compiled.type}", fitting=fitting
    )


def _gives(kind: object, wanted: ValueType) -> bool:
    return isinstance(kind, Kind) and kind.key in RESULT_TYPES and kind.value == wanted


def _uses(scope: Scope) -> Iterator[Use]:
    for entity in scope.definitions.entities:
        here: tuple[str | int, ...] = ("entities", entity.key)
        yield from _rules(entity.rules, entity.key, *here)
        for field in entity.fields:
            if field.type in FIELD_TYPES:
                yield from _field_uses(entity, field)
    yield from _process_uses(scope)
    for role in scope.definitions.roles:
        for position, grant in enumerate(role.grants):
            if grant.formula is not None:
                yield Use(grant.formula, grant.entity, ("roles", role.key, "grants", position, "formula"))
    yield from _shown_uses(scope)


def _shown_uses(scope: Scope) -> Iterator[Use]:
    """Give the formulas in what is shown: views, pages and figures."""
    for view in scope.definitions.views:
        yield from _condition_uses(view.filter, view.entity, "views", view.key, "filter")
        for position, rule in enumerate(view.colours):
            yield from _condition_uses(rule.when, view.entity, "views", view.key, "colours", position, "when")
    for page in scope.definitions.pages:
        for block in page.blocks:
            if block.entity is not None:
                yield from _condition_uses(block.filter, block.entity, "pages", page.key, "blocks", block.key, "filter")
    for number in scope.definitions.numbers:
        yield from _condition_uses(number.filter, number.entity, "numbers", number.key, "filter")
        yield from _condition_uses(number.of, number.entity, "numbers", number.key, "of")


def _field_uses(entity: Entity, field: Field) -> Iterator[Use]:
    here = ("entities", entity.key, "fields", field.key)
    if field.default is not None:
        yield Use(field.default, entity.key, (*here, "default"), field)
    if field.set_to is not None:
        yield Use(field.set_to, entity.key, (*here, "set_to"), field, is_change_allowed=True)
    if field.set_when is not None:
        yield Use(field.set_when, entity.key, (*here, "set_when"), is_change_allowed=True)
    for name in ("visible_if", "required_if"):
        text = getattr(field, name)
        if text is not None:
            yield Use(text, entity.key, (*here, name))
    for key, text in field.options_if.items():
        yield Use(text, entity.key, (*here, "options_if", key))
    for text in field.tip_if:
        yield Use(text, entity.key, (*here, "tip_if", text))
    yield from _rules(field.rules, entity.key, *here)


def _rules(rules: tuple[FieldRule, ...], entity: str, *path: str | int) -> Iterator[Use]:
    for position, rule in enumerate(rules):
        yield Use(rule.check, entity, (*path, "rules", position, "check"), is_change_allowed=True)


def _process_uses(scope: Scope) -> Iterator[Use]:
    for process in scope.definitions.processes:
        fields = scope.fields(process.entity)
        for transition in process.transitions:
            here = ("processes", process.key, "transitions", transition.key)
            if transition.guard is not None:
                yield Use(transition.guard, process.entity, (*here, "guard"))
            for position, effect in enumerate(transition.effects):
                for key, text in effect.values.items():
                    path = (*here, "effects", position, "values", key)
                    if key in fields:
                        yield Use(text, process.entity, path, fields[key], is_change_allowed=True)


def _condition_uses(condition: Condition | None, entity: str, *path: str | int) -> Iterator[Use]:
    if condition is None:
        return
    if condition.formula is not None:
        yield Use(condition.formula, entity, (*path, "formula"))
    for name, group in (("and", condition.all_), ("or", condition.any_)):
        for position, each in enumerate(group or ()):
            yield from _condition_uses(each, entity, *path, name, position)
