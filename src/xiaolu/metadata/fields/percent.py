"""Shares: kept as fractions, shown in percent."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem
from xiaolu.metadata.fields.numbers import Bounds, NumberKind, cell_number, check_bounds, exact, grouped
from xiaolu.metadata.fields.protocol import FieldOptions, Names, Parsed, Reader, refuse
from xiaolu.metadata.model.entity import Field

_SIGNS = ("%", "％")


class PercentOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a share: ``scale`` decimal places of the percentage; limits as fractions (1 is 100 %)."""

    scale: int = 2
    min: Decimal | None = None
    max: Decimal | None = None


class Percent(NumberKind[PercentOptions]):
    """A share. The value is the fraction, so that formulas multiply with it as spreadsheets do: 25 % is 0.25."""

    key: ClassVar[str] = "percent"
    label: ClassVar[Label] = Label("百分比", "Percent")
    options: ClassVar[type[FieldOptions]] = PercentOptions
    cast_to: ClassVar[Mapping[str, str]] = {
        "text": "trim_scale({value} * 100)::text || '%'",
        "long_text": "trim_scale({value} * 100)::text || '%'",
        "decimal": "CASE WHEN abs({value}) < 1e15 THEN {value} END",
    }

    def bounds(self, settings: PercentOptions) -> Bounds:
        """Return limits, and the scale of the fraction: two places more than the percentage."""
        return Bounds(settings.scale + 2, settings.min, settings.max)

    def check_settings(self, settings: PercentOptions) -> list[Problem]:
        """Return what is wrong with scale and limits."""
        return check_bounds(settings.scale, settings.min, settings.max, most_scale=6)

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of a fraction, or of text that ends with the percent sign."""
        number = super().reader(field, is_limited=is_limited)

        def read(raw: Any, names: Names) -> Any:
            return number(_fraction(raw) if isinstance(raw, str) else raw, names)

        return read

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a cell: ``25%`` or ``0.25``; a bare number above 1 could mean either and is refused."""
        value = _fraction(text)
        if value is text:
            value = cell_number(text)
            number = exact(value)
            if number is not None and abs(number) > 1:
                percent = format(number, "f")
                return Parsed(problems=refuse("field.percent_unclear", percent=f"{percent}%", number=percent).problems)
        return self.parse(value, field, names)

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write the share in percent."""
        if value is None:
            return ""
        text = grouped(value * 100, self.settings(field).scale)
        return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def _fraction(raw: Any) -> Any:
    """Return text in percent as its fraction, anything else as it is."""
    if isinstance(raw, str) and raw.strip().endswith(_SIGNS):
        number = exact(cell_number(raw.strip()[:-1]))
        return raw if number is None else number.scaleb(-2)
    return raw
