"""Closures that walk a collection."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, TypeAlias

from xiaolu.formula.environment import PythonEnv, Values
from xiaolu.formula.python import decimals
from xiaolu.formula.typed import Aggregate

Closure: TypeAlias = Callable[..., Any]


def build_aggregate(
    node: Aggregate, value: Closure | None, condition: Closure | None, separator: Closure | None
) -> Closure:
    """Return the closure that computes an aggregate from the closures of its parts."""
    path = node.path

    def chosen(values: Values, env: PythonEnv) -> Iterator[Values]:
        for child in values.children(path):
            if condition is None or condition(values, env, child):
                yield child

    if value is None:
        return lambda values, env, _child=None: Decimal(sum(1 for _ in chosen(values, env)))
    read = value

    def found(values: Values, env: PythonEnv) -> list[Any]:
        listed = [read(values, env, child) for child in chosen(values, env)]
        return [each for each in listed if each is not None]

    if node.do == "join":
        return _joined(found, separator)
    reduce = _REDUCERS[node.do]
    return lambda values, env, _child=None: reduce(found(values, env))


def _joined(found: Callable[[Values, PythonEnv], list[Any]], separator: Closure | None) -> Closure:
    def closure(values: Values, env: PythonEnv, child: Values | None = None) -> str | None:
        between = separator(values, env, child) if separator else None
        texts = found(values, env)
        return (between or "").join(texts) if texts else None

    return closure


def _total(numbers: list[Decimal]) -> Decimal:
    total = decimals.ZERO
    for each in numbers:
        total = decimals.add(total, each)
    return total


_REDUCERS: dict[str, Callable[[list[Any]], Any]] = {
    "sum": _total,
    "average": lambda numbers: decimals.divide(_total(numbers), Decimal(len(numbers))),
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
    "count_unique": lambda values: Decimal(len(set(values))),
}
