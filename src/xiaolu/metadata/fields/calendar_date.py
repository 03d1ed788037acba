"""Days of the calendar, without a time of day or a zone."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.kind import Kind
from xiaolu.metadata.fields.moments import (
    FIRST_YEAR,
    LAST_YEAR,
    local_date,
    serial_moment,
    written_date,
    written_moment,
)
from xiaolu.metadata.fields.protocol import Cell, FieldOptions, Names, Parsed, Reader, Refusal, refuse
from xiaolu.metadata.model.entity import Field

MOMENT_OPERATORS = ("eq", "ne", "lt", "le", "gt", "ge", "between", "within", "empty", "not_empty")


class DateOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a date: the first and the last day allowed."""

    min: date | None = None
    max: date | None = None


class CalendarDate(Kind[DateOptions]):
    """Days of the calendar."""

    key: ClassVar[str] = "date"
    label: ClassVar[Label] = Label("日期", "Date")
    options: ClassVar[type[FieldOptions]] = DateOptions
    operators: ClassVar[tuple[str, ...]] = MOMENT_OPERATORS
    column: ClassVar[str] = "date"
    value: ClassVar[ValueType] = ValueType.DATE
    cast_to: ClassVar[Mapping[str, str]] = {
        "text": "to_char({value}, 'YYYY-MM-DD')",
        "date_time": "{value}::timestamptz",
    }

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of a day."""
        settings = self.settings(field)
        least, greatest = settings.min, settings.max
        has_limits = is_limited and (least is not None or greatest is not None)

        def read(raw: Any, names: Names) -> Any:
            day = _day(raw, names)
            if day is None:
                return (
                    None if raw is None or (isinstance(raw, str) and not raw.strip()) else refuse("field.expected_date")
                )
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                return refuse("field.date_out_of_range", first=FIRST_YEAR, last=LAST_YEAR)
            if has_limits and (found := outside(day, least, greatest)) is not None:
                return Refusal(found)
            return day

        return read

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a cell; a bare number is a spreadsheet's day number."""
        return self.parse(cell_moment(text), field, names)

    def check_settings(self, settings: DateOptions) -> list[Problem]:
        """Return what is wrong with the limits."""
        return check_order(settings.min, settings.max)

    def dump(self, value: Any, field: Field) -> Any:
        """Write the day as ISO text."""
        return None if value is None else value.isoformat()

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write the day as ISO text, which both languages read and spreadsheets sort."""
        return "" if value is None else value.isoformat()

    def export(self, value: Any, field: Field, names: Names, language: Language) -> Cell:
        """Keep the date a date."""
        cell: Cell = value
        return cell


def _day(raw: Any, names: Names) -> date | None:
    if isinstance(raw, str):
        return _written_day(raw, names) if len(raw) <= 60 else None
    if isinstance(raw, datetime):
        return local_date(raw, names.zone) if FIRST_YEAR <= raw.year <= LAST_YEAR else raw.date()
    return raw if isinstance(raw, date) else None


def _written_day(text: str, names: Names) -> date | None:
    if len(text) == 10:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return written_date(text)
    day = written_date(text)
    if day is None and (moment := written_moment(text)) is not None:
        return local_date(moment, names.zone) if FIRST_YEAR <= moment.year <= LAST_YEAR else moment.date()
    return day


def outside(value: Any, least: Any, greatest: Any) -> Problem | None:
    """Return the problem of a date that is too early or too late."""
    if least is not None and value < least:
        return problem("field.too_early", least=least.isoformat())
    if greatest is not None and value > greatest:
        return problem("field.too_late", greatest=greatest.isoformat())
    return None


def check_order(least: Any, greatest: Any) -> list[Problem]:
    """Return the problem of limits that exclude everything."""
    if least is not None and greatest is not None and least > greatest:
        return [problem("options.min_above_max", "min", least=least.isoformat(), greatest=greatest.isoformat())]
    return []


def cell_moment(cell: Any) -> Any:
    """Return a spreadsheet's day number as a wall-clock time, anything else as it is."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return serial_moment(cell) or cell
    return cell
