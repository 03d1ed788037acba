"""The value of a comparison: a plain value, a list, or a stretch of time, read by the field's own type."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from xiaolu.access.model import Actor
from xiaolu.formula.types import ValueType
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.model import FieldModel
from xiaolu.metadata.fields.protocol import Names, Reader, Refusal
from xiaolu.records.queries.periods import Days, Instants, midnight, read_period

MOST_VALUES = 1_000
"""Members of a list value at most."""


@dataclass(frozen=True, slots=True)
class One:
    """A single canonical value."""

    value: Any


@dataclass(frozen=True, slots=True)
class Many:
    """A list of canonical values."""

    values: list[Any]


@dataclass(frozen=True, slots=True)
class Range:
    """From ``low`` to ``high``, both included where given."""

    low: Any
    high: Any


@dataclass(frozen=True, slots=True)
class Span:
    """From ``first`` up to, but not including, ``end``: dates for a date, instants for a time. None: open."""

    first: date | datetime | None
    end: date | datetime | None


@dataclass(frozen=True, slots=True)
class Nothing:
    """No value is needed (``empty``)."""


Operand: TypeAlias = One | Many | Range | Span | Nothing

LISTED = frozenset({"in", "not_in", "has_any", "has_all", "has_none"})
MATCHING = frozenset({"contains", "not_contains", "starts_with"})
ORDERED = frozenset({"eq", "ne", "lt", "le", "gt", "ge", "within", "between"})
_TEMPORAL = frozenset({ValueType.DATE, ValueType.DATETIME})


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading an operand needs: who asks, when, where, and names for the field's reader."""

    actor: Actor
    now: datetime
    zone: ZoneInfo
    names: Names


def read_operand(field: FieldModel, op: str, raw: Any, reading: Reading) -> Operand | list[Problem]:
    """Read the value of a comparison with ``op``; the problems have paths below the condition."""
    if op in ("empty", "not_empty"):
        return Nothing()
    if field.type.value_type(field.definition) in _TEMPORAL and op in ORDERED:
        return _read_span(field, op, raw, reading)
    if isinstance(raw, dict) and raw.keys() & {"me", "my_department"}:
        return _read_people(field, op, raw, reading.actor)
    if op in MATCHING:
        return One(raw) if isinstance(raw, str) and raw and "\0" not in raw else _wrong(op, raw)
    return _read_typed(field, op, raw, reading.names)


def _read_typed(field: FieldModel, op: str, raw: Any, names: Names) -> Operand | list[Problem]:
    """Read the value by the field's own reader."""
    reader = field.type.reader(field.definition, is_limited=False)
    if op == "between":
        return _read_range(reader, op, raw, names)
    if op in LISTED:
        return _read_list(field, reader, op, raw, names)
    value = reader(raw, names)
    if isinstance(value, Refusal):
        return [each.under("value") for each in value.problems]
    return _wrong(op, raw) if value is None else One(value)


def _wrong(op: str, raw: Any) -> list[Problem]:
    return [problem("query.value_invalid", "value", operator=op, value=_shown(raw))]


def _shown(raw: Any) -> str:
    text = str(raw)
    return text if len(text) <= 60 else text[:57] + "…"


def _read_people(field: FieldModel, op: str, raw: dict[str, Any], actor: Actor) -> Operand | list[Problem]:
    """Read ``{"me": true}`` for a member, ``{"my_department": true, "below": true}`` for a department."""
    target = field.type.target(field.definition)
    if raw == {"me": True} and target == "member":
        return Many([] if actor.id is None else [actor.id])
    if raw.get("my_department") is True and raw.keys() <= {"my_department", "below"} and target == "department":
        is_below = raw.get("below") is True or op == "under"
        return Many(list(actor.department_tree_ids if is_below else actor.department_ids))
    return _wrong(op, raw)


def _read_range(reader: Reader, op: str, raw: Any, names: Names) -> Operand | list[Problem]:
    if not isinstance(raw, list) or len(raw) != 2 or raw == [None, None]:
        return _wrong(op, raw)
    ends = [None if each is None else reader(each, names) for each in raw]
    problems = [
        each.under("value", at) for at, end in enumerate(ends) if isinstance(end, Refusal) for each in end.problems
    ]
    return problems or Range(*ends)


def _read_list(field: FieldModel, reader: Reader, op: str, raw: Any, names: Names) -> Operand | list[Problem]:
    """Read each member; the reader of a list field reads lists of one."""
    if not isinstance(raw, list) or not raw or len(raw) > MOST_VALUES:
        return _wrong(op, raw)
    is_list = field.type.value_type(field.definition) in (ValueType.TEXT_LIST, ValueType.RECORD_LIST)
    values: list[Any] = []
    problems: list[Problem] = []
    for at, each in enumerate(raw):
        value = reader([each] if is_list else each, names)
        if isinstance(value, Refusal):
            problems.extend(found.under("value", at) for found in value.problems)
        elif value is None:
            problems.append(problem("query.value_invalid", "value", at, operator=op, value=_shown(each)))
        else:
            values.extend(value if is_list else [value])
    return problems or Many(values)


def _read_span(field: FieldModel, op: str, raw: Any, reading: Reading) -> Operand | list[Problem]:
    is_date = field.type.value_type(field.definition) is ValueType.DATE
    if op == "between":
        return _read_between(raw, reading, is_date=is_date)
    span = _span_of(raw, reading, is_date=is_date)
    return _wrong(op, raw) if span is None else span


def _read_between(raw: Any, reading: Reading, *, is_date: bool) -> Operand | list[Problem]:
    if not isinstance(raw, list) or len(raw) != 2 or raw == [None, None]:
        return _wrong("between", raw)
    ends = [None if each is None else _span_of(each, reading, is_date=is_date) for each in raw]
    if any(given is not None and end is None for given, end in zip(raw, ends, strict=True)):
        return _wrong("between", raw)
    low, high = ends
    return Span(None if low is None else low.first, None if high is None else _past(high))


def _past(span: Span) -> date | datetime | None:
    """Return the end of a span; an exact instant ends right behind itself (PostgreSQL counts microseconds)."""
    if span.first == span.end and isinstance(span.end, datetime):
        return span.end + timedelta(microseconds=1)
    return span.end


def _span_of(raw: Any, reading: Reading, *, is_date: bool) -> Span | None:
    period = read_period(raw, reading.now, reading.zone) or _absolute(raw, reading.zone)
    if period is None:
        return None
    try:
        if is_date:
            days = period if isinstance(period, Days) else _local_days(period, reading.zone)
            return Span(days.first, days.end)
        instants = period.instants(reading.zone) if isinstance(period, Days) else period
        return Span(instants.first, instants.end)
    except OverflowError:
        return None


def _local_days(period: Instants, zone: ZoneInfo) -> Days:
    first, last = period.first.astimezone(zone).date(), period.end.astimezone(zone).date()
    return Days(first, last + timedelta(days=1))


def _absolute(raw: Any, zone: ZoneInfo) -> Days | Instants | None:
    """Read ``2026-11-21``, ``2026-11`` or an instant in ISO form; a time without an offset is local."""
    if not isinstance(raw, str):
        return None
    try:
        if len(raw) == 10:
            day = date.fromisoformat(raw)
            return Days(day, day + timedelta(days=1))
        at = datetime.fromisoformat(raw)
    except (ValueError, OverflowError):
        return None
    try:
        local = at.replace(tzinfo=zone) if at.tzinfo is None else at
        instant = local.astimezone(midnight(date(2000, 1, 1), zone).tzinfo)
    except (OverflowError, ValueError):
        return None
    return Instants(instant, instant)
