"""Conditions of a filter as SQL over the alias ``r``, typed by the fields' own readers and operators.

Every defect is reported at once, with the path of the condition and the names of the field and the operator.
"""

from collections.abc import Callable
from dataclasses import dataclass

from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.sql import TRUE, Sql, all_of, any_of
from xiaolu.metadata.model.view import Condition
from xiaolu.records.queries.operands import Reading, read_operand
from xiaolu.records.queries.store.columns import Column, Source
from xiaolu.records.queries.store.formulas import formula_condition
from xiaolu.records.queries.store.operators import compare

DEEPEST = 8
"""Groups within groups."""
MOST_CONDITIONS = 100


@dataclass(slots=True)
class _Compiler:
    source: Source
    reading: Reading
    problems: list[Problem]
    seen: int = 0

    def compile(self, condition: Condition, path: tuple[str | int, ...], depth: int) -> Sql:
        self.seen += 1
        given = [
            each for each in (condition.all_, condition.any_, condition.field, condition.formula) if each is not None
        ]
        if depth > DEEPEST or self.seen > MOST_CONDITIONS:
            return self._refuse("query.filter_too_large", path, most=MOST_CONDITIONS, deepest=DEEPEST)
        if len(given) != 1:
            return self._refuse("query.condition_shape", path)
        if condition.all_ is not None:
            return self._group(condition.all_, (*path, "and"), depth, all_of)
        if condition.any_ is not None:
            return self._group(condition.any_, (*path, "or"), depth, any_of) if condition.any_ else TRUE
        return self._compare(condition, path) if condition.formula is None else self._formula(condition.formula, path)

    def _group(
        self,
        members: tuple[Condition, ...],
        path: tuple[str | int, ...],
        depth: int,
        combine: Callable[[list[Sql]], Sql],
    ) -> Sql:
        return combine([self.compile(each, (*path, at), depth + 1) for at, each in enumerate(members)])

    def _formula(self, text: str, path: tuple[str | int, ...]) -> Sql:
        found = formula_condition(self.source, text)
        if isinstance(found, list):
            self.problems.extend(each.under(*path, "formula") for each in found)
            return TRUE
        return found

    def _compare(self, condition: Condition, path: tuple[str | int, ...]) -> Sql:
        column = self.source.column(condition.field or "")
        if isinstance(column, Problem):
            self.problems.append(column.under(*path, "field"))
            return TRUE
        op = condition.op or "eq"
        if op not in _operators(column):
            return self._refuse(
                "query.operator_unknown", (*path, "op"), field=column.path, operator=op, known=list(_operators(column))
            )
        operand = read_operand(column.field, op, condition.value, self.reading)
        if isinstance(operand, list):
            self.problems.extend(_named(each, column, op).under(*path) for each in operand)
            return TRUE
        found = compare(column, op, operand)
        if found is None:
            return self._refuse("query.value_invalid", (*path, "value"), field=column.path, operator=op, value="")
        return found

    def _refuse(self, code: str, path: tuple[str | int, ...], **params: str | int | list[str]) -> Sql:
        self.problems.append(problem(code, *path, **params))
        return TRUE


def _operators(column: Column) -> tuple[str, ...]:
    return column.field.type.operators_of(column.field.definition)


def _named(found: Problem, column: Column, op: str) -> Problem:
    return Problem(
        code=found.code,
        path=found.path,
        params={**found.params, "field": column.path, "operator": op},
        message=found.message,
    )


def compile_filter(source: Source, condition: Condition | None, reading: Reading) -> Sql | list[Problem]:
    """Return the WHERE condition of a filter, or everything that is wrong with it (paths below ``filter``)."""
    if condition is None or condition == Condition():
        return TRUE
    compiler = _Compiler(source, reading, [])
    found = compiler.compile(condition, ("filter",), 1)
    return compiler.problems or found
