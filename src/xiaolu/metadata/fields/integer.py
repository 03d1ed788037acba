"""Whole numbers."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem
from xiaolu.metadata.fields.kind import Kind, OptionsT
from xiaolu.metadata.fields.numbers import (
    BIGGEST_INTEGER,
    NUMBER_OPERATORS,
    WHOLE_DIGITS,
    cell_number,
    check_bounds,
    exact,
    out_of_bounds,
)
from xiaolu.metadata.fields.protocol import Cell, FieldOptions, Names, Parsed, Reader, Refusal, refuse
from xiaolu.metadata.model.entity import Field


class IntegerOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a whole number; ``unit`` is written behind it."""

    min: int | None = None
    max: int | None = None
    unit: Label | None = None


class WholeKind(Kind[OptionsT]):
    """A type whose value is a whole number."""

    operators: ClassVar[tuple[str, ...]] = NUMBER_OPERATORS
    column: ClassVar[str] = "bigint"
    value: ClassVar[ValueType] = ValueType.NUMBER

    def limits(self, settings: OptionsT) -> tuple[int | None, int | None]:
        """Return the least and the greatest value."""
        return None, None

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of whole numbers."""
        low, high = self.limits(self.settings(field))
        least = None if low is None else Decimal(low)
        greatest = None if high is None else Decimal(high)

        has_limits = is_limited and (least is not None or greatest is not None)

        def read(raw: Any, names: Names) -> Any:
            value = raw if raw.__class__ is int else whole_number(raw)
            if value.__class__ is not int:
                return value
            if not -BIGGEST_INTEGER <= value <= BIGGEST_INTEGER:
                return refuse("field.number_too_big", digits=WHOLE_DIGITS)
            if has_limits and (found := out_of_bounds(value, least, greatest)) is not None:
                return Refusal(found)
            return value

        return read

    def export(self, value: Any, field: Field, names: Names, language: Language) -> Cell:
        """Keep the number a number."""
        cell: Cell = value
        return cell


def whole_number(raw: Any) -> Any:
    """Return what is written as a whole number as such, None for nothing, or a refusal."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    number = exact(raw)
    if number is None:
        return refuse("field.expected_integer")
    if number.adjusted() > WHOLE_DIGITS:
        return refuse("field.number_too_big", digits=WHOLE_DIGITS)
    return refuse("field.expected_integer") if number % 1 else int(number)


class Integer(WholeKind[IntegerOptions]):
    """Whole numbers."""

    key: ClassVar[str] = "integer"
    label: ClassVar[Label] = Label("整数", "Integer")
    options: ClassVar[type[FieldOptions]] = IntegerOptions
    cast_to: ClassVar[Mapping[str, str]] = {
        "text": "{value}::text",
        "long_text": "{value}::text",
        "decimal": "CASE WHEN abs({value}::numeric) < 1e15 THEN {value}::numeric END",
        "money": "CASE WHEN abs({value}::numeric) < 1e15 THEN {value}::numeric END",
        "duration": "{value}",
    }

    def limits(self, settings: IntegerOptions) -> tuple[int | None, int | None]:
        """Return the limits of the settings."""
        return settings.min, settings.max

    def check_settings(self, settings: IntegerOptions) -> list[Problem]:
        """Return what is wrong with the limits."""
        low, high = settings.min, settings.max
        return check_bounds(0, None if low is None else Decimal(low), None if high is None else Decimal(high))

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write the number with separators and its unit."""
        if value is None:
            return ""
        unit = self.settings(field).unit
        return f"{value:,}{unit.text(language) if unit else ''}"

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a cell with separators and the unit."""
        unit = self.settings(field).unit
        return self.parse(cell_number(text, affixes=(unit.zh, unit.en) if unit else ()), field, names)
