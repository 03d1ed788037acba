"""Typed tree to closures.

A closure takes the record's values, the environment and the child at hand (None outside aggregates). Formulas run on
every write, so the closures are specialised: by number of operands, for constants, and for the type of a field.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias

from xiaolu.formula.environment import PythonEnv, Values
from xiaolu.formula.python.aggregates import build_aggregate
from xiaolu.formula.python.decimals import bounded
from xiaolu.formula.typed import Aggregate, Apply, Constant, FieldValue, Nulls, Typed
from xiaolu.formula.types import ValueType

Closure: TypeAlias = Callable[..., Any]
Evaluate: TypeAlias = Callable[[Values, PythonEnv], Any]


def build_evaluator(node: Typed) -> Evaluate:
    """Return the function that computes a whole formula; what cannot be kept (too large, an empty text) becomes None."""
    closure = build(node)
    if node.type is ValueType.NUMBER and not isinstance(node, FieldValue):

        def number(values: Values, env: PythonEnv) -> Any:
            found = closure(values, env)
            return None if found is None else bounded(found)

        return number
    if node.type is ValueType.TEXT:
        return lambda values, env: closure(values, env) or None
    return closure


def build(node: Typed) -> Closure:
    """Return the closure that computes a node."""
    match node:
        case Constant():
            value = node.value
            return lambda _values, _env, _child=None: value
        case FieldValue():
            return _field(node)
        case Apply():
            return _apply(node)
        case Aggregate():
            parts = [None if each is None else build(each) for each in (node.value, node.condition, node.separator)]
            return build_aggregate(node, *parts)


def _field(node: FieldValue) -> Closure:
    path = node.path
    if node.is_previous:

        def previous(_values: Values, env: PythonEnv, _child: Values | None = None) -> Any:
            return None if env.previous is None else _plain(env.previous.get(path))

        return previous
    if node.is_child:
        return lambda _values, _env, child: _plain(child.get(path))
    if node.type is ValueType.NUMBER:

        def number(values: Values, _env: PythonEnv, _child: Values | None = None) -> Any:
            found = values.get(path)
            return Decimal(found) if found.__class__ is int else found

        return number
    return lambda values, _env, _child=None: values.get(path)


def _plain(value: Any) -> Any:
    return Decimal(value) if value.__class__ is int else value


def _apply(node: Apply) -> Closure:
    operation = node.operation
    if operation.nulls is Nulls.LAZY:
        built: Closure = operation.python(*(build(each) for each in node.operands))
        return built
    operands = tuple(build(each) for each in node.operands)
    if operation.nulls is Nulls.SEEN:
        return _seeing(operation.python, operands)
    if operation.needs_env:
        return _strict_with_env(operation.python, operands)
    constant = node.operands[1].value if len(operands) == 2 and isinstance(node.operands[1], Constant) else None
    if constant is not None:
        return _strict_with_constant(operation.python, operands[0], constant)
    return _strict(operation.python, operands)


def _seeing(run: Callable[..., Any], operands: tuple[Closure, ...]) -> Closure:
    if len(operands) == 1:
        only = operands[0]
        return lambda values, env, child=None: run(only(values, env, child))
    return lambda values, env, child=None: run(*[each(values, env, child) for each in operands])


def _strict_with_env(run: Callable[..., Any], operands: tuple[Closure, ...]) -> Closure:
    def closure(values: Values, env: PythonEnv, child: Values | None = None) -> Any:
        found = [each(values, env, child) for each in operands]
        return None if None in found else run(env, *found)

    return closure


def _strict_with_constant(run: Callable[..., Any], operand: Closure, constant: Any) -> Closure:
    def closure(values: Values, env: PythonEnv, child: Values | None = None) -> Any:
        found = operand(values, env, child)
        return None if found is None else run(found, constant)

    return closure


def _strict(run: Callable[..., Any], operands: tuple[Closure, ...]) -> Closure:
    if len(operands) == 1:
        only = operands[0]

        def unary(values: Values, env: PythonEnv, child: Values | None = None) -> Any:
            found = only(values, env, child)
            return None if found is None else run(found)

        return unary
    if len(operands) == 2:
        left, right = operands

        def binary(values: Values, env: PythonEnv, child: Values | None = None) -> Any:
            first = left(values, env, child)
            if first is None:
                return None
            second = right(values, env, child)
            return None if second is None else run(first, second)

        return binary

    def closure(values: Values, env: PythonEnv, child: Values | None = None) -> Any:
        found = [each(values, env, child) for each in operands]
        return None if None in found else run(*found)

    return closure
