"""Instants, kept in UTC, read and shown on the workspace's wall clock."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.calendar_date import MOMENT_OPERATORS, cell_moment, check_order, outside
from xiaolu.metadata.fields.kind import Kind
from xiaolu.metadata.fields.moments import FIRST_YEAR, LAST_YEAR, as_utc, written_moment
from xiaolu.metadata.fields.protocol import Cell, FieldOptions, Names, Parsed, Reader, Refusal, refuse
from xiaolu.metadata.model.entity import Field


class DateTimeOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a date and time: limits, which must carry an offset."""

    min: datetime | None = None
    max: datetime | None = None


class DateTime(Kind[DateTimeOptions]):
    """A date and time of day."""

    key: ClassVar[str] = "date_time"
    label: ClassVar[Label] = Label("日期时间", "Date and time")
    options: ClassVar[type[FieldOptions]] = DateTimeOptions
    operators: ClassVar[tuple[str, ...]] = MOMENT_OPERATORS
    column: ClassVar[str] = "timestamptz"
    value: ClassVar[ValueType] = ValueType.DATETIME
    # The session's time zone must be the workspace's while a cast runs.
    cast_to: ClassVar[Mapping[str, str]] = {
        "date": "{value}::date",
        "text": "to_char({value}, 'YYYY-MM-DD HH24:MI')",
    }

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of an instant."""
        settings = self.settings(field)
        least, greatest = settings.min, settings.max
        has_limits = is_limited and (least is not None or greatest is not None)

        def read(raw: Any, names: Names) -> Any:
            moment = _moment(raw)
            if moment is None:
                is_empty = raw is None or (isinstance(raw, str) and not raw.strip())
                return None if is_empty else refuse("field.expected_date_time")
            instant = as_utc(moment, names.zone)
            if instant is None:
                return refuse("field.date_out_of_range", first=FIRST_YEAR, last=LAST_YEAR)
            if has_limits and (found := outside(instant, least, greatest)) is not None:
                return Refusal(found)
            return instant

        return read

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a cell; a bare number is a spreadsheet's day number."""
        return self.parse(cell_moment(text), field, names)

    def check_settings(self, settings: DateTimeOptions) -> list[Problem]:
        """Return what is wrong with the limits."""
        both = {"min": settings.min, "max": settings.max}
        naive = [name for name, each in both.items() if each is not None and each.tzinfo is None]
        if naive:
            return [problem("options.needs_offset", name) for name in naive]
        return check_order(settings.min, settings.max)

    def dump(self, value: Any, field: Field) -> Any:
        """Write the instant in UTC: ``2026-01-05T06:30:00Z``."""
        return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write date and time on the workspace's wall clock."""
        return "" if value is None else value.astimezone(names.zone).isoformat(" ", "minutes")[:16]

    def export(self, value: Any, field: Field, names: Names, language: Language) -> Cell:
        """Write a wall-clock time, which is all that a spreadsheet knows."""
        return None if value is None else value.astimezone(names.zone).replace(tzinfo=None)


def _moment(raw: Any) -> datetime | None:
    if isinstance(raw, str):
        return written_moment(raw) if len(raw) <= 60 else None
    if isinstance(raw, datetime):
        return raw
    return datetime.combine(raw, time(0)) if isinstance(raw, date) else None
