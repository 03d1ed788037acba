"""What a change did to a field; only where a change is at hand: in rules and effects."""

from dataclasses import replace

from xiaolu.formula.functions.definition import Checker, Family, Function, parameter, repeated
from xiaolu.formula.functions.logic import OR
from xiaolu.formula.sql import pieces
from xiaolu.formula.syntax.nodes import Call, Node
from xiaolu.formula.typed import Apply, FieldValue, Nulls, Operation, Typed
from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label

DISTINCT = Operation(
    "distinct", pieces.pattern("({0} IS DISTINCT FROM {1})"), lambda now, before: now != before, Nulls.SEEN
)


def _own_field(checker: Checker, node: Node, function: str) -> FieldValue | None:
    value = checker.check(node)
    if value is None:
        return None
    if not isinstance(value, FieldValue) or value.steps or value.is_child:
        checker.refuse("formula.own_field_expected", node.span, function=function)
        return None
    return value


def _check_changed(checker: Checker, node: Call) -> Typed | None:
    if not checker.is_change_allowed:
        checker.refuse("formula.no_change_here", node.span, function="CHANGED")
        return None
    fields = [_own_field(checker, each, "CHANGED") for each in node.arguments]
    found = [each for each in fields if each is not None]
    if len(found) < len(fields):
        return None
    tests = tuple(Apply(ValueType.BOOL, DISTINCT, (each, replace(each, is_previous=True))) for each in found)
    return tests[0] if len(tests) == 1 else Apply(ValueType.BOOL, OR, tests)


def _check_previous(checker: Checker, node: Call) -> Typed | None:
    if not checker.is_change_allowed:
        checker.refuse("formula.no_change_here", node.span, function="PREVIOUS")
        return None
    field = _own_field(checker, node.arguments[0], "PREVIOUS")
    return None if field is None else replace(field, is_previous=True)


_FIELD = parameter("字段", "field")

FUNCTIONS = (
    Function(
        "CHANGED", Family.CHANGE, (_FIELD, repeated("字段", "field")), ValueType.BOOL,
        Label(zh="这次修改动了其中任一字段时为真；新建时，填了值就算。",
              en="True where this change touches any of the fields; at creation, where they are filled."),
        "CHANGED({阶段})", check=_check_changed,
    ),
    Function(
        "PREVIOUS", Family.CHANGE, (_FIELD,), None,
        Label(zh="字段在这次修改之前的值；新建时为空。", en="The field's value before this change; empty at creation."),
        "{金额} > PREVIOUS({金额}) * 1.2", check=_check_previous,
    ),
)  # fmt: skip
