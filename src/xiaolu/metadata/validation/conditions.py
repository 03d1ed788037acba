"""Structured filters: their shape, fields, operators and values."""

from typing import Any

from xiaolu.kit.problems import problem
from xiaolu.metadata.fields.protocol import FieldType, Refusal
from xiaolu.metadata.model.entity import Field
from xiaolu.metadata.model.view import Condition
from xiaolu.metadata.validation.scope import Found, Scope

_PERSON_OPERATORS = ("eq", "ne", "contains", "not_contains", "starts_with", "in", "not_in", "empty", "not_empty")
_WITHOUT_VALUE = frozenset({"empty", "not_empty"})
_TEXT_PARTS = frozenset({"contains", "not_contains", "starts_with"})
_DEEPEST = 10


def check_condition(scope: Scope, entity: str, condition: Condition, *path: str | int, depth: int = 0) -> Found:
    """Check one condition and all below it; formulas are checked with the others."""
    forms = [
        condition.all_ is not None,
        condition.any_ is not None,
        condition.field is not None,
        condition.formula is not None,
    ]
    if sum(forms) != 1:
        yield problem("condition.one_form", *path)
        return
    if depth > _DEEPEST:
        yield problem("condition.too_deep", *path, maximum=_DEEPEST)
        return
    for name, group in (("and", condition.all_), ("or", condition.any_)):
        for position, each in enumerate(group or ()):
            yield from check_condition(scope, entity, each, *path, name, position, depth=depth + 1)
    if condition.field is not None:
        yield from _check_comparison(scope, entity, condition.field, condition, *path)


def _check_comparison(scope: Scope, entity: str, dotted: str, condition: Condition, *path: str | int) -> Found:
    place = scope.place(entity, dotted)
    if place is None:
        yield scope.unknown_path(entity, dotted, *path, "field")
        return
    kind = scope.sound_type(place.field) if place.field is not None else None
    if place.field is not None and kind is None:
        return
    allowed = kind.operators_of(place.field) if kind is not None and place.field is not None else _PERSON_OPERATORS
    if condition.op not in allowed:
        yield problem("condition.operator", *path, "op", op=condition.op or "", field=dotted, allowed=list(allowed))
        return
    if (condition.value is None) != (condition.op in _WITHOUT_VALUE):
        yield problem(
            "condition.value_surplus" if condition.value is not None else "condition.value_missing", *path, "value"
        )
        return
    if place.field is not None and kind is not None:
        yield from _check_value(scope, place.field, kind, condition, *path, "value")


def _check_value(scope: Scope, field: Field, kind: FieldType, condition: Condition, *path: str | int) -> Found:
    value: Any = condition.value
    if condition.op in _TEXT_PARTS or condition.op == "within" or value is None:
        return
    if condition.op == "between" and (not isinstance(value, list) or len(value) != 2):
        yield problem("condition.two_values", *path)
        return
    items = value if isinstance(value, list) else [value]
    reader = kind.reader(field, is_limited=False)
    for position, item in enumerate(items):
        if isinstance(item, dict):
            continue
        outcome = reader(item, scope.names)
        if isinstance(outcome, Refusal):
            at = (*path, position) if isinstance(value, list) else path
            yield from (each.under(*at) for each in outcome.problems)
