"""Types of the operators: numbers, dates and comparisons."""

from datetime import date
from decimal import Decimal

from xiaolu.formula.checking.conversion import common_type, converted
from xiaolu.formula.functions import operators
from xiaolu.formula.functions.date import ADD_DAYS_TO_MOMENT
from xiaolu.formula.limits import DECIMALS
from xiaolu.formula.typed import Aggregate, Apply, Constant, FieldValue, Operation, Typed
from xiaolu.formula.types import ValueType

NUMBER, DATE, DATETIME, BOOL, TEXT = (
    ValueType.NUMBER, ValueType.DATE, ValueType.DATETIME, ValueType.BOOL, ValueType.TEXT,
)  # fmt: skip
_ORDERED = frozenset({NUMBER, DATE, DATETIME, TEXT})
_LISTS = frozenset({ValueType.TEXT_LIST, ValueType.RECORD_LIST})
_SECONDS_A_DAY = Constant(NUMBER, Decimal(86400))


def calculated(sign: str, left: Typed, right: Typed) -> Typed | None:
    """Type ``left sign right`` for ``+ - * / ^``; None where the types do not go together."""
    if left.type in {DATE, DATETIME} and sign in {"+", "-"}:
        return _shifted(sign, left, right)
    if sign == "+" and right.type in {DATE, DATETIME}:
        return _shifted(sign, right, left)
    first, second = converted(left, NUMBER), converted(right, NUMBER)
    if first is None or second is None:
        return None
    if sign == "*":
        return Apply(NUMBER, _product(first, second), (first, second))
    operation = {
        "+": operators.ADD, "-": operators.SUBTRACT, "/": operators.DIVIDE, "^": operators.POWER,
    }[sign]  # fmt: skip
    return Apply(NUMBER, operation, (first, second))


def _shifted(sign: str, moment: Typed, other: Typed) -> Typed | None:
    if other.type is NUMBER:
        if sign == "-":
            other = Apply(NUMBER, operators.NEGATE, (other,))
        operation = operators.ADD_DAYS if moment.type is DATE else ADD_DAYS_TO_MOMENT
        return Apply(moment.type, operation, (moment, other))
    if sign == "+" or other.type not in {DATE, DATETIME}:
        return None
    if moment.type is DATE and other.type is DATE:
        return Apply(NUMBER, operators.DAYS_BETWEEN, (other, moment))
    start, end = converted(other, DATETIME), converted(moment, DATETIME)
    if start is None or end is None:
        return None
    seconds = Apply(NUMBER, operators.SECONDS_BETWEEN, (start, end))
    return Apply(NUMBER, operators.DIVIDE, (seconds, _SECONDS_A_DAY))


def _product(left: Typed, right: Typed) -> Operation:
    places = (decimal_places(left), decimal_places(right))
    is_exact = places[0] is not None and places[1] is not None and places[0] + places[1] <= DECIMALS
    return operators.MULTIPLY_EXACTLY if is_exact else operators.MULTIPLY


def decimal_places(value: Typed) -> int | None:
    """Return the most decimal places that a number can have; None where that is not known."""
    match value:
        case Constant():
            exponent = value.value.as_tuple().exponent if isinstance(value.value, Decimal) else 0
            return max(-exponent, 0) if isinstance(exponent, int) else None
        case FieldValue():
            return value.scale
        case Aggregate():
            if value.do in {"count", "count_unique"}:
                return 0
            return None if value.do == "average" or value.value is None else decimal_places(value.value)
        case Apply():
            return _places_of(value)


def _places_of(value: Apply) -> int | None:
    if value.operation.scale is not None:
        return value.operation.scale
    if value.operation in {operators.ADD, operators.SUBTRACT, operators.NEGATE, operators.MULTIPLY_EXACTLY}:
        places = [decimal_places(each) for each in value.operands]
        known = [each for each in places if each is not None]
        if len(known) == len(places):
            return sum(known) if value.operation is operators.MULTIPLY_EXACTLY else max(known)
    return None


def pair_types(left: ValueType, right: ValueType) -> ValueType | None:
    """Return the type in which two values are compared; None where they cannot be."""
    return None if left in _LISTS or right in _LISTS else common_type([left, right])


def comparison(sign: str, kind: ValueType, left: Typed, right: Typed) -> Typed | None:
    """Type a comparison of two values of one type; None where the type has no order."""
    if sign not in {"=", "<>"} and kind not in _ORDERED:
        return None
    table = operators.COMPARE_TEXT if kind is TEXT and sign in operators.COMPARE_TEXT else operators.COMPARE
    return Apply(BOOL, table[sign], (left, right))


def read_iso_date(text: str) -> date | None:
    """Read a literal such as ``2026-03-31`` that is compared with a date."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
