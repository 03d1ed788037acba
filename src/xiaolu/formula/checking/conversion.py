"""What the language turns into what by itself."""

from xiaolu.formula.functions.operators import TEXT_OF, TO_DATE, TO_MOMENT
from xiaolu.formula.typed import Apply, Constant, Typed
from xiaolu.formula.types import ValueType

_MOMENTS = {ValueType.DATE, ValueType.DATETIME}


def converted(value: Typed, wanted: ValueType) -> Typed | None:
    """Turn a value into ``wanted``: the empty value into any type, dates and moments into each other; None otherwise."""
    if value.type is wanted:
        return value
    if value.type is ValueType.NONE:
        return Constant(wanted, None)
    if {value.type, wanted} == _MOMENTS:
        return Apply(wanted, TO_DATE if wanted is ValueType.DATE else TO_MOMENT, (value,))
    return None


def as_text(value: Typed) -> Typed | None:
    """Write a value as ``&`` does; None for records and lists."""
    if value.type in {ValueType.TEXT, ValueType.NONE}:
        return converted(value, ValueType.TEXT)
    operation = TEXT_OF.get(value.type)
    return None if operation is None else Apply(ValueType.TEXT, operation, (value,))


def common_type(types: list[ValueType]) -> ValueType | None:
    """Return the one type that values of all these types can be turned into; None where there is none."""
    found = {each for each in types if each is not ValueType.NONE}
    if not found:
        return ValueType.NONE
    if found == _MOMENTS:
        return ValueType.DATETIME
    return found.pop() if len(found) == 1 else None
