"""Dates that are written with the year last: which comes first, day or month, only a whole column can tell. Pure."""

import re
from collections.abc import Iterable
from typing import Any

from xiaolu.records.imports.model import DateOrder

_YEAR_LAST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)(.*)", re.ASCII | re.DOTALL)
_MONTHS = {
    name: at
    for at, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_DAY_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})(.*)", re.ASCII | re.DOTALL)
_MONTH_NAMED = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(.*)", re.ASCII | re.DOTALL)
_THIS_CENTURY = 70


def day_order(texts: Iterable[str]) -> DateOrder | None:
    """Return whether days or months come first in dates such as ``20/10/2016``; None where no date is written so.

    Where no value tells, dots mean that the day comes first and slashes that the month does.
    """
    met = days_first = months_first = dotted = 0
    for text in texts:
        found = _YEAR_LAST.fullmatch(text.strip())
        if found is None:
            met += _named(text.strip()) is not None
            continue
        met += 1
        dotted += "." in text
        days_first += int(found[1]) > 12
        months_first += int(found[2]) > 12
    if not met:
        return None
    if days_first or months_first:
        return "dmy" if days_first >= months_first else "mdy"
    return "dmy" if dotted * 2 >= met else "mdy"


def in_order(cell: Any, order: DateOrder | None) -> Any:
    """Return a cell with its date written year first, where it is written with the year last or with a month's name."""
    if order is None or not isinstance(cell, str):
        return cell
    text = cell.strip()
    named = _named(text)
    if named is not None:
        return named
    found = _YEAR_LAST.fullmatch(text)
    if found is None:
        return cell
    day, month = (found[1], found[2]) if order == "dmy" else (found[2], found[1])
    year = int(found[3])
    if len(found[3]) == 2:
        year += 2000 if year < _THIS_CENTURY else 1900
    return f"{year:04}-{int(month):02}-{int(day):02}{found[4]}"


def _named(text: str) -> str | None:
    day_first, month_first = _DAY_NAMED.fullmatch(text), _MONTH_NAMED.fullmatch(text)
    if day_first:
        day, name, year, rest = day_first.groups()
    elif month_first:
        name, day, year, rest = month_first.groups()
    else:
        return None
    month = _MONTHS.get(name[:3].lower())
    return None if month is None else f"{year}-{month:02}-{int(day):02}{rest}"
