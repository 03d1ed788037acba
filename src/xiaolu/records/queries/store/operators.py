"""Comparisons as SQL: one column, one operator, one operand. An empty value meets only negations and ``empty``."""

from typing import Any

from xiaolu.formula.types import ValueType
from xiaolu.kit.sql import FALSE, TRUE, Sql, all_of, any_of, compose, param, raw
from xiaolu.records.queries.operands import MATCHING, Many, Nothing, One, Operand, Range, Span
from xiaolu.records.queries.store.columns import Column

_SIGNS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_LISTS = (ValueType.TEXT_LIST, ValueType.RECORD_LIST)


def compare(column: Column, op: str, operand: Operand) -> Sql | None:
    """Return the condition, or None where the operator and the operand do not go together."""
    if isinstance(operand, Nothing):
        found = _is_empty(column)
        return found if op == "empty" else compose("NOT {found}", found=found)
    if column.children is not None:
        return None
    if isinstance(operand, Span):
        return _compare_span(column.value, column.cast, op, operand)
    if isinstance(operand, Range):
        return _compare_range(column, operand)
    if column.field.type.value_type(column.field.definition) in _LISTS:
        return _compare_list(column, op, operand)
    return _compare_many(column, op, operand.values) if isinstance(operand, Many) else _compare_one(column, op, operand)


def _compare_range(column: Column, operand: Range) -> Sql:
    low = [] if operand.low is None else [_sign(column, ">=", operand.low)]
    high = [] if operand.high is None else [_sign(column, "<=", operand.high)]
    return all_of([*low, *high])


def _bound(column: Column, value: Any) -> Sql:
    return param(value, column.cast)


def _sign(column: Column, sign: str, value: Any) -> Sql:
    return compose(f"{{value}} {sign} {{bound}}", value=column.value, bound=_bound(column, value))


def _is_empty(column: Column) -> Sql:
    if column.children is not None or column.pairs is not None:
        return compose("(NOT EXISTS (SELECT FROM {rows}))", rows=column.children or column.pairs or raw(""))
    if column.cast.endswith("[]"):
        return compose("(coalesce(cardinality({value}), 0) = 0)", value=column.value)
    if column.cast == "text":
        return compose("({value} IS NULL OR {value} = '')", value=column.value)
    return compose("({value} IS NULL)", value=column.value)


def _compare_one(column: Column, op: str, operand: One) -> Sql | None:
    value = operand.value
    if op == "eq":
        return _sign(column, "=", value)
    if op == "ne":
        return compose("{value} IS DISTINCT FROM {bound}", value=column.value, bound=_bound(column, value))
    if op in _SIGNS:
        return _sign(column, _SIGNS[op], value)
    if op in MATCHING and isinstance(value, str):
        return _match(column.value, op, value)
    if op == "under":
        return _under(column, [value])
    return None


def _match(value: Sql, op: str, text: str) -> Sql:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    pattern = f"{escaped}%" if op == "starts_with" else f"%{escaped}%"
    found = compose("{value} ILIKE {pattern}", value=value, pattern=param(pattern, "text"))
    return compose("coalesce(NOT ({found}), TRUE)", found=found) if op == "not_contains" else found


def _compare_many(column: Column, op: str, values: list[Any]) -> Sql | None:
    if op == "under":
        return _under(column, values)
    listed = param(values, f"{column.cast}[]")
    if op in ("in", "eq"):
        return compose("{value} = ANY({listed})", value=column.value, listed=listed) if values else FALSE
    if op in ("not_in", "ne"):
        found = compose("coalesce({value} <> ALL({listed}), TRUE)", value=column.value, listed=listed)
        return found if values else TRUE
    return None


def _under(column: Column, values: list[Any]) -> Sql:
    """Return the condition that a region or department is one of ``values`` or lies below one."""
    if column.target == "department":
        return compose(
            "{value} IN (WITH RECURSIVE below AS (SELECT id FROM department WHERE id = ANY({roots}) UNION "
            "SELECT d.id FROM department d JOIN below ON d.parent_id = below.id) SELECT id FROM below)",
            value=column.value,
            roots=param(values, "uuid[]"),
        )
    return any_of(
        compose("{value} LIKE {prefix}", value=column.value, prefix=param(_region_prefix(each) + "%", "text"))
        for each in values
    )


def _region_prefix(code: str) -> str:
    """Return what all codes in a province (44), city (4403) or district (440305) begin with."""
    while code.endswith("00"):
        code = code[:-2]
    return code


def _compare_list(column: Column, op: str, operand: One | Many) -> Sql | None:
    given = operand.values if isinstance(operand, Many) else operand.value
    values = list(given) if isinstance(given, (list, tuple)) else [given]
    op = {"eq": "has_all", "ne": "has_none", "in": "has_any", "not_in": "has_none", "contains": "has_any"}.get(op, op)
    if not values:
        return TRUE if op == "has_none" else FALSE
    if op == "has_all":
        if column.pairs is None:
            return compose("{value} @> {listed}", value=column.value, listed=param(values, column.cast))
        return all_of(_paired(column.pairs, [each]) for each in values)
    if op not in ("has_any", "has_none"):
        return None
    if column.pairs is not None:
        found = _paired(column.pairs, values)
    else:
        found = compose("{value} && {listed}", value=column.value, listed=param(values, column.cast))
    return found if op == "has_any" else compose("coalesce(NOT ({found}), TRUE)", found=found)


def _paired(pairs: Sql, values: list[Any]) -> Sql:
    return compose(
        "EXISTS (SELECT FROM {pairs} AND l.target = ANY({listed}))", pairs=pairs, listed=param(values, "uuid[]")
    )


def _compare_span(value: Sql, cast: str, op: str, span: Span) -> Sql | None:
    """Compare with a stretch of time: ``lt`` is before it begins, ``gt`` after it ended, ``eq`` and ``within`` inside it."""
    first, end = span.first, span.end
    is_instant = first is not None and first == end
    before = compose("{value} < {bound}", value=value, bound=param(first, cast))
    reached = compose("{value} >= {bound}", value=value, bound=param(first, cast))
    inside_end = compose(f"{{value}} {'<=' if is_instant else '<'} {{bound}}", value=value, bound=param(end, cast))
    after = compose(f"{{value}} {'>' if is_instant else '>='} {{bound}}", value=value, bound=param(end, cast))
    inside = all_of([*([] if first is None else [reached]), *([] if end is None else [inside_end])])
    if op == "ne":
        return compose("coalesce(NOT {inside}, TRUE)", inside=inside)
    return {"lt": before, "le": inside_end, "gt": after, "ge": reached}.get(op, inside)
