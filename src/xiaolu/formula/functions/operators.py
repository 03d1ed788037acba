"""What the signs of the language compute, and the conversions that happen by themselves."""

import operator
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from xiaolu.formula.environment import PythonEnv, SqlEnv
from xiaolu.formula.limits import DECIMALS, MAX_DAYS, MAX_DIGITS, MAX_EXPONENT, MAX_HOURS, MAX_ROOT_EXPONENT
from xiaolu.formula.python import decimals
from xiaolu.formula.sql import pieces
from xiaolu.formula.typed import Nulls, Operation
from xiaolu.formula.types import ValueType
from xiaolu.kit.sql import Sql, compose, join, param, raw

ADD = Operation("add", pieces.infix("+"), decimals.add)
SUBTRACT = Operation("subtract", pieces.infix("-"), decimals.subtract)
NEGATE = Operation("negate", pieces.pattern("(- {0})"), decimals.EXACT.minus)
MULTIPLY = Operation("multiply", pieces.pattern(f"round({{0}} * {{1}}, {DECIMALS})"), decimals.multiply, scale=DECIMALS)
MULTIPLY_EXACTLY = Operation("multiply_exactly", pieces.infix("*"), decimals.multiply_exactly)
"""For operands whose decimal places are known to be few."""
DIVIDE = Operation("divide", pieces.divided, decimals.divide, scale=DECIMALS)


_POWER_SQL = pieces.once_pattern(
    # 60 decimals leave 50 to spare, so that rounding PostgreSQL's figure gives the same as rounding the true one.
    f"CASE WHEN {{0}} = 0 THEN CASE WHEN {{1}} = 0 THEN 1 WHEN {{1}} > 0 THEN 0 END"
    f" WHEN abs({{0}}) < 1e{MAX_DIGITS} AND abs({{1}}) <= {MAX_EXPONENT} AND ({{1}} = trunc({{1}}) OR"
    f" ({{0}} > 0 AND (abs({{1}}) <= {MAX_ROOT_EXPONENT} OR {{0}} BETWEEN 0.01 AND 100)))"
    f" THEN round(power(round({{0}}, 60), {{1}}), {DECIMALS}) END"
)


def _power_sql(base: Sql, exponent: Sql) -> Sql:
    rounded = compose(f"round({{base}}, {DECIMALS})", base=base)
    return pieces.bounded(_POWER_SQL(rounded, exponent))


POWER = Operation("power", _power_sql, decimals.power, scale=DECIMALS)


def _comparison(name: str, sign: str, compare: Callable[[Any, Any], Any]) -> Operation:
    return Operation(name, pieces.infix(sign), compare)


COMPARE = {
    "=": _comparison("equal", "=", operator.eq),
    "<>": _comparison("different", "<>", operator.ne),
    "<": _comparison("less", "<", operator.lt),
    "<=": _comparison("less_or_equal", "<=", operator.le),
    ">": _comparison("greater", ">", operator.gt),
    ">=": _comparison("greater_or_equal", ">=", operator.ge),
}
COMPARE_TEXT = {
    sign: Operation(f"text_{each.name}", pieces.pattern(f'({{0}} COLLATE "C" {sign} {{1}} COLLATE "C")'), each.python)
    for sign, each in COMPARE.items()
    if sign not in {"=", "<>"}
}
"""Texts are ordered by code point, whatever the database's collation."""


def _joined_sql(*texts: Sql) -> Sql:
    if len(texts) <= 90:  # PostgreSQL functions take at most 100 arguments
        return pieces.call("concat")(*texts)
    return raw("array_to_string(ARRAY[") + join(", ", texts) + raw("], '')")


def _joined(*texts: str | None) -> str:
    return "".join([each for each in texts if each is not None])


JOIN_TEXTS = Operation("join_texts", _joined_sql, _joined, Nulls.SEEN)

_BOOL_TEXT = {True: "TRUE", False: "FALSE"}


def local(moment: datetime, env: PythonEnv) -> datetime:
    """Return a moment as the workspace's clocks show it."""
    return moment.astimezone(env.zone)


def midnight(env: PythonEnv, day: date) -> datetime | None:
    """Return the moment at which a day begins in the workspace's time zone."""
    if not 2 <= day.year <= 9998:
        return None
    naive = datetime.combine(day, time.min)
    # A clock change at midnight makes two readings possible: like PostgreSQL, take the smaller offset from UTC.
    offsets = [naive.replace(tzinfo=env.zone, fold=fold).utcoffset() or timedelta(0) for fold in (0, 1)]
    return (naive - min(offsets)).replace(tzinfo=UTC)


