"""Figures per group in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xiaolu.formula.types import ValueType
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.sql import Sql, compose, join, param, raw
from xiaolu.metadata.model.view import Measure
from xiaolu.records.queries.model import GroupBy
from xiaolu.records.queries.periods import DAY_UNITS
from xiaolu.records.queries.store.columns import Column, Source
from xiaolu.records.queries.store.rows import Target

MOST_LEVELS = 4
MOST_MEASURES = 20
_ORDERED = (ValueType.NUMBER, ValueType.DATE, ValueType.DATETIME)
_MEASURES: Mapping[str, tuple[ValueType, ...]] = {
    "count": (), "count_distinct": (), "sum": (ValueType.NUMBER,), "avg": (ValueType.NUMBER,), "min": _ORDERED, "max": _ORDERED,
}  # fmt: skip
"""Measure → the value types that it takes; none named: any."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of grouping, resolved."""

    column: Column
    unit: str | None
    value: Sql
    is_unnested: bool = False
    """True for list values: a record counts in the group of each member."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure, resolved; ``column`` is None for a count of records."""

    do: str
    column: Column | None
    value: Sql


def read_levels(source: Source, group: Sequence[GroupBy], time_zone: str) -> list[Level] | list[Problem]:
    """Resolve the levels of grouping, or tell everything that is wrong with them."""
    if len(group) > MOST_LEVELS:
        return [problem("query.too_many_groups", "group", most=MOST_LEVELS)]
    levels: list[Level] = []
    problems: list[Problem] = []
    for at, each in enumerate(group):
        column = source.column(each.field)
        if isinstance(column, Problem):
            problems.append(column.under("group", at))
            continue
        level = _level(column, each.unit, time_zone)
        if isinstance(level, Problem):
            problems.append(level.under("group", at))
        else:
            levels.append(level)
    return problems or levels


def _level(column: Column, unit: str | None, time_zone: str) -> Level | Problem:
    kind = column.field.type.value_type(column.field.definition)
    if column.children is not None or column.cast == "jsonb":
        return problem("query.not_groupable", field=column.path)
    if kind in (ValueType.DATE, ValueType.DATETIME):
        return _date_level(column, unit or "day", time_zone, is_instant=kind is ValueType.DATETIME)
    if unit is not None:
        return _unit_refused(column, unit)
    return Level(column, None, column.value, is_unnested=kind in (ValueType.TEXT_LIST, ValueType.RECORD_LIST))


def _date_level(column: Column, unit: str, time_zone: str, *, is_instant: bool) -> Level | Problem:
    """Group by the local day that the unit begins with."""
    if unit not in DAY_UNITS:
        return _unit_refused(column, unit)
    local = column.value
    if is_instant:
        local = compose("({value} AT TIME ZONE {zone})", value=local, zone=param(time_zone, "text"))
    if unit != "day":
        local = compose(f"date_trunc('{unit}', {{local}}::timestamp)", local=local)
    return Level(column, unit, compose("({local})::date", local=local))


def _unit_refused(column: Column, unit: str) -> Problem:
    return problem("query.unit_unknown", field=column.path, unit=unit, known=list(DAY_UNITS))


def read_figures(source: Source, measures: Sequence[Measure]) -> list[Figure] | list[Problem]:
    """Resolve the measures, or tell everything that is wrong with them."""
    if not 1 <= len(measures) <= MOST_MEASURES:
        return [problem("query.measures_count", "measures", most=MOST_MEASURES)]
    figures: list[Figure] = []
    problems: list[Problem] = []
    for at, each in enumerate(measures):
        figure = _figure(source, each)
        if isinstance(figure, Problem):
            problems.append(figure.under("measures", at))
        else:
            figures.append(figure)
    return problems or figures


def _figure(source: Source, measure: Measure) -> Figure | Problem:
    if measure.do not in _MEASURES:
        return problem("query.measure_unknown", measure=measure.do)
    if measure.field is None:
        return Figure("count", None, raw("count(*)")) if measure.do == "count" else problem("query.measure_needs_field")
    column = source.column(measure.field)
    if isinstance(column, Problem):
        return column
    kind = column.field.type.value_type(column.field.definition)
    accepted = _MEASURES[measure.do]
    if column.children is not None or (accepted and kind not in accepted):
        return problem("query.not_measurable", field=column.path, measure=measure.do)
    call = "count(DISTINCT {value})" if measure.do == "count_distinct" else measure.do + "({value})"
    return Figure(measure.do, column, compose(call, value=column.value))


def select_groups(target: Target, levels: Sequence[Level], figures: Sequence[Figure], most: int) -> Sql:
    """Return the statement; its columns are the levels and then the figures, in order."""
    unnested = [(at, each) for at, each in enumerate(levels) if each.is_unnested]
    laterals = [
        compose(f" LEFT JOIN LATERAL unnest({{value}}) AS u{at}(item) ON TRUE", value=level.value)
        for at, level in unnested
    ]
    keys = [raw(f"u{at}.item") if level.is_unnested else level.value for at, level in enumerate(levels)]
    columns = [compose(f"{{key}} AS k{at}", key=key) for at, key in enumerate(keys)]
    columns.extend(compose(f"{{value}} AS v{at}", value=figure.value) for at, figure in enumerate(figures))
    grouping = raw(" GROUP BY " + ", ".join(str(at + 1) for at in range(len(levels)))) if levels else raw("")
    return compose(
        "SELECT {columns} FROM {relation}{laterals} WHERE {where}{grouping} LIMIT {most}",
        columns=join(", ", columns),
        relation=target.relation,
        laterals=join("", laterals),
        where=target.where,
        grouping=grouping,
        most=raw(str(most)),
    )
