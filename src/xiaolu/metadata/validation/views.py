"""Views and numbers: what they show, filter, sort and count exists and can be so used."""

from xiaolu.formula.types import ValueType
from xiaolu.kit.problems import problem
from xiaolu.metadata.fields.protocol import FieldType
from xiaolu.metadata.model.entity import Field
from xiaolu.metadata.model.view import Measure, View
from xiaolu.metadata.model.workspace import Number
from xiaolu.metadata.validation.conditions import check_condition
from xiaolu.metadata.validation.scope import BUILT_IN_ROLES, Found, Scope, unknown
from xiaolu.metadata.validation.view_settings import check_settings

KINDS = ("grid", "board", "calendar", "gallery", "map", "timeline")
MEASURES = ("count", "count_distinct", "sum", "avg", "min", "max")
_MOMENTS = frozenset({ValueType.DATE, ValueType.DATETIME})
_NEVER_GROUPED = frozenset({"jsonb", "uuid[]"})
_NEVER_SORTED = frozenset({"jsonb", "uuid[]", "text[]"})


def check_views(scope: Scope) -> Found:
    """Check each view and number."""
    for view in scope.definitions.views:
        if view.entity in scope.entities:
            yield from _check_view(scope, view)
        else:
            yield unknown("reference.entity", view.entity, scope.entities, "views", view.key, "entity")
    for number in scope.definitions.numbers:
        if number.entity in scope.entities:
            yield from _check_number(scope, number)
        else:
            yield unknown("reference.entity", number.entity, scope.entities, "numbers", number.key, "entity")


def _check_view(scope: Scope, view: View) -> Found:
    here = ("views", view.key)
    if view.kind not in KINDS:
        yield problem("definition.not_allowed", *here, "kind", value=view.kind, allowed=list(KINDS))
    yield from check_settings(scope, view)
    for name in ("columns", "card"):
        for position, path in enumerate(getattr(view, name)):
            if scope.place(view.entity, path) is None:
                yield scope.unknown_path(view.entity, path, *here, name, position)
    if view.filter is not None:
        yield from check_condition(scope, view.entity, view.filter, *here, "filter")
    for position, sort in enumerate(view.sort):
        yield from _check_sort(scope, view.entity, sort.field, *here, "sort", position, "field")
    yield from _check_groups(scope, view)
    for position, measure in enumerate(view.measures):
        yield from check_measure(scope, view.entity, measure, *here, "measures", position)
    for key, do in view.summary.items():
        yield from check_measure(scope, view.entity, Measure(do=do, field=key), *here, "summary", key)
    yield from check_roles(scope, view.roles, *here, "roles")


def _check_groups(scope: Scope, view: View) -> Found:
    here = ("views", view.key)
    if view.group is not None:
        yield from check_group(scope, view.entity, view.group, *here, "group")
        if view.groups:
            yield problem("view.group_twice", *here, "groups")
    elif view.kind == "board" and view.entity not in scope.processes:
        yield problem("view.board_needs_group", *here, "group")
    for position, level in enumerate(view.groups):
        yield from check_group(scope, view.entity, level.field, *here, "groups", position, "field")


def _check_number(scope: Scope, number: Number) -> Found:
    here = ("numbers", number.key)
    yield from check_measure(scope, number.entity, number.measure, *here, "measure")
    for name in ("filter", "of"):
        condition = getattr(number, name)
        if condition is not None:
            yield from check_condition(scope, number.entity, condition, *here, name)
    yield from check_roles(scope, number.roles, *here, "roles")
    if number.view is not None:
        view = scope.views.get(number.view)
        if view is None:
            yield unknown("reference.view", number.view, scope.views, *here, "view")
        elif view.entity != number.entity:
            yield problem("number.other_entity", *here, "view", view=view.key, entity=number.entity)


def _check_sort(scope: Scope, entity: str, path: str, *at: str | int) -> Found:
    return _check_ordered(scope, entity, path, _NEVER_SORTED, "view.cannot_sort", *at)


def check_group(scope: Scope, entity: str, path: str, *at: str | int) -> Found:
    """Check that records can be grouped by a field."""
    return _check_ordered(scope, entity, path, _NEVER_GROUPED, "view.cannot_group", *at)


def _check_ordered(scope: Scope, entity: str, path: str, never: frozenset[str], code: str, *at: str | int) -> Found:
    place = scope.place(entity, path)
    if place is None:
        yield scope.unknown_path(entity, path, *at)
        return
    if place.field is not None and (kind := scope.sound_type(place.field)) is not None:
        storage = kind.storage(place.field)
        is_text = place.field.type in {"long_text", "rich_text"}
        if is_text or storage is None or storage.type in never:
            yield problem(code, *at, key=path, type=f"@field_type.{kind.key}")


def check_measure(scope: Scope, entity: str, measure: Measure, *at: str | int) -> Found:
    """Check that a measure is known and fits its field."""
    if measure.do not in MEASURES:
        yield problem("definition.not_allowed", *at, "do", value=measure.do, allowed=list(MEASURES))
        return
    if measure.field is None:
        if measure.do != "count":
            yield problem("options.aggregate_needs_field", *at, "field", aggregate=measure.do)
        return
    place = scope.place(entity, measure.field)
    if place is None:
        yield scope.unknown_path(entity, measure.field, *at, "field")
        return
    field = place.field
    kind = scope.sound_type(field) if field is not None else None
    if field is not None and kind is not None and not _can_measure(measure.do, field, kind):
        yield problem(
            "view.cannot_measure", *at, "field", do=measure.do, key=measure.field, type=f"@field_type.{kind.key}"
        )


def _can_measure(do: str, field: Field, kind: FieldType) -> bool:
    storage = kind.storage(field)
    if do in {"count", "count_distinct"}:
        return storage is not None
    value = kind.value_type(field)
    return value == ValueType.NUMBER or (do in {"min", "max"} and value in _MOMENTS)


def check_roles(scope: Scope, roles: tuple[str, ...], *at: str | int) -> Found:
    """Check that the roles exist."""
    for position, role in enumerate(roles):
        if role not in scope.roles and role not in BUILT_IN_ROLES:
            yield unknown("reference.role", role, scope.roles, *at, position)