def _midnight_sql(surroundings: pieces.Surroundings, day: Sql) -> Sql:
    kept = pieces.clamped(day, "date '9999-01-01'", "date '0001-12-31'")
    return compose("({day}::timestamp AT TIME ZONE {zone})", day=kept, zone=param(surroundings.env.time_zone, "text"))


NUMBER_TEXT = Operation("number_text", pieces.pattern("trim_scale({0})::text"), decimals.number_text)
BOOL_TEXT = Operation(
    "bool_text", pieces.pattern("CASE {0} WHEN TRUE THEN 'TRUE' WHEN FALSE THEN 'FALSE' END"), _BOOL_TEXT.__getitem__
)
DATE_TEXT = Operation("date_text", pieces.pattern("to_char({0}, 'YYYY-MM-DD')"), date.isoformat)
MOMENT_TEXT = Operation(
    "moment_text",
    pieces.local_pattern("to_char({0} AT TIME ZONE {9}, 'YYYY-MM-DD HH24:MI')"),
    lambda env, moment: local(moment, env).replace(tzinfo=None).isoformat(" ", "minutes"),
    needs_env=True,
)
TO_DATE = Operation(
    "to_date",
    pieces.local_pattern("({0} AT TIME ZONE {9})::date"),
    lambda env, moment: local(moment, env).date(),
    needs_env=True,
)
TO_MOMENT = Operation("to_moment", _midnight_sql, midnight, needs_env=True)

TEXT_OF = {
    ValueType.NUMBER: NUMBER_TEXT,
    ValueType.BOOL: BOOL_TEXT,
    ValueType.DATE: DATE_TEXT,
    ValueType.DATETIME: MOMENT_TEXT,
}
"""How ``&`` writes a value that is no text."""


def add_days(day: date, days: Decimal) -> date | None:
    """Move a date by the whole part of ``days``."""
    count = decimals.whole(days, -MAX_DAYS, MAX_DAYS)
    if count is None:
        return None
    number = day.toordinal() + count
    return date.fromordinal(number) if 1 < number < date.max.toordinal() else None


def bounded_date(day: date) -> date | None:
    """Return a date, or nothing for the first and last that Python has: the database driver takes them for infinite."""
    return day if date.min < day < date.max else None


def add_hours(moment: datetime, hours: Decimal) -> datetime | None:
    """Move a moment by hours, to the nearest second."""
    if hours.copy_abs() >= MAX_HOURS:
        return None
    seconds = int(decimals.round_to(decimals.multiply_exactly(hours, Decimal(3600)), 0))
    try:
        moved = moment + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return moved if 2 <= moved.year <= 9998 else None


def add_hours_sql(moment: Sql, hours: Sql) -> Sql:
    """Render ``add_hours``."""
    kept = pieces.clamped(hours, str(MAX_HOURS), f"-{MAX_HOURS}")
    moved = compose("({moment} + interval '1 second' * round({hours} * 3600)::float8)", moment=moment, hours=kept)
    return pieces.bounded_moment(moved)


def add_days_sql(day: Sql, days: Sql) -> Sql:
    """Render ``add_days``."""
    moved = compose("({day} + {days})", day=day, days=pieces.whole(days, -MAX_DAYS, MAX_DAYS))
    return pieces.bounded_date(moved)


ADD_DAYS = Operation("add_days", add_days_sql, add_days)
ADD_HOURS = Operation("add_hours", add_hours_sql, add_hours)


def seconds_between(start: datetime, end: datetime) -> Decimal:
    """Return the seconds from ``start`` to ``end``, exactly."""
    gap = end - start
    return Decimal((gap.days * 86400 + gap.seconds) * 1_000_000 + gap.microseconds).scaleb(-6, decimals.EXACT)


DAYS_BETWEEN = Operation(
    "days_between", pieces.pattern("({1} - {0})::numeric"), lambda start, end: Decimal((end - start).days), scale=0
)
SECONDS_BETWEEN = Operation(
    "seconds_between", pieces.pattern("extract(epoch FROM ({1} - {0}))"), seconds_between, scale=6
)


def _constant_sql(read: Callable[[SqlEnv], Any], kind: str) -> Callable[[pieces.Surroundings], Sql]:
    return lambda surroundings: param(read(surroundings.env), kind)


def from_environment(name: str, kind: str, reads: str) -> Operation:
    """Make the operation that gives an attribute of the environment (both have it under the same name)."""
    get = operator.attrgetter(name)
    return Operation(name, _constant_sql(get, kind), get, needs_env=True, reads=reads)
