"""Sums, counts and the like: over the records of a collection, or over the arguments.

An argument that names a field of a collection (``{明细.金额}``) is evaluated for each of its records; the others are
evaluated once.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from xiaolu.formula.functions.definition import (
    Checker,
    Family,
    Function,
    Parameter,
    Scope,
    optional,
    parameter,
    repeated,
)
from xiaolu.formula.functions.logic import AND, FILLED_TEXT, LISTS, NOT, blank_test
from xiaolu.formula.limits import DECIMALS
from xiaolu.formula.python import decimals
from xiaolu.formula.sql import pieces
from xiaolu.formula.syntax.nodes import Call, Node, TextLiteral
from xiaolu.formula.typed import Aggregate, Apply, Constant, Nulls, Operation, Typed
from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label
from xiaolu.kit.sql import Sql, join, raw

Do: TypeAlias = Literal["sum", "count", "count_unique", "average", "min", "max", "join"]
COMPARABLE = frozenset({ValueType.NUMBER, ValueType.DATE, ValueType.DATETIME})


def _sum(*numbers: Decimal | None) -> Decimal:
    total = decimals.ZERO
    for each in numbers:
        if each is not None:
            total = decimals.add(total, each)
    return total


def _sum_sql(*numbers: Sql) -> Sql:
    return raw("(") + join(" + ", [raw("coalesce(") + each + raw(", 0)") for each in numbers]) + raw(")")


def _average(*numbers: Decimal | None) -> Decimal | None:
    count = sum(each is not None for each in numbers)
    return decimals.divide(_sum(*numbers), Decimal(count))


def _average_sql(*numbers: Sql) -> Sql:
    names = [f"_n.x{index}" for index in range(len(numbers))]
    columns = join(", ", [each + raw(f" AS x{index}") for index, each in enumerate(numbers)])
    quotient = pieces.divided(_sum_sql(*map(raw, names)), raw(f"num_nonnulls({', '.join(names)})::numeric"))
    return raw("(SELECT ") + quotient + raw(" FROM (SELECT ") + columns + raw(" OFFSET 0) AS _n)")


def _extreme(choose: Callable[[list[Any]], Any]) -> Callable[..., Any]:
    def run(*values: Any) -> Any:
        found = [each for each in values if each is not None]
        return choose(found) if found else None

    return run


def _count_sql(*tests: Sql) -> Sql:
    return raw("(") + join(" + ", [each + raw("::int") for each in tests]) + raw(")::numeric")


SUM = Operation("sum", _sum_sql, _sum, Nulls.SEEN)
AVERAGE = Operation("average", _average_sql, _average, Nulls.SEEN, scale=DECIMALS)
LEAST = Operation("least", pieces.call("least"), _extreme(min), Nulls.SEEN)
GREATEST = Operation("greatest", pieces.call("greatest"), _extreme(max), Nulls.SEEN)
COUNT_TRUE = Operation("count_true", _count_sql, lambda *tests: Decimal(sum(tests)), scale=0)
COUNT_LIST = Operation(
    "count_list",
    pieces.pattern("coalesce(cardinality({0}), 0)::numeric"),
    lambda values: Decimal(len(values or ())),
    Nulls.SEEN,
    scale=0,
)
JOIN_LIST = Operation(
    "join_list",
    pieces.pattern("nullif(array_to_string({0}, coalesce({1}, '')), '')"),
    lambda values, separator: (separator or "").join(values or ()) or None,
    Nulls.SEEN,
)

_RESULT = {"sum": SUM, "min": LEAST, "max": GREATEST}


def _within(checker: Checker, node: Node, read: Callable[[Node], Typed | None], scope: Scope) -> Typed | None:
    before = checker.enter(scope)
    try:
        return read(node)
    finally:
        checker.enter(before)


def _number(checker: Checker) -> Callable[[Node], Typed | None]:
    return lambda node: checker.check_as(node, ValueType.NUMBER)


def _all_of(*conditions: Typed | None) -> Typed | None:
    found = tuple(each for each in conditions if each is not None)
    if len(found) < 2:
        return found[0] if found else None
    return Apply(ValueType.BOOL, AND, found)


def _check_total(do: Do) -> Callable[[Checker, Call], Typed | None]:
    """Check SUM, MIN and MAX, which may mix collections and single values."""

    def check(checker: Checker, node: Call) -> Typed | None:
        parts: list[Typed] = []
        read = _number(checker) if do == "sum" else checker.check
        for argument in node.arguments:
            scope = Scope()
            value = _within(checker, argument, read, scope)
            if value is None or not _is_comparable(checker, value, argument):
                continue
            parts.append(Aggregate(value.type, do, scope.steps, value) if scope.steps else value)
        if len(parts) < len(node.arguments):
            return None
        kinds = {each.type for each in parts}
        kind = ValueType.DATETIME if ValueType.DATETIME in kinds else parts[0].type
        alike = [checker.convert(each, kind, at.span) for each, at in zip(parts, node.arguments, strict=True)]
        found = tuple(each for each in alike if each is not None)
        if len(found) < len(alike):
            return None
        return found[0] if len(found) == 1 and isinstance(found[0], Aggregate) else Apply(kind, _RESULT[do], found)

    return check


def _is_comparable(checker: Checker, value: Typed, node: Node) -> bool:
    if value.type in COMPARABLE:
        return True
    checker.refuse("formula.not_comparable", node.span, found=f"@formula.type.{value.type}")
    return False


def _check_average(checker: Checker, node: Call) -> Typed | None:
    scope = Scope()
    values = [_within(checker, each, _number(checker), scope) for each in node.arguments]
    found = tuple(each for each in values if each is not None)
    if len(found) < len(values):
        return None
    if scope.steps is None:
        return Apply(ValueType.NUMBER, AVERAGE, found)
    if len(found) > 1:
        checker.refuse("formula.average_mixed", node.name_span)
        return None
    return Aggregate(ValueType.NUMBER, "average", scope.steps, found[0])


def _check_count(checker: Checker, node: Call) -> Typed | None:
    parts: list[Typed] = []
    tests: list[Typed] = []
    for argument in node.arguments:
        steps = checker.collection(argument)
        if steps is not None:
            parts.append(Aggregate(ValueType.NUMBER, "count", steps))
            continue
        scope = Scope()
        value = _within(checker, argument, checker.check, scope)
        if value is None:
            return None
        filled = Apply(ValueType.BOOL, NOT, (blank_test(value),))
        if scope.steps:
            parts.append(Aggregate(ValueType.NUMBER, "count", scope.steps, condition=filled))
        elif value.type in LISTS:
            parts.append(Apply(ValueType.NUMBER, COUNT_LIST, (value,)))
        else:
            tests.append(filled)
    if tests:
        parts.append(Apply(ValueType.NUMBER, COUNT_TRUE, tuple(tests)))
    return parts[0] if len(parts) == 1 else Apply(ValueType.NUMBER, SUM, tuple(parts))


def _check_unique(checker: Checker, node: Call) -> Typed | None:
    scope = Scope()
    value = _within(checker, node.arguments[0], checker.check, scope)
    if value is None:
        return None
    if not _has_children(checker, scope, node) or scope.steps is None:
        return None
    if value.type in LISTS:
        checker.refuse("formula.not_comparable", node.arguments[0].span, found=f"@formula.type.{value.type}")
        return None
    if value.type is ValueType.TEXT:
        value = Apply(ValueType.TEXT, FILLED_TEXT, (value,))
    return Aggregate(ValueType.NUMBER, "count_unique", scope.steps, value)


def _has_children(checker: Checker, scope: Scope, node: Call) -> bool:
    if scope.steps is None:
        checker.refuse("formula.children_expected", node.span, function=node.name)
    return scope.steps is not None


def _condition(checker: Checker, node: Node, scope: Scope) -> Typed | None:
    if isinstance(node, TextLiteral):
        checker.refuse("formula.condition_in_quotes", node.span)
        return None
    return _within(checker, node, lambda each: checker.check_as(each, ValueType.BOOL), scope)


def _check_where(do: Do) -> Callable[[Checker, Call], Typed | None]:
    """Check SUMIF and its kin: a value and a condition on the same collection."""

    def check(checker: Checker, node: Call) -> Typed | None:
        scope = Scope()
        read = checker.check if do in {"min", "max"} else _number(checker)
        value = _within(checker, node.arguments[0], read, scope)
        condition = _condition(checker, node.arguments[1], scope)
        if value is None or condition is None or not _has_children(checker, scope, node) or scope.steps is None:
            return None
        if not _is_comparable(checker, value, node.arguments[0]):
            return None
        return Aggregate(value.type, do, scope.steps, value, condition)

    return check


def _check_count_where(checker: Checker, node: Call) -> Typed | None:
    scope = Scope()
    filled: Typed | None = None
    if len(node.arguments) == 2:
        scope.steps = checker.collection(node.arguments[0])
        if scope.steps is None:
            value = _within(checker, node.arguments[0], checker.check, scope)
            if value is None:
                return None
            filled = Apply(ValueType.BOOL, NOT, (blank_test(value),))
    condition = _condition(checker, node.arguments[-1], scope)
    if condition is None or not _has_children(checker, scope, node) or scope.steps is None:
        return None
    return Aggregate(ValueType.NUMBER, "count", scope.steps, condition=_all_of(filled, condition))


def _check_join(checker: Checker, node: Call) -> Typed | None:
    arguments = node.arguments
    scope = Scope()
    value = _within(checker, arguments[0], checker.check, scope)
    separator: Typed | None = Constant(ValueType.TEXT, "、")
    if len(arguments) > 1:
        separator = checker.check_as(arguments[1], ValueType.TEXT)
    if value is None or separator is None:
        return None
    if scope.steps is None and value.type is ValueType.TEXT_LIST and len(arguments) < 3:
        return Apply(ValueType.TEXT, JOIN_LIST, (value, separator))
    text = checker.text(value, arguments[0].span)
    condition = _condition(checker, arguments[2], scope) if len(arguments) > 2 else None
    if text is None or (len(arguments) > 2 and condition is None) or not _has_children(checker, scope, node):
        return None
    filled = Apply(ValueType.TEXT, FILLED_TEXT, (text,))
    return Aggregate(ValueType.TEXT, "join", scope.steps or (), filled, condition, separator)


_VALUE = parameter("值", "value")
_MORE = repeated("值", "value")
_CONDITION = parameter("条件", "condition", ValueType.BOOL)


def _over(
    name: str,
    arguments: tuple[Parameter, ...],
    check: Callable[[Checker, Call], Typed | None],
    told: Label,
    example: str,
) -> Function:
    return Function(name, Family.CHILDREN, arguments, _RESULTS.get(name, ValueType.NUMBER), told, example, check=check)


_RESULTS = dict.fromkeys(("MIN", "MAX", "MINIF", "MAXIF"), None) | {"JOIN": ValueType.TEXT}
"""What functions give that do not give a number; None: what their arguments are."""


FUNCTIONS = (
    _over("SUM", (_VALUE, _MORE), _check_total("sum"),
          Label(zh="合计：子表或关联记录的字段，或几个数；跳过空值，没有值时为 0。",
                en="The sum over a collection's field or of several numbers; empty ones are passed over, none at all give 0."),
          "SUM({明细.单价} * {明细.数量})"),
    _over("AVERAGE", (_VALUE, _MORE), _check_average,
          Label(zh="平均值，跳过空值；没有值时为空。", en="The average, passing over empty values; empty where there are none."),
          "AVERAGE({明细.折扣})"),
    _over("MIN", (_VALUE, _MORE), _check_total("min"),
          Label(zh="最小的数或最早的日期，跳过空值。", en="The smallest number or earliest date, passing over empty values."),
          "MIN({明细.交货日期})"),
    _over("MAX", (_VALUE, _MORE), _check_total("max"),
          Label(zh="最大的数或最晚的日期，跳过空值。", en="The largest number or latest date, passing over empty values."),
          "MAX({报价}, {底价})"),
    _over("COUNT", (_VALUE, _MORE), _check_count,
          Label(zh="个数：子表的行数、不为空的值的个数或列表的项数。",
                en="How many: records of a collection, values that are not empty, or elements of a list."), "COUNT({明细})"),
    _over("COUNTUNIQUE", (_VALUE,), _check_unique,
          Label(zh="不同的值有几个，跳过空值。", en="How many different values a collection's field has, empty ones aside."),
          "COUNTUNIQUE({明细.产品})"),
    _over("SUMIF", (_VALUE, _CONDITION), _check_where("sum"),
          Label(zh="满足条件的行的合计；条件对每一行判断。", en="The sum over the records that meet a condition, which is asked of each."),
          'SUMIF({明细.金额}, {明细.类型} = "配件")'),
    _over("COUNTIF", (parameter("集合或条件", "collection or condition"), optional("条件", "condition", ValueType.BOOL)),
          _check_count_where,
          Label(zh="满足条件的行数。", en="How many records meet a condition."), "COUNTIF({明细.数量} > 10)"),
    _over("AVERAGEIF", (_VALUE, _CONDITION), _check_where("average"),
          Label(zh="满足条件的行的平均值。", en="The average over the records that meet a condition."),
          "AVERAGEIF({明细.单价}, {明细.数量} > 0)"),
    _over("MINIF", (_VALUE, _CONDITION), _check_where("min"),
          Label(zh="满足条件的行里最小的数或最早的日期。", en="The smallest value over the records that meet a condition."),
          "MINIF({回款.日期}, {回款.金额} > 0)"),
    _over("MAXIF", (_VALUE, _CONDITION), _check_where("max"),
          Label(zh="满足条件的行里最大的数或最晚的日期。", en="The largest value over the records that meet a condition."),
          "MAXIF({拜访.日期}, {拜访.有效})"),
    _over("JOIN", (_VALUE, optional("分隔符", "separator", ValueType.TEXT), optional("条件", "condition", ValueType.BOOL)),
          _check_join,
          Label(zh="把各行的值或列表的各项连成一个文本，不写分隔符时用顿号；跳过空值。",
                en="Joins a collection's values or a list's elements into one text, by 、 unless told; empty ones are left out."),
          'JOIN({联系人.姓名}, "，")'),
)  # fmt: skip
