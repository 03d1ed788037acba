"""Typed tree to SQL.

Fields of the record are columns of ``alias``; what lies behind relations and in collections is read by correlated
sub-queries that pass over records in the recycle bin. Permissions are not looked at here: ``SqlEnv.source`` says what
the records of an entity are read from.
"""

from typing import Any

from xiaolu.formula.environment import SqlEnv
from xiaolu.formula.sql import pieces
from xiaolu.formula.sql.pieces import POSTGRES_TYPES
from xiaolu.formula.typed import Aggregate, Apply, Constant, FieldValue, Step, Typed
from xiaolu.formula.types import ValueType
from xiaolu.kit.sql import NULL, Sql, all_of, compose, ident, join, param, raw


class SqlCompiler:
    """Renders the nodes of one formula."""

    def __init__(self, alias: str, env: SqlEnv) -> None:
        self.env = env
        self._alias = alias
        self._child = ""
        self._count = 0

    def render_root(self, node: Typed) -> Sql:
        """Render a whole formula; what cannot be kept (too large, an empty text) becomes NULL."""
        rendered = self.render(node)
        if node.type is ValueType.NUMBER and not isinstance(node, FieldValue):
            return pieces.bounded(rendered)
        if node.type is ValueType.TEXT:
            return compose("nullif({text}, '')", text=rendered)
        return rendered

    def render(self, node: Typed) -> Sql:
        """Render a node."""
        match node:
            case Constant():
                return _constant(node)
            case FieldValue():
                return self._field(node)
            case Apply():
                operands = [self.render(each) for each in node.operands]
                operation = node.operation
                rendered: Sql = operation.sql(self, *operands) if operation.needs_env else operation.sql(*operands)
                return rendered
            case Aggregate():
                return self._aggregate(node)

    def _field(self, node: FieldValue) -> Sql:
        if node.is_previous:
            if self.env.previous_alias is None:
                raise ValueError("a formula with CHANGED or PREVIOUS needs SqlEnv.previous_alias")
            return _column(self.env.previous_alias, node.column, node.type)
        alias = self._child if node.is_child else self._alias
        if not node.steps:
            return _column(alias, node.column, node.type)
        source, last = self._followed(alias, node.steps)
        return compose("(SELECT {value} FROM {source})", value=_column(last, node.column, node.type), source=source)

    def _followed(self, alias: str, steps: tuple[Step, ...]) -> tuple[Sql, str]:
        """Render FROM and WHERE of the record that forward steps lead to; returns them with its alias."""
        tables: list[Sql] = []
        conditions: list[Sql] = []
        here = alias
        for step in steps:
            there = self._new_alias()
            tables.append(self._table(step) + raw(" AS ") + ident(there))
            conditions.append(_same((there, "id"), (here, step.column)))
            if step.deleted_column:
                conditions.append(ident(there, step.deleted_column) + raw(" IS NULL"))
            here = there
        return join(", ", tables) + raw(" WHERE ") + all_of(conditions), here

    def _aggregate(self, node: Aggregate) -> Sql:
        outer = self._child
        child = self._new_alias()
        *forward, last = node.steps
        source = self._table(last) + raw(" AS ") + ident(child)
        owner = ident(self._alias, "id")
        if forward:
            found, there = self._followed(self._alias, tuple(forward))
            owner = compose("(SELECT {id} FROM {found})", id=ident(there, "id"), found=found)
        conditions = [self._belongs(last, child, owner)]
        if last.deleted_column:
            conditions.append(ident(child, last.deleted_column) + raw(" IS NULL"))
        separator = NULL if node.separator is None else self.render(node.separator)
        self._child = child
        if node.condition is not None:
            conditions.append(self.render(node.condition))
        value = raw("*") if node.value is None else self._child_value(node.value, child)
        self._child = outer
        if node.do == "average":
            return _average(value, source, all_of(conditions))
        measure = _measure(node, value, separator, _order(child, last))
        return compose(
            "(SELECT {measure} FROM {source} WHERE {where})",
            measure=measure, source=source, where=all_of(conditions),
        )  # fmt: skip

    def _child_value(self, node: Typed, child: str) -> Sql:
        """Render what is computed for each child.

        PostgreSQL hands an aggregate that names only outer columns to the outer query: the child must be mentioned.
        """
        value = self.render(node)
        if _mentions_child(node):
            return value
        return compose("CASE WHEN {id} IS NOT NULL THEN {value} END", id=ident(child, "id"), value=value)

    def _belongs(self, step: Step, child: str, owner: Sql) -> Sql:
        if step.link_table is None:
            return ident(child, step.column) + raw(" = ") + owner
        pair = self._new_alias()
        return compose(
            "{child} IN (SELECT {far} FROM {pairs} AS {pair} WHERE {near} = {owner})",
            child=ident(child, "id"), far=ident(pair, step.far_column), pairs=ident(step.link_table),
            pair=ident(pair), near=ident(pair, step.column), owner=owner,
        )  # fmt: skip

    def _table(self, step: Step) -> Sql:
        return ident(step.table) if self.env.source is None else self.env.source(step.target)

    def _new_alias(self) -> str:
        self._count += 1
        return f"_t{self._count}"


def _mentions_child(node: Typed) -> bool:
    if isinstance(node, Apply):
        return any(_mentions_child(each) for each in node.operands)
    return isinstance(node, FieldValue) and node.is_child


def _same(left: tuple[str, str], right: tuple[str, str]) -> Sql:
    return ident(*left) + raw(" = ") + ident(*right)


def _column(alias: str, column: str, kind: ValueType) -> Sql:
    found = ident(alias, column)
    if kind is not ValueType.NUMBER:
        return found
    (name,) = found.parts
    return raw(f"{name}::numeric")


def _constant(node: Constant) -> Sql:
    if node.type is ValueType.BOOL and node.value is not None:
        return raw("TRUE" if node.value else "FALSE")
    if node.value is None:
        return raw(f"NULL::{POSTGRES_TYPES[node.type]}")
    value: Any = list(node.value) if isinstance(node.value, tuple) else node.value
    return param(value, POSTGRES_TYPES[node.type])


def _order(child: str, step: Step) -> Sql:
    columns = [ident(child, step.order_column)] if step.order_column else []
    return join(", ", [*columns, ident(child, "id")])


def _average(value: Sql, source: Sql, where: Sql) -> Sql:
    """Render sum and count of a value that is mentioned once."""
    return compose(
        "(SELECT {quotient} FROM (SELECT {value} AS x FROM {source} WHERE {where}) AS _a)",
        quotient=pieces.divided(raw("sum(_a.x)"), raw("count(_a.x)::numeric")),
        value=value, source=source, where=where,
    )  # fmt: skip


def _measure(node: Aggregate, value: Sql, separator: Sql, order: Sql) -> Sql:
    if node.do == "join":
        between = compose("coalesce({separator}, '')", separator=separator)
        return compose("string_agg({value}, {between} ORDER BY {order})", value=value, between=between, order=order)
    template = {
        "sum": "coalesce(sum({value}), 0)",
        "count": "count({value})::numeric",
        "count_unique": "count(DISTINCT {value})::numeric",
        "min": "min({value})",
        "max": "max({value})",
    }[node.do]
    return compose(template, value=value)
