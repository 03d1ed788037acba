"""Shared by the number types: reading what people and programs write as numbers, exactly, and writing it back."""

import re
import unicodedata
from abc import abstractmethod
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext
from typing import Any, ClassVar

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.kind import Kind, OptionsT
from xiaolu.metadata.fields.protocol import Cell, Names, Parsed, Reader, Refusal, Storage, refuse
from xiaolu.metadata.model.entity import Field

NUMBER_OPERATORS = ("eq", "ne", "lt", "le", "gt", "ge", "between", "in", "not_in", "empty", "not_empty")
WHOLE_DIGITS = 18
"""Digits before the decimal point that every decimal column holds."""
BIGGEST_INTEGER = 2**63 - 1
_PLAIN = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?", re.ASCII)
_GROUPED = re.compile(r"(\d),(?=\d{3}(?!\d))")
_MAGNITUDES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "千": Decimal(1_000), "百万": Decimal(1_000_000)}
_AMOUNT = re.compile(r"(?P<number>[-+]?[\d.]+(?:[eE][-+]?\d{1,3})?)\s*(?P<magnitude>百万|千|万|亿)?", re.ASCII)
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a number may be: decimal places, and the least and greatest value."""

    scale: int
    least: Decimal | None = None
    greatest: Decimal | None = None


def exact(raw: Any) -> Decimal | None:
    """Return a JSON number, or text that is written like one, as a finite Decimal; None for anything else."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return Decimal(raw) if raw.bit_length() < 300 else None
    if isinstance(raw, float):
        number = Decimal(repr(raw))
        return number if number.is_finite() else None
    if isinstance(raw, Decimal):
        return raw if raw.is_finite() else None
    if isinstance(raw, str) and len(raw) <= 64 and _PLAIN.fullmatch(raw.strip()):
        return Decimal(raw.strip())
    return None


_STEPS = {scale: Decimal(1).scaleb(-scale) for scale in range(31)}
"""Powers of ten by decimal places, more than any setting allows."""


def rounded(number: Decimal, scale: int) -> Decimal | None:
    """Return ``number`` with ``scale`` decimal places, halves away from zero; None where no column could hold it."""
    if not number or number.adjusted() >= WHOLE_DIGITS:
        return None if number else Decimal(0).scaleb(-scale)
    try:
        result = number.quantize(_STEPS[scale], context=_EXACT)
    except InvalidOperation:
        return None
    if result.adjusted() >= WHOLE_DIGITS and result:
        return None
    return result or abs(result)


def number_reader(bounds: Bounds, *, is_limited: bool) -> Reader:
    """Build a reader of decimal numbers; what has more decimal places is rounded."""
    scale, least, greatest = bounds.scale, bounds.least, bounds.greatest
    has_bounds = is_limited and (least is not None or greatest is not None)

    def read(raw: Any, names: Names) -> Any:
        if raw is None or raw == "":
            return None
        number = exact(raw)
        if number is None:
            return None if isinstance(raw, str) and not raw.strip() else refuse("field.expected_number")
        value = rounded(number, scale)
        if value is None:
            return refuse("field.number_too_big", digits=WHOLE_DIGITS)
        if has_bounds and (found := out_of_bounds(value, least, greatest)) is not None:
            return Refusal(found)
        return value

    return read


def out_of_bounds(value: Decimal | int, least: Decimal | None, greatest: Decimal | None) -> Problem | None:
    """Return the problem of a number that is too small or too great."""
    if least is not None and value < least:
        return problem("field.too_small", least=plain(least))
    if greatest is not None and value > greatest:
        return problem("field.too_great", greatest=plain(greatest))
    return None


def check_bounds(scale: int, least: Decimal | None, greatest: Decimal | None, *, most_scale: int = 10) -> list[Problem]:
    """Return what is wrong with the settings of a number."""
    found: list[Problem] = []
    if not 0 <= scale <= most_scale:
        found.append(problem("options.out_of_range", "scale", minimum=0, maximum=most_scale))
    if least is not None and greatest is not None and least > greatest:
        found.append(problem("options.min_above_max", "min", least=plain(least), greatest=plain(greatest)))
    return found


def plain(number: Decimal) -> str:
    """Write a number without exponent and without needless zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def cell_number(cell: Any, *, affixes: tuple[str, ...] = ()) -> Any:
    """Return a cell as a number where it reads like one: ``1,234.5元``, ``１２``, ``（300）``, ``1.2万``.

    ``affixes`` are units and currency signs that may stand before or after. Anything else is returned as it is.
    """
    if not isinstance(cell, str):
        return cell
    text = unicodedata.normalize("NFKC", cell).strip().replace("−", "-")
    is_negative = text.startswith("(") and text.endswith(")")
    text = text.strip("()").strip() if is_negative else text
    for affix in affixes:
        if affix:
            text = text.removeprefix(affix).removesuffix(affix).strip()
    text = _GROUPED.sub(r"\1", text).replace(" ", "")
    found = _AMOUNT.fullmatch(text)
    number = exact(found["number"]) if found else None
    if found is None or number is None:
        return cell
    with localcontext(_EXACT):
        number *= _MAGNITUDES.get(found["magnitude"] or "", Decimal(1))
        return -number if is_negative else number


class NumberKind(Kind[OptionsT]):
    """A type whose value is an exact decimal number."""

    operators: ClassVar[tuple[str, ...]] = NUMBER_OPERATORS
    value: ClassVar[ValueType] = ValueType.NUMBER

    @abstractmethod
    def bounds(self, settings: OptionsT) -> Bounds:
        """Return scale and limits from the settings."""

    def affixes(self, settings: OptionsT) -> tuple[str, ...]:
        """Return the units that a cell may carry."""
        return ()

    def storage(self, field: Field) -> Storage:
        """Return a numeric column of the field's scale."""
        scale = self.bounds(self.settings(field)).scale
        return Storage(f"numeric({WHOLE_DIGITS + scale},{scale})")

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of numbers."""
        return number_reader(self.bounds(self.settings(field)), is_limited=is_limited)

    def dump(self, value: Any, field: Field) -> Any:
        """Write the number as text, which loses nothing."""
        return None if value is None else format(value, "f")

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a cell with separators and units."""
        if not isinstance(text, str):
            return self.parse(text, field, names)
        return self.parse(cell_number(text, affixes=self.affixes(self.settings(field))), field, names)

    def export(self, value: Any, field: Field, names: Names, language: Language) -> Cell:
        """Keep the number a number."""
        cell: Cell = value
        return cell


def grouped(value: Any, scale: int) -> str:
    """Write a number with thousands separators."""
    return f"{value:,.{scale}f}"
