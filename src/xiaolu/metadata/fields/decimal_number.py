"""Numbers with decimal places."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem
from xiaolu.metadata.fields.numbers import Bounds, NumberKind, check_bounds, grouped
from xiaolu.metadata.fields.protocol import FieldOptions, Names
from xiaolu.metadata.model.entity import Field

NUMBER_CASTS: Mapping[str, str] = {
    "text": "trim_scale({value})::text",
    "long_text": "trim_scale({value})::text",
    "integer": "CASE WHEN {value} % 1 = 0 AND abs({value}) < 9e18 THEN {value}::bigint END",
    "decimal": "CASE WHEN abs({value}) < 1e15 THEN {value} END",
    "money": "CASE WHEN abs({value}) < 1e15 THEN {value} END",
    "percent": "CASE WHEN abs({value}) < 1e15 THEN {value} END",
}


class DecimalOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a decimal number: ``scale`` decimal places, limits, and a unit that is written behind it."""

    scale: int = 2
    min: Decimal | None = None
    max: Decimal | None = None
    unit: Label | None = None


class DecimalNumber(NumberKind[DecimalOptions]):
    """Numbers with a fixed count of decimal places; what has more is rounded, halves away from zero."""

    key: ClassVar[str] = "decimal"
    label: ClassVar[Label] = Label("小数", "Decimal")
    options: ClassVar[type[FieldOptions]] = DecimalOptions
    cast_to: ClassVar[Mapping[str, str]] = NUMBER_CASTS

    def bounds(self, settings: DecimalOptions) -> Bounds:
        """Return scale and limits."""
        return Bounds(settings.scale, settings.min, settings.max)

    def affixes(self, settings: DecimalOptions) -> tuple[str, ...]:
        """Return the unit."""
        return (settings.unit.zh, settings.unit.en) if settings.unit else ()

    def check_settings(self, settings: DecimalOptions) -> list[Problem]:
        """Return what is wrong with scale and limits."""
        return check_bounds(settings.scale, settings.min, settings.max)

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write the number with separators and its unit."""
        if value is None:
            return ""
        settings = self.settings(field)
        return grouped(value, settings.scale) + (settings.unit.text(language) if settings.unit else "")
