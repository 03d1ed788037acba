"""Building blocks of SQL expressions.

PostgreSQL's own functions fail on some input (division by zero, dates out of range, counts that do not fit an integer).
The pieces here turn each such case into NULL beforehand. ``greatest`` and ``least`` pass over NULL, which the clamps
below rely on: they mention their operand once, so that nested formulas do not grow exponentially.
"""

import re
from collections.abc import Callable
from typing import Protocol

from xiaolu.formula.environment import SqlEnv
from xiaolu.formula.limits import DECIMALS, MAX_DIGITS
from xiaolu.formula.types import ValueType
from xiaolu.kit.sql import Param, Sql, join, raw

POSTGRES_TYPES = {
    ValueType.TEXT: "text",
    ValueType.NUMBER: "numeric",
    ValueType.BOOL: "boolean",
    ValueType.DATE: "date",
    ValueType.DATETIME: "timestamptz",
    ValueType.TEXT_LIST: "text[]",
    ValueType.RECORD: "uuid",
    ValueType.RECORD_LIST: "uuid[]",
    ValueType.NONE: "text",
}
"""The PostgreSQL type of each value type."""

Renderer = Callable[..., Sql]


class Surroundings(Protocol):
    """What operations that depend on the environment are given."""

    env: SqlEnv


_SLOT = re.compile(r"\{(\d)\}")


def pattern(text: str) -> Renderer:
    """Make a renderer from trusted SQL text with ``{0}``, ``{1}`` … for the operands."""
    pieces = _SLOT.split(text)

    def render(*operands: Sql) -> Sql:
        parts: list[str | Param] = []
        for index, piece in enumerate(pieces):
            if index % 2:
                parts.extend(operands[int(piece)].parts)
            elif piece:
                parts.append(piece)
        return Sql(tuple(parts))

    return render


def local_pattern(text: str) -> Renderer:
    """Like ``pattern`` for operations that need the environment: ``{9}`` is the workspace's time zone."""
    inner = pattern(text)

    def render(surroundings: Surroundings, *operands: Sql) -> Sql:
        zone = Sql((Param(surroundings.env.time_zone, "text"),))
        return inner(*operands, *([zone] * (10 - len(operands))))

    return render


def infix(operator: str) -> Renderer:
    """Make a renderer that puts trusted operator text between any number of operands."""
    return lambda *operands: raw("(") + join(f" {operator} ", operands) + raw(")")


def call(function: str) -> Renderer:
    """Make a renderer of a PostgreSQL function call with any number of operands."""
    return lambda *operands: raw(f"{function}(") + join(", ", operands) + raw(")")


def once(body: Renderer, *operands: Sql) -> Sql:
    """Render ``body``, which mentions operands more than once, so that none is written or computed twice."""
    if all(_is_plain(each) for each in operands):
        return body(*operands)
    names = [f"x{index}" for index in range(len(operands))]
    columns = join(", ", [each + raw(f" AS {name}") for each, name in zip(operands, names, strict=True)])
    inner = body(*(raw(f"_v.{name}") for name in names))
    return raw("(SELECT ") + inner + raw(" FROM (SELECT ") + columns + raw(" OFFSET 0) AS _v)")


def once_pattern(text: str) -> Renderer:
    """Like ``pattern``, for text that mentions an operand more than once."""
    inner = pattern(text)
    return lambda *operands: once(inner, *operands)


def _is_plain(operand: Sql) -> bool:
    return len(operand.parts) == 1 and (isinstance(operand.parts[0], Param) or "(" not in operand.parts[0])


def clamped(operand: Sql, above: str, below: str) -> Sql:
    """Give NULL where the operand is not strictly between two trusted constants."""
    return raw("nullif(nullif(greatest(least(") + operand + raw(f", {above}), {below}), {above}), {below})")


def bounded(number: Sql) -> Sql:
    """Give NULL for numbers that are too large to keep."""
    return clamped(number, f"1e{MAX_DIGITS}", f"-1e{MAX_DIGITS}")


def whole(number: Sql, low: int, high: int) -> Sql:
    """Give the whole part as an integer; NULL where it is not within ``low`` and ``high``."""
    constant = number.parts[0] if len(number.parts) == 1 else None
    if isinstance(constant, Param) and constant.value is not None:
        value = int(constant.value)
        return Sql((Param(value if low <= value <= high else None, "int"),))
    return clamped(raw("trunc(") + number + raw(")"), str(high + 1), f"({low - 1})") + raw("::int")


def bounded_date(day: Sql) -> Sql:
    """Give NULL for dates outside the years 1 to 9999, their very first and last day included (see the Python twin)."""
    return clamped(day, "date '9999-12-31'", "date '0001-01-01'")


def bounded_moment(moment: Sql) -> Sql:
    """Give NULL for moments outside the years 2 to 9998, which leaves room for every time zone."""
    return clamped(moment, "timestamptz '9999-01-01 00:00:00+00'", "timestamptz '0001-12-31 23:59:59.999999+00'")


def divided(left: Sql, right: Sql) -> Sql:
    """Divide; NULL for a division by zero. Cut after one place too many, then rounded once: exact half away from zero."""
    shift = "1" + "0" * (DECIMALS + 1)
    unit = "0." + "0" * DECIMALS + "1"
    return raw(f"round(div({shift} * ") + left + raw(", nullif(") + right + raw(f", 0)) * {unit}, {DECIMALS})")
