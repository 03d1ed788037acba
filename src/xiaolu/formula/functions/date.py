"""Dates and moments. A moment is read in the workspace's time zone wherever a date or an hour of it is asked for."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from xiaolu.formula.functions import operators
from xiaolu.formula.functions.datediff import check_datedif
from xiaolu.formula.functions.definition import Checker, Family, Function, Parameter, optional, parameter
from xiaolu.formula.limits import DECIMALS, MAX_DAYS, MAX_MONTHS
from xiaolu.formula.python import decimals
from xiaolu.formula.sql import pieces
from xiaolu.formula.syntax.nodes import Call, NumberLiteral
from xiaolu.formula.typed import Apply, Operation, Typed
from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label
from xiaolu.kit.sql import Sql, compose


def _date_part(name: str, sql: str, read: Callable[[date], int]) -> Operation:
    return Operation(name, pieces.pattern(sql), lambda day: Decimal(read(day)), scale=0)


def _clock_part(name: str, read: Callable[[datetime], int]) -> Operation:
    sql = pieces.local_pattern(f"floor(extract({name} FROM {{0}} AT TIME ZONE {{9}}))")
    return Operation(
        name, sql, lambda env, moment: Decimal(read(operators.local(moment, env))), needs_env=True, scale=0
    )


YEAR = _date_part("year", "extract(year FROM {0})", lambda day: day.year)
MONTH = _date_part("month", "extract(month FROM {0})", lambda day: day.month)
DAY = _date_part("day", "extract(day FROM {0})", lambda day: day.day)
QUARTER = _date_part("quarter", "extract(quarter FROM {0})", lambda day: (day.month + 2) // 3)
WEEK = _date_part("week", "extract(week FROM {0})", lambda day: day.isocalendar().week)
WEEKDAYS = {
    1: _date_part("weekday_from_sunday", "(extract(dow FROM {0}) + 1)", lambda day: day.isoweekday() % 7 + 1),
    2: _date_part("weekday_from_monday", "extract(isodow FROM {0})", lambda day: day.isoweekday()),
    3: _date_part("weekday_from_monday_0", "(extract(isodow FROM {0}) - 1)", lambda day: day.weekday()),
}
HOUR = _clock_part("hour", lambda moment: moment.hour)
MINUTE = _clock_part("minute", lambda moment: moment.minute)
SECOND = _clock_part("second", lambda moment: moment.second)


def _months_later(day: date, months: int) -> date | None:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return operators.bounded_date(date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])))


def _edate(day: date, months: Decimal) -> date | None:
    count = decimals.whole(months, -MAX_MONTHS, MAX_MONTHS)
    return None if count is None else _months_later(day, count)


def _edate_sql(day: Sql, months: Sql) -> Sql:
    count = pieces.whole(months, -MAX_MONTHS, MAX_MONTHS)
    return pieces.bounded_date(compose("({day} + make_interval(months => {count}))::date", day=day, count=count))


def _month_end(day: date, months: Decimal) -> date | None:
    moved = _edate(day, months)
    if moved is None:
        return None
    return operators.bounded_date(moved.replace(day=monthrange(moved.year, moved.month)[1]))


def _month_end_sql(day: Sql, months: Sql) -> Sql:
    last = "(date_trunc('month', {moved}::timestamp) + interval '1 month -1 day')::date"
    return pieces.bounded_date(compose(last, moved=_edate_sql(day, months)))


def _make_date(year: Decimal, month: Decimal, day: Decimal) -> date | None:
    y, m = decimals.whole(year, 1, 9999), decimals.whole(month, -MAX_MONTHS, MAX_MONTHS)
    if y is None or m is None:
        return None
    first = _months_later(date(y, 1, 1), m - 1)
    return None if first is None else operators.add_days(first, decimals.subtract(day, decimals.ONE))


def _make_date_sql(year: Sql, month: Sql, day: Sql) -> Sql:
    start = compose("make_date({year}, 1, 1)", year=pieces.whole(year, 1, 9999))
    shift = compose("({month} - 1)", month=pieces.whole(month, -MAX_MONTHS, MAX_MONTHS))
    moved = compose("({start} + make_interval(months => {shift}))::date", start=start, shift=shift)
    return operators.add_days_sql(pieces.bounded_date(moved), compose("({day} - 1)", day=day))


_DATE_TEXT = re.compile(r"[0-9]{4}(?:[-/.][0-9]{1,2}){2}\Z")


def _read_date(text: str) -> date | None:
    if not _DATE_TEXT.match(text):
        return None
    year, month, day = (int(each) for each in re.split("[-/.]", text))
    try:
        return operators.bounded_date(date(year, month, day))
    except ValueError:
        return None


def _add_whole_days(moment: datetime, days: Decimal) -> datetime | None:
    count = decimals.whole(days, -MAX_DAYS, MAX_DAYS)
    return None if count is None else operators.add_hours(moment, Decimal(count * 24))


_READ_DATE_SQL = pieces.once_pattern(
    "CASE WHEN {0} ~ '^[0-9]{4,4}([-/.][0-9]{1,2}){2,2}$' AND pg_input_is_valid(translate({0}, '/.', '--'), 'date')"
    " THEN translate({0}, '/.', '--')::date END"
)
READ_DATE = Operation("read_date", lambda text: pieces.bounded_date(_READ_DATE_SQL(text)), _read_date)
EDATE = Operation("edate", _edate_sql, _edate)
MONTH_END = Operation("month_end", _month_end_sql, _month_end)
MAKE_DATE = Operation("make_date", _make_date_sql, _make_date)
HOURS_BETWEEN = Operation(
    "hours_between",
    lambda start, end: pieces.divided(operators.SECONDS_BETWEEN.sql(start, end), compose("3600")),
    lambda start, end: decimals.divide(operators.seconds_between(start, end), Decimal(3600)),
    scale=DECIMALS,
)
ADD_DAYS_TO_MOMENT = Operation(
    "add_days_to_moment",
    lambda moment, days: operators.add_hours_sql(
        moment, compose("({days} * 24)::numeric", days=pieces.whole(days, -MAX_DAYS, MAX_DAYS))
    ),
    _add_whole_days,
)

TODAY = operators.from_environment("today", "date", "clock")
NOW = operators.from_environment("now", "timestamptz", "clock")


def _check_date(checker: Checker, node: Call) -> Typed | None:
    arguments = node.arguments
    if len(arguments) == 1:
        value = checker.check(arguments[0])
        if value is not None and value.type is ValueType.TEXT:
            return Apply(ValueType.DATE, READ_DATE, (value,))
        return None if value is None else checker.convert(value, ValueType.DATE, arguments[0].span)
    if len(arguments) == 2:
        checker.refuse("formula.date_arguments", node.name_span)
        return None
    numbers = [checker.check_as(each, ValueType.NUMBER) for each in arguments]
    found = tuple(each for each in numbers if each is not None)
    return Apply(ValueType.DATE, MAKE_DATE, found) if len(found) == 3 else None


def _check_weekday(checker: Checker, node: Call) -> Typed | None:
    day = checker.check_as(node.arguments[0], ValueType.DATE)
    kind = 1
    if len(node.arguments) == 2:
        given = node.arguments[1]
        if not isinstance(given, NumberLiteral) or given.value not in WEEKDAYS:
            checker.refuse("formula.weekday_kind", given.span)
            return None
        kind = int(given.value)
    return None if day is None else Apply(ValueType.NUMBER, WEEKDAYS[kind], (day,))


def _check_add_days(checker: Checker, node: Call) -> Typed | None:
    start = checker.check(node.arguments[0])
    days = checker.check_as(node.arguments[1], ValueType.NUMBER)
    if start is None or days is None:
        return None
    if start.type is ValueType.DATETIME:
        return Apply(ValueType.DATETIME, ADD_DAYS_TO_MOMENT, (start, days))
    day = checker.convert(start, ValueType.DATE, node.arguments[0].span)
    return None if day is None else Apply(ValueType.DATE, operators.ADD_DAYS, (day, days))


_DATE = parameter("日期", "date", ValueType.DATE)
_MOMENT = parameter("时间", "moment", ValueType.DATETIME)
_START = parameter("开始", "start", ValueType.DATE)
_END = parameter("结束", "end", ValueType.DATE)
_MONTHS = parameter("月数", "months", ValueType.NUMBER)


def _day(name: str, arguments: tuple[Parameter, ...], operation: Operation, told: Label, example: str) -> Function:
    """Describe a function that gives a date."""
    return Function(name, Family.DATE, arguments, ValueType.DATE, told, example, operation=operation)


def _figure(name: str, arguments: tuple[Parameter, ...], operation: Operation, told: Label, example: str) -> Function:
    """Describe a function that gives a number."""
    return Function(name, Family.DATE, arguments, ValueType.NUMBER, told, example, operation=operation)


FUNCTIONS = (
    _day("TODAY", (), TODAY, Label(zh="今天的日期。", en="Today's date."), "{截止日期} < TODAY()"),
    Function("NOW", Family.DATE, (), ValueType.DATETIME, Label(zh="现在的日期和时间。", en="The present moment."),
             "HOURSBETWEEN({创建时间}, NOW())", operation=NOW),
    Function(
        "DATE", Family.DATE,
        (parameter("年，或时间、文本", "year, or a moment or text"), optional("月", "month"), optional("日", "day")),
        ValueType.DATE,
        Label(zh="由年、月、日得出日期；只写一个时间时取它的日期，只写文本（如 2026-03-31）时读成日期。",
              en="A date from year, month and day; of one moment its date; of one text such as 2026-03-31 the date it names."),
        "DATE(2026, 3, 31)", check=_check_date,
    ),
    _figure("YEAR", (_DATE,), YEAR, Label(zh="日期的年份。", en="The year of a date."), "YEAR({签约日期})"),
    _figure("QUARTER", (_DATE,), QUARTER, Label(zh="日期所在的季度，1 到 4。", en="The quarter of a date, 1 to 4."), "QUARTER({签约日期})"),
    _figure("MONTH", (_DATE,), MONTH, Label(zh="日期的月份，1 到 12。", en="The month of a date, 1 to 12."), "MONTH({签约日期})"),
    _figure("DAY", (_DATE,), DAY, Label(zh="日期是几号。", en="The day of the month."), "DAY({签约日期})"),
    _figure("WEEKNUM", (_DATE,), WEEK, Label(zh="一年中的第几周（周一开始，国际标准）。", en="The ISO week of the year."), "WEEKNUM({签约日期})"),
    Function(
        "WEEKDAY", Family.DATE, (_DATE, optional("类型", "kind")), ValueType.NUMBER,
        Label(zh="星期几：不写类型或写 1 时周日为 1；写 2 时周一为 1；写 3 时周一为 0。",
              en="The day of the week: Sunday is 1 by default; with 2 Monday is 1; with 3 Monday is 0."),
        "WEEKDAY({拜访日期}, 2)", check=_check_weekday,
    ),
    _figure("HOUR", (_MOMENT,), HOUR, Label(zh="时间的小时，0 到 23。", en="The hour, 0 to 23."), "HOUR({创建时间})"),
    _figure("MINUTE", (_MOMENT,), MINUTE, Label(zh="时间的分钟。", en="The minute."), "MINUTE({创建时间})"),
    _figure("SECOND", (_MOMENT,), SECOND, Label(zh="时间的秒。", en="The second."), "SECOND({创建时间})"),
    _figure("DAYS", (_END, _START), Operation("days", pieces.pattern("({0} - {1})::numeric"),
            lambda end, start: Decimal((end - start).days), scale=0),
            Label(zh="从开始到结束的天数（先写结束）。", en="Days from start to end (the end comes first)."), "DAYS({结束日期}, {开始日期})"),
    Function(
        "DATEDIF", Family.DATE, (_START, _END, parameter("单位", "unit", ValueType.TEXT)), ValueType.NUMBER,
        Label(zh='两个日期之间满多少年 "Y"、月 "M"、天 "D"，或满年之外的月数 "YM"；结束在前时为负。',
              en='Whole years "Y", months "M", days "D", or months beyond whole years "YM" between two dates; negative backwards.'),
        'DATEDIF({入职日期}, TODAY(), "Y")', check=check_datedif,
    ),
    _day("EDATE", (_DATE, _MONTHS), EDATE,
         Label(zh="若干个月之后的同一天，没有这一天时取月末。", en="The same day some months later, or the month's last day."),
         "EDATE({签约日期}, 12)"),
    _day("EOMONTH", (_DATE, _MONTHS), MONTH_END,
         Label(zh="若干个月之后那个月的最后一天，0 表示当月。", en="The last day of the month some months later; 0 is the same month."),
         "EOMONTH({开票日期}, 1)"),
    Function(
        "ADDDAYS", Family.DATE, (parameter("日期或时间", "date or moment"), parameter("天数", "days", ValueType.NUMBER)), None,
        Label(zh="若干天之后的日期或时间。", en="The date or moment some days later."),
        "ADDDAYS({签约日期}, 30)", check=_check_add_days,
    ),
    Function(
        "ADDHOURS", Family.DATE, (_MOMENT, parameter("小时数", "hours", ValueType.NUMBER)), ValueType.DATETIME,
        Label(zh="若干小时之后的时间。", en="The moment some hours later."),
        "ADDHOURS({创建时间}, 48)", operation=operators.ADD_HOURS,
    ),
    _figure("HOURSBETWEEN",
            (parameter("开始", "start", ValueType.DATETIME), parameter("结束", "end", ValueType.DATETIME)), HOURS_BETWEEN,
            Label(zh="从开始到结束的小时数，可以有小数。", en="Hours from start to end, with decimals."),
            "HOURSBETWEEN({进入阶段时间}, NOW()) > 72"),
)  # fmt: skip
