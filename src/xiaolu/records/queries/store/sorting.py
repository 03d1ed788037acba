"""Order of a list, and the condition that a row lies behind a position in it.

Empty values come last in both directions. The id is the last key, so that the order is total. A list is read in up to
two stretches, the filled values of the leading key and then its empty ones, because only then can an index on that key
find the place where a page begins.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.sql import Sql, all_of, any_of, compose, ident, join, param
from xiaolu.metadata.fields.protocol import Names
from xiaolu.metadata.model.view import Sort
from xiaolu.metadata.snapshot import EntityModel, Snapshot
from xiaolu.records.queries.store.choices import choice_keys
from xiaolu.records.queries.store.columns import Column, Source

MOST_KEYS = 6
_ALWAYS_SET = frozenset({"id", "version", "created_at", "updated_at"})


@dataclass(frozen=True, slots=True)
class SortKey:
    """One key of an order: what is compared, of which PostgreSQL type, in which direction."""

    path: str
    value: Sql
    cast: str
    is_descending: bool
    is_always_set: bool = False
    is_backward: bool = False
    """True where the only index on the value is read from its end, where the empty values lie first."""

    def clause(self) -> Sql:
        """Return the part of ORDER BY."""
        direction = "DESC" if self.is_descending else "ASC"
        if self.is_always_set:
            return compose(f"{{value}} {direction}", value=self.value)
        nulls = "FIRST" if self.is_backward else "LAST"
        return compose(f"{{value}} {direction} NULLS {nulls}", value=self.value)


@dataclass(frozen=True, slots=True)
class Order:
    """Sort keys, the id among them as the last."""

    keys: tuple[SortKey, ...]

    @property
    def mark(self) -> list[tuple[str, bool]]:
        """Return what tells this order from another."""
        return [(each.path, each.is_descending) for each in self.keys]

    @property
    def is_split(self) -> bool:
        """Tell whether filled and empty values of the leading key are always read apart."""
        return self.keys[0].is_backward

    def clause(self) -> Sql:
        """Return the ORDER BY list."""
        return join(", ", [each.clause() for each in self.keys])


def read_order(source: Source, sort: Sequence[Sort], names: Names) -> Order | list[Problem]:
    """Resolve the wanted sort keys; without any, the newest records come first."""
    wanted = list(sort) or [Sort(field="created_at", descending=True)]
    problems: list[Problem] = []
    keys: list[SortKey] = []
    if len(wanted) > MOST_KEYS:
        return [problem("query.too_many_sorts", "sort", most=MOST_KEYS)]
    for at, each in enumerate(wanted):
        column = source.column(each.field)
        if isinstance(column, Problem):
            problems.append(column.under("sort", at))
            continue
        key = _key(source, column, each, names)
        if key is None:
            problems.append(problem("query.not_sortable", "sort", at, field=each.field))
        elif all(known.path != key.path for known in keys):
            keys.append(key)
    if problems:
        return problems
    if keys[-1].path != "id":
        keys.append(SortKey("id", ident("r", "id"), "uuid", keys[-1].is_descending, is_always_set=True))
    cut = next(at for at, key in enumerate(keys) if key.path == "id") + 1
    return Order(tuple(keys[:cut]))


def _key(source: Source, column: Column, sort: Sort, names: Names) -> SortKey | None:
    definition = column.field.definition
    order = column.field.type.sort_of(definition)
    if column.path == "id":
        return SortKey("id", column.value, "uuid", sort.descending, is_always_set=True)
    if order == "choice":
        keys = choice_keys(column.field, names)
        value = compose("array_position({keys}, {value})", keys=param(keys, "text[]"), value=column.value)
        return SortKey(column.path, value, "integer", sort.descending)
    if column.target is not None and column.cast == "uuid":
        return _title_key(source, column, sort)
    if order == "none":
        return None
    value, cast = (column.value, column.cast) if column.pinyin is None else (column.pinyin, "text")
    return SortKey(
        column.path,
        value,
        cast,
        sort.descending,
        is_always_set="." not in column.path and column.path in _ALWAYS_SET,
        is_backward=_is_read_backward(source.ctx.snapshot, source.model, sort),
    )


def _title_key(source: Source, column: Column, sort: Sort) -> SortKey | None:
    """Sort by what the related record, member or department is called."""
    entity = source.ctx.snapshot.entities.get(column.target or "")
    title = source.column(f"{column.path}.{entity.definition.title if entity else 'name'}")
    if isinstance(title, Problem):
        return None
    value = title.value if title.pinyin is None else title.pinyin
    return SortKey(column.path, value, title.cast if title.pinyin is None else "text", sort.descending)


def _is_read_backward(snapshot: Snapshot, model: EntityModel, sort: Sort) -> bool:
    """Tell whether views made an index for the other direction of this leading key, and none for this one."""
    leading = {
        view.sort[0].descending
        for view in snapshot.definitions.views
        if view.entity == model.key and view.sort and view.sort[0].field == sort.field
    }
    return leading == {not sort.descending}


def stretches(order: Order, position: Sequence[Any] | None) -> Iterable[Sql | None]:
    """Yield the conditions of the stretches still to be read, in order; None: no condition.

    ``position`` holds the sort values of the last row read, or is None at the beginning.
    """
    leading = order.keys[0]
    if position is None:
        if not order.is_split:
            yield None
            return
        yield compose("{value} IS NOT NULL", value=leading.value)
        yield compose("{value} IS NULL", value=leading.value)
        return
    if position[0] is not None:
        yield _behind_filled(order, position)
        if not leading.is_always_set:
            yield compose("{value} IS NULL", value=leading.value)
        return
    rest = _behind(order.keys[1:], position[1:])
    yield compose("{value} IS NULL AND {rest}", value=leading.value, rest=rest)


def _behind_filled(order: Order, position: Sequence[Any]) -> Sql:
    """Return the condition for rows behind ``position`` whose leading value is filled, in a form that an index can use."""
    keys = order.keys
    if len(keys) == 1:
        return _beyond(keys[0], position[0])
    if len(keys) == 2 and keys[0].is_descending == keys[1].is_descending:
        return compose(
            f"({{first}}, {{second}}) {'<' if keys[0].is_descending else '>'} ({{left}}, {{right}})",
            first=keys[0].value,
            second=keys[1].value,
            left=param(position[0], keys[0].cast),
            right=param(position[1], keys[1].cast),
        )
    reached = compose(
        f"{{value}} {'<=' if keys[0].is_descending else '>='} {{bound}}",
        value=keys[0].value,
        bound=param(position[0], keys[0].cast),
    )
    further = _beyond(keys[0], position[0])
    return all_of([reached, any_of([further, all_of([_same(keys[0], position[0]), _behind(keys[1:], position[1:])])])])


def _behind(keys: Sequence[SortKey], position: Sequence[Any]) -> Sql:
    key, value = keys[0], position[0]
    further: list[Sql] = []
    if value is not None:
        further.append(_beyond(key, value))
        if not key.is_always_set:
            further.append(compose("{value} IS NULL", value=key.value))
    if len(keys) > 1:
        further.append(all_of([_same(key, value), _behind(keys[1:], position[1:])]))
    return any_of(further)


def _beyond(key: SortKey, value: Any) -> Sql:
    sign = "<" if key.is_descending else ">"
    return compose(f"{{value}} {sign} {{bound}}", value=key.value, bound=param(value, key.cast))


def _same(key: SortKey, value: Any) -> Sql:
    if value is None:
        return compose("{value} IS NULL", value=key.value)
    return compose("{value} = {bound}", value=key.value, bound=param(value, key.cast))
