"""Working days, by the work calendar: weekends and public holidays are off, make-up days are worked.

Outside the years that the calendar covers the result is empty.
"""

from datetime import date
from decimal import Decimal

from xiaolu.formula.environment import PythonEnv
from xiaolu.formula.functions.definition import Family, Function, parameter
from xiaolu.formula.limits import MAX_DAYS
from xiaolu.formula.python.decimals import whole
from xiaolu.formula.sql import pieces
from xiaolu.formula.typed import Operation
from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label
from xiaolu.kit.sql import Sql


def _later(env: PythonEnv, day: date, count: Decimal) -> date | None:
    steps = whole(count, -MAX_DAYS, MAX_DAYS)
    ordinal = env.calendar.ordinal(day)
    if steps is None or ordinal is None:
        return None
    if steps == 0:
        return day
    if steps < 0:
        ordinal += 1 - bool(env.calendar.is_working(day))
    return env.calendar.day_at(ordinal + steps)


def _later_sql(_surroundings: pieces.Surroundings, day: Sql, count: Sql) -> Sql:
    body = pieces.pattern(
        "(SELECT CASE WHEN {1} = 0 THEN _d.day ELSE (SELECT _w.day FROM work_day AS _w WHERE _w.is_working AND _w.ordinal"
        " = _d.ordinal + {1} + CASE WHEN {1} < 0 AND NOT _d.is_working THEN 1 ELSE 0 END) END"
        " FROM work_day AS _d WHERE _d.day = {0})"
    )
    return pieces.once(body, day, pieces.whole(count, -MAX_DAYS, MAX_DAYS))


def _between(env: PythonEnv, start: date, end: date) -> Decimal | None:
    first, last = min(start, end), max(start, end)
    before, after = env.calendar.ordinal(first), env.calendar.ordinal(last)
    if before is None or after is None:
        return None
    count = after - before + bool(env.calendar.is_working(first))
    return Decimal(count if start <= end else -count)


def _between_sql(_surroundings: pieces.Surroundings, start: Sql, end: Sql) -> Sql:
    body = pieces.pattern(
        "(SELECT ((_b.ordinal - _a.ordinal + CASE WHEN _a.is_working THEN 1 ELSE 0 END)"
        " * CASE WHEN {0} <= {1} THEN 1 ELSE -1 END)::numeric FROM work_day AS _a, work_day AS _b"
        " WHERE _a.day = least({0}, {1}) AND _b.day = greatest({0}, {1}) AND {0} IS NOT NULL AND {1} IS NOT NULL)"
    )
    return pieces.once(body, start, end)


WORKDAY = Operation("workday", _later_sql, _later, needs_env=True, reads="calendar")
NETWORKDAYS = Operation("networkdays", _between_sql, _between, needs_env=True, reads="calendar", scale=0)
IS_WORKDAY = Operation(
    "is_workday",
    lambda _surroundings, day: pieces.pattern("(SELECT _d.is_working FROM work_day AS _d WHERE _d.day = {0})")(day),
    lambda env, day: env.calendar.is_working(day),
    needs_env=True,
    reads="calendar",
)

_DATE = parameter("日期", "date", ValueType.DATE)

FUNCTIONS = (
    Function(
        "WORKDAY", Family.DATE, (_DATE, parameter("工作日数", "working days", ValueType.NUMBER)), ValueType.DATE,
        Label(zh="若干个工作日之后（负数为之前）的日期，按工作日历跳过周末和节假日，算上调休上班日。",
              en="The date some working days later (negative: earlier), by the work calendar with holidays and make-up days."),
        "WORKDAY({提交日期}, 3)", operation=WORKDAY,
    ),
    Function(
        "NETWORKDAYS", Family.DATE,
        (parameter("开始", "start", ValueType.DATE), parameter("结束", "end", ValueType.DATE)), ValueType.NUMBER,
        Label(zh="从开始到结束（两天都算）的工作日数，按工作日历；结束在前时为负。",
              en="Working days from start to end, both included, by the work calendar; negative backwards."),
        "NETWORKDAYS({提交日期}, TODAY())", operation=NETWORKDAYS,
    ),
    Function(
        "ISWORKDAY", Family.DATE, (_DATE,), ValueType.BOOL,
        Label(zh="这一天上班时为真，按工作日历。", en="True where the day is worked, by the work calendar."),
        "ISWORKDAY({送货日期})", operation=IS_WORKDAY,
    ),
)  # fmt: skip
