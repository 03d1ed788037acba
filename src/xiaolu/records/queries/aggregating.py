"""Aggregates: figures per group, with names for the groups."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.formula.types import ValueType
from xiaolu.kit.db import Row
from xiaolu.kit.errors import Invalid
from xiaolu.kit.i18n import Language
from xiaolu.kit.pinyin import sort_key
from xiaolu.kit.problems import Problem
from xiaolu.metadata.fields.protocol import Names
from xiaolu.records.queries.model import MOST_GROUPS, AggregateQuery, Group, Groups
from xiaolu.records.queries.scope import open_scope
from xiaolu.records.queries.store.aggregates import Figure, Level, read_figures, read_levels, select_groups
from xiaolu.records.queries.store.choices import choice_keys
from xiaolu.records.store.titles import load_titles


async def aggregate_records(ctx: Context, entity: str, query: AggregateQuery) -> Groups:
    """Return figures over the records that the person may read, per group, in the order of the groups' names.

    A record with several values in a field that is grouped by counts in each of their groups.

    Raises:
        Invalid: a filter, group or measure that makes no sense, with a problem for each.
    """
    scope = open_scope(ctx, entity, query.selection)
    levels = read_levels(scope.source, query.group, ctx.time_zone)
    figures = read_figures(scope.source, query.measures)
    problems = [each for each in (*levels, *figures) if isinstance(each, Problem)]
    if problems:
        raise Invalid("query.invalid", problems)
    resolved = [each for each in levels if isinstance(each, Level)]
    wanted = [each for each in figures if isinstance(each, Figure)]
    statement = select_groups(scope.ordered(), resolved, wanted, MOST_GROUPS + 1)
    rows = await ctx.answers.fetch(ctx.uow, statement, ctx.snapshot.version)
    named = await _name(ctx, resolved, rows[:MOST_GROUPS])
    groups = [
        Group(
            keys=[_plain(level, row[at]) for at, level in enumerate(resolved)],
            labels=[named.label(at, row[at]) for at in range(len(resolved))],
            values=[_figure(figure, row[len(resolved) + at]) for at, figure in enumerate(wanted)],
        )
        for row in sorted(rows[:MOST_GROUPS], key=named.order)
    ]
    return Groups(groups, is_cut=len(rows) > MOST_GROUPS)


def _plain(level: Level, value: Any) -> Any:
    """Return a group's key as JSON, in the form that a filter takes it."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return level.column.field.type.dump(value, level.column.field.definition)


def _figure(figure: Figure, value: Any) -> Any:
    """Return a figure as JSON: numbers exact as text where they are not whole, dates as the field writes them."""
    if value is None or isinstance(value, int) or figure.column is None:
        return value
    field = figure.column.field
    if field.type.value_type(field.definition) is ValueType.NUMBER:
        return format(value.normalize(), "f")
    return field.type.dump(value, field.definition)


class _Namer:
    """Names and order of the groups of one answer."""

    def __init__(self, levels: Sequence[Level], names: Names, language: Language) -> None:
        self._levels = levels
        self._names = names
        self._language = language
        self._ranks = [self._rank(each) for each in levels]

    def _rank(self, level: Level) -> dict[Any, int]:
        kind = level.column.field.type.value_type(level.column.field.definition)
        if kind not in (ValueType.TEXT, ValueType.TEXT_LIST):
            return {}
        return {key: at for at, key in enumerate(choice_keys(level.column.field, self._names))}

    def label(self, at: int, value: Any) -> str:
        """Return what a group is called; empty text for the group without a value."""
        level = self._levels[at]
        if value is None:
            return ""
        if level.unit is not None:
            return period_label(value, level.unit, self._language)
        if level.column.target is not None:
            return self._names.title(level.column.target, value) or ""
        field = level.column.field
        given = [value] if level.is_unnested else value
        return field.type.display(given, field.definition, self._names, self._language)

    def order(self, row: Row) -> list[tuple[Any, ...]]:
        """Return what a row sorts by: options as they are listed, dates and numbers by size, the rest by sound."""
        return [self._place(at, row[at]) for at in range(len(self._levels))]

    def _place(self, at: int, value: Any) -> tuple[Any, ...]:
        if value is None:
            return (1,)
        if self._ranks[at]:
            return (0, self._ranks[at].get(value, len(self._ranks[at])), str(value))
        if isinstance(value, (str, UUID)):
            return (0, sort_key(self.label(at, value)) or "", str(value))
        return (0, value)


async def _name(ctx: Context, levels: Sequence[Level], rows: Sequence[Row]) -> _Namer:
    wanted: dict[str, set[UUID]] = {}
    for at, level in enumerate(levels):
        if level.column.target is not None:
            ids = {row[at] for row in rows if row[at] is not None}
            wanted.setdefault(level.column.target, set()).update(ids)
    return _Namer(levels, await load_titles(ctx, wanted), ctx.language)


def period_label(first: date, unit: str, language: Language) -> str:
    """Return what people call the day, week (ISO), month, quarter or year that begins on ``first``."""
    if unit == "week":
        year, week, _ = first.isocalendar()
        return f"{year} 年第 {week} 周" if language == "zh" else f"{year} W{week:02}"
    if unit == "quarter":
        quarter = (first.month + 2) // 3
        return f"{first.year} 年第 {quarter} 季度" if language == "zh" else f"{first.year} Q{quarter}"
    if unit == "month":
        return f"{first:%Y-%m}"
    return f"{first.year}" if unit == "year" else first.isoformat()
