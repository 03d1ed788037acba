"""Which type of field suits a column's values. Pure: the types themselves say what they can read, and so what imports take."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.money import CURRENCIES
from xiaolu.metadata.fields.protocol import FileInfo
from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.model.entity import Field, OptionSet
from xiaolu.records.imports.concepts import concept_of
from xiaolu.records.imports.model import DateOrder
from xiaolu.records.imports.sources import cell_text
from xiaolu.records.imports.spelling import day_order, in_order
from xiaolu.studio.spreadsheet.model import Fit

ENOUGH = 0.9
"""Share of values that must suit a type for it to be guessed; dirt below that is shown."""
TRIED = ("integer", "decimal", "money", "percent", "date", "date_time", "phone", "email", "url", "switch", "region")
MOST_CHOICES = 30
_TRIED_VALUES = 500
_LONGEST_CHOICE = 30
_LONG = 80
_MISFITS = 5
_PARTS = re.compile(r"[、,，;；|/\n]")
_LIST = re.compile(r"[、,，;；|]")
_CODE = re.compile(r"0\d+")
_ADDRESS = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)
_MOBILE = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}")
_DIALLED = re.compile(r"\+\d[\d -]{6,}|\(?0\d{2,3}\)?[- ]?\d{7,8}.*|400[- ]?\d{3}[- ]?\d{4}")
_CLOCK = re.compile(r"\d{1,2}\s*[:：时点]\s*\d{0,2}")
_PLACES = re.compile(r"\d\.(\d+)(?!.*\.)")
_PERCENT = re.compile("[%％]")
_LONGEST_NUMBER = 15
"""Digits beyond which a whole number is a code."""
_PLACE = re.compile(r"[省市区县州盟]|自治")


@dataclass(frozen=True, slots=True)
class Guessed:
    """A type with the settings that the values call for."""

    type: str
    currency: str | None = None
    scale: int | None = None
    order: DateOrder | None = None


class NoNames:
    """Names of nothing: columns are judged before there is anything that they could name. Implements ``Names``."""

    zone = ZoneInfo("UTC")

    def option_set(self, key: str) -> OptionSet | None:  # noqa: ARG002 - the protocol's signature
        """Return nothing."""
        return None

    def title(self, target: str, identifier: Any) -> str | None:  # noqa: ARG002 - the protocol's signature
        """Return nothing."""
        return None

    def find(self, target: str, text: str) -> Sequence[UUID]:  # noqa: ARG002 - the protocol's signature
        """Return nothing."""
        return ()

    def suggest(self, target: str, text: str) -> Sequence[str]:  # noqa: ARG002 - the protocol's signature
        """Return nothing."""
        return ()

    def file(self, identifier: UUID) -> FileInfo | None:  # noqa: ARG002 - the protocol's signature
        """Return nothing."""
        return None


class Column:
    """The values of one column, looked at once."""

    def __init__(self, name: str, cells: Sequence[Any]) -> None:
        self.name = name
        self.concept = concept_of(name)
        self.rows = len(cells)
        self.cells = [cell for cell in cells if cell_text(cell).strip()]
        self.texts = [cell_text(cell).strip() for cell in self.cells]
        self.counts = Counter(self.texts)

    @property
    def filled(self) -> int:
        """Return how many rows have a value."""
        return len(self.cells)

    @property
    def is_key(self) -> bool:
        """Tell whether each row has a value of its own."""
        return self.filled > 1 and len(self.counts) == self.filled >= 0.98 * self.rows

    @cached_property
    def order(self) -> DateOrder | None:
        """Return the order of day and month, where dates are written with the year last."""
        return day_order(self.counts)

    @cached_property
    def currency(self) -> str | None:
        """Return the currency whose sign at least half of the values carry."""
        for currency, signs in CURRENCIES.items():
            signed = sum(count for text, count in self.counts.items() if text.startswith(signs) or text.endswith(signs))
            if signed >= 0.5 * max(1, self.filled):
                return currency
        return None

    @cached_property
    def scale(self) -> int:
        """Return how many decimal places the values have, at most four."""
        places = [len(found[1].rstrip("0")) for text in self.counts if (found := _PLACES.search(text))]
        return min(4, max((each for each in places if each < _LONGEST_NUMBER), default=0))

    @cached_property
    def fits(self) -> dict[str, Fit]:
        """Return how well each type suits."""
        return {kind: self._fit(kind) for kind in TRIED}

    def field(self, kind: str) -> Field:
        """Return a field of a type as it would be made for this column."""
        options: dict[str, Any] = {}
        if kind == "money" and self.currency:
            options["currency"] = self.currency
        if kind in ("decimal", "percent", "money"):
            options["scale"] = max(2, self.scale + 2 if kind == "percent" else self.scale)
        return Field(key="value", label=Label(self.name), type=kind, options=options)

    def parts(self) -> Counter[str]:
        """Return the single choices of cells that hold several, and how often each occurs."""
        return Counter(part.strip() for text in self.texts for part in _PARTS.split(text) if part.strip())

    def _fit(self, kind: str) -> Fit:
        reader, field = field_type(kind), self.field(kind)
        judged = dict.fromkeys(zip(self.texts, self.cells, strict=True) if self.cells else ())
        good = total = 0
        misfits: list[str] = []
        seen: set[str] = set()
        for text, cell in judged:
            if text in seen:
                continue
            seen.add(text)
            if len(seen) > _TRIED_VALUES:
                break
            weight = self.counts[text]
            total += weight
            value = in_order(cell, self.order) if kind in ("date", "date_time") else cell
            if _suits(kind, value, text) and not reader.read_cell(value, field, NoNames()).problems:
                good += weight
            elif len(misfits) < _MISFITS:
                misfits.append(text[:60])
        return Fit(type=kind, share=round(good / total, 4) if total else 1.0, misfits=tuple(misfits))

    def _share(self, holds: Callable[[str], bool]) -> float:
        return sum(count for text, count in self.counts.items() if holds(text)) / max(1, self.filled)

    def share(self, pattern: "re.Pattern[str]", *, whole: bool = False) -> float:
        """Return the share of values that a pattern is found in."""
        look = pattern.fullmatch if whole else pattern.search
        return self._share(lambda text: look(text) is not None)


def _suits(kind: str, cell: Any, text: str) -> bool:
    """Refuse what a type could read although nobody means it so: day numbers as dates, codes with zeros as numbers."""
    if kind in ("date", "date_time"):
        return isinstance(cell, date) or (
            isinstance(cell, str) and not (cell.isdigit() and not "1950" <= cell[:4] < "2100")
        )
    if kind in ("integer", "decimal", "money", "percent"):
        return not isinstance(cell, (bool, date, time)) and not _CODE.fullmatch(text) and len(text) < 20
    if kind == "region":
        return len(text) <= 40 and not text.isascii()
    if kind == "url":
        return bool(_ADDRESS.match(text))
    if kind == "switch":
        return text.lower() not in ("0", "1")
    return True


def guess_type(column: Column) -> Guessed:
    """Return the type that suits a column; text where nothing else does."""
    if not column.filled:
        return Guessed("text")
    for rule in (_guess_contact, _guess_time, _guess_switch, _guess_number, _guess_place, _guess_choice):
        found = rule(column)
        if found is not None:
            return found
    return Guessed("long_text" if _is_long(column) else "text")


def _fitting(column: Column, kind: str) -> bool:
    return column.fits[kind].share >= ENOUGH


def _guess_contact(column: Column) -> Guessed | None:
    if _fitting(column, "email"):
        return Guessed("email")
    if _fitting(column, "url"):
        return Guessed("url")
    looks = max(column.share(_MOBILE, whole=True), column.share(_DIALLED, whole=True))
    if _fitting(column, "phone") and (looks >= 0.5 or column.concept == "phone"):
        return Guessed("phone")
    return None


def _guess_time(column: Column) -> Guessed | None:
    clocks = sum(
        cell.time() != time() if isinstance(cell, datetime) else bool(_CLOCK.search(text))
        for cell, text in zip(column.cells, column.texts, strict=True)
    )
    if clocks >= 0.3 * column.filled and _fitting(column, "date_time"):
        return Guessed("date_time", order=column.order)
    return Guessed("date", order=column.order) if _fitting(column, "date") else None


def _guess_switch(column: Column) -> Guessed | None:
    if all(isinstance(each, bool) for each in column.cells):
        return Guessed("switch")
    is_named = column.concept == "yes_no" and set(column.counts) <= {"0", "1"}
    return Guessed("switch") if is_named or (len(column.counts) <= 4 and column.fits["switch"].share == 1) else None


def _guess_number(column: Column) -> Guessed | None:
    if column.share(_PERCENT) >= 0.5 and _fitting(column, "percent"):
        return Guessed("percent", scale=column.scale + 2)
    if column.currency and _fitting(column, "money"):
        return Guessed("money", currency=column.currency, scale=max(2, column.scale))
    if not (_fitting(column, "integer") or _fitting(column, "decimal")):
        return None
    return _meant_number(column)


def _meant_number(column: Column) -> Guessed | None:
    """Return what bare numbers are, going by the heading; None for long runs of digits, which are codes."""
    is_whole = _fitting(column, "integer")
    if is_whole and max(len(each) for each in column.counts) > _LONGEST_NUMBER:
        return None
    if column.concept == "share" and all(abs(_number(each)) <= 1 for each in column.counts):
        return Guessed("percent", scale=column.scale)
    if column.concept == "money":
        if column.name.isascii():
            return Guessed("decimal", scale=max(2, column.scale))
        return Guessed("money", currency="CNY", scale=max(2, column.scale))
    return Guessed("integer") if is_whole else Guessed("decimal", scale=max(2, column.scale))


def _number(text: str) -> float:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return 0.0


def _guess_place(column: Column) -> Guessed | None:
    is_written = column.share(_PLACE) >= 0.5 or column.concept == "region"
    return Guessed("region") if is_written and _fitting(column, "region") else None


def _guess_choice(column: Column) -> Guessed | None:
    distinct, filled = len(column.counts), column.filled
    if column.share(_LIST) >= 0.2:
        parts = column.parts()
        if len(parts) <= MOST_CHOICES and max(map(len, parts)) <= 12 and parts.total() >= 2 * len(parts):
            return Guessed("multi_select")
    is_short = max(len(each) for each in column.counts) <= _LONGEST_CHOICE
    often = 2 if column.concept == "choice" else 3
    if is_short and distinct <= MOST_CHOICES and filled >= often * distinct and filled >= 6:
        return Guessed("single_select")
    return None


def _is_long(column: Column) -> bool:
    average = sum(len(text) * count for text, count in column.counts.items()) / column.filled
    return average > _LONG or any("\n" in text or len(text) > 200 for text in column.counts)


def choices_of(column: Column, kind: str) -> tuple[str, ...]:
    """Return the options that a select made of the column would have, in the order in which they occur."""
    found = column.parts() if kind == "multi_select" else column.counts
    return tuple(found) if len(found) <= 10 * MOST_CHOICES else ()
