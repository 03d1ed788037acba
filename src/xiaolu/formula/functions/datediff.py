"""DATEDIF: whole units between two dates; the unit is a constant."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from xiaolu.formula.functions.definition import Checker
from xiaolu.formula.functions.operators import DAYS_BETWEEN
from xiaolu.formula.sql import pieces
from xiaolu.formula.syntax.nodes import Call, TextLiteral
from xiaolu.formula.typed import Apply, Operation, Typed
from xiaolu.formula.types import ValueType

_FORWARD = (
    "((extract(year FROM {1}) - extract(year FROM {0})) * 12 + extract(month FROM {1}) - extract(month FROM {0})"
    " - CASE WHEN extract(day FROM {1}) < extract(day FROM {0}) THEN 1 ELSE 0 END)"
)
_BACKWARD = _FORWARD.replace("{0}", "{2}").replace("{1}", "{0}").replace("{2}", "{1}")
_MONTHS = f"CASE WHEN {{1}} >= {{0}} THEN {_FORWARD} ELSE - {_BACKWARD} END"


def _months(start: date, end: date) -> int:
    if end < start:
        return -_months(end, start)
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def _cut(quotient: int, divisor: int) -> int:
    """Divide whole numbers towards zero, as PostgreSQL's div does."""
    return quotient // divisor if quotient >= 0 else -(-quotient // divisor)


def _operation(name: str, template: str, reduce: Callable[[int], int]) -> Operation:
    sql = pieces.once_pattern(template.replace("MONTHS", _MONTHS))
    return Operation(name, sql, lambda start, end: Decimal(reduce(_months(start, end))), scale=0)


UNITS = {
    "Y": _operation("years_between", "div(MONTHS, 12)", lambda months: _cut(months, 12)),
    "M": _operation("months_between", "(MONTHS)", lambda months: months),
    "YM": _operation("months_beyond_years", "mod(MONTHS, 12)", lambda months: months - 12 * _cut(months, 12)),
    "D": DAYS_BETWEEN,
}


def check_datedif(checker: Checker, node: Call) -> Typed | None:
    """Type ``DATEDIF(start, end, "M")``."""
    start = checker.check_as(node.arguments[0], ValueType.DATE)
    end = checker.check_as(node.arguments[1], ValueType.DATE)
    unit = node.arguments[2]
    if not isinstance(unit, TextLiteral) or unit.value.upper() not in UNITS:
        checker.refuse("formula.datedif_unit", unit.span)
        return None
    if start is None or end is None:
        return None
    return Apply(ValueType.NUMBER, UNITS[unit.value.upper()], (start, end))
