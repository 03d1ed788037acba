"""Decisions: IF and its kin, AND and OR with empty values, tests for being empty or among others."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeAlias

from xiaolu.formula.functions.definition import Checker, Family, Function, optional, parameter, repeated
from xiaolu.formula.sql import pieces
from xiaolu.formula.syntax.nodes import Call, Node
from xiaolu.formula.typed import Apply, Constant, FieldValue, Nulls, Operation, Typed
from xiaolu.formula.types import Following, ValueType
from xiaolu.kit.i18n import Label
from xiaolu.kit.sql import Sql, join, raw

Closure: TypeAlias = Callable[..., Any]

LISTS = frozenset({ValueType.TEXT_LIST, ValueType.RECORD_LIST})
ELEMENT = {ValueType.TEXT_LIST: ValueType.TEXT, ValueType.RECORD_LIST: ValueType.RECORD}
NOTHING = Constant(ValueType.NONE, None)


def _cases_sql(*operands: Sql) -> Sql:
    """Render condition, result, condition, result, …, otherwise."""
    parts = [raw("CASE")]
    for condition, result in zip(operands[:-1:2], operands[1:-1:2], strict=True):
        parts.append(raw("WHEN ") + condition + raw(" THEN ") + result)
    return join(" ", [*parts, raw("ELSE ") + operands[-1] + raw(" END")])


def _cases(*operands: Closure) -> Closure:
    otherwise = operands[-1]
    if len(operands) == 3:
        condition, result = operands[:2]

        def choose(values: Any, env: Any, child: Any = None) -> Any:
            return result(values, env, child) if condition(values, env, child) else otherwise(values, env, child)

        return choose
    pairs = tuple(zip(operands[:-1:2], operands[1:-1:2], strict=True))

    def choose_first(values: Any, env: Any, child: Any = None) -> Any:
        for condition, result in pairs:
            if condition(values, env, child):
                return result(values, env, child)
        return otherwise(values, env, child)

    return choose_first


CASES = Operation("cases", _cases_sql, _cases, Nulls.LAZY)


def _switch_sql(*operands: Sql) -> Sql:
    """Render subject, value, result, value, result, …, otherwise."""
    parts = [raw("CASE ") + operands[0]]
    for value, result in zip(operands[1:-1:2], operands[2:-1:2], strict=True):
        parts.append(raw("WHEN ") + value + raw(" THEN ") + result)
    return join(" ", [*parts, raw("ELSE ") + operands[-1] + raw(" END")])


def _switch(subject: Closure, *operands: Closure) -> Closure:
    otherwise = operands[-1]
    pairs = tuple(zip(operands[:-1:2], operands[1:-1:2], strict=True))

    def choose(values: Any, env: Any, child: Any = None) -> Any:
        found = subject(values, env, child)
        if found is not None:
            for value, result in pairs:
                if value(values, env, child) == found:
                    return result(values, env, child)
        return otherwise(values, env, child)

    return choose


SWITCH = Operation("switch", _switch_sql, _switch, Nulls.LAZY)


def looked_up(value: FieldValue, table: Following) -> Typed:
    """Return the number that a text gives by the table that holds for its record."""
    present = _by_cases(value, table.cases)
    if not table.former:
        return present
    carried = replace(value, type=ValueType.NUMBER, field=table.number, column=table.number, choices=())
    operands: list[Typed] = [Apply(ValueType.NUMBER, COALESCE, (carried, Constant(ValueType.NUMBER, table.unnumbered)))]
    for number, cases in table.former:
        operands += [Constant(ValueType.NUMBER, number), _by_cases(value, cases)]
    return Apply(ValueType.NUMBER, SWITCH, (*operands, present))


def _by_cases(value: Typed, cases: tuple[tuple[str, Decimal], ...]) -> Typed:
    if not cases:
        return Constant(ValueType.NUMBER, None)
    operands: list[Typed] = []
    for text, number in cases:
        operands += [Constant(ValueType.TEXT, text), Constant(ValueType.NUMBER, number)]
    return Apply(ValueType.NUMBER, SWITCH, (value, *operands, Constant(ValueType.NUMBER, None)))


def _connective(*, stop: bool) -> Callable[..., Closure]:
    def build(*operands: Closure) -> Closure:
        def decide(values: Any, env: Any, child: Any = None) -> bool | None:
            outcome: bool | None = not stop
            for operand in operands:
                found: bool | None = operand(values, env, child)
                if found is stop:
                    return stop
                if found is None:
                    outcome = None
            return outcome

        return decide

    return build


AND = Operation("and", pieces.infix("AND"), _connective(stop=False), Nulls.LAZY)
OR = Operation("or", pieces.infix("OR"), _connective(stop=True), Nulls.LAZY)
NOT = Operation("not", pieces.pattern("(NOT {0})"), lambda value: not value)


def _coalesce(*operands: Closure) -> Closure:
    def first(values: Any, env: Any, child: Any = None) -> Any:
        for operand in operands:
            found = operand(values, env, child)
            if found is not None:
                return found
        return None

    return first


COALESCE = Operation("coalesce", pieces.call("coalesce"), _coalesce, Nulls.LAZY)

FILLED_TEXT = Operation("filled_text", pieces.pattern("nullif({0}, '')"), lambda text: text or None)
"""Takes a text without characters for no value at all."""

IS_BLANK = Operation("is_blank", pieces.pattern("({0} IS NULL)"), lambda value: value is None, Nulls.SEEN)
IS_BLANK_TEXT = Operation(
    "is_blank_text", pieces.pattern("(coalesce({0}, '') = '')"), lambda value: not value, Nulls.SEEN
)
IS_BLANK_LIST = Operation(
    "is_blank_list", pieces.pattern("(coalesce(cardinality({0}), 0) = 0)"), lambda value: not value, Nulls.SEEN
)

_BLANK_TESTS = {
    ValueType.TEXT: IS_BLANK_TEXT,
    ValueType.TEXT_LIST: IS_BLANK_LIST,
    ValueType.RECORD_LIST: IS_BLANK_LIST,
}


def blank_test(value: Typed) -> Typed:
    """Ask whether a value is empty: no value, a text without characters or a list without elements."""
    return Apply(ValueType.BOOL, _BLANK_TESTS.get(value.type, IS_BLANK), (value,))


def _among_sql(subject: Sql, *others: Sql) -> Sql:
    return raw("(") + subject + raw(" IN (") + join(", ", others) + raw("))")


def _among(subject: Any, *others: Any) -> bool | None:
    if subject is None:
        return None
    if subject in others:
        return True
    return None if None in others else False


AMONG = Operation("among", _among_sql, _among, Nulls.SEEN)
LIST_HAS = Operation(
    "list_has",
    pieces.pattern("coalesce({1} = ANY({0}), FALSE)"),
    lambda values, value: value is not None and values is not None and value in values,
    Nulls.SEEN,
)
TEXT_HAS = Operation(
    "text_has",
    pieces.pattern("coalesce(strpos({0}, {1}) > 0, FALSE)"),
    lambda text, part: text is not None and part is not None and part in text,
    Nulls.SEEN,
)


def _check_if(checker: Checker, node: Call) -> Typed | None:
    condition = checker.check_as(node.arguments[0], ValueType.BOOL)
    branches = checker.check_alike(node.arguments[1:])
    if condition is None or branches is None:
        return None
    kind = branches[0].type
    otherwise = branches[1] if len(branches) == 2 else Constant(kind, None)
    return Apply(kind, CASES, (condition, branches[0], otherwise))


def _check_ifs(checker: Checker, node: Call) -> Typed | None:
    arguments = node.arguments
    pairs = len(arguments) // 2 * 2
    conditions = [checker.check_as(each, ValueType.BOOL) for each in arguments[0:pairs:2]]
    results: list[Node] = [*arguments[1:pairs:2], *arguments[pairs:]]
    branches = checker.check_alike(results)
    if branches is None or any(each is None for each in conditions):
        return None
    kind = branches[0].type
    operands: list[Typed] = []
    for condition, branch in zip(conditions, branches[: len(conditions)], strict=True):
        if condition is not None:
            operands += [condition, branch]
    operands.append(branches[-1] if len(arguments) % 2 else Constant(kind, None))
    return Apply(kind, CASES, tuple(operands))


def _check_switch(checker: Checker, node: Call) -> Typed | None:
    subject_node, rest = node.arguments[0], node.arguments[1:]
    subject = checker.check(subject_node)
    pairs = len(rest) // 2 * 2
    branches = checker.check_alike([*rest[1:pairs:2], *rest[pairs:]])
    if subject is None:
        return None
    operands: list[Typed] = []
    values = [checker.check_pair(subject, each, each.span) for each in rest[0:pairs:2]]
    if branches is None or any(each is None for each in values):
        return None
    for pair, branch in zip(values, branches[: len(values)], strict=True):
        if pair is not None:
            subject = pair[0]
            operands += [pair[1], branch]
    kind = branches[0].type
    operands.append(branches[-1] if len(rest) % 2 else Constant(kind, None))
    return Apply(kind, SWITCH, (subject, *operands))


def _check_coalesce(checker: Checker, node: Call) -> Typed | None:
    values = checker.check_alike(node.arguments)
    if values is None:
        return None
    kind = values[0].type
    if kind is ValueType.TEXT:
        values = [Apply(kind, FILLED_TEXT, (each,)) for each in values]
    return Apply(kind, COALESCE, tuple(values))


def _check_is_blank(checker: Checker, node: Call) -> Typed | None:
    value = checker.check(node.arguments[0])
    return None if value is None else blank_test(value)


def _check_in(checker: Checker, node: Call) -> Typed | None:
    subject = checker.check(node.arguments[0])
    if subject is None:
        return None
    first, *rest = node.arguments[1:]
    other = checker.check(first)
    if other is None:
        return None
    if not rest and other.type in LISTS:
        element = checker.convert(subject, ELEMENT[other.type], node.arguments[0].span)
        return None if element is None else Apply(ValueType.BOOL, LIST_HAS, (other, element))
    pairs = [checker.pair(subject, other, (first.span, first.span))]
    pairs += [checker.check_pair(subject, each, each.span) for each in rest]
    found = [each for each in pairs if each is not None]
    if len(found) < len(pairs):
        return None
    if len({left.type for left, _ in found}) > 1:  # dates beside moments
        moments = [
            checker.convert(each, ValueType.DATETIME, node.span) for each in (subject, *(pair[1] for pair in found))
        ]
        return Apply(ValueType.BOOL, AMONG, tuple(each for each in moments if each is not None))
    return Apply(ValueType.BOOL, AMONG, (found[0][0], *(right for _, right in found)))


def _check_contains(checker: Checker, node: Call) -> Typed | None:
    whole_node, part_node = node.arguments
    whole = checker.check(whole_node)
    if whole is None:
        return None
    if whole.type in LISTS:
        pair = checker.check_pair(whole, part_node, part_node.span)
        return None if pair is None else Apply(ValueType.BOOL, LIST_HAS, pair)
    text = checker.convert(whole, ValueType.TEXT, whole_node.span)
    part = checker.check_as(part_node, ValueType.TEXT)
    if text is None or part is None:
        return None
    return Apply(ValueType.BOOL, TEXT_HAS, (text, part))


_CONDITION = parameter("条件", "condition", ValueType.BOOL)
_ANY_BOOL = ValueType.BOOL


def _check_connective(operation: Operation) -> Callable[[Checker, Call], Typed | None]:
    def check(checker: Checker, node: Call) -> Typed | None:
        operands = [checker.check_as(each, _ANY_BOOL) for each in node.arguments]
        found = tuple(each for each in operands if each is not None)
        return Apply(_ANY_BOOL, operation, found) if len(found) == len(operands) else None

    return check


FUNCTIONS = (
    Function(
        "IF", Family.LOGIC, (_CONDITION, parameter("成立时", "then"), optional("否则", "otherwise")), None,
        Label(zh="条件成立时取第一个结果，否则取第二个；条件为空算不成立。",
              en="Gives the first result where the condition holds, else the second; an empty condition does not hold."),
        'IF({金额} >= 100000, "大单", "普通")', check=_check_if,
    ),
    Function(
        "IFS", Family.LOGIC, (_CONDITION, parameter("结果", "result"), repeated("条件、结果…其余", "condition, result … otherwise")),
        None,
        Label(zh="依次看条件，取第一个成立的条件后面的结果；最后可以单独写一个其余情况的结果。",
              en="Gives the result behind the first condition that holds; a single last argument is for all other cases."),
        'IFS({得分} >= 90, "A", {得分} >= 75, "B", "C")', check=_check_ifs,
    ),
    Function(
        "SWITCH", Family.LOGIC,
        (parameter("对象", "subject"), parameter("值", "value"), parameter("结果", "result"),
         repeated("值、结果…其余", "value, result … otherwise")),
        None,
        Label(zh="把对象与各个值比较，取相等的那个值后面的结果；最后可以单独写一个其余情况的结果。",
              en="Gives the result behind the value that equals the subject; a single last argument is for all other cases."),
        'SWITCH({等级}, "A", 0.05, "B", 0.03, 0)', check=_check_switch,
    ),
    Function(
        "AND", Family.LOGIC, (_CONDITION, repeated("条件", "condition", ValueType.BOOL)), ValueType.BOOL,
        Label(zh="所有条件都成立时为真。", en="True where all conditions hold."),
        "AND({金额} > 0, NOT(ISBLANK({客户})))", check=_check_connective(AND),
    ),
    Function(
        "OR", Family.LOGIC, (_CONDITION, repeated("条件", "condition", ValueType.BOOL)), ValueType.BOOL,
        Label(zh="至少一个条件成立时为真。", en="True where at least one condition holds."),
        "OR({金额} > 500000, {重点客户})", check=_check_connective(OR),
    ),
    Function(
        "NOT", Family.LOGIC, (_CONDITION,), ValueType.BOOL,
        Label(zh="条件不成立时为真；条件为空时结果为空。", en="True where the condition is false; empty where it is empty."),
        "NOT({已签约})", operation=NOT,
    ),
    Function(
        "ISBLANK", Family.LOGIC, (parameter("值", "value"),), ValueType.BOOL,
        Label(zh="值为空（没有填、空文本或空列表）时为真。", en="True where there is no value, no text or an empty list."),
        "ISBLANK({电话})", check=_check_is_blank,
    ),
    Function(
        "COALESCE", Family.LOGIC, (parameter("值", "value"), repeated("值", "value")), None,
        Label(zh="取第一个不为空的值。", en="Gives the first value that is not empty."),
        "COALESCE({成交价}, {报价}, 0)", check=_check_coalesce,
    ),
    Function(
        "IN", Family.LOGIC, (parameter("值", "value"), parameter("候选", "candidate"), repeated("候选", "candidate")),
        ValueType.BOOL,
        Label(zh="值等于候选之一，或在列表中时为真。", en="True where the value equals a candidate or is in the list."),
        'IN({省份}, "浙江", "江苏", "上海")', check=_check_in,
    ),
    Function(
        "CONTAINS", Family.LOGIC, (parameter("列表或文本", "list or text"), parameter("值", "value")), ValueType.BOOL,
        Label(zh="列表含有该值，或文本含有该文字时为真。", en="True where the list has the value or the text contains the text."),
        'CONTAINS({痛点}, "交期")', check=_check_contains,
    ),
    Function(
        "BLANK", Family.LOGIC, (), ValueType.NONE,
        Label(zh="空值。", en="The empty value."),
        "IF({数量} = 0, BLANK(), {金额} / {数量})", check=lambda _checker, _node: NOTHING,
    ),
)  # fmt: skip
